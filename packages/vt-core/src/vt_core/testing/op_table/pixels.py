# SPDX-License-Identifier: Apache-2.0
"""Rows of pixel_shuffle, pixel_unshuffle and channel_shuffle."""

from __future__ import annotations

from collections.abc import Iterator

from vt_core.testing.op_table.row import Array, OpRow, Sample, Samples, error, sample_values


def _samples(*cases: tuple[tuple[int, ...], int]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, (sizes, factor) in enumerate(cases):
            yield Sample((sample_values(sizes, dtype, seed), factor))

    return samples


def _shuffle(x: Array, r: int) -> Array:
    *lead, channels, height, width = x.shape
    split = x.reshape(-1, channels // r**2, r, r, height, width).transpose(0, 1, 4, 2, 5, 3)
    return split.reshape(*lead, channels // r**2, height * r, width * r)


def _unshuffle(x: Array, r: int) -> Array:
    *lead, channels, height, width = x.shape
    split = x.reshape(-1, channels, height // r, r, width // r, r).transpose(0, 1, 3, 5, 2, 4)
    return split.reshape(*lead, channels * r**2, height // r, width // r)


def _channels(x: Array, groups: int) -> Array:
    return x.reshape(x.shape[0], groups, -1, *x.shape[2:]).swapaxes(1, 2).reshape(x.shape)


_X = sample_values((2, 4, 6, 6), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "pixel_shuffle",
        _samples(((1, 8, 2, 3), 2), ((9, 1, 2), 3), ((2, 1, 4, 2, 1), 2), ((1, 2, 3), 1)),
        _shuffle,
        differentiable=True,
        errors=(
            error(RuntimeError, "expects a positive upscale_factor", _X, 0),
            error(RuntimeError, "divisible by the square of upscale_factor", _X, 3),
            error(RuntimeError, "divisible by the square of upscale_factor", _X, 2**40),
            error(RuntimeError, "at least 3 dimensions", _X[0, 0], 2),
        ),
    ),
    OpRow(
        "pixel_unshuffle",
        _samples(((1, 2, 4, 6), 2), ((1, 3, 6), 3), ((2, 1, 1, 2, 2), 2), ((1, 2, 3), 1)),
        _unshuffle,
        differentiable=True,
        errors=(
            error(RuntimeError, "expects a positive downscale_factor", _X, -1),
            error(RuntimeError, "expects height to be divisible", _X, 4),
            error(RuntimeError, "expects width to be divisible", _X[..., :5], 2),
            error(RuntimeError, "at least 3 dimensions", _X[0, 0], 2),
        ),
    ),
    OpRow(
        "channel_shuffle",
        _samples(((1, 6, 2, 2), 3), ((2, 4, 3), 2), ((1, 4, 1, 2, 2), 1)),
        _channels,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be positive", _X, 0),
            error(RuntimeError, "must be divisible by groups", _X, 3),
            error(RuntimeError, "expects input with > 2 dims", _X[0, 0], 2),
        ),
    ),
)
