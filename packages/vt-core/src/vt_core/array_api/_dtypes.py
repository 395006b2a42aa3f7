# SPDX-License-Identifier: Apache-2.0
"""Dtypes of the standard: kinds, promotion between arrays alone, casts, limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import vt_core
from vt_core import _C, ops
from vt_core._C import Tensor, device, dtype

__all__ = [
    "DEFAULT_INTEGRAL",
    "KINDS",
    "Device",
    "Number",
    "astype",
    "can_cast",
    "default_complex",
    "default_floating",
    "finfo",
    "iinfo",
    "isdtype",
    "promoted",
    "result_type",
]

Device = device | str
Number = bool | int | float | complex

DEFAULT_INTEGRAL = _C.int64

_SIGNED = (_C.int8, _C.int16, _C.int32, _C.int64)
_UNSIGNED = (_C.uint8, _C.uint16, _C.uint32, _C.uint64)
_REAL = (_C.float32, _C.float64)
_COMPLEX = (_C.complex64, _C.complex128)

# The kinds of the standard, with the dtypes of each.
KINDS: dict[str, tuple[dtype, ...]] = {
    "bool": (_C.bool,),
    "signed integer": _SIGNED,
    "unsigned integer": _UNSIGNED,
    "integral": _SIGNED + _UNSIGNED,
    "real floating": _REAL,
    "complex floating": _COMPLEX,
    "numeric": _SIGNED + _UNSIGNED + _REAL + _COMPLEX,
}


def default_floating() -> dtype:
    """The dtype of new arrays of real numbers."""
    return _C.default_dtype()


def default_complex() -> dtype:
    """The dtype of new arrays of complex numbers, whose parts have the default dtype; of half ones, those of float32."""
    return _C.complex128 if _C.default_dtype() is _C.float64 else _C.complex64


def isdtype(dtype: dtype, kind: Any) -> bool:
    """Whether `dtype` is of a kind.

    Parameters
    ----------
    dtype : dtype
    kind : dtype, str or tuple of them
        "bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating" or "numeric"; of a tuple any.
        float16 and bfloat16, which the standard does not know, are real floating.

    Raises
    ------
    ValueError
        For another string.
    TypeError
        For another object.
    """
    if isinstance(kind, tuple):
        return any(isdtype(dtype, each) for each in kind)  # pyright: ignore[reportUnknownVariableType]
    if isinstance(kind, _C.dtype):
        return dtype == kind
    if not isinstance(kind, str):
        raise TypeError(f"isdtype: kind must be a dtype, a str or a tuple of them: got {type(kind).__name__}")
    if kind not in KINDS:
        raise ValueError(f"isdtype: unknown kind: got {kind!r}, expected one of {', '.join(KINDS)}")
    if kind in ("real floating", "numeric") and dtype.is_floating_point:
        return True
    return dtype in KINDS[kind]


def _smallest_signed(bits: int) -> dtype | None:
    return next((each for each in _SIGNED if each.itemsize * 8 > bits), None)


def _promoted_pair(a: dtype, b: dtype) -> dtype:
    """The smallest dtype that holds the numbers of both, within one kind or from real to complex."""
    if a == b:
        return a
    if isdtype(a, "integral") and isdtype(b, "integral"):
        signed, unsigned = (a, b) if a.is_signed else (b, a)
        if signed.is_signed and not unsigned.is_signed:
            wide = _smallest_signed(unsigned.itemsize * 8)
            if wide is None:
                raise TypeError(f"result_type: no common dtype: got {a.name} and {b.name}; convert one of them")
            return max(signed, wide, key=lambda each: each.itemsize)
        return max(a, b, key=lambda each: each.itemsize)
    if isdtype(a, ("real floating", "complex floating")) and isdtype(b, ("real floating", "complex floating")):
        return vt_core.promote_types(a, b)
    raise TypeError(f"result_type: dtypes of different kinds: got {a.name} and {b.name}; convert one of them")


def _check_number(number: Number, of: dtype) -> dtype:
    """The dtype in which a Python number meets arrays of dtype `of`."""
    if isinstance(number, bool):
        fits = of == _C.bool
    elif isinstance(number, int):
        fits = of != _C.bool
    elif isinstance(number, float):
        fits = of.is_floating_point or of.is_complex
    else:
        if of.is_floating_point:
            return _C.complex128 if of == _C.float64 else _C.complex64
        fits = of.is_complex
    if not fits:
        raise TypeError(f"result_type: a number of another kind: got {type(number).__name__} with {of.name}")
    return of


def result_type(*arrays_and_dtypes: Tensor | dtype | Number) -> dtype:
    """The dtype of an operation on arrays and dtypes, where 0-dim arrays count like any other.

    Parameters
    ----------
    *arrays_and_dtypes : Tensor, dtype or number
        At least one that is no number; numbers must be of a kind that the others hold.

    Raises
    ------
    ValueError
        If there is no array or dtype.
    TypeError
        If there is no common dtype: for different kinds, and for uint64 with a signed integer.
    """
    result: dtype | None = None
    numbers: list[Number] = []
    for each in arrays_and_dtypes:
        if isinstance(each, (bool, int, float, complex)):
            numbers.append(each)
            continue
        own = each.dtype if isinstance(each, _C.Tensor) else each
        if not isinstance(own, _C.dtype):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"result_type: expected arrays, dtypes or numbers: got {type(each).__name__}")
        result = own if result is None else _promoted_pair(result, own)
    if result is None:
        raise ValueError("result_type: at least one array or dtype is needed")
    for number in numbers:
        result = _check_number(number, result)
    return result


def promoted(name: str, *operands: Tensor | Number) -> tuple[Tensor, ...]:
    """The operands as arrays of their common dtype and device; at least one is an array."""
    arrays = [each for each in operands if isinstance(each, _C.Tensor)]
    if not arrays:
        raise TypeError(
            f"{name}: at least one array is needed: got {', '.join(type(each).__name__ for each in operands)}"
        )
    common = result_type(*operands)
    place = arrays[0].device
    return tuple(
        each.to(dtype=common) if isinstance(each, _C.Tensor) else ops.full([], each, dtype=common, device=place)
        for each in operands
    )


def astype(x: Tensor, dtype: dtype, /, *, copy: bool = True, device: Device | None = None) -> Tensor:
    """The elements in another dtype.

    Parameters
    ----------
    x : Tensor
    dtype : dtype
    copy : bool, optional
        False returns `x` itself where nothing changes.
    device : device or str, optional
        That of `x` by default.

    Raises
    ------
    TypeError
        From complex to a real dtype; take `real` or `abs` instead.
    """
    if x.dtype.is_complex and not dtype.is_complex and dtype != _C.bool:
        raise TypeError(f"astype: complex numbers are not cast to real ones: got {x.dtype.name} to {dtype.name}")
    return x.to(dtype=dtype, device=device, copy=copy)


def can_cast(from_: dtype | Tensor, to: dtype, /) -> bool:
    """Whether `to` holds the numbers of `from_` by the rules of promotion."""
    try:
        return result_type(from_, to) == to
    except TypeError:
        return False


@dataclass(frozen=True)
class FloatingLimits:
    """What `finfo` returns."""

    bits: int
    eps: float
    max: float
    min: float
    smallest_normal: float
    dtype: dtype


@dataclass(frozen=True)
class IntegerLimits:
    """What `iinfo` returns."""

    bits: int
    max: int
    min: int
    dtype: dtype


def finfo(type: dtype | Tensor, /) -> FloatingLimits:
    """Limits of a floating dtype; a complex one stands for its real part.

    Raises
    ------
    TypeError
        For other dtypes.
    """
    limits = vt_core.finfo(type.dtype if isinstance(type, _C.Tensor) else type)
    real: dtype = getattr(_C, limits.dtype)
    return FloatingLimits(limits.bits, limits.eps, limits.max, limits.min, limits.smallest_normal, real)


def iinfo(type: dtype | Tensor, /) -> IntegerLimits:
    """Limits of an integer dtype.

    Raises
    ------
    TypeError
        For other dtypes.
    """
    of = type.dtype if isinstance(type, _C.Tensor) else type
    limits = vt_core.iinfo(of)
    return IntegerLimits(limits.bits, limits.max, limits.min, of)
