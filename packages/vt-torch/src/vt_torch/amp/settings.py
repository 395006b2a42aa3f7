# SPDX-License-Identifier: Apache-2.0
"""autocast by functions: switched, asked and given a dtype outside a ``with`` block."""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import threading

import vt_core
from vt_core import _C

from vt_torch.amp.autocast import get_autocast_dtype, is_autocast_enabled

__all__ = [
    "autocast_decrement_nesting",
    "autocast_increment_nesting",
    "clear_autocast_cache",
    "get_autocast_cpu_dtype",
    "get_autocast_gpu_dtype",
    "is_autocast_cache_enabled",
    "is_autocast_cpu_enabled",
    "set_autocast_cache_enabled",
    "set_autocast_cpu_dtype",
    "set_autocast_cpu_enabled",
    "set_autocast_dtype",
    "set_autocast_enabled",
    "set_autocast_gpu_dtype",
]

_thread = threading.local()


def set_autocast_enabled(device_type: str | bool, enabled: bool | None = None) -> None:
    """Switch casting on or off for a device type, in the calling thread; with one argument for CUDA."""
    if enabled is None:
        device_type, enabled = "cuda", bool(device_type)
    _C._set_autocast_state(str(device_type), enabled, get_autocast_dtype(str(device_type)))


def set_autocast_dtype(device_type: str, dtype: vt_core.dtype) -> None:
    """Set the half dtype that is cast to on a device type, in the calling thread."""
    _C._set_autocast_state(device_type, is_autocast_enabled(device_type), dtype)


def is_autocast_cpu_enabled() -> bool:
    """Return whether the calling thread casts on the CPU."""
    return is_autocast_enabled("cpu")


def set_autocast_cpu_enabled(enabled: bool) -> None:
    """Switch casting on the CPU on or off, in the calling thread."""
    set_autocast_enabled("cpu", enabled)


def get_autocast_cpu_dtype() -> vt_core.dtype:
    """Return the half dtype that is cast to on the CPU."""
    return get_autocast_dtype("cpu")


def get_autocast_gpu_dtype() -> vt_core.dtype:
    """Return the half dtype that is cast to on CUDA."""
    return get_autocast_dtype("cuda")


def set_autocast_cpu_dtype(dtype: vt_core.dtype) -> None:
    """Set the half dtype that is cast to on the CPU."""
    set_autocast_dtype("cpu", dtype)


def set_autocast_gpu_dtype(dtype: vt_core.dtype) -> None:
    """Set the half dtype that is cast to on CUDA."""
    set_autocast_dtype("cuda", dtype)


def is_autocast_cache_enabled() -> bool:
    """Return what `set_autocast_cache_enabled` was given last in the calling thread; there is no cache of casts."""
    return getattr(_thread, "cache", True)


def set_autocast_cache_enabled(enabled: bool) -> None:
    """Keep whether casts should be kept: every cast is made where it is used, whatever is said here."""
    _thread.cache = bool(enabled)


def clear_autocast_cache() -> None:
    """Do nothing: casts are not kept."""


def autocast_increment_nesting() -> int:
    """Count one level of nesting more, and return how many there are in the calling thread."""
    _thread.nesting = getattr(_thread, "nesting", 0) + 1
    return _thread.nesting


def autocast_decrement_nesting() -> int:
    """Count one level of nesting less, and return how many there are in the calling thread."""
    _thread.nesting = getattr(_thread, "nesting", 0) - 1
    return _thread.nesting
