# SPDX-License-Identifier: Apache-2.0
"""Arithmetic of sizes under the names that programs use where sizes may be symbols; here they are Python's numbers."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any, cast

__all__ = [
    "sym_constrain_range",
    "sym_constrain_range_for_size",
    "sym_float",
    "sym_fresh_size",
    "sym_int",
    "sym_ite",
    "sym_max",
    "sym_min",
    "sym_not",
    "sym_sqrt",
    "sym_sum",
]


def sym_int(a: Any) -> int:
    """Return a number as an int, cut towards zero."""
    return int(a)


def sym_float(a: Any) -> float:
    """Return a number as a float."""
    return float(a)


def sym_max(a: Any, b: Any) -> Any:
    """Return the larger of two numbers, as a float where one of them is a float.

    Raises
    ------
    AssertionError
        If one is no number.
    """
    return _as_float_if_one_is(max, a, b)


def sym_min(a: Any, b: Any) -> Any:
    """Return the smaller of two numbers, as a float where one of them is a float.

    Raises
    ------
    AssertionError
        If one is no number.
    """
    return _as_float_if_one_is(min, a, b)


def _as_float_if_one_is(choose: Any, a: Any, b: Any) -> Any:
    for value in (a, b):
        if not isinstance(value, Real):  # NumPy's numbers are too
            raise AssertionError(f"sym_{choose.__name__}: expected int or float, got {type(value)}")
    chosen = choose(a, b)
    return chosen if isinstance(a, Integral) and isinstance(b, Integral) else float(chosen)


def sym_not(a: Any) -> bool:
    """Return whether a value is false."""
    return not a


def sym_ite(b: bool, t: Any, f: Any) -> Any:
    """Return `t` if `b`, else `f`; both of one type.

    Raises
    ------
    AssertionError
        If `b` is no bool or the types differ.
    """
    if not isinstance(b, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AssertionError(f"sym_ite: expected a bool as condition, got {type(b)}")
    if type(t) is not type(f):
        raise AssertionError(f"sym_ite: the types differ: got {type(t)} and {type(f)}")
    return t if b else f


def sym_sum(*args: Any) -> Any:
    """Return the sum of numbers, given one by one or as one list."""
    given = cast(Any, args[0]) if len(args) == 1 and isinstance(args[0], (list, tuple)) else args
    return sum(given)


def sym_sqrt(a: Any) -> float:
    """Return the square root of a number."""
    return math.sqrt(a)


def sym_constrain_range(size: int, *, min: int | None = None, max: int | None = None) -> None:  # noqa: A002
    """Refuse a size out of a range.

    Raises
    ------
    RuntimeError
        If it is below `min` or above `max`.
    """
    low, high = -math.inf if min is None else min, math.inf if max is None else max
    if low > high:
        raise RuntimeError(f"sym_constrain_range: min is above max: got {min} and {max}")
    if not low <= size <= high:
        raise RuntimeError(f"sym_constrain_range: the size is out of range: got {size}, expected {min} to {max}")


def sym_constrain_range_for_size(size: int, *, min: int | None = None, max: int | None = None) -> None:  # noqa: A002
    """Refuse a size out of a range; `max`, where given, is above 2 so that no size is taken for 0 or 1.

    Raises
    ------
    RuntimeError
        If it is out of the range, or `max` is too small.
    """
    if max is not None and max <= 2:
        raise RuntimeError(f"sym_constrain_range_for_size: max is too small: got {max}, expected more than 2")
    sym_constrain_range(size, min=min, max=max)


def sym_fresh_size(size: Any) -> int:
    """Return a size as an int."""
    return int(size)
