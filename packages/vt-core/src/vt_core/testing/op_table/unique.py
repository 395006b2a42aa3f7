# SPDX-License-Identifier: Apache-2.0
"""Rows of the distinct elements and slices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.reduce import ORDERED
from vt_core.testing.op_table.row import Array, OpRow, Sample, error, sample_values

_NOTHING = np.zeros((0,), np.int64)


def _repeated(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    """Few different elements."""
    few = sample_values((3,), dtype, seed)
    return np.asarray(few[np.random.default_rng(seed).integers(0, 3, shape)])


def _uniques(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (0, 3), (40, 5))):
        yield Sample((_repeated(shape, dtype, seed), seed % 2 == 0, seed > 1, seed != 2))
    yield Sample((_repeated((7,), dtype, 9),))


def _results(values: Array, inverse: Any, counts: Any, wanted: tuple[bool, bool]) -> tuple[Array, Array, Array]:
    return values, np.asarray(inverse) if wanted[0] else _NOTHING, np.asarray(counts) if wanted[1] else _NOTHING


def _unique(
    x: Array, ordered: bool = True, return_inverse: bool = False, return_counts: bool = False
) -> tuple[Array, ...]:
    del ordered
    values, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    return _results(values, inverse.reshape(x.shape), counts, (return_inverse, return_counts))


_DIMS = (((5,), 0), ((4, 2), 0), ((2, 7), -1), ((6, 2, 2), 0), ((2, 9, 2), 1), ((0, 3), 0))


def _slices(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_DIMS):
        yield Sample((_repeated(shape, dtype, seed), dim, True, seed % 2 == 0, seed % 3 != 0))


def _unique_dim(
    x: Array, dim: int, ordered: bool = True, return_inverse: bool = False, return_counts: bool = False
) -> tuple[Array, ...]:
    del ordered
    if x.size == 0:
        return _results(x, _NOTHING, _NOTHING, (return_inverse, return_counts))
    values, inverse, counts = np.unique(x, axis=dim, return_inverse=True, return_counts=True)
    return _results(values, inverse.reshape(-1), counts, (return_inverse, return_counts))


def _consecutives(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (9,), (2, 3), (0, 3), (40, 5))):
        yield Sample((_repeated(shape, dtype, seed), seed % 2 == 0, seed % 3 == 0))
    for seed, (shape, dim) in enumerate(_DIMS):
        yield Sample((_repeated(shape, dtype, seed), seed % 2 == 0, seed % 3 != 0, dim))


def _unique_consecutive(
    x: Array, return_inverse: bool = False, return_counts: bool = False, dim: int | None = None
) -> tuple[Array, ...]:
    rows = x.reshape(-1) if dim is None else np.moveaxis(x, dim, 0)
    n = rows.shape[0]
    starts = np.ones((n,), np.bool_)
    if n > 1:
        starts[1:] = (rows[1:] != rows[:-1]).reshape(n - 1, -1).any(axis=1)
    inverse = np.cumsum(starts) - 1
    counts = np.diff(np.append(np.flatnonzero(starts), n)) if n else _NOTHING
    values = rows[starts] if dim is None else np.moveaxis(rows[starts], 0, dim)
    return _results(values, inverse.reshape(x.shape if dim is None else (n,)), counts, (return_inverse, return_counts))


def _and_numbers(dtype: str, _: Sample) -> tuple[str, str, str]:
    return dtype, "int64", "int64"


_A = sample_values((2, 3), "float32")
_ERRORS = (error(IndexError, "out of range", _A, dim=2),)

ROWS: tuple[OpRow, ...] = (
    OpRow("_unique2", _uniques, _unique, dtypes=ORDERED, result_dtype=_and_numbers),
    OpRow(
        "unique_dim",
        _slices,
        _unique_dim,
        dtypes=ORDERED,
        result_dtype=_and_numbers,
        errors=(*_ERRORS, error(RuntimeError, "0 sized dimensions", np.zeros((0, 3), np.float32), 1)),
    ),
    OpRow(
        "unique_consecutive",
        _consecutives,
        _unique_consecutive,
        dtypes=ORDERED,
        result_dtype=_and_numbers,
        errors=_ERRORS,
    ),
)
