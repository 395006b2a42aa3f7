# SPDX-License-Identifier: Apache-2.0
"""Rows of tril and triu."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.row import ARITHMETIC, OpRow, Sample, error, sample_values

__all__ = ["ROWS"]


def _triangles(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3, 3), (2, 5), (5, 2), (2, 3, 4), (0, 3), (2, 0, 3), (2, 2, 1, 3), (70, 40))):
        for diagonal in (0, 1, -1, 9, -9):
            yield Sample((sample_values(shape, dtype, seed), diagonal))


_LINE = sample_values((3,), "float32")

ROWS = (
    OpRow(
        "tril",
        _triangles,
        np.tril,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(error(RuntimeError, "at least 2 dimensions", _LINE),),
    ),
    OpRow(
        "triu",
        _triangles,
        np.triu,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(error(RuntimeError, "at least 2 dimensions", _LINE),),
    ),
)
