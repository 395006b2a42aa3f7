# SPDX-License-Identifier: Apache-2.0
"""Rows of LU factors, their parts, and what is solved with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.linalg_row import (
    LINE,
    ZERO,
    batched,
    floats,
    linalg_row,
    matrices,
    number_info,
    of_each,
    right_hand_sides,
    with_info,
)
from vt_core.testing.op_table.row import (
    Array,
    ErrorCase,
    Sample,
    Samples,
    Typed,
    error,
)

__all__ = ["ROWS", "lu_factor", "lu_factor_ex"]


def _lu_of_one(a: Array) -> tuple[Array, Array]:
    """Gaussian elimination with rows exchanged; complex pivots by the sum of their parts' magnitudes, as LAPACK's."""
    a = a.copy()
    m, n = a.shape
    pivots = np.zeros(min(m, n), np.int32)
    for k in range(min(m, n)):
        pivot = k + int(np.argmax(np.abs(np.real(a[k:, k])) + np.abs(np.imag(a[k:, k]))))
        pivots[k] = pivot + 1
        a[[k, pivot]] = a[[pivot, k]]
        a[k + 1 :, k] /= a[k, k]
        a[k + 1 :, k + 1 :] -= np.outer(a[k + 1 :, k], a[k, k + 1 :])
    return a, pivots


def lu_factor(a: Array, **_: Any) -> tuple[Array, Array]:
    lu, pivots = batched(_lu_of_one, (2,), a)
    return lu, pivots


def lu_factor_ex(a: Array, **_: Any) -> tuple[Array, ...]:
    return *lu_factor(a), number_info(a)


def _lus(*more: tuple[int, ...]) -> Samples:
    # Rows are exchanged where the largest entries are off the diagonal.
    return of_each(lambda a: np.roll(a, 1, -2), (3, 3), (2, 2, 2), (1, 1), (0, 0), (0, 2, 2), (20, 20), *more)


_RECTANGULAR = ((4, 2), (2, 4), (2, 3, 2), (3, 0), (0, 3))


def _permutation_of_one(pivots: Array, size: int) -> Array:
    rows = np.arange(size)
    for i, pivot in enumerate(pivots):
        rows[[i, pivot - 1]] = rows[[pivot - 1, i]]
    return rows


def _permutation(pivots: Array, size: int) -> Array:
    return batched(lambda one: (_permutation_of_one(one, size),), (1,), pivots)[0]


def _unpack_one(lu: Array, pivots: Array) -> tuple[Array, Array, Array]:
    m, n = lu.shape
    k = min(m, n)
    return (
        np.eye(m, dtype=lu.dtype)[:, _permutation_of_one(pivots, m)],
        np.tril(lu[:, :k], -1) + np.eye(m, k, dtype=lu.dtype),
        np.triu(lu[:k]),
    )


def _lu_unpack(lu: Array, pivots: Array, unpack_data: bool = True, unpack_pivots: bool = True) -> tuple[Array, ...]:
    p, lower, upper = batched(_unpack_one, (2, 1), lu, pivots)
    nothing = np.zeros(0)
    return p if unpack_pivots else nothing, lower if unpack_data else nothing, upper if unpack_data else nothing


def _lu(a: Array, **_: Any) -> tuple[Array, ...]:
    return _lu_unpack(*lu_factor(a))


def _packed(dtype: str) -> Iterator[Sample]:
    cases: tuple[tuple[tuple[int, ...], list[Any], tuple[bool, ...]], ...] = (
        ((3, 3), [2, 3, 3], ()),
        ((2, 2, 2), [[2, 2], [1, 2]], ()),
        ((4, 2), [4, 3], ()),
        ((2, 4), [2, 2], ()),
        ((2, 2), [1, 2], (False, True)),
        ((2, 2), [1, 2], (True, False)),
    )
    for seed, (shape, pivots, flags) in enumerate(cases):
        if flags[:1] == (False,) and dtype == "float64":
            continue  # nothing of it is differentiable
        yield Sample((matrices(shape, dtype, seed), Typed(np.array(pivots, np.int32), "int32"), *flags))


def _packed_systems(dtype: str) -> Iterator[Sample]:
    cases: tuple[tuple[tuple[int, ...], list[Any], tuple[int, ...], dict[str, bool]], ...] = (
        ((3, 3), [2, 3, 3], (3, 2), {}),
        ((3, 3), [2, 3, 3], (3, 2), {"adjoint": True}),
        ((3, 3), [2, 3, 3], (2, 3), {"left": False}),
        ((3, 3), [2, 3, 3], (2, 3), {"left": False, "adjoint": True}),
        ((2, 2, 2), [[2, 2], [1, 2]], (2, 1), {}),
        ((2, 2), [2, 2], (2, 2, 2), {"adjoint": True}),
        ((0, 0), [], (0, 2), {}),
    )
    for seed, (a, pivots, b, options) in enumerate(cases):
        yield Sample(
            (matrices(a, dtype, seed), Typed(np.array(pivots, np.int32), "int32"), right_hand_sides(b, dtype, seed)),
            options,
        )


def _lu_solve(lu: Array, pivots: Array, b: Array, *, left: bool = True, adjoint: bool = False) -> Array:
    p, lower, upper = _lu_unpack(lu, pivots)
    a = p @ lower @ upper
    if adjoint:
        a = a.mT.conj()
    return np.linalg.solve(a, b) if left else np.linalg.solve(a.mT, b.mT).mT


def _old_packed_systems(dtype: str) -> Iterator[Sample]:
    for sample in _packed_systems(dtype):
        if not sample.kwargs:
            yield Sample((sample.args[2], sample.args[0], sample.args[1]))


ROWS = (
    linalg_row(
        "linalg_lu_factor_ex",
        _lus(*_RECTANGULAR),
        lu_factor_ex,
        result_dtype=lambda dtype, _: (dtype, "int32", "int32"),
        errors=(LINE, error(vt.LinAlgError, r"U\[1,1\] is zero", ZERO, check_errors=True)),
    ),
    linalg_row(
        "linalg_lu_factor",
        _lus(*_RECTANGULAR),
        lu_factor,
        result_dtype=with_info,
        errors=(
            LINE,
            error(vt.LinAlgError, r"U\[1,1\] is zero", ZERO),
        ),
    ),
    linalg_row(
        "_pivots_to_permutation",
        lambda _: iter(
            (
                Sample((np.array([2, 3, 3], np.int32), 3)),
                Sample((np.array([[2, 2], [3, 4]], np.int32), 4)),
                Sample((np.zeros((0,), np.int32), 2)),
            )
        ),
        _permutation,
        dtypes=("int32",),
        result_dtype=lambda *_: "int64",
        differentiable=False,
        errors=(
            ErrorCase(
                Sample((np.array([0, 1], np.int32), 2)),
                RuntimeError,
                "between 1 and 2",
                "int32",
                is_of_elements=True,
            ),
            ErrorCase(Sample((np.array([1, 2], np.int32), 1)), RuntimeError, "got pivots", "int32"),
        ),
    ),
    linalg_row(
        "lu_unpack",
        _packed,
        _lu_unpack,
        result_dtype=lambda dtype, _: (dtype, dtype, dtype),
        errors=(
            error(RuntimeError, "int32", floats(2, 2), floats(2)),
            error(RuntimeError, "do not fit together", floats(2, 2), Typed(np.ones(3, np.int32), "int32")),
        ),
    ),
    linalg_row(
        "linalg_lu",
        _lus(*_RECTANGULAR),
        _lu,
        result_dtype=lambda dtype, _: (dtype, dtype, dtype),
        errors=(LINE,),
    ),
    linalg_row(
        "linalg_lu_solve",
        _packed_systems,
        _lu_solve,
        errors=(
            error(RuntimeError, "Incompatible", floats(2, 2), Typed(np.ones(2, np.int32), "int32"), floats(3, 2)),
            error(RuntimeError, "square", floats(2, 3), Typed(np.ones(2, np.int32), "int32"), floats(3, 2)),
        ),
    ),
    linalg_row(
        "lu_solve",
        _old_packed_systems,
        lambda b, lu, pivots: _lu_solve(lu, pivots, b),
        errors=(error(RuntimeError, "Incompatible", floats(3, 2), floats(2, 2), Typed(np.ones(2, np.int32), "int32")),),
    ),
)
