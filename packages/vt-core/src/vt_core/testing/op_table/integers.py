# SPDX-License-Identifier: Apache-2.0
"""Rows of the operators of integers: divisors, multiples and shifts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.binary import tensor_pairs
from vt_core.testing.op_table.row import BOOL, INTEGERS, ErrorCase, OpRow, Sample, sample_values

__all__ = ["ROWS"]


def _shifts(dtype: str) -> Iterator[Sample]:
    """Shifts within the width, by negative numbers where the dtype has them, and beyond."""
    yield from tensor_pairs(dtype)
    width = 8 * np.dtype(dtype).itemsize
    x = sample_values((300,), dtype, 5)
    yield Sample((np.asarray(x * 11 + x, dtype), np.asarray(np.arange(300) % (width + 3), dtype)))
    for number in (0, 3, width - 1, width, 100, True):
        yield Sample((sample_values((2, 3), dtype), number))


def _numbers_shifted(dtype: str) -> Iterator[Sample]:
    for number in (1, 5):
        yield Sample((number, sample_values((2, 3), dtype)))
        yield Sample((number, sample_values((), dtype)))


def _promoted(dtype: str, _sample: Sample) -> str:
    return "int64" if dtype in BOOL else dtype


def _of_python(shift: Callable[[int, int, int], int]) -> Callable[[Any, Any], Any]:
    """A shift by Python's integers, which have no width, wrapped into the dtype afterwards."""

    def reference(x: Any, by: Any) -> Any:
        dtype = (x if isinstance(x, np.ndarray) else by).dtype
        dtype = np.dtype(np.int64) if dtype == np.bool_ else dtype
        width = 8 * dtype.itemsize
        left, right = np.broadcast_arrays(np.asarray(x), np.asarray(by))
        out = [shift(int(a), int(b), width) & (2**width - 1) for a, b in zip(left.flat, right.flat, strict=True)]
        return np.array(out, f"u{dtype.itemsize}").astype(dtype).reshape(left.shape)

    return reference


def _left(value: int, by: int, width: int) -> int:
    return value << by if 0 <= by < width else 0


def _right(value: int, by: int, width: int) -> int:
    return value >> (by if 0 <= by < width else width)


_INTS = sample_values((2, 3), "int32")
_ERRORS = (
    ErrorCase(Sample((_INTS, sample_values((4,), "int32"))), RuntimeError, r"cannot broadcast \(2, 3\)", "int32"),
    ErrorCase(Sample((_INTS, "text")), TypeError, "str", "int32"),
)
_OF_FLOATS = ErrorCase(Sample((_INTS, 1.5)), NotImplementedError, "float32", "int32")

ROWS = (
    OpRow("gcd", tensor_pairs, np.gcd, dtypes=INTEGERS, errors=_ERRORS),
    OpRow("lcm", tensor_pairs, np.lcm, dtypes=INTEGERS, errors=_ERRORS),
    OpRow("bitwise_left_shift", _shifts, _of_python(_left), dtypes=INTEGERS, errors=(*_ERRORS, _OF_FLOATS)),
    OpRow(
        "bitwise_left_shift.scalar", _numbers_shifted, _of_python(_left), dtypes=BOOL + INTEGERS, result_dtype=_promoted
    ),
    OpRow("bitwise_right_shift", _shifts, _of_python(_right), dtypes=INTEGERS, errors=(*_ERRORS, _OF_FLOATS)),
    OpRow(
        "bitwise_right_shift.scalar",
        _numbers_shifted,
        _of_python(_right),
        dtypes=BOOL + INTEGERS,
        result_dtype=_promoted,
    ),
)
