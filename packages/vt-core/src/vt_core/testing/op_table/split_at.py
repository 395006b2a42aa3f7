# SPDX-License-Identifier: Apache-2.0
"""Rows of tensor_split and its forms for one dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import Array, OpRow, Sample, Typed, calls_on, error, sample_values

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")
_LINE = sample_values((3,), "float32")
_SCALAR = sample_values((), "float32")


def _parts(x: Array, where: Any, dim: int = 0) -> tuple[Array, ...]:
    where = where.tolist() if isinstance(where, np.ndarray) else where
    return tuple(np.array_split(x, where, axis=dim))


def _along(axis: int) -> Callable[..., tuple[Array, ...]]:
    def reference(x: Array, where: Any) -> tuple[Array, ...]:
        return _parts(x, where, 0 if axis == 1 and x.ndim == 1 else axis)

    return reference


def _at_tensors(dtype: str) -> Iterator[Sample]:
    for where, dim in (([1, 3], 0), ([2], 1), ([], 0)):
        yield Sample((sample_values((5, 4), dtype), Typed(np.array(where, dtype=np.int64), "int64"), dim))


ROWS = (
    OpRow(
        "tensor_split",
        calls_on((7, 3), (3,), (2, 1), (9,), ([2, 5],), ([1], -1), ([5, 2],), ([-3, 99],), ([],)),
        _parts,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be positive", _A, 0),
            error(RuntimeError, "0-dim", _SCALAR, 1),
            error(IndexError, "out of range", _A, 1, 2),
            error(ValueError, "too many parts", _A, 2**40),
        ),
    ),
    OpRow(
        "tensor_split.tensor",
        _at_tensors,
        _parts,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be int64", _A, Typed(np.array([1], dtype=np.int32), "int32")),
            error(RuntimeError, "at most one dimension", _A, Typed(np.ones((1, 1), dtype=np.int64), "int64")),
        ),
    ),
    OpRow(
        "hsplit",
        lambda dtype: iter([*calls_on((2, 6), (3,), ([1, 4],))(dtype), *calls_on((6,), (2,), ([1],))(dtype)]),
        _along(1),
        differentiable=True,
        errors=(
            error(RuntimeError, "does not divide into 2", _A, 2),
            error(RuntimeError, "does not divide into 0", _A, 0),
            error(RuntimeError, "at least 1", _SCALAR, 1),
        ),
    ),
    OpRow(
        "vsplit",
        calls_on((6, 2), (3,), ([1, 4],)),
        _along(0),
        differentiable=True,
        errors=(error(RuntimeError, "at least 2", _LINE, 1), error(RuntimeError, "does not divide", _A, 3)),
    ),
    OpRow(
        "dsplit",
        calls_on((2, 1, 6), (3,), ([1, 4],)),
        _along(2),
        differentiable=True,
        errors=(error(RuntimeError, "at least 3", _A, 1),),
    ),
)
