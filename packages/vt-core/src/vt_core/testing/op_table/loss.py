# SPDX-License-Identifier: Apache-2.0
"""Rows of the losses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import FLOATS, HALVES, Array, OpRow, Sample, Typed, error, sample_values

_DTYPES = HALVES + FLOATS
_IGNORED = -100

# Sizes of logits, (C,), (N, C) or (N, C, d1, ...).
_LOGITS = ((4,), (3, 5), (2, 3, 4), (2, 3, 2, 2), (5, 40), (3, 300))


def _targets(shape: tuple[int, ...], seed: int, ignored: int) -> Typed:
    """Classes, every fourth of them ignored."""
    rows = () if len(shape) == 1 else (shape[0], *shape[2:])
    num_classes = shape[0] if len(shape) == 1 else shape[1]
    targets = np.random.default_rng(seed).integers(0, num_classes, rows)
    if rows:
        targets.reshape(-1)[3::4] = ignored
    return Typed(np.asarray(targets, dtype=np.int64), "int64")


def _options(shape: tuple[int, ...], dtype: str, seed: int) -> Iterator[tuple[Any, int, str, float]]:
    for reduction in ("mean", "sum", "none"):
        yield None, _IGNORED, reduction, 0.0
    yield None, 2, "mean", 0.25
    # Class weights have no gradient: none are given where they would be taken for a leaf and checked.
    if dtype != "float64" or np.prod(shape) > 64:
        weight = np.abs(sample_values((shape[0] if len(shape) == 1 else shape[1],), dtype, seed + 70)) + 0.25
        for reduction, smoothing in (("mean", 0.0), ("none", 0.25), ("mean", 0.25)):
            yield weight, _IGNORED, reduction, smoothing


def _samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_LOGITS):
        for options in _options(shape, dtype, seed):
            yield Sample((sample_values(shape, dtype, seed), _targets(shape, seed, options[1]), *options))


def _probability_samples(dtype: str) -> Iterator[Sample]:
    """Probabilities of classes as targets."""
    for seed, shape in enumerate(_LOGITS):
        draws = np.random.default_rng(seed).integers(0, 5, shape) / 4
        weight = np.abs(sample_values((shape[0] if len(shape) == 1 else shape[1],), dtype, seed + 70)) + 0.25
        x = sample_values(shape, dtype, seed)
        for reduction in ("mean", "sum", "none"):
            yield Sample((x, draws, None, _IGNORED, reduction, 0.0))
        yield Sample((x, draws, weight, _IGNORED, "mean", 0.25))


def _all_samples(dtype: str) -> Iterator[Sample]:
    yield from _samples(dtype)
    yield from _probability_samples(dtype)


def _of_probabilities(x: Array, target: Array, weight: Any, reduction: str, e: float) -> Array:
    logits, shares = _rows(x), _rows(target)
    shares = (1 - e) * shares + e / logits.shape[-1]
    greatest = logits.max(axis=-1, keepdims=True)
    log_softmax = logits - greatest - np.log(np.exp(logits - greatest).sum(axis=-1, keepdims=True))
    return _reduced(-(shares * log_softmax * (1 if weight is None else weight)).sum(-1), reduction)


def _public(x: Array, target: Array, weight: Any, ignore_index: int, reduction: str, e: float) -> Array:
    if x.shape == target.shape:
        return _of_probabilities(x, target, weight, reduction, e)
    return _cross_entropy(x, target, weight, ignore_index, reduction, e)[0]


def _rows(x: Array) -> Array:
    """The logits with their classes last."""
    return x if x.ndim == 1 else np.moveaxis(x, 1, -1)


def _cross_entropy(
    x: Array, target: Array, weight: Any = None, ignore_index: int = _IGNORED, reduction: str = "mean", e: float = 0.0
) -> tuple[Array, Array, Array, None]:
    logits = _rows(x)
    num_classes = logits.shape[-1]
    weights = np.ones(num_classes) if weight is None else weight
    greatest = logits.max(axis=-1, keepdims=True)
    lse = (np.log(np.exp(logits - greatest).sum(axis=-1, keepdims=True)) + greatest)[..., 0]
    counted = target != ignore_index
    classes = np.where(counted, target, 0)
    hit = np.take_along_axis(logits, classes[..., None], axis=-1)[..., 0]
    own = np.where(counted, weights[classes], 0)
    spread = (weights.sum() * lse - (logits * weights).sum(axis=-1)) * e / num_classes
    losses = np.where(counted, (1 - e) * own * (lse - hit) + spread, 0)
    total = own.sum()
    loss = {"none": losses, "sum": losses.sum(), "mean": losses.sum() / total}[reduction]
    return np.asarray(loss), np.asarray(lse), np.asarray(total), None


def _statistics(dtype: str, _: Sample) -> tuple[str, str, str, str]:
    wide = "float32" if dtype in HALVES else dtype
    return dtype, wide, wide, dtype


def _backward_samples(dtype: str) -> Iterator[Sample]:
    wide = np.float64 if dtype == "float64" else np.float32
    for seed, shape in enumerate(_LOGITS):
        rows = () if len(shape) == 1 else (shape[0], *shape[2:])
        for weight, ignored, reduction, e in _options(shape, dtype, seed):
            lse = np.asarray(np.abs(sample_values(rows, "float32", seed + 5)) + 3).astype(wide)
            total = np.asarray(2.5, dtype=wide)
            grad = sample_values(rows if reduction == "none" else (), dtype, seed + 6)
            yield Sample(
                (
                    grad,
                    sample_values(shape, dtype, seed),
                    _targets(shape, seed, ignored),
                    weight,
                    Typed(lse, wide.__name__),
                    Typed(total, wide.__name__),
                    reduction,
                    ignored,
                    e,
                )
            )


def _backward(
    grad: Array,
    x: Array,
    target: Array,
    weight: Any,
    lse: Array,
    total: Array,
    reduction: str,
    ignore_index: int,
    e: float,
) -> Array:
    logits = _rows(x)
    num_classes = logits.shape[-1]
    weights = np.ones(num_classes) if weight is None else weight
    counted = target != ignore_index
    classes = np.where(counted, target, 0)
    scale = (grad / total if reduction == "mean" else grad) * counted
    own = (1 - e) * weights[classes]
    powers = np.exp(logits - np.asarray(lse)[..., None])
    out = (own + e / num_classes * weights.sum())[..., None] * powers - e / num_classes * weights
    out = (out - own[..., None] * np.eye(num_classes)[classes]) * scale[..., None]
    return out if x.ndim == 1 else np.moveaxis(out, -1, 1)


def _nll_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_LOGITS):
        for weight, ignored, reduction, smoothing in _options(shape, dtype, seed):
            if smoothing == 0:
                yield Sample(
                    (sample_values(shape, dtype, seed), _targets(shape, seed, ignored), weight, ignored, reduction)
                )


def _nll(x: Array, target: Array, weight: Any, ignore_index: int, reduction: str) -> Array:
    logits = _rows(x)
    counted = target != ignore_index
    classes = np.where(counted, target, 0)
    weights = np.ones(logits.shape[-1]) if weight is None else weight
    own = np.where(counted, weights[classes], 0)
    losses = -np.take_along_axis(logits, classes[..., None], axis=-1)[..., 0] * own
    return np.asarray({"none": losses, "sum": losses.sum(), "mean": losses.sum() / own.sum()}[reduction])


def _reduced(losses: Array, reduction: str) -> Array:
    return np.asarray({"none": lambda: losses, "mean": losses.mean, "sum": losses.sum}[reduction]())


def _mse(x: Array, y: Array, reduction: str) -> Array:
    return _reduced((x - y) ** 2, reduction)


def _l1(x: Array, y: Array, reduction: str) -> Array:
    return _reduced(abs(x - y), reduction)


def _pairs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (3, 300))):
        for reduction in ("mean", "sum", "none"):
            yield Sample((sample_values(shape, dtype, seed), sample_values(shape, dtype, seed + 20), reduction))
    yield Sample((sample_values((2, 3), dtype), sample_values((3,), dtype, 1), "mean"))


def _binary_pairs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (3, 300))):
        x = sample_values(shape, dtype, seed)
        target = np.asarray(np.random.default_rng(seed).integers(0, 5, shape) / 4)
        for reduction in ("mean", "sum", "none"):
            yield Sample((x, target, None, None, reduction))
        if shape:
            weight = np.abs(sample_values(shape[-1:], dtype, seed + 3)) + 0.25
            yield Sample((x, target, weight, None, "mean"))
            yield Sample((x, target, None, weight, "mean"))


def _binary(x: Array, target: Array, weight: Any, pos_weight: Any, reduction: str) -> Array:
    positive = np.log1p(np.exp(-np.abs(x))) + np.maximum(-x, 0)
    losses = (1 - target) * x + (1 + ((1 if pos_weight is None else pos_weight) - 1) * target) * positive
    return _reduced(losses * (1 if weight is None else weight), reduction)


_A = sample_values((2, 3), "float32")
_ONE = np.asarray(1.0)
_T = Typed(np.array([0, 2]), "int64")
_BAD_T = Typed(np.array([0, 3]), "int64")

_LOSS_ERRORS = (
    error(RuntimeError, "target must have the sizes", _A, Typed(np.array([0, 2, 1]), "int64"), None, -100, "mean", 0.0),
    error(
        RuntimeError,
        "target must hold class indices: got int32",
        _A,
        Typed(np.array([0, 2]), "int32"),
        None,
        -100,
        "mean",
        0.0,
    ),
    error(
        RuntimeError,
        "weight must have one number for each class",
        _A,
        _T,
        sample_values((2,), "float32"),
        -100,
        "mean",
        0.0,
    ),
    error(ValueError, "reduction must be 'none', 'mean' or 'sum': got 'max'", _A, _T, None, -100, "max", 0.0),
    error(RuntimeError, "label_smoothing must be between 0 and 1", _A, _T, None, -100, "mean", 1.5),
    error(IndexError, "^cross_entropy: Target 3 is out of bounds: .* from 0 to 2", _A, _BAD_T, None, -100, "mean", 0.0),
)
_REDUCTION_ERROR = error(ValueError, "reduction must be 'none', 'mean' or 'sum'", _A, _A, "max")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "cross_entropy",
        _all_samples,
        _public,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            *_LOSS_ERRORS,
            error(RuntimeError, "must hold class probabilities: got int64", _A, Typed(np.ones((2, 3)), "int64")),
        ),
    ),
    OpRow(
        "native_cross_entropy",
        _samples,
        _cross_entropy,
        dtypes=_DTYPES,
        result_dtype=_statistics,
        differentiable=True,
        errors=_LOSS_ERRORS,
    ),
    OpRow(
        "native_cross_entropy_backward",
        _backward_samples,
        _backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "grad has the wrong sizes", _A, _A, _T, None, _A[:, 0], _ONE, "mean", -100, 0.0),
            error(RuntimeError, "lse has the wrong sizes", _ONE, _A, _T, None, _A, _ONE, "mean", -100, 0.0),
        ),
    ),
    OpRow(
        "nll_loss",
        _nll_samples,
        _nll,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "target must hold class indices: got float32", _A, _A[:, 0]),
            error(ValueError, "reduction must be 'none', 'mean' or 'sum'", _A, _T, None, -100, "max"),
            error(IndexError, "^nll_loss: index 3 is out of bounds for dimension 1 with size 3", _A, _BAD_T),
        ),
    ),
    OpRow(
        "mse_loss",
        _pairs,
        _mse,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(_REDUCTION_ERROR,),
    ),
    OpRow(
        "l1_loss",
        _pairs,
        _l1,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(_REDUCTION_ERROR,),
    ),
    OpRow(
        "binary_cross_entropy_with_logits",
        _binary_pairs,
        _binary,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(ValueError, "target must have the sizes of the input", _A, _A[:1]),),
    ),
)
