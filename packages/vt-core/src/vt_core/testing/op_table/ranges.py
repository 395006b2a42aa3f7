# SPDX-License-Identifier: Apache-2.0
"""Rows of makers of sequences and places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    DTypeName,
    OpRow,
    Sample,
    Samples,
    error,
)


def _of(*calls: tuple[Any, ...]) -> Samples:
    def samples(_: str) -> Iterator[Sample]:
        for args in calls:
            yield Sample(args, {"dtype": DTypeName()})

    return samples


def _cast(values: Array, dtype: str) -> Array:
    return values.astype(dtype if dtype in INTEGERS else np.float64)


def _logspace(start: float, end: float, steps: int, base: float = 10.0, *, dtype: str) -> Array:
    return _cast(np.logspace(start, end, steps, base=base), dtype)


def _range(start: float, end: float, step: float = 1, *, dtype: str) -> Array:
    return _cast(start + step * np.arange(int((end - start) / step) + 1), dtype)


def _scalar(s: float, *, dtype: str) -> Array:  # noqa: ARG001
    return np.full((), s)


def _permuted(size: list[int], physical_layout: list[int], *, dtype: str) -> Array:  # noqa: ARG001
    return np.zeros(size)


ROWS: tuple[OpRow, ...] = (
    OpRow(
        "logspace",
        _of((0, 2, 5), (0, 4, 5, 2.0), (1, 2, 1), (1, 2, 0), (2, 0, 3)),
        _logspace,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        errors=(
            error(RuntimeError, "steps must not be negative", 0, 1, -1),
            error(RuntimeError, "need a complex dtype", 1j, 1, 3, dtype=DTypeName("float64")),
        ),
    ),
    OpRow(
        "range",
        _of((0, 4), (5, 1, -2), (3, 3), (1, 8, 3)),
        _range,
        dtypes=INTEGERS + HALVES + FLOATS,
        errors=(
            error(RuntimeError, "step must not be 0", 0, 1, 0),
            error(RuntimeError, "leads away from the end", 0, 1, -1),
            error(RuntimeError, "the ends must be finite", 0, float("inf")),
        ),
    ),
    OpRow("scalar_tensor", _of((1,), (0,)), _scalar, dtypes=ALL_DTYPES, errors=(error(RuntimeError, "overflow", 2j),)),
    OpRow(
        "empty_permuted",
        _of(([2, 3, 4], [1, 2, 0]), ([2, 0], [1, 0]), ([], []), ([3], [0])),
        _permuted,
        has_contents=False,
        errors=(
            error(RuntimeError, "as many dimensions in physical_layout as sizes", [2, 3], [0]),
            error(RuntimeError, "every dimension once", [2, 3], [0, 0]),
            error(RuntimeError, "every dimension once", [2, 3], [0, -1]),
        ),
    ),
)
