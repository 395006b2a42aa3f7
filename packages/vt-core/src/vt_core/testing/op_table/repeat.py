# SPDX-License-Identifier: Apache-2.0
"""Rows of repeat_interleave by a number for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import Array, OpRow, Sample, Typed, error, sample_values

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")


def _numbers(*values: int, dtype: str = "int64") -> Typed:
    return Typed(np.array(values, dtype), dtype)


def _calls(dtype: str) -> Iterator[Sample]:
    x = sample_values((2, 3), dtype)
    yield Sample((x, _numbers(2, 0), 0))
    yield Sample((x, _numbers(1, 0, 3, dtype="int32"), -1), {"output_size": 4})
    yield Sample((x, _numbers(2), 1))
    yield Sample((x, Typed(np.array(2), "int64"), 0))
    yield Sample((x, _numbers(0, 1, 2, 0, 1, 1)))
    yield Sample((sample_values((), dtype), _numbers(3)))


def _repeat(x: Array, repeats: Array, dim: int | None = None, output_size: Any = None) -> Array:
    out = np.repeat(x, repeats, axis=dim)
    assert output_size is None or output_size == out.shape[-1]
    return out


ROWS = (
    OpRow(
        "repeat_interleave.self_Tensor",
        _calls,
        _repeat,
        differentiable=True,
        errors=(
            error(RuntimeError, "must not be negative: got -1", _A, _numbers(1, -1), 0),
            error(RuntimeError, "one for each entry: got 3, expected 2", _A, _numbers(1, 1, 1), 0),
            error(RuntimeError, "must be the sum of repeats: got 3, expected 2", _A, _numbers(1, 1), 0, output_size=3),
            error(RuntimeError, "int64 or int32: got float32", _A, Typed(np.ones(2), "float32"), 0),
            error(IndexError, "out of range", _A, _numbers(1), 2),
        ),
    ),
    OpRow(
        "repeat_interleave.Tensor",
        lambda dtype: (Sample((np.array(values, dtype),)) for values in ([2, 0, 3], [], [1])),
        lambda repeats: np.repeat(np.arange(repeats.size), repeats).astype(repeats.dtype),
        dtypes=("int32", "int64"),
        errors=(error(RuntimeError, "one dimension", Typed(np.ones((1, 1)), "int64")),),
    ),
)
