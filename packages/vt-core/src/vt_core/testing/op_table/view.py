# SPDX-License-Identifier: Apache-2.0
"""Rows of the views."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib import stride_tricks

from vt_core.testing.op_table.row import Array, OpRow, calls_on, error, of_each_shape, sample_values, unchanged


def _reshape(x: Array, size: list[int]) -> Array:
    return x.reshape(size)


def _transpose(x: Array, dim0: int, dim1: int) -> Array:
    return np.swapaxes(x, dim0, dim1)


def _permute(x: Array, dims: list[int]) -> Array:
    return np.transpose(x, dims)


def _expand(x: Array, size: list[int]) -> Array:
    return np.broadcast_to(x, [x.shape[d - len(size)] if s == -1 else s for d, s in enumerate(size)])


def slice_along(x: Array, dim: int, start: int | None, end: int | None, step: int) -> Array:
    """The elements that slice sees."""
    return x[(slice(None),) * (dim % x.ndim) + (slice(start, end, step),)]


def _select(x: Array, dim: int, index: int) -> Array:
    return np.asarray(np.take(x, index, axis=dim))


def _as_strided(x: Array, size: list[int], stride: list[int], offset: int | None = None) -> Array:
    flat = np.ascontiguousarray(x).reshape(-1)[offset or 0 :]
    return stride_tricks.as_strided(flat, size, [s * flat.itemsize for s in stride]).copy()


def _unsqueeze(x: Array, dim: int) -> Array:
    return np.expand_dims(x, dim)


def _squeeze(x: Array, dim: list[int] | None = None) -> Array:
    return np.squeeze(x, None if dim is None else tuple(dim))


_A = sample_values((2, 3), "float32")
_SCALAR = sample_values((), "float32")
_RESHAPED: tuple[tuple[Any, ...], ...] = (([24],), ([6, 4],), ([-1],), ([2, 12],), ([2, 1, 3, 4, 1],), ([4, -1, 3],))

ROWS = (
    OpRow(
        "view",
        calls_on((2, 3, 4), *_RESHAPED),
        _reshape,
        layouts=("contiguous",),
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "do not hold 6 elements", _A, [4]),
            error(RuntimeError, "only one size may be -1", _A, [-1, -1]),
            error(RuntimeError, "negative", _A, [-2, 3]),
        ),
    ),
    OpRow(
        "reshape",
        calls_on((2, 3, 4), *_RESHAPED),
        _reshape,
        differentiable=True,
        errors=(error(RuntimeError, "do not hold 6 elements", _A, [4]),),
    ),
    OpRow(
        "transpose",
        calls_on((2, 3, 4), (0, 1), (-1, 0), (1, 1)),
        _transpose,
        differentiable=True,
        is_view=True,
        errors=(error(IndexError, "out of range", _A, 0, 2),),
    ),
    OpRow(
        "permute",
        calls_on((2, 3, 4), ([2, 0, 1],), ([0, -1, 1],)),
        _permute,
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "got 1 dimensions, expected 2", _A, [0]),
            error(RuntimeError, "twice", _A, [0, 0]),
        ),
    ),
    OpRow(
        "expand",
        calls_on((3, 1), ([3, 4],), ([2, 3, 1],), ([-1, 2],), ([3, 0],)),
        _expand,
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, r"cannot broadcast \(2, 3\) to \(3, 3\)", _A, [3, 3]),
            error(RuntimeError, "at least the 2", _A, [3]),
        ),
    ),
    OpRow(
        "slice",
        calls_on((5, 4), (0, 1, 4, 1), (0, None, None, 2), (1, -3, 10, 3), (0, 4, 2, 1), (-1, 1, -1, 1)),
        slice_along,
        differentiable=True,
        is_view=True,
        errors=(
            error(ValueError, "step must be positive", _A, 0, None, None, 0),
            error(IndexError, "0-dim", _SCALAR, 0, 0, 1, 1),
        ),
    ),
    OpRow(
        "select",
        calls_on((5, 4), (0, 3), (1, -1), (-1, 0)),
        _select,
        differentiable=True,
        is_view=True,
        errors=(
            error(IndexError, r"index 2 is out of range for dimension 0 of sizes \(2, 3\)", _A, 0, 2),
            error(IndexError, "0-dim", _SCALAR, 0, 0),
        ),
    ),
    OpRow(
        "as_strided",
        calls_on((4, 3), ([3], [4], 0), ([2, 3], [1, 2], 3), ([2, 2], [0, 1], None), ([], [], 5), ([0, 2], [9, 9], 0)),
        _as_strided,
        layouts=("contiguous",),
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "leave the storage", _A, [3], [3], 0),
            error(RuntimeError, "negative stride", _A, [2], [-1], 3),
        ),
    ),
    OpRow(
        "unsqueeze",
        calls_on((2, 3), (0,), (1,), (-1,), (2,)),
        _unsqueeze,
        differentiable=True,
        is_view=True,
        errors=(error(IndexError, "out of range", _A, 3),),
    ),
    OpRow("squeeze", calls_on((2, 1, 3, 1), ()), _squeeze, differentiable=True, is_view=True),
    OpRow(
        "squeeze.dim",
        calls_on((2, 1, 3, 1), ([1],), ([1, -1],)),
        _squeeze,
        differentiable=True,
        is_view=True,
        errors=(error(IndexError, "out of range", _A, [2]),),
    ),
    OpRow("detach", of_each_shape(), unchanged, is_view=True),
    OpRow("alias", of_each_shape(), unchanged, differentiable=True, is_view=True),
)
