# SPDX-License-Identifier: Apache-2.0
"""Rows of Cholesky, LU and LDL factors, of systems, inverses and determinants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    LAYOUTS,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    error_of_elements,
    real_of,
    sample_values,
)

__all__ = ["ROWS", "batched", "hermitian", "linalg_row", "matrices", "of_each", "right_hand_sides", "solver_row"]

_DTYPES = FLOATS + COMPLEX
# An expanded matrix has equal rows.
_LAYOUTS = tuple(layout for layout in LAYOUTS if layout != "expanded")
_SQUARE = ((3, 3), (2, 2, 2), (1, 1), (0, 0), (2, 0, 0), (0, 2, 2), (2, 1, 3, 3), (40, 40))


def matrices(shape: tuple[int, ...], dtype: str, seed: int = 0) -> Array:
    """Matrices of multiples of 1/4, far from singular."""
    array = sample_values(shape, "float16", seed)
    if dtype in COMPLEX:
        array = array + 1j * sample_values(shape, "float16", seed + 100)
    rows, columns = shape[-2:]
    return np.asarray(array + (2 + max(rows, columns)) * np.eye(rows, columns))


def right_hand_sides(shape: tuple[int, ...], dtype: str, seed: int = 0) -> Array:
    """Multiples of 1/4."""
    array = sample_values(shape, "float16", seed + 50)
    return np.asarray(array + 1j * sample_values(shape, "float16", seed + 150) if dtype in COMPLEX else array)


def hermitian(array: Array) -> Array:
    """The matrices with their upper triangle made to fit the lower."""
    return np.asarray(np.tril(array, -1) + np.tril(array, -1).mT.conj() + np.eye(array.shape[-1]) * np.real(array))


def of_each(make: Callable[[Array], Array], *shapes: tuple[int, ...], **kwargs: Any) -> Samples:
    """Calls on one tensor, made of matrices of each shape."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(shapes):
            yield Sample((make(matrices(shape, dtype, seed)),), kwargs)

    return samples


def _itself(array: Array) -> Array:
    return array


def _positive(array: Array) -> Array:
    return np.asarray(array @ array.mT.conj() / 4)


def _f(*shape: int) -> Array:
    return sample_values(shape, "float32")


def _number_info(array: Array) -> Array:
    return np.zeros(array.shape[:-2], np.int32)


def linalg_row(name: str, samples: Samples, reference: Callable[..., Any], **kwargs: Any) -> OpRow:
    """A row of an op that needs a factorisation, with the options that most have."""
    options: dict[str, Any] = {"dtypes": _DTYPES, "layouts": _LAYOUTS, "differentiable": True}
    return OpRow(name, samples, reference, **(options | kwargs))


def solver_row(name: str, samples: Samples, reference: Callable[..., Any], **kwargs: Any) -> OpRow:
    """The same of an op whose factorisation cuSOLVER computes on CUDA devices."""
    return linalg_row(name, samples, reference, cuda_library="cuSOLVER", **kwargs)


def _with_info(dtype: str, _: Sample) -> tuple[str, ...]:
    return dtype, "int32"


# Cholesky factors.
def _cholesky(array: Array, upper: bool = False) -> Array:
    lower = np.linalg.cholesky(array) if array.size else array
    return np.asarray(lower.mT.conj() if upper else lower)


def _cholesky_ex(array: Array, *, upper: bool = False) -> tuple[Array, Array]:
    return _cholesky(array, upper), _number_info(array)


def _choleskys(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SQUARE):
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


# Triangular systems.
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


# LU factors.
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


def batched(function: Callable[..., tuple[Array, ...]], ndims: tuple[int, ...], *arrays: Array) -> tuple[Array, ...]:
    """The results of a function of matrices, or vectors, for each of a batch."""
    batch = arrays[0].shape[: arrays[0].ndim - ndims[0]]
    count = int(np.prod(batch))
    flat = [array.reshape(count, *array.shape[array.ndim - n :]) for array, n in zip(arrays, ndims, strict=True)]
    if count == 0:
        ones = [np.ones(array.shape[1:], array.dtype) for array in flat]
        return tuple(np.zeros((*batch, *part.shape), part.dtype) for part in function(*ones))
    results = [function(*(array[i] for array in flat)) for i in range(count)]
    return tuple(np.stack(part).reshape(*batch, *part[0].shape) for part in zip(*results, strict=True))


def _lu_factor(a: Array, **_: Any) -> tuple[Array, Array]:
    lu, pivots = batched(_lu_of_one, (2,), a)
    return lu, pivots


def _lu_factor_ex(a: Array, **_: Any) -> tuple[Array, ...]:
    return *_lu_factor(a), _number_info(a)


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
    return _lu_unpack(*_lu_factor(a))


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


# Systems.
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
    return _solve(a, b, **options), _number_info(a)


def _solve_with_factors(a: Array, b: Array, **options: Any) -> tuple[Array, ...]:
    return _solve(a, b, **options), *_lu_factor_ex(a)


def _inv_ex(a: Array, **_: Any) -> tuple[Array, Array]:
    return np.linalg.inv(a), _number_info(a)


def _determinant(a: Array) -> Array:
    return np.asarray(np.linalg.det(a))


def _det_with_factors(a: Array) -> tuple[Array, ...]:
    return _determinant(a), *_lu_factor(a)


def _slogdet(a: Array) -> tuple[Array, Array]:
    sign, log = np.linalg.slogdet(a)
    return np.asarray(sign), np.asarray(log)


def _slogdet_with_factors(a: Array) -> tuple[Array, ...]:
    return *_slogdet(a), *_lu_factor(a)


def _logdet(a: Array) -> Array:
    sign, log = _slogdet(a)
    return np.log(sign) + log if np.iscomplexobj(a) else np.where(sign == 1, log, np.nan)


_OF_SMALL = of_each(_itself, (3, 3), (2, 2, 2), (1, 1), (0, 0), (0, 2, 2), (2, 1, 3, 3))


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


# LDL factors, of matrices whose diagonal is so large that nothing is exchanged.
def _ldl(a: Array, **_: Any) -> tuple[Array, Array]:
    lower = np.linalg.cholesky(hermitian(a)) if a.size else a
    n = a.shape[-1]
    scales = np.diagonal(lower, axis1=-2, axis2=-1).real
    ld = np.tril(lower / scales[..., None, :], -1) + np.eye(n) * (scales**2)[..., None]
    return ld, np.broadcast_to(np.arange(1, n + 1, dtype=np.int32), a.shape[:-1])


def _ldl_ex(a: Array, **_: Any) -> tuple[Array, ...]:
    return *_ldl(a), _number_info(a)


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


_NOT_SQUARE = error(RuntimeError, "must be batches of square matrices, but they are 2 by 3", _f(2, 3))
_LINE = error(RuntimeError, "must have at least 2 dimensions", _f(3))
_ZERO = np.zeros((2, 2))

ROWS = (
    linalg_row(
        "linalg_cholesky_ex",
        _choleskys,
        _cholesky_ex,
        result_dtype=_with_info,
        to_domain=_to_positive,
        errors=(_NOT_SQUARE, _LINE, error(vt.LinAlgError, "not positive-definite", -np.eye(2), check_errors=True)),
    ),
    linalg_row(
        "linalg_cholesky",
        _choleskys,
        _cholesky,
        to_domain=_to_positive,
        errors=(
            _NOT_SQUARE,
            error(vt.LinAlgError, "leading minor of order 1 is not positive-definite", -np.eye(2)),
            error(vt.LinAlgError, r"\(Batch element 1\)", np.stack([np.eye(2), -np.eye(2)])),
        ),
    ),
    linalg_row("cholesky", _choleskys, _cholesky, to_domain=_to_positive, errors=(_NOT_SQUARE,)),
    linalg_row(
        "cholesky_solve",
        _factor_and_sides,
        _cholesky_solve,
        errors=(error(RuntimeError, "square", _f(2, 1), _f(2, 3)), error(RuntimeError, "at least 2", _f(2), _f(2, 2))),
    ),
    linalg_row("cholesky_inverse", _factors, _cholesky_inverse, errors=(_NOT_SQUARE,)),
    linalg_row(
        "linalg_solve_triangular",
        _triangular_systems,
        _solve_triangular,
        errors=(
            error(RuntimeError, "square matrices", _f(2, 3), _f(2, 2), upper=True),
            error(RuntimeError, "Incompatible shapes", _f(2, 2), _f(3, 2), upper=True),
            error(RuntimeError, "cannot be broadcast", _f(3, 2, 2), _f(2, 2, 2), upper=True),
        ),
    ),
    linalg_row(
        "triangular_solve",
        _old_triangular_systems,
        _triangular_solve,
        errors=(error(RuntimeError, "square matrices", _f(2, 2), _f(2, 3)),),
    ),
    linalg_row(
        "linalg_lu_factor_ex",
        _lus(*_RECTANGULAR),
        _lu_factor_ex,
        result_dtype=lambda dtype, _: (dtype, "int32", "int32"),
        errors=(_LINE, error(vt.LinAlgError, r"U\[1,1\] is zero", _ZERO, check_errors=True)),
    ),
    linalg_row(
        "linalg_lu_factor",
        _lus(*_RECTANGULAR),
        _lu_factor,
        result_dtype=_with_info,
        errors=(
            _LINE,
            error(vt.LinAlgError, r"U\[1,1\] is zero", _ZERO),
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
            error(RuntimeError, "int32", _f(2, 2), _f(2)),
            error(RuntimeError, "do not fit together", _f(2, 2), Typed(np.ones(3, np.int32), "int32")),
        ),
    ),
    linalg_row(
        "linalg_lu",
        _lus(*_RECTANGULAR),
        _lu,
        result_dtype=lambda dtype, _: (dtype, dtype, dtype),
        errors=(_LINE,),
    ),
    linalg_row(
        "linalg_lu_solve",
        _packed_systems,
        _lu_solve,
        errors=(
            error(RuntimeError, "Incompatible", _f(2, 2), Typed(np.ones(2, np.int32), "int32"), _f(3, 2)),
            error(RuntimeError, "square", _f(2, 3), Typed(np.ones(2, np.int32), "int32"), _f(3, 2)),
        ),
    ),
    linalg_row(
        "lu_solve",
        _old_packed_systems,
        lambda b, lu, pivots: _lu_solve(lu, pivots, b),
        errors=(error(RuntimeError, "Incompatible", _f(3, 2), _f(2, 2), Typed(np.ones(2, np.int32), "int32")),),
    ),
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
        result_dtype=_with_info,
        errors=(error(vt.LinAlgError, "input matrix is singular", _ZERO, _f(2, 1), check_errors=True),),
    ),
    linalg_row(
        "linalg_solve",
        _systems,
        _solve,
        errors=(
            error(vt.LinAlgError, "input matrix is singular", _ZERO, _f(2, 1)),
            error(RuntimeError, "Incompatible shapes of A and B for the equation AX = B", _f(2, 2), _f(3)),
            error(RuntimeError, "not supported for left=False", _f(2, 2), _f(2), left=False),
        ),
    ),
    linalg_row("linalg_inv_ex", _OF_SMALL, _inv_ex, result_dtype=_with_info, errors=(_NOT_SQUARE,)),
    linalg_row(
        "linalg_inv",
        _OF_SMALL,
        np.linalg.inv,
        errors=(_NOT_SQUARE, _LINE, error(vt.LinAlgError, "diagonal element 1 is zero", _ZERO)),
    ),
    linalg_row("inverse", _OF_SMALL, np.linalg.inv, errors=(_NOT_SQUARE,)),
    linalg_row(
        "_linalg_det",
        _signed,
        _det_with_factors,
        result_dtype=lambda dtype, _: (dtype, dtype, "int32"),
    ),
    linalg_row("linalg_det", _signed, _determinant, errors=(_NOT_SQUARE, _LINE)),
    linalg_row("det", _signed, _determinant, errors=(_NOT_SQUARE,)),
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
        errors=(_NOT_SQUARE, _LINE),
    ),
    linalg_row("slogdet", _signed, _slogdet, result_dtype=lambda dtype, _: (dtype, real_of(dtype))),
    linalg_row("logdet", _for_logarithms, _logdet, errors=(_NOT_SQUARE,)),
    linalg_row(
        "linalg_tensorinv",
        _tensors,
        _tensorinv,
        errors=(
            error(RuntimeError, "strictly positive integer", _f(2, 2), 0),
            error(RuntimeError, r"prod\(self.shape", _f(2, 3), 1),
        ),
    ),
    linalg_row(
        "linalg_tensorsolve",
        _tensor_systems,
        _tensorsolve,
        errors=(error(RuntimeError, r"prod\(self.shape", _f(2, 3), _f(2)),),
    ),
    linalg_row(
        "linalg_ldl_factor_ex",
        _ldls,
        _ldl_ex,
        result_dtype=lambda dtype, _: (dtype, "int32", "int32"),
        differentiable=False,
        errors=(_NOT_SQUARE, error(vt.LinAlgError, r"D\[1,1\] is zero", _ZERO, check_errors=True)),
    ),
    linalg_row(
        "linalg_ldl_factor",
        _ldls,
        _ldl,
        result_dtype=_with_info,
        differentiable=False,
        errors=(_NOT_SQUARE, error(vt.LinAlgError, r"D\[1,1\] is zero", _ZERO)),
    ),
    linalg_row(
        "linalg_ldl_solve",
        _ldl_systems,
        _ldl_solve,
        differentiable=False,
        errors=(
            error(RuntimeError, "must be equal", _f(2, 2), Typed(np.ones(2, np.int32), "int32"), _f(3, 2)),
            error(RuntimeError, "expected pivots", _f(2, 2), Typed(np.ones(3, np.int32), "int32"), _f(2, 2)),
            error_of_elements(RuntimeError, "must be rows", _f(2, 2), Typed(np.zeros(2, np.int32), "int32"), _f(2, 2)),
        ),
    ),
)
