# SPDX-License-Identifier: Apache-2.0
"""Singular values and principal components of matrices of low rank, by random projections: Halko et al., 2009, arXiv:0909.4061."""

from __future__ import annotations

from vt_core import Tensor, ops

__all__ = ["pca_lowrank", "svd_lowrank"]


def _basis(A: Tensor, q: int, niter: int) -> Tensor:
    """Return q orthonormal columns that nearly span what the matrices map to."""
    drawn = ops.randn((A.shape[-1], q), dtype=A.dtype, device=A.device)
    basis = ops.linalg_qr(ops.matmul(A, drawn))[0]
    for _ in range(niter):
        other = ops.linalg_qr(ops.matmul(A.mH, basis))[0]
        basis = ops.linalg_qr(ops.matmul(A, other))[0]
    return basis


def svd_lowrank(A: Tensor, q: int | None = 6, niter: int | None = 2, M: Tensor | None = None) -> tuple[Tensor, ...]:
    """Return the largest singular values of matrices and their vectors, nearly.

    Parameters
    ----------
    A : Tensor
        ``(..., m, n)``
    q : int
        More than the rank, at most the smaller of m and n.
    niter : int
        Iterations of the subspace.
    M : Tensor, optional
        ``(..., m, n)`` or what broadcasts to it, subtracted before.

    Returns
    -------
    U, S, V : Tensor
        ``(..., m, q)``, ``(..., q)``, ``(..., n, q)``. Random numbers come from the default generator.
    """
    q = 6 if q is None else q
    moved = A if M is None else A - M
    tall = moved.shape[-2] >= moved.shape[-1]
    B = moved if tall else moved.mH
    Q = _basis(B, q, 2 if niter is None else niter)
    U, S, Vh = ops.linalg_svd(ops.matmul(Q.mH, B), False)
    left, right = ops.matmul(Q, U), Vh.mH
    return (left, S, right) if tall else (right, S, left)


def pca_lowrank(A: Tensor, q: int | None = None, center: bool = True, niter: int = 2) -> tuple[Tensor, ...]:
    """Return the principal components of observations, nearly.

    Parameters
    ----------
    A : Tensor
        ``(..., m, n)``: m observations of n variables.
    q : int, optional
        The number of components, min(6, m, n) by default.
    center : bool
        Subtract the means of the columns before.
    niter : int

    Returns
    -------
    U, S, V : Tensor
        As from `svd_lowrank`.

    Raises
    ------
    ValueError
        If `q` or `niter` is out of range.
    """
    m, n = A.shape[-2:]
    q = min(6, m, n) if q is None else q
    if not 0 <= q <= min(m, n):
        raise ValueError(f"q(={q}) must be non-negative integer and not greater than min(m, n)={min(m, n)}")
    if niter < 0:
        raise ValueError(f"niter(={niter}) must be non-negative integer")
    return svd_lowrank(A - A.mean(-2, keepdim=True) if center else A, q, niter)
