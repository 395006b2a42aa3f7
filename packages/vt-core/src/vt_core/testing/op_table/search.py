# SPDX-License-Identifier: Apache-2.0
"""Rows of the search family."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.reduce import ORDERED, UNREPEATED
from vt_core.testing.op_table.row import Array, OpRow, Sample, Typed, error, sample_values

_LINES = (((3,), 0), ((2, 3), -1), ((4, 1, 5), 0), ((2, 0), 1), ((5, 70), 1), ((300, 3), 0), ((2, 1500), 1), ((), -1))


def _sorts(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype),))
    for seed, (shape, dim) in enumerate(_LINES):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))


def _stable_sorts(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_LINES):
        yield Sample(
            (sample_values(shape, dtype, seed),), {"stable": seed % 3 == 0, "dim": dim, "descending": seed % 2 == 0}
        )


def _order(x: Array, dim: int, descending: bool) -> Array:
    if not descending:
        return np.argsort(x, axis=dim, kind="stable")
    backwards = np.argsort(np.flip(x, axis=dim), axis=dim, kind="stable")
    return x.shape[dim] - 1 - np.flip(backwards, axis=dim)


def _sort(x: Array, dim: int = -1, descending: bool = False, **_: bool) -> tuple[Array, Array]:
    if x.ndim == 0:
        return x, np.asarray(0)
    order = _order(x, dim, descending)
    return np.take_along_axis(x, order, axis=dim), order


def _topks(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype), 2))
    for seed, (shape, dim) in enumerate(_LINES):
        size = shape[dim] if shape else 1
        for k in {min(size, 1), size // 9, size // 2, size}:
            yield Sample((sample_values(shape, dtype, seed), k, dim, seed % 2 == 0))


def _topk(x: Array, k: int, dim: int = -1, largest: bool = True) -> tuple[Array, Array]:
    values, order = _sort(x, dim, largest)
    if x.ndim == 0:
        return values, order
    return values.take(range(k), axis=dim), order.take(range(k), axis=dim)


def _and_int64(dtype: str, _: Sample) -> tuple[str, str]:
    return dtype, "int64"


def _selections(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2,), dtype), 1, Typed(np.array([2, 0]), "int64"), (2, 3), False))
    yield Sample((sample_values((1, 3), dtype), 0, Typed(np.array([[1, 0, 3]]), "int64"), (4, 3), True))
    yield Sample(
        (sample_values((2, 2, 2), dtype), 1, Typed(np.array([[[0, 4], [1, 3]]] * 2), "int64"), (2, 5, 2), True)
    )
    yield Sample((sample_values((), dtype), 0, Typed(np.array(0), "int64"), (), False))


def _place(grad: Array, dim: int, indices: Array, sizes: tuple[int, ...], keepdim: bool) -> Array:
    out = np.zeros(sizes, grad.dtype)
    if not sizes:
        return grad.copy()
    if not keepdim:
        grad, indices = np.expand_dims(grad, dim), np.expand_dims(indices, dim)
    np.put_along_axis(out, indices, grad, axis=dim)
    return out


_A = sample_values((2, 3), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "sort",
        _sorts,
        _sort,
        dtypes=ORDERED,
        result_dtype=_and_int64,
        differentiable=True,
        layouts=UNREPEATED,
        errors=(error(IndexError, "out of range", _A, 2),),
    ),
    OpRow(
        "sort.stable",
        _stable_sorts,
        _sort,
        dtypes=ORDERED,
        result_dtype=_and_int64,
        differentiable=True,
        layouts=UNREPEATED,
    ),
    OpRow(
        "argsort", _sorts, lambda *args: _sort(*args)[1], dtypes=ORDERED, result_dtype=lambda _dtype, _sample: "int64"
    ),
    OpRow(
        "argsort.stable",
        _stable_sorts,
        lambda x, **options: _sort(x, options["dim"], options["descending"])[1],
        dtypes=ORDERED,
        result_dtype=lambda _dtype, _sample: "int64",
    ),
    OpRow(
        "topk",
        _topks,
        _topk,
        dtypes=ORDERED,
        result_dtype=_and_int64,
        differentiable=True,
        layouts=UNREPEATED,
        errors=(
            error(RuntimeError, "selected index k out of range", _A, 4),
            error(RuntimeError, "selected index k out of range", _A, -1),
            error(IndexError, "dimension out of range", _A, 1, 2),
        ),
    ),
    OpRow(
        "value_selecting_backward",
        _selections,
        _place,
        differentiable=True,
        errors=(
            error(RuntimeError, "sizes do not fit", _A, 1, Typed(np.zeros((2, 1)), "int64"), (2, 5), True),
            error(RuntimeError, "indices must be int64", _A, 1, Typed(np.zeros((2, 3)), "int32"), (2, 5), True),
        ),
    ),
)
