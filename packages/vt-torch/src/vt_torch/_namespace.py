# SPDX-License-Identifier: Apache-2.0
"""Modules whose functions are the operators of one prefix: `linalg_det` is ``vt_torch.linalg.det``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vt_core import ops

__all__ = ["operators_of"]


def operators_of(
    prefix: str, more: Mapping[str, Any] | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and ``__dir__`` of a module that offers every operator whose name starts with `prefix`.

    Parameters
    ----------
    prefix : str
        What the names of the operators have before those of the functions. Operators of plugins are offered as well.
    more : mapping, optional
        What the module has besides.
    """
    others = dict(more or {})
    module = f"vt_torch.{prefix.rstrip('_')}"

    def get(name: str) -> Any:
        if name in others:
            return others[name]
        if not name.startswith("_") and not name.endswith("_"):
            try:
                return getattr(ops, prefix + name)
            except AttributeError:
                pass
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    def names() -> list[str]:
        found = (name.removeprefix(prefix) for name in dir(ops) if name.startswith(prefix) and not name.endswith("_"))
        return sorted({*found, *others})

    return get, names
