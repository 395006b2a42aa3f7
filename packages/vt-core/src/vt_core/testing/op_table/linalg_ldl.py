# SPDX-License-Identifier: Apache-2.0
"""Rows of LDL factors and what is solved with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.linalg_row import (
    NOT_SQUARE,
    ZERO,
    floats,
    hermitian,
    linalg_row,
    matrices,
    number_info,
    right_hand_sides,
    with_info,
)
from vt_core.testing.op_table.row import (
    COMPLEX,
    Array,
    Sample,
    Typed,
    error,
    error_of_elements,
)


# Matrices have diagonals so large that nothing is exchanged.
def _ldl(a: Array, **_: Any) -> tuple[Array, Array]:
    lower = np.linalg.cholesky(hermitian(a)) if a.size else a
    n = a.shape[-1]
    scales = np.diagonal(lower, axis1=-2, axis2=-1).real
    ld = np.tril(lower / scales[..., None, :], -1) + np.eye(n) * (scales**2)[..., None]
    return ld, np.broadcast_to(np.arange(1, n + 1, dtype=np.int32), a.shape[:-1])


def _ldl_ex(a: Array, **_: Any) -> tuple[Array, ...]:
    return *_ldl(a), number_info(a)


def _ldls(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3, 3), (2, 2, 2), (0, 0))):
        yield Sample((hermitian(matrices(shape, dtype, seed)),), {"hermitian": True} if dtype in COMPLEX else {})


def _ldl_systems(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3, 3), (2, 2, 2))):
        ld, pivots = _ldl(hermitian(matrices(shape, "float64", seed)))
        ld = np.round(ld * 4) / 4
        sides = right_hand_sides((shape[-1], 2), dtype, seed)
        yield Sample((ld, Typed(pivots.copy(), "int32"), sides))


def _ldl_solve(ld: Array, _: Array, b: Array) -> Array:
    n = ld.shape[-1]
    lower = np.tril(ld, -1) + np.eye(n)
    return np.linalg.solve(lower @ (np.eye(n) * ld) @ lower.mT, b)


ROWS = (
    linalg_row(
        "linalg_ldl_factor_ex",
        _ldls,
        _ldl_ex,
        result_dtype=lambda dtype, _: (dtype, "int32", "int32"),
        differentiable=False,
        errors=(NOT_SQUARE, error(vt.LinAlgError, r"D\[1,1\] is zero", ZERO, check_errors=True)),
    ),
    linalg_row(
        "linalg_ldl_factor",
        _ldls,
        _ldl,
        result_dtype=with_info,
        differentiable=False,
        errors=(NOT_SQUARE, error(vt.LinAlgError, r"D\[1,1\] is zero", ZERO)),
    ),
    linalg_row(
        "linalg_ldl_solve",
        _ldl_systems,
        _ldl_solve,
        differentiable=False,
        errors=(
            error(RuntimeError, "must be equal", floats(2, 2), Typed(np.ones(2, np.int32), "int32"), floats(3, 2)),
            error(RuntimeError, "expected pivots", floats(2, 2), Typed(np.ones(3, np.int32), "int32"), floats(2, 2)),
            error_of_elements(
                RuntimeError, "must be rows", floats(2, 2), Typed(np.zeros(2, np.int32), "int32"), floats(2, 2)
            ),
        ),
    ),
)
