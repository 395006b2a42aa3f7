# SPDX-License-Identifier: Apache-2.0
"""Copies of saved tensors, made before an operation writes over them."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any

from vt_autograd import _C

if TYPE_CHECKING:
    import vt_core as vt

__all__ = ["SavedCopies"]

_native: Any = _C
_active = threading.local()


class _Saved:
    """One saved tensor: itself while nothing has written to it, then its copy."""

    __slots__ = ("__weakref__", "tensor", "written")

    def __init__(self, tensor: vt.Tensor) -> None:
        self.tensor = tensor
        self.written = False


class SavedCopies:
    """Saved-tensor hooks and a write hook that copy what is saved when it is about to be written."""

    def __init__(self) -> None:
        self._by_storage: dict[int, weakref.WeakSet[_Saved]] = {}
        self._before_write = self.before_write  # one object: the thread's hook borrows it

    def __enter__(self) -> SavedCopies:
        if getattr(_active, "copies", None) is not None:
            raise RuntimeError("allow_mutation_on_saved_tensors contexts cannot be nested")
        _active.copies = self
        _native._set_write_hook(self._before_write)
        return self

    def __exit__(self, *exception: object) -> None:
        _native._set_write_hook(None)
        _active.copies = None
        self._by_storage.clear()

    def pack(self, tensor: vt.Tensor) -> _Saved:
        """Keep a tensor without its history."""
        saved = _Saved(tensor.detach())
        self._by_storage.setdefault(_native._storage_address(tensor), weakref.WeakSet()).add(saved)
        return saved

    def unpack(self, saved: _Saved) -> vt.Tensor:
        """Return the tensor as it was saved."""
        if getattr(_active, "copies", None) is not self:
            raise AssertionError(
                "Trying to backward outside of the 'allow_mutation_on_saved_tensors' context in which the graph was originally "
                "recorded."
            )
        return saved.tensor

    def before_write(self, tensor: vt.Tensor) -> None:
        """Copy what is saved of the storage that a call is about to write."""
        for saved in self._by_storage.pop(_native._storage_address(tensor), ()):
            saved.tensor = saved.tensor.clone()
            saved.written = True
