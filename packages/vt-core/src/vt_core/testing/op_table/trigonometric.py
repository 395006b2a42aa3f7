# SPDX-License-Identifier: Apache-2.0
"""Rows of the trigonometric family."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.row import BOOL, COMPLEX, FLOATS, HALVES, INTEGERS, SHAPES, Array, Sample, sample_values
from vt_core.testing.op_table.unary import function_row

__all__ = ["ROWS"]

_DTYPES = BOOL + INTEGERS + HALVES + FLOATS + COMPLEX
_SIZES = (*SHAPES, (40, 70))


def _values(dtype: str) -> Iterator[Array]:
    for seed, shape in enumerate(_SIZES):
        yield sample_values(shape, dtype, seed)


def _general(dtype: str) -> Iterator[Sample]:
    return (Sample((x,)) for x in _values(dtype))


def _within_one(dtype: str) -> Iterator[Sample]:
    """Numbers in (-1, 1); integers lie at its ends and beyond."""
    for x in _values(dtype):
        if dtype in FLOATS:
            x = np.asarray(0.9 * x / (1 + np.abs(x))).astype(dtype).astype(np.float64)
        yield Sample((np.asarray(x / 2) if dtype in HALVES else x,))


def _above_one(dtype: str) -> Iterator[Sample]:
    for x in _values(dtype):
        if dtype in HALVES + FLOATS:
            x = np.asarray(np.abs(x) + 1.25).astype("float32" if dtype in HALVES else dtype).astype(np.float64)
        yield Sample((x,))


ROWS = (
    function_row("tan", np.tan, _within_one, _DTYPES),
    function_row("asin", np.arcsin, _within_one, _DTYPES),
    function_row("acos", np.arccos, _within_one, _DTYPES),
    function_row("atan", np.arctan, _general, _DTYPES),
    function_row("sinh", np.sinh, _general, _DTYPES),
    function_row("cosh", np.cosh, _general, _DTYPES),
    function_row("asinh", np.arcsinh, _general, _DTYPES),
    function_row("acosh", np.arccosh, _above_one, _DTYPES),
    function_row("atanh", np.arctanh, _within_one, _DTYPES),
)
