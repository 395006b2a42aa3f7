# SPDX-License-Identifier: Apache-2.0
"""Rows of the joins as rows, columns, layers and blocks, and of atleast_1d to atleast_3d."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import Array, OpRow, Sample, Samples, error, sample_values, unchanged

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")
_CUBE = sample_values((1, 2, 2), "float32")


def _lists(*shapes: tuple[tuple[int, ...], ...]) -> Samples:
    """Calls with a list of tensors of each list of shapes."""

    def samples(dtype: str) -> Iterator[Sample]:
        for each in shapes:
            yield Sample((tuple(sample_values(shape, dtype, seed) for seed, shape in enumerate(each)),))

    return samples


def _singles(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (2, 1, 3), (0, 2))):
        yield Sample((sample_values(shape, dtype, seed),))


def _atleast(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x: function(unchanged(x))


def _each(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda xs: tuple(function(x) for x in xs)


def _blocks(xs: tuple[Array, ...]) -> Array:
    blocks = [np.atleast_2d(x) for x in xs]
    out = np.zeros(np.sum([b.shape for b in blocks], axis=0), dtype=blocks[0].dtype)
    row = column = 0
    for block in blocks:
        out[row : row + block.shape[0], column : column + block.shape[1]] = block
        row, column = row + block.shape[0], column + block.shape[1]
    return out


def _joined(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda xs: function(list(xs))


_MIXED = ((), (3,), (2, 3))
_NON_EMPTY = error(RuntimeError, "expected a non-empty list", ())

ROWS = (
    OpRow("atleast_1d", _singles, _atleast(np.atleast_1d), differentiable=True),
    OpRow("atleast_1d.Sequence", _lists(_MIXED), _each(np.atleast_1d), differentiable=True),
    OpRow("atleast_2d", _singles, _atleast(np.atleast_2d), differentiable=True),
    OpRow("atleast_2d.Sequence", _lists(_MIXED), _each(np.atleast_2d), differentiable=True),
    OpRow("atleast_3d", _singles, _atleast(np.atleast_3d), differentiable=True),
    OpRow("atleast_3d.Sequence", _lists(_MIXED), _each(np.atleast_3d), differentiable=True),
    OpRow(
        "hstack",
        _lists(((3,), (), (2,)), ((2, 3), (2, 1)), ((2, 1, 2), (2, 3, 2))),
        _joined(np.hstack),
        differentiable=True,
        errors=(_NON_EMPTY, error(RuntimeError, "hstack|cat", (_A, _CUBE))),
    ),
    OpRow(
        "vstack",
        _lists(((3,), (2, 3)), ((), (1, 1)), ((2, 1, 2), (1, 1, 2))),
        _joined(np.vstack),
        differentiable=True,
        errors=(_NON_EMPTY, error(RuntimeError, "cat", (_A, _CUBE))),
    ),
    OpRow(
        "dstack",
        _lists(((3,), (3,)), ((), ()), ((2, 1), (2, 1, 2))),
        _joined(np.dstack),
        differentiable=True,
        errors=(_NON_EMPTY, error(RuntimeError, "cat", (_A, _CUBE))),
    ),
    OpRow(
        "column_stack",
        _lists(((3,), (3, 2)), ((), ()), ((2, 1, 2), (2, 3, 2))),
        _joined(np.column_stack),
        differentiable=True,
        errors=(_NON_EMPTY, error(RuntimeError, "cat", (_A, _CUBE))),
    ),
    OpRow(
        "block_diag",
        _lists(((2, 3), (3,), (), (1, 2)), ((2, 2),), ((0, 2), (1, 1))),
        _blocks,
        differentiable=True,
        errors=(error(RuntimeError, r"at most 2 dimensions: got \(1, 2, 2\) at position 1", (_A, _CUBE)),),
    ),
)
