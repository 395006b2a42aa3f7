# SPDX-License-Identifier: Apache-2.0
"""Rows of random numbers whose elements no second computation tells: their distributions are in test_variates.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.random import seeded
from vt_core.testing.op_table.row import (
    BOOL,
    FLOATS,
    HALVES,
    INTEGERS,
    SHAPES,
    Array,
    OpRow,
    Sample,
    Samples,
    error,
    error_of_elements,
    sample_values,
)

__all__ = ["ROWS"]

_FLOATING = HALVES + FLOATS


def _on_tensors(*calls: tuple[Any, ...]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(SHAPES):
            for call in calls:
                yield Sample((sample_values(shape, dtype, seed), *call), {"generator": seeded(dtype)})

    return samples


def _positive(*more: float) -> Samples:
    """Parameters above zero. Of float64 there are none, or more than differences are taken of: they would draw anew."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(
            ((0, 3), (300,)) if dtype == "float64" else ((0, 3), (3,), (2, 3), (4, 1, 5), (300,))
        ):
            x = np.asarray(np.abs(sample_values(shape, dtype, seed)) + 0.25)
            yield Sample((x, *(np.full(shape[-1:], number) for number in more)), {"generator": seeded(dtype)})

    return samples


def _pairs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(SHAPES):
        shapes = np.asarray(np.abs(sample_values(shape, dtype, seed)) + 0.25)
        yield Sample((shapes, np.asarray(np.abs(sample_values(shape, dtype, seed + 50)) + 0.25)))


def _of_its_sizes(x: Array, *_: Any, **__: Any) -> Array:
    return x


_X = np.ones(3)
ROWS: tuple[OpRow, ...] = (
    OpRow(
        "cauchy_",
        _on_tensors((), (1.0, 2.0)),
        _of_its_sizes,
        dtypes=_FLOATING,
        has_contents=False,
        errors=(error(RuntimeError, "sigma must be greater than 0", _X, 0.0, 0.0),),
    ),
    OpRow(
        "geometric_",
        _on_tensors((0.25,)),
        _of_its_sizes,
        dtypes=BOOL + INTEGERS + _FLOATING,
        has_contents=False,
        errors=(error(RuntimeError, r"p must be in \(0, 1\): got 0", _X, 0.0),),
    ),
    OpRow(
        "poisson",
        _positive(),
        _of_its_sizes,
        dtypes=_FLOATING,
        has_contents=False,
        errors=(error_of_elements(RuntimeError, "the rates must not be negative", -_X),),
    ),
    OpRow(
        "binomial",
        _positive(0.25),
        _of_its_sizes,
        dtypes=_FLOATING,
        has_contents=False,
        errors=(error(RuntimeError, "cannot broadcast", _X, np.ones(4)),),
    ),
    OpRow(
        "_standard_gamma",
        _positive(),
        _of_its_sizes,
        dtypes=_FLOATING,
        has_contents=False,
        differentiable=True,
        twice_differentiable=False,
    ),
    OpRow(
        "_standard_gamma_grad",
        _pairs,
        _of_its_sizes,
        dtypes=_FLOATING,
        has_contents=False,
        differentiable=True,
        errors=(error(RuntimeError, "self and output must agree", _X, np.ones(4)),),
    ),
    OpRow(
        "_sample_dirichlet",
        _positive(),
        _of_its_sizes,
        dtypes=_FLOATING,
        has_contents=False,
        differentiable=True,
        twice_differentiable=False,
    ),
)
