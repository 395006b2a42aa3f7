# SPDX-License-Identifier: Apache-2.0
"""Rows of the optim family. The tensors of a list are told apart by their sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

_FLOATING = HALVES + FLOATS
_LAYOUTS = ("contiguous", "transposed", "sliced")
_LIST = ((3,), (2, 3), (), (0, 4), (4, 5, 3))


def _tensors(dtype: str, seed: int) -> tuple[Array, ...]:
    return tuple(sample_values(shape, dtype, seed + i) for i, shape in enumerate(_LIST))


def _steps(num_states: int, *options: Mapping[str, Any]) -> Samples:
    """Calls on parameters, gradients and states that are not negative, the last one only where its option asks for it."""

    def samples(dtype: str) -> Iterator[Sample]:
        for option in options:
            given = dict(option)
            used = given.pop("states", num_states)
            states = tuple(tuple(np.asarray(np.abs(x)) for x in _tensors(dtype, 40 + 10 * k)) for k in range(used))
            empty: tuple[tuple[Array, ...], ...] = ((),) * (num_states - used)
            yield Sample((_tensors(dtype, 0), _tensors(dtype, 20), *states, *empty), given)

    return samples


def _sgd(
    params: tuple[Array, ...],
    grads: tuple[Array, ...],
    buffers: tuple[Array, ...],
    *,
    lr: float,
    momentum: float = 0,
    dampening: float = 0,
    weight_decay: float = 0,
    nesterov: bool = False,
    maximize: bool = False,
    is_first_step: bool = False,
) -> tuple[Array, ...]:
    new_params: list[Array] = []
    new_buffers: list[Array] = []
    for i, (p, g) in enumerate(zip(params, grads, strict=True)):
        step = (-g if maximize else g) + weight_decay * p
        if momentum:
            buffer = step if is_first_step else momentum * buffers[i] + (1 - dampening) * step
            new_buffers.append(buffer)
            step = step + momentum * buffer if nesterov else buffer
        new_params.append(p - lr * step)
    return (*new_params, *new_buffers)


def _adam(
    params: tuple[Array, ...],
    grads: tuple[Array, ...],
    means: tuple[Array, ...],
    squares: tuple[Array, ...],
    largest: tuple[Array, ...],
    *,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
    step: float,
    decoupled: bool = True,
    maximize: bool = False,
) -> tuple[Array, ...]:
    written: tuple[list[Array], ...] = ([], [], [], [])
    for i, (p, g) in enumerate(zip(params, grads, strict=True)):
        grad = (-g if maximize else g) + (0 if decoupled else weight_decay) * p
        mean = beta1 * means[i] + (1 - beta1) * grad
        square = beta2 * squares[i] + (1 - beta2) * grad * grad
        used = np.maximum(largest[i], square) if largest else square
        kept = p * (1 - lr * weight_decay) if decoupled else p
        root = np.sqrt(used) / np.sqrt(1 - beta2**step) + eps
        values = (kept - lr / (1 - beta1**step) * mean / root, mean, square, used)
        for each, value in zip(written, values, strict=True):
            each.append(value)
    return tuple(x for each in written[: 4 if largest else 3] for x in each)


def _total_norm(tensors: tuple[Array, ...], norm_type: float = 2.0) -> Array:
    flat = np.concatenate([np.zeros(0), *(x.reshape(-1) for x in tensors)])
    return np.asarray(np.linalg.norm(flat, norm_type))


def _lists(*further: Any) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for arguments in further:
            yield Sample((_tensors(dtype, 3), *arguments))

    return samples


def _clipped(tensors: tuple[Array, ...], norm: Array, max_norm: float) -> tuple[Array, ...]:
    return tuple(x * min(1, max_norm / (float(norm) + 1e-6)) for x in tensors)


def _zeros(tensors: tuple[Array, ...]) -> tuple[Array, ...]:
    return tuple(np.zeros_like(x) for x in tensors)


def _scaled(tensors: tuple[Array, ...], factor: Any) -> tuple[Array, ...]:
    return tuple(x * float(factor) for x in tensors)


def _clamped(tensors: tuple[Array, ...], low: float | None = None, high: float | None = None) -> tuple[Array, ...]:
    return tuple(np.clip(x, low, high) for x in tensors)


_X = np.ones(3)
_ADAM: dict[str, Any] = {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8, "weight_decay": 0.1, "step": 3.0}
_FIVE = ((_X,), (_X,), (_X,), (_X,), ())

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "sgd_step_",
        _steps(
            1,
            {"lr": 0.1, "states": 0},
            {"lr": 0.1, "weight_decay": 0.5, "maximize": True, "states": 0},
            {"lr": 0.1, "momentum": 0.9},
            {"lr": 0.1, "momentum": 0.9, "dampening": 0.5, "weight_decay": 0.1},
            {"lr": 0.1, "momentum": 0.9, "dampening": 0.5, "is_first_step": True},
            {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
            {"lr": 0.1, "momentum": 0.9, "nesterov": True, "is_first_step": True},
        ),
        _sgd,
        dtypes=_FLOATING,
        layouts=_LAYOUTS,
        written=(0, 2),
        errors=(
            error(ValueError, "unequal lengths: got 0 tensors in grads, expected 1", (_X,), (), (), lr=0.1),
            error(RuntimeError, r"got sizes \(2,\) of grads\[0\]", (_X,), (np.ones(2),), (), lr=0.1),
            error(RuntimeError, r"got float64 for grads\[0\]", (_X,), (Typed(_X, "float64"),), (), lr=0.1),
            error(ValueError, "momentum_buffers must be given", (_X,), (_X,), (), lr=0.1, momentum=0.9),
            error(ValueError, "momentum_buffers must be empty", (_X,), (_X,), (_X,), lr=0.1),
            error(
                ValueError,
                "nesterov needs",
                (_X,),
                (_X,),
                (_X,),
                lr=0.1,
                momentum=0.9,
                dampening=0.1,
                nesterov=True,
            ),
        ),
    ),
    OpRow(
        "adamw_step_",
        _steps(
            3,
            {**_ADAM, "states": 2},
            {**_ADAM, "step": 1.0, "beta1": 0.0, "weight_decay": 0.0, "states": 2},
            {**_ADAM, "beta1": 0.3, "maximize": True, "states": 2},
            {**_ADAM, "decoupled": False, "states": 2},
            _ADAM,
            {**_ADAM, "decoupled": False, "maximize": True},
        ),
        _adam,
        dtypes=_FLOATING,
        layouts=_LAYOUTS,
        written=(0, 2, 3, 4),
        errors=(
            error(ValueError, "unequal lengths", (_X,), (_X,), (), (_X,), (), **_ADAM),
            error(RuntimeError, r"of exp_avg_sqs\[0\]", (_X,), (_X,), (_X,), (np.ones(4),), (), **_ADAM),
            error(ValueError, "beta1 and beta2", *_FIVE, **{**_ADAM, "beta2": 1.0}),
            error(ValueError, "step counts from 1", *_FIVE, **{**_ADAM, "step": 0.0}),
        ),
    ),
    OpRow(
        "total_norm",
        _lists((), (1.0,), (3.0,), (0.0,), (float("inf"),), (float("-inf"),)),
        _total_norm,
        dtypes=_FLOATING,
        layouts=(*_LAYOUTS, "expanded"),
        result_dtype=lambda dtype, _: "float64" if dtype == "float64" else "float32",
        errors=(error(ValueError, "norm_type must be a number", (_X,), float("nan")),),
    ),
    OpRow(
        "clip_by_total_norm_",
        _lists((Typed(np.asarray(8.0), "float32"), 2.0), (Typed(np.asarray(0.5), "float64"), 2.0)),
        _clipped,
        dtypes=_FLOATING,
        layouts=_LAYOUTS,
        written=(0,),
        errors=(
            error(ValueError, "total_norm must be one number", (_X,), np.ones(2), 1.0),
            error(ValueError, "total_norm must be one number", (_X,), Typed(np.asarray(1), "int64"), 1.0),
        ),
    ),
    OpRow(
        "clamp_each_",
        _lists((-0.5, 0.25), (None, 0.5), (0, None)),
        _clamped,
        dtypes=_FLOATING,
        layouts=_LAYOUTS,
        written=(0,),
        errors=(error(ValueError, "at least one of min and max", (_X,)),),
    ),
    OpRow(
        "zero_each_",
        _lists(()),
        _zeros,
        layouts=_LAYOUTS,
        written=(0,),
    ),
    OpRow(
        "scale_each_",
        _lists((0.5,), (3,), (Typed(np.asarray(0.25), "float32"),)),
        _scaled,
        dtypes=_FLOATING,
        layouts=_LAYOUTS,
        written=(0,),
        errors=(
            error(ValueError, "factor must be one real number", (_X,), 1j),
            error(ValueError, "factor must be one real number", (_X,), np.ones(2)),
        ),
    ),
)
