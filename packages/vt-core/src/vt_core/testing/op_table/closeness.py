# SPDX-License-Identifier: Apache-2.0
"""Rows of the operators that tell how near two tensors are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.binary import tensor_pairs
from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    BOOL,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    OpRow,
    Sample,
    Typed,
    error,
    real_of,
    sample_values,
)

__all__ = ["ROWS"]

_FLOATING = HALVES + FLOATS
_REAL = BOOL + INTEGERS + _FLOATING


def _neighbours(dtype: str) -> Iterator[Sample]:
    """Equal elements, elements one apart and unlike ones."""
    options: tuple[dict[str, Any], ...] = (
        {},
        {"rtol": 0, "atol": 0},
        {"rtol": 0, "atol": 1.25},
        {"rtol": 0.75, "atol": 0},
        {"equal_nan": True},
    )
    for shape in ((), (3,), (2, 3), (0, 3), (300,), (40, 70)):
        x = sample_values(shape, dtype, 1)
        other = np.array(x)
        flat = other.reshape(-1)
        flat[1::2] = flat[1::2] ^ True if dtype in BOOL else flat[1::2] + 1
        flat[2::3] = sample_values(flat[2::3].shape, dtype, 2)
        for kwargs in options:
            yield Sample((x, flat.reshape(shape)), kwargs)
    yield Sample((sample_values((2, 3), dtype), sample_values((3,), dtype)), {"atol": 0.6})
    if dtype in _FLOATING:
        special = np.array([np.nan, np.inf, -np.inf, 1.0])
        for kwargs in ({}, {"equal_nan": True}, {"atol": np.inf}):
            yield Sample((special, special[[0, 1, 1, 2]]), kwargs)


def _isclose(x: Array, other: Array, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False) -> Any:
    wide = np.complex128 if x.dtype.kind == "c" else np.float64
    a, b = np.broadcast_arrays(x.astype(wide), other.astype(wide))
    distance = np.abs(a - b)
    near = np.isfinite(distance) & (distance <= atol + rtol * np.abs(b))
    return (a == b) | near | (equal_nan & np.isnan(a) & np.isnan(b))


def _allclose(*args: Any, **kwargs: Any) -> Any:
    return np.all(_isclose(*args, **kwargs))


def _equals(dtype: str) -> Iterator[Sample]:
    for shape in ((), (3,), (2, 3), (0, 3), (300,)):
        x = sample_values(shape, dtype, 1)
        yield Sample((x, np.array(x)))
        yield Sample((x, sample_values(shape, dtype, 2)))
        yield Sample((x, sample_values((*shape, 1), dtype, 1)))


def _distances(dtype: str) -> Iterator[Sample]:
    for sample in tensor_pairs(dtype):
        if sample.args[0].size and sample.args[0].size < 1000:
            yield sample
    for p in (1, 2, 3, float("inf")):
        yield Sample((sample_values((2, 3), dtype, 1), sample_values((3,), dtype, 2), p))


def _dist(x: Array, other: Array, p: float = 2) -> Any:
    return np.linalg.norm((x - other).reshape(-1), p)


_A = sample_values((2, 3), "float32")
_B = sample_values((4,), "float32")
_DOUBLE = Typed(np.ones((2, 3)), "float64")
_ERRORS = (
    error(RuntimeError, "dtypes must agree", _A, _DOUBLE),
    error(RuntimeError, "rtol must not be negative: got -1", _A, _A, rtol=-1),
    error(RuntimeError, "atol must not be negative", _A, _A, atol=float("nan")),
    error(RuntimeError, "cannot broadcast", _A, _B),
)


def _truth(_dtype: str, _sample: Sample) -> str:
    return "bool"


ROWS = (
    OpRow("isclose", _neighbours, _isclose, dtypes=_REAL + COMPLEX, result_dtype=_truth, errors=_ERRORS),
    OpRow("allclose", _neighbours, _allclose, dtypes=_REAL + COMPLEX, result_dtype=_truth, errors=_ERRORS),
    OpRow("equal", _equals, np.array_equal, dtypes=ALL_DTYPES, result_dtype=_truth),
    OpRow(
        "dist",
        _distances,
        _dist,
        dtypes=_FLOATING + COMPLEX,
        result_dtype=lambda dtype, _: real_of(dtype),
        layouts=("contiguous", "transposed", "sliced"),
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast", _A, _B),),
    ),
)
