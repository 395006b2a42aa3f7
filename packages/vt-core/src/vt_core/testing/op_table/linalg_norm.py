# SPDX-License-Identifier: Apache-2.0
"""Rows of norms of matrices, condition numbers, powers, exponentials and Vandermonde matrices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.linalg_row import linalg_row, matrices, of_each, solver_row
from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    LAYOUTS,
    Array,
    DTypeName,
    OpRow,
    Sample,
    error,
    real_of,
    sample_values,
)

__all__ = ["ROWS"]

_LAYOUTS = tuple(layout for layout in LAYOUTS if layout != "expanded")


def _f(*shape: int) -> Array:
    return sample_values(shape, "float32")


# Norms. Matrices are far from those whose largest sums are equal.
def _distinct(shape: tuple[int, ...], dtype: str, seed: int = 0) -> Array:
    """Matrices without zeros, whose rows and columns have different sums, as far as half types allow."""
    array = matrices(shape, dtype, seed)
    return array if dtype in HALVES else np.asarray(array + (np.arange(array.size).reshape(shape) + 0.5) / 64)


def _matrix_norms(dtype: str) -> Iterator[Sample]:
    shapes = ((3, 3), (4, 2), (2, 2, 3), (2, 1, 2, 2))
    for seed, order in enumerate(("fro", 1, -1, np.inf, -np.inf, *(() if dtype in HALVES else ("nuc", 2, -2)))):
        for shape in shapes[: 2 + seed % 3]:
            yield Sample((_distinct(shape, dtype, seed), order), {"keepdim": seed % 2 == 1})
    yield Sample((_distinct((3, 2, 2), dtype), 1, (0, -1)))
    yield Sample((_distinct((3, 2, 2), dtype), -np.inf, (2, 0), True))
    yield Sample((_distinct((2, 2), dtype),))
    if dtype == "float32":
        yield Sample((_distinct((2, 2), dtype), "fro"), {"dtype": DTypeName("float64")})


def _norm_dtype(dtype: str, sample: Sample) -> str:
    named = sample.kwargs.get("dtype")
    return named.name if isinstance(named, DTypeName) and named.name else real_of(dtype)


def _matrix_norm(
    a: Array, order: Any = "fro", dim: tuple[int, int] = (-2, -1), keepdim: bool = False, **_: Any
) -> Array:
    return np.asarray(np.linalg.norm(a, order, axis=dim, keepdims=keepdim))


def _norms(dtype: str) -> Iterator[Sample]:
    yield Sample((_distinct((2, 2, 2), dtype),))
    yield Sample((sample_values((5,), dtype, 1), 3))
    yield Sample((_distinct((3, 3), dtype), 1))
    yield Sample((_distinct((2, 3, 3), dtype), np.inf, (1, 2)), {"keepdim": True})
    yield Sample((_distinct((2, 3, 3), dtype), 1, (1,)))
    yield Sample((_distinct((2, 3, 3), dtype), None, (0, 2)))
    if dtype not in HALVES:
        yield Sample((_distinct((3, 3), dtype), "nuc"))
        yield Sample((_distinct((3, 3), dtype), 2, None, True))


def _norm(a: Array, order: Any = None, dim: Any = None, keepdim: bool = False, **_: Any) -> Array:
    if order is None and dim is not None:
        return np.sqrt((np.abs(a) ** 2).sum(dim, keepdims=keepdim))
    axis = dim[0] if dim is not None and len(dim) == 1 else dim
    return np.asarray(np.linalg.norm(a, order, axis=axis, keepdims=keepdim))


def _conds(dtype: str) -> Iterator[Sample]:
    for seed, order in enumerate(("fro", None, 2, -2, 1, -1, np.inf, "nuc")):
        yield Sample((_distinct((3, 3), dtype, seed), order))
    yield Sample((_distinct((2, 2, 2), dtype), 1))
    yield Sample((_distinct((4, 2), dtype),))
    if dtype != "float64":  # no derivatives: the norm of an inverse is not finite; there are no elements
        yield Sample((np.zeros((2, 2)), 1))
        yield Sample((np.zeros((0, 0)),))


def _cond(a: Array, order: Any = None) -> Array:
    if not a.size:
        return np.zeros(a.shape[:-2])
    return np.asarray(np.linalg.cond(a, order))


# Functions.
def _small(array: Array) -> Array:
    return np.asarray(array / 4)


def _exp(a: Array) -> Array:
    scaled = a / 2.0**10
    term = total = np.broadcast_to(np.eye(a.shape[-1], dtype=a.dtype), a.shape)
    for k in range(1, 20):
        term = term @ scaled / k
        total = total + term
    for _ in range(10):
        total = total @ total
    return np.asarray(total)


def _of_matrices(dtype: str, shape: tuple[int, ...], seed: int) -> Array:
    return sample_values(shape, dtype, seed) if dtype in INTEGERS else matrices(shape, dtype, seed)


def _powers(dtype: str) -> Iterator[Sample]:
    for seed, (shape, n) in enumerate(
        (((3, 3), 2), ((2, 2, 2), 0), ((3, 3), 1), ((2, 2), 3), ((1, 1), 5), ((0, 0), 2))
    ):
        yield Sample((_of_matrices(dtype, shape, seed), n))
    if dtype in FLOATS + COMPLEX:
        yield Sample((matrices((3, 3), dtype), -2))


def _power(a: Array, n: int) -> Array:
    return np.linalg.matrix_power(a, n) if a.size else a


def _vanders(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((3,), dtype),))
    yield Sample((sample_values((3,), dtype, 1),), {"N": 2})
    yield Sample((sample_values((2, 2), dtype, 2),), {"N": 4})
    yield Sample((sample_values((0,), dtype),), {"N": 2})


def _vander(x: Array, **options: int) -> Array:
    num = options["N"] if "N" in options else len(x.T)
    wide = x.astype(np.int64) if x.dtype.kind in "iu" else x
    return np.stack([wide**i for i in range(num)], -1)


def _vander_dtype(dtype: str, _: Sample) -> str:
    return "int64" if dtype in INTEGERS else dtype


_NOT_SQUARE = error(RuntimeError, "must be batches of square matrices, but they are 2 by 3", _f(2, 3))

ROWS: tuple[OpRow, ...] = (
    solver_row(
        "linalg_matrix_norm",
        _matrix_norms,
        _matrix_norm,
        dtypes=HALVES + FLOATS + COMPLEX,
        result_dtype=_norm_dtype,
        errors=(
            error(RuntimeError, "Order 3.0* not supported", _f(2, 3), 3),
            error(RuntimeError, "Order x not supported", _f(2, 3), "x"),
            error(RuntimeError, "at least 2 dimensions", _f(3)),
            error(RuntimeError, "dim must be a 2-tuple", _f(2, 3), 1, (0,)),
            error(RuntimeError, "dims must be different", _f(2, 3), 1, (0, -2)),
        ),
    ),
    solver_row(
        "linalg_norm",
        _norms,
        _norm,
        dtypes=HALVES + FLOATS + COMPLEX,
        result_dtype=lambda dtype, _: real_of(dtype),
        errors=(
            error(RuntimeError, "the input must be 1D or 2D", _f(2, 2, 2), 2),
            error(RuntimeError, "length 1 or 2", _f(2, 2, 2), 2, (0, 1, 2)),
            error(RuntimeError, "dim must be a 2-tuple", _f(2, 2), "fro", (0,)),
        ),
    ),
    solver_row(
        "nuclear_norm",
        of_each(lambda a: a, (3, 3), (4, 2), (2, 2, 3)),
        lambda a: np.asarray(np.linalg.norm(a, "nuc", axis=(-2, -1))),
        dtypes=FLOATS + COMPLEX,
        result_dtype=lambda dtype, _: real_of(dtype),
        errors=(error(RuntimeError, "dimension", _f(2)),),
    ),
    solver_row(
        "nuclear_norm.dim",
        lambda dtype: iter(
            (Sample((matrices((2, 3, 2), dtype), (0, 2))), Sample((matrices((2, 3), dtype), (1, 0), True)))
        ),
        lambda a, dim, keepdim=False: np.asarray(np.linalg.norm(a, "nuc", axis=dim, keepdims=keepdim)),
        dtypes=FLOATS + COMPLEX,
        result_dtype=lambda dtype, _: real_of(dtype),
        errors=(error(RuntimeError, "dims must be different", _f(2, 2), (0, 0)),),
    ),
    solver_row(
        "linalg_cond",
        _conds,
        _cond,
        dtypes=FLOATS + COMPLEX,
        result_dtype=lambda dtype, _: real_of(dtype),
        errors=(
            error(RuntimeError, "square", _f(2, 3), 1),
            error(RuntimeError, "invalid norm type", _f(2, 2), "x"),
            error(RuntimeError, "invalid norm type", _f(2, 2), 3),
        ),
    ),
    *(
        OpRow(
            name,
            of_each(_small, (3, 3), (2, 2, 2), (1, 1), (0, 0), (2, 0, 0)),
            _exp,
            dtypes=HALVES + FLOATS + COMPLEX,
            layouts=_LAYOUTS,
            differentiable=True,
            errors=(_NOT_SQUARE,),
        )
        for name in ("linalg_matrix_exp", "matrix_exp")
    ),
    *(
        linalg_row(
            name,
            _powers,
            _power,
            dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
            errors=(error(RuntimeError, "must be batches of square matrices", _f(2, 3), 2),),
        )
        for name in ("linalg_matrix_power", "matrix_power")
    ),
    OpRow(
        "linalg_vander",
        _vanders,
        _vander,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        result_dtype=_vander_dtype,
        differentiable=True,
        errors=(
            error(RuntimeError, "N must be greater than 1", _f(3), N=1),
            error(RuntimeError, "at least one dimension", _f()),
        ),
    ),
)
