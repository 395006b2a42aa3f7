# SPDX-License-Identifier: Apache-2.0
"""inference_mode: no recording, and a mark that says so."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

from vt_autograd import no_grad

__all__ = ["inference_mode", "is_inference_mode_enabled"]

_depth = threading.local()


def is_inference_mode_enabled() -> bool:
    """Return whether the calling thread is inside an `inference_mode`."""
    return getattr(_depth, "count", 0) > 0


class inference_mode:
    """Nothing is recorded in the ``with`` block or the decorated function, in the calling thread.

    As `no_grad`. Unlike PyTorch's, tensors made inside are ordinary ones: they may take part in recorded operations later.

    Parameters
    ----------
    mode : bool
        False changes nothing.
    """

    def __new__(cls, mode: Any = True) -> Any:
        if callable(mode):  # used as a decorator without parentheses
            return cls()(mode)
        return super().__new__(cls)

    def __init__(self, mode: bool = True) -> None:
        self.mode = bool(mode)
        self._scopes: list[Any] = []

    def __enter__(self) -> None:
        if self.mode:
            scope = no_grad()
            scope.__enter__()
            self._scopes.append(scope)
            _depth.count = getattr(_depth, "count", 0) + 1

    def __exit__(self, *exception: Any) -> None:
        if self.mode:
            _depth.count -= 1
            self._scopes.pop().__exit__(*exception)

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with type(self)(self.mode):
                return function(*args, **kwargs)

        return wrapper
