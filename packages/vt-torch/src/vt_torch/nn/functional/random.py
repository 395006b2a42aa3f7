# SPDX-License-Identifier: Apache-2.0
"""Functions that draw random numbers: dropout and samples of categories."""

from __future__ import annotations

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["dropout", "gumbel_softmax"]


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Set elements to zero with probability `p` while `training` and scale the others by ``1 / (1 - p)``.

    Raises
    ------
    ValueError
        If `p` is not from 0 to 1.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if not training or p == 0:
        return input
    dropped = ops.dropout(input, p, True)
    return input.copy_(dropped) if inplace else dropped


def gumbel_softmax(logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1) -> Tensor:
    """Draw from categories so that the draw has a gradient: Jang, Gu and Poole, 2017, arXiv:1611.01144.

    Parameters
    ----------
    logits : Tensor
        Unnormalised log-probabilities along `dim`.
    tau : float
        The temperature; the smaller, the closer a draw is to a single category.
    hard : bool
        Give the category itself as a one among zeros; the gradient is that of the soft draw.
    eps : float
        Without effect, as in PyTorch.
    dim : int

    Returns
    -------
    Tensor
        Of the shape of `logits`; sums to 1 along `dim`.
    """
    noise = ops.neg(ops.log(ops.exponential_(ops.empty_like(logits))))
    soft = ops.softmax((logits + noise) / tau, dim)
    if not hard:
        return soft
    index = soft.argmax(dim, keepdim=True)
    return ops.scatter(ops.zeros_like(soft), dim, index, 1.0) - soft.detach() + soft
