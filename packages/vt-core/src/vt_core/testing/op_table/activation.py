# SPDX-License-Identifier: Apache-2.0
"""Rows of the activations and their gradients."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    SHAPES,
    Array,
    OpRow,
    Sample,
    Samples,
    error,
    sample_values,
)
from vt_core.testing.op_table.unary import floats_where_whole

_FLOATING = HALVES + FLOATS
_SIZES = (*SHAPES, (40, 70))
_erf = np.vectorize(math.erf, otypes=[np.float64])


def _inputs(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    """Elements that are not near 0, where relu has its kink."""
    x = sample_values(shape, dtype, seed)
    return x if dtype in BOOL + INTEGERS else np.asarray(np.where(np.abs(x) < 0.1, x + 0.25, x))


def _each(*options: dict[str, Any]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for kwargs in options or ({},):
            for seed, shape in enumerate(_SIZES):
                yield Sample((_inputs(shape, dtype, seed),), kwargs)

    return samples


def _pairs(*options: dict[str, Any]) -> Samples:
    """Gradients and inputs; further arguments by name."""

    def samples(dtype: str) -> Iterator[Sample]:
        for kwargs in options or ({},):
            for seed, shape in enumerate(_SIZES):
                yield Sample((sample_values(shape, dtype, seed), _inputs(shape, dtype, seed + 50)), kwargs)
            yield Sample((sample_values((2, 3), dtype), _inputs((3,), dtype, 1)), kwargs)

    return samples


def _relu(x: Array) -> Any:
    return np.maximum(x, 0)


def _relu_backward(grad: Array, output: Array) -> Any:
    return np.where(output <= 0, np.zeros_like(grad), grad)


def _sigmoid(x: Array) -> Any:
    return 1 / (1 + np.exp(-x.astype(np.complex128 if x.dtype.kind == "c" else np.float64)))


def _sigmoid_backward(grad: Array, output: Array) -> Any:
    return grad * np.conj(output * (1 - output))


def _silu(x: Array) -> Any:
    return x * _sigmoid(x)


def _gelu(x: Array, *, approximate: str = "none") -> Any:
    if approximate == "tanh":
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return 0.5 * x * (1 + _erf(x / math.sqrt(2)))


def _gelu_backward(grad: Array, x: Array, *, approximate: str = "none") -> Any:
    if approximate == "tanh":
        tanh = np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))
        slope = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x**2)
        return grad * (0.5 * (1 + tanh) + 0.5 * x * (1 - tanh**2) * slope)
    density = np.exp(-0.5 * x**2) / math.sqrt(2 * math.pi)
    return grad * (0.5 * (1 + _erf(x / math.sqrt(2))) + x * density)


def _silu_backward(grad: Array, x: Array) -> Any:
    s = _sigmoid(x)
    return grad * s * (1 + x * (1 - s))


def _softplus(x: Array, beta: float = 1, threshold: float = 20) -> Any:
    return np.where(x * beta > threshold, x, np.log1p(np.exp(x * beta)) / beta)


def _softplus_backward(grad: Array, x: Array, beta: float = 1, threshold: float = 20) -> Any:
    return np.where(x * beta > threshold, grad, grad * _sigmoid(x * beta))


def _leaky_relu(x: Array, negative_slope: float = 0.01) -> Any:
    return np.where(x > 0, x, x * negative_slope)


def _leaky_relu_backward(grad: Array, x: Array, negative_slope: float) -> Any:
    return np.where(x > 0, grad, grad * negative_slope)


_A = np.ones((2, 3))
_FORMS: tuple[dict[str, Any], ...] = ({}, {"approximate": "tanh"})
_SOFTPLUS = ({"beta": 1, "threshold": 20}, {"beta": 2.5, "threshold": 1.3})
_UNKNOWN = error(RuntimeError, "unknown approximation: got 'fast'", _A, approximate="fast")

ROWS = (
    OpRow("relu", _each(), _relu, dtypes=INTEGERS + _FLOATING, differentiable=True),
    OpRow(
        "relu_backward",
        _pairs(),
        _relu_backward,
        dtypes=INTEGERS + _FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast", _A, np.ones((4,))),),
    ),
    OpRow(
        "sigmoid",
        _each(),
        _sigmoid,
        dtypes=BOOL + INTEGERS + _FLOATING + COMPLEX,
        result_dtype=floats_where_whole,
        differentiable=True,
    ),
    OpRow(
        "sigmoid_backward",
        _pairs(),
        _sigmoid_backward,
        dtypes=_FLOATING + COMPLEX,
        differentiable=True,
    ),
    OpRow("silu", _each(), _silu, dtypes=_FLOATING + COMPLEX, differentiable=True),
    OpRow("silu_backward", _pairs(), _silu_backward, dtypes=_FLOATING, differentiable=True),
    OpRow("gelu", _each(*_FORMS), _gelu, dtypes=_FLOATING, differentiable=True, errors=(_UNKNOWN,)),
    OpRow(
        "gelu_backward",
        _pairs(*_FORMS),
        _gelu_backward,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "unknown approximation", _A, _A, approximate="fast"),),
    ),
    OpRow(
        "softplus",
        _each({}, *_SOFTPLUS),
        _softplus,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "beta must be real", _A, 1j),),
    ),
    OpRow("softplus_backward", _pairs(*_SOFTPLUS), _softplus_backward, dtypes=_FLOATING, differentiable=True),
    OpRow(
        "leaky_relu",
        _each({}, {"negative_slope": -0.5}),
        _leaky_relu,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "negative_slope must be real", _A, 1j),),
    ),
    OpRow(
        "leaky_relu_backward",
        _pairs({"negative_slope": 0.3}),
        _leaky_relu_backward,
        dtypes=_FLOATING,
        differentiable=True,
    ),
)
