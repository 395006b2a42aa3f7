# SPDX-License-Identifier: Apache-2.0
"""Rows of the scans: running sums, products, exponential sums and extremes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.reduce import ORDERED, REAL, UNREPEATED
from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
    INTEGERS,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    error,
    sample_values,
)

_LINES = (((3,), 0), ((2, 3), -1), ((4, 2, 5), 1), ((0, 3), 0), ((5, 700), 1), ((40, 300), 0), ((), 0))


def _lines(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_LINES):
        yield Sample((sample_values(shape, dtype, seed), dim))


def _accumulations(dtype: str) -> Iterator[Sample]:
    yield from _lines(dtype)
    if dtype in INTEGERS:
        yield Sample((sample_values((2, 3), dtype), 1), {"dtype": DTypeName("int32")})
        yield Sample((sample_values((2, 3), dtype), 1), {"dtype": DTypeName("float32")})


def _products(dtype: str) -> Iterator[Sample]:
    yield from _accumulations(dtype)
    x = sample_values((2, 4), dtype)
    x[0, 1] = x[1, 0] = x[1, 3] = 0
    yield Sample((x, 1))


def _accumulated(accumulate: Any) -> Callable[..., Array]:
    def reference(x: Array, dim: int, *, dtype: str | None = None) -> Array:
        kind: Any = dtype or (np.int64 if x.dtype.kind in "biu" else x.dtype)
        return np.asarray(accumulate(x.astype(kind), axis=dim, dtype=kind)) if x.ndim else x.astype(kind)

    return reference


def _accumulated_dtype(dtype: str, sample: Sample) -> str:
    if "dtype" in sample.kwargs:
        return sample.kwargs["dtype"].name
    return "int64" if dtype in BOOL + INTEGERS else dtype


def _logcumsumexp(x: Array, dim: int) -> Array:
    return np.log(np.exp(x).cumsum(axis=dim)) if x.ndim else x


def _running_extreme(accumulate: Any) -> Callable[..., tuple[Array, Array]]:
    def reference(x: Array, dim: int) -> tuple[Array, Array]:
        if not x.ndim:
            return x, np.asarray(0)
        values = accumulate(x, axis=dim)
        places = np.arange(x.shape[dim]).reshape([-1 if d == dim % x.ndim else 1 for d in range(x.ndim)])
        return values, np.maximum.accumulate(np.where(x == values, places, 0), axis=dim)

    return reference


def _and_int64(dtype: str, _: Sample) -> tuple[str, str]:
    return dtype, "int64"


def _recurrences(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_LINES):
        yield Sample(
            (
                sample_values(shape, dtype, seed),
                np.asarray(sample_values(shape, dtype, seed + 50) / 8),
                dim,
                seed % 2 == 0,
            )
        )


def _recurrence(x: Array, factors: Array, dim: int, reverse: bool = False) -> Array:
    if not x.ndim:
        return x
    out = np.zeros_like(x)
    before: Any = 0
    for i in range(x.shape[dim])[:: -1 if reverse else 1]:
        at = tuple(i if d == dim % x.ndim else slice(None) for d in range(x.ndim))
        before = out[at] = x[at] + factors[at] * before
    return out


_A = sample_values((2, 3), "float32")
_OUT_OF_RANGE = (error(IndexError, "out of range", _A, 2),)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "cumsum",
        _accumulations,
        _accumulated(np.cumsum),
        dtypes=ORDERED + COMPLEX,
        result_dtype=_accumulated_dtype,
        differentiable=True,
        errors=_OUT_OF_RANGE,
    ),
    OpRow(
        "cumprod",
        _products,
        _accumulated(np.cumprod),
        layouts=UNREPEATED,
        dtypes=ORDERED + COMPLEX,
        result_dtype=_accumulated_dtype,
        differentiable=True,
        errors=_OUT_OF_RANGE,
    ),
    OpRow(
        "logcumsumexp",
        _lines,
        _logcumsumexp,
        dtypes=REAL + COMPLEX,
        differentiable=True,
        errors=_OUT_OF_RANGE,
    ),
    *(
        OpRow(
            name,
            _lines,
            _running_extreme(accumulate),
            dtypes=ORDERED,
            result_dtype=_and_int64,
            differentiable=True,
            layouts=UNREPEATED,
            errors=_OUT_OF_RANGE,
        )
        for name, accumulate in (("cummax", np.maximum.accumulate), ("cummin", np.minimum.accumulate))
    ),
    OpRow(
        "running_affine",
        _recurrences,
        _recurrence,
        dtypes=REAL + COMPLEX,
        differentiable=True,
        errors=(
            error(RuntimeError, "factors must have the sizes of self", _A, _A[0], 0),
            ErrorCase(Sample((_A, _A, 2)), IndexError, "out of range"),
        ),
    ),
)
