# SPDX-License-Identifier: Apache-2.0
"""Rows of the ternary operators: selection by a mask, bounds, interpolation, sums with a product or a quotient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.row import (
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
    sample_values,
)

__all__ = ["ROWS"]

_TRIPLES = (
    ((), (), ()),
    ((3,), (3,), (3,)),
    ((2, 3), (2, 3), (2, 3)),
    ((2, 3), (3,), (2, 1)),
    ((3,), (2, 3), ()),
    ((2, 1, 4), (3, 1), ()),
    ((0, 3), (1, 3), (3,)),
    ((300,), (300,), (300,)),
    ((40, 70), (40, 70), (70,)),
)


def _mask(shape: tuple[int, ...], seed: int) -> Typed:
    return Typed(sample_values(shape, "bool", seed), "bool")


def _number(dtype: str) -> Any:
    return True if dtype == "bool" else 3 if dtype in INTEGERS + FLOAT8 else 1.5


def _triples(dtype: str) -> Iterator[Sample]:
    for seed, shapes in enumerate(_TRIPLES):
        yield Sample(tuple(sample_values(shape, dtype, seed + 50 * i) for i, shape in enumerate(shapes)))


def _choices(dtype: str) -> Iterator[Sample]:
    for seed, (mask, left, right) in enumerate(_TRIPLES):
        yield Sample((_mask(mask, seed), sample_values(left, dtype, seed), sample_values(right, dtype, seed + 50)))
    for shape in ((2, 3), (300,)):
        values = sample_values(shape, dtype, 3)
        yield Sample((_mask(shape, 2), values, _number(dtype)))
        yield Sample((_mask(shape, 2), _number(dtype), values))
    yield Sample((Typed(sample_values((2, 3), "uint8"), "uint8"), sample_values((2, 3), dtype), _number(dtype)))


def _where(condition: Array, left: Array | float, right: Array | float) -> Array:
    return np.where(condition != 0, left, right)


def _fills(dtype: str) -> Iterator[Sample]:
    for seed, (shape, mask, _) in enumerate(_TRIPLES):
        yield Sample((sample_values(shape, dtype, seed), _mask(mask, seed + 50), _number(dtype)))
        yield Sample((sample_values(shape, dtype, seed), _mask(mask, seed + 50), sample_values((), dtype, seed)))


def _masked_fill(x: Array, mask: Array, value: Any) -> Array:
    return np.where(mask, np.asarray(value).astype(x.dtype), x)


_BOUNDS: tuple[tuple[Any, Any], ...] = ((1, 3), (None, 2), (1, None), (3, 1))
_FLOATING = HALVES + FLOATS
_REAL = INTEGERS + _FLOATING


def _clamps(dtype: str) -> Iterator[Sample]:
    floats: tuple[tuple[Any, Any], ...] = ((-0.3, 0.6), (None, 0.2), (0.1, None))
    bounds = _BOUNDS if dtype in BOOL else _BOUNDS + floats
    if dtype.startswith("uint") and dtype != "uint8":
        bounds = _BOUNDS
    for shape in ((), (2, 3), (0, 3), (40, 70)):
        for low, high in bounds:
            yield Sample((sample_values(shape, dtype, 1), low, high))


def _clamp_dtype(dtype: str, sample: Sample) -> str:
    empty = vt.ops.empty((1,), dtype=getattr(vt, dtype))
    bounds = [bound for bound in sample.args[1:] if bound is not None]
    return vt.result_type(empty, max(bounds, key=lambda bound: isinstance(bound, float))).name


def _clamp(x: Array, low: Any = None, high: Any = None) -> Any:
    at_least = x if low is None else np.maximum(x, low)
    return at_least if high is None else np.minimum(at_least, high)


def _one_bound(dtype: str) -> Iterator[Sample]:
    for sample in _clamps(dtype):
        if sample.args[1] is not None and sample.args[2] is None:
            yield Sample(sample.args[:2])
    if dtype not in BOOL:
        for shape, bound in (((2, 3), (2, 3)), ((2, 3), (3,)), ((3,), (2, 1)), ((0, 3), ())):
            yield Sample((sample_values(shape, dtype, 1), sample_values(bound, dtype, 2)))


def _bound_dtype(dtype: str, sample: Sample) -> str:
    return dtype if isinstance(sample.args[1], np.ndarray) else _clamp_dtype(dtype, sample)


def _tensor_clamps(dtype: str) -> Iterator[Sample]:
    yield from _triples(dtype)
    x = sample_values((2, 3), dtype, 1)
    yield Sample((x, None, sample_values((3,), dtype, 2)))
    yield Sample((x, sample_values((2, 1), dtype, 2)))


def _lerps(dtype: str) -> Iterator[Sample]:
    yield from _triples(dtype)
    for shape in ((2, 3), (300,)):
        for weight in (0.25, 0.75, 1.0, -2):
            yield Sample((sample_values(shape, dtype, 1), sample_values(shape, dtype, 2), weight))


def _lerp(start: Array, end: Array, weight: Any) -> Any:
    return start + weight * (end - start)


def _products(dtype: str) -> Iterator[Sample]:
    for sample in _triples(dtype):
        yield sample
        yield Sample(sample.args, {"value": 2 if dtype in INTEGERS else -0.5})


def _quotients(dtype: str) -> Iterator[Sample]:
    for sample in _products(dtype):
        x, top, bottom = sample.args
        yield Sample((x, top, np.where(abs(bottom) < 0.5, 1.25, bottom)), sample.kwargs)


def _addcmul(x: Array, left: Array, right: Array, *, value: Any = 1) -> Any:
    return x + value * left * right


def _addcdiv(x: Array, left: Array, right: Array, *, value: Any = 1) -> Any:
    return x + value * left / right


_A = sample_values((2, 3), "float32")
_B = sample_values((4,), "float32")
_M = _mask((2, 3), 0)
_SHAPES = r"cannot broadcast \(2, 3\) with \(4,\)"

ROWS = (
    OpRow(
        "where",
        _choices,
        _where,
        differentiable=True,
        errors=(error(RuntimeError, _SHAPES, _M, _A, _B), error(RuntimeError, "mask must be boolean", _A, _A, _A)),
    ),
    OpRow(
        "masked_fill",
        _fills,
        _masked_fill,
        differentiable=True,
        errors=(
            error(RuntimeError, "mask must be boolean", _A, _A, 1),
            error(RuntimeError, "tensor without dimensions", _A, _M, _B),
            error(RuntimeError, "cannot be converted to float32", _A, _M, 1j),
            ErrorCase(Sample((sample_values((2, 3), "int8"), _M, 300)), RuntimeError, "without overflow", "int8"),
        ),
    ),
    OpRow(
        "clamp",
        _clamps,
        _clamp,
        dtypes=BOOL + _REAL,
        result_dtype=_clamp_dtype,
        differentiable=True,
        errors=(
            error(RuntimeError, "both absent", _A),
            ErrorCase(Sample((sample_values((2, 3), "int8"), 0, 300)), RuntimeError, "without overflow", "int8"),
        ),
    ),
    OpRow(
        "clamp.tensors",
        _tensor_clamps,
        _clamp,
        dtypes=_REAL,
        differentiable=True,
        errors=(error(RuntimeError, _SHAPES, _A, _B, _A),),
    ),
    OpRow(
        "clamp_min",
        _one_bound,
        np.maximum,
        dtypes=BOOL + _REAL,
        result_dtype=_bound_dtype,
        differentiable=True,
        errors=(error(RuntimeError, _SHAPES, _A, _B),),
    ),
    OpRow(
        "clamp_max",
        _one_bound,
        np.minimum,
        dtypes=BOOL + _REAL,
        result_dtype=_bound_dtype,
        differentiable=True,
        errors=(error(RuntimeError, _SHAPES, _A, _B),),
    ),
    OpRow(
        "lerp",
        _lerps,
        _lerp,
        dtypes=_FLOATING + COMPLEX,
        differentiable=True,
        errors=(
            error(RuntimeError, _SHAPES, _A, _B, 0.5),
            error(RuntimeError, "dtypes must agree: got float64", _A, Typed(np.ones((2, 3)), "float64"), 0.5),
            error(RuntimeError, "weight must be real", _A, _A, 1j),
        ),
    ),
    OpRow(
        "addcmul",
        _products,
        _addcmul,
        dtypes=_REAL + COMPLEX,
        differentiable=True,
        errors=(error(RuntimeError, _SHAPES, _A, _A, _B), error(RuntimeError, "overflow", _A, _A, _A, value=1j)),
    ),
    OpRow(
        "addcdiv",
        _quotients,
        _addcdiv,
        dtypes=_FLOATING + COMPLEX,
        differentiable=True,
        errors=(error(RuntimeError, _SHAPES, _A, _A, _B),),
    ),
)
