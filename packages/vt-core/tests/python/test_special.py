# SPDX-License-Identifier: Apache-2.0
"""Special functions against many digits: last places, special values, and that instruction sets make no difference."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
import vt_core as vt
from numpy.typing import NDArray

INF, NAN = math.inf, math.nan
FLOATS = ("float32", "float64")
HALF = mpmath.mpf(1) / 2


def spread(low: float, high: float, *, logarithmic: bool = False, count: int = 60) -> NDArray[Any]:
    generator = np.random.default_rng(0)
    if logarithmic:
        return np.exp(generator.uniform(math.log(low), math.log(high), count))
    return generator.uniform(low, high, count)


def last_places(actual: NDArray[Any], exact: list[Any]) -> float:
    """The largest error in units of the last place of what is exact."""
    info = np.finfo(actual.dtype)
    worst = 0.0
    for got, want in zip(actual.tolist(), exact, strict=True):
        exponent = max(int(mpmath.floor(mpmath.log(abs(want), 2))), int(info.minexp)) if want else int(info.minexp)
        worst = max(worst, float(abs(mpmath.mpf(got) - want) / mpmath.mpf(2) ** (exponent - info.nmant)))
    return worst


def normal(x: Any) -> Any:
    return mpmath.erfc(-x / mpmath.sqrt(2)) / 2


def quantile(p: Any) -> Any:
    """By Newton's steps on the logarithm of the lower tail, from the value that is tested."""
    guess = vt.ops.special_ndtri(vt.tensor([float(p)], dtype=vt.float64)).item()
    x = mpmath.mpf(guess)
    for _ in range(3):
        q = normal(x)
        x -= mpmath.log(q / p) * q * mpmath.sqrt(2 * mpmath.pi) * mpmath.exp(x * x / 2)
    return x


def bessel(order: int, scaled: bool) -> Callable[[Any], Any]:
    return lambda x: mpmath.besseli(order, x) * (mpmath.exp(-abs(x)) if scaled else 1)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize(
    ("name", "exact", "points", "bound"),
    [
        ("erfc", mpmath.erfc, spread(-3, 9), 5),
        ("erfinv", mpmath.erfinv, spread(-1, 1), 3),
        ("special_erfcx", lambda x: mpmath.exp(x * x) * mpmath.erfc(x), spread(-2, 30), 8),
        ("lgamma", mpmath.loggamma, spread(1e-30, 1e30, logarithmic=True), 2),
        ("lgamma", mpmath.loggamma, spread(0, 8), 5),
        ("lgamma", lambda x: mpmath.re(mpmath.loggamma(x)), spread(-1.9, -1.1), 3),
        ("digamma", lambda x: mpmath.psi(0, x), spread(1e-30, 1e30, logarithmic=True), 2),
        ("digamma", lambda x: mpmath.psi(0, x), spread(0, 8), 3),
        ("digamma", lambda x: mpmath.psi(0, x), spread(-0.4, -0.1), 4),
        ("special_ndtr", normal, spread(-12, 8), 6),
        ("special_log_ndtr", lambda x: mpmath.log(normal(x)), spread(-100, 8), 6),
        ("special_ndtri", quantile, spread(0, 1), 5),
        ("special_ndtri", quantile, spread(1e-37, 0.1, logarithmic=True), 5),
        ("i0", bessel(0, False), spread(-88, 88), 5),
        ("special_i0e", bessel(0, True), spread(0, 300), 4),
        ("special_i1", bessel(1, False), spread(-20, 88), 6),
        ("special_i1e", bessel(1, True), spread(0, 300), 4),
        ("sinc", lambda x: mpmath.sinc(mpmath.pi * x), spread(-10, 10), 3),
        ("logit", lambda p: mpmath.log(p / (1 - p)), spread(0, 1), 4),
        ("logit", lambda p: mpmath.log(p / (1 - p)), spread(0.499, 0.501), 4),
        ("special_entr", lambda x: -x * mpmath.log(x), spread(0, 3), 3),
    ],
)
def test_is_within_last_places(
    name: str, exact: Callable[[Any], Any], points: NDArray[Any], bound: float, dtype: str
) -> None:
    x = points.astype(dtype)
    actual = getattr(vt.ops, name)(vt.from_numpy(x)).numpy()
    with mpmath.workdps(40):
        assert last_places(actual, [exact(mpmath.mpf(v)) for v in x.tolist()]) <= bound


@pytest.mark.parametrize("order", [1, 2, 3, 6])
def test_polygamma_is_within_last_places(order: int) -> None:
    x = np.concatenate([spread(1e-3, 1e3, logarithmic=True), spread(-3.9, -3.6)])
    actual = vt.ops.polygamma(order, vt.from_numpy(x)).numpy()
    with mpmath.workdps(40):
        assert last_places(actual, [mpmath.psi(order, mpmath.mpf(v)) for v in x.tolist()]) <= 6


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("digamma", {-0.0: INF}),
        ("erfc", {-INF: 2, INF: 0.0, 0: 1, NAN: NAN}),
        ("erfinv", {-1: -INF, 1: INF, 0: 0.0, 1.5: NAN, NAN: NAN}),
        ("special_erfcx", {-INF: INF, INF: 0.0, 0: 1, -100: INF, NAN: NAN}),
        ("lgamma", {0: INF, -3: INF, 1: 0.0, 2: 0.0, INF: INF, -INF: INF, -1e20: INF, NAN: NAN}),
        ("digamma", {0: -INF, -2: NAN, INF: INF, -INF: NAN, NAN: NAN}),
        ("special_ndtr", {-INF: 0.0, INF: 1, 0: 0.5, NAN: NAN}),
        ("special_log_ndtr", {-INF: -INF, NAN: NAN}),
        ("special_ndtri", {0: -INF, 1: INF, 0.5: 0.0, -0.5: NAN, 2: NAN, NAN: NAN}),
        ("i0", {0: 1, INF: INF, -INF: INF, 1000: INF, NAN: NAN}),
        ("special_i0e", {0: 1, INF: 0.0, NAN: NAN}),
        ("special_i1", {-0.0: -0.0, INF: INF, -INF: -INF, NAN: NAN}),
        ("special_i1e", {-0.0: -0.0, INF: 0.0, -INF: -0.0, NAN: NAN}),
        ("sinc", {0: 1, INF: NAN, NAN: NAN}),
        ("logit", {0: -INF, 1: INF, -0.5: NAN, 2: NAN, NAN: NAN}),
        ("special_entr", {0: 0.0, -1: -INF, 1: -0.0, NAN: NAN}),
    ],
)
def test_special_values(name: str, pairs: dict[float, float], dtype: str) -> None:
    results = getattr(vt.ops, name)(vt.tensor(list(map(float, pairs)), dtype=getattr(vt, dtype))).tolist()
    for x, actual, expected in zip(pairs, results, pairs.values(), strict=True):
        same = math.isnan(actual) if math.isnan(expected) else actual == expected
        assert same, f"{name}({x}): got {actual}, expected {expected}"


def test_sinc_of_whole_numbers_is_zero() -> None:
    assert vt.ops.sinc(vt.tensor([1.0, -2.0, 7.0, 1e6, 3e9])).tolist() == [0.0] * 5


def test_polygamma_at_its_poles() -> None:
    x = vt.tensor([0.0, -1.0, -7.0])
    assert vt.ops.polygamma(1, x).tolist() == [INF] * 3
    assert vt.ops.polygamma(2, x).tolist() == [-INF] * 3


def test_logit_clamps_by_eps() -> None:
    x = vt.tensor([-1.0, 0.0, 0.5, 1.0, 2.0])
    edge = vt.ops.logit(vt.tensor([0.25, 0.75])).tolist()
    assert vt.ops.logit(x, 0.25).tolist() == [edge[0], edge[0], 0.0, edge[1], edge[1]]


@pytest.mark.parametrize("log_of", ["xlogy", "special_xlog1py"])
def test_zero_wins_over_the_logarithm_but_not_over_nan(log_of: str) -> None:
    function = getattr(vt.ops, log_of)
    assert function(vt.tensor([0.0, -0.0, 0.0]), vt.tensor([0.0, -5.0, INF])).tolist() == [0.0] * 3
    assert math.isnan(function(vt.tensor([0.0]), NAN).item())
    assert math.isnan(function(NAN, vt.tensor([1.0])).item())
    assert function(0.0, vt.tensor([-5.0])).item() == 0.0


def test_frexp_at_special_values() -> None:
    x = [0.0, -0.0, INF, -INF, NAN, 1.0, -6.0, 1e-45, 3e38]
    mantissa, exponent = vt.ops.frexp(vt.tensor(x))
    assert exponent.tolist() == [0, 0, 0, 0, 0, 1, 3, -148, 128]
    parts = mantissa.tolist()
    assert [str(part) for part in parts[:5]] == ["0.0", "-0.0", "inf", "-inf", "nan"]
    assert parts[5:8] == [0.5, -0.75, 0.5]


def test_polygamma_is_a_method_of_its_tensor() -> None:
    x = vt.tensor([0.5, 2.0])
    assert x.polygamma(1).tolist() == vt.ops.polygamma(1, x).tolist()
    with pytest.raises(RuntimeError, match="n must not be negative: got -2"):
        x.polygamma(-2)


def bessel_k(order: int, scaled: bool) -> Callable[[Any], Any]:
    return lambda x: mpmath.besselk(order, x) * (mpmath.exp(x) if scaled else 1)


@pytest.mark.parametrize(
    ("name", "exact", "points", "bound"),
    [
        ("special_modified_bessel_k0", bessel_k(0, False), spread(0, 60), 6),
        ("special_modified_bessel_k1", bessel_k(1, False), spread(0, 60), 6),
        ("special_scaled_modified_bessel_k0", bessel_k(0, True), spread(0, 300), 6),
        ("special_scaled_modified_bessel_k1", bessel_k(1, True), spread(0, 300), 6),
        ("special_airy_ai", mpmath.airyai, spread(-1, 60), 6),
        ("special_spherical_bessel_j0", mpmath.sinc, spread(-3, 3), 3),
    ],
)
def test_functions_of_doubles_are_within_last_places(
    name: str, exact: Callable[[Any], Any], points: NDArray[Any], bound: float
) -> None:
    for dtype in FLOATS:
        x = points.astype(dtype)
        actual = getattr(vt.ops, name)(vt.from_numpy(x)).numpy()
        with mpmath.workdps(30):
            assert last_places(actual, [exact(mpmath.mpf(v)) for v in x.tolist()]) <= (
                bound if dtype == "float64" else 1
            )


@pytest.mark.parametrize(
    ("name", "exact"),
    [
        ("special_bessel_j0", lambda x: mpmath.besselj(0, x)),
        ("special_bessel_j1", lambda x: mpmath.besselj(1, x)),
        ("special_bessel_y0", lambda x: mpmath.bessely(0, x)),
        ("special_bessel_y1", lambda x: mpmath.bessely(1, x)),
    ],
)
def test_waves_are_accurate_beside_their_amplitude(name: str, exact: Callable[[Any], Any]) -> None:
    x = np.concatenate([spread(0.5, 8), spread(8, 1000)])
    actual = getattr(vt.ops, name)(vt.from_numpy(x)).numpy()
    for at, got in zip(x.tolist(), actual.tolist(), strict=True):
        assert abs(got - float(exact(mpmath.mpf(at)))) <= 5e-16 * min(1.0, (2 / math.pi / at) ** 0.5) + 3e-16


@pytest.mark.parametrize(
    ("name", "exact", "sign"),
    [
        ("special_bessel_j0", lambda x: mpmath.besselj(0, x), 1),
        ("special_bessel_j1", lambda x: mpmath.besselj(1, x), 1),
        ("special_bessel_y0", lambda x: mpmath.bessely(0, x), 1),
        ("special_bessel_y1", lambda x: mpmath.bessely(1, x), 1),
        ("special_airy_ai", mpmath.airyai, -1),
    ],
)
def test_waves_keep_their_phase_far_out(name: str, exact: Callable[[Any], Any], sign: int) -> None:
    x = [sign * at for at in (3e8, 1e13)]
    actual = getattr(vt.ops, name)(vt.tensor(x, dtype=vt.float64)).tolist()
    with mpmath.workdps(60):
        expected = [float(exact(mpmath.mpf(at))) for at in x]
    np.testing.assert_allclose(actual, expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "first", "second", "bound"),
    [
        ("igamma", spread(0.01, 1), spread(0.001, 1.1), 8),
        ("igammac", spread(0.01, 1), spread(0.001, 1.1), 12),
        ("igamma", spread(1, 10), spread(0, 20), 12),
        ("igammac", spread(1, 10), spread(0, 20), 12),
        ("igamma", spread(64, 1000), spread(64, 1000) * (1 + spread(-0.05, 0.05)[::-1]), 20),
        ("igammac", spread(64, 1000), spread(64, 1000) * (1 + spread(-0.05, 0.05)[::-1]), 20),
    ],
)
def test_incomplete_gamma_functions_are_within_last_places(
    name: str, first: NDArray[Any], second: NDArray[Any], bound: float
) -> None:
    actual = getattr(vt.ops, name)(vt.from_numpy(first), vt.from_numpy(second)).numpy()
    with mpmath.workdps(40):
        exact = [
            mpmath.gammainc(a, 0, x, regularized=True) if name == "igamma" else mpmath.gammainc(a, x, regularized=True)
            for a, x in zip(first.tolist(), second.tolist(), strict=True)
        ]
        assert last_places(actual, exact) <= bound


def test_incomplete_gamma_functions_at_their_ends() -> None:
    a = vt.tensor([0.0, 0.0, 2.0, INF, 2.0, INF, -1.0, 2.0])
    x = vt.tensor([0.0, 1.0, 0.0, 2.0, INF, INF, 1.0, -1.0])
    lower = vt.ops.igamma(a, x).tolist()
    upper = vt.ops.igammac(a, x).tolist()
    assert lower[1:5] == [1.0, 0.0, 0.0, 1.0]
    assert upper[1:5] == [0.0, 1.0, 1.0, 0.0]
    assert all(math.isnan(values[i]) for values in (lower, upper) for i in (0, 5, 6, 7))


def test_zeta_at_its_poles_and_ends() -> None:
    s = vt.tensor([1.0, 0.5, 2.0, 2.0, 2.5, 2.0, 3.0])
    q = vt.tensor([2.0, 2.0, 0.0, -3.0, -0.5, INF, -0.25])
    values = vt.ops.special_zeta(s, q).tolist()
    assert [values[0], values[2], values[3], values[5]] == [INF, INF, INF, 0.0]
    assert math.isnan(values[1])
    assert math.isnan(values[4])
    assert math.isclose(values[6], -64 + 1 / 0.75**3 + float(mpmath.zeta(3, 1.75)), rel_tol=1e-6)


def test_polynomials_of_many_degrees() -> None:
    x = vt.tensor([0.3, -0.7, 0.999], dtype=vt.float64)
    for n in (9, 50, 301):
        for name, exact in (
            ("chebyshev_polynomial_t", mpmath.chebyt),
            ("chebyshev_polynomial_u", mpmath.chebyu),
            ("legendre_polynomial_p", mpmath.legendre),
        ):
            actual = getattr(vt.ops, f"special_{name}")(x, n).tolist()
            expected = [float(exact(n, v)) for v in x.tolist()]
            np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-12, err_msg=f"{name} {n}")


def test_polynomials_at_the_ends_of_their_interval() -> None:
    x = vt.tensor([1.0, -1.0])
    assert vt.ops.special_chebyshev_polynomial_u(x, 3).tolist() == [4.0, -4.0]
    assert vt.ops.special_chebyshev_polynomial_v(x, 3).tolist() == [1.0, -7.0]
    assert vt.ops.special_chebyshev_polynomial_w(x, 3).tolist() == [7.0, -1.0]
    assert vt.ops.special_hermite_polynomial_h(x, -2).tolist() == [0.0, 0.0]
