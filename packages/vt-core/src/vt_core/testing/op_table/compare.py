# SPDX-License-Identifier: Apache-2.0
"""Rows of comparison, of the logical and of the bitwise operators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.binary import pair_samples, promoted, tensor_pairs
from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    BOOL,
    COMPLEX,
    INTEGERS,
    OpRow,
    Sample,
    error,
    is_array,
    sample_values,
)

__all__ = ["ROWS"]


def _with_equals(dtype: str) -> Iterator[Sample]:
    yield from pair_samples(dtype)
    values = sample_values((2, 3), dtype)
    yield Sample((values, values))


def _bits(dtype: str) -> Iterator[Sample]:
    for sample in pair_samples(dtype):
        if not isinstance(sample.args[1], (float, complex)):
            yield sample


def _bits_of_numbers(dtype: str) -> Iterator[Sample]:
    for sample in _bits(dtype):
        if not is_array(sample.args[1]):
            yield Sample((sample.args[1], sample.args[0]))


def _bool(_dtype: str, _sample: Sample) -> str:
    return "bool"


_A = sample_values((2, 3), "float32")
_ERRORS = (error(RuntimeError, r"cannot broadcast \(2, 3\) with \(4,\)", _A, sample_values((4,), "float32")),)
_TEXT = error(TypeError, "other", _A, "text")
_ORDERED = tuple(name for name in ALL_DTYPES if name not in COMPLEX)


def _comparison(name: str, reference: Any, dtypes: tuple[str, ...]) -> OpRow:
    return OpRow(name, _with_equals, reference, dtypes=dtypes, result_dtype=_bool, errors=(*_ERRORS, _TEXT))


ROWS = (
    _comparison("eq", np.equal, ALL_DTYPES),
    _comparison("ne", np.not_equal, ALL_DTYPES),
    _comparison("lt", np.less, _ORDERED),
    _comparison("le", np.less_equal, _ORDERED),
    _comparison("gt", np.greater, _ORDERED),
    _comparison("ge", np.greater_equal, _ORDERED),
    OpRow("logical_and", tensor_pairs, np.logical_and, result_dtype=_bool, errors=_ERRORS),
    OpRow("logical_or", tensor_pairs, np.logical_or, result_dtype=_bool, errors=_ERRORS),
    OpRow("logical_xor", tensor_pairs, np.logical_xor, result_dtype=_bool, errors=_ERRORS),
    OpRow("bitwise_and", _bits, np.bitwise_and, dtypes=BOOL + INTEGERS, result_dtype=promoted),
    OpRow("bitwise_or", _bits, np.bitwise_or, dtypes=BOOL + INTEGERS, result_dtype=promoted),
    OpRow("bitwise_xor", _bits, np.bitwise_xor, dtypes=BOOL + INTEGERS, result_dtype=promoted),
    OpRow("bitwise_and.scalar", _bits_of_numbers, np.bitwise_and, dtypes=BOOL + INTEGERS, result_dtype=promoted),
    OpRow("bitwise_or.scalar", _bits_of_numbers, np.bitwise_or, dtypes=BOOL + INTEGERS, result_dtype=promoted),
    OpRow("bitwise_xor.scalar", _bits_of_numbers, np.bitwise_xor, dtypes=BOOL + INTEGERS, result_dtype=promoted),
)
