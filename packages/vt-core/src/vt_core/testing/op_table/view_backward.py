# SPDX-License-Identifier: Apache-2.0
"""Rows of the gradients of views."""

from __future__ import annotations

from typing import Any

import numpy as np

from vt_core.testing.op_table.row import Array, OpRow, calls_on
from vt_core.testing.op_table.view import slice_along


def _slice_backward(grad: Array, size: list[int], dim: int, start: Any, end: Any, step: int) -> Array:
    out = np.zeros(size, dtype=grad.dtype)
    slice_along(out, dim, start, end, step)[...] = grad
    return out


def _select_backward(grad: Array, size: list[int], dim: int, index: int) -> Array:
    out = np.zeros(size, dtype=grad.dtype)
    np.moveaxis(out, dim, 0)[index] = grad
    return out


def _positions(size: list[int], stride: list[int], offset: int) -> Array:
    """Where in the storage each index of a strided view lies, in row-major order."""
    at = np.indices(size).reshape(len(size), -1)
    return (offset + (at * np.array(stride).reshape(-1, 1)).sum(axis=0)).astype(np.int64)


def _scatter_and_gather(
    grad: Array,
    in_size: list[int],
    in_stride: list[int],
    in_offset: int,
    size: list[int],
    stride: list[int],
    offset: int,
) -> Array:
    out_at, in_at = _positions(size, stride, offset), _positions(in_size, in_stride, in_offset)
    buffer = np.zeros(1 + max(*out_at, *in_at), dtype=grad.dtype)
    np.add.at(buffer, out_at, grad.reshape(-1))
    counts = np.zeros(buffer.shape, dtype=np.int64)
    np.add.at(counts, in_at, 1)
    return (buffer[in_at] / counts[in_at]).reshape(in_size)


ROWS = (
    OpRow(
        "slice_backward",
        calls_on((3, 4), ([3, 8], 1, 0, 8, 2), ([5, 4], 0, 1, 4, 1), ([3, 4], -1, None, None, 1)),
        _slice_backward,
        differentiable=True,
    ),
    OpRow(
        "select_backward",
        calls_on((4,), ([3, 4], 0, 2), ([4, 2], 1, -1)),
        _select_backward,
        differentiable=True,
    ),
    OpRow(
        "as_strided_backward",
        calls_on(
            (3, 3),
            ([5], [1], 0, [3, 3], [1, 1], 0),
            ([3, 3], [3, 1], 2, [3, 3], [1, 3], 2),
            ([2, 9], [0, 1], 0, [3, 3], [3, 1], 0),
        ),
        _scatter_and_gather,
        differentiable=True,
    ),
)
