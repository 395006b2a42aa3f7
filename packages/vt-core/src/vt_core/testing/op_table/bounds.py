# SPDX-License-Identifier: Apache-2.0
"""Rows of the binary searches in sorted sequences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.reduce import ORDERED
from vt_core.testing.op_table.row import (
    BOOL,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Typed,
    error,
    error_of_elements,
    sample_values,
)

_DTYPES = tuple(dtype for dtype in ORDERED if dtype not in BOOL)


def _sequence(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    return np.sort(sample_values(shape, dtype, seed), axis=-1)


def _searches(dtype: str) -> Iterator[Sample]:
    for seed, (lines, shape) in enumerate((((7,), (5,)), ((1,), (2, 3)), ((0,), (3,)), ((90,), ()), ((9,), (0, 2)))):
        for right in (False, True):
            yield Sample((_sequence(lines, dtype, seed), sample_values(shape, dtype, seed + 50)), {"right": right})
    yield Sample((_sequence((2, 7), dtype, 8), sample_values((2, 3), dtype, 9)), {"side": "right"})
    yield Sample((_sequence((2, 7), dtype, 8), sample_values((2, 3), dtype, 9)), {"side": "left", "out_int32": True})
    loose = sample_values((2, 7), dtype, 10)
    sorter = Typed(np.argsort(loose, axis=-1, kind="stable"), "int64")
    yield Sample((loose, sample_values((2, 3), dtype, 9)), {"right": True, "sorter": sorter})


def _searchsorted(
    sequence: Array,
    values: Any,
    *,
    out_int32: bool = False,
    right: bool = False,
    side: str | None = None,
    sorter: Any = None,
) -> Array:
    del out_int32
    way: Any = side or ("right" if right else "left")
    if sorter is not None:
        sequence = np.take_along_axis(sequence, sorter, axis=-1)
    if sequence.ndim == 1:
        return np.asarray(np.searchsorted(sequence, values, side=way))
    pairs = zip(sequence.reshape(-1, sequence.shape[-1]), values.reshape(-1, values.shape[-1]), strict=True)
    return np.stack([np.searchsorted(line, value, side=way) for line, value in pairs]).reshape(values.shape)


def _scalar_searches(dtype: str) -> Iterator[Sample]:
    yield Sample((_sequence((7,), dtype, 0), 3))
    yield Sample((_sequence((7,), dtype, 1), 3), {"right": True, "out_int32": True})


def _buckets(dtype: str) -> Iterator[Sample]:
    for sample in _searches(dtype):
        if sample.args[0].ndim == 1:
            yield Sample(sample.args[::-1], sample.kwargs)


def _scalar_buckets(dtype: str) -> Iterator[Sample]:
    for sample in _scalar_searches(dtype):
        yield Sample(sample.args[::-1], sample.kwargs)


def _bucketize(values: Any, boundaries: Array, **options: Any) -> Array:
    return _searchsorted(boundaries, values, **options)


def _dtype(_: str, sample: Sample) -> str:
    return "int32" if sample.kwargs.get("out_int32") else "int64"


_A = sample_values((2, 3), "float32")
_LINE = np.arange(3, dtype=np.float32)

# An expanded sequence is no longer sorted.
_LAYOUTS = ("contiguous", "transposed", "sliced")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "searchsorted",
        _searches,
        _searchsorted,
        dtypes=_DTYPES,
        result_dtype=_dtype,
        layouts=_LAYOUTS,
        errors=(
            error(RuntimeError, "should be 1 dimension or match", _A, np.ones((3, 1), np.float32)),
            error(RuntimeError, "positive dimension", np.ones((), np.float32), _A),
            error(RuntimeError, "side can only be", _LINE, _A, side="middle"),
            error(RuntimeError, "opposites", _LINE, _A, side="left", right=True),
            error(RuntimeError, "must have the same size", _LINE, _A, sorter=Typed(np.array([0, 1]), "int64")),
            error_of_elements(
                RuntimeError, "sorter index out of range", _LINE, _A, sorter=Typed(np.array([0, 1, 9]), "int64")
            ),
            error(RuntimeError, "sorter must be a tensor of int64", _LINE, _A, sorter=Typed(np.arange(3), "int32")),
        ),
    ),
    OpRow(
        "searchsorted.scalar",
        _scalar_searches,
        _searchsorted,
        dtypes=_DTYPES,
        result_dtype=_dtype,
        layouts=_LAYOUTS,
        errors=(error(RuntimeError, "can be a scalar only", _A, 1),),
    ),
    OpRow(
        "bucketize",
        _buckets,
        _bucketize,
        dtypes=_DTYPES,
        result_dtype=_dtype,
        layouts=_LAYOUTS,
        errors=(ErrorCase(Sample((_LINE, _A)), RuntimeError, "must be 1 dimension"),),
    ),
    OpRow(
        "bucketize.scalar",
        _scalar_buckets,
        _bucketize,
        dtypes=_DTYPES,
        result_dtype=_dtype,
        layouts=_LAYOUTS,
    ),
)
