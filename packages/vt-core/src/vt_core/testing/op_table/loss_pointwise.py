# SPDX-License-Identifier: Apache-2.0
"""Rows of the losses of each element by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    error_of_elements,
    sample_values,
)

__all__ = ["ROWS", "reduced", "signs"]

_DTYPES = HALVES + FLOATS
_SHAPES = ((), (3,), (2, 3), (0, 3), (3, 300))


def reduced(losses: Array, reduction: str) -> Array:
    """The losses, their sum or their mean."""
    return np.asarray({"none": lambda: losses, "mean": losses.mean, "sum": losses.sum}[reduction]())


def _reductions(shape: tuple[int, ...]) -> tuple[str, ...]:
    return ("sum", "none") if 0 in shape else ("mean", "sum", "none")


def signs(shape: tuple[int, ...], seed: int = 0) -> Array:
    """Targets 1 and -1."""
    return np.asarray(np.random.default_rng(seed).integers(0, 2, shape) * 2.0 - 1.0)


def _quarters(shape: tuple[int, ...], seed: int, low: int = 0, high: int = 4) -> Array:
    """Numbers that every dtype holds, from low / 4 to high / 4."""
    return np.asarray(np.random.default_rng(seed).integers(low, high + 1, shape) / 4)


def _apart(dtype: str, seed: int, shape: tuple[int, ...]) -> tuple[Array, Array]:
    return sample_values(shape, dtype, seed), sample_values(shape, dtype, seed + 20)


def _differences(*options: tuple[Any, ...]) -> Samples:
    """Calls (input, target, reduction, *option)."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(_SHAPES):
            for reduction in _reductions(shape):
                yield Sample((*_apart(dtype, seed, shape), reduction, *options[seed % len(options)]))
        for option in options:
            yield Sample((sample_values((2, 3), dtype), sample_values((3,), dtype, 1), "mean", *option))

    return samples


def _smooth_l1(x: Array, y: Array, reduction: str, beta: float = 1.0) -> Array:
    size = abs(x - y)
    return reduced(np.where(size < beta, size**2 / (2 * beta or 1), size - beta / 2), reduction)


def _huber(x: Array, y: Array, reduction: str, delta: float = 1.0) -> Array:
    size = abs(x - y)
    return reduced(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2)), reduction)


def _soft_margin(x: Array, y: Array, reduction: str) -> Array:
    return reduced(np.logaddexp(0, -x * y), reduction)


def _soft_margin_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        for reduction in _reductions(shape):
            yield Sample((sample_values(shape, dtype, seed), signs(shape, seed), reduction))
    yield Sample((np.array([100.0, -100.0, 100.0]), np.array([1.0, 1.0, -1.0]), "none"))


def _with_weight(
    inputs: Callable[[tuple[int, ...], str, int], Array], shapes: tuple[tuple[int, ...], ...] = _SHAPES
) -> Samples:
    """Calls (input, target, weight, reduction) with probabilities as targets."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(shapes):
            # Inside (0, 1) where differences are taken, which must stay probabilities.
            target = _probabilities(shape, dtype, seed + 9) if dtype == "float64" else _quarters(shape, seed + 9)
            for reduction in _reductions(shape):
                yield Sample((inputs(shape, dtype, seed), target, None, reduction))
            if shape and 0 not in shape:
                # A weight has no gradient in PyTorch, here it has that of the product.
                weight = np.abs(sample_values(shape[-1:], dtype, seed + 3)) + 0.25
                yield Sample((inputs(shape, dtype, seed), target, weight, "mean"))

    return samples


def _probabilities(shape: tuple[int, ...], _: str, seed: int) -> Array:
    """Numbers between 0 and 1 that every dtype holds, both left out."""
    return np.asarray(np.random.default_rng(seed).integers(1, 8, shape) / 8)


def _binary_cross_entropies(x: Array, t: Array) -> Array:
    logarithms = np.maximum(np.log(x), -100), np.maximum(np.log1p(-x), -100)
    return -t * logarithms[0] - (1 - t) * logarithms[1]


def _binary_cross_entropy(x: Array, t: Array, weight: Any, reduction: str) -> Array:
    return reduced(_binary_cross_entropies(x, t) * (1 if weight is None else weight), reduction)


def _bce_samples(dtype: str) -> Iterator[Sample]:
    yield from _with_weight(_probabilities)(dtype)
    if dtype != "float64":  # where a logarithm is bounded the gradient is not that of differences
        yield Sample((np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0]), None, "none"))


def _elements(dtype: str) -> Iterator[Sample]:
    for sample in _bce_samples(dtype):
        yield Sample(sample.args[:2])


def _multilabel(x: Array, t: Array, weight: Any, reduction: str) -> Array:
    losses = np.logaddexp(0, -x) * t + np.logaddexp(0, x) * (1 - t)
    return reduced((losses * (1 if weight is None else weight)).mean(-1), reduction)


def _kl_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        x = sample_values(shape, dtype, seed)
        for reduction in _reductions(shape):
            yield Sample((x, _probabilities(shape, dtype, seed), reduction))
            yield Sample((x, sample_values(shape, dtype, seed + 1), reduction), {"log_target": True})
    if dtype != "float64":  # no derivative at zero
        yield Sample((sample_values((4,), dtype), np.array([0.0, 0.5, 0.0, 1.0]), "none"))


def _kl_div(x: Array, t: Array, reduction: str, log_target: bool = False) -> Array:
    if log_target:
        return reduced(np.exp(t) * (t - x), reduction)
    return reduced(np.where(t == 0, 0, t * (np.log(np.where(t == 0, 1, t)) - x)), reduction)


def _poisson_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        counts = _quarters(shape, seed, 2, 13)
        counts = np.asarray(np.where(counts == 1, 1.25, counts))
        for i, reduction in enumerate(_reductions(shape)):
            log_input, full = (i + seed) % 2 == 0, i < 2
            x = sample_values(shape, dtype, seed)
            x = x if log_input else np.asarray(np.abs(x) + 0.25)
            yield Sample((x, counts, log_input, full, 0.125, reduction))


def _poisson(x: Array, t: Array, log_input: bool, full: bool, eps: float, reduction: str) -> Array:
    losses = np.exp(x) - t * x if log_input else x - t * np.log(x + eps)
    if full:
        losses = losses + np.where(t > 1, t * np.log(t) - t + 0.5 * np.log(2 * np.pi * t), 0)
    return reduced(losses, reduction)


def _gaussian_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        for i, reduction in enumerate(_reductions(shape)):
            var = np.asarray(np.abs(sample_values(shape, dtype, seed + 5)) + 0.5)
            yield Sample((*_apart(dtype, seed, shape), var, i == 0, 1e-6, reduction))
    if dtype != "float64":  # below eps the gradient is not that of differences
        yield Sample((*_apart(dtype, 0, (3,)), np.array([0.0, 0.25, 1.0]), False, 0.5, "none"))


def _gaussian(x: Array, y: Array, var: Array, full: bool, eps: float, reduction: str) -> Array:
    held = np.maximum(var, eps)
    return reduced(0.5 * (np.log(held) + (x - y) ** 2 / held + full * np.log(2 * np.pi)), reduction)


def _hinge_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        for reduction in _reductions(shape):
            target = Typed(signs(shape, seed), "float32")
            yield Sample((sample_values(shape, dtype, seed), target, 1.0 + 0.375 * (seed % 2), reduction))
    yield Sample((sample_values((3,), dtype), Typed(np.array([1, 0, -1]), "int64")))


def _hinge(x: Array, t: Array, margin: float = 1.0, reduction: str = "mean") -> Array:
    return reduced(np.where(t != 1, np.maximum(margin - x, 0), 0) + np.where(t != -1, x, 0), reduction)


def _ranking_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        for reduction in _reductions(shape):
            yield Sample((*_apart(dtype, seed, shape), signs(shape, seed), 0.375 * (seed % 2), reduction))


def _ranking(x: Array, y: Array, t: Array, margin: float, reduction: str) -> Array:
    return reduced(np.maximum(-t * (x - y) + margin, 0), reduction)


_A = sample_values((2, 3), "float32")
_REDUCTION = (ValueError, "reduction must be 'none', 'mean' or 'sum'")


def _row(name: str, samples: Samples, reference: Any, *errors: Any, **more: Any) -> OpRow:
    return OpRow(name, samples, reference, dtypes=_DTYPES, differentiable=True, errors=errors, **more)


ROWS: tuple[OpRow, ...] = (
    _row(
        "smooth_l1_loss",
        _differences((1.0,), (0.5,), (0.0,), ()),
        _smooth_l1,
        error(*_REDUCTION, _A, _A, "max"),
        error(RuntimeError, "beta must not be negative: got -1", _A, _A, "mean", -1.0),
    ),
    _row(
        "huber_loss",
        _differences((1.0,), (0.5,), (2.25,), ()),
        _huber,
        error(*_REDUCTION, _A, _A, "max"),
        error(RuntimeError, "delta must be positive: got 0", _A, _A, "mean", 0.0),
    ),
    _row("soft_margin_loss", _soft_margin_samples, _soft_margin, error(*_REDUCTION, _A, _A, "max")),
    _row("elementwise_binary_cross_entropy", _elements, _binary_cross_entropies),
    _row(
        "binary_cross_entropy",
        _bce_samples,
        _binary_cross_entropy,
        error(ValueError, "target must have the sizes of the input", _A, _A[:1]),
        error_of_elements(RuntimeError, "must be probabilities", np.array([0.5, 1.5]), np.array([0.5, 1.0])),
        error_of_elements(RuntimeError, "must be probabilities", np.array([0.5, np.nan]), np.array([0.5, 1.0])),
    ),
    _row(
        "multilabel_soft_margin_loss",
        _with_weight(sample_values, ((3,), (2, 3), (2, 2, 4), (3, 300))),
        _multilabel,
        error(RuntimeError, "dimension of classes", np.array(1.0), np.array(1.0)),
    ),
    _row("kl_div", _kl_samples, _kl_div, error(*_REDUCTION, _A, _A, "batchmean")),
    _row("poisson_nll_loss", _poisson_samples, _poisson, error(*_REDUCTION, _A, _A, True, False, 0.0, "max")),
    _row("gaussian_nll_loss", _gaussian_samples, _gaussian, error(*_REDUCTION, _A, _A, abs(_A), False, 0.1, "max")),
    _row("hinge_embedding_loss", _hinge_samples, _hinge, error(*_REDUCTION, _A, _A, 1.0, "max")),
    _row("margin_ranking_loss", _ranking_samples, _ranking, error(*_REDUCTION, _A, _A, _A, 0.0, "max")),
)
