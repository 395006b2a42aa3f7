# SPDX-License-Identifier: Apache-2.0
"""Rows of differences and integrals of samples, and of how observations vary together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ARITHMETIC,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    OpRow,
    Sample,
    Samples,
    Typed,
    calls_on,
    error,
    sample_values,
)


def _diff(x: Array, n: int = 1, dim: int = -1, prepend: Array | None = None, append: Array | None = None) -> Array:
    parts = [part for part in (prepend, x, append) if part is not None]
    return np.diff(np.concatenate(parts, axis=dim), n, axis=dim)


def _joined(dtype: str) -> Iterator[Sample]:
    yield from calls_on((3, 5), (), (2,), (1, 0), (9,), (0,))(dtype)
    yield Sample((sample_values((0,), dtype),))
    x, before, after = (sample_values((2, n), dtype, n) for n in (4, 1, 2))
    yield Sample((x, 1, -1, before, after))
    yield Sample((x, 2, -1), {"append": after})


def _areas(y: Array, x: Array | None, dx: float, dim: int) -> Array:
    y = np.moveaxis(y, dim, -1)
    if x is not None:
        x = np.moveaxis(x, dim, -1) if x.ndim > 1 else x
        return np.diff(x, axis=-1) * (y[..., 1:] + y[..., :-1]) / 2
    return dx * (y[..., 1:] + y[..., :-1]) / 2


def _trapezoid(y: Array, x: Array | None = None, *, dx: float = 1, dim: int = -1) -> Array:
    return _areas(_wide(y), None if x is None else _wide(x), dx, dim).sum(-1)


def _cumulative(y: Array, x: Array | None = None, *, dx: float = 1, dim: int = -1) -> Array:
    return np.moveaxis(np.cumsum(_areas(_wide(y), None if x is None else _wide(x), dx, dim), axis=-1), -1, dim)


def _wide(x: Array) -> Array:
    return x.astype(np.float64) if x.dtype.kind in "iu" else x


def _small(shape: tuple[int, ...], dtype: str) -> Array:
    """Integers whose products with small numbers fit into 8 bits, and places that rise: differences of unsigned ones wrap."""
    values = sample_values(shape, dtype)
    return values % 3 if dtype in INTEGERS else values


def _evenly(dtype: str) -> Iterator[Sample]:
    for shape, options in (((5,), {}), ((2, 5), {"dx": 2}), ((3, 4), {"dim": 0}), ((1,), {}), ((2, 0), {})):
        yield Sample((_small(shape, dtype),), options)


def _at_places(dtype: str) -> Iterator[Sample]:
    for shape, places, dim in (((5,), (5,), -1), ((2, 5), (5,), -1), ((3, 4), (3,), 0), ((3, 4), (3, 4), 0)):
        x = (
            np.arange(np.prod(places), dtype=dtype).reshape(places)
            if dtype in INTEGERS
            else sample_values(places, dtype, 1)
        )
        yield Sample((_small(shape, dtype), x), {"dim": dim})


def _integral_dtype(dtype: str, sample: Sample) -> str:
    """Of no samples a zero like them."""
    y, dim = sample.args[0], sample.kwargs.get("dim", -1)
    return dtype if y.ndim and y.shape[dim] == 0 else _divided(dtype, sample)


def _divided(dtype: str, _: Sample) -> str:
    return "float32" if dtype in INTEGERS else dtype


_FREQUENT = Typed(np.array([1, 2, 1, 3]), "int64")
_IMPORTANT = Typed(np.array([0.5, 1, 0.25, 2]), "float32")


def _observations(dtype: str) -> Iterator[Sample]:
    yield from calls_on((3, 4), ())(dtype)
    yield from calls_on((5,), ())(dtype)
    for options in ({"correction": 0}, {"fweights": _FREQUENT}, {"correction": 2, "fweights": _FREQUENT}):
        yield Sample((sample_values((3, 4), dtype),), options)


def _weighted(dtype: str) -> Iterator[Sample]:
    x = sample_values((3, 4), dtype)
    if dtype == "float32":
        for options in ({"aweights": _IMPORTANT}, {"aweights": _IMPORTANT, "fweights": _FREQUENT, "correction": 0}):
            yield Sample((x,), options)


def _cov(x: Array, *, correction: int = 1, fweights: Any = None, aweights: Any = None) -> Array:
    return np.cov(x, ddof=correction, fweights=fweights, aweights=aweights)


def _all_observations(dtype: str) -> Iterator[Sample]:
    yield from _observations(dtype)
    yield from _weighted(dtype)


def _variables(*shapes: tuple[int, ...]) -> Samples:
    return lambda dtype: (Sample((sample_values(shape, dtype, 3),)) for shape in shapes)


_LINE = sample_values((3,), "float32")
_X = sample_values((2, 3), "float32")
_SCALAR = sample_values((), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "diff",
        _joined,
        _diff,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(
            error(RuntimeError, "at least one dimension", _SCALAR),
            error(RuntimeError, "order must not be negative", _LINE, -1),
            error(RuntimeError, "as many dimensions as self", _X, 1, -1, _LINE),
        ),
    ),
    OpRow(
        "trapezoid",
        _evenly,
        _trapezoid,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=_integral_dtype,
        differentiable=True,
        errors=(
            error(IndexError, "at least one dimension", _SCALAR),
            error(IndexError, "out of range", _X, dim=2),
        ),
    ),
    OpRow(
        "trapezoid.x",
        _at_places,
        _trapezoid,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=_integral_dtype,
        differentiable=True,
        errors=(
            error(RuntimeError, "as many places as samples", _X, _LINE, dim=0),
            error(RuntimeError, "broadcast", _X, _SCALAR),
        ),
    ),
    OpRow(
        "cumulative_trapezoid",
        _evenly,
        _cumulative,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=_divided,
        differentiable=True,
        errors=(error(IndexError, "at least one dimension", _SCALAR),),
    ),
    OpRow(
        "cumulative_trapezoid.x",
        _at_places,
        _cumulative,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=_divided,
        differentiable=True,
        errors=(error(RuntimeError, "as many places as samples", _X, _LINE, dim=0),),
    ),
    OpRow(
        "cov",
        _all_observations,
        _cov,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=_divided,
        differentiable=True,
        errors=(
            error(RuntimeError, "at most 2 dimensions", _X[None]),
            error(RuntimeError, "one weight per observation", _X, fweights=_FREQUENT),
            error(RuntimeError, "fweights must be integers", _X, fweights=_LINE),
            error(RuntimeError, "aweights must be floating-point", _X, aweights=Typed(np.ones(3), "int64")),
        ),
    ),
    OpRow(
        "corrcoef",
        _variables((3, 5), (5,)),
        np.corrcoef,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=_divided,
        layouts=("contiguous", "transposed", "sliced"),  # one that repeats its observation does not vary
        differentiable=True,
        errors=(error(RuntimeError, "at most 2 dimensions", _X[None]),),
    ),
)
