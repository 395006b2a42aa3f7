# SPDX-License-Identifier: Apache-2.0
"""Rows of quarter turns and mirror images."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.row import Array, OpRow, Sample, calls_on, error, sample_values

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")
_LINE = sample_values((3,), "float32")


def _turns(dtype: str) -> Iterator[Sample]:
    yield from calls_on((2, 3), (), (0,), (2,), (3,), (-1,), (5, [1, 0]))(dtype)
    yield from calls_on((2, 1, 3), (1, [0, 2]), (1, [-1, 1]))(dtype)


def _rot90(x: Array, k: int = 1, dims: list[int] | None = None) -> Array:
    first, second = dims or (0, 1)
    return np.rot90(x, k, (first, second))


ROWS = (
    OpRow(
        "rot90",
        _turns,
        _rot90,
        differentiable=True,
        errors=(
            error(RuntimeError, "must differ: got 0 and -2", _A, 1, [0, -2]),
            error(RuntimeError, r"two dimensions of a plane: got \(0,\)", _A, 1, [0]),
            error(RuntimeError, "at least 2 dimensions: got 1", _LINE),
            error(IndexError, "out of range", _A, 1, [0, 2]),
        ),
    ),
    OpRow(
        "fliplr",
        calls_on((2, 3), ()),
        np.fliplr,
        differentiable=True,
        errors=(error(RuntimeError, "at least 2 dimensions: got 1", _LINE),),
    ),
    OpRow(
        "flipud",
        lambda dtype: iter([*calls_on((2, 3), ())(dtype), *calls_on((3,), ())(dtype)]),
        np.flipud,
        differentiable=True,
        errors=(error(RuntimeError, "at least 1 dimension: got 0", sample_values((), "float32")),),
    ),
)
