# SPDX-License-Identifier: Apache-2.0
"""Rows of the losses that ask for a margin between classes, labels, angles or distances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.distance import norm
from vt_core.testing.op_table.loss_pointwise import reduced, signs
from vt_core.testing.op_table.row import FLOATS, HALVES, Array, OpRow, Sample, Typed, error, sample_values

__all__ = ["ROWS"]

_DTYPES = HALVES + FLOATS
_REDUCTIONS = ("mean", "sum", "none")


def _classes(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((4,), (3, 5), (2, 40))):
        target = Typed(np.asarray(np.random.default_rng(seed).integers(0, shape[-1], shape[:-1])), "int64")
        x = sample_values(shape, dtype, seed)
        weight = np.abs(sample_values(shape[-1:], dtype, seed + 7)) + 0.25
        for reduction in _REDUCTIONS:
            yield Sample((x, target, 1, 1.0, None, reduction))
            yield Sample((x, target, 2, 0.625, weight, reduction))


def _multi_margin(x: Array, target: Array, p: int, margin: float, weight: Any, reduction: str) -> Array:
    rows, classes = np.atleast_2d(x), np.atleast_1d(target)
    losses: list[float] = []
    for row, y in zip(rows, classes, strict=True):
        lack = np.maximum(margin - row[y] + np.delete(row, y), 0) ** p
        losses.append(float(lack.sum()) / row.size * (1 if weight is None else weight[y]))
    return reduced(np.asarray(losses).reshape(target.shape), reduction)


def _label_lists(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((4,), (3, 5), (2, 40))):
        labels = np.random.default_rng(seed).integers(0, shape[-1], shape)
        labels[..., 1 + seed :] = np.where(labels[..., 1 + seed :] % 2 == 0, -1, labels[..., 1 + seed :])
        if seed == 1:
            labels[0] = -1
            labels[1, :2] = 3
        for reduction in _REDUCTIONS:
            yield Sample((sample_values(shape, dtype, seed), Typed(labels, "int64"), reduction))


def _multilabel_margin(x: Array, target: Array, reduction: str) -> Array:
    losses: list[float] = []
    for row, labels in zip(np.atleast_2d(x), np.atleast_2d(target), strict=True):
        ends = np.flatnonzero(labels < 0)
        own = labels[: ends[0]] if ends.size else labels
        others = np.asarray([x for k, x in enumerate(row) if k not in own])
        losses.append(sum(float(np.maximum(1 - row[y] + others, 0).sum()) for y in own) / row.size)
    return reduced(np.asarray(losses, dtype=np.float64).reshape(x.shape[:-1]), reduction)


def _vectors(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((4,), (3, 5), (3, 300))):
        pair = sample_values(shape, dtype, seed) + 0.125, sample_values(shape, dtype, seed + 4)
        for reduction in _REDUCTIONS:
            target = Typed(signs(shape[:-1], seed), "float32")
            yield Sample((*pair, target, 0.125 * seed, reduction))
    pair = sample_values((3, 5), dtype, 7), sample_values((3, 5), dtype, 8)
    yield Sample((*pair, Typed(np.array([1, 0, -1]), "int64")))


def _cosine_embedding(a: Array, b: Array, t: Array, margin: float = 0.0, reduction: str = "mean") -> Array:
    cosine = (a * b).sum(-1) / np.sqrt(((a * a).sum(-1) + 1e-12) * ((b * b).sum(-1) + 1e-12))
    return reduced(np.where(t == 1, 1 - cosine, np.where(t == -1, np.maximum(cosine - margin, 0), 0)), reduction)


def _triplets(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((4,), (3, 4), (3, 300))):
        vectors = tuple(sample_values(shape, dtype, seed + k) for k in (0, 10, 20))
        for i, reduction in enumerate(_REDUCTIONS):
            yield Sample((*vectors, 1.5, float(i + 1), 0.125, i != 1, reduction))


def _triplet(
    a: Array, p: Array, n: Array, margin: float, power: float, eps: float, swap: bool, reduction: str
) -> Array:
    to_positive, to_negative = norm(a - p + eps, power), norm(a - n + eps, power)
    if swap:
        to_negative = np.minimum(to_negative, norm(p - n + eps, power))
    return reduced(np.maximum(to_positive - to_negative + margin, 0), reduction)


_A = sample_values((2, 3), "float32")
_T = Typed(np.array([0, 2]), "int64")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "multi_margin_loss",
        _classes,
        _multi_margin,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(ValueError, "p must be 1 or 2: got 3", _A, _T, 3),
            error(RuntimeError, "inconsistent sizes of target: got \\(1,\\)", _A, Typed(np.array([0]), "int64")),
            error(RuntimeError, "weight must have one number for each class", _A, _T, 1, 1.0, np.array([1.0])),
            error(IndexError, "out of", _A, Typed(np.array([0, 3]), "int64")),
            error(RuntimeError, "target must hold classes: got float32", _A, _A[:, 0]),
        ),
    ),
    OpRow(
        "multilabel_margin_loss",
        _label_lists,
        _multilabel_margin,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "inconsistent sizes of target: got \\(2,\\)", _A, _T),),
    ),
    OpRow(
        "cosine_embedding_loss",
        _vectors,
        _cosine_embedding,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "one dimension more than the target", _A, _A, _A),),
    ),
    OpRow(
        "triplet_margin_loss",
        _triplets,
        _triplet,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "as many dimensions", _A, _A[0], _A),),
    ),
)
