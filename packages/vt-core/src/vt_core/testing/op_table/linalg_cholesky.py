# SPDX-License-Identifier: Apache-2.0
"""Rows of Cholesky factors and what is solved with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.linalg_row import (
    LINE,
    NOT_SQUARE,
    SQUARE,
    floats,
    linalg_row,
    matrices,
    number_info,
    right_hand_sides,
    with_info,
)
from vt_core.testing.op_table.row import Array, Sample, error


def _positive(array: Array) -> Array:
    return np.asarray(array @ array.mT.conj() / 4)


def _cholesky(array: Array, upper: bool = False) -> Array:
    lower = np.linalg.cholesky(array) if array.size else array
    return np.asarray(lower.mT.conj() if upper else lower)


def _cholesky_ex(array: Array, *, upper: bool = False) -> tuple[Array, Array]:
    return _cholesky(array, upper), number_info(array)


def _choleskys(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(SQUARE):
        yield Sample((_positive(matrices(shape, dtype, seed)),), {"upper": seed % 2 == 1})


def _to_positive(x: Any) -> Any:
    return vt.ops.add(x @ vt.ops.transpose(x, -2, -1), vt.ops.eye(x.shape[-1], dtype=x.dtype))


def _factor_and_sides(dtype: str) -> Iterator[Sample]:
    cases: tuple[tuple[tuple[int, ...], tuple[int, ...], bool], ...] = (
        ((3, 2), (3, 3), False),
        ((3, 2), (3, 3), True),
        ((2, 2, 1), (2, 2), False),
        ((2, 2), (2, 2, 2), True),
        ((0, 2), (0, 0), False),
        ((2, 0), (2, 2), False),
    )
    for seed, (b, a, upper) in enumerate(cases):
        factor = np.tril(matrices(a, dtype, seed))
        yield Sample((right_hand_sides(b, dtype, seed), factor.mT if upper else factor, upper))


def _cholesky_solve(b: Array, factor: Array, upper: bool) -> Array:
    lower = np.triu(factor).mT.conj() if upper else np.tril(factor)
    return np.linalg.solve(lower @ lower.mT.conj(), b)


def _cholesky_inverse(factor: Array, upper: bool = False) -> Array:
    lower = np.triu(factor).mT.conj() if upper else np.tril(factor)
    return np.linalg.inv(lower @ lower.mT.conj())


def _factors(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3, 3), (2, 2, 2), (0, 0))):
        factor = np.tril(matrices(shape, dtype, seed))
        yield Sample((factor.mT if seed % 2 else factor, seed % 2 == 1))


ROWS = (
    linalg_row(
        "linalg_cholesky_ex",
        _choleskys,
        _cholesky_ex,
        result_dtype=with_info,
        to_domain=_to_positive,
        errors=(NOT_SQUARE, LINE, error(vt.LinAlgError, "not positive-definite", -np.eye(2), check_errors=True)),
    ),
    linalg_row(
        "linalg_cholesky",
        _choleskys,
        _cholesky,
        to_domain=_to_positive,
        errors=(
            NOT_SQUARE,
            error(vt.LinAlgError, "leading minor of order 1 is not positive-definite", -np.eye(2)),
            error(vt.LinAlgError, r"\(Batch element 1\)", np.stack([np.eye(2), -np.eye(2)])),
        ),
    ),
    linalg_row("cholesky", _choleskys, _cholesky, to_domain=_to_positive, errors=(NOT_SQUARE,)),
    linalg_row(
        "cholesky_solve",
        _factor_and_sides,
        _cholesky_solve,
        errors=(
            error(RuntimeError, "square", floats(2, 1), floats(2, 3)),
            error(RuntimeError, "at least 2", floats(2), floats(2, 2)),
        ),
    ),
    linalg_row("cholesky_inverse", _factors, _cholesky_inverse, errors=(NOT_SQUARE,)),
)
