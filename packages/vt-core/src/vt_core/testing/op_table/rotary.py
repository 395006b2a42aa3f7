# SPDX-License-Identifier: Apache-2.0
"""Row of rotary_embedding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import FLOATS, HALVES, Array, OpRow, Sample, Typed, error, sample_values

# Sizes of x and of the angles.
_SHAPES = (
    ((4,), (2,)),
    ((3, 4), (3, 2)),
    ((2, 3, 4), (3, 2)),
    ((2, 2, 3, 4), (2, 1, 3, 2)),
    ((2, 5, 8), (1, 4)),
    ((0, 4), (1, 2)),
    ((2, 40, 70), (40, 35)),
)


def _samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, angles) in enumerate(_SHAPES):
        turns = np.random.default_rng(seed).standard_normal(angles)
        wide = np.float64 if dtype == "float64" else np.float32
        cos, sin = (Typed(f(turns).astype(wide), wide.__name__) for f in (np.cos, np.sin))
        x = sample_values(shape, dtype, seed)
        yield Sample((x, cos, sin))
        yield Sample((x, cos, sin), {"interleaved": True})
        yield Sample((x, cos, sin), {"inverse": True})


def _rotary(x: Array, cos: Array, sin: Array, *, interleaved: bool = False, inverse: bool = False) -> Array:
    sin = -sin if inverse else sin
    out: Any = np.empty_like(x, dtype=np.float64)
    half = x.shape[-1] // 2
    first, second = (slice(0, None, 2), slice(1, None, 2)) if interleaved else (slice(0, half), slice(half, None))
    a, b = x[..., first], x[..., second]
    out[..., first] = a * cos - b * sin
    out[..., second] = b * cos + a * sin
    return out


_X = sample_values((3, 4), "float32")
_ANGLE = sample_values((3, 2), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "rotary_embedding",
        _samples,
        _rotary,
        dtypes=HALVES + FLOATS,
        differentiable=True,
        errors=(
            error(RuntimeError, "an even number of elements", _X[:, :3], _ANGLE, _ANGLE),
            error(RuntimeError, r"cos must broadcast to the sizes of x.*got \(3, 1\)", _X, _ANGLE[:, :1], _ANGLE),
            error(RuntimeError, r"sin must broadcast to the sizes of x.*got \(2, 2\)", _X, _ANGLE, _ANGLE[:2]),
        ),
    ),
)
