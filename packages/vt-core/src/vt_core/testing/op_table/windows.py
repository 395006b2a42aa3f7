# SPDX-License-Identifier: Apache-2.0
"""Rows of windows for spectral analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import FLOATS, HALVES, Array, DTypeName, OpRow, Sample, Samples, error


def _of(*more: float) -> Samples:
    def samples(_: str) -> Iterator[Sample]:
        for length in (0, 1, 2, 7, 12):
            for periodic in (True, False):
                yield Sample((length, periodic), {"dtype": DTypeName()})
        if more:
            yield Sample((9, True, *more), {"dtype": DTypeName()})

    return samples


def _window(shape: Callable[..., Array], *defaults: float) -> Callable[..., Array]:
    """A periodic window is a symmetric one of one element more, without the last."""

    def reference(length: int, periodic: bool = True, *given: float, dtype: str) -> Array:  # noqa: ARG001
        parameters: Any = given or defaults
        whole = shape(length + periodic, *parameters) if length > 1 else np.ones(length)
        return whole[:length]

    return reference


def _cosine(length: int, alpha: float, beta: float) -> Array:
    return alpha - beta * np.cos(2 * np.pi * np.arange(length) / (length - 1))


_ERRORS = (error(RuntimeError, "window_length must not be negative", -1),)
_FLOATING = HALVES + FLOATS

ROWS: tuple[OpRow, ...] = (
    OpRow("hann_window", _of(), _window(np.hanning), dtypes=_FLOATING, errors=_ERRORS),
    OpRow("hamming_window", _of(0.5, 0.25), _window(_cosine, 0.54, 0.46), dtypes=_FLOATING, errors=_ERRORS),
    OpRow("blackman_window", _of(), _window(np.blackman), dtypes=_FLOATING, errors=_ERRORS),
    OpRow("bartlett_window", _of(), _window(np.bartlett), dtypes=_FLOATING, errors=_ERRORS),
    OpRow("kaiser_window", _of(3.5), _window(np.kaiser, 12.0), dtypes=_FLOATING, errors=_ERRORS),
)
