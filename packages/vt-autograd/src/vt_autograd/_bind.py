# SPDX-License-Identifier: Apache-2.0
"""The arguments of a Function's forward by position."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["bind"]

_signature = functools.lru_cache(maxsize=256)(inspect.signature)


def bind(forward: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Return all arguments of `forward` by position, those that were left out with their defaults.

    Raises
    ------
    TypeError
        If they do not fit its parameters, or one of these is keyword-only: `setup_context` is given arguments by position.
    """
    bound = _signature(forward).bind(*args, **kwargs)
    bound.apply_defaults()
    if bound.kwargs:
        raise TypeError(
            f"apply(): forward has keyword-only parameters {list(bound.kwargs)}, which setup_context cannot be given"
        )
    return bound.args
