# SPDX-License-Identifier: Apache-2.0
"""Rows of the join family: lists of tensors joined and divided, and other orders and shapes of elements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import Array, OpRow, Sample, calls_on, error, sample_values

_A = sample_values((2, 3), "float32")
_SCALAR = sample_values((), "float32")

_JOINED: tuple[tuple[tuple[tuple[int, ...], ...], int], ...] = (
    (((3,), (2,)), 0),
    (((2, 3), (1, 3), (4, 3)), 0),
    (((2, 3), (2, 1)), 1),
    (((2, 3), (2, 1), (2, 0)), -1),
    (((2, 1, 3), (2, 2, 3)), -2),
    (((2, 3),), 0),
    (((0,), (2, 3), (0,)), 1),
    (((0,), (0,)), 0),
    (((1, 40, 30), (2, 40, 30)), 0),
    (((40, 30, 1), (40, 30, 2)), 2),
)


def _joined(dtype: str) -> Iterator[Sample]:
    for shapes, dim in _JOINED:
        yield Sample((tuple(sample_values(shape, dtype, seed) for seed, shape in enumerate(shapes)), dim))


def _stacked(dtype: str) -> Iterator[Sample]:
    for shape, num, dim in (((), 3, 0), ((3,), 2, 0), ((3,), 2, 1), ((2, 3), 3, -2), ((2, 0), 2, 0), ((40, 30), 3, 2)):
        yield Sample((tuple(sample_values(shape, dtype, seed) for seed in range(num)), dim))


def _cat(arrays: tuple[Array, ...], dim: int = 0) -> Array:
    kept = [a for a in arrays if a.shape != (0,)]
    return np.concatenate(kept, axis=dim) if kept else arrays[0]


def _stack(arrays: tuple[Array, ...], dim: int = 0) -> Array:
    return np.stack(arrays, axis=dim)


def _expanded_as(x: Array, other: Array) -> Array:
    return np.broadcast_to(x, other.shape)


def _matrices_transposed(x: Array) -> Array:
    return np.swapaxes(x, -1, -2)


def _split(x: Array, split_size: int | list[int], dim: int = 0) -> tuple[Array, ...]:
    if isinstance(split_size, list):
        ends = list(accumulate(split_size))[:-1]
    else:
        ends = list(range(split_size, x.shape[dim], max(split_size, 1)))
    return tuple(np.split(x, ends, axis=dim))


def _chunk(x: Array, chunks: int, dim: int = 0) -> tuple[Array, ...]:
    if x.shape[dim] == 0:
        return (x,) * chunks
    return _split(x, -(-x.shape[dim] // chunks), dim)


def _unbind(x: Array, dim: int = 0) -> tuple[Array, ...]:
    return tuple(np.take(x, i, axis=dim) for i in range(x.shape[dim]))


def _narrow(x: Array, dim: int, start: int, length: int) -> Array:
    start %= max(x.shape[dim], 1)
    return np.take(x, range(start, start + length), axis=dim)


def _flip(x: Array, dims: list[int]) -> Array:
    return np.flip(x, tuple(dims)) if dims else x


def _roll(x: Array, shifts: list[int], dims: list[int] | None = None) -> Array:
    return np.roll(x, tuple(shifts), tuple(dims)) if dims else np.roll(x, shifts[0])


def _repeat_interleave(x: Array, repeats: int, dim: int | None = None) -> Array:
    return np.repeat(x, repeats, dim)


def _flatten(x: Array, start_dim: int = 0, end_dim: int = -1) -> Array:
    if x.ndim == 0:
        return x.reshape(1)
    end = end_dim % x.ndim + 1
    start = start_dim % x.ndim
    return x.reshape(*x.shape[:start], int(np.prod(x.shape[start:end])), *x.shape[end:])


def _unflatten(x: Array, dim: int, sizes: list[int]) -> Array:
    dim %= x.ndim
    part = np.empty((x.shape[dim],)).reshape(sizes).shape
    return x.reshape(*x.shape[:dim], *part, *x.shape[dim + 1 :])


def _like(x: Array, other: Array) -> Array:
    return x.reshape(other.shape)


def _pairs(*shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        for first, second in shapes:
            yield Sample((sample_values(first, dtype), sample_values(second, dtype, 1)))

    return samples


_cat_errors = (
    error(RuntimeError, r"sizes must agree.*got \(3, 2\) at position 1", (_A, _A.T.copy()), 0),
    error(RuntimeError, "0-dim", (_SCALAR, _SCALAR), 0),
    error(IndexError, "out of range", (_A, _A), 2),
)

ROWS = (
    OpRow("cat", _joined, _cat, differentiable=True, errors=_cat_errors),
    OpRow(
        "stack",
        _stacked,
        _stack,
        differentiable=True,
        errors=(
            error(RuntimeError, r"sizes must be equal: got \(3, 2\) at position 1", (_A, _A.T.copy()), 0),
            error(IndexError, "out of range", (_A, _A), 3),
        ),
    ),
    OpRow(
        "split",
        calls_on((5, 4), (2, 0), (1, 1), (7, 0), ([1, 4], 0), ([2, 0, 2], -1)),
        _split,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be positive", _A, 0),
            error(RuntimeError, "add up to 2", _A, [1, 2]),
            error(RuntimeError, "0-dim", _SCALAR, 1),
            error(IndexError, "out of range", _A, 1, 2),
        ),
    ),
    OpRow(
        "chunk",
        calls_on((5, 4), (2, 0), (3, 1), (7, 0)),
        _chunk,
        differentiable=True,
        errors=(
            error(RuntimeError, "chunks must be positive", _A, 0),
            error(RuntimeError, "0-dim", _SCALAR, 1),
        ),
    ),
    OpRow(
        "split_with_sizes",
        calls_on((5, 4), ([1, 4], 0), ([2, 0, 2], -1), ([5],)),
        _split,
        differentiable=True,
        errors=(
            error(RuntimeError, "add up to 2", _A, [1, 2]),
            error(RuntimeError, "negative", _A, [3, -1]),
            error(RuntimeError, "0-dim", _SCALAR, [1]),
        ),
    ),
    OpRow(
        "unsafe_split",
        calls_on((5, 4), (2, 0), (1, 1), (7, 0)),
        _split,
        differentiable=True,
        errors=(error(RuntimeError, "must be positive", _A, 0),),
    ),
    OpRow(
        "unsafe_split_with_sizes",
        calls_on((5, 4), ([1, 4], 0), ([2, 0, 2], -1)),
        _split,
        differentiable=True,
        errors=(error(RuntimeError, "add up to 2", _A, [1, 2]),),
    ),
    OpRow(
        "unsafe_chunk",
        calls_on((5, 4), (2, 0), (3, 1), (7, 0)),
        _chunk,
        differentiable=True,
        errors=(error(RuntimeError, "chunks must be positive", _A, 0),),
    ),
    OpRow(
        "unbind",
        calls_on((3, 4), (), (1,), (-1,)),
        _unbind,
        differentiable=True,
        errors=(error(RuntimeError, "0-dim", _SCALAR), error(IndexError, "out of range", _A, 2)),
    ),
    OpRow(
        "narrow",
        calls_on((5, 4), (0, 1, 3), (1, -2, 2), (-1, 4, 0), (0, 0, 5)),
        _narrow,
        differentiable=True,
        is_view=True,
        errors=(
            error(IndexError, "start is out of range", _A, 0, 3, 0),
            error(RuntimeError, "exceed the size 2", _A, 0, 1, 2),
            error(RuntimeError, "negative", _A, 0, 0, -1),
        ),
    ),
    OpRow(
        "flip",
        calls_on((2, 3, 4), ([0],), ([0, -1],), ([],), ([0, 1, 2],)),
        _flip,
        differentiable=True,
        errors=(error(RuntimeError, "twice", _A, [0, 0]), error(IndexError, "out of range", _A, [2])),
    ),
    OpRow(
        "roll",
        calls_on((2, 3, 4), ([1], [0]), ([-1, 6], [1, 2]), ([5],), ([0], [-1]), ([-9], [1])),
        _roll,
        differentiable=True,
        errors=(
            error(RuntimeError, "must not be empty", _A, []),
            error(RuntimeError, "2 shifts and 1 dims", _A, [1, 2], [0]),
            error(IndexError, "out of range", _A, [1], [2]),
        ),
    ),
    OpRow(
        "repeat",
        calls_on((2, 3), ([1, 1],), ([2, 3],), ([2, 1, 2],), ([0, 1],)),
        np.tile,
        differentiable=True,
        errors=(
            error(RuntimeError, "at least the 2", _A, [2]),
            error(RuntimeError, "negative", _A, [2, -1]),
        ),
    ),
    OpRow(
        "tile",
        calls_on((2, 3), ([2],), ([2, 3],), ([2, 1, 2],), ([],)),
        np.tile,
        differentiable=True,
        errors=(error(RuntimeError, "negative", _A, [-1]),),
    ),
    OpRow(
        "repeat_interleave",
        calls_on((2, 3), (2,), (3, 0), (2, -1), (0, 1), (1, 0)),
        _repeat_interleave,
        differentiable=True,
        errors=(error(RuntimeError, "negative", _A, -1), error(IndexError, "out of range", _A, 1, 2)),
    ),
    OpRow(
        "flatten",
        calls_on((2, 3, 4), (), (1,), (0, 1), (-2, -1), (1, 1)),
        _flatten,
        differentiable=True,
        errors=(
            error(RuntimeError, "must not come after", _A, 1, 0),
            error(IndexError, "out of range", _A, 0, 2),
        ),
    ),
    OpRow(
        "unflatten",
        calls_on((6, 4), (0, [2, 3]), (-1, [2, -1]), (0, [-1]), (1, [1, 4, 1])),
        _unflatten,
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "do not multiply up to 3", _A, 1, [2, 2]),
            error(RuntimeError, "must not be empty", _A, 1, []),
            error(IndexError, "out of range", _A, 2, [1]),
        ),
    ),
    OpRow(
        "movedim",
        calls_on((2, 3, 4), ([0], [2]), ([-1], [0]), ([0, 1], [1, 0]), ([2, 0], [0, 1])),
        np.moveaxis,
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "twice", _A, [0, 0], [0, 1]),
            error(RuntimeError, "2 dims to move and 1 places", _A, [0, 1], [0]),
            error(IndexError, "out of range", _A, [2], [0]),
        ),
    ),
    OpRow(
        "expand_as",
        _pairs(((3, 1), (3, 4)), ((3,), (2, 3))),
        _expanded_as,
        differentiable=True,
        is_view=True,
        errors=(error(RuntimeError, "cannot broadcast", _A, _A.T.copy()),),
    ),
    OpRow(
        "view_as",
        _pairs(((2, 6), (3, 4)), ((4,), (2, 2))),
        _like,
        layouts=("contiguous",),
        differentiable=True,
        is_view=True,
        errors=(error(RuntimeError, "do not hold 6", _A, _SCALAR),),
    ),
    OpRow(
        "reshape_as",
        _pairs(((2, 6), (3, 4)), ((4,), (2, 2))),
        _like,
        differentiable=True,
        errors=(error(RuntimeError, "do not hold 6", _A, _SCALAR),),
    ),
    OpRow(
        "t",
        lambda dtype: iter([Sample((sample_values(shape, dtype),)) for shape in ((2, 3), (3,), ())]),
        np.transpose,
        differentiable=True,
        is_view=True,
        errors=(error(RuntimeError, "at most 2 dimensions, got 3", sample_values((1, 2, 3), "float32")),),
    ),
    OpRow(
        "numpy_T",
        lambda dtype: iter([Sample((sample_values(shape, dtype),)) for shape in ((2, 3, 4), (3,), ())]),
        np.transpose,
        differentiable=True,
        is_view=True,
    ),
    OpRow(
        "mT",
        calls_on((2, 3, 4), ()),
        _matrices_transposed,
        differentiable=True,
        is_view=True,
        errors=(error(RuntimeError, "at least 2 dimensions, got 1", sample_values((3,), "float32")),),
    ),
)
