# SPDX-License-Identifier: Apache-2.0
"""The standard's extension for linear algebra."""

from __future__ import annotations

from typing import Literal, NamedTuple

from vt_core import ops
from vt_core._C import Tensor, dtype
from vt_core.array_api._dtypes import promoted
from vt_core.array_api._products import matmul, matrix_transpose, tensordot, vecdot
from vt_core.array_api._statistics import Axis
from vt_core.array_api._statistics import sum as _sum

__all__ = [
    "cholesky",
    "cross",
    "det",
    "diagonal",
    "eigh",
    "eigvalsh",
    "inv",
    "matmul",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "matrix_transpose",
    "outer",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "svd",
    "svdvals",
    "tensordot",
    "trace",
    "vecdot",
    "vector_norm",
]


class EighResult(NamedTuple):
    """What `eigh` returns."""

    eigenvalues: Tensor
    eigenvectors: Tensor


class QRResult(NamedTuple):
    """What `qr` returns."""

    Q: Tensor
    R: Tensor


class SlogdetResult(NamedTuple):
    """What `slogdet` returns."""

    sign: Tensor
    logabsdet: Tensor


class SVDResult(NamedTuple):
    """What `svd` returns."""

    U: Tensor
    S: Tensor
    Vh: Tensor


def cholesky(x: Tensor, /, *, upper: bool = False) -> Tensor:
    """The lower, or upper, Cholesky factors of Hermitian positive definite matrices."""
    return ops.linalg_cholesky(x, upper=upper)


def cross(x1: Tensor, x2: Tensor, /, *, axis: int = -1) -> Tensor:
    """The cross products of vectors of three elements along a dimension; the others are broadcast."""
    x1, x2 = promoted("cross", x1, x2)
    ndim = max(x1.ndim, x2.ndim)
    x1, x2 = (x.reshape([1] * (ndim - x.ndim) + list(x.shape)) for x in (x1, x2))
    return ops.linalg_cross(x1, x2, dim=axis)


def det(x: Tensor, /) -> Tensor:
    """The determinants of square matrices."""
    return ops.linalg_det(x)


def diagonal(x: Tensor, /, *, offset: int = 0) -> Tensor:
    """A view of the diagonals of matrices; `offset` counts upwards from the main one."""
    return ops.linalg_diagonal(x, offset=offset)


def eigh(x: Tensor, /) -> EighResult:
    """The eigenvalues, in ascending order, and eigenvectors of Hermitian matrices, of which the lower half is read."""
    return EighResult(*ops.linalg_eigh(x))


def eigvalsh(x: Tensor, /) -> Tensor:
    """The eigenvalues of Hermitian matrices in ascending order."""
    return ops.linalg_eigvalsh(x)


def inv(x: Tensor, /) -> Tensor:
    """The inverses of square matrices."""
    return ops.linalg_inv(x)


def matrix_norm(x: Tensor, /, *, keepdims: bool = False, ord: float | Literal["fro", "nuc"] | None = "fro") -> Tensor:
    """Norms of matrices: see `vt_core.ops.linalg_matrix_norm`."""
    return ops.linalg_matrix_norm(x, "fro" if ord is None else ord, [-2, -1], keepdims)


def matrix_power(x: Tensor, n: int, /) -> Tensor:
    """The n-th powers of square matrices, of their inverses where n is negative."""
    return ops.linalg_matrix_power(x, n)


def matrix_rank(x: Tensor, /, *, rtol: float | Tensor | None = None) -> Tensor:
    """The numbers of singular values greater than `rtol` times the largest, by default max(M, N) times the epsilon."""
    return ops.linalg_matrix_rank(x, rtol=rtol)


def outer(x1: Tensor, x2: Tensor, /) -> Tensor:
    """The products of all elements of one vector with all of another."""
    return ops.outer(*promoted("outer", x1, x2))


def pinv(x: Tensor, /, *, rtol: float | Tensor | None = None) -> Tensor:
    """The pseudo-inverses of matrices; singular values up to `rtol` times the largest count as zero."""
    return ops.linalg_pinv(x, rtol=rtol)


def qr(x: Tensor, /, *, mode: Literal["reduced", "complete"] = "reduced") -> QRResult:
    """Orthonormal and upper triangular factors of matrices."""
    if mode not in ("reduced", "complete"):
        raise ValueError(f"qr: mode must be 'reduced' or 'complete': got {mode!r}")
    return QRResult(*ops.linalg_qr(x, mode))


def slogdet(x: Tensor, /) -> SlogdetResult:
    """The signs and the logarithms of the magnitudes of the determinants of square matrices."""
    return SlogdetResult(*ops.linalg_slogdet(x))


def solve(x1: Tensor, x2: Tensor, /) -> Tensor:
    """The solutions of systems of linear equations.

    Parameters
    ----------
    x1 : Tensor
        Square matrices (..., M, M).
    x2 : Tensor
        One vector (M,), or matrices (..., M, K); only one dimension makes a vector.
    """
    x1, x2 = promoted("solve", x1, x2)
    if x2.ndim == 1:
        return ops.squeeze(ops.linalg_solve(x1, ops.unsqueeze(x2, 1)), [-1])
    if x2.ndim == x1.ndim - 1:
        # PyTorch's operator would take these for vectors where the sizes fit.
        x2 = ops.unsqueeze(x2, 0)
    return ops.linalg_solve(x1, x2)


def svd(x: Tensor, /, *, full_matrices: bool = True) -> SVDResult:
    """The singular vectors and values, in descending order, of matrices: ``x = U @ diag(S) @ Vh``."""
    return SVDResult(*ops.linalg_svd(x, full_matrices))


def svdvals(x: Tensor, /) -> Tensor:
    """The singular values of matrices in descending order."""
    return ops.linalg_svdvals(x)


def trace(x: Tensor, /, *, offset: int = 0, dtype: dtype | None = None) -> Tensor:
    """The sums of the diagonals of matrices; the dtype as that of `sum`."""
    return _sum(diagonal(x, offset=offset), axis=-1, dtype=dtype)


def vector_norm(x: Tensor, /, *, axis: Axis = None, keepdims: bool = False, ord: float = 2) -> Tensor:
    """Norms of vectors along dimensions, by default of all elements: see `vt_core.ops.linalg_vector_norm`."""
    dims = None if axis is None else [axis] if isinstance(axis, int) else list(axis)
    return ops.linalg_vector_norm(ops.abs(x) if x.dtype.is_complex else x, ord, dims, keepdims)
