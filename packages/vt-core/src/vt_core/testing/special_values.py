# SPDX-License-Identifier: Apache-2.0
"""Functions of one tensor, and the numbers at which formulas of them break: zeros, infinities, NaN, the huge and the tiny."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import vt_core as vt

__all__ = ["FUNCTIONS", "SLOPES", "Function", "special_values", "strided_copy"]

_MAGNITUDES = (
    *(0.0, 0.001, 0.5, 1.0, 1.5, 2.0, 3.0, 5.4, 6.0, 13.3, 17.0, 20.5, 40.0, 88.0, 89.0, 100.0, 105.0, 708.0, 746.0),
    *(10.0**k for k in (3, 4, 7, 9, 13, 20, 30, 37, 38, 100, 200, 308)),
    *(10.0**-k for k in (5, 7, 20, 37, 40, 45, 300, 320)),
    *(5e-324, 6e-8, 6e4, 3e38, 2.0**28, 2.0**53),
)
# By dtype name: the largest number, the least normal one and the least of all.
_ENDS = {
    "float16": (65504.0, 2.0**-14, 2.0**-24),
    "bfloat16": (255 * 2.0**120, 2.0**-126, 2.0**-133),
    "float32": ((2 - 2.0**-23) * 2.0**127, 2.0**-126, 2.0**-149),
    "float64": ((2 - 2.0**-52) * 2.0**1023, 2.0**-1022, 2.0**-1074),
}


def special_values(dtype: str) -> list[float]:
    """NaN first, then numbers of both signs that `dtype` holds, up to a rounding."""
    magnitudes = [m for m in _MAGNITUDES if m <= _ENDS[dtype][0]] + list(_ENDS[dtype])
    return [math.nan, math.inf, -math.inf, *(sign * m for m in magnitudes for sign in (1.0, -1.0))]


def strided_copy(x: vt.Tensor) -> vt.Tensor:
    """The same elements, every other one of a tensor."""
    wide = vt.ops.zeros([2 * x.numel() + 1], dtype=x.dtype, device=x.device)
    view = vt.ops.slice(wide, 0, 1, None, 2)
    vt.ops.copy_(view, x)
    return view


@dataclass(frozen=True)
class Function:
    """An operator and the arguments that it takes after its tensors."""

    name: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def __str__(self) -> str:
        return "-".join([self.name, *map(str, self.args), *map(str, self.kwargs.values())])

    def __call__(self, *tensors: vt.Tensor) -> vt.Tensor:
        function: Callable[..., vt.Tensor] = getattr(vt.ops, self.name)
        return function(*tensors, *self.args, **self.kwargs)


_BY_TANH = {"approximate": "tanh"}

_PLAIN = (
    *("abs", "acos", "acosh", "angle", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg2rad", "digamma"),
    *("elu", "erf", "erfc", "erfinv", "exp", "exp2", "expm1", "floor", "frac", "gelu", "hardshrink", "hardsigmoid"),
    *("hardswish", "hardtanh", "i0", "leaky_relu", "lgamma", "log", "log10", "log1p", "log2", "log_sigmoid", "logit"),
    *("mish", "neg", "rad2deg", "reciprocal", "relu", "relu6", "round", "rrelu", "rsqrt", "selu", "sgn", "sigmoid"),
    *("sign", "silu", "sin", "sinc", "sinh", "softplus", "softshrink", "softsign", "sqrt", "square", "tan", "tanh"),
    *("tanhshrink", "trunc", "special_airy_ai", "special_bessel_j0", "special_bessel_j1", "special_bessel_y0"),
    *("special_bessel_y1", "special_entr", "special_erfcx", "special_i0e", "special_i1", "special_i1e"),
    *("special_log_ndtr", "special_modified_bessel_i0", "special_modified_bessel_i1", "special_modified_bessel_k0"),
    *("special_modified_bessel_k1", "special_ndtr", "special_ndtri", "special_scaled_modified_bessel_k0"),
    *("special_scaled_modified_bessel_k1", "special_spherical_bessel_j0"),
)
# Of (x).
FUNCTIONS = (
    *map(Function, _PLAIN),
    Function("celu", (1.5,)),
    Function("clamp", (-1, 1)),
    Function("elu", (1.5,)),
    Function("gelu", kwargs=_BY_TANH),
    Function("leaky_relu", (-0.5,)),
    Function("softplus", (2.5, 1.3)),
    Function("threshold", (0.5, 7)),
    *(Function("pow", (exponent,)) for exponent in (-2, -1, -0.5, 0, 0.5, 1.7, 2, 3)),
)

_PLAIN_SLOPES = (
    *("gelu_backward", "hardsigmoid_backward", "hardswish_backward", "log_sigmoid_backward", "mish_backward"),
    *(
        "relu_backward",
        "sigmoid_backward",
        "silu_backward",
        "softsign_backward",
        "tanh_backward",
        "tanhshrink_backward",
    ),
)
# Of (grad, x), or of (grad, output).
SLOPES = (
    *map(Function, _PLAIN_SLOPES),
    Function("elu_backward", (1, 1, 1)),
    Function("gelu_backward", kwargs=_BY_TANH),
    Function("hardtanh_backward", (-1, 1)),
    Function("leaky_relu_backward", (0.01,)),
    Function("shrink_backward", (0.5,)),
    Function("softplus_backward", (1, 20)),
    Function("threshold_backward", (0.5,)),
)
