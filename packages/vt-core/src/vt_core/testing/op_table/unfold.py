# SPDX-License-Identifier: Apache-2.0
"""Rows of windows along a dimension."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from vt_core.testing.op_table.row import ARITHMETIC, Array, OpRow, calls_on, error, sample_values

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")


def _unfold(x: Array, dim: int, size: int, step: int) -> Array:
    if x.ndim == 0:
        return x.reshape(1)[:size]
    windows = sliding_window_view(x, max(size, 1), axis=dim)
    if size == 0:  # as many as steps fit, and one behind the last element
        count = x.shape[dim] // step + 1
        shape = list(x.shape)
        shape[dim] = count
        return np.empty((*shape, 0), dtype=x.dtype)
    return windows[(slice(None),) * (dim % x.ndim) + (slice(None, None, step),)]


def _unfold_backward(grad: Array, sizes: list[int], dim: int, size: int, step: int) -> Array:
    out = np.zeros(sizes, dtype=grad.dtype)
    if not sizes:
        return grad.reshape(()).copy()
    moved, windows = np.moveaxis(out, dim, 0), np.moveaxis(grad, dim % len(sizes), 0)
    for i, window in enumerate(windows):
        moved[i * step : i * step + size] += np.moveaxis(window, -1, 0)
    return out


ROWS = (
    OpRow(
        "unfold",
        lambda dtype: iter(
            [
                *calls_on((7, 2), (0, 3, 1), (0, 3, 2), (0, 2, 4), (-1, 2, 1), (0, 7, 2**62), (0, 0, 2))(dtype),
                *calls_on((), (0, 1, 1), (-1, 0, 3))(dtype),
            ]
        ),
        _unfold,
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "windows of 4 do not fit in dimension 1 of size 3", _A, 1, 4, 1),
            error(RuntimeError, "step must be positive", _A, 0, 1, 0),
            error(RuntimeError, "size must not be negative", _A, 0, -1, 1),
            error(IndexError, "out of range", _A, 2, 1, 1),
        ),
    ),
    OpRow(
        "unfold_backward",
        lambda dtype: iter(
            [
                *calls_on((3, 2, 3), ([7, 2], 0, 3, 2), ([5, 2], 0, 3, 1))(dtype),
                *calls_on((2, 2), ([6], 0, 2, 3))(dtype),
                *calls_on((1,), ([], 0, 1, 1))(dtype),
            ]
        ),
        _unfold_backward,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(error(RuntimeError, "expected", _A, [7], 0, 3, 2),),
    ),
)
