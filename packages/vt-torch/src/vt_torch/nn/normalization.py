# SPDX-License-Identifier: Apache-2.0
"""Normalisations over the last dimensions: LayerNorm, RMSNorm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import init
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["LayerNorm", "RMSNorm"]


def _shape_of(normalized_shape: int | Sequence[int]) -> tuple[int, ...]:
    return (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)


class LayerNorm(Module):
    """Normalises to mean 0 and variance 1 over the last dimensions: Ba, Kiros and Hinton, 2016, arXiv:1607.06450.

    Parameters
    ----------
    normalized_shape : int or sequence of int
        The last sizes of the input.
    eps : float
        Added to the variance.
    elementwise_affine : bool
        Whether the result is scaled by a learned weight (from ones) and moved by a learned bias (from zeros).
    bias : bool
        Whether there is a bias.
    device, dtype : optional
        Of the parameters.
    """

    weight: Parameter | None
    bias: Parameter | None

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self.normalized_shape = _shape_of(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine

        def make(wanted: bool) -> Parameter | None:
            return Parameter(ops.empty(self.normalized_shape, dtype=dtype, device=device)) if wanted else None

        self.register_parameter("weight", make(elementwise_affine))
        self.register_parameter("bias", make(elementwise_affine and bias))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set weight to ones and bias to zeros."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Normalise ``(..., *normalized_shape)``."""
        return ops.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Return shape, eps, whether it is affine and has a bias."""
        affine = f"elementwise_affine={self.elementwise_affine}, bias={self.bias is not None}"
        return f"{self.normalized_shape}, eps={self.eps}, {affine}"


class RMSNorm(Module):
    """Divides by the root of the mean square over the last dimensions: Zhang and Sennrich, 2019, arXiv:1910.07467.

    Parameters
    ----------
    normalized_shape : int or sequence of int
        The last sizes of the input.
    eps : float, optional
        Added to the mean square; the dtype's machine epsilon by default.
    elementwise_affine : bool
        Whether the result is scaled by a learned weight, from ones.
    device, dtype : optional
        Of the weight.
    """

    weight: Parameter | None

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float | None = None,
        elementwise_affine: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self.normalized_shape = _shape_of(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        weight = Parameter(ops.ones(self.normalized_shape, dtype=dtype, device=device)) if elementwise_affine else None
        self.register_parameter("weight", weight)

    def reset_parameters(self) -> None:
        """Set the weight to ones."""
        if self.weight is not None:
            init.ones_(self.weight)

    def forward(self, input: Tensor) -> Tensor:
        """Normalise ``(..., *normalized_shape)``."""
        return ops.rms_norm(input, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        """Return shape, eps and whether it is affine."""
        return f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
