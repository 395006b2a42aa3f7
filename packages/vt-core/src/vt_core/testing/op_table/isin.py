# SPDX-License-Identifier: Apache-2.0
"""Rows of isin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import ARITHMETIC, SHAPES, Array, OpRow, Sample, error, sample_values

__all__ = ["ROWS"]


def _sets(dtype: str) -> Iterator[Sample]:
    """Few others, none, and enough to be sorted; some of the elements are among them."""
    for seed, shape in enumerate(SHAPES):
        elements = sample_values(shape, dtype, seed)
        for count in (0, 3, 40):
            others = sample_values((count,), dtype, seed + 50)
            others[: elements.size : 2] = np.resize(elements, others[: elements.size : 2].shape)
            yield Sample((elements, others), {"invert": count == 3})


def _numbers(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(SHAPES):
        for invert in (False, True):
            yield Sample((sample_values(shape, dtype, seed), 1), {"invert": invert})


def _numbers_first(dtype: str) -> Iterator[Sample]:
    return (Sample(sample.args[::-1], sample.kwargs) for sample in _numbers(dtype))


def _isin(elements: Any, others: Any, invert: bool) -> Array:
    return np.asarray(np.isin(elements, others, invert=invert))


ROWS = tuple(
    OpRow(
        name,
        samples,
        _isin,
        dtypes=ARITHMETIC,
        result_dtype=lambda _dtype, _sample: "bool",
        errors=(error(TypeError, "text|str", "text", np.ones(3)),),
    )
    for name, samples in (
        ("isin", _sets),
        ("isin.Tensor_Scalar", _numbers),
        ("isin.Scalar_Tensor", _numbers_first),
    )
)
