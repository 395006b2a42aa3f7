# SPDX-License-Identifier: Apache-2.0
"""Rows of further operators on two tensors: extremes that skip NaN, signs, lengths, steps, neighbours, logarithms of sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.binary import number_samples, tensor_pairs
from vt_core.testing.op_table.row import (
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
    sample_values,
)

__all__ = ["ROWS"]

_FLOATING = HALVES + FLOATS
_ORDERED = BOOL + INTEGERS + _FLOATING


def _off_zero(x: Array, dtype: str) -> Array:
    return np.asarray(np.where(abs(x) < 0.1, x + 0.25, x)) if dtype in FLOATS else x


def _apart(dtype: str) -> Iterator[Sample]:
    """Pairs without ties, where an extreme has two slopes, and without a zero, where a sign has a jump."""
    for left, right in (sample.args for sample in tensor_pairs(dtype)):
        yield Sample((_off_zero(left, dtype), _off_zero(right, dtype)))


def _signs(dtype: str) -> Iterator[Sample]:
    yield from _apart(dtype)
    for number in number_samples(dtype):
        yield Sample((_off_zero(sample_values((2, 3), dtype, 7), dtype), number))
    if dtype in FLOATS:
        yield Sample((sample_values((2, 3), dtype, 7), -0.0))


def _copysign(x: Array, sign: Any) -> Any:
    return np.copysign(x.astype(np.float64), np.asarray(sign).astype(np.float64))


def _signed_dtype(dtype: str, _sample: Sample) -> str:
    return "float32" if dtype in BOOL + INTEGERS else dtype


def _steps(dtype: str) -> Iterator[Sample]:
    for left, right in (sample.args for sample in tensor_pairs(dtype)):
        yield Sample((np.where(left > 0, left, np.zeros_like(left)), right))


def _heaviside(x: Array, values: Array) -> Any:
    return np.where(x == 0, values, (x > 0).astype(x.dtype))


def _exponents(dtype: str) -> Iterator[Sample]:
    for left, right in (sample.args for sample in tensor_pairs(dtype)):
        yield Sample((left, right))
    x = sample_values((2, 3), dtype, 3)
    for kind in () if dtype in ("uint16", "uint32", "uint64") else ("int64", "uint8", "int8"):
        yield Sample((x, Typed(np.array([0, 1, 3], kind), kind)))
    if dtype in _FLOATING:
        yield Sample((x, Typed(np.array([-3, 2, -1]), "int64")))


def _ldexp(x: Array, exponent: Array) -> Any:
    def wide(a: Array) -> Any:
        return a.astype(np.complex128 if a.dtype.kind == "c" else np.float64)

    return wide(x) * 2.0 ** wide(exponent)


def _logaddexp(a: Array, b: Array) -> Any:
    if a.dtype.kind != "c":
        return np.logaddexp(a, b)
    is_less = np.real(a) < np.real(b)
    low, high = np.where(is_less, a, b), np.where(is_less, b, a)
    return high + np.log1p(np.exp(low.astype(np.complex128) - high))


def _base(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    x = sample_values(shape, dtype, seed)
    if dtype in COMPLEX:
        return np.asarray(np.where(abs(x) < 0.5, 1.25 - 0.5j, x))
    return x if dtype in BOOL else np.maximum(np.abs(x), np.asarray(1 if dtype in INTEGERS else 0.25, x.dtype))


def _bases(dtype: str) -> Iterator[Sample]:
    """Positive bases, and exponents that are tensors and numbers."""
    for seed, (left, right) in enumerate(
        (((), ()), ((2, 3), (2, 3)), ((2, 3), (3,)), ((0, 3), (1, 3)), ((40, 70), (70,)))
    ):
        yield Sample((np.asarray(_base(left, dtype, seed)), sample_values(right, dtype, seed + 100)))
    for number in (True, 2, 0.5, -1, 2.5):
        if dtype not in BOOL or number != -1:
            yield Sample((_base((2, 3), dtype, 7), number))


def _numbers_to_powers(dtype: str) -> Iterator[Sample]:
    for number in (2, 0.5, 1.25, 1.5 - 0.5j):
        yield Sample((number, sample_values((2, 3), dtype)))
        yield Sample((number, sample_values((), dtype)))


def _float_power(base: Any, exponent: Any) -> Any:
    wide = np.complex128 if np.iscomplexobj(base) or np.iscomplexobj(exponent) else np.float64
    return np.power(np.asarray(base).astype(wide), np.asarray(exponent).astype(wide))


def _widest(dtype: str, sample: Sample) -> str:
    return "complex128" if dtype in COMPLEX or any(isinstance(arg, complex) for arg in sample.args) else "float64"


_A = sample_values((2, 3), "float32")
_B = sample_values((4,), "float32")
_ERRORS = (
    error(RuntimeError, r"cannot broadcast \(2, 3\) with \(4,\)", _A, _B),
    error(TypeError, "text|str", _A, "text"),
)
ROWS = (
    OpRow("fmax", _apart, np.fmax, dtypes=_ORDERED, differentiable=True, errors=_ERRORS),
    OpRow("fmin", _apart, np.fmin, dtypes=_ORDERED, differentiable=True, errors=_ERRORS),
    OpRow(
        "copysign",
        _signs,
        _copysign,
        dtypes=_ORDERED,
        result_dtype=_signed_dtype,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow("hypot", _apart, np.hypot, dtypes=_FLOATING, differentiable=True, errors=_ERRORS),
    OpRow(
        "heaviside",
        _steps,
        _heaviside,
        dtypes=_ORDERED,
        errors=(*_ERRORS, error(RuntimeError, "dtypes must agree", _A, Typed(np.ones((3,)), "float64"))),
    ),
    # Which neighbour it is, the tolerance does not tell: test_pairs.py does, by bits.
    OpRow("nextafter", _apart, lambda a, b: a + 0 * b, dtypes=_FLOATING, differentiable=True, errors=_ERRORS),
    OpRow("logaddexp", tensor_pairs, _logaddexp, dtypes=_FLOATING + COMPLEX, differentiable=True, errors=_ERRORS),
    OpRow("logaddexp2", tensor_pairs, np.logaddexp2, dtypes=_FLOATING, differentiable=True, errors=_ERRORS),
    OpRow(
        "ldexp",
        _exponents,
        _ldexp,
        dtypes=_ORDERED + COMPLEX,
        result_dtype=_signed_dtype,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "float_power",
        _bases,
        _float_power,
        result_dtype=_widest,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "float_power.scalar",
        _numbers_to_powers,
        _float_power,
        result_dtype=_widest,
        differentiable=True,
    ),
)
