# SPDX-License-Identifier: Apache-2.0
"""Rows of the embedding family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import COMPLEX, FLOATS, HALVES, Array, OpRow, Sample, Typed, error, sample_values


def _indices(values: Any, dtype: str = "int64") -> Typed:
    return Typed(np.array(values, dtype), dtype)


_TABLE = sample_values((5, 3), "float32")
_LOOKED_UP: tuple[tuple[Typed, int | None], ...] = (
    (_indices([4, 0, 4, 4]), None),
    (_indices([[1, 2], [0, 1]]), 1),
    (_indices(3), -1),
    (_indices([0, 4], "int32"), None),
    (_indices(np.zeros((0, 2))), None),
)


def _look_ups(dtype: str) -> Iterator[Sample]:
    for indices, _ in _LOOKED_UP:
        yield Sample((sample_values((5, 3), dtype), indices))
    yield Sample((sample_values((30, 40), dtype), _indices(np.arange(500) * 11 % 30)))


def _embedding(weight: Array, indices: Array) -> Array:
    return weight[indices]


def _gradients(dtype: str) -> Iterator[Sample]:
    for indices, padding in _LOOKED_UP:
        yield Sample((sample_values((*indices.array.shape, 3), dtype), indices, 5, padding))
    yield Sample((sample_values((90, 40), dtype), _indices(np.arange(90) * 11 % 30), 30))


def _embedding_backward(grad: Array, indices: Array, num_weights: int, padding_idx: int | None = None) -> Array:
    out = np.zeros((num_weights, grad.shape[-1]))
    np.add.at(out, indices, grad)
    if padding_idx is not None:
        out[padding_idx] = 0
    return out


def _one_hot(x: Array, num_classes: int) -> Array:
    return np.eye(num_classes, dtype=np.int64)[x]


def _renorm(weight: Array, indices: Array, max_norm: float, norm_type: float) -> Array:
    out = np.array(weight)
    for row in np.unique(indices):
        norm = float((np.abs(weight[row]) ** norm_type).sum() ** (1 / norm_type))
        if norm > max_norm:
            out[row] = weight[row] * (max_norm / (norm + 1e-7))
    return out


def _renorms(dtype: str) -> Iterator[Sample]:
    for indices in (_indices([4, 0, 4]), _indices([[1, 2], [0, 1]]), _indices(3), _indices([], "int32")):
        yield Sample((sample_values((5, 3), dtype), indices, 1.0, 2.0))
        yield Sample((sample_values((5, 3), dtype), indices, 1.5, 1.0))


ROWS = (
    OpRow(
        "embedding",
        _look_ups,
        _embedding,
        differentiable=True,
        errors=(
            error(RuntimeError, "two dimensions", sample_values((3,), "float32"), _indices([0])),
            error(RuntimeError, "padding_idx is out of range: got 5", _TABLE, _indices([0]), 5),
            error(RuntimeError, "must be int64 or int32: got float32", _TABLE, Typed(np.zeros(1), "float32")),
            error(NotImplementedError, "sparse is not implemented", _TABLE, _indices([0]), sparse=True),
        ),
    ),
    OpRow(
        "embedding_backward",
        _gradients,
        _embedding_backward,
        dtypes=HALVES + FLOATS,
        differentiable=True,
        errors=(
            error(RuntimeError, r"got \(5, 3\) and \(1,\)", _TABLE, _indices([0]), 5),
            error(ValueError, "must not be negative", _TABLE[:1], _indices([0]), -1),
        ),
    ),
    OpRow(
        "embedding_renorm_",
        _renorms,
        _renorm,
        dtypes=HALVES + FLOATS + COMPLEX,
        errors=(
            error(RuntimeError, "two dimensions", sample_values((3,), "float32"), _indices([0]), 1.0, 2.0),
            error(IndexError, "index 5 is out of bounds", _TABLE, _indices([0, 5]), 1.0, 2.0),
        ),
    ),
    OpRow(
        "one_hot",
        lambda dtype: (Sample((np.array(x, dtype), 4)) for x in ([0, 3, 1], [[2, 2], [0, 1]], 3, [])),
        _one_hot,
        dtypes=("int32", "int64"),
        result_dtype=lambda _dtype, _sample: "int64",
        errors=(error(RuntimeError, "must be positive", _indices([0]), 0),),
    ),
)
