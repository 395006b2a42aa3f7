# SPDX-License-Identifier: Apache-2.0
"""Rows of views that read the same bytes otherwise, and of the parts of complex numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    error,
    of_each_shape,
    sample_values,
)

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")
_SCALAR = sample_values((), "float32")
_PARTS = {"complex64": "float32", "complex128": "float64"}
_WHOLES = {part: whole for whole, part in _PARTS.items()}


def _same_dtype(x: Array, _dtype: str) -> Array:
    return x


def _pairs_of(x: Array) -> Array:
    return np.stack([np.real(x), np.imag(x)], axis=-1)


def _from_pairs(x: Array) -> Array:
    return x[..., 0] + 1j * x[..., 1]


def _in_pairs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((2,), (3, 2), (0, 2), (2, 3, 2))):
        yield Sample((sample_values(shape, dtype, seed),))


def _part_dtype(dtype: str, _sample: Sample) -> str:
    return _PARTS.get(dtype, dtype)


def _adjoint(x: Array) -> Array:
    return x.conj() if x.ndim == 0 else np.swapaxes(x, -1, -2).conj()


def _of_shapes(*shapes: tuple[int, ...]) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(shapes):
            yield Sample((sample_values(shape, dtype, seed),))

    return samples


def _two_parts(dtype: str) -> Iterator[Sample]:
    for seed, (first, second) in enumerate((((3,), (3,)), ((2, 1), (3,)), ((), ()), ((0, 3), (3,)))):
        yield Sample((sample_values(first, dtype, seed), sample_values(second, dtype, seed + 9)))


def _complex(real: Array, imag: Array) -> Array:
    return real + 1j * imag


def _polar(radius: Array, angle: Array) -> Array:
    return radius * np.cos(angle) + 1j * radius * np.sin(angle)


def _whole_dtype(dtype: str, _sample: Sample) -> str:
    return _WHOLES[dtype]


def _truth(_dtype: str, _sample: Sample) -> str:
    return "bool"


def _never(_x: Array) -> bool:
    return False


ROWS = (
    # Other dtypes are in test_views: what their bytes are, NumPy cannot say of every dtype.
    OpRow(
        "view.dtype",
        of_each_shape(DTypeName()),
        _same_dtype,
        is_view=True,
        errors=(
            error(
                RuntimeError,
                r"size of the last dimension must be divisible by 2.*sizes \(2, 3\)",
                _A,
                DTypeName("int64"),
            ),
            error(RuntimeError, "at least one dimension", _SCALAR, DTypeName("int64")),
            error(RuntimeError, "at least one dimension", _SCALAR, DTypeName("int8")),
        ),
    ),
    OpRow(
        "view_as_real",
        of_each_shape(),
        _pairs_of,
        dtypes=COMPLEX,
        result_dtype=_part_dtype,
        differentiable=True,
        is_view=True,
    ),
    OpRow(
        "view_as_complex",
        _in_pairs,
        _from_pairs,
        dtypes=FLOATS,
        result_dtype=_whole_dtype,
        layouts=("contiguous",),
        differentiable=True,
        is_view=True,
        errors=(
            error(RuntimeError, "must have size 2", _A),
            error(RuntimeError, "at least one dimension", _SCALAR),
        ),
    ),
    OpRow("real", of_each_shape(), np.real, result_dtype=_part_dtype, differentiable=True, is_view=True),
    OpRow(
        "imag",
        of_each_shape(),
        np.imag,
        dtypes=COMPLEX,
        result_dtype=_part_dtype,
        differentiable=True,
        is_view=True,
    ),
    OpRow(
        "adjoint",
        _of_shapes((), (2, 3), (2, 3, 4), (0, 3)),
        _adjoint,
        differentiable=True,
        errors=(error(RuntimeError, "1-dim", sample_values((3,), "float32")),),
    ),
    OpRow(
        "matrix_H",
        _of_shapes((), (2, 3), (0, 3)),
        _adjoint,
        differentiable=True,
        errors=(error(RuntimeError, "got 3 dimensions", sample_values((1, 2, 3), "float32")),),
    ),
    OpRow("resolve_conj", of_each_shape(), lambda x: x, differentiable=True, is_view=True),
    OpRow("resolve_neg", of_each_shape(), lambda x: x, differentiable=True, is_view=True),
    OpRow("is_conj", of_each_shape(), _never, result_dtype=_truth),
    OpRow("is_neg", of_each_shape(), _never, result_dtype=_truth),
    OpRow(
        "complex",
        _two_parts,
        _complex,
        dtypes=FLOATS,
        result_dtype=_whole_dtype,
        differentiable=True,
        errors=(
            error(RuntimeError, "cannot broadcast", _A, _A.T.copy()),
            ErrorCase(Sample((_A, _A)), RuntimeError, "float32 or float64", "int32"),
        ),
    ),
    OpRow(
        "polar",
        _two_parts,
        _polar,
        dtypes=FLOATS,
        result_dtype=_whole_dtype,
        differentiable=True,
    ),
)
