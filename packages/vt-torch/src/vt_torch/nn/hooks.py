# SPDX-License-Identifier: Apache-2.0
"""RemovableHandle: what registering a hook returns."""

from __future__ import annotations

import itertools
from typing import Any

__all__ = ["RemovableHandle"]

_next_id = itertools.count().__next__


class RemovableHandle:
    """Removes a hook, by `remove` or at the end of a ``with`` block."""

    def __init__(self, hooks: dict[int, Any], key: int) -> None:
        self._hooks = hooks
        self.id = key

    @classmethod
    def into(cls, hooks: dict[int, Any], hook: Any, prepend: bool) -> RemovableHandle:
        """Add a hook to a module's hooks, after all others or before them."""
        key = _next_id()
        others = list(hooks.items()) if prepend else []
        hooks[key] = hook
        for other, kept in others:
            del hooks[other]
            hooks[other] = kept
        return cls(hooks, key)

    def remove(self) -> None:
        """Remove the hook; doing it again changes nothing."""
        self._hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()
