# SPDX-License-Identifier: Apache-2.0
"""Activations: of every element, written into the argument under `inplace`; and softmax with its kin, along a dimension."""

from __future__ import annotations

import warnings
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = [
    "celu",
    "elu",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "leaky_relu",
    "log_softmax",
    "mish",
    "relu",
    "relu6",
    "rrelu",
    "selu",
    "silu",
    "softmax",
    "softmin",
    "threshold",
]


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """max(x, 0)."""
    return ops.relu_(input) if inplace else ops.relu(input)


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """min(max(x, 0), 6)."""
    return (ops.relu6_ if inplace else ops.relu6)(input)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """X where it is positive, else `negative_slope` times x."""
    return (ops.leaky_relu_ if inplace else ops.leaky_relu)(input, negative_slope)


def rrelu(
    input: Tensor, lower: float = 1 / 8, upper: float = 1 / 3, training: bool = False, inplace: bool = False
) -> Tensor:
    """X where it is positive, else x times a slope: drawn from U(lower, upper) while `training`, else their mean."""
    return (ops.rrelu_ if inplace else ops.rrelu)(input, lower, upper, training)


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """X where it is positive, else ``alpha * (exp(x) - 1)``."""
    return (ops.elu_ if inplace else ops.elu)(input, alpha)


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """X where it is positive, else ``alpha * (exp(x / alpha) - 1)``."""
    return (ops.celu_ if inplace else ops.celu)(input, alpha)


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """`elu` with the alpha and the scale that keep mean 0 and variance 1."""
    return (ops.selu_ if inplace else ops.selu)(input)


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """X sigmoid(x)."""
    return ops.silu_(input) if inplace else ops.silu(input)


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """X tanh(softplus(x))."""
    return (ops.mish_ if inplace else ops.mish)(input)


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """min(max(x + 3, 0), 6) / 6."""
    return (ops.hardsigmoid_ if inplace else ops.hardsigmoid)(input)


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """X hardsigmoid(x)."""
    return (ops.hardswish_ if inplace else ops.hardswish)(input)


def hardtanh(input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor:
    """X held between `min_val` and `max_val`.

    Raises
    ------
    ValueError
        If `min_val` is above `max_val`.
    """
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")
    return (ops.hardtanh_ if inplace else ops.hardtanh)(input, min_val, max_val)


def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """X where it is above `threshold`, else `value`."""
    return (ops.threshold_ if inplace else ops.threshold)(input, threshold, value)


def softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """Exponentials along `dim` divided by their sum; computed in `dtype` where one is given.

    Raises
    ------
    IndexError
        If `dim` is out of range.
    """
    if dim is None:
        dim = _implicit_dim("softmax", input.dim())
    return ops.softmax(input, dim, dtype=dtype)


def log_softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """Logarithm of the softmax along `dim`, in one pass; computed in `dtype` where one is given."""
    if dim is None:
        dim = _implicit_dim("log_softmax", input.dim())
    return ops.log_softmax(input, dim, dtype=dtype)


def softmin(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """`softmax` of the negated input: the least element has the greatest share."""
    if dim is None:
        dim = _implicit_dim("softmin", input.dim())
    return ops.softmin(input, dim, dtype=dtype)


def _implicit_dim(name: str, ndim: int) -> int:
    warnings.warn(
        f"{name}: dim was not given; choosing it by the number of dimensions is deprecated, pass dim=...", stacklevel=3
    )
    return 0 if ndim in (0, 1, 3) else 1
