# SPDX-License-Identifier: Apache-2.0
"""Rows of grids of coordinates and of tensors of indices."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    INTEGERS,
    Array,
    DTypeName,
    OpRow,
    Sample,
    Typed,
    calls,
    calls_on,
    error,
    sample_values,
)

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")
_LINE = sample_values((3,), "float32")
_OTHER = Typed(np.ones((2,)), "float64")


def _axes(dtype: str, *sizes: int) -> tuple[Array, ...]:
    return tuple(sample_values((size,), dtype, seed) for seed, size in enumerate(sizes))


def _grids(dtype: str) -> Iterator[Sample]:
    yield Sample((_axes(dtype, 3, 2),))
    yield Sample((_axes(dtype, 3, 2, 1),), {"indexing": "ij"})
    yield Sample((_axes(dtype, 3, 2, 2),), {"indexing": "xy"})
    yield Sample((_axes(dtype, 3),), {"indexing": "xy"})
    yield Sample(((sample_values((), dtype), *_axes(dtype, 2)),), {"indexing": "ij"})
    yield Sample((_axes(dtype, 0, 2),))


def _meshgrid(axes: tuple[Array, ...], indexing: Any = "ij") -> tuple[Array, ...]:
    return tuple(np.meshgrid(*axes, indexing=indexing))


def _products(dtype: str) -> Iterator[Sample]:
    for sizes in ((3, 2), (2, 1, 3), (4,), (0, 2)):
        yield Sample((_axes(dtype, *sizes),))


def _cartesian_prod(axes: tuple[Array, ...]) -> Array:
    if len(axes) == 1:
        return axes[0]
    return np.stack([axis.reshape(-1) for axis in np.meshgrid(*axes, indexing="ij")], axis=1)


def _combinations(x: Array, r: int = 2, with_replacement: bool = False) -> Array:
    if r == 0:
        return np.zeros((0,), x.dtype)
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    rows = np.array(list(choose(range(x.size), r)), dtype=np.int64).reshape(-1, r)
    return x[rows]


def _triangle(function: Callable[..., Any]) -> Callable[..., Array]:
    def reference(row: int, col: int, offset: int = 0, **_: Any) -> Array:
        return np.stack(function(row, offset, col))

    return reference


_SIZES = ((3, 3), (2, 4), (4, 2, 1), (4, 3, -2), (3, 4, 9), (3, 4, -9), (0, 3), (3, 0))


def _unravel(indices: Array, shape: Any) -> tuple[Array, ...]:
    sizes = [shape] if isinstance(shape, int) else shape
    return tuple(np.unravel_index(indices, sizes))


ROWS = (
    OpRow(
        "meshgrid",
        _grids,
        _meshgrid,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be 'ij' or 'xy': got 'yx'", (_LINE, _LINE), indexing="yx"),
            error(RuntimeError, r"at most one dimension each: got \(2, 3\)", (_LINE, _A)),
            error(RuntimeError, "one dtype: got float64 and float32", (_LINE, _OTHER)),
            error(RuntimeError, "non-empty", ()),
        ),
    ),
    OpRow(
        "cartesian_prod",
        _products,
        _cartesian_prod,
        differentiable=True,
        errors=(
            error(RuntimeError, r"one dimension each: got \(2, 3\)", (_LINE, _A)),
            error(RuntimeError, "one dtype", (_LINE, _OTHER)),
        ),
    ),
    OpRow(
        "combinations",
        calls_on((4,), (), (3,), (2, True), (1,), (0,), (5,), (5, True)),
        _combinations,
        differentiable=True,
        errors=(
            error(RuntimeError, r"one dimension: got \(2, 3\)", _A),
            error(RuntimeError, "must not be negative: got -1", _LINE, -1),
        ),
    ),
    OpRow(
        "tril_indices",
        calls(*(Sample(sizes, {"dtype": DTypeName()}) for sizes in _SIZES)),
        _triangle(np.tril_indices),
        dtypes=("int32", "int64"),
        errors=(error(RuntimeError, "must not be negative: got -1", 3, -1),),
    ),
    OpRow(
        "triu_indices",
        calls(*(Sample(sizes, {"dtype": DTypeName()}) for sizes in _SIZES)),
        _triangle(np.triu_indices),
        dtypes=("int32", "int64"),
        errors=(error(RuntimeError, "must not be negative: got -2", -2, 3),),
    ),
    OpRow(
        "unravel_index",
        lambda dtype: (
            Sample((np.array(at, dtype), shape))
            for at, shape in (([0, 7, 23], [2, 3, 4]), ([[5], [3]], [6]), (4, 5), ([], [2, 2]))
        ),
        _unravel,
        dtypes=INTEGERS,
        result_dtype=lambda _dtype, _sample: "int64",
        errors=(error(ValueError, "must not be negative", Typed(np.array([1]), "int64"), [2, -1]),),
    ),
)
