# SPDX-License-Identifier: Apache-2.0
"""Distances and similarities of vectors as modules."""

from __future__ import annotations

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn.module import Module

__all__ = ["CosineSimilarity", "PairwiseDistance"]


class PairwiseDistance(Module):
    """The p-norm of the difference of vectors along the last dimension; see `vt_torch.nn.functional.pairwise_distance`."""

    def __init__(self, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> None:
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """Compare vectors ``(N, D)`` or ``(D,)``."""
        return ops.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)


class CosineSimilarity(Module):
    """The cosine of the angle of vectors along `dim`; see `vt_torch.nn.functional.cosine_similarity`."""

    def __init__(self, dim: int = 1, eps: float = 1e-8) -> None:
        super().__init__()
        self.dim = dim
        self.eps = eps

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """Compare vectors along `dim`."""
        return ops.cosine_similarity(x1, x2, self.dim, self.eps)
