# SPDX-License-Identifier: Apache-2.0
"""Rows of tensors flattened and repeated, and of the powers of a vector."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    OpRow,
    Sample,
    calls_on,
    error,
    of_each_shape,
    sample_values,
)


def _ravel(x: Array) -> Array:
    return x.reshape(-1)


def _vander(x: Array, N: int | None = None, increasing: bool = False) -> Array:  # noqa: N803
    return np.vander(x.astype(np.int64) if x.dtype.kind in "iub" else x, N, increasing)


def _lists(dtype: str) -> Iterator[Sample]:
    for shapes in (((2, 1), (3,)), ((), (2, 3), (1,)), ((0, 1), (1, 2)), ((3,),)):
        yield Sample((tuple(sample_values(shape, dtype, seed) for seed, shape in enumerate(shapes)),))


_LINE = sample_values((3,), "float32")
_X = sample_values((2, 3), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow("ravel", of_each_shape(), _ravel, differentiable=True),
    OpRow(
        "broadcast_to",
        calls_on((1, 3), ([2, 3],), ([4, 2, -1],), ([0, 3],)),
        lambda x, size: np.broadcast_to(x, [n if n != -1 else 3 for n in size]),
        differentiable=True,
        is_view=True,
        errors=(error(RuntimeError, "cannot broadcast", _X, [2, 4]),),
    ),
    OpRow(
        "broadcast_tensors",
        _lists,
        lambda arrays: tuple(np.broadcast_arrays(*arrays)),
        differentiable=True,
        errors=(error(RuntimeError, r"cannot broadcast \(3,\), \(2,\)", (_LINE, _LINE[:2])),),
    ),
    OpRow(
        "vander",
        calls_on((4,), (), (3,), (2, True), (1,), (0,)),
        _vander,
        dtypes=BOOL + INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=lambda dtype, _: "int64" if dtype in BOOL + INTEGERS else dtype,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be a 1-D tensor", _X),
            error(RuntimeError, "N must not be negative", _LINE, -1),
        ),
    ),
)
