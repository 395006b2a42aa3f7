# SPDX-License-Identifier: Apache-2.0
"""Products of groups of matrices whose sizes differ, as layers of experts have them."""

from __future__ import annotations

from typing import Any

import vt_core
from vt_core import Tensor, ops

__all__ = ["grouped_mm"]

_DTYPES = (vt_core.float32, vt_core.bfloat16, vt_core.float16)


def grouped_mm(
    mat_a: Tensor,
    mat_b: Tensor,
    *,
    offs: Tensor | None = None,
    bias: Tensor | None = None,
    out_dtype: Any = None,
) -> Tensor:
    """Multiply matrices group by group.

    Parameters
    ----------
    mat_a, mat_b : Tensor
        Of float32, bfloat16 or float16, either with a dimension of groups in front or with the groups side by side in one
        dimension: ``(M, K) @ (G, K, N)`` by rows to ``(M, N)``, ``(G, M, K) @ (K, N)`` by columns to ``(M, N)``,
        ``(M, K) @ (K, N)`` by parts of `K` to ``(G, M, N)``, ``(G, M, K) @ (G, K, N)`` to ``(G, M, N)``.
    offs : Tensor ``(G,)``, optional
        The end of each group in the dimension that is parted, int32, ascending; needed where an operand has two dimensions. What
        is behind the last end belongs to no group: zeros, where it is rows or columns of the result. Synchronises on CUDA.
    bias : None
        Not supported, as in PyTorch.
    out_dtype : dtype, optional
        `mat_a`'s, the only one.

    Raises
    ------
    RuntimeError
        If shapes, dtypes or ends do not fit.
    """
    _check(mat_a, mat_b, offs, bias, out_dtype)
    if offs is None:
        return ops.bmm(mat_a, mat_b)
    ends = [int(end) for end in offs.tolist()]
    length = mat_a.shape[1] if mat_a.ndim == mat_b.ndim else mat_a.shape[0] if mat_a.ndim == 2 else mat_b.shape[1]
    starts = [0, *ends[:-1]]
    if any(start > end for start, end in zip(starts, ends, strict=True)) or (ends and ends[-1] > length):
        raise RuntimeError(f"grouped_mm: offs are wrong: got {ends}, expected ascending ends up to {length}")
    parts = list(enumerate(zip(starts, ends, strict=True)))
    if mat_a.ndim == mat_b.ndim:
        products = [mat_a[:, start:end] @ mat_b[start:end] for _, (start, end) in parts]
        empty = mat_a.new_zeros((0, mat_a.shape[0], mat_b.shape[1]))
        return ops.stack(products) if products else empty
    rest = length - (ends[-1] if ends else 0)
    if mat_a.ndim == 2:
        rows = [mat_a[start:end] @ mat_b[g] for g, (start, end) in parts]
        return ops.cat([*rows, mat_a.new_zeros((rest, mat_b.shape[2]))], 0)
    columns = [mat_a[g] @ mat_b[:, start:end] for g, (start, end) in parts]
    return ops.cat([*columns, mat_a.new_zeros((mat_a.shape[1], rest))], 1)


def _check(mat_a: Tensor, mat_b: Tensor, offs: Tensor | None, bias: Tensor | None, out_dtype: Any) -> None:
    for name, matrix in (("mat_a", mat_a), ("mat_b", mat_b)):
        if matrix.ndim not in (2, 3):
            raise RuntimeError(f"grouped_mm: {name} has wrong dimensions: got {tuple(matrix.shape)}, expected 2 or 3")
        if matrix.dtype not in _DTYPES or matrix.dtype != mat_a.dtype:
            raise RuntimeError(
                f"grouped_mm: the dtype of {name} is wrong: got {matrix.dtype}, expected float32, bfloat16 or float16 for both"
            )
    if mat_a.shape[-1] != mat_b.shape[-2]:
        raise RuntimeError(
            f"grouped_mm: the contracted sizes differ: got {tuple(mat_a.shape)} and {tuple(mat_b.shape)}"
        )
    if (offs is None) != (mat_a.ndim == mat_b.ndim == 3):
        raise RuntimeError("grouped_mm: offs are needed where a matrix has 2 dimensions, and only there")
    if bias is not None:
        raise RuntimeError("grouped_mm: bias is not supported; add it to the result")
    if out_dtype is not None and out_dtype != mat_a.dtype:
        raise RuntimeError(f"grouped_mm: out_dtype is wrong: got {out_dtype}, expected {mat_a.dtype}")
    groups = [matrix.shape[0] for matrix in (mat_a, mat_b) if matrix.ndim == 3]
    if offs is not None:
        if offs.ndim != 1:
            raise RuntimeError(f"grouped_mm: offs have wrong dimensions: got {tuple(offs.shape)}, expected (G,)")
        if offs.dtype is not vt_core.int32:
            raise RuntimeError(f"grouped_mm: the dtype of offs is wrong: got {offs.dtype}, expected int32")
        groups.append(offs.shape[0])
    if len(set(groups)) > 1:
        raise RuntimeError(f"grouped_mm: the numbers of groups differ: got {groups}")
