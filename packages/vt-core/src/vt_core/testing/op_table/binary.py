# SPDX-License-Identifier: Apache-2.0
"""Rows of add, sub and mul."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.row import (
    ARITHMETIC,
    BOOL,
    COMPLEX,
    FLOAT8,
    FLOATS,
    HALVES,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    error,
    sample_values,
)

_PAIRS = (
    ((), ()),
    ((3,), (3,)),
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((2, 1, 4), (3, 1)),
    ((), (3,)),
    ((3,), ()),
    ((0, 3), (1, 3)),
    ((2, 3, 2, 2, 2), (3, 1, 2, 2)),
    ((300,), (300,)),
    ((40, 70), (40, 70)),
)


def _numbers(dtype: str) -> tuple[Any, ...]:
    """Numbers to combine with: of the dtype's category, below it, and above it where that is possible."""
    if dtype == "bool":
        return (True, 2, 1.5)
    if dtype in ("uint16", "uint32", "uint64", *FLOAT8):
        return (3,)
    return (True, 3, 1.5, 1.5 - 0.5j) if dtype in COMPLEX else (True, 3, 1.5)


def _pairs(dtype: str) -> Iterator[Sample]:
    for seed, (left, right) in enumerate(_PAIRS):
        yield Sample((sample_values(left, dtype, seed), sample_values(right, dtype, seed + 100)))
    for number in _numbers(dtype):
        yield Sample((sample_values((2, 3), dtype), number))
        yield Sample((sample_values((), dtype), number))


def _pairs_and_alpha(dtype: str) -> Iterator[Sample]:
    yield from _pairs(dtype)
    alphas: tuple[Any, ...] = (True, False) if dtype == "bool" else (2, 0)
    if dtype in (*HALVES, *FLOATS, *COMPLEX):
        alphas += (-0.5,)
    for alpha in alphas:
        for left, right in (((2, 3), (2, 3)), ((2, 3), (3,)), ((300,), (300,))):
            yield Sample((sample_values(left, dtype, 1), sample_values(right, dtype, 2)), {"alpha": alpha})
    if dtype not in BOOL:
        yield Sample((sample_values((2, 3), dtype), 3), {"alpha": 2})


def _promoted(dtype: str, sample: Sample) -> str:
    operands = [vt.ops.empty((1,), dtype=getattr(vt, dtype)) if isinstance(a, np.ndarray) else a for a in sample.args]
    return vt.result_type(*operands).name


def _is_logical(left: Array, right: Any) -> bool:
    return left.dtype == np.bool_ and isinstance(right, (bool, np.ndarray))


def _add(left: Array, right: Any, *, alpha: Any = 1) -> Any:
    if _is_logical(left, right):
        return np.logical_or(left, np.logical_and(right, bool(alpha)))
    return left + right * alpha if alpha != 1 else left + right


def _sub(left: Array, right: Any, *, alpha: Any = 1) -> Any:
    return left - right * alpha if alpha != 1 else left - right


def _rsub(left: Array, right: Any, *, alpha: Any = 1) -> Any:
    return right - left * alpha if alpha != 1 else right - left


def _mul(left: Array, right: Any) -> Any:
    return np.logical_and(left, right) if _is_logical(left, right) else left * right


_A = sample_values((2, 3), "float32")
_INT8 = sample_values((3,), "int8")

_ERRORS = (
    error(RuntimeError, r"cannot broadcast \(2, 3\) with \(4,\)", _A, sample_values((4,), "float32")),
    error(TypeError, "other", _A, "text"),
)

_SUBTRACTABLE = tuple(name for name in ARITHMETIC if name not in BOOL)

ROWS = (
    OpRow(
        "add",
        _pairs_and_alpha,
        _add,
        dtypes=ARITHMETIC,
        result_dtype=_promoted,
        differentiable=True,
        errors=(
            *_ERRORS,
            error(RuntimeError, "alpha must be real", _A, _A, alpha=1j),
            error(RuntimeError, "boolean alpha", _A, _A, alpha=True),
            ErrorCase(Sample((_INT8, 1), {"alpha": 1.5}), RuntimeError, "alpha must be an integer", "int8"),
            ErrorCase(Sample((_INT8, 1), {"alpha": 300}), RuntimeError, "without overflow", "int8"),
        ),
    ),
    OpRow(
        "sub",
        _pairs_and_alpha,
        _sub,
        dtypes=_SUBTRACTABLE,
        result_dtype=_promoted,
        differentiable=True,
        errors=(*_ERRORS, error(RuntimeError, "alpha must be real", _A, _A, alpha=1j)),
    ),
    OpRow(
        "rsub",
        _pairs,
        _rsub,
        dtypes=_SUBTRACTABLE,
        result_dtype=_promoted,
        differentiable=True,
        errors=(
            error(RuntimeError, r"cannot broadcast \(4,\) with \(2, 3\)", _A, sample_values((4,), "float32")),
            error(TypeError, "other", _A, "text"),
        ),
    ),
    OpRow("mul", _pairs, _mul, result_dtype=_promoted, differentiable=True, errors=_ERRORS),
)
