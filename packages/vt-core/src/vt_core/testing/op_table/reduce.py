# SPDX-License-Identifier: Apache-2.0
"""Rows of the sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    BOOL,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    DTypeName,
    OpRow,
    Sample,
    calls_on,
    error,
    of_each_shape,
    sample_values,
)

_REDUCED = (
    ((3,), 0),
    ((2, 3), 1),
    ((2, 3), (0, 1)),
    ((4, 1, 5), (-1, 0)),
    ((2, 3, 2, 2, 2), (1, 3)),
    ((0, 3), 0),
    ((0, 3), 1),
    ((40, 70), 0),
    ((40, 70), 1),
    ((3, 300), 1),
    ((2, 3), None),
    ((), 0),
)


def _sums(dtype: str) -> Iterator[Sample]:
    yield from of_each_shape()(dtype)
    x = sample_values((2, 3), dtype)
    if dtype in FLOATS + HALVES:
        yield Sample((x,), {"dtype": DTypeName("float64")})
    if dtype in INTEGERS:
        yield Sample((x,), {"dtype": DTypeName("int32")})
        yield Sample((x,), {"dtype": DTypeName("float32")})


def _dim_sums(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_REDUCED):
        for keepdim in (False, True):
            yield Sample((sample_values(shape, dtype, seed), dim, keepdim))
    yield Sample((sample_values((2, 3), dtype), 0, False), {"dtype": DTypeName("complex128")})


def _sum(x: Array, dim: Any = None, keepdim: bool = False, *, dtype: str | None = None) -> Any:
    kind: Any = dtype or (np.int64 if x.dtype.kind in "biu" else x.dtype)
    if x.ndim == 0:
        return x.astype(kind)
    return np.asarray(x.astype(kind).sum(axis=dim, keepdims=keepdim, dtype=kind))


def _sum_dtype(dtype: str, sample: Sample) -> str:
    if "dtype" in sample.kwargs:
        return sample.kwargs["dtype"].name
    return "int64" if dtype in BOOL + INTEGERS else dtype


def _sum_to_size(x: Array, size: list[int]) -> Array:
    lead = x.ndim - len(size)
    axes = tuple(d for d in range(x.ndim) if d < lead or (size[d - lead] == 1 and x.shape[d] != 1))
    return x.sum(axis=axes, keepdims=True, dtype=x.dtype).reshape(size) if axes else x


_A = sample_values((2, 3), "float32")

ROWS = (
    OpRow("sum", _sums, _sum, result_dtype=_sum_dtype, differentiable=True),
    OpRow(
        "sum.dims",
        _dim_sums,
        _sum,
        result_dtype=_sum_dtype,
        differentiable=True,
        errors=(
            error(IndexError, "out of range", _A, 2),
            error(RuntimeError, "appears twice", _A, (0, -2)),
        ),
    ),
    OpRow(
        "sum_to_size",
        calls_on((2, 3, 4), ([3, 4],), ([1, 4],), ([2, 1, 4],), ([1, 1, 1],), ([],), ([2, 3, 4],)),
        _sum_to_size,
        differentiable=True,
        errors=(error(RuntimeError, "sum_to_size", _A, [4]),),
    ),
)
