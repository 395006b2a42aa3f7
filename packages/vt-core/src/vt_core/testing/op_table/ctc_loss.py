# SPDX-License-Identifier: Apache-2.0
"""Rows of connectionist temporal classification, against the sum over all paths."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    FLOATS,
    HALVES,
    Array,
    OpRow,
    Sample,
    Typed,
    error,
    error_of_elements,
    sample_values,
)

__all__ = ["ROWS"]


def _log_softmax(x: Any) -> Any:
    """Of tensors: what the gradient is defined for."""
    return x.log_softmax(-1)


def _normalised(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    x = sample_values(shape, dtype, seed)
    x = x - np.log(np.exp(x).sum(-1, keepdims=True))
    return x if dtype == "float64" else x.astype(np.float16 if dtype in HALVES else np.float32).astype(np.float64)


# Labels of two entries, lengths of their times and of themselves. The last ones are too many for their times.
_CASES: tuple[tuple[Array, tuple[int, ...], tuple[int, ...]], ...] = (
    (np.array([[1, 2], [2, 1]]), (4, 4), (2, 2)),
    (np.array([[1, 1, 9], [2, 9, 9]]), (4, 3), (2, 1)),
    (np.array([1, 2, 2]), (4, 2), (2, 1)),
    (np.array([[0, 0], [0, 0]]), (2, 0), (0, 0)),
    (np.array([[1, 2], [1, 1]]), (3, 2), (2, 2)),
)


def _native(dtype: str) -> Iterator[Sample]:
    for seed, (targets, times, labels) in enumerate(_CASES):
        p = _normalised((4, 2, 3), dtype, seed)
        for zero_infinity in (False, True):
            if dtype != "float64" or zero_infinity or seed < 4:  # no derivative at infinity
                yield Sample((p, Typed(targets, "int64"), times, labels, 0, zero_infinity))
    yield Sample((_normalised((3, 1, 3), dtype, 9), Typed(np.array([[0, 1]]), "int32"), (3,), (2,), 2, False))


def _spelled(path: Sequence[int], blank: int) -> list[int]:
    return [label for label, _ in itertools.groupby(path) if label != blank]


def _likelihood(p: Array, labels: list[int], blank: int) -> float:
    paths = itertools.product(range(p.shape[1]), repeat=len(p))
    return sum(float(np.exp(p[range(len(p)), path].sum())) for path in paths if _spelled(path, blank) == labels)


def _losses(p: Array, targets: Array, times: Any, lengths: Any, blank: int, zero_infinity: bool) -> Array:
    starts = np.cumsum([0, *lengths])
    losses: list[float] = []
    for n, (end, length) in enumerate(zip(times, lengths, strict=True)):
        labels = targets[n, :length] if targets.ndim == 2 else targets[starts[n] : starts[n] + length]
        likelihood = _likelihood(p[:end, n], [int(x) for x in labels], blank)
        losses.append(-float(np.log(likelihood)) if likelihood else 0.0 if zero_infinity else np.inf)
    return np.asarray(losses)


def _backward(dtype: str) -> Iterator[Sample]:
    for seed, sample in enumerate(_native("float64")):  # those without infinite losses
        yield Sample((sample_values((sample.args[0].shape[1],), dtype, seed), *sample.args))


def _gradient(grad: Array, p: Array, targets: Array, times: Any, lengths: Any, blank: int, _: bool) -> Array:
    """Differences of the loss of p normalised again."""
    step, out = 1e-5, np.zeros_like(p)

    def loss(moved: Array) -> Array:
        moved = moved - np.log(np.exp(moved).sum(-1, keepdims=True))
        return _losses(moved, targets, times, lengths, blank, True)

    for at in np.ndindex(*p.shape):
        difference = np.zeros_like(p)
        difference[at] = step
        out[at] = ((loss(p + difference) - loss(p - difference)) / (2 * step) * grad).sum()
    return out


def _public(dtype: str) -> Iterator[Sample]:
    for seed, (targets, times, labels) in enumerate(_CASES):
        for reduction in ("mean", "sum", "none"):
            lengths = Typed(np.array(times), "int64"), Typed(np.array(labels), "int32")
            yield Sample((_normalised((4, 2, 3), dtype, seed), Typed(targets, "int64"), *lengths, 0, reduction, True))
    alone = Typed(np.array(3), "int64"), Typed(np.array([2]), "int64")
    for reduction in ("mean", "none"):
        yield Sample((_normalised((3, 3), dtype, 7), Typed(np.array([1, 2]), "int64"), *alone, 0, reduction))


def _ctc(
    p: Array,
    targets: Array,
    times: Any,
    lengths: Any,
    blank: int,
    reduction: str,
    zero_infinity: bool = False,
) -> Array:
    times, lengths = np.atleast_1d(np.asarray(times)), np.atleast_1d(np.asarray(lengths))
    if p.ndim == 2:
        losses = _losses(p[:, None], targets[None], times, lengths, blank, zero_infinity)
    else:
        losses = _losses(p, targets, times, lengths, blank, zero_infinity)
    if reduction == "mean":
        return np.asarray((losses / np.maximum(lengths, 1)).mean())
    losses = losses[0] if p.ndim == 2 else losses
    return np.asarray(losses if reduction == "none" else losses.sum())


def _lists(dtype: str) -> Iterator[Sample]:
    for sample in _public(dtype):
        p, targets, times, lengths, *rest = sample.args
        if p.ndim == 3:
            yield Sample((p, targets, tuple(times.array.tolist()), tuple(lengths.array.tolist()), *rest))


_P = _normalised((4, 2, 3), "float32", 0)
_T = Typed(np.array([[1, 2], [2, 1]]), "int64")
_ERRORS = (
    error(RuntimeError, "blank must be in label range", _P, _T, (4, 4), (2, 2), 3, False),
    error(RuntimeError, "input_lengths must be of size batch_size: got 1", _P, _T, (4,), (2, 2), 0, False),
    error(RuntimeError, "input_lengths must have values from 0 to 4: got 5", _P, _T, (4, 5), (2, 2), 0, False),
    error(RuntimeError, "targets must be \\(N, S\\)", _P, _T, (4, 4), (2, 3), 0, False),
    error_of_elements(RuntimeError, "a target is no label: got 2", _P[..., :2], _T, (4, 4), (2, 2), 0, False),
    error(RuntimeError, "log_probs must be \\(T, N, C\\)", _P[0], _T, (4, 4), (2, 2), 0, False),
)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "_ctc_loss",
        _native,
        _losses,
        dtypes=FLOATS,
        layouts=("contiguous", "transposed", "sliced"),
        differentiable=True,
        twice_differentiable=False,
        to_domain=_log_softmax,
        errors=_ERRORS,
    ),
    OpRow(
        "_ctc_loss_backward",
        _backward,
        _gradient,
        dtypes=FLOATS,
        layouts=("contiguous", "transposed", "sliced"),
        differentiable=True,
        errors=(error(RuntimeError, "grad must have one number", np.array(1.0), _P, _T, (4, 4), (2, 2), 0, False),),
    ),
    OpRow(
        "ctc_loss",
        _public,
        _ctc,
        dtypes=HALVES + FLOATS,
        layouts=("contiguous", "transposed", "sliced"),
        differentiable=True,
        twice_differentiable=False,
        to_domain=_log_softmax,
        errors=(
            error(RuntimeError, "input_lengths must be integers", _P, _T, np.array([4.0, 4.0]), np.array([2.0, 2.0])),
        ),
    ),
    OpRow(
        "ctc_loss.lists",
        _lists,
        _ctc,
        dtypes=HALVES + FLOATS,
        layouts=("contiguous", "transposed", "sliced"),
        differentiable=True,
        twice_differentiable=False,
        to_domain=_log_softmax,
        errors=(error(ValueError, "reduction must be", _P, _T, (4, 4), (2, 2), 0, "max"),),
    ),
)
