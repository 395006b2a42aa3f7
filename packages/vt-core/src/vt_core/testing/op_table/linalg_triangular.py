# SPDX-License-Identifier: Apache-2.0
"""Rows of triangular systems."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vt_core.testing.op_table.linalg_row import (
    floats,
    linalg_row,
    matrices,
    right_hand_sides,
)
from vt_core.testing.op_table.row import Array, Sample, error


def _triangular_systems(dtype: str) -> Iterator[Sample]:
    cases: tuple[tuple[tuple[int, ...], tuple[int, ...], dict[str, bool]], ...] = (
        ((3, 3), (3, 2), {"upper": True}),
        ((3, 3), (3, 2), {"upper": False}),
        ((3, 3), (2, 3), {"upper": True, "left": False}),
        ((2, 2, 2), (2, 1), {"upper": False, "unitriangular": True}),
        ((2, 2), (3, 2, 2), {"upper": True, "left": False, "unitriangular": True}),
        ((0, 0), (0, 2), {"upper": True}),
        ((2, 2), (2, 0), {"upper": True}),
        ((30, 30), (30, 20), {"upper": True}),
    )
    for seed, (a, b, options) in enumerate(cases):
        yield Sample((matrices(a, dtype, seed), right_hand_sides(b, dtype, seed)), options)


def _triangle(a: Array, upper: bool, unitriangular: bool) -> Array:
    triangle = np.triu(a, 1) if upper else np.tril(a, -1)
    n = a.shape[-1]
    return np.asarray(triangle + np.eye(n) * (1 if unitriangular else a))


def _solve_triangular(a: Array, b: Array, *, upper: bool, left: bool = True, unitriangular: bool = False) -> Array:
    triangle = _triangle(a, upper, unitriangular)
    return np.linalg.solve(triangle, b) if left else np.linalg.solve(triangle.mT, b.mT).mT


def _old_triangular_systems(dtype: str) -> Iterator[Sample]:
    for upper, transposed, unit in ((True, False, False), (False, True, False), (True, True, True)):
        yield Sample((right_hand_sides((3, 2), dtype), matrices((3, 3), dtype), upper, transposed, unit))


def _triangular_solve(b: Array, a: Array, upper: bool, transposed: bool, unit: bool) -> tuple[Array, Array]:
    triangle = _triangle(a, upper, unit)
    return np.linalg.solve(triangle.mT if transposed else triangle, b), a


ROWS = (
    linalg_row(
        "linalg_solve_triangular",
        _triangular_systems,
        _solve_triangular,
        errors=(
            error(RuntimeError, "square matrices", floats(2, 3), floats(2, 2), upper=True),
            error(RuntimeError, "Incompatible shapes", floats(2, 2), floats(3, 2), upper=True),
            error(RuntimeError, "cannot be broadcast", floats(3, 2, 2), floats(2, 2, 2), upper=True),
        ),
    ),
    linalg_row(
        "triangular_solve",
        _old_triangular_systems,
        _triangular_solve,
        errors=(error(RuntimeError, "square matrices", floats(2, 2), floats(2, 3)),),
    ),
)
