# SPDX-License-Identifier: Apache-2.0
"""Layers with parameters, a mode or a shape: Linear, Bilinear, Flatten, Unflatten, Identity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import init
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["Bilinear", "Flatten", "Identity", "Linear", "Unflatten"]


class Identity(Module):
    """Gives back its argument; takes any construction arguments and ignores them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()

    def forward(self, input: Tensor) -> Tensor:
        """Return `input`."""
        return input


class Linear(Module):
    """The affine map ``y = x W^T + b``.

    Parameters
    ----------
    in_features, out_features : int
        Sizes of the last dimension of input and result.
    bias : bool
        Whether there is a ``b``.
    device, dtype : optional
        Of the parameters.

    Attributes
    ----------
    weight : Parameter
        ``(out_features, in_features)``, drawn from U(-k, k) with ``k = 1 / sqrt(in_features)``.
    bias : Parameter or None
        ``(out_features,)``, drawn alike.
    """

    weight: Parameter
    bias: Parameter | None

    def __init__(
        self, in_features: int, out_features: int, bias: bool = True, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(ops.empty((out_features, in_features), dtype=dtype, device=device))
        if bias:
            self.bias = Parameter(ops.empty((out_features,), dtype=dtype, device=device))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None and self.in_features > 0:
            bound = 1 / math.sqrt(self.in_features)
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input: Tensor) -> Tensor:
        """Map ``(..., in_features)`` to ``(..., out_features)``."""
        # Python looks into these only after it has failed elsewhere; what is parametrised is not among them.
        parameters = self._parameters
        weight = parameters.get("weight")
        if weight is not None and "bias" in parameters:
            return ops.linear(input, weight, parameters["bias"])
        return ops.linear(input, self.weight, self.bias)

    def _forward_relu(self, input: Tensor) -> Tensor:
        """Return what `ReLU` makes of ``forward``."""
        parameters = self._parameters
        weight = parameters.get("weight")
        if weight is not None and "bias" in parameters:
            return ops._linear_relu(input, weight, parameters["bias"])  # pyright: ignore[reportPrivateUsage]
        return ops._linear_relu(input, self.weight, self.bias)  # pyright: ignore[reportPrivateUsage]

    def extra_repr(self) -> str:
        """Return sizes and whether there is a bias."""
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"


class Bilinear(Module):
    """The bilinear map ``y_o = x1^T W_o x2 + b_o``.

    Parameters
    ----------
    in1_features, in2_features, out_features : int
        Sizes of the last dimension of the inputs and the result.
    bias : bool
        Whether there is a ``b``.
    device, dtype : optional
        Of the parameters.

    Attributes
    ----------
    weight : Parameter
        ``(out_features, in1_features, in2_features)``, drawn from U(-k, k) with ``k = 1 / sqrt(in1_features)``.
    bias : Parameter or None
        ``(out_features,)``, drawn alike.
    """

    weight: Parameter
    bias: Parameter | None

    def __init__(
        self,
        in1_features: int,
        in2_features: int,
        out_features: int,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        if in1_features <= 0:
            raise ValueError(f"in1_features must be > 0, but got {in1_features}")
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        self.weight = Parameter(ops.empty((out_features, in1_features, in2_features), dtype=dtype, device=device))
        if bias:
            self.bias = Parameter(ops.empty((out_features,), dtype=dtype, device=device))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        bound = 1 / math.sqrt(self.in1_features)
        init.uniform_(self.weight, -bound, bound)
        if self.bias is not None:
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input1: Tensor, input2: Tensor) -> Tensor:
        """Map ``(..., in1_features)`` and ``(..., in2_features)`` to ``(..., out_features)``."""
        return ops.bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Return sizes and whether there is a bias."""
        sizes = f"in1_features={self.in1_features}, in2_features={self.in2_features}, out_features={self.out_features}"
        return f"{sizes}, bias={self.bias is not None}"


class Flatten(Module):
    """Flattens the dimensions from `start_dim` to `end_dim` into one."""

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim

    def forward(self, input: Tensor) -> Tensor:
        """Return a view where the layout allows, else a copy."""
        return ops.flatten(input, self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        """Return the dimensions."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class Unflatten(Module):
    """Parts the dimension `dim` into `unflattened_size`, of which one size may be -1."""

    def __init__(self, dim: int, unflattened_size: Sequence[int]) -> None:
        super().__init__()
        given: Any = unflattened_size
        if not isinstance(given, (tuple, list)) or not all(isinstance(n, int) for n in cast("Sequence[Any]", given)):
            raise TypeError(f"unflattened_size must be tuple of ints, but found {unflattened_size!r}")
        self.dim = dim
        self.unflattened_size = unflattened_size

    def forward(self, input: Tensor) -> Tensor:
        """Return a view."""
        return ops.unflatten(input, self.dim, self.unflattened_size)

    def extra_repr(self) -> str:
        """Return dimension and sizes."""
        return f"dim={self.dim}, unflattened_size={self.unflattened_size}"
