# SPDX-License-Identifier: Apache-2.0
"""Functions of one tensor at special values, and what the op table does not reach."""

from __future__ import annotations

import cmath
import math
from typing import Any

import numpy as np
import pytest
import vt_core as vt

INF, NAN = math.inf, math.nan
FLOATS = (vt.float32, vt.float64)


def same(actual: float, expected: float) -> bool:
    """Equal within rounding of float32, with the sign of zero, or both NaN."""
    if math.isnan(expected):
        return math.isnan(actual)
    if expected == 0 or math.isinf(expected):
        return actual == expected and math.copysign(1, actual) == math.copysign(1, expected)
    return math.isclose(actual, expected, rel_tol=1e-6)


@pytest.mark.parametrize("dtype", FLOATS, ids=lambda d: d.name)
@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("tan", {-0.0: -0.0, INF: NAN, -INF: NAN, NAN: NAN}),
        ("asin", {-0.0: -0.0, 1: math.pi / 2, -1: -math.pi / 2, 1.5: NAN, INF: NAN, NAN: NAN}),
        ("acos", {1: 0.0, -1: math.pi, 0: math.pi / 2, -1.5: NAN, NAN: NAN}),
        ("atan", {-0.0: -0.0, INF: math.pi / 2, -INF: -math.pi / 2, NAN: NAN}),
        ("sinh", {-0.0: -0.0, INF: INF, -INF: -INF, 1000: INF, NAN: NAN}),
        ("cosh", {0: 1, INF: INF, -INF: INF, -1000: INF, NAN: NAN}),
        ("asinh", {-0.0: -0.0, INF: INF, -INF: -INF, 1e30: math.asinh(1e30), NAN: NAN}),
        ("acosh", {1: 0.0, 0.5: NAN, -2: NAN, INF: INF, 1e30: math.acosh(1e30), NAN: NAN}),
        ("atanh", {-0.0: -0.0, 1: INF, -1: -INF, 2: NAN, INF: NAN, NAN: NAN}),
        ("exp2", {-INF: 0.0, INF: INF, -5000: 0.0, 10: 1024, NAN: NAN}),
        ("log10", {0: -INF, -1: NAN, INF: INF, 1000: 3, 1: 0.0, NAN: NAN}),
        ("frac", {-0.5: -0.5, 2.75: 0.75, INF: NAN, NAN: NAN}),
        ("sgn", {-0.0: 0.0, INF: 1, -INF: -1}),
        ("angle", {-0.0: 0.0, -INF: math.pi, INF: 0.0, NAN: NAN}),
    ],
)
def test_special_values(name: str, pairs: dict[float, float], dtype: Any) -> None:
    results = getattr(vt.ops, name)(vt.tensor(list(map(float, pairs)), dtype=dtype)).tolist()
    for x, actual, expected in zip(pairs, results, pairs.values(), strict=True):
        assert same(actual, float(expected)), f"{name}({x}): got {actual}, expected {expected}"


@pytest.mark.parametrize(
    "name",
    ["exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "asinh", "acosh"],
)
def test_complex_functions_follow_the_c_standard(name: str) -> None:
    """cmath is C's Annex G where it does not raise, but for what later editions made of a zero beside NaN.

    Signs are open to C at many points that are not finite.
    """
    parts = (0.0, -0.0, 1.5, -2.5, INF, -INF, NAN)
    points = [complex(x, y) for x in parts for y in parts]
    results = getattr(vt.ops, name)(vt.tensor(points, dtype=vt.complex128)).tolist()
    num_compared = 0
    for z, actual in zip(points, results, strict=True):
        try:
            expected = getattr(cmath, name)(z)
        except (ValueError, OverflowError):
            continue
        if math.isnan(expected.real) and math.isnan(expected.imag):
            continue
        open_signs = not cmath.isfinite(z)
        for got, want in ((actual.real, expected.real), (actual.imag, expected.imag)):
            assert same(abs(got), abs(want)) if open_signs else same(got, want), f"{name}({z}): {actual}, {expected}"
        num_compared += 1
    assert num_compared > 20


@pytest.mark.parametrize("name", ["asin", "acos", "acosh", "atanh", "log", "sqrt"])
def test_complex_functions_are_accurate_next_to_branch_points(name: str) -> None:
    generator = np.random.default_rng(0)
    offsets = 1e-9 * (generator.standard_normal(50) + 1j * generator.standard_normal(50))
    points = np.concatenate([1 + offsets, -1 + offsets, offsets])
    exact = vt.from_numpy(points.astype(np.clongdouble).astype(np.complex128))
    reference = {"asin": "arcsin", "acos": "arccos", "acosh": "arccosh", "atanh": "arctanh"}.get(name, name)
    expected = getattr(np, reference)(points)
    actual = np.array(getattr(vt.ops, name)(exact).tolist())
    np.testing.assert_allclose(actual.real, expected.real, rtol=1e-13)
    np.testing.assert_allclose(actual.imag, expected.imag, rtol=1e-13)


def test_complex_log1p_is_accurate_where_the_modulus_is_one() -> None:
    tiny = complex(1e-9, -3e-9)
    actual = vt.ops.log1p(vt.tensor([tiny, -2 + tiny], dtype=vt.complex128)).tolist()
    by_series = tiny - tiny**2 / 2
    assert cmath.isclose(actual[0], by_series, rel_tol=1e-15)
    # log(-1 + tiny) = log(1 - tiny) + pi i above the cut, - pi i below
    assert math.isclose(actual[1].real, (-tiny - tiny**2 / 2).real, rel_tol=1e-7)
    assert math.isclose(actual[1].imag, -math.pi, rel_tol=1e-8)


@pytest.mark.parametrize(
    ("dtype", "most"),
    [
        (vt.float16, 65504.0),
        (vt.bfloat16, 3.3895313892515355e38),
        (vt.float32, 3.4028234663852886e38),
        (vt.complex64, 3.4028234663852886e38),
        (vt.float64, 1.7976931348623157e308),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_nan_to_num_replaces_infinities_by_the_extremes_of_the_dtype(dtype: Any, most: float) -> None:
    x = vt.tensor([INF, -INF, NAN, -0.0], dtype=dtype)
    assert [z.real for z in vt.ops.nan_to_num(x).tolist()] == [most, -most, 0.0, 0.0]


def test_nan_to_num_takes_each_number_for_itself() -> None:
    x = vt.tensor([INF, -INF, NAN])
    assert vt.ops.nan_to_num(x, nan=1.0).tolist()[2] == 1.0
    assert vt.ops.nan_to_num(x, None, 5.0).tolist()[0] == 5.0
    assert vt.ops.nan_to_num(x, neginf=-INF).tolist()[1] == -INF


def test_magnitudes_of_complex_numbers_do_not_overflow() -> None:
    z = vt.tensor([3e300 + 4e300j, complex(-INF, NAN), 3e-310 - 4e-310j], dtype=vt.complex128)
    size, infinite, tiny = abs(z).tolist()
    assert math.isclose(size, 5e300)
    assert infinite == INF
    assert math.isclose(tiny, 5e-310)


def test_abs_refuses_complex_numbers_in_place() -> None:
    z = vt.tensor([3 + 4j])
    with pytest.raises(RuntimeError, match=r"In-place abs is not supported for complex tensors"):
        vt.ops.abs_(z)
    assert z.tolist() == [3 + 4j]
    out = vt.ops.empty((1,), dtype=vt.float32)
    assert vt.ops.abs(z, out=out).tolist() == [5.0]


def test_conj_physical_never_shares_memory() -> None:
    for x in (vt.tensor([1 + 2j]), vt.tensor([1.0])):
        assert not vt.ops.conj_physical(x)._is_alias_of(x)
    z = vt.tensor([1 + 2j])
    assert vt.ops.conj_physical_(z) is z
    assert z.tolist() == [1 - 2j]


@pytest.mark.parametrize("name", ["sin", "tan", "acosh", "log10", "tanh", "exp2"])
def test_long_tensors_agree_with_short_ones(name: str) -> None:
    x = vt.from_numpy(np.linspace(1.0, 3.0, 100_003))
    function = getattr(vt.ops, name)
    assert function(x).tolist()[::9973] == function(x[::9973]).tolist()


def _pairs(dtype: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """All pairs of 8-bit numbers, many of 16 bits with the extremes among them; no divisor is zero."""
    limits = np.iinfo(dtype)
    if limits.bits == 8:
        a, b = np.meshgrid(np.arange(limits.min, limits.max + 1), np.arange(limits.min, limits.max + 1))
    else:
        a, b = np.random.default_rng(0).integers(limits.min, limits.max + 1, (2, 200_000))
        a[:1000], b[1000:2000], b[2000:3000] = limits.min, limits.min, limits.max
        b[:40_000] //= 500
    kept = b.ravel() != 0
    return a.ravel()[kept], b.ravel()[kept]


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "uint16"])
def test_quotients_and_remainders_of_small_integers(dtype: str) -> None:
    a, b = _pairs(dtype)
    x, y = vt.from_numpy(a.astype(dtype)), vt.from_numpy(b.astype(dtype))
    expected = {
        "floor_divide": a // b,
        "remainder": a % b,
        "fmod": np.fmod(a, b),
        "div": np.sign(a) * np.sign(b) * (np.abs(a) // np.abs(b)),
    }
    for name, values in expected.items():
        mode = {"rounding_mode": "trunc"} if name == "div" else {}
        got = getattr(vt.ops, name)(x, y, **mode)
        assert (got.numpy() == values.astype(dtype)).all(), name


def test_float32_becomes_float16_as_in_numpy() -> None:
    bits = np.random.default_rng(0).integers(0, 2**32, 300_007, dtype=np.uint32)
    bits[:70_000] = np.arange(70_000) * 61_357  # all exponents
    x = bits.view(np.float32)
    got = vt.from_numpy(x).to(vt.float16).view(vt.int16).numpy().view(np.uint16)
    with np.errstate(over="ignore"):
        expected = x.astype(np.float16).view(np.uint16)
    nan = np.isnan(x)
    assert (got[~nan] == expected[~nan]).all()
    assert (got[nan] == np.where(np.signbit(x[nan]), 0xFE00, 0x7E00)).all()
