# SPDX-License-Identifier: Apache-2.0
"""CUDA devices for vt_core: the device type ``cuda``, its kernels, streams, events, memory and launches.

Importing this package registers the device and touches no driver; without one `device_count` is 0 and everything that needs
a device says what is missing.
"""

from __future__ import annotations

from pathlib import Path

import vt_core

vt_core.load_plugin(str(Path(__file__).parent / "lib" / "libvt_cuda.so"))

from vt_cuda import nvtx  # noqa: E402
from vt_cuda.debug import get_sync_debug_mode, set_sync_debug_mode  # noqa: E402
from vt_cuda.devices import (  # noqa: E402
    DeviceProperties,
    can_device_access_peer,
    current_device,
    device,
    device_count,
    driver_version,
    get_device_capability,
    get_device_name,
    get_device_properties,
    is_available,
    native_device,
    set_device,
    synchronize,
)
from vt_cuda.graphs import (  # noqa: E402
    CUDAGraph,
    before_replay,
    graph,
    graph_pool_handle,
    is_current_stream_capturing,
    replayed_numbers,
)
from vt_cuda.matmul import blas, cudnn, get_float32_matmul_precision, set_float32_matmul_precision  # noqa: E402
from vt_cuda.memory import (  # noqa: E402
    counters,
    empty_cache,
    empty_pinned_cache,
    get_memory_limit,
    get_per_process_memory_fraction,
    max_memory_allocated,
    max_memory_cached,
    max_memory_reserved,
    mem_get_info,
    memory_allocated,
    memory_cached,
    memory_reserved,
    memory_stats,
    memory_stats_as_nested_dict,
    pinned_memory_stats,
    reset_accumulated_memory_stats,
    reset_max_memory_allocated,
    reset_max_memory_cached,
    reset_peak_memory_stats,
    set_memory_limit,
    set_memory_options,
    set_per_process_memory_fraction,
    trim_memory,
)
from vt_cuda.memory_history import (  # noqa: E402
    allocator_snapshot,
    dump_allocator_snapshot,
    memory_snapshot,
    record_memory_history,
)
from vt_cuda.memory_pools import (  # noqa: E402
    CUDAPluggableAllocator,
    MemPool,
    caching_allocator_alloc,
    caching_allocator_delete,
    change_current_allocator,
    get_allocator_backend,
    set_allocator_backend,
    use_mem_pool,
)
from vt_cuda.memory_summary import memory_summary  # noqa: E402
from vt_cuda.memory_view import save_memory_view  # noqa: E402
from vt_cuda.modules import Function, Module, load_module  # noqa: E402
from vt_cuda.steps import GraphStep, graph_step  # noqa: E402
from vt_cuda.streams import (  # noqa: E402
    Event,
    ExternalStream,
    Stream,
    current_stream,
    default_stream,
    record_stream,
    set_stream,
    stream,
)

__version__ = "0.1.0"

__all__ = [
    "CUDAGraph",
    "CUDAPluggableAllocator",
    "DeviceProperties",
    "Event",
    "ExternalStream",
    "Function",
    "GraphStep",
    "MemPool",
    "Module",
    "Stream",
    "allocator_snapshot",
    "before_replay",
    "blas",
    "caching_allocator_alloc",
    "caching_allocator_delete",
    "can_device_access_peer",
    "change_current_allocator",
    "counters",
    "cudnn",
    "current_device",
    "current_stream",
    "default_stream",
    "device",
    "device_count",
    "driver_version",
    "dump_allocator_snapshot",
    "empty_cache",
    "empty_pinned_cache",
    "get_allocator_backend",
    "get_device_capability",
    "get_device_name",
    "get_device_properties",
    "get_float32_matmul_precision",
    "get_memory_limit",
    "get_per_process_memory_fraction",
    "get_sync_debug_mode",
    "graph",
    "graph_pool_handle",
    "graph_step",
    "is_available",
    "is_current_stream_capturing",
    "load_module",
    "max_memory_allocated",
    "max_memory_cached",
    "max_memory_reserved",
    "mem_get_info",
    "memory_allocated",
    "memory_cached",
    "memory_reserved",
    "memory_snapshot",
    "memory_stats",
    "memory_stats_as_nested_dict",
    "memory_summary",
    "native_device",
    "nvtx",
    "pinned_memory_stats",
    "record_memory_history",
    "record_stream",
    "replayed_numbers",
    "reset_accumulated_memory_stats",
    "reset_max_memory_allocated",
    "reset_max_memory_cached",
    "reset_peak_memory_stats",
    "save_memory_view",
    "set_allocator_backend",
    "set_device",
    "set_float32_matmul_precision",
    "set_memory_limit",
    "set_memory_options",
    "set_per_process_memory_fraction",
    "set_stream",
    "set_sync_debug_mode",
    "stream",
    "synchronize",
    "trim_memory",
    "use_mem_pool",
]
