# SPDX-License-Identifier: Apache-2.0
"""Rows of medians, k-th values, modes and quantiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.reduce import ORDERED, UNREPEATED
from vt_core.testing.op_table.row import (
    BOOL,
    FLOATS,
    HALVES,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    error,
    error_of_elements,
    sample_values,
)

_NUMBERS = tuple(dtype for dtype in ORDERED if dtype not in BOOL)
_LINES = (((3,), 0), ((2, 4), -1), ((4, 1, 5), 0), ((5, 70), 1), ((300, 3), 0), ((0, 3), 1), ((), -1))


def _lines(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype), 1))
    for seed, (shape, dim) in enumerate(_LINES):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))


def _wholes(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 4), (40, 70))):
        yield Sample((sample_values(shape, dtype, seed),))


def _with_nan(samples: Callable[[str], Iterator[Sample]]) -> Callable[[str], Iterator[Sample]]:
    """Samples of which float32 and the halves have NaN in some places; float64 is differentiated."""

    def some(dtype: str) -> Iterator[Sample]:
        for sample in samples(dtype):
            x = sample.args[0]
            if dtype in (*HALVES, "float32") and x.size > 3:
                x.reshape(-1)[::3] = np.nan
            yield Sample((x, *sample.args[1:]), sample.kwargs)

    return some


def _order(x: Array, dim: int) -> Array:
    return np.argsort(x, axis=dim, kind="stable")


def _taken(x: Array, places: Array, dim: int, keepdim: bool) -> tuple[Array, Array]:
    """The elements at `places`, which has no dimension `dim`."""
    at = np.expand_dims(places, dim)
    values = np.take_along_axis(x, at, axis=dim)
    return (values, at) if keepdim else (values.squeeze(dim), places)


def _median_of_line(line: Array, ignores_nan: bool) -> int:
    nans = np.isnan(line) if line.dtype.kind == "f" else np.zeros(line.shape, np.bool_)
    if nans.any() and not (ignores_nan and not nans.all()):
        return int(nans.argmax())
    return int(_order(line, 0)[(line.size - nans.sum() - 1) // 2])


def _mode_of_line(line: Array) -> int:
    values, counts = np.unique(line, return_counts=True)
    return int(np.flatnonzero(line == values[counts.argmax()])[-1])


def _along(place: Callable[[Array], int]) -> Callable[..., tuple[Array, Array]]:
    def reference(x: Array, dim: int = -1, keepdim: bool = False) -> tuple[Array, Array]:
        if not x.ndim:
            return x, np.asarray(0)
        if x.size == 0:
            return _taken(x, np.zeros([s for d, s in enumerate(x.shape) if d != dim % x.ndim], np.int64), dim, keepdim)
        return _taken(x, np.apply_along_axis(place, dim, x).astype(np.int64), dim, keepdim)

    return reference


def _kths(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype), 2))
    for seed, (shape, dim) in enumerate(_LINES):
        size = shape[dim] if shape else 1
        for k in {1, (size + 1) // 2, size}:
            yield Sample((sample_values(shape, dtype, seed), k, dim, seed % 2 == 0))


def _kthvalue(x: Array, k: int, dim: int = -1, keepdim: bool = False) -> tuple[Array, Array]:
    if not x.ndim:
        return x, np.asarray(0)
    return _taken(x, _order(x, dim).take(k - 1, axis=dim), dim, keepdim)


def _and_int64(dtype: str, _: Sample) -> tuple[str, str]:
    return dtype, "int64"


_WAYS = ("linear", "lower", "higher", "midpoint", "nearest")


def _quantiles(dtype: str) -> Iterator[Sample]:
    q = np.array([0.13, 0.3, 0.55, 0.92]).astype(dtype).astype(np.float64)
    yield Sample((sample_values((7,), dtype), q))
    for seed, (shape, dim) in enumerate((((2, 4), None), ((2, 5), -1), ((4, 1, 5), 0), ((6, 3), 0), ((), 0))):
        x = sample_values(shape, dtype, seed)
        yield Sample((x, q[seed % 2 :], dim, seed % 2 == 0), {"interpolation": _WAYS[seed]})
        yield Sample((x, q[1:2].reshape(()), dim, seed % 2 == 1))


def _scalar_quantiles(dtype: str) -> Iterator[Sample]:
    for seed, way in enumerate(_WAYS):
        yield Sample((sample_values((3, 4), dtype, seed), 0.4, seed % 2, seed % 3 == 0), {"interpolation": way})
    yield Sample((sample_values((3, 4), dtype), 0.25))


def _quantile(numpy_quantile: Any) -> Callable[..., Array]:
    def reference(
        x: Array, q: Any, dim: int | None = None, keepdim: bool = False, *, interpolation: str = "linear"
    ) -> Array:
        axis = None if dim is None or not x.ndim else dim
        kept = keepdim and x.ndim > 0
        return np.asarray(numpy_quantile(x, q, axis=axis, keepdims=kept, method=interpolation))

    return reference


def _sorts(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (4, 3), (0, 3), (70, 5))):
        yield Sample((sample_values(shape, dtype, seed),))


_A = sample_values((2, 3), "float32")
_Q = np.array([0.5, 0.1], np.float32)
_LINE_ERRORS = (
    error(IndexError, "out of range", _A, 2),
    error(IndexError, "Expected reduction dim 1 to have non-zero size", np.zeros((2, 0), np.float32), 1),
)

ROWS: tuple[OpRow, ...] = (
    *(
        row
        for name, ignores_nan in (("median", False), ("nanmedian", True))
        for row in (
            OpRow(
                name,
                _with_nan(_wholes),
                lambda x, ignores_nan=ignores_nan: x.reshape(-1)[_median_of_line(x.reshape(-1), ignores_nan)],
                dtypes=_NUMBERS,
                differentiable=True,
                layouts=UNREPEATED,
                errors=(ErrorCase(Sample((np.zeros((0,), np.int64),)), RuntimeError, "no elements", "int64"),),
            ),
            OpRow(
                f"{name}.dim",
                _with_nan(_lines),
                _along(lambda line, ignores_nan=ignores_nan: _median_of_line(line, ignores_nan)),
                dtypes=_NUMBERS,
                result_dtype=_and_int64,
                differentiable=True,
                layouts=UNREPEATED,
                errors=_LINE_ERRORS,
            ),
        )
    ),
    OpRow(
        "mode",
        _lines,
        _along(_mode_of_line),
        dtypes=ORDERED,
        result_dtype=_and_int64,
        differentiable=True,
        layouts=UNREPEATED,
        errors=_LINE_ERRORS,
    ),
    OpRow(
        "kthvalue",
        _kths,
        _kthvalue,
        dtypes=_NUMBERS,
        result_dtype=_and_int64,
        differentiable=True,
        layouts=UNREPEATED,
        errors=(
            error(RuntimeError, "selected number k out of range", _A, 0),
            error(RuntimeError, "selected number k out of range", _A, 4),
            error(IndexError, "non-zero size", np.zeros((2, 0), np.float32), 1),
            error(IndexError, "out of range", _A, 1, 2),
        ),
    ),
    *(
        row
        for name, numpy_quantile in (("quantile", np.quantile), ("nanquantile", np.nanquantile))
        for row in (
            OpRow(
                name,
                _quantiles if name == "quantile" else _with_nan(_quantiles),
                _quantile(numpy_quantile),
                dtypes=FLOATS,
                differentiable=True,
                layouts=("contiguous",),
                errors=(
                    error(RuntimeError, "must not be empty", np.zeros((0, 3), np.float32), _Q),
                    error(RuntimeError, "q must be a scalar", _A, np.ones((1, 1), np.float32)),
                    error_of_elements(RuntimeError, r"range \[0, 1\]", _A, _Q * 4),
                    error(RuntimeError, "interpolation must be one of", _A, _Q, interpolation="cubic"),
                    error(IndexError, "out of range", _A, _Q, 2),
                ),
            ),
            OpRow(
                f"{name}.scalar",
                _scalar_quantiles if name == "quantile" else _with_nan(_scalar_quantiles),
                _quantile(numpy_quantile),
                dtypes=FLOATS,
                differentiable=True,
                layouts=UNREPEATED,
                errors=(error(RuntimeError, r"range \[0, 1\]", _A, 1.5),),
            ),
        )
    ),
    OpRow(
        "msort",
        _sorts,
        lambda x: np.sort(x, axis=0) if x.ndim else x,
        dtypes=ORDERED,
        differentiable=True,
        layouts=UNREPEATED,
    ),
)
