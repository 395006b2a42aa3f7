# SPDX-License-Identifier: Apache-2.0
"""The norm of PyTorch's first versions, whose kind may be told by a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vt_core import Tensor, ops

__all__ = ["norm"]


def norm(
    input: Tensor,  # noqa: A002
    p: float | str | None = "fro",
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    out: Tensor | None = None,
    dtype: Any = None,
) -> Tensor:
    """Return a norm of elements, over all dimensions or some.

    Parameters
    ----------
    input : Tensor
    p : float or {"fro", "nuc"}
        The power of a vector norm; "fro", as None, is 2, and "nuc" the sum of singular values of matrices.
    dim : int or sequence of int, optional
        For "nuc" two.
    keepdim : bool
    out : Tensor, optional
    dtype : dtype, optional
        In which it is computed.

    Raises
    ------
    RuntimeError
        If the name is another one, or the dimensions are not those of matrices.
    """
    if isinstance(p, str) or p is None:
        dims = None if dim is None else [dim] if isinstance(dim, int) else list(dim)
        if p in ("fro", None) and len(dims or ()) <= 2:
            result = ops.linalg_vector_norm(input, 2, dims, keepdim, dtype=dtype)
        else:
            dims = list(range(input.ndim)) if dims is None else dims
            if len(dims) != 2:
                raise RuntimeError(f"norm: {p!r} is a norm of matrices: got {len(dims)} dimensions, expected 2")
            result = ops.linalg_matrix_norm(input, p or "fro", dims, keepdim, dtype=dtype)
    else:
        result = ops.norm(input, p, dim, keepdim, dtype=dtype)
    return result if out is None else out.resize_(result.shape).copy_(result)
