# SPDX-License-Identifier: Apache-2.0
"""Rows of the counts of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.reduce import REAL
from vt_core.testing.op_table.row import FLOATS, INTEGERS, Array, ErrorCase, OpRow, Sample, Typed, error, sample_values


def _numbers(dtype: str) -> Iterator[Sample]:
    for seed, size in enumerate((1, 5, 300)):
        numbers = np.random.default_rng(seed).integers(0, 9, size).astype(dtype)
        yield Sample((numbers,))
        yield Sample((numbers,), {"minlength": 20})
        for kind in ("float32", "float64", "int64"):
            yield Sample((numbers, Typed(np.arange(size) % 5 / (1 if kind == "int64" else 4), kind)))
    yield Sample((np.zeros((0,), dtype), None, 3))


def _bincount(x: Array, weights: Array | None = None, minlength: int = 0) -> Array:
    return np.bincount(x.astype(np.int64), weights, minlength)


def _bincount_dtype(_: str, sample: Sample) -> str:
    weights = sample.args[1] if len(sample.args) > 1 else None
    if not isinstance(weights, Typed):
        return "int64"
    return "float32" if weights.dtype == "float32" else "float64"


def _histc_samples(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((9,), (2, 3), (40, 7), ())):
        x = sample_values(shape, dtype, seed)
        yield Sample((x, 5, -2, 2))
        yield Sample((x, 4))
    yield Sample((np.zeros((0,)), 3))
    yield Sample((np.ones((4,)), 3))


def _histc(x: Array, bins: int = 100, low: float = 0, high: float = 0) -> Array:
    if low == high and x.size:
        low, high = float(x.min()), float(x.max())
    if low == high:
        low, high = low - 1, high + 1
    inside = x[(x >= low) & (x <= high)]
    places = np.minimum((inside - low) / (high - low) * bins, bins - 1).astype(np.int64)
    return np.bincount(places, minlength=bins).astype(np.float64)


def _bins(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((9,), (2, 3), (40, 7), (0,))):
        edges = np.array([-1.5, -0.25, 0.0, 0.5, 2.0])
        yield Sample((sample_values(shape, dtype, seed), edges), {"density": seed % 2 == 1 and shape != (0,)})
    x = sample_values((30,), dtype, 5)
    yield Sample((x, np.array([-1.0, 0.5, 1.0])), {"weight": Typed(np.arange(30) / 4, dtype)})


def _counts(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((9,), (2, 3), (40, 7), (0,))):
        yield Sample((sample_values(shape, dtype, seed), 5), {"density": seed % 2 == 1 and shape != (0,)})
    x = sample_values((30,), dtype, 5)
    yield Sample((x, 3), {"range": (-1.0, 1.5), "weight": Typed(np.arange(30) / 4, dtype)})
    yield Sample((np.ones((4,)), 3))


def _histogram(x: Array, bins: Any = 100, *, density: bool = False, weight: Array | None = None, **options: Any) -> Any:
    flat = None if weight is None else weight.reshape(-1)
    counts, edges = np.histogram(x.reshape(-1), bins, weights=flat, density=density, range=options.get("range"))
    return counts.astype(np.float64), edges.astype(np.float64)


def _both(dtype: str, _: Sample) -> tuple[str, str]:
    return dtype, dtype


_A = sample_values((2, 3), "float32")
_EDGES = np.array([0.0, 1.0], np.float32)
_LAYOUTS = ("contiguous",)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "bincount",
        _numbers,
        _bincount,
        dtypes=INTEGERS,
        result_dtype=_bincount_dtype,
        layouts=("contiguous", "sliced"),
        errors=(
            ErrorCase(Sample((np.array([1, -1]),)), RuntimeError, "non-negative", "int64"),
            ErrorCase(Sample((np.array([[1]]),)), RuntimeError, "only 1-d", "int64"),
            ErrorCase(Sample((np.array([1]), np.array([1, 2]))), RuntimeError, "same length as input", "int64"),
            ErrorCase(Sample((np.array([1]), None, -1)), RuntimeError, "minlength", "int64"),
        ),
    ),
    OpRow(
        "histc",
        _histc_samples,
        _histc,
        dtypes=REAL,
        errors=(
            error(RuntimeError, "bins must be > 0", _A, 0),
            error(RuntimeError, "max must be larger than min", _A, 3, 2, 1),
            error(RuntimeError, "not finite", np.array([np.inf], np.float32), 3),
        ),
    ),
    OpRow(
        "histogram",
        _bins,
        _histogram,
        dtypes=FLOATS,
        result_dtype=_both,
        layouts=_LAYOUTS,
        errors=(
            error(RuntimeError, "at least two edges", _A, _A),
            error(RuntimeError, "weight must have as many elements", _A, _EDGES, weight=Typed(np.ones(3), "float32")),
            error(RuntimeError, "weight must have the dtype", _A, _EDGES, weight=Typed(np.ones((2, 3)), "float64")),
        ),
    ),
    OpRow(
        "histogram.count",
        _counts,
        _histogram,
        dtypes=FLOATS,
        result_dtype=_both,
        layouts=_LAYOUTS,
        errors=(error(RuntimeError, "bins must be > 0", _A, 0), error(RuntimeError, "2 elements", _A, 3, range=(1.0,))),
    ),
)
