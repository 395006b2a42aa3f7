# SPDX-License-Identifier: Apache-2.0
"""Rows of distances and similarities of vectors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.row import FLOATS, HALVES, Array, OpRow, Sample, error, sample_values

__all__ = ["ROWS", "norm"]

_DTYPES = HALVES + FLOATS
# Where coordinates are alike a norm may have no derivative.
_UNLIKE = ("contiguous", "transposed", "sliced")
_POWERS = (2.0, 1.0, 3.0, float("inf"), 0.0, 1.5)


def norm(x: Array, p: float, keepdim: bool = False) -> Array:
    """The p-norm along the last dimension."""
    if p == 0:
        return np.asarray((x != 0).sum(-1, keepdims=keepdim), dtype=np.float64)
    if np.isinf(p):
        return np.asarray(np.abs(x).max(-1, keepdims=keepdim))
    return np.asarray((np.abs(x) ** p).sum(-1, keepdims=keepdim) ** (1 / p))


def _pairs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((4,), (3, 5), (2, 3, 4), (3, 300))):
        for p in _POWERS:
            yield Sample((sample_values(shape, dtype, seed), sample_values(shape, dtype, seed + 9), p, 0.125, seed > 1))
    yield Sample((sample_values((3, 4), dtype), sample_values((4,), dtype, 1)))


def _pairwise(a: Array, b: Array, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> Array:
    return norm(a - b + eps, p, keepdim)


def _directions(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate((((4,), 0), ((3, 5), 1), ((3, 5), 0), ((2, 3, 4), -2), ((2, 300), 1))):
        a, b = sample_values(shape, dtype, seed) + 0.125, sample_values(shape, dtype, seed + 9)
        yield Sample((a, b, dim))
        if dtype != "float64":  # below eps the gradient is not that of differences
            yield Sample((a, b, dim, 2.5))
    yield Sample((sample_values((3, 1, 4), dtype), sample_values((2, 4), dtype, 1), 2))
    yield Sample((sample_values((3, 4), dtype), sample_values((1, 4), dtype, 1)))


def _cosine(a: Array, b: Array, dim: int = 1, eps: float = 1e-8) -> Array:
    a, b = np.broadcast_arrays(a, b)
    lengths = [np.maximum(np.sqrt((x * x).sum(dim, keepdims=True)), eps) for x in (a, b)]
    return np.asarray((a / lengths[0] * b / lengths[1]).sum(dim))


def _matrices(dtype: str) -> Iterator[Sample]:
    for seed, (a, b) in enumerate(
        (((3, 4), (2, 4)), ((2, 1, 2, 3), (3, 4, 3)), ((0, 3), (2, 3)), ((3, 300), (4, 300)))
    ):
        for p in _POWERS:
            yield Sample((sample_values(a, dtype, seed), sample_values(b, dtype, seed + 9), p))
    yield Sample((sample_values((30, 2), dtype), sample_values((2, 2), dtype, 1)))
    for mode in ("use_mm_for_euclid_dist", "donot_use_mm_for_euclid_dist"):
        yield Sample((sample_values((4, 3), dtype), sample_values((2, 3), dtype, 1), 2.0, mode))


def _cdist(a: Array, b: Array, p: float = 2.0, _: str = "") -> Array:
    return norm(a[..., :, None, :] - b[..., None, :, :], p)


def _rows(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((4, 3), (1, 3), (0, 3), (6, 40))):
        for p in _POWERS:
            yield Sample((sample_values(shape, dtype, seed), p))


def _pdist(x: Array, p: float = 2.0) -> Array:
    i, j = np.triu_indices(len(x), 1)
    return norm(x[i] - x[j], p)


_A = sample_values((2, 3), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "pairwise_distance",
        _pairs,
        _pairwise,
        dtypes=_DTYPES,
        layouts=_UNLIKE,
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast", _A, _A[:, :2]),),
    ),
    OpRow(
        "cosine_similarity",
        _directions,
        _cosine,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast \\(2, 3\\) with \\(2,\\)", _A, _A[:, 0]),),
    ),
    OpRow(
        "cdist",
        _matrices,
        _cdist,
        dtypes=_DTYPES,
        layouts=_UNLIKE,
        differentiable=True,
        errors=(
            error(RuntimeError, "as many columns: got \\(2, 3\\) and \\(2, 2\\)", _A, _A[:, :2]),
            error(RuntimeError, "p must not be negative", _A, _A, -1.0),
            error(ValueError, "compute_mode is none of", _A, _A, 2.0, "best"),
        ),
    ),
    OpRow(
        "pdist",
        _rows,
        _pdist,
        dtypes=_DTYPES,
        layouts=_UNLIKE,
        differentiable=True,
        errors=(
            error(RuntimeError, "self must be a matrix: got \\(2,\\)", _A[:, 0]),
            error(RuntimeError, "p must not be negative", _A, -1.0),
        ),
    ),
)
