# SPDX-License-Identifier: Apache-2.0
"""Rows of copies in which what a view shows is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.lib import stride_tricks

from vt_core.testing.op_table.diagonal import diagonal_of
from vt_core.testing.op_table.row import Array, OpRow, Sample, Samples, error, sample_values
from vt_core.testing.op_table.view import slice_along

__all__ = ["ROWS"]

_A = sample_values((2, 3), "float32")
_LINE = sample_values((3,), "float32")


def _calls(shape: tuple[int, ...], *further: tuple[tuple[int, ...], tuple[Any, ...]]) -> Samples:
    """Calls on a tensor of `shape` with a source of each shape and its further arguments."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, (source, rest) in enumerate(further):
            yield Sample((sample_values(shape, dtype, seed), sample_values(source, dtype, seed + 5), *rest))

    return samples


def _scattered(view: Callable[..., Array]) -> Callable[..., Array]:
    def reference(x: Array, src: Array, *rest: Any) -> Array:
        out = x.copy()
        seen = view(out, *rest)
        if not seen.flags.writeable:  # NumPy's diagonals are read-only
            seen.flags.writeable = True
        seen[...] = src
        return out

    return reference


def _select(x: Array, dim: int, index: int) -> Array:
    return np.moveaxis(x, dim, 0)[index, ...]


def _slice(x: Array, dim: int = 0, start: int | None = None, end: int | None = None, step: int = 1) -> Array:
    return slice_along(x, dim, start, end, step)


def _strided(x: Array, size: list[int], stride: list[int], offset: int = 0) -> Array:
    return stride_tricks.as_strided(x.reshape(-1)[offset:], size, [s * x.itemsize for s in stride])


_size = r"expected src to have the sizes of the view"

ROWS = (
    OpRow(
        "as_strided_scatter",
        _calls((3, 4), ((3,), ([3], [4], 1)), ((2, 2), ([2, 2], [1, 5], 0)), ((), ([], [], 7))),
        _scattered(_strided),
        layouts=("contiguous",),
        differentiable=True,
        errors=(
            error(RuntimeError, _size, _A, _LINE, [2], [1], 0),
            error(RuntimeError, "leave the storage", _A, _LINE, [3], [3], 0),
        ),
    ),
    OpRow(
        "diagonal_scatter",
        _calls((3, 4), ((3,), ()), ((3,), (1,)), ((2,), (-1,)), ((3,), (0, 1, 0))),
        _scattered(diagonal_of),
        differentiable=True,
        errors=(error(RuntimeError, _size, _A, _LINE),),
    ),
    OpRow(
        "select_scatter",
        _calls((3, 4), ((4,), (0, 1)), ((3,), (1, -1))),
        _scattered(_select),
        differentiable=True,
        errors=(error(RuntimeError, _size, _A, _LINE, 1, 0), error(IndexError, "out of range", _A, _LINE, 0, 2)),
    ),
    OpRow(
        "slice_scatter",
        _calls(
            (5, 2),
            ((5, 2), ()),
            ((2, 2), (0, 1, 3)),
            ((3, 2), (0, None, None, 2)),
            ((5, 1), (1, 1)),
            ((0, 2), (0, 4, 1)),
        ),
        _scattered(_slice),
        differentiable=True,
        errors=(error(RuntimeError, _size, _A, _LINE, 0, 0, 1),),
    ),
)
