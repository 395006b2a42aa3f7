# SPDX-License-Identifier: Apache-2.0
"""Figures of the caching allocator and of the driver calls that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vt_cuda import _C
from vt_cuda.devices import index_of

if TYPE_CHECKING:
    import vt_core


def memory_stats(device: int | str | vt_core.device | None = None) -> dict[str, int]:
    """What the caching allocator of a device counts; exact at any time.

    Returns
    -------
    dict of str to int
        Bytes allocated (in blocks with tensors) and reserved (held from the driver), each with its peak; numbers of
        allocations and frees, of raw ones from the driver, of retries when memory was short, and of failed requests.
    """
    return _C.memory_stats(index_of(device))


def mem_get_info(device: int | str | vt_core.device | None = None) -> tuple[int, int]:
    """Free and total bytes of a device, as the driver says; cached memory is not free."""
    return _C.mem_get_info(index_of(device))


def empty_cache(device: int | str | vt_core.device | None = None) -> None:
    """Wait for a device, then give its cached memory back to the driver."""
    _C.empty_cache(index_of(device))


def counters() -> dict[str, int]:
    """Calls made to the driver since the process started.

    Returns
    -------
    dict of str to int
        ``launches``, ``copies``, ``raw_allocations``, and ``host_synchronizations``: how often the host waited for a
        device.
    """
    return _C.counters()
