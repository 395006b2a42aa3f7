# SPDX-License-Identifier: Apache-2.0
"""Rows of copies, casts and moves between devices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.row import (
    Array,
    DTypeName,
    OpRow,
    Sample,
    error,
    of_each_shape,
    sample_values,
    unchanged,
)

_PAIRS = (((3,), (3,)), ((2, 3), (3,)), ((2, 3), ()), ((0, 3), (1, 3)), ((40, 70), (40, 70)))


def _copies(dtype: str) -> Iterator[Sample]:
    for seed, (to, source) in enumerate(_PAIRS):
        yield Sample((sample_values(to, dtype, seed), sample_values(source, dtype, seed + 50)))


def _copy(to: Array, source: Array) -> Array:
    return np.broadcast_to(source, to.shape)


def _to(x: Array, *, dtype: str) -> Array:
    return x.astype(dtype)


def _to_device(x: Array, _device: None, dtype: str) -> Array:
    return x.astype(dtype)


def _to_dtype(x: Array, dtype: str) -> Array:
    return x.astype(dtype)


def _like_other(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype, 0), sample_values((4,), dtype, 1)))


def _to_other(x: Array, _other: Array) -> Array:
    return x


_ERRORS = (
    error(RuntimeError, r"cannot broadcast \(4,\)", sample_values((2, 3), "float32"), sample_values((4,), "float32")),
)

ROWS = (
    OpRow("copy_", _copies, _copy, differentiable=True, errors=_ERRORS),
    OpRow("_copy_within_", _copies, _copy, errors=_ERRORS),
    OpRow("clone", of_each_shape(), unchanged, differentiable=True),
    OpRow("contiguous", of_each_shape(), unchanged, differentiable=True),
    OpRow(
        "to",
        of_each_shape(dtype=DTypeName("complex128")),
        _to,
        result_dtype=lambda _dtype, _sample: "complex128",
        differentiable=True,
    ),
    OpRow(
        "to.device",
        of_each_shape(None, DTypeName("complex128")),
        _to_device,
        result_dtype=lambda _dtype, _sample: "complex128",
        differentiable=True,
        errors=(error(ValueError, "no such device", sample_values((2,), "float32"), "cpu:7"),),
    ),
    OpRow(
        "to.dtype",
        of_each_shape(DTypeName("complex128")),
        _to_dtype,
        result_dtype=lambda _dtype, _sample: "complex128",
        differentiable=True,
    ),
    OpRow("to.other", _like_other, _to_other, differentiable=True),
    OpRow("type_as", _like_other, _to_other, differentiable=True),
)
