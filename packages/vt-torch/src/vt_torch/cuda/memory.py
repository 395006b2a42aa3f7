# SPDX-License-Identifier: Apache-2.0
"""Memory of CUDA devices: figures, limits, history and snapshots.

The figures are 0 without a device, as in PyTorch; everything else is what the CUDA backend offers.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from vt_torch import cuda

__all__ = [
    "empty_cache",
    "max_memory_allocated",
    "max_memory_cached",
    "max_memory_reserved",
    "memory_allocated",
    "memory_cached",
    "memory_reserved",
    "memory_snapshot",
    "memory_stats",
    "memory_stats_as_nested_dict",
]


def empty_cache() -> None:
    """Give memory that is reserved but not in use back to the driver; without a backend there is none."""
    cuda.empty_cache()


def memory_stats(device: Any = None) -> OrderedDict[str, int]:
    """Return what the allocator of a device counts, by names such as ``"allocated_bytes.all.peak"``; empty without one."""
    return _backend().memory_stats(_device(device)) if cuda.is_available() else OrderedDict()


def memory_stats_as_nested_dict(device: Any = None) -> dict[str, Any]:
    """Return `memory_stats` nested; empty without a device."""
    return _backend().memory_stats_as_nested_dict(_device(device)) if cuda.is_available() else {}


def memory_snapshot(mempool_id: tuple[int, int] | None = None, include_traces: bool = True) -> list[dict[str, Any]]:
    """Return the segments of all devices, with their blocks; empty without a device."""
    return _backend().memory_snapshot(mempool_id, include_traces) if cuda.is_available() else []


def memory_allocated(device: Any = None) -> int:
    """Return the bytes of blocks with tensors."""
    return _figure("memory_allocated", device)


def max_memory_allocated(device: Any = None) -> int:
    """Return the most bytes that tensors took since `reset_peak_memory_stats`."""
    return _figure("max_memory_allocated", device)


def memory_reserved(device: Any = None) -> int:
    """Return the bytes held from the driver."""
    return _figure("memory_reserved", device)


def max_memory_reserved(device: Any = None) -> int:
    """Return the most bytes held from the driver since `reset_peak_memory_stats`."""
    return _figure("max_memory_reserved", device)


def memory_cached(device: Any = None) -> int:
    """As `memory_reserved`, its former name."""
    return memory_reserved(device)


def max_memory_cached(device: Any = None) -> int:
    """As `max_memory_reserved`, its former name."""
    return max_memory_reserved(device)


def _figure(name: str, device: Any) -> int:
    return getattr(_backend(), name)(_device(device)) if cuda.is_available() else 0


def _device(device: Any) -> Any:
    # Any object that names a device, not only the backend's.
    return device if device is None or isinstance(device, int | str) else str(device)


def _backend() -> Any:
    return cuda._needed()  # pyright: ignore[reportPrivateUsage]


def set_allocator_settings(env: str) -> None:
    """Take settings in the form of ``PYTORCH_CUDA_ALLOC_CONF``, as ``"expandable_segments:True,max_split_size_mb:128"``.

    Raises
    ------
    ValueError
        For a setting that is not known, or one without a value or with one that makes no sense.
    NotImplementedError
        For one of PyTorch that there is none of here, or expandable segments on a device without virtual memory.
    """
    settings: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in env.split(","))):
        name, colon, value = part.partition(":")
        if not colon or not value:
            raise ValueError(f"_set_allocator_settings: a setting has no value: got {part!r}, expected name:value")
        settings[name.strip()] = value.strip()
    if other := settings.keys() - {
        "max_split_size_mb",
        "garbage_collection_threshold",
        "expandable_segments",
        "backend",
    }:
        known = {"roundup_power2_divisions", "pinned_use_cuda_host_register"}
        kind = NotImplementedError if other & known else ValueError
        raise kind(f"_set_allocator_settings: not supported: {', '.join(sorted(other))}")
    split = settings.get("max_split_size_mb")
    expandable = settings.get("expandable_segments")
    if expandable not in (None, "True", "False"):
        raise ValueError(
            f"_set_allocator_settings: expandable_segments is no truth value: got {expandable!r}, expected True or False"
        )
    if settings.keys() - {"backend"}:
        _backend().set_memory_options(
            max_split_bytes=None if split is None else int(split) << 20,
            collect_above=float(settings.get("garbage_collection_threshold", 0)),
            expandable=None if expandable is None else expandable == "True",
        )
    if "backend" in settings:
        _backend().set_allocator_backend(settings["backend"])


# PyTorch's names of what has others in the backend.
_NAMES = {
    "_dump_snapshot": "dump_allocator_snapshot",
    "_record_memory_history": "record_memory_history",
    "_set_allocator_settings": "set_allocator_settings",
    "_snapshot": "allocator_snapshot",
}


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    name = _NAMES.get(name, name)
    return globals()[name] if name in globals() else getattr(cuda, name)
