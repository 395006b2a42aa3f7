# SPDX-License-Identifier: Apache-2.0
"""Rows of the forms of reading and writing at indices and masks that other operators compose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    ARITHMETIC,
    Array,
    OpRow,
    Sample,
    Typed,
    error,
    of_each_shape,
    sample_values,
)

__all__ = ["ROWS"]


def _i64(values: Any) -> Typed:
    return Typed(np.array(values, dtype=np.int64), "int64")


def _mask(shape: tuple[int, ...], seed: int = 0) -> Typed:
    return Typed(sample_values(shape, "bool", seed), "bool")


_A = sample_values((2, 3), "float32")
_LINE = sample_values((3,), "float32")
_FLOAT_INDEX = Typed(np.array([0.0]), "float32")
_ALL = Typed(np.ones((2, 3), np.bool_), "bool")


def _takes(dtype: str) -> Iterator[Sample]:
    for shape, index in (((2, 3), [0, -1, 5]), ((2, 3), [[3], [3]]), ((4,), 2), ((), [0, -1]), ((2, 3), [])):
        yield Sample((sample_values(shape, dtype), _i64(index)))
    yield Sample((sample_values((5,), dtype), Typed(np.array([4, 1]), "int32")))


def _take(x: Array, index: Array) -> Array:
    return np.take(x, index)


# Without an index twice, so that derivatives by differences are those of the operator.
def _puts(dtype: str) -> Iterator[Sample]:
    for shape, index in (((2, 3), [0, -1, 3]), ((2, 3), [[4], [2]]), ((4,), 2), ((), [0]), ((2, 3), [])):
        places = _i64(index)
        yield Sample((sample_values(shape, dtype), places, sample_values(places.array.shape, dtype, 1)))
        if dtype in ARITHMETIC:
            yield Sample((sample_values(shape, dtype), places, sample_values((places.array.size,), dtype, 1), True))
    if dtype in ARITHMETIC:
        yield Sample((sample_values((2, 3), dtype), _i64([1, 1, -5]), sample_values((3,), dtype, 1), True))


def _put(x: Array, index: Array, source: Array, accumulate: bool = False) -> Array:
    flat = np.array(x).reshape(-1)
    values = source.reshape(index.shape)
    if not accumulate:
        flat[index] = values
    elif x.dtype == np.bool_:
        np.logical_or.at(flat, index, values)
    else:
        np.add.at(flat, index, values)
    return flat.reshape(x.shape)


def _alongs(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype), _i64([[0, -1, 1]]), 0))
    yield Sample((sample_values((2, 3), dtype), _i64([[0], [2]]), 1))
    yield Sample((sample_values((1, 3), dtype), _i64([[0, 0], [2, -1]]), -1))
    yield Sample((sample_values((2, 3), dtype), _i64([5, 0, 3])))
    yield Sample((sample_values((2, 2, 2), dtype), _i64([[[1]], [[0]]]), 1))


def _along(x: Array, indices: Array, dim: int | None = None) -> Array:
    if dim is None:
        return np.take_along_axis(x.reshape(-1), indices.reshape(-1), axis=0)
    dim %= x.ndim
    shape = list(
        np.broadcast_shapes(*(tuple(1 if d == dim else n for d, n in enumerate(t.shape)) for t in (x, indices)))
    )
    wide = [*shape[:dim], x.shape[dim], *shape[dim + 1 :]]
    places = [*shape[:dim], indices.shape[dim], *shape[dim + 1 :]]
    return np.take_along_axis(np.broadcast_to(x, wide), np.broadcast_to(indices, places), axis=dim)


def _masked_scatters(dtype: str) -> Iterator[Sample]:
    for seed, (shape, mask) in enumerate((((2, 3), (2, 3)), ((3, 4), (4,)), ((2,), (3, 1)), ((0, 2), (2,)), ((), ()))):
        size = int(np.prod(np.broadcast_shapes(shape, mask)))
        yield Sample((sample_values(shape, dtype, seed), _mask(mask, seed), sample_values((size + 1,), dtype, 9)))
    yield Sample((sample_values((2, 3), dtype), _ALL, sample_values((3, 2), dtype, 2)))


def _masked_scatter(x: Array, mask: Array, source: Array) -> Array:
    shape = np.broadcast_shapes(x.shape, mask.shape)
    out = np.array(np.broadcast_to(x, shape))
    mask = np.broadcast_to(mask, shape)
    out[mask] = source.reshape(-1)[: int(mask.sum())]
    return out


def _nonzero_tuple(x: Array, as_tuple: bool = True) -> Any:
    assert as_tuple
    return np.nonzero(np.atleast_1d(x))


def _argwhere(x: Array) -> Array:
    return np.stack(np.nonzero(np.atleast_1d(x)), axis=1)[:, : x.ndim]


def _nonzero_static(x: Array, size: int, fill_value: int = -1) -> Array:
    found = _argwhere(x)[:size]
    return np.concatenate([found, np.full((size - len(found), x.ndim), fill_value, dtype=np.int64)])


ROWS = (
    OpRow(
        "take",
        _takes,
        _take,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be int64 or int32: got float32", _A, _FLOAT_INDEX),
            error(IndexError, "^take: index 6 is out of bounds", _A, _i64([6])),
            error(IndexError, "index -7 is out of bounds", _A, _i64([-7])),
        ),
    ),
    OpRow(
        "put",
        _puts,
        _put,
        differentiable=True,
        errors=(
            error(IndexError, "^put: index 6 is out of bounds", _A, _i64([0, 6]), _LINE[:2]),
            error(IndexError, "as many elements as index: got 3, expected 1", _A, _i64([0]), _LINE),
            error(RuntimeError, "dtype of self: got float64", _A, _i64([0]), Typed(np.ones(1), "float64")),
        ),
    ),
    OpRow(
        "take_along_dim",
        _alongs,
        _along,
        layouts=("contiguous", "transposed", "sliced"),
        differentiable=True,
        errors=(
            error(RuntimeError, r"as many dimensions: got \(2, 3\) and \(1,\)", _A, _i64([0]), 0),
            error(RuntimeError, "cannot broadcast", _A, _i64([[0], [0], [0]]), 1),
            error(RuntimeError, "must be int64 or int32", _A, _FLOAT_INDEX),
            error(IndexError, "out of bounds", _A, _i64([[2]]), 0),
            error(IndexError, "out of bounds", _A, _i64([[-3]]), 0),
            error(IndexError, "^take_along_dim: index -1 is out of bounds", _A, _i64([-1])),
        ),
    ),
    OpRow(
        "masked_scatter",
        _masked_scatters,
        _masked_scatter,
        differentiable=True,
        errors=(
            error(
                RuntimeError, "fewer elements than the mask has true ones: got 3, expected at least 6", _A, _ALL, _LINE
            ),
            error(RuntimeError, "must be bool: got float32", _A, _A, _A),
            error(RuntimeError, "dtype of self: got float64", _A, _ALL, Typed(np.ones(6), "float64")),
            error(RuntimeError, "cannot broadcast", _A, _mask((2,)), _A),
        ),
    ),
    OpRow(
        "where.condition",
        of_each_shape(),
        _nonzero_tuple,
        dtypes=ALL_DTYPES,
        result_dtype=lambda _dtype, _sample: "int64",
    ),
    OpRow(
        "nonzero.as_tuple",
        of_each_shape(as_tuple=True),
        _nonzero_tuple,
        dtypes=ALL_DTYPES,
        result_dtype=lambda _dtype, _sample: "int64",
    ),
    OpRow(
        "argwhere",
        of_each_shape(),
        _argwhere,
        dtypes=ALL_DTYPES,
        result_dtype=lambda _dtype, _sample: "int64",
    ),
    OpRow(
        "nonzero_static",
        lambda dtype: (
            Sample((sample_values((3, 4), dtype),), {"size": size, **further})
            for size, further in ((2, {}), (20, {}), (13, {"fill_value": 7}), (0, {}))
        ),
        _nonzero_static,
        dtypes=ALL_DTYPES,
        result_dtype=lambda _dtype, _sample: "int64",
        errors=(error(RuntimeError, "must not be negative: got -1", _A, size=-1),),
    ),
)
