# SPDX-License-Identifier: Apache-2.0
"""Rows of the index family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    ARITHMETIC,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Typed,
    calls_on,
    error,
    is_array,
    of_each_shape,
    sample_values,
)


def _i64(*values: Any) -> Typed:
    return Typed(np.array(values[0] if len(values) == 1 else values, dtype=np.int64), "int64")


def _i32(*values: int) -> Typed:
    return Typed(np.array(values, dtype=np.int32), "int32")


def _mask(*values: Any) -> Typed:
    return Typed(np.array(values, dtype=np.bool_), "bool")


_A = sample_values((2, 3), "float32")
_VECTOR = sample_values((3,), "float32")
_FLOAT_INDEX = Typed(np.array([0.0]), "float32")

# Indices of a (3, 4, 2) tensor.
_INDICES: tuple[tuple[Typed | None, ...], ...] = (
    (_i64(2, 0, 0),),
    (_i64(-1, 1),),
    (_i32(1, 2),),
    (None, _i64([[0, 3], [1, -4]])),
    (_i64(0, 2), _i64(3, -1)),
    (_i64(0, 2), None, _i64(1, 1)),
    (_i64([[0], [2]]), _i64(3, -1, 0)),
    (None, _i64(1), _i64(0, 1)),
    (_i64(1), _i64(2), _i64(-1)),
    (_mask(True, False, True),),
    (None, _mask(False, True, True, False)),
    (_mask(True, False, True), _i64(1, 3)),
    (_i64(np.zeros((0,), np.int64)),),
)


def _key(indices: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(slice(None) if index is None else index for index in indices)


def _index(x: Array, indices: tuple[Any, ...]) -> Array:
    return x[_key(indices)]


def _reads(dtype: str) -> Iterator[Sample]:
    x = sample_values((3, 4, 2), dtype)
    for indices in _INDICES:
        yield Sample((x, indices))
    yield Sample((sample_values((40, 50), dtype), (_i64(np.arange(400) * 7 % 40),)))
    yield Sample((sample_values((3, 2), dtype), (Typed(sample_values((3, 2), "bool"), "bool"),)))


def _writes(accumulate: bool) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        x = sample_values((3, 4, 2), dtype)
        for indices in _INDICES:
            arrays = tuple(None if i is None else i.array for i in indices)
            if not accumulate and _index_put(np.zeros(x.shape), arrays, np.ones(()), accumulate=True).max() > 1:
                continue  # one of the values is replaced: no derivative by differences
            shape = _index(x, arrays).shape
            yield Sample((x, indices, sample_values(shape, dtype, 1), accumulate))
        yield Sample((x, (_i64(2, 0),), sample_values((4, 1), dtype, 1), accumulate))
        yield Sample((x, (_mask(True, False, True),), sample_values((), dtype, 1), accumulate))

    return samples


def _index_put(x: Array, indices: tuple[Any, ...], values: Array, accumulate: bool) -> Array:
    x = np.array(x)
    if not accumulate:
        x[_key(indices)] = values
    elif x.dtype == np.bool_:
        np.logical_or.at(x, _key(indices), values)
    else:
        np.add.at(x, _key(indices), values)
    return x


def _index_put_samples(dtype: str) -> Iterator[Sample]:
    yield from _writes(accumulate=False)(dtype)
    if dtype in ARITHMETIC:
        yield from _writes(accumulate=True)(dtype)


def _index_select(x: Array, dim: int, index: Array) -> Array:
    if x.ndim == 0:
        return x
    return np.take(x, np.atleast_1d(index), axis=dim)


def _index_add(x: Array, dim: int, index: Array, source: Array, alpha: Any = 1) -> Array:
    x = np.moveaxis(np.array(x), dim, 0)
    index, source = np.atleast_1d(index), np.moveaxis(np.asarray(source), dim, 0)
    if x.dtype == np.bool_:
        np.logical_or.at(x, index, source)
    else:
        with np.errstate(all="ignore"):
            np.add.at(x, index, (source * alpha).astype(x.dtype))
    return np.moveaxis(x, 0, dim)


def _index_adds(dtype: str) -> Iterator[Sample]:
    x = sample_values((4, 3), dtype)
    yield Sample((x, 0, _i64(2, 0, 2), sample_values((3, 3), dtype, 1)))
    yield Sample((x, 1, _i32(1, 1), sample_values((4, 2), dtype, 1)))
    yield Sample((x, -1, _i64(np.zeros((0,), np.int64)), sample_values((4, 0), dtype, 1)))
    if dtype not in ("bool", "uint16", "uint32", "uint64"):
        yield Sample((x, 0, _i64(3), sample_values((1, 3), dtype, 1)), {"alpha": 2})


_GATHERED: tuple[tuple[tuple[int, ...], int, Any], ...] = (
    ((3, 4), 1, [[0, 3], [1, 1], [2, 0]]),
    ((3, 4), 0, [[2, 0, 1, 2], [0, 1, 0, 2]]),
    ((3, 4), -1, [[0, 3, 2, 1, 0]]),
    ((4,), 0, [3, 0, 2]),
    ((2, 3, 2), 1, [[[2], [0]], [[1], [2]]]),
    ((), 0, 0),
    ((3, 4), 0, np.zeros((0, 4), np.int64)),
)


def _gathers(dtype: str) -> Iterator[Sample]:
    for shape, dim, index in _GATHERED:
        yield Sample((sample_values(shape, dtype), dim, _i64(np.array(index, np.int64))))
    yield Sample((sample_values((3, 4), dtype), 1, Typed(np.array([[0], [3], [2]]), "int32")))
    yield Sample((sample_values((40, 50), dtype), 1, _i64(np.arange(1200).reshape(40, 30) % 50)))


def _places(dim: int, index: Array) -> tuple[Array, ...]:
    grid: Array = np.indices(index.shape)
    places = list(grid)
    places[dim] = index
    return tuple(places)


def _gather(x: Array, dim: int, index: Array) -> Array:
    if x.ndim == 0:
        return np.broadcast_to(x, index.shape)
    return x[_places(dim, index)]


# Without an index twice for one element, so that derivatives by differences are those of the operator.
_SCATTERED: tuple[tuple[tuple[int, ...], int, Any], ...] = (
    ((3, 4), 1, [[0, 3], [1, 2], [2, 0]]),
    ((3, 4), 0, [[2, 0, 1, 2], [0, 1, 0, 0]]),
    ((4,), 0, [3, 0, 2]),
    ((2, 3, 2), 1, [[[2], [0]], [[1], [2]]]),
    ((), 0, 0),
    ((3, 4), 0, np.zeros((0, 4), np.int64)),
)


def _scatters(dtype: str) -> Iterator[Sample]:
    for shape, dim, index in _SCATTERED:
        index = np.array(index, np.int64)
        yield Sample((sample_values(shape, dtype), dim, _i64(index), sample_values(index.shape, dtype, 1)))
    yield Sample((sample_values((3, 4), dtype), 0, _i64([[1, 0]]), sample_values((2, 3), dtype, 1)))


def _scatters_and_numbers(dtype: str) -> Iterator[Sample]:
    yield from _scatters(dtype)
    yield Sample((sample_values((3, 4), dtype), 1, _i64([[0, 3], [1, 2]]), True if dtype == "bool" else 3))


def _scatter_adds(dtype: str) -> Iterator[Sample]:
    yield from _scatters(dtype)
    index = np.array([[0, 0, 3, 0], [2, 2, 2, 2], [1, 3, 1, 3]])
    yield Sample((sample_values((3, 4), dtype), 1, _i64(index), sample_values((3, 4), dtype, 1)))
    yield Sample((sample_values((5,), dtype), 0, _i64(np.arange(40) * 3 % 5), sample_values((40,), dtype, 1)))


def _scatter(x: Array, dim: int, index: Array, src: Any) -> Array:
    x = np.array(x)
    part = src[tuple(slice(n) for n in index.shape)] if is_array(src) else src
    if x.ndim == 0:
        return np.asarray(part)
    x[_places(dim, index)] = part
    return x


def _scatter_add(x: Array, dim: int, index: Array, src: Array) -> Array:
    x = np.array(x)
    part = src[tuple(slice(n) for n in index.shape)]
    add = np.logical_or if x.dtype == np.bool_ else np.add
    if x.ndim == 0:
        return np.asarray(add(x, part))
    add.at(x, _places(dim, index), part)
    return x


def _masked(dtype: str) -> Iterator[Sample]:
    for seed, (shape, mask) in enumerate(
        (((3, 4), (3, 4)), ((3, 4), (4,)), ((4,), (3, 1)), ((300,), (300,)), ((), ()))
    ):
        yield Sample((sample_values(shape, dtype, seed), Typed(sample_values(mask, "bool", seed), "bool")))


def _masked_select(x: Array, mask: Array) -> Array:
    x, mask = np.broadcast_arrays(x, mask)
    return x[mask]


def _nonzero(x: Array) -> Array:
    return np.stack(np.nonzero(np.atleast_1d(x)), axis=1)[:, : x.ndim]


ROWS = (
    OpRow(
        "index",
        _reads,
        _index,
        differentiable=True,
        errors=(
            error(IndexError, r"too many indices.*dimension 2: got 3", _A, (_i64(0), _i64(0), _i64(0))),
            error(IndexError, "cannot be broadcast", _A, (_i64(0, 1), _i64(0, 1, 2))),
            error(IndexError, r"mask of sizes \(3,\) does not fit dimension 0", _A, (_mask(True, False, True),)),
            error(RuntimeError, "must be int64 or int32: got float32", _A, (_FLOAT_INDEX,)),
            error(ValueError, "at least one", _A, (None,)),
        ),
    ),
    OpRow(
        "index_put",
        _index_put_samples,
        _index_put,
        differentiable=True,
        errors=(
            error(
                RuntimeError,
                r"cannot broadcast values of sizes \(3,\) to \(2, 2\)",
                _A.T.copy(),
                (_i64(0, 1),),
                _VECTOR,
            ),
            error(RuntimeError, "must have the dtype of self: got int64", _A, (_i64(0),), _i64(1)),
            error(IndexError, "too many indices", _VECTOR, (_i64(0), _i64(0)), _VECTOR),
            ErrorCase(
                Sample((_VECTOR, (_i64(0),), _VECTOR[:1], True)),
                NotImplementedError,
                "float8_e5m2",
                "float8_e5m2",
            ),
        ),
    ),
    OpRow(
        "index_select",
        lambda dtype: iter(
            [
                *calls_on((3, 4), (0, _i64(2, 0, 2)), (1, _i32(3, 1)), (-1, _i64(np.zeros((0,), np.int64))))(dtype),
                *calls_on((4, 1, 3), (1, _i64(0, 0)), (2, _i64(2)))(dtype),
                Sample((sample_values((), dtype), 0, _i64(0))),
                Sample((sample_values((60, 70), dtype), 0, _i64(np.arange(300) * 7 % 60))),
            ]
        ),
        _index_select,
        differentiable=True,
        errors=(
            error(IndexError, "one dimension", _A, 0, _i64([[0]])),
            error(IndexError, "dimension out of range", _A, 2, _i64(0)),
            error(RuntimeError, "must be int64 or int32", _A, 0, _FLOAT_INDEX),
        ),
    ),
    OpRow(
        "index_add",
        _index_adds,
        _index_add,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(
            error(RuntimeError, r"source must have the sizes \(1, 3\): got \(2, 3\)", _A, 0, _i64(0), _A),
            error(RuntimeError, "must have the dtype of self", _A, 0, _i64(0, 1), Typed(np.ones((2, 3)), "float64")),
        ),
    ),
    OpRow(
        "gather",
        _gathers,
        _gather,
        differentiable=True,
        errors=(
            error(RuntimeError, "as many dimensions", _A, 0, _i64(0)),
            error(RuntimeError, r"got \(3, 1\), expected at most \(2, 3\)", _A, 1, _i64([[0], [0], [0]])),
            error(RuntimeError, "must be int64 or int32", _A, 0, Typed(np.zeros((1, 1)), "float32")),
            error(IndexError, "dimension out of range", _A, 2, _i64([[0]])),
        ),
    ),
    OpRow(
        "scatter",
        _scatters_and_numbers,
        _scatter,
        differentiable=True,
        errors=(
            error(RuntimeError, "as many dimensions as src", _A, 0, _i64([[0]]), _VECTOR),
            error(RuntimeError, "dtype of self: got float64", _A, 0, _i64([[0]]), Typed(np.ones((1, 1)), "float64")),
        ),
    ),
    OpRow(
        "scatter_add",
        _scatter_adds,
        _scatter_add,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(error(RuntimeError, "as many dimensions as self", _A, 0, _i64(0), _VECTOR),),
    ),
    OpRow(
        "masked_select",
        _masked,
        _masked_select,
        differentiable=True,
        errors=(
            error(RuntimeError, "must be bool: got float32", _A, _A),
            error(RuntimeError, r"cannot broadcast \(2, 3\) with \(2,\)", _A, _mask(True, False)),
        ),
    ),
    OpRow(
        "nonzero",
        lambda dtype: iter(
            [
                *of_each_shape()(dtype),
                Sample((sample_values((40, 50), dtype),)),
                Sample((sample_values((9000,), dtype),)),
            ]
        ),
        _nonzero,
        dtypes=ALL_DTYPES,
        result_dtype=lambda _dtype, _sample: "int64",
    ),
)
