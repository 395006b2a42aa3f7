# SPDX-License-Identifier: Apache-2.0
"""Rows of in-place forms that change sizes, strides and storage, but write no element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib import stride_tricks

from vt_core.testing.op_table.row import Array, OpRow, Sample, calls_on, error, sample_values

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")


def _transpose(x: Array, dim0: int, dim1: int) -> Array:
    return np.swapaxes(x, dim0, dim1)


def _squeeze(x: Array, dim: list[int] | None = None) -> Array:
    return np.squeeze(x, None if dim is None else tuple(d for d in dim if x.shape[d] == 1))


def _unsqueeze(x: Array, dim: int) -> Array:
    return np.expand_dims(x, dim)


def _as_strided(x: Array, size: list[int], stride: list[int], offset: int = 0) -> Array:
    flat = x.reshape(-1)[offset:]
    return stride_tricks.as_strided(flat, size, [s * flat.itemsize for s in stride]).copy()


def _resize(x: Array, size: list[int]) -> Array:
    return np.resize(x.reshape(-1), size)


def _resize_as(x: Array, like: Array) -> Array:
    return np.resize(x.reshape(-1), like.shape)


def _empty(x: Array) -> Array:
    return np.empty((0,), dtype=x.dtype)


def _source(_x: Array, source: Array) -> Array:
    return source


def _part(_x: Array, source: Array, offset: int, size: list[int], stride: list[int] | None = None) -> Array:
    steps = stride or [int(np.prod(size[d + 1 :])) for d in range(len(size))]
    return _as_strided(source, size, steps, offset)


def _with_sources(*further: tuple[Any, ...]) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, each in enumerate(further):
            yield Sample((sample_values((2, 3), dtype, seed), sample_values((3, 4), dtype, seed + 5), *each))

    return samples


ROWS = (
    OpRow(
        "transpose_",
        calls_on((3, 3), (0, 1), (-1, 0), (1, 1)),
        _transpose,
        differentiable=True,
        writes_elements=False,
        errors=(error(IndexError, "out of range", _A, 0, 2),),
    ),
    OpRow(
        "t_",
        calls_on((3, 3), ()),
        np.transpose,
        differentiable=True,
        writes_elements=False,
        errors=(error(RuntimeError, "at most 2", sample_values((1, 2, 3), "float32")),),
    ),
    OpRow("squeeze_", calls_on((1, 3, 1), ()), _squeeze, differentiable=True, writes_elements=False),
    OpRow(
        "squeeze_.dim",
        calls_on((1, 3, 1), ([0],), ([0, 2],), ([1],), ([],)),
        _squeeze,
        differentiable=True,
        writes_elements=False,
        errors=(error(IndexError, "out of range", _A, [2]),),
    ),
    OpRow(
        "unsqueeze_",
        calls_on((3,), (0,), (-1,), (1,)),
        _unsqueeze,
        differentiable=True,
        writes_elements=False,
        errors=(error(IndexError, "out of range", _A, 3),),
    ),
    OpRow(
        "as_strided_",
        calls_on((3, 3), ([3, 3], [1, 3]), ([3], [4], 0), ([3, 3], [0, 1], 3)),
        _as_strided,
        layouts=("contiguous",),
        differentiable=True,
        writes_elements=False,
        errors=(error(RuntimeError, "leave the storage", _A, [7], [1]),),
    ),
    OpRow(
        "resize_",
        calls_on((3, 4), ([2, 3],), ([12],), ([0, 4],), ([],)),
        _resize,
        layouts=("contiguous",),
        writes_elements=False,
        errors=(
            error(RuntimeError, "must not be negative", _A, [-1]),
            error(OverflowError, "63 bits", _A, [2**40, 2**40]),
            error(RuntimeError, "required rank 4", _A, [2, 3], memory_format=2),
            error(ValueError, "unknown memory format", _A, [2, 3], memory_format=7),
        ),
    ),
    OpRow(
        "resize_as_",
        lambda dtype: iter([Sample((sample_values((3, 4), dtype), sample_values((2, 5), dtype, 1)))]),
        _resize_as,
        layouts=("contiguous",),
        writes_elements=False,
    ),
    OpRow("set_", calls_on((2, 3), ()), _empty, writes_elements=False),
    OpRow("set_.source", _with_sources(()), _source, writes_elements=False),
    OpRow(
        "set_.part",
        _with_sources((2, [3]), (1, [2, 2], [1, 4]), (0, [2, 3])),
        _part,
        layouts=("contiguous",),
        writes_elements=False,
        errors=(
            error(RuntimeError, "leave the storage", _A, _A, 4, [3]),
            error(RuntimeError, "leave the storage", _A, _A, -1, [3]),
            error(RuntimeError, "negative stride", _A, _A, 2, [2], [-1]),
            error(RuntimeError, "mismatch in length", _A, _A, 0, [2, 2], [1]),
        ),
    ),
)
