# SPDX-License-Identifier: Apache-2.0
"""Rows of the dropout family. Where elements are few enough for differences to be taken, the mask is not left to chance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.random import seeded, words
from vt_core.testing.op_table.row import (
    FLOATS,
    HALVES,
    Array,
    OpRow,
    Sample,
    Typed,
    error,
    sample_values,
)

_FLOATING = HALVES + FLOATS
_SHAPES = ((), (3,), (2, 3), (0, 3), (4, 1, 5))


def _native(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SHAPES):
        for p in (0.0, 1.0):
            yield Sample((sample_values(shape, dtype, seed), p), {"generator": seeded(dtype)})
    for shape in ((300,), (13, 7), (4, 1100)):
        yield Sample((sample_values(shape, dtype), 0.4), {"generator": seeded(dtype)})


def _native_dropout(x: Array, p: float, *, generator: vt.Generator) -> tuple[Array, Array]:
    mask = (words(generator, x.size)[: x.size] < round((1 - p) * 2**32)).reshape(x.shape)
    return x * mask * (0 if p == 1 else 1 / (1 - p)), mask


def _native_dropout_backward(grad: Array, mask: Array, scale: float) -> Array:
    return grad * mask * scale


def _nothing_left(x: Array, *_: object) -> Array:
    return x * 0


def _masks(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate((*_SHAPES, (300,))):
        mask = Typed(np.asarray(sample_values(shape, "bool", seed)), "bool")
        yield Sample((sample_values(shape, dtype, seed), mask, 2.5))


def _public(dtype: str) -> Iterator[Sample]:
    """Calls that drop everything; what passes and what is drawn is in test_dropout."""
    for seed, shape in enumerate(_SHAPES):
        yield Sample((sample_values(shape, dtype, seed), 1.0, True))


def _channels(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((2, 3), (0, 3), (2, 3, 4), (2, 1, 2, 2))):
        yield Sample((sample_values(shape, dtype, seed), 1.0, True))


_X = np.ones(3)
_OUTSIDE = r"p must be in \[0, 1\]"

_NO_CHANNELS = (error(RuntimeError, r"input must be \(N, C, ...\): got \(3,\)", _X, 0.5, True),)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "native_dropout",
        _native,
        _native_dropout,
        dtypes=_FLOATING,
        result_dtype=lambda dtype, _: (dtype, "bool"),
        differentiable=True,
        errors=(error(RuntimeError, _OUTSIDE, _X, 1.5), error(RuntimeError, _OUTSIDE, _X, float("nan"))),
    ),
    OpRow(
        "native_dropout_backward",
        _masks,
        _native_dropout_backward,
        dtypes=_FLOATING,
        differentiable=True,
        errors=(
            error(RuntimeError, "mask must be boolean", _X, _X, 1.0),
            error(RuntimeError, "a mask of sizes", _X, Typed(np.ones(2, np.bool_), "bool"), 1.0),
        ),
    ),
    *(
        OpRow(
            name,
            samples,
            _nothing_left,
            dtypes=_FLOATING,
            differentiable=True,
            errors=(error(RuntimeError, _OUTSIDE, _X, -0.5, True), *errors),
        )
        for name, samples, errors in (
            ("dropout", _public, ()),
            ("alpha_dropout", _public, ()),
            ("feature_dropout", _channels, _NO_CHANNELS),
            ("feature_alpha_dropout", _channels, _NO_CHANNELS),
        )
    ),
)
