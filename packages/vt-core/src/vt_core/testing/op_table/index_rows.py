# SPDX-License-Identifier: Apache-2.0
"""Rows of index_copy, index_fill and index_reduce."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ARITHMETIC,
    COMPLEX,
    Array,
    OpRow,
    Sample,
    Typed,
    error,
    sample_values,
)
from vt_core.testing.op_table.scatter import MEANS, fold_at

__all__ = ["ROWS"]


def _i64(values: Any) -> Typed:
    return Typed(np.array(values, dtype=np.int64), "int64")


_A = sample_values((2, 3), "float32")
_FLOAT_INDEX = Typed(np.array([0.0]), "float32")


def _copies(dtype: str) -> Iterator[Sample]:
    x = sample_values((4, 3), dtype)
    yield Sample((x, 0, _i64([2, 0]), sample_values((2, 3), dtype, 1)))
    yield Sample((x, -1, Typed(np.array([1]), "int32"), sample_values((4, 1), dtype, 1)))
    yield Sample((x, 1, _i64([]), sample_values((4, 0), dtype, 1)))
    yield Sample((sample_values((), dtype), 0, _i64([0]), sample_values((1,), dtype, 1)))
    yield Sample((sample_values((3,), dtype), 0, _i64(1), sample_values((), dtype, 1)))


def _index_copy(x: Array, dim: int, index: Array, source: Array) -> Array:
    out = np.moveaxis(np.array(x).reshape(x.shape or (1,)), dim, 0)
    out[np.atleast_1d(index)] = np.moveaxis(source.reshape(source.shape or (1,)), dim, 0)
    return np.moveaxis(out, 0, dim).reshape(x.shape)


def _fills(dtype: str) -> Iterator[Sample]:
    value: Any = True if dtype == "bool" else 2
    x = sample_values((4, 3), dtype)
    yield Sample((x, 0, _i64([2, 0, 2]), value))
    yield Sample((x, -1, _i64([-1]), value))
    yield Sample((x, 1, _i64([]), value))
    yield Sample((x, 0, _i64([1, -3]), sample_values((), dtype, 1)))
    yield Sample((x, 1, _i64(2), sample_values((), dtype, 1)))
    yield Sample((sample_values((), dtype), 0, _i64([0]), value))


def _index_fill(x: Array, dim: int, index: Array, value: Any) -> Array:
    out = np.array(x).reshape(x.shape or (1,))
    np.moveaxis(out, dim, 0)[np.atleast_1d(index)] = value
    return out.reshape(x.shape)


def _reduces(dtype: str) -> Iterator[Sample]:
    for word in ("prod", "mean", "amax", "amin"):
        if (dtype in COMPLEX and word.startswith("am")) or (word == "mean" and dtype not in MEANS):
            continue
        x = sample_values((4, 3), dtype)
        yield Sample((x, 0, _i64([2, 0, 2]), sample_values((3, 3), dtype, 1), word))
        yield Sample((x, 1, _i64([1, 1]), sample_values((4, 2), dtype, 1), word), {"include_self": False})
        yield Sample((x, -1, _i64([]), sample_values((4, 0), dtype, 1), word))


def _index_reduce(x: Array, dim: int, index: Array, source: Array, word: str, include_self: bool = True) -> Array:
    dim %= x.ndim
    shape = [1] * x.ndim
    shape[dim] = -1
    return fold_at(x, dim, np.broadcast_to(index.reshape(shape), source.shape), source, word, include_self)


ROWS = (
    OpRow(
        "index_copy",
        _copies,
        _index_copy,
        differentiable=True,
        errors=(
            error(IndexError, "^index_copy: index -1 is out of bounds for .* size 2", _A, 0, _i64([-1]), _A[:1]),
            error(IndexError, "^index_copy: index 2 is out of bounds", _A, 0, _i64([0, 2]), _A),
            error(IndexError, r"must have the sizes \(1, 3\): got \(2, 3\)", _A, 0, _i64([0]), _A),
            error(RuntimeError, r"must have the sizes \(1, 3\): got \(1, 2\)", _A, 0, _i64([0]), _A[:1, :2].copy()),
            error(RuntimeError, "dtype of self: got float64", _A, 0, _i64([0]), Typed(np.ones((1, 3)), "float64")),
            error(IndexError, "one dimension", _A, 0, _i64([[0]]), _A[:1]),
        ),
    ),
    OpRow(
        "index_fill",
        _fills,
        _index_fill,
        differentiable=True,
        errors=(
            error(
                IndexError, "^index_fill: index 2 is out of bounds for dimension 0 with size 2", _A, 0, _i64([0, 2]), 1
            ),
            error(IndexError, "index -3 is out of bounds", _A, 0, _i64([-3]), 1),
            error(RuntimeError, "must be int64 or int32: got float32", _A, 0, _FLOAT_INDEX, 1),
            error(RuntimeError, "index_fill", _A, 0, _i64([0]), _A),
        ),
    ),
    OpRow(
        "index_reduce",
        _reduces,
        _index_reduce,
        dtypes=ARITHMETIC,
        layouts=("contiguous", "transposed", "sliced"),  # extremes of equal elements have no derivative
        differentiable=True,
        errors=(
            error(RuntimeError, "got 'sum'; use index_add", _A, 0, _i64([0]), _A[:1], "sum"),
            error(IndexError, "^index_reduce: index -1 is out of bounds", _A, 0, _i64([-1]), _A[:1], "prod"),
            error(IndexError, r"must have the sizes \(1, 3\)", _A, 0, _i64([0]), _A, "prod"),
        ),
    ),
)
