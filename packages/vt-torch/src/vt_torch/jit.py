# SPDX-License-Identifier: Apache-2.0
"""TorchScript's decorators: scripted programs run as the Python that they are."""

from __future__ import annotations

from typing import Any

__all__ = ["export", "ignore", "is_scripting", "is_tracing", "script", "unused"]


def script(obj: Any) -> Any:
    """Return `obj`, a function or a module, itself: it runs as Python, with the same results."""
    return obj


def export(fn: Any) -> Any:
    """Return `fn` itself."""
    return fn


def unused(fn: Any) -> Any:
    """Return `fn` itself."""
    return fn


def ignore(drop: Any = False, **_: Any) -> Any:
    """Return the decorated function itself; with an argument other than a function, a decorator that does."""
    return drop if callable(drop) else export


def is_scripting() -> bool:
    """Return False: there is no script interpreter."""
    return False


def is_tracing() -> bool:
    """Return False: nothing is traced."""
    return False
