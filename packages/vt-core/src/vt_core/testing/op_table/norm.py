# SPDX-License-Identifier: Apache-2.0
"""Rows of layer_norm, rms_norm and the operators they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    FLOATS,
    HALVES,
    Array,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    sample_values,
)

_DTYPES = HALVES + FLOATS

# Sizes of inputs and how many of them are normalised.
_SHAPES = (((5,), 1), ((2, 3), 1), ((3, 2, 4), 2), ((0, 3), 1), ((4, 1, 5), 1), ((3, 300), 1), ((40, 70), 1))


def _parameters(shape: tuple[int, ...], dtype: str, seed: int, num: int) -> Iterator[tuple[Any, ...]]:
    """Weights, or weights and biases, with some of them left out."""
    values = tuple(sample_values(shape, dtype, seed + 10 * k) for k in range(num))
    yield (None,) * num
    yield values
    if num == 2:
        yield (values[0], None)
        yield (None, values[1])


def _forward(num: int, eps: float) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, (shape, count) in enumerate(_SHAPES):
            normalized = shape[len(shape) - count :]
            for parameters in _parameters(normalized, dtype, seed + 50, num):
                yield Sample((sample_values(shape, dtype, seed), list(normalized), *parameters, eps))

    return samples


def _axes(x: Array, normalized: list[int]) -> tuple[int, ...]:
    return tuple(range(x.ndim - len(normalized), x.ndim))


def _layer(x: Array, normalized: list[int], weight: Any, bias: Any, eps: float) -> tuple[Array, Array, Array]:
    axes = _axes(x, normalized)
    mean = x.mean(axis=axes, keepdims=True)
    rstd = 1 / np.sqrt(((x - mean) ** 2).mean(axis=axes, keepdims=True) + eps)
    out = (x - mean) * rstd
    return out * (1 if weight is None else weight) + (0 if bias is None else bias), mean, rstd


def _rms(x: Array, normalized: list[int], weight: Any, eps: float) -> tuple[Array, Array]:
    rstd = 1 / np.sqrt((x**2).mean(axis=_axes(x, normalized), keepdims=True) + eps)
    return x * rstd * (1 if weight is None else weight), rstd


def _layer_norm(x: Array, normalized: list[int], weight: Any = None, bias: Any = None, eps: float = 1e-5) -> Array:
    return _layer(x, normalized, weight, bias, eps)[0]


def _rms_norm(x: Array, normalized: list[int], weight: Any = None, eps: float = 1e-6) -> Array:
    return _rms(x, normalized, weight, eps)[0]


def _statistics(dtype: str, num: int) -> tuple[str, ...]:
    return (dtype, *("float32" if dtype in HALVES else dtype,) * num)


def _backward(centred: bool) -> Samples:
    """Backward calls with statistics of any value: they are arguments like others."""

    def statistic(shape: tuple[int, ...], dtype: str, seed: int) -> Any:
        values = np.abs(sample_values(shape, dtype, seed)) + 0.25
        return Typed(values.astype(np.float32), "float32") if dtype in HALVES else values

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, (shape, count) in enumerate(_SHAPES):
            normalized = shape[len(shape) - count :]
            stats = (*shape[: len(shape) - count], *(1,) * count)
            x = sample_values(shape, dtype, seed)
            grad = sample_values(shape, dtype, seed + 1)
            mean = statistic(stats, dtype, seed + 2)
            rstd = statistic(stats, dtype, seed + 3)
            weight = sample_values(normalized, dtype, seed + 4)
            if centred:
                yield Sample((grad, x, list(normalized), mean, rstd, weight, weight, 7))
                yield Sample((grad, x, list(normalized), mean, rstd, None, None, 1))
            else:
                yield Sample((grad, x, list(normalized), rstd, weight, 3))
                yield Sample((grad, x, list(normalized), rstd, None, 1))
                yield Sample((grad, x, list(normalized), rstd, weight, 2))

    return samples


def _gradients(
    grad: Array, x: Array, normalized: list[int], mean: Any, rstd: Array, weight: Any, needed: int
) -> tuple[Any, Any, Any]:
    axes = _axes(x, normalized)
    rows = tuple(range(axes[0]))
    h = (x - (0 if mean is None else mean)) * rstd
    weighted = grad * (1 if weight is None else weight)
    level = 0 if mean is None else weighted.mean(axis=axes, keepdims=True)
    of_input = rstd * (weighted - level - h * (weighted * h).mean(axis=axes, keepdims=True))
    return (
        of_input if needed & 1 else None,
        (grad * h).sum(axis=rows) if needed & 2 else None,
        grad.sum(axis=rows) if needed & 4 else None,
    )


def _layer_backward(
    grad: Array, x: Array, normalized: list[int], mean: Array, rstd: Array, weight: Any, _bias: Any, needed: int
) -> tuple[Any, Any, Any]:
    return _gradients(grad, x, normalized, mean, rstd, weight, needed)


def _rms_backward(
    grad: Array, x: Array, normalized: list[int], rstd: Array, weight: Any, needed: int
) -> tuple[Any, Any]:
    return _gradients(grad, x, normalized, None, rstd, weight, needed)[:2]


_A = sample_values((2, 3), "float32")
_W = sample_values((3,), "float32")

_SHAPE_ERRORS = (
    error(RuntimeError, r"norm: normalized_shape must be the last sizes of the input: got \(2,\)", _A, [2], None),
    error(RuntimeError, "normalized_shape must have at least one dimension", _A, [], None),
    error(RuntimeError, r"weight must have the sizes of normalized_shape: got \(2, 3\)", _A, [3], _A),
)


def _with(*further: Any) -> Any:
    return tuple(error(case.error, case.match, *case.sample.args, *further) for case in _SHAPE_ERRORS)


ROWS: tuple[OpRow, ...] = (
    OpRow(
        "layer_norm",
        _forward(2, 0.1),
        _layer_norm,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(*_with(None), error(RuntimeError, "bias must have the sizes", _A, [3], None, _A)),
    ),
    OpRow(
        "native_layer_norm",
        _forward(2, 0.25),
        _layer,
        dtypes=_DTYPES,
        result_dtype=lambda dtype, _: _statistics(dtype, 2),
        differentiable=True,
        errors=_with(None, 1e-5),
    ),
    OpRow(
        "native_layer_norm_backward",
        _backward(centred=True),
        _layer_backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "grad must be like the input", _W, _A, [3], _A[:, :1], _A[:, :1], None, None, 7),
            error(RuntimeError, "mean must be what the forward returned", _A, _A, [3], _A, _A[:, :1], None, None, 7),
        ),
    ),
    OpRow(
        "rms_norm",
        _forward(1, 0.1),
        _rms_norm,
        dtypes=_DTYPES,
        differentiable=True,
        errors=_with(),
    ),
    OpRow(
        "native_rms_norm",
        _forward(1, 0.25),
        _rms,
        dtypes=_DTYPES,
        result_dtype=lambda dtype, _: _statistics(dtype, 1),
        differentiable=True,
        errors=_with(1e-5),
    ),
    OpRow(
        "native_rms_norm_backward",
        _backward(centred=False),
        _rms_backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "grad must be like the input", _W, _A, [3], _A[:, :1], None, 3),
            error(RuntimeError, "rstd must be what the forward returned", _A, _A, [3], _A, None, 3),
        ),
    ),
)
