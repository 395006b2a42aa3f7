# SPDX-License-Identifier: Apache-2.0
"""Rows of scatter_reduce and of the forms of scatter by keyword."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ARITHMETIC,
    BOOL,
    COMPLEX,
    Array,
    OpRow,
    Sample,
    Typed,
    error,
    is_array,
    sample_values,
)

__all__ = ["MEANS", "ROWS", "fold_at"]


def _i64(values: Any) -> Typed:
    return Typed(np.array(values, dtype=np.int64), "int64")


_A = sample_values((2, 3), "float32")
MEANS = tuple(dtype for dtype in ARITHMETIC if dtype not in BOOL)

_CALLS: tuple[tuple[tuple[int, ...], int, Any, tuple[int, ...]], ...] = (
    ((3, 4), 1, [[0, 0, 3], [1, 2, 1], [2, 2, 2]], (3, 3)),
    ((3, 4), 0, [[2, 0, 1, 2], [2, 1, 1, 0]], (2, 4)),
    ((4,), 0, [3, 0, 3], (5,)),
    ((), 0, 0, ()),
    ((3, 4), 0, np.zeros((0, 4), np.int64), (0, 4)),
)


def _reduces(dtype: str) -> Iterator[Sample]:
    for word in ("sum", "prod", "mean", "amax", "amin"):
        if (dtype in COMPLEX and word.startswith("am")) or (word == "mean" and dtype not in MEANS):
            continue
        for shape, dim, index, source in _CALLS:
            for include_self in (True, False):
                args = (sample_values(shape, dtype), dim, _i64(index), sample_values(source, dtype, 1), word)
                yield Sample(args, {"include_self": include_self})
    if dtype in MEANS:
        zeros = np.array([0, 2, 0, 3, 0], dtype=sample_values((), dtype).dtype)
        yield Sample((sample_values((3,), dtype), 0, _i64([0, 0, 1, 1, 2]), zeros, "prod"))


def fold_at(x: Array, dim: int, index: Array, src: Array, word: str, include_self: bool = True) -> Array:
    """Return what scatter_reduce gives, element by element, in the dtype of `x`."""
    folds = {"sum": np.add, "prod": np.multiply, "mean": np.add, "amax": np.maximum, "amin": np.minimum}
    out = np.array(x).reshape(x.shape or (1,))
    index, src = index.reshape(index.shape or (1,)), src.reshape(src.shape or (1,))
    counts = np.full(out.shape, int(include_self), dtype=np.int64)
    met = np.full(out.shape, include_self)
    for place in np.ndindex(*index.shape):
        to = (*place[: dim % out.ndim], int(index[place]), *place[dim % out.ndim + 1 :])
        with np.errstate(all="ignore"):
            out[to] = folds[word](out[to], src[place]) if met[to] else src[place]
        met[to] = True
        counts[to] += 1
    if word == "mean":
        counts = np.maximum(counts, 1)
        out = out // counts if out.dtype.kind in "iu" else out / counts
        out = out.astype(x.dtype)
    return out.reshape(x.shape)


def _values(dtype: str) -> Iterator[Sample]:
    value: Any = True if dtype == "bool" else 3
    yield Sample((sample_values((3, 4), dtype), 1, _i64([[0, 3], [1, 2]])), {"value": value})
    yield Sample((sample_values((4,), dtype), 0, _i64([1])), {"value": value})


def _scatter(x: Array, dim: int, index: Array, value: Any) -> Array:
    out = np.array(x)
    np.put_along_axis(out[: index.shape[0]] if dim else out, index, value, axis=dim)
    return out


def _words(dtype: str) -> Iterator[Sample]:
    for word in ("add", "multiply"):
        for shape, dim, index, source in _CALLS:
            yield Sample(
                (sample_values(shape, dtype), dim, _i64(index), sample_values(source, dtype, 1)), {"reduce": word}
            )


def _values_by_word(dtype: str) -> Iterator[Sample]:
    value: Any = True if dtype == "bool" else 3
    for word in ("add", "multiply"):
        yield Sample((sample_values((3, 4), dtype), 1, _i64([[0, 3, 3], [1, 2, 0]]), value), {"reduce": word})


def _by_word(x: Array, dim: int, index: Array, src: Any, reduce: str) -> Array:
    values = src if is_array(src) else np.full(index.shape, src, dtype=x.dtype)
    return fold_at(x, dim, index, values, "sum" if reduce == "add" else "prod")


ROWS = (
    OpRow(
        "scatter_reduce",
        _reduces,
        fold_at,
        dtypes=ARITHMETIC,
        layouts=("contiguous", "transposed", "sliced"),  # extremes of equal elements have no derivative
        differentiable=True,
        errors=(
            error(RuntimeError, "must be 'sum', 'prod', .*: got 'max'", _A, 0, _i64([[0]]), _A, "max"),
            error(RuntimeError, "as many dimensions as self", _A, 0, _i64([0]), _A, "sum"),
            error(
                IndexError, "index 2 is out of bounds for dimension 0 with size 2", _A, 0, _i64([[0], [2]]), _A, "sum"
            ),
            error(IndexError, "index -1 is out of bounds", _A, 0, _i64([[-1]]), _A, "amax"),
        ),
    ),
    OpRow(
        "scatter.value",
        _values,
        _scatter,
        differentiable=True,
        errors=(error(IndexError, "index 3 is out of bounds", _A, 1, _i64([[3]]), value=1),),
    ),
    OpRow(
        "scatter.reduce",
        _words,
        _by_word,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(error(RuntimeError, "'add' or 'multiply': got 'sum'", _A, 0, _i64([[0]]), _A, reduce="sum"),),
    ),
    OpRow(
        "scatter.value_reduce",
        _values_by_word,
        _by_word,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(error(RuntimeError, "'add' or 'multiply': got 'mean'", _A, 0, _i64([[0]]), 1, reduce="mean"),),
    ),
)
