# SPDX-License-Identifier: Apache-2.0
"""Products of matrices and vectors, of the namespace itself and of its extension linalg."""

from __future__ import annotations

from collections.abc import Sequence

from vt_core import _C, ops
from vt_core._C import Tensor
from vt_core._contractions import tensordot as contract
from vt_core.array_api._dtypes import isdtype, promoted

__all__ = ["matmul", "matrix_transpose", "tensordot", "vecdot"]


def matmul(x1: Tensor, x2: Tensor, /) -> Tensor:
    """The products of matrices, or of vectors at either side; batches are broadcast.

    Raises
    ------
    ValueError
        If an array has no dimension.
    """
    if x1.ndim == 0 or x2.ndim == 0:
        raise ValueError("matmul: arrays must have at least one dimension: got a 0-dim array")
    return ops.matmul(*promoted("matmul", x1, x2))


def matrix_transpose(x: Tensor, /) -> Tensor:
    """A view of matrices with rows and columns exchanged.

    Raises
    ------
    ValueError
        If there are fewer than two dimensions.
    """
    if x.ndim < 2:
        raise ValueError(f"matrix_transpose: at least two dimensions are needed: got {x.ndim}")
    return ops.transpose(x, -2, -1)


def tensordot(x1: Tensor, x2: Tensor, /, *, axes: int | tuple[Sequence[int], Sequence[int]] = 2) -> Tensor:
    """Sums of products over pairs of dimensions: see `vt_core.tensordot`, whose `dims` are the axes."""
    x1, x2 = promoted("tensordot", x1, x2)
    return contract(x1, x2, axes)


def vecdot(x1: Tensor, x2: Tensor, /, *, axis: int = -1) -> Tensor:
    """The dot products of vectors along a dimension, those of `x1` conjugated; the others are broadcast.

    Raises
    ------
    ValueError
        If the vectors have different lengths.
    """
    if x1.ndim == 0 or x2.ndim == 0:
        raise ValueError("vecdot: arrays must have at least one dimension: got a 0-dim array")
    x1, x2 = promoted("vecdot", x1, x2)
    if x1.shape[axis] != x2.shape[axis]:
        raise ValueError(f"vecdot: sizes must match: got {x1.shape[axis]} and {x2.shape[axis]} with axis={axis}")
    if x1.dtype == _C.bool or isdtype(x1.dtype, "integral"):
        return ops.sum(ops.mul(x1, x2), [axis], dtype=x1.dtype)
    return ops.linalg_vecdot(x1, x2, dim=axis)
