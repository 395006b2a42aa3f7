# SPDX-License-Identifier: Apache-2.0
"""Functions of single elements: of one array, and of two that are promoted and broadcast."""

from __future__ import annotations

from collections.abc import Callable

from vt_core import _C, ops
from vt_core._C import Tensor
from vt_core.array_api._dtypes import Number, promoted

__all__ = [
    "abs",
    "acos",
    "acosh",
    "add",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "bitwise_and",
    "bitwise_invert",
    "bitwise_left_shift",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "ceil",
    "clip",
    "conj",
    "copysign",
    "cos",
    "cosh",
    "divide",
    "equal",
    "exp",
    "expm1",
    "floor",
    "floor_divide",
    "greater",
    "greater_equal",
    "hypot",
    "imag",
    "isfinite",
    "isinf",
    "isnan",
    "less",
    "less_equal",
    "log",
    "log1p",
    "log2",
    "log10",
    "logaddexp",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "nextafter",
    "not_equal",
    "positive",
    "pow",
    "real",
    "reciprocal",
    "remainder",
    "round",
    "sign",
    "signbit",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "subtract",
    "tan",
    "tanh",
    "trunc",
]

_Unary = Callable[[Tensor], Tensor]
_Binary = Callable[[Tensor | Number, Tensor | Number], Tensor]


def _unary(name: str, doc: str, op: str | None = None) -> _Unary:
    op = op or name

    def function(x: Tensor, /) -> Tensor:
        return getattr(ops, op)(x)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return function


def _binary(name: str, doc: str, op: str | None = None) -> _Binary:
    op = op or name

    def function(x1: Tensor | Number, x2: Tensor | Number, /) -> Tensor:
        call = getattr(ops, op)
        if isinstance(x1, _C.Tensor) and isinstance(x2, _C.Tensor) and x1.dtype == x2.dtype:
            return call(x1, x2)
        return call(*promoted(name, x1, x2))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"{doc} One of the two may be a number."
    return function


abs: _Unary = _unary("abs", "The magnitudes; real for complex numbers.")
acos: _Unary = _unary("acos", "The inverse cosines.")
acosh: _Unary = _unary("acosh", "The inverse hyperbolic cosines.")
asin: _Unary = _unary("asin", "The inverse sines.")
asinh: _Unary = _unary("asinh", "The inverse hyperbolic sines.")
atan: _Unary = _unary("atan", "The inverse tangents.")
atanh: _Unary = _unary("atanh", "The inverse hyperbolic tangents.")
bitwise_invert: _Unary = _unary("bitwise_invert", "Every bit turned over; of bool the negation.", "bitwise_not")
ceil: _Unary = _unary("ceil", "The least integers that are not less.")
conj: _Unary = _unary("conj", "The complex conjugates.")
cos: _Unary = _unary("cos", "The cosines.")
cosh: _Unary = _unary("cosh", "The hyperbolic cosines.")
exp: _Unary = _unary("exp", "The exponentials.")
expm1: _Unary = _unary("expm1", "The exponentials less one, exact for small numbers.")
floor: _Unary = _unary("floor", "The largest integers that are not greater.")
imag: _Unary = _unary("imag", "The imaginary parts of complex numbers.")
isfinite: _Unary = _unary("isfinite", "Whether elements are neither infinite nor NaN.")
isinf: _Unary = _unary("isinf", "Whether elements are infinite.")
isnan: _Unary = _unary("isnan", "Whether elements are NaN.")
log: _Unary = _unary("log", "The natural logarithms.")
log1p: _Unary = _unary("log1p", "The logarithms of one more, exact for small numbers.")
log2: _Unary = _unary("log2", "The logarithms to the base 2.")
log10: _Unary = _unary("log10", "The logarithms to the base 10.")
logical_not: _Unary = _unary("logical_not", "The negations.")
negative: _Unary = _unary("negative", "The numbers with the other sign.", "neg")
positive: _Unary = _unary("positive", "The numbers as they are.")
real: _Unary = _unary("real", "The real parts of complex numbers.")
reciprocal: _Unary = _unary("reciprocal", "One over the numbers.")
signbit: _Unary = _unary("signbit", "Whether the sign bit is set: true for -0.0.")
sin: _Unary = _unary("sin", "The sines.")
sinh: _Unary = _unary("sinh", "The hyperbolic sines.")
sqrt: _Unary = _unary("sqrt", "The square roots.")
square: _Unary = _unary("square", "The squares.")
tan: _Unary = _unary("tan", "The tangents.")
tanh: _Unary = _unary("tanh", "The hyperbolic tangents.")
trunc: _Unary = _unary("trunc", "The integers next to the numbers towards zero.")

add: _Binary = _binary("add", "Sums.")
atan2: _Binary = _binary("atan2", "The angles of points (x2, x1).")
bitwise_and: _Binary = _binary("bitwise_and", "Bits set in both.")
bitwise_left_shift: _Binary = _binary("bitwise_left_shift", "The bits of x1 moved up by x2.")
bitwise_or: _Binary = _binary("bitwise_or", "Bits set in either.")
bitwise_right_shift: _Binary = _binary(
    "bitwise_right_shift", "The bits of x1 moved down by x2, copies of the sign bit following."
)
bitwise_xor: _Binary = _binary("bitwise_xor", "Bits set in one of the two.")
copysign: _Binary = _binary("copysign", "The magnitudes of x1 with the signs of x2.")
divide: _Binary = _binary("divide", "Quotients; of integers in the default dtype.", "div")
equal: _Binary = _binary("equal", "Whether elements are equal.", "eq")
floor_divide: _Binary = _binary("floor_divide", "Quotients rounded down.")
greater: _Binary = _binary("greater", "Whether x1 is greater.", "gt")
greater_equal: _Binary = _binary("greater_equal", "Whether x1 is not less.", "ge")
hypot: _Binary = _binary("hypot", "The roots of sums of squares, without overflow.")
less: _Binary = _binary("less", "Whether x1 is less.", "lt")
less_equal: _Binary = _binary("less_equal", "Whether x1 is not greater.", "le")
logaddexp: _Binary = _binary("logaddexp", "The logarithms of sums of exponentials, without overflow.")
logical_and: _Binary = _binary("logical_and", "Whether both are true.")
logical_or: _Binary = _binary("logical_or", "Whether one is true.")
logical_xor: _Binary = _binary("logical_xor", "Whether just one is true.")
maximum: _Binary = _binary("maximum", "The greater of the two; NaN where one is NaN.")
minimum: _Binary = _binary("minimum", "The lesser of the two; NaN where one is NaN.")
multiply: _Binary = _binary("multiply", "Products.", "mul")
nextafter: _Binary = _binary("nextafter", "The numbers next to x1 towards x2.")
not_equal: _Binary = _binary("not_equal", "Whether elements differ.", "ne")
pow: _Binary = _binary("pow", "Powers.")
remainder: _Binary = _binary("remainder", "Remainders of division, with the sign of x2.")
subtract: _Binary = _binary("subtract", "Differences.", "sub")


def round(x: Tensor, /) -> Tensor:
    """The nearest integers, the even one of two; of both parts of complex numbers."""
    if x.dtype.is_complex:
        return ops.complex(ops.round(ops.real(x)), ops.round(ops.imag(x)))
    return ops.round(x)


def sign(x: Tensor, /) -> Tensor:
    """-1, 0 or 1 by the sign, NaN for NaN; of complex numbers x / abs(x), or 0."""
    if x.dtype.is_complex:
        return ops.sgn(x)
    return ops.where(ops.isnan(x), x, ops.sign(x)) if x.dtype.is_floating_point else ops.sign(x)


def clip(x: Tensor, /, min: Tensor | float | None = None, max: Tensor | float | None = None) -> Tensor:
    """The elements, none below `min` and none above `max`.

    Parameters
    ----------
    x : Tensor
    min, max : Tensor or number, optional
        Broadcast with `x` and cast to its dtype.

    Returns
    -------
    Tensor
        Of the dtype of `x`.
    """
    if min is None and max is None:
        return ops.clone(x)
    if not isinstance(min, _C.Tensor) and not isinstance(max, _C.Tensor):
        return ops.clamp(x, min, max).to(dtype=x.dtype)
    return ops.clamp(x, _limit(x, min), _limit(x, max))


def _limit(x: Tensor, limit: Tensor | float | None) -> Tensor | None:
    if limit is None:
        return None
    if isinstance(limit, _C.Tensor):
        return limit.to(dtype=x.dtype)
    return ops.full([], limit, dtype=x.dtype, device=x.device)
