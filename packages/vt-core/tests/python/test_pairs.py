# SPDX-License-Identifier: Apache-2.0
"""Operators on two tensors at zeros, infinities, NaN and the ends of a dtype, compared with PyTorch at run time."""

from __future__ import annotations

import itertools
import math
import operator
from typing import Any

import numpy as np
import pytest
import torch
import vt_core as vt
from exchange import torch_from_vt, vt_from_torch

POINTS = [math.nan, math.inf, -math.inf, 0.0, -0.0, 1.0, -1.0, 2.5, -2.5, 3.0, 1e-7, -1e-7, 60000.0]
FLOATS = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
INTEGERS = [torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8]
INTEGER_BITS = {
    torch.float64: torch.int64,
    torch.float32: torch.int32,
    torch.float16: torch.int16,
    torch.bfloat16: torch.int16,
}


def _grid(values: list[Any], dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Every value with every other."""
    pairs = list(itertools.product(values, repeat=2))
    return torch.tensor([a for a, _ in pairs], dtype=dtype), torch.tensor([b for _, b in pairs], dtype=dtype)


def _apply(name: str, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch_from_vt(getattr(vt.ops, name)(vt_from_torch(a), vt_from_torch(b)))


@pytest.mark.parametrize("dtype", FLOATS, ids=str)
@pytest.mark.parametrize("name", ["fmax", "fmin", "copysign", "heaviside", "fmod", "nextafter"])
def test_exact_operators_give_pytorchs_bits(name: str, dtype: torch.dtype) -> None:
    a, b = _grid(POINTS, dtype)
    ours = _apply(name, a, b)
    theirs = getattr(torch, name)(a, b)
    assert torch.equal(ours.isnan(), theirs.isnan())
    bits = INTEGER_BITS[dtype]
    kept = ~theirs.isnan()
    if dtype == torch.bfloat16 and name in ("fmax", "fmin"):  # of two zeros PyTorch takes either
        bits = dtype
    assert torch.equal(ours.view(bits)[kept], theirs.view(bits)[kept])


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
@pytest.mark.parametrize("name", ["hypot", "logaddexp", "logaddexp2"])
def test_special_values_are_pytorchs(name: str, dtype: torch.dtype) -> None:
    a, b = _grid(POINTS, dtype)
    tolerance = 1e-15 if dtype == torch.float64 else 3e-7
    theirs = getattr(torch, name)(a, b)
    if name == "hypot":  # infinite where either is, as in C; PyTorch's loops disagree when the other is NaN
        theirs = torch.where(a.isinf() | b.isinf(), math.inf, theirs)
    torch.testing.assert_close(_apply(name, a, b), theirs, rtol=tolerance, atol=tolerance, equal_nan=True)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_neighbours_of_every_magnitude_are_pytorchs(dtype: str) -> None:
    kind = getattr(torch, dtype)
    bits = INTEGER_BITS[kind]
    generator = torch.Generator().manual_seed(1)
    info = torch.iinfo(bits)
    codes = torch.randint(info.min, info.max, (20_000,), dtype=bits, generator=generator)
    a, b = codes.view(kind), codes.flip(0).view(kind)
    ours, theirs = _apply("nextafter", a, b), torch.nextafter(a, b)
    assert torch.equal(ours.isnan(), theirs.isnan())
    assert torch.equal(ours.view(bits)[~theirs.isnan()], theirs.view(bits)[~theirs.isnan()])


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_extremes_of_every_half_are_those_of_floats(dtype: torch.dtype) -> None:
    codes = torch.arange(2**16, dtype=torch.int32).to(torch.int16)
    a = codes.view(dtype)
    b = codes[torch.randperm(2**16, generator=torch.Generator().manual_seed(2))].view(dtype)
    pairs = [(name, _apply(name, a, b), getattr(torch, name)(a.float(), b.float())) for name in ("maximum", "minimum")]
    x = vt_from_torch(a)
    for low, high in ((-1.0, 0.3), (0.1, math.inf), (-math.inf, -0.0), (2.0, -2.0), (math.nan, 1.0)):
        rounded = [torch.tensor(bound, dtype=dtype).item() for bound in (low, high)]
        pairs.append(("clamp", torch_from_vt(x.clamp(low, high)), a.float().clamp(*rounded)))
        pairs.append(("clamp_min", torch_from_vt(x.clamp(low)), a.float().clamp(rounded[0])))
        pairs.append(("clamp_max", torch_from_vt(x.clamp(max=high)), a.float().clamp(max=rounded[1])))
    between = torch_from_vt(x.clamp(vt_from_torch(b), vt_from_torch(b.flip(0))))
    pairs.append(("clamp.tensors", between, a.float().clamp(b.float(), b.flip(0).float())))
    for name, ours, theirs in pairs:
        assert ours.dtype == dtype
        torch.testing.assert_close(ours.float(), theirs, rtol=0, atol=0, equal_nan=True, msg=name)


def test_a_neighbour_towards_a_number_between_is_the_next_element() -> None:
    x = vt.tensor([1.0, -1.0], dtype=vt.bfloat16)
    assert vt.ops.nextafter(x, vt.tensor(1.001, dtype=vt.float64)).tolist() == [1.0, -0.99609375]


def test_lengths_are_within_an_ulp_and_do_not_overflow() -> None:
    generator = np.random.default_rng(0)
    for scale in (1e-320, 1e-300, 1e-160, 1.0, 1e150, 1e300):
        a, b = generator.standard_normal((2, 2000)) * scale
        exact = np.hypot(a.astype(np.longdouble), b.astype(np.longdouble))
        ours = np.array(vt.ops.hypot(vt.from_numpy(a.copy()), vt.from_numpy(b.copy())).tolist())
        ulp = np.spacing(exact.astype(np.float64))
        assert np.all(np.abs(ours - exact) <= ulp)
    single = vt.ops.hypot(vt.tensor([3e38, 1e-45]), vt.tensor([1e38, 1e-45]))
    assert single.tolist() == pytest.approx([3.1622776e38, 1e-45], rel=0.5)
    assert math.isfinite(single[0].item())


def test_powers_of_two_scale_exactly_where_their_power_alone_would_overflow() -> None:
    x = torch.tensor([1.5, -3.0, 2.0**-1074, 2.0**-1000, 2.0**1000, 0.0, math.inf, math.nan], dtype=torch.float64)
    for exponent in (-2200, -2098, -1074, -1060, -1022, -53, -1, 0, 1, 1000, 1023, 1024, 2046, 2098, 2200):
        expected = torch.tensor([_scaled(value, exponent) for value in x.tolist()], dtype=torch.float64)
        ours = _apply("ldexp", x, torch.full((8,), exponent))
        assert torch.equal(ours.nan_to_num(7), expected.nan_to_num(7)), exponent
    small = torch.tensor([2.0**-149, 2.0**-100, 1.75], dtype=torch.float32)
    assert _apply("ldexp", small, torch.tensor([277, 200, -150])).tolist() == [math.inf, 2.0**100, 2.0**-149]
    half = torch.tensor([2.0**-24, 1.0], dtype=torch.float16)
    assert _apply("ldexp", half, torch.tensor([39, -24])).tolist() == [2.0**15, 2.0**-24]
    brain = torch.tensor([2.0**-133], dtype=torch.bfloat16)
    assert _apply("ldexp", brain, torch.tensor([257])).tolist() == [2.0**124]


def _scaled(value: float, exponent: int) -> float:
    try:
        return math.ldexp(value, exponent)
    except OverflowError:
        return math.copysign(math.inf, value)


@pytest.mark.parametrize("dtype", INTEGERS, ids=str)
@pytest.mark.parametrize("name", ["fmod", "gcd", "bitwise_left_shift", "bitwise_right_shift", "heaviside", "fmax"])
def test_integers_at_their_ends_are_pytorchs(name: str, dtype: torch.dtype) -> None:
    info = torch.iinfo(dtype)
    ends = {info.min, info.min + 1} if name != "gcd" else set()  # there PyTorch's divisors are negative
    values = sorted({*ends, info.max, info.max - 1, *range(max(info.min, -9), 10), 31, 64, 100})
    a, b = _grid(values, dtype)
    if name == "fmod":
        a, b = a[b != 0], b[b != 0]
    theirs = getattr(torch, name)(a, b)
    assert torch.equal(_apply(name, a, b), theirs)
    # One element at a time, with strides, and against one number: the same as by vectors.
    apart = getattr(vt.ops, name)(*(vt_from_torch(torch.stack([t, t], 1))[:, 0] for t in (a, b)))
    assert torch.equal(torch_from_vt(apart.contiguous()), theirs)
    for i in range(0, len(a), 37):
        assert _apply(name, a[i : i + 1], b[i]).tolist() == theirs[i : i + 1].tolist()


def test_divisors_of_the_smallest_integer_are_positive_unless_it_is_itself_the_divisor() -> None:
    least = vt.tensor([-128, -128, -128, -128], dtype=vt.int8)
    assert vt.ops.gcd(least, vt.tensor([0, -6, 127, -128], dtype=vt.int8)).tolist() == [-128, 2, 1, -128]


def test_multiples_wrap_and_are_zero_at_zero() -> None:
    a = vt.tensor([-128, 0, 12, 100, -128], dtype=vt.int8)
    b = vt.tensor([3, 0, 18, 99, -128], dtype=vt.int8)
    assert vt.ops.lcm(a, b).tolist() == [-128, 0, 36, -84, -128]
    large = vt.tensor([2**40, 3 * 2**30])
    assert vt.ops.lcm(large, vt.tensor([2**20, 2**31])).tolist() == [2**40, 3 * 2**31]


def test_shift_operators_of_python() -> None:
    x = vt.tensor([1, -5, 6], dtype=vt.int8)
    assert (x << 1).tolist() == [2, -10, 12]
    assert (x >> vt.tensor([1, 1, 2], dtype=vt.int8)).tolist() == [0, -3, 1]
    assert (3 << x).tolist() == [6, 0, -64]
    assert (64 >> vt.tensor([1, 2, 7], dtype=vt.int8)).tolist() == [32, 16, 0]
    assert (2 << vt.tensor([True])).dtype == vt.int64
    written = x
    written <<= 2
    assert written is x
    written >>= vt.tensor(1, dtype=vt.int8)
    assert x.tolist() == [2, -10, 12]
    with pytest.raises(NotImplementedError, match="bitwise_left_shift: not implemented for float32"):
        operator.lshift(x, 1.5)
    with pytest.raises(TypeError):
        operator.lshift(x, "1")


def test_an_integer_remainder_of_zero_is_refused_and_nothing_written() -> None:
    x = vt.tensor([4, 5, 6])
    for divisor in (vt.tensor([1, 0, 2]), 0, vt.tensor(0)):
        with pytest.raises(RuntimeError, match="fmod: ZeroDivisionError"):
            vt.ops.fmod(x, divisor)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        x.fmod_(vt.tensor([2, 2, 0]))
    assert x.tolist() == [4, 5, 6]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_remainders_of_every_magnitude_are_exact(dtype: str) -> None:
    generator = np.random.default_rng(5)
    bits = np.dtype(dtype.replace("float", "uint"))
    anything = generator.integers(0, np.iinfo(bits).max, (2, 20_000), dtype=bits).view(dtype)
    scale = 2.0 ** generator.integers(-40, 60, 20_000)
    ordinary = generator.standard_normal((2, 20_000)) * np.stack([scale, np.ones_like(scale)])
    # Multiples of the divisor and their neighbours, where a rounded quotient is one off.
    divisor = generator.standard_normal(20_000).astype(dtype)
    multiple = (divisor * generator.integers(-(2**20), 2**20, 20_000)).astype(dtype)
    nearby = np.stack([np.nextafter(multiple, np.asarray(generator.choice([-9e9, 9e9], 20_000), dtype)), divisor])
    for a, b in (anything, ordinary.astype(dtype), np.stack([multiple, divisor]), nearby):
        left, right = vt.from_numpy(a.copy()), vt.from_numpy(b.copy())
        with np.errstate(all="ignore"):
            expected = {"fmod": np.fmod(a, b), "remainder": np.remainder(a, b), "floor_divide": np.floor_divide(a, b)}
        for name, exact in expected.items():
            ours = torch_from_vt(getattr(vt.ops, name)(left, right)).numpy()
            kept = np.isfinite(exact) & np.isfinite(b)
            np.testing.assert_array_equal(ours[kept], exact[kept], err_msg=name)


def test_powers_of_complex_numbers_at_zero() -> None:
    zero = vt.tensor([0j])
    assert vt.ops.pow(zero, vt.tensor([0j])).tolist() == [1]
    assert vt.ops.pow(zero, vt.tensor([2 + 1j])).tolist() == [0]
    assert math.isnan(vt.ops.pow(zero, vt.tensor([-1 + 0j])).tolist()[0].real)
    assert (vt.tensor([1j]) ** 2).tolist() == [-1]
    assert vt.ops.pow(2, vt.tensor([2, 3])).tolist() == [4, 8]


def test_float_power_is_double_and_writes_nothing_else() -> None:
    x = vt.tensor([2.0, 3.0])
    assert vt.ops.float_power(x, 2).dtype == vt.float64
    assert vt.ops.float_power(2, vt.tensor([1, 2])).tolist() == [2.0, 4.0]
    assert vt.ops.float_power(vt.tensor([2, 4]), vt.tensor([-1, 0.5])).tolist() == [0.5, 2.0]
    out = vt.empty(0, dtype=vt.float64)
    assert vt.ops.float_power(x, x, out=out) is out
    assert out.tolist() == [4.0, 27.0]
    for call in (lambda: x.float_power_(2), lambda: vt.ops.float_power(x, 2, out=vt.empty(2))):
        with pytest.raises(RuntimeError, match="float_power: the result is float64 and cannot be stored in float32"):
            call()
    assert x.tolist() == [2.0, 3.0]


def test_equal_asks_for_sizes_first_and_promotes() -> None:
    assert vt.ops.equal(vt.tensor([1.0, 2.0]), vt.tensor([1, 2])) is True
    assert vt.ops.equal(vt.tensor([1.0]), vt.tensor([[1.0]])) is False
    assert vt.tensor([math.nan]).equal(vt.tensor([math.nan])) is False
    assert vt.ops.equal(vt.zeros(0, 3), vt.zeros(0, 3)) is True
    meta = vt.ops.empty(2, device="meta")
    with pytest.raises(NotImplementedError, match="a meta tensor has no elements"):
        vt.ops.equal(meta, meta)
    assert tuple(vt.ops.isclose(meta, meta).shape) == (2,)
    assert vt.ops.isclose(vt.tensor([1j, 1j]), vt.tensor([1j, -1j])).tolist() == [True, False]
