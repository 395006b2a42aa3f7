# SPDX-License-Identifier: Apache-2.0
"""Rows of the binary operators: sums, products, quotients, remainders and extremes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    INTEGERS,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Typed,
    error,
    is_array,
    sample_values,
)

__all__ = ["ROWS", "number_samples", "pair_samples", "promoted", "tensor_pairs"]

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


def _reflected(reference: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The function of the operands in the other order."""
    return lambda left, right: reference(right, left)


def _quotient_dtype(dtype: str, sample: Sample) -> str:
    name = promoted(dtype, sample)
    return "float32" if name in BOOL + INTEGERS and "rounding_mode" not in sample.kwargs else name


def _divisor(value: Any) -> Any:
    """Far enough from zero for differences to tell the slope."""
    if not is_array(value):
        return value
    one = np.asarray(1.25 if value.dtype.kind in "fc" else 1, value.dtype)
    return np.where(abs(value) < 0.5, one, value)


def _divisions(dtype: str) -> Iterator[Sample]:
    for sample in pair_samples(dtype):
        yield Sample((sample.args[0], _divisor(sample.args[1])))


def _reflected_divisions(dtype: str) -> Iterator[Sample]:
    for sample in pair_samples(dtype):
        yield Sample((_divisor(sample.args[0]), sample.args[1]))


def _all_divisions(dtype: str) -> Iterator[Sample]:
    yield from _divisions(dtype)
    if dtype in _ROUNDABLE:
        for mode in ("trunc", "floor"):
            for sample in _divisions(dtype):
                yield Sample(sample.args, {"rounding_mode": mode})


def number_samples(dtype: str) -> tuple[Any, ...]:
    """Numbers to combine with: of the dtype's category, below it, and above it where that is possible."""
    if dtype == "bool":
        return (True, 2, 1.5)
    if dtype in ("uint16", "uint32", "uint64", *FLOAT8):
        return (3,)
    return (True, 3, 1.5, 1.5 - 0.5j) if dtype in COMPLEX else (True, 3, 1.5)


def tensor_pairs(dtype: str) -> Iterator[Sample]:
    """Calls on two tensors, of the same and of different sizes."""
    for seed, (left, right) in enumerate(_PAIRS):
        yield Sample((sample_values(left, dtype, seed), sample_values(right, dtype, seed + 100)))


def pair_samples(dtype: str) -> Iterator[Sample]:
    """Calls on two tensors, and on a tensor and a number."""
    yield from tensor_pairs(dtype)
    for number in number_samples(dtype):
        yield Sample((sample_values((2, 3), dtype), number))
        yield Sample((sample_values((), dtype), number))


def _pairs_and_alpha(dtype: str) -> Iterator[Sample]:
    yield from pair_samples(dtype)
    alphas: tuple[Any, ...] = (True, False) if dtype == "bool" else (2, 0)
    if dtype in (*HALVES, *FLOATS, *COMPLEX):
        alphas += (-0.5,)
    for alpha in alphas:
        for left, right in (((2, 3), (2, 3)), ((2, 3), (3,)), ((300,), (300,))):
            yield Sample((sample_values(left, dtype, 1), sample_values(right, dtype, 2)), {"alpha": alpha})
    if dtype not in BOOL:
        yield Sample((sample_values((2, 3), dtype), 3), {"alpha": 2})


def _differences(dtype: str) -> Iterator[Sample]:
    """As with alpha, but for booleans, which have no difference."""
    yield from (sample for sample in _pairs_and_alpha(dtype) if sample.args[1] is not True)


def _reflected_differences(dtype: str) -> Iterator[Sample]:
    yield from (sample for sample in pair_samples(dtype) if sample.args[1] is not True)


def promoted(dtype: str, sample: Sample) -> str:
    """The common dtype of the operands."""
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


def _div(left: Array, right: Any, *, rounding_mode: str | None = None) -> Any:
    if rounding_mode is None:
        return np.true_divide(left, right)
    if rounding_mode == "floor":
        return np.floor_divide(left, right)
    return np.trunc(np.true_divide(left, right))


def _powers(dtype: str) -> Iterator[Sample]:
    """Positive bases; of integers exponents that are not negative, of floats small ones."""
    is_integer = dtype in INTEGERS
    for seed, (left, right) in enumerate(_PAIRS):
        base = np.abs(sample_values(left, dtype, seed))
        exponent = sample_values(right, dtype, seed + 100)
        if is_integer:
            yield Sample((np.asarray(base % 4, base.dtype), np.asarray(np.abs(exponent) % 4, exponent.dtype)))
        else:
            yield Sample((np.asarray(base % 1 + 0.5), np.asarray(exponent / 2)))
    for number in (0, 1, 2, 3) if is_integer else (0, 1, 2, 3, -1, -2, 0.5, -0.5, 2.5):
        base = np.abs(sample_values((2, 3), dtype))
        yield Sample((base if is_integer else base % 1 + 0.5, number))


def _all_powers(dtype: str) -> Iterator[Sample]:
    if dtype not in COMPLEX:
        yield from _powers(dtype)
        return
    for seed, (left, right) in enumerate(_PAIRS):
        base = _far_from_zero(sample_values(left, dtype, seed))
        yield Sample((base, sample_values(right, dtype, seed + 100)))
    for number in (0, 1, 2, 3, -1, -2, 0.5, -1.5, 1 - 2j):
        yield Sample((_far_from_zero(sample_values((2, 3), dtype)), number))


def _far_from_zero(values: Array) -> Array:
    return np.asarray(np.where(abs(values) < 0.5, 1.25 - 0.5j, values))


def _numbers_raised(dtype: str) -> Iterator[Sample]:
    for number in (2,) if dtype in BOOL + INTEGERS else (2, 1.5, 0.5):
        for shape in ((), (2, 3), (300,)):
            values = sample_values(shape, dtype, 3)
            yield Sample((number, np.asarray(abs(values) % 4, values.dtype) if dtype in INTEGERS else values))
    if dtype in COMPLEX:
        yield Sample((1 - 2j, sample_values((2, 3), dtype)))


def _remainders_of_numbers(dtype: str) -> Iterator[Sample]:
    for sample in _reflected_divisions(dtype):
        if not is_array(sample.args[1]):
            yield Sample((sample.args[1], sample.args[0]))


def _reflected_powers(dtype: str) -> Iterator[Sample]:
    for sample in _all_powers(dtype):
        if is_array(sample.args[1]):
            yield Sample((sample.args[1], sample.args[0]))
    values = sample_values((2, 3), dtype)
    yield Sample((np.abs(values) % 4 if dtype in INTEGERS else values, 2))


def _angles(dtype: str) -> Iterator[Sample]:
    for sample in tensor_pairs(dtype):
        yield Sample((sample.args[0], _divisor(sample.args[1])))


def _atan2(left: Array, right: Array) -> Any:
    return np.arctan2(left.astype(np.float64), right.astype(np.float64))


def _angle_dtype(dtype: str, _sample: Sample) -> str:
    return "float32" if dtype in BOOL + INTEGERS else dtype


def _mul(left: Array, right: Any) -> Any:
    return np.logical_and(left, right) if _is_logical(left, right) else left * right


_A = sample_values((2, 3), "float32")
_INT8 = sample_values((3,), "int8")

_ERRORS = (
    error(RuntimeError, r"cannot broadcast \(2, 3\) with \(4,\)", _A, sample_values((4,), "float32")),
    error(TypeError, "other", _A, "text"),
)

_ROUNDABLE = INTEGERS + HALVES + FLOATS

_SUBTRACTABLE = tuple(name for name in ARITHMETIC if name not in BOOL)

ROWS = (
    OpRow(
        "add",
        _pairs_and_alpha,
        _add,
        dtypes=ARITHMETIC,
        result_dtype=promoted,
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
        _differences,
        _sub,
        dtypes=_SUBTRACTABLE,
        result_dtype=promoted,
        differentiable=True,
        errors=(
            *_ERRORS,
            error(RuntimeError, "alpha must be real", _A, _A, alpha=1j),
            error(RuntimeError, "sub: not implemented for bool", _A, True),
            error(RuntimeError, "sub: not implemented for bool", _A, Typed(np.ones(3, np.bool_), "bool")),
        ),
    ),
    OpRow(
        "rsub",
        _reflected_differences,
        _rsub,
        dtypes=_SUBTRACTABLE,
        result_dtype=promoted,
        differentiable=True,
        errors=(
            error(RuntimeError, r"cannot broadcast \(4,\) with \(2, 3\)", _A, sample_values((4,), "float32")),
            error(TypeError, "other", _A, "text"),
        ),
    ),
    OpRow("mul", pair_samples, _mul, result_dtype=promoted, differentiable=True, errors=_ERRORS),
    OpRow(
        "div",
        _all_divisions,
        _div,
        dtypes=ARITHMETIC,
        result_dtype=_quotient_dtype,
        differentiable=True,
        errors=(*_ERRORS, error(RuntimeError, "rounding_mode: got 'up'", _A, _A, rounding_mode="up")),
    ),
    OpRow(
        "rdiv",
        _reflected_divisions,
        _reflected(np.true_divide),
        dtypes=ARITHMETIC,
        result_dtype=_quotient_dtype,
        differentiable=True,
        errors=(error(TypeError, "other", _A, "text"),),
    ),
    OpRow(
        "floor_divide",
        _divisions,
        np.floor_divide,
        dtypes=_ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "rfloor_divide",
        _reflected_divisions,
        _reflected(np.floor_divide),
        dtypes=_ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
    ),
    OpRow(
        "remainder",
        _divisions,
        np.remainder,
        dtypes=_ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "remainder.scalar",
        _remainders_of_numbers,
        np.remainder,
        dtypes=_ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
    ),
    OpRow(
        "fmod",
        _divisions,
        np.fmod,
        dtypes=_ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "rremainder",
        _reflected_divisions,
        _reflected(np.remainder),
        dtypes=_ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
    ),
    OpRow(
        "maximum",
        tensor_pairs,
        np.maximum,
        dtypes=BOOL + _ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "minimum",
        tensor_pairs,
        np.minimum,
        dtypes=BOOL + _ROUNDABLE,
        result_dtype=promoted,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "pow",
        _all_powers,
        np.power,
        dtypes=_ROUNDABLE + COMPLEX,
        result_dtype=promoted,
        differentiable=True,
        errors=(
            *_ERRORS[:1],
            error(TypeError, "exponent", _A, "text"),
            ErrorCase(Sample((_INT8, -1)), RuntimeError, "Integers to negative integer powers", "int8"),
            ErrorCase(Sample((_INT8, 300)), RuntimeError, "without overflow", "int8"),
            ErrorCase(Sample((_A, 1e30)), RuntimeError, "without overflow", "float16"),
        ),
    ),
    OpRow(
        "pow.scalar",
        _numbers_raised,
        np.power,
        dtypes=BOOL + _ROUNDABLE + COMPLEX,
        result_dtype=promoted,
        differentiable=True,
        errors=(error(TypeError, "exponent", "text", _A),),
    ),
    OpRow(
        "rpow",
        _reflected_powers,
        _reflected(np.power),
        dtypes=_ROUNDABLE + COMPLEX,
        result_dtype=promoted,
        differentiable=True,
    ),
    OpRow(
        "atan2",
        _angles,
        _atan2,
        dtypes=BOOL + _ROUNDABLE,
        result_dtype=_angle_dtype,
        differentiable=True,
        errors=_ERRORS,
    ),
)
