# SPDX-License-Identifier: Apache-2.0
"""Rows of im2col and col2im."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import COMPLEX, FLOATS, HALVES, Array, OpRow, Sample, error, sample_values

_DTYPES = ("bool", *HALVES, *FLOATS, *COMPLEX)
_Ints = list[int]

# Image; kernel, dilation, padding, stride.
_CASES: tuple[tuple[tuple[int, ...], tuple[_Ints, _Ints, _Ints, _Ints]], ...] = (
    ((2, 2, 3, 4), ([2, 2], [1, 1], [0, 0], [1, 1])),
    ((1, 5, 4), ([3, 2], [1, 2], [1, 0], [2, 1])),
    ((1, 2, 4, 4), ([2, 2], [1, 1], [0, 0], [2, 2])),
    ((1, 1, 3, 3), ([1, 1], [1, 1], [0, 0], [1, 1])),
    ((2, 1, 2, 3), ([2, 3], [2, 1], [1, 2], [3, 1])),
    ((0, 2, 3, 3), ([2, 2], [1, 1], [0, 0], [1, 1])),
)


def _windows(image: Sequence[int], kernel: _Ints, dilation: _Ints, padding: _Ints, stride: _Ints) -> Iterator[Any]:
    """For each place in a kernel: its number and the window of the padded image that it meets."""
    sizes = [
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, d, p, s in zip(image, kernel, dilation, padding, stride, strict=True)
    ]
    for number, tap in enumerate(np.ndindex(*kernel)):
        yield (
            number,
            tuple(
                slice(j * d, j * d + s * (n - 1) + 1, s)
                for j, d, s, n in zip(tap, dilation, stride, sizes, strict=True)
            ),
        )


def _flat(windows: Array) -> Array:
    return windows.reshape(*windows.shape[:2], windows.shape[2] * windows.shape[3])


def _im2col(x: Array, kernel: _Ints, dilation: _Ints, padding: _Ints, stride: _Ints) -> Array:
    batch = x if x.ndim == 4 else x[None]
    padded = np.pad(batch, [(0, 0), (0, 0), *((p, p) for p in padding)])
    parts = [
        _flat(padded[(..., *window)]) for _, window in _windows(batch.shape[2:], kernel, dilation, padding, stride)
    ]
    out = np.stack(parts, axis=2).reshape(batch.shape[0], batch.shape[1] * len(parts), parts[0].shape[-1])
    return out if x.ndim == 4 else out[0]


def _col2im(columns: Array, size: _Ints, kernel: _Ints, dilation: _Ints, padding: _Ints, stride: _Ints) -> Array:
    batch = columns if columns.ndim == 3 else columns[None]
    taps = kernel[0] * kernel[1]
    split = batch.reshape(batch.shape[0], batch.shape[1] // taps, taps, batch.shape[2])
    padded = np.zeros((*split.shape[:2], size[0] + 2 * padding[0], size[1] + 2 * padding[1]), columns.dtype)
    for number, window in _windows(size, kernel, dilation, padding, stride):
        seen = padded[(..., *window)]
        seen += split[:, :, number].reshape(seen.shape)
    out = padded[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]]
    return out if columns.ndim == 3 else out[0]


def _samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, window) in enumerate(_CASES):
        yield Sample((sample_values(sizes, dtype, seed), *window))


def _column_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, window) in enumerate(_CASES):
        columns = _im2col(np.zeros(sizes), *window).shape
        yield Sample((sample_values(columns, dtype, seed), list(sizes[-2:]), *window))


_X = sample_values((2, 4, 6, 6), "float32")
_C = sample_values((2, 16, 25), "float32")
_ONE = [1, 1]

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "im2col",
        _samples,
        _im2col,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "kernel_size should be greater than zero", _X, [0, 1], _ONE, [0, 0], _ONE),
            error(RuntimeError, "stride should be greater than zero", _X, [2, 2], _ONE, [0, 0], [0, 1]),
            error(RuntimeError, "dilation should be greater than zero", _X, [2, 2], [0, 1], [0, 0], _ONE),
            error(RuntimeError, "padding should be non-negative", _X, [2, 2], _ONE, [-1, 0], _ONE),
            error(RuntimeError, "equals to 2, but got size 3", _X, [2, 2, 2], _ONE, [0, 0], _ONE),
            error(RuntimeError, r"sliding blocks as \(-2, -2\)", _X, [9, 9], _ONE, [0, 0], _ONE),
            error(RuntimeError, "Expected 3D or 4D", _X[0, 0], [2, 2], _ONE, [0, 0], _ONE),
            error(RuntimeError, "Expected 3D or 4D", _X[:, :0], [2, 2], _ONE, [0, 0], _ONE),
        ),
    ),
    OpRow(
        "col2im",
        _column_samples,
        _col2im,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, r"sliding blocks 6 \* 5 = 30", _C, [7, 6], [2, 2], _ONE, [0, 0], _ONE),
            error(RuntimeError, "divisible by the product", _C[:, :15], [6, 6], [2, 2], _ONE, [0, 0], _ONE),
            error(RuntimeError, "Expected 2D or 3D", _C[0, 0], [6, 6], [2, 2], _ONE, [0, 0], _ONE),
            error(RuntimeError, "output_size should be non-negative", _C, [-6, 6], [2, 2], _ONE, [0, 0], _ONE),
            error(RuntimeError, "kernel_size should be greater than zero", _C, [6, 6], [0, 2], _ONE, [0, 0], _ONE),
        ),
    ),
)
