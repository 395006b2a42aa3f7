# SPDX-License-Identifier: Apache-2.0
"""Rows of the activations with bounds and thresholds, and of their gradients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    SHAPES,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    error,
    sample_values,
)
from vt_core.testing.op_table.unary import floats_where_whole

__all__ = ["ROWS", "kinked_inputs"]

_FLOATING = HALVES + FLOATS
_REAL = INTEGERS + _FLOATING
_SIZES = (*SHAPES, (40, 70))


def kinked_inputs(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    """Elements on both sides of every kink, none of them near one where derivatives are checked."""
    x = sample_values(shape, dtype, seed)
    if dtype not in FLOATS:
        return x
    kinks = np.array([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0])
    x = np.asarray(x * 2)
    distance = np.abs(x[..., None] - kinks).min(-1)
    return np.asarray(np.where(distance < 0.05, x + 0.15, x)).astype(dtype).astype(np.float64)


def _each(*options: dict[str, Any]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for kwargs in options or ({},):
            for seed, shape in enumerate(_SIZES):
                yield Sample((kinked_inputs(shape, dtype, seed),), kwargs)

    return samples


def _gradients(*options: dict[str, Any]) -> Samples:
    """Gradients and inputs; further arguments by name."""

    def samples(dtype: str) -> Iterator[Sample]:
        for kwargs in options or ({},):
            for seed, shape in enumerate(_SIZES):
                yield Sample((sample_values(shape, dtype, seed), kinked_inputs(shape, dtype, seed + 50)), kwargs)
            yield Sample((sample_values((2, 3), dtype), kinked_inputs((3,), dtype, 1)), kwargs)

    return samples


def _sigmoid(x: Array) -> Any:
    return 1 / (1 + np.exp(-x))


def _elu(x: Array, alpha: float = 1, scale: float = 1, input_scale: float = 1) -> Any:
    return np.where(x > 0, scale * x, scale * alpha * np.expm1(np.minimum(x, 0) * input_scale))


def _elu_backward(grad: Array, x: Array, alpha: float, scale: float, input_scale: float) -> Any:
    bent = scale * alpha * input_scale * np.exp(np.minimum(x, 0) * input_scale)
    return grad * np.where(x > 0, scale, bent)


def _celu(x: Array, alpha: float = 1) -> Any:
    return np.maximum(x, 0) + np.minimum(0, alpha * np.expm1(np.minimum(x, 0) / alpha))


def _selu(x: Array) -> Any:
    return _elu(x, 1.6732632423543772, 1.0507009873554805)


def _hardshrink(x: Array, lambd: float = 0.5) -> Any:
    return np.where(np.abs(x) <= lambd, 0, x)


def _softshrink(x: Array, lambd: float = 0.5) -> Any:
    return np.sign(x) * np.maximum(np.abs(x) - lambd, 0)


def _shrink_backward(grad: Array, x: Array, lambd: float) -> Any:
    return np.where(np.abs(x) <= lambd, 0, grad)


def _hardsigmoid(x: Array) -> Any:
    return np.clip(x + 3, 0, 6) / 6


def _hardsigmoid_backward(grad: Array, x: Array) -> Any:
    return np.where(np.abs(x) < 3, grad / 6, 0)


def _hardswish_backward(grad: Array, x: Array) -> Any:
    return grad * np.where(x <= -3, 0, np.where(x < 3, x / 3 + 0.5, 1))


def _hardtanh(x: Array, min_val: Any = -1, max_val: Any = 1) -> Any:
    return np.clip(x, np.asarray(min_val).astype(x.dtype), np.asarray(max_val).astype(x.dtype))


def _hardtanh_backward(grad: Array, x: Array, min_val: Any, max_val: Any) -> Any:
    inside = (x > np.asarray(min_val).astype(x.dtype)) & (x < np.asarray(max_val).astype(x.dtype))
    return np.where(inside, grad, np.zeros_like(grad))


def _log_sigmoid_backward(grad: Array, x: Array) -> Any:
    return grad * _sigmoid(-x)


def _mish(x: Array) -> Any:
    return x * np.tanh(np.log1p(np.exp(x)))


def _mish_backward(grad: Array, x: Array) -> Any:
    gate = np.tanh(np.log1p(np.exp(x)))
    return grad * (gate + x * (1 - gate**2) * _sigmoid(x))


def _softsign(x: Array) -> Any:
    wide = x.astype(np.complex128 if x.dtype.kind == "c" else np.float64)
    return wide / (1 + np.abs(wide))


def _tanhshrink(x: Array) -> Any:
    wide = x.astype(np.complex128 if x.dtype.kind == "c" else np.float64)
    return wide - np.tanh(wide)


def _threshold(x: Array, threshold: Any, value: Any) -> Any:
    return np.where(x <= np.asarray(threshold).astype(x.dtype), np.asarray(value).astype(x.dtype), x)


def _threshold_backward(grad: Array, x: Array, threshold: Any) -> Any:
    return np.where(x <= np.asarray(threshold).astype(x.dtype), np.zeros_like(grad), grad)


def _thresholds(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SIZES):
        yield Sample((kinked_inputs(shape, dtype, seed), 1, 20))
        if dtype not in INTEGERS:
            yield Sample((kinked_inputs(shape, dtype, seed), -0.25, -7.5))


def _bounds(dtype: str) -> Iterator[Sample]:
    options: tuple[dict[str, Any], ...] = ({"min_val": 0, "max_val": 6}, {"min_val": 2, "max_val": 1})
    if dtype in _FLOATING:
        options += ({}, {"min_val": -0.5, "max_val": 1.5})
    elif not dtype.startswith("u"):
        options += ({}, {"min_val": -2.5, "max_val": 3.5})
    yield from _each(*options)(dtype)


_A = np.ones((2, 3))
_INT8 = sample_values((2, 3), "int8")
_ELU: tuple[dict[str, Any], ...] = ({"alpha": 1.5, "scale": 2, "input_scale": 0.5}, {"alpha": -0.5})
_ELU_NUMBERS = ({"alpha": 1, "scale": 1, "input_scale": 1}, {"alpha": 1.5, "scale": 2, "input_scale": 0.5})
_LAMBD: tuple[dict[str, Any], ...] = ({"lambd": 0.5}, {"lambd": 1.25})
_BROADCAST = (error(RuntimeError, "cannot broadcast", _A, np.ones((4,))),)

ROWS = (
    OpRow(
        "elu",
        _each({}, *_ELU),
        _elu,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "alpha must be real", _A, 1j),),
    ),
    OpRow("elu_backward", _gradients(*_ELU_NUMBERS), _elu_backward, dtypes=_FLOATING, differentiable=True),
    OpRow(
        "celu",
        _each({}, {"alpha": 1.5}),
        _celu,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "ZeroDivisionError", _A, 0),),
    ),
    OpRow("selu", _each(), _selu, dtypes=_FLOATING, differentiable=True),
    OpRow(
        "hardshrink",
        _each({}, *_LAMBD),
        _hardshrink,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "cannot be converted to float32", _A, 1j),),
    ),
    OpRow(
        "softshrink",
        _each({}, *_LAMBD),
        _softshrink,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "lambd must not be negative: got -1", _A, -1),),
    ),
    OpRow("shrink_backward", _gradients(*_LAMBD), _shrink_backward, dtypes=_FLOATING, differentiable=True),
    OpRow("hardsigmoid", _each(), _hardsigmoid, dtypes=_FLOATING, differentiable=True),
    OpRow("hardsigmoid_backward", _gradients(), _hardsigmoid_backward, dtypes=_FLOATING, differentiable=True),
    OpRow("hardswish", _each(), lambda x: x * _hardsigmoid(x), dtypes=_FLOATING, differentiable=True),
    OpRow("hardswish_backward", _gradients(), _hardswish_backward, dtypes=_FLOATING, differentiable=True),
    OpRow(
        "hardtanh",
        _bounds,
        _hardtanh,
        dtypes=_REAL,
        differentiable=True,
        errors=(
            error(RuntimeError, "cannot be converted to float32", _A, 1j),
            ErrorCase(Sample((_INT8, -300, 1)), RuntimeError, "without overflow", "int8"),
            ErrorCase(Sample((np.abs(_INT8), -1, 1)), RuntimeError, "negative bound", "uint8"),
        ),
    ),
    OpRow(
        "hardtanh_backward",
        _gradients({"min_val": 0, "max_val": 6}),
        _hardtanh_backward,
        dtypes=_REAL,
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast", _A, np.ones((4,)), -1, 1),),
    ),
    OpRow(
        "relu6",
        _each(),
        lambda x: np.clip(x, 0, 6),
        dtypes=_REAL,
        differentiable=True,
    ),
    OpRow("log_sigmoid", _each(), lambda x: -np.logaddexp(0, -x), dtypes=_FLOATING, differentiable=True),
    OpRow("log_sigmoid_backward", _gradients(), _log_sigmoid_backward, dtypes=_FLOATING, differentiable=True),
    OpRow("mish", _each(), _mish, dtypes=_FLOATING, differentiable=True),
    OpRow("mish_backward", _gradients(), _mish_backward, dtypes=_FLOATING, differentiable=True, errors=_BROADCAST),
    OpRow("softsign", _each(), _softsign, dtypes=_REAL + COMPLEX, result_dtype=floats_where_whole, differentiable=True),
    OpRow(
        "softsign_backward",
        _gradients(),
        lambda grad, x: grad / (1 + np.abs(x)) ** 2,
        dtypes=_FLOATING,
        differentiable=True,
    ),
    OpRow(
        "tanhshrink", _each(), _tanhshrink, dtypes=_REAL + COMPLEX, result_dtype=floats_where_whole, differentiable=True
    ),
    OpRow(
        "tanhshrink_backward",
        _gradients(),
        lambda grad, x: grad * np.tanh(x) ** 2,
        dtypes=_FLOATING,
        differentiable=True,
    ),
    OpRow(
        "threshold",
        _thresholds,
        _threshold,
        dtypes=_REAL,
        differentiable=True,
        errors=(
            error(RuntimeError, "cannot be converted to float32", _A, 1j, 1),
            ErrorCase(Sample((_INT8, 0, 300)), RuntimeError, "without overflow", "int8"),
        ),
    ),
    OpRow(
        "threshold_backward",
        _gradients({"threshold": 1}),
        _threshold_backward,
        dtypes=_REAL,
        differentiable=True,
    ),
)
