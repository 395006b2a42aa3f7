# SPDX-License-Identifier: Apache-2.0
"""Samples of categories that have a gradient."""

from __future__ import annotations

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["gumbel_softmax"]


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
