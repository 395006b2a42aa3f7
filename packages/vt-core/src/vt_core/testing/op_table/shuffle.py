# SPDX-License-Identifier: Apache-2.0
"""Rows of the shuffles of channels."""

from __future__ import annotations

import numpy as np

from vt_core.testing.op_table.row import Array, OpRow, calls_on, error, sample_values


def _pixel_shuffle(x: Array, r: int) -> Array:
    c, h, w = x.shape[-3:]
    apart = x.reshape(*x.shape[:-3], c // (r * r), r, r, h, w)
    return np.einsum("...cijhw->...chiwj", apart).reshape(*x.shape[:-3], c // (r * r), h * r, w * r)


def _pixel_unshuffle(x: Array, r: int) -> Array:
    c, h, w = x.shape[-3:]
    apart = x.reshape(*x.shape[:-3], c, h // r, r, w // r, r)
    return np.einsum("...chiwj->...cijhw", apart).reshape(*x.shape[:-3], c * r * r, h // r, w // r)


def _channel_shuffle(x: Array, groups: int) -> Array:
    return np.stack(np.split(x, groups, axis=1), axis=2).reshape(x.shape)


_X = sample_values((2, 3, 4), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "pixel_shuffle",
        calls_on((8, 2, 1), (2,), (1,)),
        _pixel_shuffle,
        differentiable=True,
        errors=(
            error(RuntimeError, "divisible by the square", _X, 2),
            error(RuntimeError, "upscale_factor must be positive", _X, 0),
            error(RuntimeError, "3 dimensions or more", _X[0], 1),
        ),
    ),
    OpRow(
        "pixel_unshuffle",
        calls_on((1, 4, 6), (2,), (1,)),
        _pixel_unshuffle,
        differentiable=True,
        errors=(
            error(RuntimeError, "divisible by downscale_factor", _X, 2),
            error(RuntimeError, "downscale_factor must be positive", _X, -1),
            error(RuntimeError, "3 dimensions or more", _X[0], 1),
        ),
    ),
    OpRow(
        "channel_shuffle",
        calls_on((1, 6, 3), (3,), (2,), (6,), (1,)),
        _channel_shuffle,
        differentiable=True,
        errors=(
            error(RuntimeError, "divisible by groups", _X, 2),
            error(RuntimeError, "groups must be positive", _X, 0),
            error(RuntimeError, "3 dimensions or more", _X[0], 1),
        ),
    ),
)
