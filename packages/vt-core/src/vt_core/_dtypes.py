# SPDX-License-Identifier: Apache-2.0
"""Facts about dtypes: ranges of numbers, type promotion and permitted casts, by PyTorch's rules."""

from __future__ import annotations

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from vt_core._C import Tensor, dtype

    Number = bool | int | float | complex

__all__ = ["can_cast", "finfo", "iinfo", "promote_types", "result_type"]

_BOOL, _INTEGER, _FLOATING, _COMPLEX = range(4)

# Significand bits with the hidden one, exponent of the largest binade, whether all-ones exponents still hold numbers,
# and decimal digits that survive a round trip.
_FORMATS = {
    "float8_e4m3fn": (4, 8, True, 0),
    "float8_e5m2": (3, 15, False, 0),
    "float16": (11, 15, False, 3),
    "bfloat16": (8, 127, False, 2),
    "float32": (24, 127, False, 6),
    "float64": (53, 1023, False, 15),
}
_REAL_PART = {"complex64": "float32", "complex128": "float64"}
_UNSIGNED_ALONE = ("uint16", "uint32", "uint64")


class finfo:  # noqa: N801
    """Limits of a floating or complex dtype.

    Parameters
    ----------
    dtype : dtype, optional
        Default that of tensors made without one. A complex dtype stands for its real part.

    Attributes
    ----------
    bits : int
        Width of a number.
    eps : float
        Distance from 1 to the next larger number.
    max, min : float
        Largest and smallest finite numbers.
    tiny, smallest_normal : float
        Smallest positive normal number.
    resolution : float
        Ten to the minus number of decimal digits that are always kept.
    dtype : str
        Name of the dtype.

    Raises
    ------
    TypeError
        If `dtype` is not floating or complex.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.finfo(vt.float16).max
    65504.0
    """

    __slots__ = ("bits", "dtype", "eps", "max", "min", "resolution", "smallest_normal", "tiny")

    def __init__(self, dtype: dtype | None = None) -> None:
        dtype = _C.default_dtype() if dtype is None else dtype
        name = _REAL_PART.get(dtype.name, dtype.name)
        if name not in _FORMATS:
            raise TypeError(f"finfo: not a floating dtype: got {dtype}; use iinfo for integers")
        digits, exponent, finite_top, decimals = _FORMATS[name]
        # A format whose top binade is all finite gives up one code there, for NaN.
        ulps_below = 2 if finite_top else 1
        self.dtype: str = name
        self.bits: int = getattr(_C, name).itemsize * 8
        self.eps: float = 2.0 ** (1 - digits)
        self.max: float = (2.0 - ulps_below * self.eps) * 2.0**exponent
        self.min: float = -self.max
        self.smallest_normal: float = 2.0 ** ((2 if finite_top else 1) - exponent)
        self.tiny: float = self.smallest_normal
        self.resolution: float = float(f"1e-{decimals}")

    def __repr__(self) -> str:
        fields = ("resolution", "min", "max", "eps", "smallest_normal", "tiny")
        return f"finfo({', '.join(f'{field}={getattr(self, field):g}' for field in fields)}, dtype={self.dtype})"


class iinfo:  # noqa: N801
    """Limits of an integer dtype.

    Parameters
    ----------
    dtype : dtype
        Any integer dtype.

    Attributes
    ----------
    bits : int
        Width of a number.
    max, min : int
        Largest and smallest numbers.
    dtype : str
        Name of the dtype.

    Raises
    ------
    TypeError
        If `dtype` is not an integer dtype.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.iinfo(vt.int8).min
    -128
    """

    __slots__ = ("bits", "dtype", "max", "min")

    def __init__(self, dtype: dtype) -> None:
        if _category(dtype) != _INTEGER:
            raise TypeError(f"iinfo: not an integer dtype: got {dtype}; use finfo for floating dtypes")
        self.dtype: str = dtype.name
        self.bits: int = dtype.itemsize * 8
        self.max: int = (1 << (self.bits - dtype.is_signed)) - 1
        self.min: int = -self.max - 1 if dtype.is_signed else 0

    def __repr__(self) -> str:
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"


def promote_types(type1: dtype, type2: dtype) -> dtype:
    """Return the smallest dtype that holds the numbers of both.

    Parameters
    ----------
    type1, type2 : dtype
        uint16, uint32 and uint64 promote only with floating dtypes, float8 only with itself.

    Returns
    -------
    dtype

    Raises
    ------
    DTypeError
        If the two have no common dtype.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.promote_types(vt.int64, vt.float16)
    vt_core.float16
    """
    if type1 is type2:
        return type1
    low, high = sorted((type1, type2), key=_category)
    kind = _category(high)
    alone = any(t.name in _UNSIGNED_ALONE for t in (low, high))
    if any(t.name.startswith("float8") for t in (low, high)) or (alone and kind != _FLOATING):
        raise _C.DTypeError(f"promote_types: no common dtype: got {type1.name} and {type2.name}; convert one of them")
    if kind != _category(low):
        wide = kind == _COMPLEX and low is _C.float64
        return _C.complex128 if wide else high
    if low.itemsize == high.itemsize:
        # Equal widths that differ: uint8 with int8, float16 with bfloat16.
        return _C.int16 if kind == _INTEGER else _C.float32
    return max(low, high, key=lambda t: t.itemsize)


def result_type(tensor1: Tensor | Number, tensor2: Tensor | Number) -> dtype:
    """Return the dtype in which an arithmetic operation on two operands is done.

    Parameters
    ----------
    tensor1, tensor2 : Tensor or number
        Tensors with dimensions come before 0-dim tensors, and these before numbers: a later class decides only by a
        higher category (bool < integer < floating < complex).

    Returns
    -------
    dtype

    Raises
    ------
    DTypeError
        If the two have no common dtype.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.result_type(vt.tensor([1, 2], dtype=vt.int8), 2.5)
    vt_core.float32
    """
    ranked = sorted((_rank_and_dtype(tensor1), _rank_and_dtype(tensor2)), key=lambda entry: entry[0])
    (first_rank, first), (second_rank, second) = ranked
    if first_rank == second_rank:
        return promote_types(first, second)
    if _category(second) <= _category(first):
        return first
    if _category(second) == _COMPLEX and _category(first) == _FLOATING:
        return _C.complex128 if first is _C.float64 else _C.complex64
    if first is _C.bool or first.name not in _UNSIGNED_ALONE:
        return promote_types(first, second)
    return second


def can_cast(from_: dtype, to: dtype) -> bool:
    """Return whether a result of one dtype may be stored in another.

    Parameters
    ----------
    from_, to : dtype

    Returns
    -------
    bool
        False if the cast would go to a lower category (bool < integer < floating < complex).

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.can_cast(vt.float64, vt.float16), vt.can_cast(vt.float16, vt.int64)
    (True, False)
    """
    return _category(from_) <= _category(to)


def _category(t: dtype) -> int:
    if t.is_complex:
        return _COMPLEX
    if t.is_floating_point:
        return _FLOATING
    return _BOOL if t is _C.bool else _INTEGER


def _rank_and_dtype(operand: Tensor | Number) -> tuple[int, dtype]:
    if isinstance(operand, _C.Tensor):
        return (0 if operand.ndim else 1), operand.dtype
    # bool is an int to Python and must come first.
    for kind, stands_for in (
        (bool, _C.bool),
        (int, _C.int64),
        (float, _C.default_dtype()),
        (complex, _C.complex128 if _C.default_dtype() is _C.float64 else _C.complex64),
    ):
        if isinstance(operand, kind):  # pyright: ignore[reportUnnecessaryIsInstance]
            return 2, stands_for
    raise TypeError(f"result_type: expected tensors or numbers, got {type(operand).__name__}")
