# SPDX-License-Identifier: Apache-2.0
"""Questions of functions about overrides by their arguments' classes: nothing is overridden here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["has_torch_function", "has_torch_function_unary", "has_torch_function_variadic"]


def has_torch_function(relevant_args: Iterable[Any], /) -> bool:  # noqa: ARG001
    """Return False: classes do not override functions."""
    return False


def has_torch_function_unary(obj: object, /) -> bool:  # noqa: ARG001
    """Return False: classes do not override functions."""
    return False


def has_torch_function_variadic(*args: object) -> bool:  # noqa: ARG001
    """Return False: classes do not override functions."""
    return False
