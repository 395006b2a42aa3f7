# SPDX-License-Identifier: Apache-2.0
"""Softmax and its kin along a dimension, as modules."""

from __future__ import annotations

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn.module import Module

__all__ = ["LogSoftmax", "Softmax", "Softmax2d", "Softmin"]


class _Along(Module):
    """Functions along a dimension, which is chosen by their number when None."""

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def extra_repr(self) -> str:
        """Return the dimension."""
        return f"dim={self.dim}"


class Softmax(_Along):
    """Exponentials along `dim`, divided by their sum."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply along the dimension."""
        return F.softmax(input, self.dim)


class LogSoftmax(_Along):
    """Logarithm of the softmax along `dim`."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply along the dimension."""
        return F.log_softmax(input, self.dim)


class Softmin(_Along):
    """Softmax of the negated input: the least element has the greatest share."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply along the dimension."""
        return F.softmin(input, self.dim)


class Softmax2d(Module):
    """Softmax over the channels of ``(N, C, H, W)`` or ``(C, H, W)``."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply along the channels."""
        if input.dim() not in (3, 4):
            raise ValueError(f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead")
        return ops.softmax(input, -3)
