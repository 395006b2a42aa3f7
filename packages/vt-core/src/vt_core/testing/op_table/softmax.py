# SPDX-License-Identifier: Apache-2.0
"""Rows of softmax, log_softmax and their backward operators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    FLOATS,
    HALVES,
    Array,
    DTypeName,
    OpRow,
    Sample,
    error,
    sample_values,
)

_DTYPES = HALVES + FLOATS

# Shapes and the dimension taken.
_ALONG = (
    ((), 0),
    ((3,), 0),
    ((2, 3), -1),
    ((2, 3), 0),
    ((0, 3), 1),
    ((0, 3), 0),
    ((4, 1, 5), 1),
    ((2, 3, 2, 2, 2), 1),
    ((300,), -1),
    ((3, 300), 1),
    ((40, 70), 0),
)


def _samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_ALONG):
        yield Sample((sample_values(shape, dtype, seed), dim))
    if dtype != "float64":
        yield Sample((sample_values((2, 3), dtype), 1), {"dtype": DTypeName("float64")})
    yield Sample((np.array([[1000.0, 0.0, -1000.0]]), 1))


def _result_dtype(dtype: str, sample: Sample) -> str:
    return sample.kwargs["dtype"].name if "dtype" in sample.kwargs else dtype


def _backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_ALONG):
        # Outputs of log_softmax are negative and those of softmax are below 1; the formulas hold for any.
        output = -np.abs(sample_values(shape, dtype, seed + 50)) / 4
        if dtype in FLOATS:
            output = output.astype(dtype).astype(np.float64)
        yield Sample((sample_values(shape, dtype, seed), np.asarray(output), dim))


def _softmax(x: Array, dim: int, *, dtype: Any = None) -> Array:  # noqa: ARG001
    if x.ndim == 0:
        return np.ones(())
    if x.size == 0:
        return x
    powers = np.exp(x - x.max(axis=dim, keepdims=True))
    return powers / powers.sum(axis=dim, keepdims=True)


def _log_softmax(x: Array, dim: int, *, dtype: Any = None) -> Array:  # noqa: ARG001
    if x.ndim == 0:
        return np.zeros(())
    if x.size == 0:
        return x
    shifted = x - x.max(axis=dim, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=dim, keepdims=True))


def _sum(x: Array, dim: int) -> Array:
    return x.sum(axis=dim, keepdims=True) if x.ndim else x


def _softmax_backward(grad: Array, output: Array, dim: int) -> Array:
    return output * (grad - _sum(grad * output, dim))


def _log_softmax_backward(grad: Array, output: Array, dim: int) -> Array:
    return grad - np.exp(output) * _sum(grad, dim)


_A = sample_values((2, 3), "float32")
_ERRORS = (error(IndexError, "out of range", _A, 2), error(IndexError, "out of range", _A, -3))
_BACKWARD_ERRORS = (
    error(IndexError, "out of range", _A, _A, 2),
    error(RuntimeError, r"grad must be like the output: got \(1, 3\)", _A[:1], _A, 1),
)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "softmax",
        _samples,
        _softmax,
        dtypes=_DTYPES,
        result_dtype=_result_dtype,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "log_softmax",
        _samples,
        _log_softmax,
        dtypes=_DTYPES,
        result_dtype=_result_dtype,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "softmin",
        _samples,
        lambda x, *args, **kwargs: _softmax(-x, *args, **kwargs),
        dtypes=_DTYPES,
        result_dtype=_result_dtype,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "softmax_backward",
        _backward_samples,
        _softmax_backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=_BACKWARD_ERRORS,
    ),
    OpRow(
        "log_softmax_backward",
        _backward_samples,
        _log_softmax_backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=_BACKWARD_ERRORS,
    ),
)
