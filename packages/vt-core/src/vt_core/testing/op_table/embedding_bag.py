# SPDX-License-Identifier: Apache-2.0
"""Rows of embedding_bag and of the search for its largest elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

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

__all__ = ["ROWS"]

_SUM, _MEAN, _MAX = 0, 1, 2
_TABLE = sample_values((5, 3), "float32")


def _i64(values: Any, dtype: str = "int64") -> Typed:
    return Typed(np.array(values, dtype), dtype)


_INDICES = _i64([4, 0, 4, 1, 1, 2])
_OFFSETS = _i64([0, 2, 2, 5])  # the second bag is empty


def _calls(dtype: str) -> Iterator[Sample]:
    for mode in (_SUM, _MEAN, _MAX):
        for indices, offsets, further in (
            (_INDICES, _OFFSETS, {}),
            (_i64([4, 0, 4, 1], "int32"), _i64([0, 1], "int32"), {}),
            (_INDICES, _i64([0, 3, 6]), {"include_last_offset": True}),
            (_INDICES, _OFFSETS, {"padding_idx": 4}),
            (_INDICES, _OFFSETS, {"padding_idx": -1}),
            (_i64([]), _i64([0, 0]), {}),
        ):
            yield Sample((sample_values((5, 3), dtype), indices, offsets), {"mode": mode, **further})
    factors = sample_values((6,), dtype, 1)
    yield Sample((sample_values((5, 3), dtype), _INDICES, _OFFSETS, False, _SUM, False, factors, False, 4))


def _embedding_bag(
    weight: Array,
    indices: Array,
    offsets: Array,
    scale_grad_by_freq: bool = False,
    mode: int = _SUM,
    sparse: bool = False,
    per_sample_weights: Array | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> tuple[Array, ...]:
    assert not scale_grad_by_freq
    assert not sparse
    ends = offsets[1:] if include_last_offset else np.append(offsets[1:], len(indices))
    count = len(ends)
    padding = None if padding_idx is None else padding_idx % len(weight)
    out = np.zeros((count, weight.shape[1]))
    bag_of = np.zeros(len(indices), np.int64)
    sizes = np.zeros(count, np.int64)
    places = np.full((count, weight.shape[1]), -1, np.int64)
    for bag, (begin, end) in enumerate(zip(offsets, ends, strict=False)):
        bag_of[begin:end] = bag
        kept = [i for i in range(begin, end) if indices[i] != padding]
        sizes[bag] = len(kept)
        if not kept:
            continue
        rows = weight[indices[kept]]
        if per_sample_weights is not None:
            rows = rows * per_sample_weights[kept][:, None]
        out[bag] = rows.max(0) if mode == _MAX else rows.sum(0) if mode == _SUM else rows.mean(0)
        places[bag] = indices[kept][rows.argmax(0)]
    return out, bag_of, sizes, places if mode == _MAX else np.zeros((0,), np.int64)


def _places(weight: Array, indices: Array, bag_of: Array, num_bags: int, padding_idx: int) -> Array:
    out = np.full((num_bags, weight.shape[1]), -1, np.int64)
    for bag in range(num_bags):
        rows = indices[(bag_of == bag) & (indices != padding_idx)]
        if len(rows):
            out[bag] = rows[weight[rows].argmax(0)]
    return out


def _bag_of(offsets: Array, num_indices: int, num_bags: int) -> Array:
    ends = [*offsets[1:num_bags], num_indices]
    return np.repeat(np.arange(len(ends)), np.array(ends) - offsets[: len(ends)])


ROWS = (
    OpRow(
        "embedding_bag",
        _calls,
        _embedding_bag,
        dtypes=HALVES + FLOATS,
        result_dtype=lambda dtype, _sample: (dtype, "int64", "int64", "int64"),
        layouts=("contiguous", "transposed", "sliced"),  # extremes of equal elements have no derivative
        differentiable=True,
        errors=(
            error(RuntimeError, "weight must have two dimensions", sample_values((3,), "float32"), _INDICES, _OFFSETS),
            error(RuntimeError, "must have one dimension", _TABLE, _i64([[0]]), _i64([0])),
            error(RuntimeError, "offsets must start at 0.*got 1 at position 0", _TABLE, _INDICES, _i64([1])),
            error(RuntimeError, "got 2 at position 2", _TABLE, _INDICES, _i64([0, 3, 2])),
            error(RuntimeError, "not pass the 6 indices: got 7", _TABLE, _INDICES, _i64([0, 7])),
            error(RuntimeError, "mode must be 0", _TABLE, _INDICES, _OFFSETS, mode=3),
            error(RuntimeError, "not for mode 2", _TABLE, _INDICES, _OFFSETS, True, _MAX),
            error(NotImplementedError, "sparse", _TABLE, _INDICES, _OFFSETS, sparse=True),
            error(RuntimeError, "are for mode 0", _TABLE, _INDICES, _OFFSETS, mode=1, per_sample_weights=_TABLE[0]),
            error(RuntimeError, "sizes of the indices", _TABLE, _INDICES, _OFFSETS, per_sample_weights=_TABLE[0]),
            error(RuntimeError, "padding_idx is out of range: got 5", _TABLE, _INDICES, _OFFSETS, padding_idx=5),
            error(IndexError, "^embedding_bag: index 5 is out of bounds", _TABLE, _i64([0, 5]), _i64([0])),
            error(IndexError, "^embedding_bag: index 5 is out of bounds", _TABLE, _i64([0, 5]), _i64([0]), mode=2),
        ),
    ),
    OpRow(
        "_embedding_bag_of",
        lambda dtype: iter(
            Sample((np.array(offsets, dtype), *numbers))
            for offsets, numbers in (
                ([0, 2, 2, 5], (6, 4)),
                ([0, 3, 6], (6, 2)),
                ([0, 0, 0], (3, 3)),
                ([0], (300, 1)),
                ([0, 0], (0, 2)),
            )
        ),
        _bag_of,
        result_dtype=lambda _dtype, _sample: "int64",
        dtypes=("int32", "int64"),
        layouts=("contiguous", "sliced"),
        errors=(error(RuntimeError, "expected a vector of offsets and at most as many bags", _i64([0, 1]), 3, 3),),
    ),
    OpRow(
        "_embedding_bag_places",
        lambda dtype: iter([Sample((sample_values((5, 3), dtype), _INDICES, _i64([0, 0, 2, 2, 2, 3]), 4, 1))]),
        _places,
        result_dtype=lambda _dtype, _sample: "int64",
        dtypes=HALVES + FLOATS,
        layouts=("contiguous", "transposed", "sliced"),
    ),
)
