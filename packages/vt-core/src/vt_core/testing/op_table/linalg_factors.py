# SPDX-License-Identifier: Apache-2.0
"""Rows of QR factors, eigenvalues, singular values and least squares. Vectors are compared in tests of their own: they are not unique."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.linalg_row import (
    LINE,
    NOT_SQUARE,
    batched,
    floats,
    hermitian,
    linalg_row,
    matrices,
    of_each,
    right_hand_sides,
    solver_row,
)
from vt_core.testing.op_table.row import (
    COMPLEX,
    Array,
    OpRow,
    Sample,
    Typed,
    calls,
    error,
    real_of,
    unchanged,
)

__all__ = ["ROWS"]

_ANY = ((3, 3), (4, 2), (2, 4), (2, 3, 2), (1, 1), (0, 2, 2))
_EMPTY = ((3, 0), (0, 3), (2, 0, 2))
_SQUARE = ((3, 3), (2, 2, 2), (1, 1), (0, 2, 2))


def _complex(dtype: str) -> str:
    return {"float32": "complex64", "float64": "complex128"}.get(dtype, dtype)


# QR factors. LAPACK's are those of NumPy.
def _qr_of_one(a: Array, mode: str) -> tuple[Array, Array]:
    if mode == "r":
        return np.zeros(0, a.dtype), np.asarray(np.linalg.qr(a, "r"))
    q, r = np.linalg.qr(a, "complete" if mode == "complete" else "reduced")
    return np.asarray(q), np.asarray(r)


def _qr(a: Array, mode: str = "reduced") -> tuple[Array, ...]:
    q, r = batched(lambda one: _qr_of_one(one, mode), (2,), a)
    return (np.zeros(0, a.dtype), r) if mode == "r" else (q, r)


def _qrs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_ANY + _EMPTY):
        for mode in ("reduced", "complete", "r"):
            # Without derivatives: 'r', and 'complete' of more rows than columns.
            if dtype == "float64" and (mode == "r" or (mode == "complete" and shape[-2] > shape[-1])):
                continue
            yield Sample((matrices(shape, dtype, seed), mode))


def _old_qrs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_ANY):
        yield Sample((matrices(shape, dtype, seed), shape[-2] > shape[-1] or seed % 2 == 0))


def _geqrf_of_one(a: Array) -> tuple[Array, Array]:
    h, tau = np.linalg.qr(a, "raw")
    return np.asarray(h).T, np.asarray(tau)


def _geqrf(a: Array) -> tuple[Array, ...]:
    return batched(_geqrf_of_one, (2,), a)


def _product_of_one(a: Array, tau: Array) -> Array:
    m = a.shape[0]
    product = np.eye(m, dtype=np.result_type(a, tau))
    for i in range(len(tau)):
        v = np.concatenate([np.zeros(i), np.ones(1), a[i + 1 :, i]])
        product = product @ (np.eye(m) - tau[i] * np.outer(v, v.conj()))
    return product


def _householder_product(a: Array, tau: Array) -> Array:
    return batched(lambda x, t: (_product_of_one(x, t)[:, : x.shape[1]],), (2, 1), a, tau)[0]


def _reflectors(dtype: str) -> Iterator[Sample]:
    for seed, (shape, k) in enumerate((((4, 3), 3), ((3, 3), 2), ((2, 3, 2), 2), ((2, 2), 0))):
        tau = right_hand_sides((*shape[:-2], k), dtype, seed)
        yield Sample((matrices(shape, dtype, seed) / 4, tau))


def _ormqr(a: Array, tau: Array, other: Array, left: bool = True, transpose: bool = False) -> Array:
    (q,) = batched(lambda x, t: (_product_of_one(x, t),), (2, 1), a, tau)
    q = q.mT.conj() if transpose else q
    return q @ other if left else other @ q


def _ormqrs(dtype: str) -> Iterator[Sample]:
    for seed, (shape, other, flags) in enumerate(
        (
            ((4, 2), (4, 3), ()),
            ((3, 3), (2, 3), (False,)),
            ((3, 2), (3, 3), (True, True)),
            ((2, 3, 2), (2, 2, 3), (False, True)),
        )
    ):
        tau = right_hand_sides((*shape[:-2], shape[-1]), dtype, seed)
        yield Sample((matrices(shape, dtype, seed) / 4, tau, right_hand_sides(other, dtype, seed), *flags))


# Eigenvalues.
def _spread(array: Array) -> Array:
    """With diagonals that grow, so that eigenvalues are far apart."""
    return np.asarray(array + np.diag(8.0 * np.arange(array.shape[-1])))


def _eigh(a: Array, uplo: str = "L", compute_v: bool = True) -> tuple[Array, Array]:
    values, vectors = np.linalg.eigh(a, "U" if uplo in ("U", "u") else "L") if a.size else (np.zeros(a.shape[:-1]), a)
    return values, vectors if compute_v else np.zeros(0, a.dtype)


def _symmetric(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate((*_SQUARE, (30, 30))):
        array = matrices(shape, dtype, seed)
        yield Sample((hermitian(array if shape == (30, 30) else _spread(array)), "UL"[seed % 2]))


def _eigh_dtypes(dtype: str, _: Sample) -> tuple[str, str]:
    return real_of(dtype), dtype


def _to_symmetric(x: Any) -> Any:
    return vt.ops.add(x, vt.ops.transpose(x, -2, -1))


def _eig(a: Array) -> tuple[Array, Array]:
    values, vectors = np.linalg.eig(a) if a.size else (np.zeros(a.shape[:-1]), a)
    return values.astype(np.complex128), vectors.astype(np.complex128)


def _eigvals(a: Array) -> Array:
    return _eig(a)[0]


def _eig_dtypes(dtype: str, _: Sample) -> tuple[str, str]:
    return _complex(dtype), _complex(dtype)


# Eigenvalues of general matrices have no order: of these they are the diagonal.
_SPREAD = of_each(lambda array: np.triu(_spread(array)), *_SQUARE)


# Singular values.
def _svd(a: Array, full_matrices: bool = False, **_: Any) -> tuple[Array, ...]:
    k = min(a.shape[-2:])
    if a.size:
        u, s, vh = np.linalg.svd(a, full_matrices)
    else:
        sizes = [(a.shape[-2], a.shape[-2] if full_matrices else k), (a.shape[-1] if full_matrices else k, a.shape[-1])]
        u, vh = (np.broadcast_to(np.eye(*size), (*a.shape[:-2], *size)) for size in sizes)
        s = np.zeros((*a.shape[:-2], k))
    return u, s, vh


def _svds(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_ANY + (() if dtype == "float64" else _EMPTY)):
        # The gradient of vectors beside the singular values is not theirs alone: full matrices are for square ones.
        full = seed % 2 == 0 and (dtype != "float64" or shape[-2] == shape[-1])
        yield Sample((_spread_rows(matrices(shape, dtype, seed)), full))


def _spread_rows(array: Array) -> Array:
    rows, columns = array.shape[-2:]
    return np.asarray(array + np.eye(rows, columns) * 4 * np.arange(columns))


def _public_svd(a: Array, full_matrices: bool = True, **_: Any) -> tuple[Array, ...]:
    return _svd(a, full_matrices)


def _old_svd(a: Array, some: bool = True) -> tuple[Array, ...]:
    u, s, vh = _svd(a, not some)
    return u, s, vh.mT.conj()


def _svdvals(a: Array, **_: Any) -> Array:
    return _svd(a)[1]


def _svd_dtypes(dtype: str, _: Sample) -> tuple[str, str, str]:
    return dtype, real_of(dtype), dtype


def _old_svds(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_ANY):
        some = seed % 2 == 1 or (dtype == "float64" and shape[-2] != shape[-1])
        yield Sample((_spread_rows(matrices(shape, dtype, seed)), some))


_RANK_TWO = np.array([[4.0, 0, 0], [0, 2, 0], [0, 0, 0.25]])


def _ranks(dtype: str) -> Iterator[Sample]:
    yield Sample((matrices((4, 3), dtype),))
    yield Sample((np.ones((3, 3)),))
    yield Sample((np.zeros((2, 3)),))
    yield Sample((_RANK_TWO,), {"atol": 1.0})
    yield Sample((_RANK_TWO,), {"rtol": 0.125})
    yield Sample((np.stack([_RANK_TWO, np.eye(3)]),), {"atol": Typed(np.array([0.125, 2.0]), "float64")})
    yield Sample((hermitian(matrices((3, 3), dtype)),), {"hermitian": True})
    yield Sample((np.zeros((2, 0, 3)),))


def _rank(a: Array, *, atol: Any = None, rtol: Any = None, **_: Any) -> Array:
    if not a.size:
        return np.zeros(a.shape[:-2], np.int64)
    s = np.linalg.svd(a, compute_uv=False)
    largest = s.max(-1)
    if rtol is None:
        rtol = np.where(np.asarray(0 if atol is None else atol) > 0, 0, 3e-7 * max(a.shape[-2:]))
    return np.asarray((s > np.maximum(0 if atol is None else atol, rtol * largest)[..., None]).sum(-1))


def _pinvs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_ANY + _EMPTY):
        yield Sample((_spread_rows(matrices(shape, dtype, seed)),))
    if dtype != "float64":  # hermitian matrices are not reached by differences of single elements
        yield Sample((hermitian(matrices((3, 3), dtype)),), {"hermitian": True})
        yield Sample((np.ones((3, 2)),), {"rtol": 1e-3})
        yield Sample((_RANK_TWO,), {"atol": 1.0})


def _pinv(a: Array, *, atol: Any = 0.0, rtol: Any = None, **_: Any) -> Array:
    if not a.size:
        return np.zeros((*a.shape[:-2], a.shape[-1], a.shape[-2]), a.dtype)
    largest = np.linalg.norm(a, 2, axis=(-2, -1)).max()
    return np.linalg.pinv(a, max(atol / largest, rtol or 1e-6))


def _integers(*_: Any) -> str:
    return "int64"


# The older forms, with one tolerance.
def _rank_above(a: Array, tol: float, hermitian: bool = False) -> Array:
    return _rank(a, atol=tol, rtol=0.0, hermitian=hermitian)


def _pinvs_above(dtype: str) -> Iterator[Sample]:
    for shape in _ANY:
        yield Sample((_spread_rows(matrices(shape, dtype)), 1e-3))


def _pinv_above(a: Array, rcond: float) -> Array:
    return _pinv(a, rtol=rcond)


# Least squares.
def _lstsqs(dtype: str) -> Iterator[Sample]:
    cases: tuple[tuple[tuple[int, ...], tuple[int, ...], str], ...] = (
        ((3, 3), (3, 2), "gelsy"),
        ((4, 2), (4, 2), "gelsd"),
        ((4, 2), (4,), "gelss"),
        ((4, 2), (4, 1), "gels"),
        ((2, 3, 2), (2, 3), "gelsy"),
        ((2, 3, 2), (3, 2), "gelsd"),
        ((2, 4), (2, 2), "gelsd"),
        ((2, 4), (2, 2), "gels"),
    )
    for seed, (a, b, driver) in enumerate(cases):
        if dtype in COMPLEX and a[-2] > a[-1] and driver != "gelsy":
            continue
        yield Sample((matrices(a, dtype, seed), right_hand_sides(b, dtype, seed)), {"driver": driver})


def _lstsq(a: Array, b: Array, *, driver: str = "gelsy") -> tuple[Array, ...]:
    m, n = a.shape[-2:]
    is_vectors = b.ndim == 1 or (b.ndim == a.ndim - 1 and b.shape == a.shape[:-1])
    sides = b[..., None] if is_vectors else b
    x = np.linalg.pinv(a) @ sides
    residuals = np.zeros(0)
    if m > n and driver != "gelsy":
        residuals = (np.abs(a @ x - sides) ** 2).sum(-2)
    rank = np.zeros(0, np.int64) if driver == "gels" else np.full(x.shape[:-2], min(m, n), np.int64)
    values = np.linalg.svd(a, compute_uv=False) if driver in ("gelsd", "gelss") else np.zeros(0)
    return x[..., 0] if is_vectors else x, residuals, rank, values


_NAN = np.full((2, 2), np.nan)

ROWS: tuple[OpRow, ...] = (
    solver_row(
        "geqrf",
        of_each(unchanged, *_ANY),
        _geqrf,
        result_dtype=lambda dtype, _: (dtype, dtype),
        differentiable=False,
        errors=(LINE,),
    ),
    solver_row(
        "linalg_qr",
        _qrs,
        _qr,
        result_dtype=lambda dtype, _: (dtype, dtype),
        errors=(LINE, error(RuntimeError, "unrecognized mode: got 'x'", floats(2, 2), "x")),
    ),
    solver_row(
        "qr",
        _old_qrs,
        lambda a, some: _qr(a, "reduced" if some else "complete"),
        result_dtype=lambda dtype, _: (dtype, dtype),
        errors=(LINE,),
    ),
    linalg_row(
        "linalg_householder_product",
        _reflectors,
        _householder_product,
        errors=(
            error(RuntimeError, "greater than or equal", floats(2, 3), floats(2)),
            error(RuntimeError, "must be greater than or equal to tau", floats(3, 2), floats(3)),
            error(RuntimeError, "expected tau to have the batch", floats(3, 2), floats(2, 2)),
        ),
    ),
    linalg_row("orgqr", _reflectors, _householder_product),
    linalg_row(
        "ormqr",
        _ormqrs,
        _ormqr,
        errors=(error(RuntimeError, r"other.shape\[-2\]", floats(3, 2), floats(2), floats(2, 2)),),
    ),
    solver_row(
        "_linalg_eigh",
        _symmetric,
        _eigh,
        result_dtype=_eigh_dtypes,
        checked_results=(0,),
        to_domain=_to_symmetric,
    ),
    solver_row(
        "linalg_eigh",
        _symmetric,
        _eigh,
        result_dtype=_eigh_dtypes,
        checked_results=(0,),
        to_domain=_to_symmetric,
        errors=(NOT_SQUARE, LINE, error(RuntimeError, "to be 'L' or 'U'", floats(2, 2), "x")),
    ),
    solver_row(
        "linalg_eigvalsh",
        _symmetric,
        lambda a, uplo: _eigh(a, uplo)[0],
        result_dtype=lambda dtype, _: real_of(dtype),
        to_domain=_to_symmetric,
        errors=(NOT_SQUARE,),
    ),
    solver_row("_linalg_eig", _SPREAD, _eig, result_dtype=_eig_dtypes, checked_results=(0,)),
    solver_row(
        "linalg_eig",
        _SPREAD,
        _eig,
        result_dtype=_eig_dtypes,
        checked_results=(0,),
        errors=(NOT_SQUARE, LINE, error(vt.LinAlgError, "not finite", _NAN)),
    ),
    solver_row(
        "linalg_eigvals",
        _SPREAD,
        _eigvals,
        result_dtype=lambda dtype, _: _complex(dtype),
        errors=(NOT_SQUARE,),
    ),
    solver_row("_linalg_svd", _svds, _svd, result_dtype=_svd_dtypes, checked_results=(1,)),
    solver_row(
        "linalg_svd",
        _svds,
        _public_svd,
        result_dtype=_svd_dtypes,
        checked_results=(1,),
        errors=(
            LINE,
            error(vt.LinAlgError, "not finite", _NAN),
        ),
    ),
    solver_row(
        "linalg_svdvals",
        of_each(_spread_rows, *_ANY, *_EMPTY),
        _svdvals,
        result_dtype=lambda dtype, _: real_of(dtype),
        errors=(LINE,),
    ),
    solver_row("svd", _old_svds, _old_svd, result_dtype=_svd_dtypes, checked_results=(1,), errors=(LINE,)),
    solver_row(
        "linalg_matrix_rank",
        _ranks,
        _rank,
        result_dtype=lambda *_: "int64",
        differentiable=False,
        errors=(LINE, error(RuntimeError, "square", floats(2, 3), hermitian=True)),
    ),
    solver_row(
        "linalg_matrix_rank.tol",
        calls(Sample((_RANK_TWO, 0.5)), Sample((_RANK_TWO, 1.5, True))),
        _rank_above,
        result_dtype=_integers,
        differentiable=False,
        errors=(error(RuntimeError, "at least 2 dimensions", floats(3), 0.5),),
    ),
    solver_row(
        "linalg_pinv.rcond",
        _pinvs_above,
        _pinv_above,
        errors=(error(RuntimeError, "at least 2 dimensions", floats(3), 0.5),),
    ),
    solver_row(
        "linalg_pinv", _pinvs, _pinv, errors=(LINE, error(RuntimeError, "square", floats(2, 3), hermitian=True))
    ),
    solver_row(
        "pinverse",
        of_each(_spread_rows, *_ANY),
        lambda a: np.linalg.pinv(a),
        errors=(LINE,),
    ),
    solver_row(
        "linalg_lstsq",
        _lstsqs,
        _lstsq,
        result_dtype=lambda dtype, _: (dtype, real_of(dtype), "int64", real_of(dtype)),
        errors=(
            error(RuntimeError, "should be one of", floats(2, 2), floats(2, 1), driver="x"),
            error(RuntimeError, "should match", floats(3, 2), floats(2, 1)),
            error(RuntimeError, "at least 2 dimensions", floats(2), floats(2)),
            error(vt.LinAlgError, "not finite", _NAN, floats(2, 1)),
        ),
    ),
)
