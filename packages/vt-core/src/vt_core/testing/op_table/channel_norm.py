# SPDX-License-Identifier: Apache-2.0
"""Rows of batch_norm, group_norm and what is composed of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    HALVES,
    LAYOUTS,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Typed,
    error,
    real_of,
    sample_values,
)

_DTYPES = HALVES + FLOATS
# Of operators that write running statistics, which an expanded tensor cannot take.
_WRITABLE = tuple(layout for layout in LAYOUTS if layout != "expanded")

# (N, C, ...): short and long runs of positions, one position, none.
_SHAPES = ((4, 3), (2, 3, 4), (3, 2, 2, 1), (1, 2, 6), (2, 2, 5, 4), (5, 4, 70), (600, 3), (0, 3, 2))
# The same with a number of groups.
_GROUPS = (
    ((2, 4), 2),
    ((2, 3, 4), 1),
    ((3, 2, 2, 1), 1),
    ((1, 4, 3), 2),
    ((1, 2, 17), 1),
    ((3, 6, 70), 3),
    ((0, 2, 3), 2),
)


def _parameters(channels: int, dtype: str, seed: int) -> Iterator[tuple[Any, Any]]:
    weight = sample_values((channels,), dtype, seed + 60)
    bias = sample_values((channels,), dtype, seed + 70)
    yield weight, bias
    yield None, None
    yield weight, None
    yield None, bias


def _statistic(shape: tuple[int, ...], dtype: str, seed: int) -> Any:
    """Positive numbers in the dtype that statistics are kept in."""
    values = np.abs(sample_values(shape, dtype, seed)) + 0.25
    return Typed(values, "float32") if dtype in HALVES else values


def _kept(dtype: str, _: Sample) -> tuple[str, ...]:
    statistic = "float32" if dtype in HALVES else dtype
    return dtype, statistic, statistic


def _others(x: Array) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def _by_channel(v: Any, x: Array, otherwise: float) -> Any:
    return otherwise if v is None else np.reshape(v, (1, -1, *(1,) * (x.ndim - 2)))


def _applied(x: Array, weight: Any, bias: Any, mean: Array, rstd: Array) -> Array:
    h = (x - _by_channel(mean, x, 0)) * _by_channel(rstd, x, 1)
    return h * _by_channel(weight, x, 1) + _by_channel(bias, x, 0)


def _measured(x: Array, eps: float) -> tuple[Array, Array, Array]:
    """Mean, biased variance and rstd of each channel."""
    mean, var = x.mean(axis=_others(x)), x.var(axis=_others(x))
    return mean, var, 1 / np.sqrt(var + eps)


def _batch_train(
    x: Array, weight: Any, bias: Any, _mean: Any, _var: Any, _momentum: float, eps: float
) -> tuple[Array, Array, Array]:
    mean, _, rstd = _measured(x, eps)
    return _applied(x, weight, bias, mean, rstd), mean, rstd


def _train_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate((*_SHAPES[:-1], (2, 2, 4200))):
        x = sample_values(shape, dtype, seed)
        for weight, bias in _parameters(shape[1], dtype, seed):
            yield Sample((x, weight, bias, None, None, 0.1, 0.25))


def _apply_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        x = sample_values(shape, dtype, seed)
        mean = _statistic(shape[1:2], dtype, seed + 1)
        rstd = _statistic(shape[1:2], dtype, seed + 2)
        for weight, bias in _parameters(shape[1], dtype, seed):
            yield Sample((x, weight, bias, mean, rstd))


def _backward_of(
    grad: Array, x: Array, mean: Array, rstd: Array, weight: Any, over: tuple[int, ...], train: bool
) -> tuple[Array, Array]:
    """The gradient of the input and that of the weight before its sum, of arrays that broadcast."""
    h = (x - mean) * rstd
    weighted = grad * weight
    out = weighted
    if train:
        level = weighted.mean(axis=over, keepdims=True)
        out = weighted - level - h * (weighted * h).mean(axis=over, keepdims=True)
    return rstd * out, grad * h


def _batch_backward(
    grad: Array, x: Array, mean: Array, rstd: Array, weight: Any, bias: Any, train: bool, needed: int
) -> tuple[Any, Any, Any]:
    of_input, products = _backward_of(
        grad,
        x,
        _by_channel(mean, x, 0),
        _by_channel(rstd, x, 1),
        _by_channel(weight, x, 1),
        _others(x),
        train and x.size > 0,
    )
    return (
        of_input if needed & 1 else None,
        products.sum(axis=_others(x)) if needed & 2 and weight is not None else None,
        grad.sum(axis=_others(x)) if needed & 4 and bias is not None else None,
    )


def _batch_backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        x = sample_values(shape, dtype, seed)
        grad = sample_values(shape, dtype, seed + 1)
        mean = _statistic(shape[1:2], dtype, seed + 2)
        rstd = _statistic(shape[1:2], dtype, seed + 3)
        weight = sample_values(shape[1:2], dtype, seed + 4)
        for train in (True, False):
            yield Sample((grad, x, mean, rstd, weight, weight, train, 7))
            yield Sample((grad, x, mean, rstd, None, None, train, 1))
            yield Sample((grad, x, mean, rstd, weight, weight, train, 6))


def _in_groups(x: Array, n: int, c: int, size: int, groups: int) -> Array:
    return x.reshape(n, groups, c // groups, size)


def _by_group(v: Any, c: int, groups: int, otherwise: float) -> Any:
    return otherwise if v is None else np.reshape(v, (1, groups, c // groups, 1))


def _native_group(
    x: Array, weight: Any, bias: Any, n: int, c: int, size: int, groups: int, eps: float
) -> tuple[Array, Array, Array]:
    seen = _in_groups(x, n, c, size, groups)
    mean = seen.mean(axis=(2, 3), keepdims=True)
    rstd = 1 / np.sqrt(seen.var(axis=(2, 3), keepdims=True) + eps)
    out = (seen - mean) * rstd * _by_group(weight, c, groups, 1) + _by_group(bias, c, groups, 0)
    return out.reshape(x.shape), mean.reshape(n, groups), rstd.reshape(n, groups)


def _sizes(shape: tuple[int, ...]) -> tuple[int, int, int]:
    return shape[0], shape[1], int(np.prod(shape[2:], dtype=np.int64))


def _native_group_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, groups) in enumerate(_GROUPS):
        x = sample_values(shape, dtype, seed)
        for weight, bias in _parameters(shape[1], dtype, seed):
            yield Sample((x, weight, bias, *_sizes(shape), groups, 0.25))


def _group_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, groups) in enumerate(_GROUPS):
        x = sample_values(shape, dtype, seed)
        for weight, bias in _parameters(shape[1], dtype, seed):
            yield Sample((x, groups, weight, bias, 0.1))


def _group_norm(x: Array, groups: int, weight: Any = None, bias: Any = None, eps: float = 1e-5) -> Array:
    return _native_group(x, weight, bias, *_sizes(x.shape), groups, eps)[0]


def _group_backward(
    grad: Array,
    x: Array,
    mean: Array,
    rstd: Array,
    weight: Any,
    bias: Any,
    n: int,
    c: int,
    size: int,
    groups: int,
    needed: int,
) -> tuple[Any, Any, Any]:
    g = _in_groups(grad, n, c, size, groups)
    seen = _in_groups(x, n, c, size, groups)
    statistics = (n, groups, 1, 1)
    of_input, products = _backward_of(
        g,
        seen,
        mean.reshape(statistics),
        rstd.reshape(statistics),
        _by_group(weight, c, groups, 1),
        (2, 3),
        x.size > 0,
    )
    return (
        of_input.reshape(x.shape) if needed & 1 else None,
        products.sum(axis=(0, 3)).reshape(-1) if needed & 2 and weight is not None else None,
        g.sum(axis=(0, 3)).reshape(-1) if needed & 4 and bias is not None else None,
    )


def _group_backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, groups) in enumerate(_GROUPS):
        x = sample_values(shape, dtype, seed)
        grad = sample_values(shape, dtype, seed + 1)
        mean = _statistic((shape[0], groups), dtype, seed + 2)
        rstd = _statistic((shape[0], groups), dtype, seed + 3)
        weight = sample_values(shape[1:2], dtype, seed + 4)
        yield Sample((grad, x, mean, rstd, weight, weight, *_sizes(shape), groups, 7))
        yield Sample((grad, x, mean, rstd, None, None, *_sizes(shape), groups, 1))
        yield Sample((grad, x, mean, rstd, weight, weight, *_sizes(shape), groups, 6))


def _running(channels: int, dtype: str, seed: int) -> tuple[Array, Array]:
    variance = np.abs(sample_values((channels,), dtype, seed + 90)) + 0.5
    return sample_values((channels,), dtype, seed + 80), variance


def _batch_samples(*last: Any) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(_SHAPES):
            x = sample_values(shape, dtype, seed)
            running = _running(shape[1], dtype, seed)
            weight = None
            for weight, bias in _parameters(shape[1], dtype, seed):
                yield Sample((x, weight, bias, *running, False, 0.1, 0.25, *last))
                if x.size:
                    yield Sample((x, weight, bias, None, None, True, 0.1, 0.25, *last))
            if x.size:
                yield Sample((x, weight, None, *running, True, 0.1, 0.25, *last))

    return samples


def _batch_norm(
    x: Array,
    weight: Any,
    bias: Any,
    running_mean: Any,
    running_var: Any,
    training: bool,
    momentum: float,
    eps: float,
    _cudnn: bool = True,
) -> Array:
    if training:
        return _batch_train(x, weight, bias, None, None, momentum, eps)[0]
    return _applied(x, weight, bias, running_mean, 1 / np.sqrt(running_var + eps))


def _native_batch(x: Array, *args: Any) -> tuple[Array, Array, Array]:
    out = _batch_norm(x, *args)
    if not args[4]:
        return out, np.zeros(0), np.zeros(0)
    mean, _, rstd = _measured(x, args[6])
    return out, mean, rstd


def _instance_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, _) in enumerate(_GROUPS):
        x = sample_values(shape, dtype, seed)
        running = _running(shape[1], dtype, seed)
        for weight, bias in _parameters(shape[1], dtype, seed):
            yield Sample((x, weight, bias, None, None, True, 0.1, 0.25, True))
            yield Sample((x, weight, bias, *running, False, 0.1, 0.25, True))
        if dtype != "float64" and x.size:  # leaves that derivatives are checked by cannot be written
            yield Sample((x, *next(_parameters(shape[1], dtype, seed)), *running, True, 0.1, 0.25, True))


def _instance_norm(
    x: Array,
    weight: Any,
    bias: Any,
    running_mean: Any,
    running_var: Any,
    use_input_stats: bool,
    momentum: float,
    eps: float,
    _cudnn: bool,
) -> Array:
    if use_input_stats:
        return _group_norm(x, x.shape[1], weight, bias, eps)
    return _batch_norm(x, weight, bias, running_mean, running_var, False, momentum, eps)


def _response_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, size) in enumerate((((1, 3, 2), 2), ((2, 3, 2, 2), 3), ((2, 5, 1, 2, 2), 1), ((0, 2, 3), 2))):
        yield Sample((sample_values(shape, dtype, seed), size))
        yield Sample((sample_values(shape, dtype, seed), size, 0.5, 0.5, 2.0))


def _response(x: Array, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Array:
    around = [(0, 0), (size // 2, (size - 1) // 2), *[(0, 0)] * (x.ndim - 2)]
    squares = np.pad(x * x, around)
    means = sum(squares[:, j : j + x.shape[1]] for j in range(size)) / size
    if x.dtype.kind == "i":
        means = np.trunc(means)
    return x / (k + alpha * means) ** beta


def _except_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3,), (2, 3), (2, 3, 2))):
        v = sample_values(shape, dtype, seed) + 0.125
        yield Sample((v,))
        for dim in (-1, 0, len(shape) - 1):
            yield Sample((v, 2, dim))
        yield Sample((v, 1, 0))


def _norm_but(v: Array, order: int, dim: int) -> Array:
    over = tuple(d for d in range(v.ndim) if d != dim)
    powers = np.abs(v) ** order
    total = powers if not over else powers.sum(axis=over, keepdims=dim != -1)
    return total ** (1 / order)


def _norm_except(v: Array, order: int = 2, dim: int = 0) -> Array:
    return _norm_but(v, order, dim)


def _weight_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3,), (2, 3), (2, 3, 2))):
        v = sample_values(shape, dtype, seed) + 0.125
        for dim in (-1, 0, len(shape) - 1):
            length = _norm_but(v, 2, dim).shape
            yield Sample((v, sample_values(length, dtype, seed + 1), dim))


def _weight_norm(v: Array, g: Array, dim: int = 0) -> Array:
    return v * (g / _norm_but(v, 2, dim))


_X = sample_values((2, 3, 4), "float32")
_C = sample_values((3,), "float32")
_WRONG = sample_values((4,), "float32")


def _parameter_errors(*rest: Any, groups: tuple[Any, ...] = ()) -> tuple[ErrorCase, ...]:
    return (
        error(RuntimeError, "weight must have one element per channel", _X, *groups, _WRONG, None, *rest),
        error(RuntimeError, "bias must have one element per channel", _X, *groups, _C, _C[:, None], *rest),
        error(RuntimeError, "weight must be computed in the dtype", _X, *groups, Typed(_C, "float64"), None, *rest),
    )


_EVAL = (False, 0.1, 1e-5)
_TRAIN = (True, 0.1, 1e-5)


def _batch_errors(*last: Any) -> tuple[ErrorCase, ...]:
    return (
        *_parameter_errors(_C, _C, *_TRAIN, *last),
        error(RuntimeError, r"the input must be \(N, C", _C, None, None, _C, _C, *_TRAIN, *last),
        error(RuntimeError, "running_mean must have one element", _X, None, None, _WRONG, _C, *_TRAIN, *last),
        error(RuntimeError, "running_var must have one element", _X, None, None, _C, _WRONG, *_EVAL, *last),
        error(RuntimeError, "without training the running", _X, None, None, None, None, *_EVAL, *last),
        error(ValueError, "must be given together", _X, None, None, _C, None, *_TRAIN, *last),
    )


ROWS: tuple[OpRow, ...] = (
    OpRow(
        "batch_norm_train",
        _train_samples,
        _batch_train,
        dtypes=_DTYPES,
        result_dtype=_kept,
        differentiable=True,
        errors=_parameter_errors(None, None, 0.1, 1e-5),
    ),
    OpRow(
        "batch_norm_apply",
        _apply_samples,
        _applied,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            *_parameter_errors(_C, _C),
            error(RuntimeError, "mean must be what the forward returned", _X, None, None, _WRONG, _C),
        ),
    ),
    OpRow(
        "batch_norm_backward",
        _batch_backward_samples,
        _batch_backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "grad must be like the input", _C, _X, _C, _C, None, None, True, 7),
            error(RuntimeError, "rstd must be what the forward returned", _X, _X, _C, _WRONG, None, None, True, 7),
        ),
    ),
    OpRow(
        "native_group_norm",
        _native_group_samples,
        _native_group,
        dtypes=_DTYPES,
        result_dtype=_kept,
        differentiable=True,
        errors=(
            *_parameter_errors(2, 3, 4, 3, 1e-5),
            error(RuntimeError, "must multiply up to the elements", _X, None, None, 2, 3, 5, 3, 1e-5),
            error(ValueError, "sizes must not be negative", _X, None, None, -2, -3, 4, 3, 1e-5),
            error(OverflowError, "does not fit in 64 bits", _X, None, None, 2**40, 2**40, 4, 3, 1e-5),
            error(RuntimeError, "must be positive and divide the channels", _X, None, None, 2, 3, 4, 2, 1e-5),
        ),
    ),
    OpRow(
        "native_group_norm_backward",
        _group_backward_samples,
        _group_backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "mean must be what the forward", _X, _X, _C, _C, None, None, 2, 3, 4, 3, 7),),
    ),
    OpRow(
        "batch_norm",
        _batch_samples(True),
        _batch_norm,
        dtypes=_DTYPES,
        layouts=_WRITABLE,
        differentiable=True,
        errors=_batch_errors(True),
    ),
    OpRow(
        "native_batch_norm",
        _batch_samples(),
        _native_batch,
        dtypes=_DTYPES,
        layouts=_WRITABLE,
        result_dtype=_kept,
        differentiable=True,
        errors=_batch_errors(),
    ),
    OpRow(
        "group_norm",
        _group_samples,
        _group_norm,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            *_parameter_errors(1e-5, groups=(3,)),
            error(RuntimeError, "must be positive and divide the channels", _X, 2),
            error(RuntimeError, "must be positive and divide the channels", _X, -3),
            error(RuntimeError, r"the input must be \(N, C", _C, 1),
        ),
    ),
    OpRow(
        "instance_norm",
        _instance_samples,
        _instance_norm,
        dtypes=_DTYPES,
        layouts=_WRITABLE,
        differentiable=True,
        errors=(
            *_parameter_errors(_C, _C, *_TRAIN, True),
            error(RuntimeError, "running_var must have one element", _X, None, None, _C, _WRONG, *_TRAIN, True),
            error(RuntimeError, "without use_input_stats", _X, None, None, None, None, *_EVAL, True),
            error(ValueError, "must be given together", _X, None, None, None, _C, *_TRAIN, True),
        ),
    ),
    OpRow(
        "local_response_norm",
        _response_samples,
        _response,
        dtypes=("int64", *_DTYPES),
        result_dtype=lambda dtype, s: "float32" if dtype == "int64" and s.args[0].size else dtype,
        differentiable=True,
        errors=(
            error(ValueError, "must be .N, C, ....", _X[0], 2),
            error(RuntimeError, "size must be from 1", _X, 0),
        ),
    ),
    OpRow(
        "norm_except_dim",
        _except_samples,
        _norm_except,
        dtypes=_DTYPES + COMPLEX,
        result_dtype=lambda dtype, _: real_of(dtype),
        differentiable=True,
        errors=(error(IndexError, "out of range", _X, 2, 3),),
    ),
    OpRow(
        "_weight_norm",
        _weight_samples,
        _weight_norm,
        dtypes=_DTYPES + COMPLEX,
        differentiable=True,
        errors=(error(IndexError, "out of range", _X, _C, 3),),
    ),
)
