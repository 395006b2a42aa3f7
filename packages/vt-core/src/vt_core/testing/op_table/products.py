# SPDX-License-Identifier: Apache-2.0
"""Rows of the products that are composed of matrix products and multiplications."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ARITHMETIC,
    BOOL,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    error,
    sample_values,
)

__all__ = ["ROWS"]

_PRODUCT_DTYPES = INTEGERS + HALVES + FLOATS + COMPLEX

_Shapes = tuple[tuple[int, ...], ...]


def _f(*shape: int) -> Array:
    return sample_values(shape, "float32")


def _of_shapes(*cases: _Shapes, further: tuple[tuple[Any, ...], ...] = ((),), **kwargs: Any) -> Samples:
    """Calls on tensors of each list of shapes, with the further arguments in turn."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, case in enumerate(cases):
            tensors = tuple(sample_values(shape, dtype, 3 * seed + i) for i, shape in enumerate(case))
            yield Sample((*tensors, *further[seed % len(further)]), kwargs)

    return samples


def _added(*cases: _Shapes) -> Samples:
    """Calls with factors on an addend and two operands."""

    def samples(dtype: str) -> Iterator[Sample]:
        factors: tuple[dict[str, Any], ...] = ({}, {"beta": 0})
        if dtype not in BOOL:
            factors += ({"beta": 2, "alpha": 3},)
        if dtype in HALVES + FLOATS + COMPLEX:
            factors += ({"beta": 0.5, "alpha": -1.5},)
        for seed, case in enumerate(cases):
            for keywords in factors:
                yield Sample(tuple(sample_values(shape, dtype, seed + i) for i, shape in enumerate(case)), keywords)

    return samples


def _combine(addend: Array, product: Array, beta: Any, alpha: Any) -> Array:
    if product.dtype == np.bool_:
        return product if beta == 0 else np.logical_or(addend, product)
    kind = product.dtype
    product = product * np.asarray(alpha).astype(kind)
    return np.asarray(product + addend * np.asarray(beta).astype(kind) if beta != 0 else product)


def _addr(addend: Array, left: Array, right: Array, *, beta: Any = 1, alpha: Any = 1) -> Array:
    return _combine(addend, np.outer(left, right), beta, alpha)


def _addbmm(addend: Array, left: Array, right: Array, *, beta: Any = 1, alpha: Any = 1) -> Array:
    return _combine(addend, np.einsum("bnk,bkm->nm", left, right), beta, alpha)


def _tensordot(left: Array, right: Array, left_dims: Any, right_dims: Any) -> Array:
    for a, b in zip(left_dims, right_dims, strict=True):  # NumPy does not repeat dimensions of size one
        if left.shape[a] == 1:
            left = np.repeat(left, right.shape[b], a)
        elif right.shape[b] == 1:
            right = np.repeat(right, left.shape[a], b)
    return np.asarray(np.tensordot(left, right, (left_dims, right_dims)))


def _chains(*cases: _Shapes) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, case in enumerate(cases):
            yield Sample((tuple(sample_values(shape, dtype, seed + i) for i, shape in enumerate(case)),))

    return samples


def _chain(matrices: tuple[Array, ...]) -> Array:
    return np.asarray(reduce(np.matmul, matrices))


def _cross(left: Array, right: Array, dim: int | None = None) -> Array:
    return np.cross(left, right, axis=left.shape.index(3) if dim is None else dim)


def _linalg_cross(left: Array, right: Array, *, dim: int = -1) -> Array:
    left, right = np.broadcast_arrays(left, right)
    return np.cross(left, right, axis=dim)


def _linalg_crosses(dtype: str) -> Iterator[Sample]:
    for seed, (left, right, dim) in enumerate((((2, 3), (2, 3), -1), ((3, 2), (3, 1), 0), ((2, 1, 3), (1, 4, 3), 2))):
        yield Sample((sample_values(left, dtype, seed), sample_values(right, dtype, seed + 1)), {"dim": dim})


def _vecdot(x: Array, y: Array, *, dim: int = -1) -> Array:
    return np.asarray(np.sum(x.conj() * y, axis=dim))


def _vecdots(dtype: str) -> Iterator[Sample]:
    cases = (((3,), (3,), 0), ((2, 3), (3,), -1), ((2, 3), (2, 3), 0), ((4, 2, 3), (2, 3), -2), ((2, 0), (2, 0), -1))
    for seed, (x, y, dim) in enumerate(cases):
        yield Sample((sample_values(x, dtype, seed), sample_values(y, dtype, seed + 1)), {"dim": dim})


def _bilinear(x1: Array, x2: Array, weight: Array, bias: Array | None = None) -> Array:
    product = np.einsum("...i,oij,...j->...o", x1, weight, x2)
    return np.asarray(product if bias is None else product + bias)


ROWS = (
    OpRow(
        "outer",
        _of_shapes(((3,), (2,)), ((1,), (4,)), ((0,), (2,))),
        np.outer,
        differentiable=True,
        errors=(error(RuntimeError, "must be a 1-D tensor", _f(2, 2), _f(2)),),
    ),
    OpRow(
        "addr",
        _added(((2, 3), (2,), (3,)), ((), (2,), (3,)), ((3,), (2,), (3,)), ((0, 2), (0,), (2,))),
        _addr,
        dtypes=ARITHMETIC,
        differentiable=True,
        errors=(
            error(RuntimeError, "vec1 must be a 1-D tensor", _f(2, 2), _f(2, 2), _f(2)),
            error(RuntimeError, "self cannot be broadcast", _f(2, 3), _f(2), _f(2)),
            ErrorCase(
                Sample((_f(2, 2), _f(2), _f(2)), {"alpha": 1.5}), RuntimeError, "alpha must be an integer", "int32"
            ),
        ),
    ),
    OpRow(
        "addbmm",
        _added(((2, 3), (3, 2, 3), (3, 3, 3)), ((), (1, 2, 3), (1, 3, 2)), ((2, 1), (2, 2, 0), (2, 0, 3))),
        _addbmm,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "Expected size for first two dimensions", _f(2, 3), _f(4, 2, 3), _f(3, 3, 3)),
            error(RuntimeError, "self cannot be broadcast", _f(3, 3), _f(4, 2, 3), _f(4, 3, 3)),
        ),
    ),
    OpRow(
        "vdot",
        _of_shapes(((3,), (3,)), ((1,), (1,)), ((0,), (0,)), ((50,), (50,))),
        np.vdot,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "inconsistent tensor size", _f(3), _f(4)),
            error(RuntimeError, "1D tensors expected", _f(3), _f(3, 1)),
        ),
    ),
    OpRow(
        "inner",
        _of_shapes(((3,), (3,)), ((2, 3), (4, 3)), ((2, 2, 3), (3,)), ((2, 0), (3, 0)), ((), (2, 3)), ((2,), ())),
        np.inner,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "the last dimensions must match", _f(2, 3), _f(3, 2)),),
    ),
    OpRow(
        "tensordot",
        _of_shapes(
            ((2, 3), (3, 4)),
            ((2, 3, 4), (4, 3, 2)),
            ((2, 3), (4,)),
            ((3, 2), (1, 2)),
            ((2, 2), (2, 2)),
            ((2, 0), (0, 3)),
            further=(((1,), (0,)), ((1, 2), (1, 0)), ((), ()), ((0,), (-2,)), ((0, 1), (1, 0)), ((1,), (0,))),
        ),
        _tensordot,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "same length", _f(3, 2), _f(2, 2), (0, 1), (0,)),
            error(RuntimeError, "contracted dimensions need to match", _f(3, 2), _f(2, 2), (0,), (0,)),
            error(RuntimeError, "a dimension appears twice", _f(2, 2), _f(2, 2), (0, 0), (0, 1)),
            error(IndexError, "dimension out of range", _f(2, 2), _f(2, 2), (2,), (0,)),
        ),
    ),
    OpRow(
        "kron",
        _of_shapes(((2, 3), (3, 2)), ((2,), (3,)), ((), (3,)), ((2, 2), (2,)), ((0, 2), (2, 2)), ((2, 1, 2), (2, 2))),
        np.kron,
        differentiable=True,
    ),
    OpRow(
        "linalg_multi_dot",
        _chains(
            ((2, 3), (3, 4)), ((3,), (3, 2), (2,)), ((4, 2), (2, 3), (3, 1), (1, 5)), ((2, 0), (0, 3)), ((3,), (3,))
        ),
        _chain,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "expected at least 2 tensors", (_f(2, 3),)),
            error(RuntimeError, "cannot be multiplied", (_f(2, 3), _f(2, 3))),
            error(RuntimeError, "tensor 1 must be 2D but got 1D", (_f(2, 3), _f(3), _f(3, 2))),
        ),
    ),
    OpRow(
        "chain_matmul",
        _chains(((2, 3), (3, 4)), ((4, 2), (2, 3), (3, 1), (1, 5)), ((2, 0), (0, 3))),
        _chain,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "every matrix must be a 2-D tensor", (_f(2, 3), _f(3))),),
    ),
    OpRow(
        "linalg_cross",
        _linalg_crosses,
        _linalg_cross,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "same number of dimensions", _f(3), _f(2, 3)),
            error(RuntimeError, "must have length 3", _f(2, 2), _f(2, 2)),
        ),
    ),
    OpRow(
        "cross",
        _of_shapes(((3, 2), (3, 2)), ((2, 3), (2, 3)), ((0, 3), (0, 3)), further=((), (1,))),
        _cross,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "no dimension of size 3", _f(2, 2), _f(2, 2)),),
    ),
    OpRow(
        "linalg_vecdot",
        _vecdots,
        _vecdot,
        dtypes=HALVES + FLOATS + COMPLEX,
        differentiable=True,
        errors=(error(RuntimeError, "inconsistent tensor size", _f(1), _f(3)),),
    ),
    OpRow(
        "bilinear",
        _of_shapes(
            ((3, 2), (3, 4), (5, 2, 4), (5,)),
            ((2,), (3,), (2, 2, 3)),
            ((2, 2, 2), (2, 2, 1), (3, 2, 1)),
            ((0, 2), (0, 2), (2, 2, 2), (2,)),
        ),
        _bilinear,
        dtypes=_PRODUCT_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "input batch dimensions do not match", _f(3, 2), _f(2, 2), _f(4, 2, 2)),
            error(RuntimeError, "input1 size does not match", _f(3, 3), _f(3, 2), _f(4, 2, 2)),
            error(RuntimeError, "bias must have one element", _f(3, 2), _f(3, 2), _f(4, 2, 2), _f(3)),
        ),
    ),
)
