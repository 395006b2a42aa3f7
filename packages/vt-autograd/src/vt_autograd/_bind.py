# SPDX-License-Identifier: Apache-2.0
"""The arguments of a Function's forward by position."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["bind"]

# By function, which it does not keep: its closure and its defaults may hold tensors.
_signatures: WeakKeyDictionary[FunctionType, inspect.Signature] = WeakKeyDictionary()


def bind(forward: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Return all arguments of `forward` by position, those that were left out with their defaults.

    Raises
    ------
    TypeError
        If they do not fit its parameters, or one of these is keyword-only: `setup_context` is given arguments by position.
    """
    bound = _signature_of(forward).bind(*args, **kwargs)
    bound.apply_defaults()
    if bound.kwargs:
        raise TypeError(
            f"apply(): forward has keyword-only parameters {list(bound.kwargs)}, which setup_context cannot be given"
        )
    return bound.args


def _signature_of(forward: Callable[..., Any]) -> inspect.Signature:
    if not isinstance(forward, FunctionType):
        return inspect.signature(forward)
    if (known := _signatures.get(forward)) is None:
        known = _signatures[forward] = inspect.signature(forward)
    return known
