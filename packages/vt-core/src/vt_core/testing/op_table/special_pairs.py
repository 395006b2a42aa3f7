# SPDX-License-Identifier: Apache-2.0
"""Rows of the zeta and incomplete gamma functions, of orthogonal polynomials, and of Bessel and Airy functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing import _special as of
from vt_core.testing.op_table.row import (
    BOOL,
    FLOATS,
    HALVES,
    INTEGERS,
    SHAPES,
    Array,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    sample_values,
)
from vt_core.testing.op_table.unary import floats_where_whole

__all__ = ["ROWS"]

_REAL = BOOL + INTEGERS + HALVES + FLOATS
_PAIRS = (((), ()), ((2, 3), (2, 3)), ((2, 3), (3,)), ((0, 3), (1, 3)), ((20, 7), (7,)))


def _positive(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    x = np.asarray(np.abs(sample_values(shape, dtype, seed)))
    return np.asarray(x + 0.25) if dtype in HALVES + FLOATS else x


def _on_floats(reference: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: reference(*(np.asarray(a, np.float64) for a in args))


def _pairs(dtype: str) -> Iterator[Sample]:
    """Positive pairs; of float64 none is empty, since a derivative of nothing cannot say that it has none."""
    for seed, (left, right) in enumerate(_PAIRS):
        if dtype != "float64" or 0 not in left:
            yield Sample((_positive(left, dtype, seed), _positive(right, dtype, seed + 100)))


def _bases(dtype: str) -> Iterator[Sample]:
    """Exponents above 1 and positive bases; of float64 exponents are integers, since only bases have a derivative."""
    for seed, (left, right) in enumerate(_PAIRS):
        base = _positive(right, dtype, seed + 100)
        if dtype == "float64":
            exponent = np.asarray(_positive(left, "int64", seed) % 3 + 2)
            yield Sample((Typed(exponent, "int64"), np.asarray(base + 0.5)))
        else:
            exponent = _positive(left, dtype, seed)
            yield Sample((exponent if dtype in BOOL else np.asarray(exponent + 2), base))


def _numbers_first(dtype: str) -> Iterator[Sample]:
    for number in (2, 3.5):
        yield Sample((number, _positive((2, 3), dtype, 5)))
        yield Sample((number, _positive((), dtype, 6)))


def _zeta(s: Array, q: Array) -> Any:
    value = of.zeta(np.where(s > 1, s, 2), np.where(q > 0, q, 1))
    return np.where(s == 1, np.inf, np.where(s < 1, np.nan, np.where(q == 0, np.inf, value)))


def _upper(a: Array, x: Array) -> Any:
    return 1 - of.gammainc(a, x)


def _each(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(SHAPES):
        yield Sample((sample_values(shape, dtype, seed),))


def _polynomial(
    second: Callable[[Any], Any], step: Callable[[Any, int, Any, Any], Any], shift: bool
) -> Callable[..., Any]:
    """The polynomials of degrees up to 12, from the second one on by a recurrence of three terms."""

    def reference(x: Any, n: Any) -> Any:
        at, degree = np.broadcast_arrays(np.asarray(x, np.float64), np.trunc(np.asarray(n, np.float64)))
        at = 2 * at - 1 if shift else at
        known = [np.ones_like(at), second(at)]
        for k in range(1, 12):
            known.append(step(at, k, known[-2], known[-1]))
        return sum((np.where(degree == k, value, 0) for k, value in enumerate(known)), np.zeros_like(at))

    return reference


def _degrees(dtype: str) -> Iterator[Sample]:
    for seed, (left, right) in enumerate(_PAIRS):
        x = sample_values(left, dtype, seed)
        if dtype in HALVES + FLOATS:
            x = np.asarray(x / 2)
        n = np.asarray(np.abs(sample_values(right, dtype, seed + 100)))
        yield Sample((x, n))
        if dtype not in ("uint16", "uint32", "uint64"):
            yield Sample((x, Typed(np.arange(-1, 11)[: n.size].reshape(n.shape), "int64")))
    for number in (0, 3, 2.5, -1):
        yield Sample((sample_values((2, 3), dtype, 7), number))


def _degrees_of_numbers(dtype: str) -> Iterator[Sample]:
    for number in (2, -0.5, 0.25):
        yield Sample((number, np.asarray(np.abs(sample_values((2, 3), dtype, 3)))))


def _chebyshev(x: Any, _: int, p: Any, q: Any) -> Any:
    return 2 * x * q - p


_CHEBYSHEV: dict[str, Callable[[Any], Any]] = {
    "t": lambda x: x,
    "u": lambda x: 2 * x,
    "v": lambda x: 2 * x - 1,
    "w": lambda x: 2 * x + 1,
}
_FAMILIES: dict[str, Callable[..., Any]] = {
    **{f"chebyshev_polynomial_{kind}": _polynomial(first, _chebyshev, False) for kind, first in _CHEBYSHEV.items()},
    **{
        f"shifted_chebyshev_polynomial_{kind}": _polynomial(first, _chebyshev, True)
        for kind, first in _CHEBYSHEV.items()
    },
    "hermite_polynomial_h": _polynomial(lambda x: 2 * x, lambda x, k, p, q: 2 * x * q - 2 * k * p, False),
    "hermite_polynomial_he": _polynomial(lambda x: x, lambda x, k, p, q: x * q - k * p, False),
    "laguerre_polynomial_l": _polynomial(
        lambda x: 1 - x, lambda x, k, p, q: ((2 * k + 1 - x) * q - k * p) / (k + 1), False
    ),
    "legendre_polynomial_p": _polynomial(
        lambda x: x, lambda x, k, p, q: ((2 * k + 1) * x * q - k * p) / (k + 1), False
    ),
}


def _row(name: str, samples: Samples, reference: Callable[..., Any], differentiable: bool, **kwargs: Any) -> OpRow:
    return OpRow(
        name,
        samples,
        _on_floats(reference),
        dtypes=_REAL,
        result_dtype=floats_where_whole,
        differentiable=differentiable,
        **kwargs,
    )


_ERRORS = (error(RuntimeError, r"cannot broadcast \(2, 3\) with \(4,\)", _positive((2, 3), "float32", 0), np.ones(4)),)
ROWS = (
    _row("special_zeta", _bases, _zeta, True, errors=_ERRORS),
    _row("special_zeta.self_scalar", _numbers_first, _zeta, True),
    _row("igamma", _pairs, of.gammainc, True, twice_differentiable=False, errors=_ERRORS),
    _row("igammac", _pairs, _upper, True, twice_differentiable=False, errors=_ERRORS),
    _row("special_bessel_j0", _each, lambda x: of.bessel_j(0, x), False),
    _row("special_bessel_j1", _each, lambda x: of.bessel_j(1, x), False),
    _row("special_bessel_y0", _each, of.bessel_y0, False),
    _row("special_bessel_y1", _each, of.bessel_y1, False),
    _row("special_modified_bessel_k0", _each, lambda x: of.bessel_k(0, x), False),
    _row("special_modified_bessel_k1", _each, lambda x: of.bessel_k(1, x), False),
    _row("special_scaled_modified_bessel_k0", _each, lambda x: of.bessel_k(0, x) * np.exp(x), False),
    _row("special_scaled_modified_bessel_k1", _each, lambda x: of.bessel_k(1, x) * np.exp(x), False),
    _row("special_spherical_bessel_j0", _each, lambda x: np.sinc(x / np.pi), False),
    _row("special_airy_ai", _each, of.airy_ai, False),
    *(_row(f"special_{name}", _degrees, reference, False, errors=_ERRORS) for name, reference in _FAMILIES.items()),
    *(_row(f"special_{name}.x_scalar", _degrees_of_numbers, reference, False) for name, reference in _FAMILIES.items()),
)
