# SPDX-License-Identifier: Apache-2.0
"""Rows of grid_sampler and affine_grid_generator."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import FLOATS, HALVES, Array, OpRow, Sample, Typed, error, sample_values

_DTYPES = HALVES + FLOATS


def _element(place: float, size: int, corners: bool) -> float:
    return (place + 1) / 2 * (size - 1) if corners else ((place + 1) * size - 1) / 2


def _inside(x: float, size: int, padding: int, corners: bool) -> float:
    if padding == 0:
        return x
    if padding == 2:
        low, high = (0.0, size - 1.0) if corners else (-0.5, size - 0.5)
        span = high - low
        if span == 0:
            return 0.0
        distance = abs(x - low)
        flips, extra = int(distance // span), distance % span
        x = low + extra if flips % 2 == 0 else high - extra
    return min(max(x, 0.0), size - 1.0)


def _cubic(t: float) -> list[float]:
    def near(x: float) -> float:
        return (1.25 * x - 2.25) * x * x + 1

    def far(x: float) -> float:
        return ((-0.75 * x + 3.75) * x - 6) * x + 3

    return [far(t + 1), near(t), near(1 - t), far(2 - t)]


def _reads(place: float, size: int, mode: int, padding: int, corners: bool) -> list[tuple[int, float]]:
    """Elements and weights along one dimension."""
    x = _element(place, size, corners)
    if mode == 2:
        first = int(np.floor(x))
        taps = [_inside(first - 1 + i, size, padding, corners) for i in range(4)]
        reads = [(int(tap), w) for tap, w in zip(taps, _cubic(x - first), strict=True)]
    else:
        x = _inside(x, size, padding, corners)
        if mode == 1:
            reads = [(int(np.round(x)), 1.0)]
        else:
            first = int(np.floor(x))
            reads = [(first, first + 1 - x), (first + 1, x - first)]
    return [(i, w) for i, w in reads if 0 <= i < size]


def _sample(x: Array, grid: Array, mode: int, padding: int, corners: bool) -> Array:
    out = np.zeros((*x.shape[:2], *grid.shape[1:-1]))
    for n, *at in np.ndindex(*grid.shape[:-1]):
        dims = [
            _reads(float(place), size, mode, padding, corners)
            for place, size in zip(grid[(n, *at)][::-1], x.shape[2:], strict=True)
        ]
        for reads in product(*dims):
            weight = np.prod([w for _, w in reads])
            out[(n, slice(None), *at)] += weight * x[(n, slice(None), *(i for i, _ in reads))]
    return out


def _samples(*ranks: int) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, (rank, mode, padding, corners) in enumerate(product(ranks, range(3), range(3), (True, False))):
            if mode == 2 and rank == 3:
                continue
            sizes, places = ((2, 2, 3, 4), (2, 3, 1)) if rank == 2 else ((1, 2, 2, 3, 2), (1, 2, 1, 2))
            # Away from where derivatives jump, some of them outside.
            whole = np.random.default_rng(seed).integers(-11, 12, (*places, rank)) / 8 + 1 / 64
            grid = np.asarray(whole, np.float64)
            yield Sample((sample_values(sizes, dtype, seed), grid, mode, padding, corners))
        yield Sample(
            (sample_values((1, 0, *(2,) * ranks[0]), dtype), np.zeros((1, *(2,) * ranks[0], ranks[0])), 0, 0, True)
        )

    return samples


def _affine_samples(dtype: str) -> Iterator[Sample]:
    for seed, (size, corners) in enumerate(product(([2, 1, 3, 4], [1, 2, 1, 2], [1, 3, 2, 3, 2]), (True, False))):
        rank = len(size) - 2
        yield Sample((sample_values((size[0], rank, rank + 1), dtype, seed), size, corners))


def _affine(theta: Array, size: list[int], corners: bool) -> Array:
    ends = [np.linspace(-1, 1, n) if n > 1 else np.zeros(1) for n in size[2:]]
    if not corners:
        ends = [end * (n - 1) / n for end, n in zip(ends, size[2:], strict=True)]
    places = np.stack([*np.meshgrid(*ends, indexing="ij")[::-1], np.ones(size[2:])], axis=-1)
    return np.einsum("...j,nij->n...i", places, theta)


_X = sample_values((2, 4, 6, 6), "float32")
_G = np.zeros((2, 3, 3, 2))
_V = sample_values((1, 2, 3, 3, 3), "float32")
_ERRORS = (
    error(RuntimeError, "same batch size", _X, _G[:1], 0, 0, False),
    error(RuntimeError, "to have size 2 in last dimension", _X, _G[..., :1], 0, 0, False),
    error(RuntimeError, "non-empty spatial dimensions", _X[:, :, :0], _G, 0, 0, False),
    error(RuntimeError, "grid of the input's dtype", _X, Typed(_G, "float64"), 0, 0, False),
    error(RuntimeError, "interpolation_mode must be from 0 to 2", _X, _G, 3, 0, False),
    error(RuntimeError, "padding_mode must be from 0 to 2", _X, _G, 0, -1, False),
)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "grid_sampler",
        _samples(2, 3),
        _sample,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            *_ERRORS,
            error(RuntimeError, "bicubic interpolation only supports 4D", _V, np.zeros((1, 2, 2, 2, 3)), 2, 0, False),
            error(RuntimeError, "expected 4D or 5D input", _X[:, 0], _G[:, 0], 0, 0, False),
        ),
    ),
    OpRow("grid_sampler_2d", _samples(2), _sample, dtypes=_DTYPES, differentiable=True, errors=_ERRORS),
    OpRow(
        "grid_sampler_3d",
        _samples(3),
        _sample,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "expected 5D input", _X, _G, 0, 0, False),),
    ),
    OpRow(
        "affine_grid_generator",
        _affine_samples,
        _affine,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "Expected a batch of 2D affine matrices", np.zeros((2, 2, 2)), [2, 1, 3, 3], True),
            error(RuntimeError, "Expected a batch of 3D affine matrices", np.zeros((2, 2, 3)), [2, 1, 3, 3, 3], True),
            error(RuntimeError, "needs 4d", np.zeros((2, 2, 3)), [2, 1, 3], True),
            error(RuntimeError, "must not be negative", np.zeros((2, 2, 3)), [2, 1, -3, 3], True),
        ),
    ),
)
