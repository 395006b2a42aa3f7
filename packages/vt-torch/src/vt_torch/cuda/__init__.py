# SPDX-License-Identifier: Apache-2.0
"""CUDA devices, as far as a CUDA backend is installed.

The backend is found through the entry point ``cuda`` of the group ``vt.plugins``; everything it offers is offered here.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Any

__all__ = ["device_count", "is_available"]


@cache
def _backend() -> Any:
    for entry in entry_points(group="vt.plugins", name="cuda"):
        return entry.load()
    return None


def device_count() -> int:
    """Return the number of usable CUDA devices; 0 without a backend or a driver."""
    backend = _backend()
    return backend.device_count() if backend is not None else 0


def is_available() -> bool:
    """Return whether there is a CUDA device to compute on."""
    return device_count() > 0


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    backend = _backend()
    if backend is None:
        raise AttributeError(f"vt_torch.cuda.{name} needs a CUDA backend; install vt-cuda")
    return getattr(backend, name)
