# SPDX-License-Identifier: Apache-2.0
"""Rows of the activations that pass each element through a gate or a slope of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.nonlinear import kinked_inputs
from vt_core.testing.op_table.row import FLOATS, HALVES, SHAPES, Array, OpRow, Sample, Typed, error, sample_values

__all__ = ["ROWS"]

_FLOATING = HALVES + FLOATS
_SIZES = (*SHAPES, (40, 70))


def _sigmoid(x: Array) -> Any:
    return 1 / (1 + np.exp(-x))


def _prelus(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SIZES):
        channels = shape[1] if len(shape) > 1 else 1
        for weights in ((), (1,), (channels,)):
            yield Sample((kinked_inputs(shape, dtype, seed), sample_values(weights, dtype, seed + 9)))


def _prelu(x: Array, weight: Array) -> Any:
    if weight.size > 1:
        weight = weight.reshape([-1 if d == 1 else 1 for d in range(x.ndim)])
    elif weight.ndim == 1 and weight.size == 1:
        weight = weight.reshape(())
    return np.where(x > 0, x, x * weight)


def _elementwise(dtype: str) -> Iterator[Sample]:
    for seed, (left, right) in enumerate(
        (((), ()), ((2, 3), (2, 3)), ((2, 3), (3,)), ((3,), (2, 1)), ((40, 70), (70,)))
    ):
        yield Sample((kinked_inputs(left, dtype, seed), sample_values(right, dtype, seed + 9)))


def _rrelus(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SIZES):
        yield Sample((kinked_inputs(shape, dtype, seed),))
        yield Sample((kinked_inputs(shape, dtype, seed),), {"lower": 0.25, "upper": 0.5})


def _rrelu(x: Array, lower: float = 0.125, upper: float = 1 / 3) -> Any:
    return np.where(x > 0, x, x * ((lower + upper) / 2))


_GATED = (((4,), 0), ((2, 6), -1), ((6, 4), 0), ((3, 8, 2), 1), ((0, 4), 1), ((4, 0), 0), ((40, 70), 1))


def _glus(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_GATED):
        yield Sample((sample_values(shape, dtype, seed), dim))
    yield Sample((sample_values((2, 6), dtype, 3),))


def _glu(x: Array, dim: int = -1) -> Any:
    a, b = np.split(x, 2, dim)
    return a * _sigmoid(b)


def _glu_gradients(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_GATED):
        half = tuple(size // 2 if d == dim % len(shape) else size for d, size in enumerate(shape))
        yield Sample((sample_values(half, dtype, seed + 50), sample_values(shape, dtype, seed), dim))


def _glu_backward(grad: Array, x: Array, dim: int) -> Any:
    a, b = np.split(x, 2, dim)
    s = _sigmoid(b)
    return np.concatenate([grad * s, grad * a * s * (1 - s)], dim)


_A = np.ones((2, 3))

ROWS = (
    OpRow(
        "prelu",
        _prelus,
        _prelu,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(
            error(RuntimeError, "got 2 weights, expected one or one for each of 3 channels", _A, np.ones((2,))),
            error(RuntimeError, "at most one dimension", _A, np.ones((1, 3))),
            error(RuntimeError, "dtypes must agree", _A, Typed(np.ones((3,)), "float64")),
        ),
    ),
    OpRow(
        "elementwise_prelu",
        _elementwise,
        lambda x, weight: np.where(x > 0, x, x * weight),
        dtypes=_FLOATING,
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast", _A, np.ones((4,))),),
    ),
    OpRow(
        "rrelu",
        _rrelus,
        _rrelu,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(
            error(RuntimeError, "lower must not be above upper", _A, 0.5, 0.25),
            error(RuntimeError, "must be finite", _A, float("-inf"), 0.25, True),
        ),
    ),
    OpRow(
        "glu",
        _glus,
        _glu,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(
            error(RuntimeError, "dimension 1 must have an even size: got 3", _A),
            error(RuntimeError, "a 0-dim tensor has no halves", np.ones(())),
            error(IndexError, "ut of range", _A, 2),
        ),
    ),
    OpRow("glu_backward", _glu_gradients, _glu_backward, dtypes=_FLOATING, differentiable=True),
)
