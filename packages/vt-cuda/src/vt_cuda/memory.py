# SPDX-License-Identifier: Apache-2.0
"""Figures of the caching allocator, what bounds it, and the calls that were made to the driver."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, cast

from vt_cuda import _C
from vt_cuda.devices import index_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import vt_core

_NO_LIMIT = 2**64 - 1
_DEFAULT, _PLAIN, _EXPANDABLE = range(3)  # VtCudaSegments


def memory_stats(device: int | str | vt_core.device | None = None) -> OrderedDict[str, int]:
    """What the caching allocator of a device counts; exact at any time.

    Returns
    -------
    OrderedDict of str to int
        `memory_stats_as_nested_dict` with the keys joined by dots, as ``"allocated_bytes.all.peak"``, in alphabetical order.
    """
    return OrderedDict(sorted(_flat("", memory_stats_as_nested_dict(device))))


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, int]]:
    if not isinstance(value, dict):
        yield prefix, value
        return
    for key, part in cast("dict[str, Any]", value).items():
        yield from _flat(f"{prefix}.{key}" if prefix else key, part)


def memory_stats_as_nested_dict(device: int | str | vt_core.device | None = None) -> dict[str, Any]:
    """What the caching allocator of a device counts, nested.

    Returns
    -------
    dict of str to dict or int
        - ``allocation``, ``active``, ``segment``, ``inactive_split``: numbers of blocks with tensors, of these and those
          freed that another stream may still use, of pieces of memory held from the driver, and of free blocks that share
          theirs; ``allocated_bytes``, ``active_bytes``, ``reserved_bytes``, ``inactive_split_bytes`` their bytes, and
          ``requested_bytes`` those of tensors before rounding. Each for ``all``, ``small_pool`` (blocks of up to 1 MiB) and
          ``large_pool``, and for each of these ``current``, ``peak``, ``allocated`` and ``freed`` (in total).
        - ``oversize_allocations`` and ``oversize_segments``, of at least ``max_split_size`` bytes (-1 when there is none),
          with ``current`` to ``freed``.
        - ``num_alloc_retries``: requests for which cached memory was given back; ``num_ooms``: those that failed all the
          same; ``num_oom_rejections``: those that failed without one of the driver being asked, which does not happen here;
          ``num_sync_all_streams``: times that the allocator waited for the device; ``num_device_alloc`` and
          ``num_device_free``: calls to the driver that got memory and that gave it back.

    Notes
    -----
    Keys and meanings are PyTorch's.
    """
    stats = _C.memory_statistics(index_of(device))
    split = _C.memory_options()[0]
    return {**stats, "num_oom_rejections": 0, "max_split_size": -1 if split == _NO_LIMIT else split}


def reset_peak_memory_stats(device: int | str | vt_core.device | None = None) -> None:
    """Start all peaks anew from what is there now."""
    _C.reset_memory_peaks(index_of(device))


def reset_accumulated_memory_stats(device: int | str | vt_core.device | None = None) -> None:
    """Start all totals (``allocated``, ``freed``, ``num_...``) anew from 0."""
    _C.reset_memory_totals(index_of(device))


def reset_max_memory_allocated(device: int | str | vt_core.device | None = None) -> None:
    """As `reset_peak_memory_stats`, which PyTorch recommends in its place."""
    reset_peak_memory_stats(device)


def reset_max_memory_cached(device: int | str | vt_core.device | None = None) -> None:
    """As `reset_peak_memory_stats`, which PyTorch recommends in its place."""
    reset_peak_memory_stats(device)


def _bytes(figure: str, moment: str, device: int | str | vt_core.device | None) -> int:
    return _C.memory_statistics(index_of(device))[figure]["all"][moment]


def memory_allocated(device: int | str | vt_core.device | None = None) -> int:
    """Bytes of the blocks that hold tensors."""
    return _bytes("allocated_bytes", "current", device)


def max_memory_allocated(device: int | str | vt_core.device | None = None) -> int:
    """Most bytes that tensors took since the peaks were started anew."""
    return _bytes("allocated_bytes", "peak", device)


def memory_reserved(device: int | str | vt_core.device | None = None) -> int:
    """Bytes held from the driver."""
    return _bytes("reserved_bytes", "current", device)


def max_memory_reserved(device: int | str | vt_core.device | None = None) -> int:
    """Most bytes held from the driver since the peaks were started anew."""
    return _bytes("reserved_bytes", "peak", device)


def memory_cached(device: int | str | vt_core.device | None = None) -> int:
    """As `memory_reserved`, its former name in PyTorch."""
    return memory_reserved(device)


def max_memory_cached(device: int | str | vt_core.device | None = None) -> int:
    """As `max_memory_reserved`, its former name in PyTorch."""
    return max_memory_reserved(device)


def set_per_process_memory_fraction(fraction: float, device: int | str | vt_core.device | None = None) -> None:
    """Hold at most a share of the device's memory; what is held already is kept.

    Parameters
    ----------
    fraction : float
        Above 0 and at most 1.

    Raises
    ------
    ValueError
        For another fraction.

    Notes
    -----
    PyTorch takes 0 too, and then every request fails.
    """
    _C.set_memory_fraction(index_of(device), fraction)


def get_per_process_memory_fraction(device: int | str | vt_core.device | None = None) -> float:
    """The share of the device's memory that may be held; 1.0 without a limit."""
    limit = _C.memory_limit(index_of(device))
    total = mem_get_info(device)[1]
    return min(1.0, limit / total)


def set_memory_limit(nbytes: int | None, device: int | str | vt_core.device | None = None) -> None:
    """Hold at most so many bytes of the device's memory, or any number for None; what is held already is kept.

    Raises
    ------
    ValueError
        If `nbytes` is negative.
    """
    if nbytes is not None and nbytes < 0:
        raise ValueError(f"set_memory_limit: limit is negative: got {nbytes}, expected bytes or None")
    _C.set_memory_limit(index_of(device), _NO_LIMIT if nbytes is None else min(nbytes, _NO_LIMIT))


def get_memory_limit(device: int | str | vt_core.device | None = None) -> int | None:
    """Most bytes to be held; None without a limit."""
    limit = _C.memory_limit(index_of(device))
    return None if limit == _NO_LIMIT else limit


def set_memory_options(
    *, max_split_bytes: int | None = None, collect_above: float = 0.0, expandable: bool | None = None
) -> None:
    """How memory is cut and when it goes back by itself, on all devices, those used later too.

    Parameters
    ----------
    max_split_bytes : int, optional
        Blocks of at least so many bytes are never cut, and serve requests that nearly fill them only. Above 20 MiB. Default:
        none is too large.
    collect_above : float
        Before more than this share of the limit (of the device's memory without one) is held, the host waits for the device
        and gives back what was idle longest. 0 for never.
    expandable : bool, optional
        Whether segments made from now on are expandable: addresses to which memory is mapped as more is wanted, and from which
        whole pages go back, so that requests that grow from step to step leave no segments behind that are too small for the
        next. Such memory is cut to measure whatever `max_split_bytes` says. Default: where the device has virtual memory.

    Raises
    ------
    ValueError
        For values out of range.
    NotImplementedError
        For expandable segments on a device without virtual memory.

    Notes
    -----
    Memory of expandable segments cannot be opened by other processes; PyTorch's default is plain segments.
    """
    if max_split_bytes is not None and max_split_bytes < 0:
        raise ValueError(
            f"set_memory_options: max_split_bytes is negative: got {max_split_bytes}, expected over 20 MiB"
        )
    _C.set_memory_options(_NO_LIMIT if max_split_bytes is None else min(max_split_bytes, _NO_LIMIT), collect_above)
    _C.set_memory_segments(_DEFAULT if expandable is None else _EXPANDABLE if expandable else _PLAIN)


def mem_get_info(device: int | str | vt_core.device | None = None) -> tuple[int, int]:
    """Free and total bytes of a device, as the driver says; cached memory is not free."""
    return _C.mem_get_info(index_of(device))


def empty_cache(device: int | str | vt_core.device | None = None) -> None:
    """Wait for a device, then give its cached memory back to the driver."""
    _C.release_cached(index_of(device), 0)


def trim_memory(keep_bytes: int, device: int | str | vt_core.device | None = None) -> None:
    """Wait for a device, then give back what was idle longest until at most `keep_bytes` are held, or nothing is idle.

    Raises
    ------
    ValueError
        If `keep_bytes` is negative.
    """
    if keep_bytes < 0:
        raise ValueError(f"trim_memory: keep_bytes is negative: got {keep_bytes}, expected at least 0")
    _C.release_cached(index_of(device), keep_bytes)


def pinned_memory_stats() -> dict[str, int]:
    """What is counted of pinned memory, of all devices together.

    Returns
    -------
    dict of str to int
        ``allocated_bytes``, in whole blocks; ``cached_bytes``, freed and kept, some of them until copies are done;
        ``num_allocations`` and, of these, ``num_raw_allocations`` from the driver.
    """
    return _C.pinned_stats()


def empty_pinned_cache() -> None:
    """Give pinned memory that is kept back to the driver, except where a copy is under way; does not wait."""
    _C.empty_pinned_cache()


def counters() -> dict[str, int]:
    """Calls made to the driver since the process started.

    Returns
    -------
    dict of str to int
        ``launches``, ``copies``, ``raw_allocations``, and ``host_synchronizations``: how often the host waited for a
        device.
    """
    return _C.counters()
