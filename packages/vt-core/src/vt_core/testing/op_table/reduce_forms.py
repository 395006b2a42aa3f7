# SPDX-License-Identifier: Apache-2.0
"""Rows of the reductions that are composed of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.reduce import ORDERED, REAL, UNREPEATED
from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    error,
    sample_values,
)

_OVER_DIMS = (
    ((3,), 0),
    ((2, 3), (0, 1)),
    ((4, 1, 5), (-1, 0)),
    ((0, 3), 0),
    ((40, 70), 0),
    ((3, 700), 1),
    ((2, 3), None),
    ((), 0),
)


def _axes(x: Array, dim: Any) -> tuple[int, ...]:
    if dim is None or dim == () or x.ndim == 0:
        return tuple(range(x.ndim))
    return tuple(d % x.ndim for d in (dim if isinstance(dim, tuple) else (dim,)))


def _both_extremes(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (300,))):
        yield Sample((sample_values(shape, dtype, seed),), {"keepdim": seed % 2 == 0})
    for seed, (shape, dim) in enumerate((((3,), 0), ((2, 3), -1), ((4, 1, 5), 0), ((3, 0), 0), ((), 0))):
        yield Sample((sample_values(shape, dtype, seed),), {"dim": dim, "keepdim": seed % 2 == 0})


def _aminmax(x: Array, *, dim: int | None = None, keepdim: bool = False) -> tuple[Array, Array]:
    axes = _axes(x, dim)
    return np.asarray(x.min(axis=axes, keepdims=keepdim)), np.asarray(x.max(axis=axes, keepdims=keepdim))


def _counts(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (0, 3), (40, 70))):
        yield Sample((sample_values(shape, dtype, seed),))
    yield Sample((sample_values((4, 1, 5), dtype), -1))
    yield Sample((sample_values((0, 3), dtype), 0))


def _dims_counts(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate((((2, 3), (0, 1)), ((4, 1, 5), (0, -1)), ((2, 3), ()), ((0, 3), (0,)))):
        yield Sample((sample_values(shape, dtype, seed), dim))


def _count_nonzero(x: Array, dim: Any = None) -> Array:
    return np.asarray((x != 0).sum(axis=_axes(x, dim)))


def _with_nan(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_OVER_DIMS):
        x = sample_values(shape, dtype, seed)
        if dtype in HALVES + FLOATS and x.ndim > 0:
            x[..., ::2] = np.nan
        yield Sample((x, dim, seed % 2 == 0))
    yield Sample((sample_values((2, 3), dtype),))
    if dtype in FLOATS + HALVES:
        yield Sample((sample_values((2, 3), dtype), 0), {"dtype": DTypeName("float64")})


def _without_nan(dtype: str) -> Iterator[Sample]:
    """NaN has no differences: these are for derivatives too."""
    for sample in _with_nan(dtype):
        yield (
            sample
            if dtype != "float64"
            else Sample((np.asarray(np.nan_to_num(sample.args[0])), *sample.args[1:]), sample.kwargs)
        )


def _nansum(x: Array, dim: Any = None, keepdim: bool = False, *, dtype: str | None = None) -> Array:
    kind: Any = dtype or (np.int64 if x.dtype.kind in "biu" else x.dtype)
    return np.asarray(np.nan_to_num(x).sum(axis=_axes(x, dim), keepdims=keepdim, dtype=kind))


def _nanmean(x: Array, dim: Any = None, keepdim: bool = False, *, dtype: str | None = None) -> Array:
    count = np.asarray((~np.isnan(x)).sum(axis=_axes(x, dim), keepdims=keepdim))
    return np.divide(_nansum(x, dim, keepdim, dtype=dtype), count.astype(np.float64))


def _summed_dtype(dtype: str, sample: Sample) -> str:
    if "dtype" in sample.kwargs:
        return sample.kwargs["dtype"].name
    return "int64" if dtype in BOOL + INTEGERS else dtype


def _spreads(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype), 1, True))
    yield Sample((sample_values((3, 2, 4), dtype), (1, 2), False, True))
    yield Sample((sample_values((70, 9), dtype), None, False))


def _spreads_of_all(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype), True))
    yield Sample((sample_values((3, 2, 4), dtype), False))


def _spread(root: bool, mean: bool) -> Callable[..., Any]:
    def reference(x: Array, dim: Any, unbiased: bool = True, keepdim: bool = False) -> Any:
        if isinstance(dim, bool):
            dim, unbiased = None, dim
        axes = _axes(x, dim)
        spread = np.asarray((np.std if root else np.var)(x, axis=axes, ddof=int(unbiased), keepdims=keepdim))
        return (spread, np.asarray(x.mean(axis=axes, keepdims=keepdim))) if mean else spread

    return reference


def _part_dtype(dtype: str) -> str:
    return {"complex64": "float32", "complex128": "float64"}.get(dtype, dtype)


_A = sample_values((2, 3), "float32")
_EMPTY = np.zeros((2, 0), np.float32)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "aminmax",
        _both_extremes,
        _aminmax,
        dtypes=ORDERED,
        result_dtype=lambda dtype, _sample: (dtype, dtype),
        differentiable=True,
        layouts=UNREPEATED,
        errors=(
            error(RuntimeError, "Expected reduction dim to be specified", _EMPTY),
            error(IndexError, "Expected reduction dim 1 to have non-zero size", _EMPTY, dim=1),
            error(IndexError, "out of range", _A, dim=2),
        ),
    ),
    OpRow(
        "count_nonzero",
        _counts,
        _count_nonzero,
        result_dtype=lambda _dtype, _sample: "int64",
        errors=(error(IndexError, "out of range", _A, 2),),
    ),
    OpRow(
        "count_nonzero.dims",
        _dims_counts,
        _count_nonzero,
        result_dtype=lambda _dtype, _sample: "int64",
        errors=(error(RuntimeError, "appears twice", _A, (0, -2)),),
    ),
    OpRow("nansum", _without_nan, _nansum, dtypes=ORDERED, result_dtype=_summed_dtype, differentiable=True),
    OpRow(
        "nanmean",
        _without_nan,
        _nanmean,
        dtypes=REAL,
        result_dtype=_summed_dtype,
        differentiable=True,
        errors=(ErrorCase(Sample((np.arange(3),)), RuntimeError, "floating point", "int64"),),
    ),
    *(
        OpRow(
            f"{name}{'_mean' if mean else ''}.{form}",
            samples,
            _spread(name == "std", mean),
            dtypes=REAL + COMPLEX,
            result_dtype=lambda dtype, _sample, mean=mean: (_part_dtype(dtype), dtype) if mean else _part_dtype(dtype),
            differentiable=True,
            layouts=UNREPEATED,
        )
        for name in ("var", "std")
        for mean in (False, True)
        for form, samples in (("dim", _spreads), ("unbiased", _spreads_of_all))
    ),
)
