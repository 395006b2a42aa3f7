# SPDX-License-Identifier: Apache-2.0
"""Rows of the reductions of segments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from vt_core.testing.op_table.reduce import REAL, UNREPEATED
from vt_core.testing.op_table.row import Array, OpRow, Sample, Typed, error, error_of_elements, sample_values

_WAYS = ("sum", "mean", "max", "min", "prod")
_LENGTHS = np.array([2, 1, 4])


def _offsets(lengths: Array) -> Array:
    return np.concatenate([np.zeros_like(lengths[..., :1]), lengths.cumsum(axis=-1)], axis=-1)


def _at_offsets(dtype: str) -> Iterator[Sample]:
    for seed, way in enumerate(_WAYS):
        offsets = Typed(_offsets(_LENGTHS), "int64")
        yield Sample((sample_values((7,), dtype, seed), way, offsets, 0))
        yield Sample((sample_values((7, 2), dtype, seed), way, offsets, 0, 2.0))
        lengths = np.array([[1, 3], [2, 2]])
        yield Sample((sample_values((2, 4, 3), dtype, seed), way, Typed(_offsets(lengths), "int64"), 1))
    yield Sample((sample_values((3,), dtype), "sum", Typed(np.array([0, 0, 3, 3]), "int64"), 0))


def _with_lengths(dtype: str) -> Iterator[Sample]:
    for seed, way in enumerate(_WAYS):
        lengths = Typed(_LENGTHS, "int64" if seed % 2 else "int32")
        yield Sample((sample_values((7, 2), dtype, seed), way), {"lengths": lengths})
        yield Sample((sample_values((7,), dtype, seed), way), {"offsets": Typed(_offsets(_LENGTHS), "int64")})
    batch = Typed(np.array([[1, 3], [2, 2]]), "int64")
    yield Sample((sample_values((2, 4, 3), dtype), "mean"), {"lengths": batch, "axis": 1, "initial": 1})
    yield Sample((sample_values((9,), dtype), "sum"), {"lengths": Typed(_LENGTHS, "int64"), "unsafe": True})


def _reduced(x: Array, way: str, initial: float | None) -> Array:
    start = {"max": -np.inf, "min": np.inf, "prod": 1.0}.get(way, 0.0) if initial is None else float(initial)
    if way == "mean":
        return (x.sum(axis=0) + start) / len(x) if len(x) or initial is None else np.full(x.shape[1:], start)
    fold: Any = {"sum": np.sum, "max": np.max, "min": np.min, "prod": np.prod}[way]
    return fold(x, axis=0, initial=start)


def _reference(x: Array, way: str, offsets: Array, axis: int = 0, initial: float | None = None) -> Array:
    lines = x.reshape(-1, *x.shape[axis:])
    bounds = offsets.reshape(-1, offsets.shape[-1])
    parts = [
        np.stack([_reduced(line[a:b], way, initial) for a, b in pairwise(at)])
        for line, at in zip(lines, bounds, strict=True)
    ]
    return np.stack(parts).reshape(*x.shape[:axis], -1, *x.shape[axis + 1 :])


def _segment_reduce(x: Array, way: str, *, axis: int = 0, initial: float | None = None, **given: Any) -> Array:
    offsets = given["offsets"] if "offsets" in given else _offsets(given["lengths"])
    return _reference(x, way, offsets, axis, initial)


_A = sample_values((7, 2), "float32")


def _lengths(*lengths: int) -> Typed:
    return Typed(np.array(lengths), "int64")


ROWS: tuple[OpRow, ...] = (
    OpRow(
        "_segment_reduce",
        _at_offsets,
        _reference,
        dtypes=REAL,
        differentiable=True,
        layouts=UNREPEATED,
        errors=(error_of_elements(RuntimeError, "offsets must not decrease", _A, "sum", _lengths(0, 5, 3), 0),),
    ),
    OpRow(
        "segment_reduce",
        _with_lengths,
        _segment_reduce,
        dtypes=REAL,
        differentiable=True,
        layouts=UNREPEATED,
        errors=(
            error(RuntimeError, "reduce argument must be", _A, "median", lengths=_lengths(3, 4)),
            error(RuntimeError, "either lengths or offsets", _A, "sum"),
            error(RuntimeError, "indices based", _A, "sum", indices=_lengths(0)),
            error(RuntimeError, "to sum to the size of data", _A, "sum", lengths=_lengths(3, 3)),
            error(RuntimeError, "must not be negative", _A, "sum", lengths=_lengths(9, -2)),
            error(RuntimeError, "last dimension of lengths", _A, "sum", lengths=_lengths(1, 1), axis=1),
            error(IndexError, "out of range", _A, "sum", lengths=_lengths(7), axis=2),
        ),
    ),
)
