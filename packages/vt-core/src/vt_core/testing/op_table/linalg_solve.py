# SPDX-License-Identifier: Apache-2.0
"""Rows of systems, inverses and determinants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.linalg_lu import lu_factor, lu_factor_ex
from vt_core.testing.op_table.linalg_row import (
    LINE,
    NOT_SQUARE,
    ZERO,
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
    Sample,
    error,
    real_of,
    unchanged,
)


def _systems(dtype: str) -> Iterator[Sample]:
    cases: tuple[tuple[tuple[int, ...], tuple[int, ...], dict[str, bool]], ...] = (
        ((3, 3), (3, 2), {}),
        ((3, 3), (3,), {}),
        ((2, 2, 2), (2, 2), {}),
        ((2, 3, 3), (2, 3), {}),
        ((2, 2), (3, 2, 1), {}),
        ((3, 3), (2, 3), {"left": False}),
        ((2, 2, 2), (1, 1, 2), {"left": False}),
        ((0, 0), (0, 2), {}),
        ((2, 2), (2, 0), {}),
        ((0, 2, 2), (0, 2, 1), {}),
        ((30, 30), (30, 4), {}),
    )
    for seed, (a, b, options) in enumerate(cases):
        yield Sample((matrices(a, dtype, seed), right_hand_sides(b, dtype, seed)), options)


def _solve(a: Array, b: Array, *, left: bool = True) -> Array:
    if not left:
        return np.linalg.solve(a.mT, b.mT).mT
    if b.ndim == 1 or (b.ndim == a.ndim - 1 and b.shape == a.shape[:-1]):
        return np.linalg.solve(a, b[..., None])[..., 0]
    return np.linalg.solve(a, b)


def _solve_ex(a: Array, b: Array, **options: Any) -> tuple[Array, Array]:
    return _solve(a, b, **options), number_info(a)


def _solve_with_factors(a: Array, b: Array, **options: Any) -> tuple[Array, ...]:
    return _solve(a, b, **options), *lu_factor_ex(a)


def _inv_ex(a: Array, **_: Any) -> tuple[Array, Array]:
    return np.linalg.inv(a), number_info(a)


def _determinant(a: Array) -> Array:
    return np.asarray(np.linalg.det(a))


def _det_with_factors(a: Array) -> tuple[Array, ...]:
    return _determinant(a), *lu_factor(a)


def _slogdet(a: Array) -> tuple[Array, Array]:
    sign, log = np.linalg.slogdet(a)
    return np.asarray(sign), np.asarray(log)


def _slogdet_with_factors(a: Array) -> tuple[Array, ...]:
    return *_slogdet(a), *lu_factor(a)


def _logdet(a: Array) -> Array:
    sign, log = _slogdet(a)
    return np.log(sign) + log if np.iscomplexobj(a) else np.where(sign == 1, log, np.nan)


_OF_SMALL = of_each(unchanged, (3, 3), (2, 2, 2), (1, 1), (0, 0), (0, 2, 2), (2, 1, 3, 3))


def _signed(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3, 3), (2, 2, 2), (1, 1), (0, 0))):
        array = matrices(shape, dtype, seed)
        yield Sample((array,))
        if array.size:
            yield Sample((-array,))


def _for_logarithms(dtype: str) -> Iterator[Sample]:
    # Where a determinant is negative its logarithm is NaN, and so is the derivative.
    return _OF_SMALL(dtype) if dtype == "float64" else _signed(dtype)


def _tensors(dtype: str) -> Iterator[Sample]:
    yield Sample((matrices((6, 6), dtype).reshape(2, 3, 6), 2))
    yield Sample((matrices((4, 4), dtype).reshape(4, 2, 2), 1))


def _tensorinv(a: Array, ind: int) -> Array:
    return np.linalg.tensorinv(a, ind)


def _tensor_systems(dtype: str) -> Iterator[Sample]:
    yield Sample((matrices((6, 6), dtype).reshape(2, 3, 6), right_hand_sides((2, 3), dtype)))
    yield Sample((matrices((4, 4), dtype).reshape(4, 2, 2), right_hand_sides((4,), dtype)))
    moved = np.moveaxis(matrices((4, 4), dtype).reshape(4, 2, 2), -1, 0)
    yield Sample((moved, right_hand_sides((4,), dtype), (0,)))


def _tensorsolve(a: Array, b: Array, dims: tuple[int, ...] | None = None) -> Array:
    return np.linalg.tensorsolve(a, b, dims)


ROWS = (
    linalg_row(
        "_linalg_solve_ex",
        _systems,
        _solve_with_factors,
        result_dtype=lambda dtype, _: (dtype, dtype, "int32", "int32"),
    ),
    linalg_row(
        "linalg_solve_ex",
        _systems,
        _solve_ex,
        result_dtype=with_info,
        errors=(error(vt.LinAlgError, "input matrix is singular", ZERO, floats(2, 1), check_errors=True),),
    ),
    linalg_row(
        "linalg_solve",
        _systems,
        _solve,
        errors=(
            error(vt.LinAlgError, "input matrix is singular", ZERO, floats(2, 1)),
            error(RuntimeError, "Incompatible shapes of A and B for the equation AX = B", floats(2, 2), floats(3)),
            error(RuntimeError, "not supported for left=False", floats(2, 2), floats(2), left=False),
        ),
    ),
    linalg_row("linalg_inv_ex", _OF_SMALL, _inv_ex, result_dtype=with_info, errors=(NOT_SQUARE,)),
    linalg_row(
        "linalg_inv",
        _OF_SMALL,
        np.linalg.inv,
        errors=(NOT_SQUARE, LINE, error(vt.LinAlgError, "diagonal element 1 is zero", ZERO)),
    ),
    linalg_row("inverse", _OF_SMALL, np.linalg.inv, errors=(NOT_SQUARE,)),
    linalg_row(
        "_linalg_det",
        _signed,
        _det_with_factors,
        result_dtype=lambda dtype, _: (dtype, dtype, "int32"),
    ),
    linalg_row("linalg_det", _signed, _determinant, errors=(NOT_SQUARE, LINE)),
    linalg_row("det", _signed, _determinant, errors=(NOT_SQUARE,)),
    linalg_row(
        "_linalg_slogdet",
        _signed,
        _slogdet_with_factors,
        result_dtype=lambda dtype, _: (dtype, real_of(dtype), dtype, "int32"),
    ),
    linalg_row(
        "linalg_slogdet",
        _signed,
        _slogdet,
        result_dtype=lambda dtype, _: (dtype, real_of(dtype)),
        errors=(NOT_SQUARE, LINE),
    ),
    linalg_row("slogdet", _signed, _slogdet, result_dtype=lambda dtype, _: (dtype, real_of(dtype))),
    linalg_row("logdet", _for_logarithms, _logdet, errors=(NOT_SQUARE,)),
    linalg_row(
        "linalg_tensorinv",
        _tensors,
        _tensorinv,
        errors=(
            error(RuntimeError, "strictly positive integer", floats(2, 2), 0),
            error(RuntimeError, r"prod\(self.shape", floats(2, 3), 1),
        ),
    ),
    linalg_row(
        "linalg_tensorsolve",
        _tensor_systems,
        _tensorsolve,
        errors=(error(RuntimeError, r"prod\(self.shape", floats(2, 3), floats(2)),),
    ),
)
