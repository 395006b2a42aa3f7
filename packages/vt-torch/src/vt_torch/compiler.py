# SPDX-License-Identifier: Apache-2.0
"""compile: programs that ask for compilation run as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["compile", "disable", "is_compiling"]


def compile(  # noqa: A001
    model: Any = None,
    *,
    fullgraph: bool = False,  # noqa: ARG001
    dynamic: bool | None = None,  # noqa: ARG001
    backend: str | Callable[..., Any] = "inductor",
    mode: str | None = None,  # noqa: ARG001
    options: dict[str, Any] | None = None,  # noqa: ARG001
    disable: bool = False,  # noqa: ARG001
) -> Any:
    """Return `model` itself: it runs eagerly, with the same results. Nothing is traced or compiled.

    Parameters
    ----------
    model : Module or callable, optional
        Without it a decorator is returned.
    backend : str
        "inductor", "eager" or "cudagraphs", all of which run the model as it is.

    Raises
    ------
    NotImplementedError
        For another backend, which would have to be called.
    """
    if backend not in ("inductor", "eager", "cudagraphs"):
        raise NotImplementedError(f"compile: there is no backend {backend!r}; models run eagerly")
    return _itself if model is None else model


def disable(fn: Any = None, recursive: bool = True) -> Any:  # noqa: ARG001
    """Return `fn` itself: there is no compiler to keep away from it. Without `fn`, a decorator."""
    return _itself if fn is None else fn


def is_compiling() -> bool:
    """Return False: programs run eagerly."""
    return False


def _itself(function: Any) -> Any:
    return function
