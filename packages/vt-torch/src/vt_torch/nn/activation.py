# SPDX-License-Identifier: Apache-2.0
"""Activations of every element as modules; softmax and its kin are in softmax.py."""

from __future__ import annotations

import warnings
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = [
    "CELU",
    "ELU",
    "GELU",
    "GLU",
    "Hardshrink",
    "Hardsigmoid",
    "Hardswish",
    "Hardtanh",
    "LeakyReLU",
    "LogSigmoid",
    "Mish",
    "PReLU",
    "RReLU",
    "ReLU",
    "ReLU6",
    "SELU",
    "SiLU",
    "Sigmoid",
    "Softplus",
    "Softshrink",
    "Softsign",
    "Tanh",
    "Tanhshrink",
    "Threshold",
]


class _InPlace(Module):
    """Activations without numbers of their own, written into the argument under `inplace`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def extra_repr(self) -> str:
        """Return "inplace=True" where it is."""
        return "inplace=True" if self.inplace else ""


def _also_in_place(text: str, inplace: bool) -> str:
    return f"{text}, inplace=True" if inplace else text


class ReLU(_InPlace):
    """max(x, 0); written into the argument under `inplace`."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.relu(input, self.inplace)


class LeakyReLU(Module):
    """x where it is positive, else `negative_slope` times x."""

    def __init__(self, negative_slope: float = 0.01, inplace: bool = False) -> None:
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self) -> str:
        """Return the slope."""
        return _also_in_place(f"negative_slope={self.negative_slope}", self.inplace)


class PReLU(Module):
    """x where it is positive, else x times a weight that is learned: He, Zhang, Ren and Sun, 2015, arXiv:1502.01852.

    Parameters
    ----------
    num_parameters : int
        1, or the number of channels, which lie along dimension 1.
    init : float
        The weight's first value.
    device, dtype : optional
        Of the weight.
    """

    weight: Parameter

    def __init__(self, num_parameters: int = 1, init: float = 0.25, device: Any = None, dtype: Any = None) -> None:
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(ops.empty((num_parameters,), dtype=dtype, device=device))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set the weight to its first value."""
        self.weight.data.fill_(self.init)

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.prelu(input, self.weight)

    def extra_repr(self) -> str:
        """Return the number of weights."""
        return f"num_parameters={self.num_parameters}"


class RReLU(Module):
    """x where it is positive, else x times a slope: drawn from U(lower, upper) in training, else their mean.

    Parameters
    ----------
    lower, upper : float
    inplace : bool
        Write the result into the argument.
    """

    def __init__(self, lower: float = 1.0 / 8, upper: float = 1.0 / 3, inplace: bool = False) -> None:
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self) -> str:
        """Return the bounds of the slope."""
        return _also_in_place(f"lower={self.lower}, upper={self.upper}", self.inplace)


class ELU(Module):
    """x where it is positive, else ``alpha * (exp(x) - 1)``: Clevert, Unterthiner and Hochreiter, 2015, arXiv:1511.07289."""

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.elu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Return alpha."""
        return _also_in_place(f"alpha={self.alpha}", self.inplace)


class CELU(Module):
    """x where it is positive, else ``alpha * (exp(x / alpha) - 1)``: Barron, 2017, arXiv:1704.07483."""

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.celu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Return alpha."""
        return _also_in_place(f"alpha={self.alpha}", self.inplace)


class SELU(_InPlace):
    """ELU with the alpha and scale that keep mean 0 and variance 1: Klambauer et al., 2017, arXiv:1706.02515."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.selu(input, self.inplace)


class SiLU(_InPlace):
    """x sigmoid(x); written into the argument under `inplace`."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.silu(input, self.inplace)


class Mish(_InPlace):
    """x tanh(softplus(x)): Misra, 2019, arXiv:1908.08681."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.mish(input, self.inplace)


class GELU(Module):
    """x Phi(x) with the normal distribution's Phi, exact or by its tanh form: Hendrycks and Gimpel, arXiv:1606.08415.

    Parameters
    ----------
    approximate : {"none", "tanh"}
    """

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        """Return the form."""
        return f"approximate={self.approximate!r}"


class GLU(Module):
    """``a * sigmoid(b)`` for the halves a and b along `dim`: Dauphin et al., 2016, arXiv:1612.08083."""

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Halve the dimension."""
        return ops.glu(input, self.dim)

    def extra_repr(self) -> str:
        """Return the dimension."""
        return f"dim={self.dim}"


class Sigmoid(Module):
    """1 / (1 + exp(-x))."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.sigmoid(input)


class LogSigmoid(Module):
    """log(1 / (1 + exp(-x)))."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.log_sigmoid(input)


class Hardsigmoid(_InPlace):
    """min(max(x + 3, 0), 6) / 6; written into the argument under `inplace`."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.hardsigmoid(input, self.inplace)

    def extra_repr(self) -> str:
        """Return nothing, as PyTorch."""
        return ""


class Hardswish(Hardsigmoid):
    """x hardsigmoid(x): Howard et al., 2019, arXiv:1905.02244."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.hardswish(input, self.inplace)


class Tanh(Module):
    """The hyperbolic tangent."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.tanh(input)


class Hardtanh(Module):
    """x held between `min_val` and `max_val`.

    Parameters
    ----------
    min_val, max_val : float
    inplace : bool
        Write the result into the argument.
    min_value, max_value : float, optional
        The deprecated names of the bounds.

    Raises
    ------
    AssertionError
        If the bounds are not in order.
    """

    def __init__(
        self,
        min_val: float = -1.0,
        max_val: float = 1.0,
        inplace: bool = False,
        min_value: float | None = None,
        max_value: float | None = None,
    ) -> None:
        super().__init__()
        if min_value is not None:
            warnings.warn("keyword argument `min_value` is deprecated and rename to `min_val`", FutureWarning, 2)
            min_val = min_value
        if max_value is not None:
            warnings.warn("keyword argument `max_value` is deprecated and rename to `max_val`", FutureWarning, 2)
            max_val = max_value
        self.min_val = min_val
        self.max_val = max_val
        self.inplace = inplace
        if not self.max_val > self.min_val:
            raise AssertionError(f"max_val must be larger than min_val, got {min_val=} and {max_val=}")

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self) -> str:
        """Return the bounds."""
        return _also_in_place(f"min_val={self.min_val}, max_val={self.max_val}", self.inplace)


class ReLU6(Hardtanh):
    """min(max(x, 0), 6); written into the argument under `inplace`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self) -> str:
        """Return "inplace=True" where it is."""
        return "inplace=True" if self.inplace else ""


class Softplus(Module):
    """log(1 + exp(beta x)) / beta; x itself where beta x is above `threshold`."""

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """Return beta and threshold."""
        return f"beta={self.beta}, threshold={self.threshold}"


class Softsign(Module):
    """x / (1 + abs(x))."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.softsign(input)


class Tanhshrink(Module):
    """x - tanh(x)."""

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.tanhshrink(input)


class Softshrink(Module):
    """x moved towards 0 by `lambd`, but not past it."""

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.softshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """Return lambd."""
        return str(self.lambd)


class Hardshrink(Module):
    """x where it is farther from 0 than `lambd`, else 0."""

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return ops.hardshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """Return lambd."""
        return str(self.lambd)


class Threshold(Module):
    """x where it is above `threshold`, else `value`."""

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Apply to every element."""
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self) -> str:
        """Return threshold and value."""
        return _also_in_place(f"threshold={self.threshold}, value={self.value}", self.inplace)
