# SPDX-License-Identifier: Apache-2.0
"""Derivatives of what is empty or has no dimension: samples of the op table made so, wherever the operator takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pytest
import vt_autograd as ag
import vt_core as vt
from test_op_table import CONSTANT as MAYBE_CONSTANT
from test_op_table import LAST, ROWS, checked_calls, squares_first
from vt_core.testing.op_table import OpRow, Sample, Typed

MAX_SAMPLES = 6
REFUSALS = (RuntimeError, ValueError, IndexError, TypeError)
# How many rows take something so made, at least.
NUM_TAKEN = {"emptied": 300, "reduced": 200}
# Second derivatives that divide by the norm or the spread of nothing.
SINGULAR = {("_weight_norm", "emptied"), ("batch_norm", "emptied"), ("dist", "emptied")}
# Of an empty matrix it depends on nothing.
CONSTANT = {("linalg_cond", "emptied")}


def changed(sample: Sample, change: Callable[[Any], Any]) -> Sample:
    """The sample with every array changed."""

    def convert(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(convert(item) for item in value)  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, Typed):
            return replace(value, array=change(value.array))
        return change(value) if isinstance(value, np.ndarray) else value

    return Sample(tuple(convert(value) for value in sample.args), sample.kwargs)


def emptied(sample: Sample) -> Sample:
    """Without the rows that all arrays of as many have."""
    length = next((a.shape[0] for a in sample.args if isinstance(a, np.ndarray) and a.ndim), None)
    return changed(sample, lambda a: a[:0] if a.ndim and a.shape[0] == length else a)


def reduced(sample: Sample) -> Sample:
    """Of first elements alone."""
    return changed(sample, lambda a: a.reshape(-1)[0].reshape(()) if a.size else a)


def is_defined(result: Any) -> bool:
    """Whether there is a result, and none that is not a number, as the mean of nothing."""
    parts = result if isinstance(result, tuple) else (result,)
    return len(parts) > 0 and all(vt.ops.isfinite(part).all() for part in parts)


def small_calls(row: OpRow, make: Callable[[Sample], Sample]) -> Iterator[Any]:
    """The function of each call that is taken, its leaves and its result."""

    def samples(dtype: str) -> Iterator[Sample]:
        return (make(sample) for sample in islice(row.samples(dtype), MAX_SAMPLES))

    for function, leaves in checked_calls(replace(row, samples=samples), "contiguous", in_place=row.is_in_place_only):
        try:
            result = function(*leaves)
        except REFUSALS:
            continue
        if is_defined(result):
            yield function, leaves, result


@pytest.mark.parametrize("make", [emptied, reduced])
@pytest.mark.parametrize("row", [row for row in ROWS if row.name not in LAST], ids=lambda row: row.name)
def test_derivatives_of_what_is_small(row: OpRow, make: Callable[[Sample], Sample]) -> None:
    key = (row.name, make.__name__)
    for function, leaves, result in small_calls(row, make):
        if key in CONSTANT:
            assert not result.requires_grad or all(leaf.numel() == 0 for leaf in leaves)
            continue
        if row.name in MAYBE_CONSTANT and not result.requires_grad:
            continue
        if key in SINGULAR:
            assert [g.shape for g in ag.grad(result.sum(), leaves)] == [leaf.shape for leaf in leaves]
            continue
        assert ag.gradcheck(function, leaves)
        if row.twice_differentiable:
            assert ag.gradgradcheck(lambda *xs, function=function: squares_first(function, xs), leaves)


@pytest.mark.parametrize("make", [emptied, reduced])
def test_most_rows_take_something_small(make: Callable[[Sample], Sample]) -> None:
    taken = sum(any(True for _ in small_calls(row, make)) for row in ROWS)
    assert taken >= NUM_TAKEN[make.__name__]
