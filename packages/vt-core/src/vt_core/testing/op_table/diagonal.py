# SPDX-License-Identifier: Apache-2.0
"""Rows of diagonals: as views, embedded in matrices, filled and summed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOAT8,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    calls_on,
    error,
    sample_values,
)

__all__ = ["ROWS", "diagonal_of"]

_A = sample_values((2, 3), "float32")
_LINE = sample_values((3,), "float32")
_CUBE = sample_values((2, 2, 2), "float32")
_FAR = 2**62


def diagonal_of(x: Array, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Array:
    """The diagonal as a view, one that lies outside without elements."""
    limit = max(x.shape) + 1
    return np.diagonal(x, max(min(offset, limit), -limit), dim1, dim2)


def _embedded(values: Array, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Array:
    length = values.shape[-1]
    side = length + abs(offset)
    out = np.zeros((*values.shape[:-1], side, side), dtype=values.dtype)
    at = np.arange(length)
    out[..., at + max(-offset, 0), at + max(offset, 0)] = values
    return np.moveaxis(out, (-2, -1), (dim1, dim2))


def _diagonal_backward(grad: Array, size: list[int], offset: int, dim1: int, dim2: int) -> Array:
    out = np.zeros(size, dtype=grad.dtype)
    seen = diagonal_of(out, offset, dim1, dim2)
    seen.flags.writeable = True
    seen[...] = grad
    return out


def _filled(x: Array, value: Any, wrap: bool = False) -> Array:
    out = x.copy()
    if out.size:
        np.fill_diagonal(out, value, wrap)
    return out


def _trace(x: Array) -> Array:
    return np.trace(x, dtype=np.int64 if x.dtype.kind in "iu" else x.dtype)


def _trace_dtype(dtype: str, _sample: Sample) -> str:
    return "int64" if dtype in INTEGERS else dtype


def _diag(x: Array, diagonal: int = 0) -> Array:
    return _embedded(x, diagonal) if x.ndim == 1 else diagonal_of(x, diagonal)


def _diagflat(x: Array, offset: int = 0) -> Array:
    return _embedded(x.reshape(-1), offset)


def _linalg_diagonals(dtype: str) -> Iterator[Sample]:
    cases: tuple[dict[str, int], ...] = ({}, {"offset": -1}, {"dim1": 0, "dim2": 1, "offset": 1})
    for keywords in cases:
        yield Sample((sample_values((2, 3, 4), dtype),), keywords)


def _linalg_diagonal(x: Array, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Array:
    return diagonal_of(x, offset, dim1, dim2)


ROWS = (
    OpRow(
        "diagonal",
        lambda dtype: iter(
            [
                *calls_on((3, 4), (), (1,), (-1,), (-2, 1, 0), (_FAR,), (-_FAR,))(dtype),
                *calls_on((2, 3, 4), (0, 1, 2), (1, -1, 0), (-1, 0, 1))(dtype),
                *calls_on((0, 3), (), (2,))(dtype),
            ]
        ),
        diagonal_of,
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "must differ", _A, 0, 1, -1),
            error(IndexError, "out of range", _A, 0, 0, 2),
            error(IndexError, "out of range", _LINE),
        ),
    ),
    OpRow(
        "diagonal_backward",
        lambda dtype: iter(
            [
                *calls_on((3,), ([3, 4], 1, 0, 1), ([3, 3], 0, -1, 0))(dtype),
                *calls_on((2, 3), ([2, 3, 4], 0, 1, 2), ([4, 2, 3], -1, 0, 2))(dtype),
            ]
        ),
        _diagonal_backward,
        differentiable=True,
        errors=(error(RuntimeError, r"expected those of the diagonal, \(2,\)", _LINE, [2, 2], 0, 0, 1),),
    ),
    OpRow(
        "diag_embed",
        lambda dtype: iter(
            [
                *calls_on((3,), (), (1,), (-2,), (0, 1, 0))(dtype),
                *calls_on((2, 3), (), (1, 0, 2), (-1, 0, -1))(dtype),
                *calls_on((0,), (), (2,))(dtype),
            ]
        ),
        _embedded,
        differentiable=True,
        errors=(
            error(RuntimeError, "must differ", _LINE, 0, 1, -1),
            error(IndexError, "out of range", _LINE, 0, 0, 2),
            error(IndexError, "0-dim", sample_values((), "float32")),
            error(OverflowError, "64 bits", _LINE, -(2**63)),
        ),
    ),
    OpRow(
        "fill_diagonal_",
        lambda dtype: iter(
            [
                *calls_on((3, 3), (1,), (0, True))(dtype),
                *calls_on((7, 2), (1,), (1, True))(dtype),
                *calls_on((8, 3), (1, True))(dtype),
                *calls_on((2, 5), (1, True))(dtype),
                *calls_on((3, 3, 3), (1,))(dtype),
                *calls_on((0, 3), (1, True))(dtype),
            ]
        ),
        _filled,
        differentiable=True,
        errors=(
            error(RuntimeError, "at least 2 dimensions", _LINE, 1),
            error(RuntimeError, "must be equal", sample_values((2, 2, 3), "float32"), 1),
            error(RuntimeError, "without overflow", _A, 1j),
            ErrorCase(Sample((sample_values((3, 3), "int8"), 300)), RuntimeError, "without overflow", "int8"),
        ),
    ),
    OpRow(
        "trace",
        lambda dtype: iter([s for shape in ((3, 4), (2, 2), (0, 3)) for s in calls_on(shape, ())(dtype)]),
        _trace,
        dtypes=INTEGERS + FLOAT8 + HALVES + FLOATS + COMPLEX,
        result_dtype=_trace_dtype,
        differentiable=True,
        errors=(error(RuntimeError, "expected a matrix", _CUBE), error(RuntimeError, "expected a matrix", _LINE)),
    ),
    OpRow(
        "diag",
        lambda dtype: iter([*calls_on((3,), (), (1,), (-2,))(dtype), *calls_on((3, 4), (), (2,), (-1,), (9,))(dtype)]),
        _diag,
        differentiable=True,
        errors=(error(RuntimeError, "1 or 2 dimensions, got 3", _CUBE),),
    ),
    OpRow(
        "diagflat",
        lambda dtype: iter([*calls_on((), ())(dtype), *calls_on((2, 2), (), (1,), (-2,))(dtype)]),
        _diagflat,
        differentiable=True,
    ),
    OpRow(
        "linalg_diagonal",
        _linalg_diagonals,
        _linalg_diagonal,
        differentiable=True,
        is_view=True,
        errors=(error(IndexError, "imension", _LINE),),
    ),
)
