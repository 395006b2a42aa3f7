# SPDX-License-Identifier: Apache-2.0
"""Where memory comes from: pools of a user's own, functions of a user, and what serves everything else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from vt_cuda import _C
from vt_cuda.devices import current_device, index_of
from vt_cuda.streams import Stream, current_stream, wrapped

if TYPE_CHECKING:
    from collections.abc import Generator

    import vt_core

_BACKENDS = ("native", "cudaMallocAsync", "pluggable")


class CUDAPluggableAllocator:
    """Functions of a shared library that get memory and give it back.

    Parameters
    ----------
    path_to_so_file : str
        The library; it stays loaded.
    alloc_fn_name : str
        ``void* alloc(size_t bytes, int device, cudaStream_t stream)``; null when there is no memory.
    free_fn_name : str
        ``void free(void* pointer, size_t bytes, int device, cudaStream_t stream)``.

    Raises
    ------
    OSError
        If there is no such library.
    AttributeError
        If it has no such function.

    Notes
    -----
    Both are called under the allocator's lock: they must not run Python, nor wait for anybody who allocates.
    """

    def __init__(self, path_to_so_file: str, alloc_fn_name: str, free_fn_name: str) -> None:
        import ctypes  # needed here alone, and slow to load

        library = ctypes.CDLL(path_to_so_file)

        def address_of(name: str) -> int:
            address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
            assert address is not None
            return address

        self.functions = (address_of(alloc_fn_name), address_of(free_fn_name))


# Libraries whose memory may be out, for as long as the process lives.
_in_use: list[CUDAPluggableAllocator] = []


class MemPool:
    """A pool of memory that serves nobody but those who use it.

    Parameters
    ----------
    allocator : CUDAPluggableAllocator, optional
        Where its memory comes from. Default: the driver.
    device : int, str or vt_core.device, optional
        Default: the current device.

    Notes
    -----
    Its memory joins that of everybody else when the pool is gone; tensors that are in it then stay as they are.
    """

    def __init__(
        self, allocator: CUDAPluggableAllocator | None = None, *, device: int | str | vt_core.device | None = None
    ) -> None:
        self.device_index = index_of(device)
        self._number = 0
        self.allocator = allocator
        functions = (0, 0) if allocator is None else allocator.functions
        self._number = _C.create_memory_pool(self.device_index, *functions)
        if allocator is not None:
            _in_use.append(allocator)

    def __del__(self) -> None:
        if self._number:
            _C.release_memory_pool(self.device_index, self._number)

    @property
    def id(self) -> tuple[int, int]:
        """Its name in snapshots."""
        return (0, self._number)

    @property
    def number(self) -> int:
        """Its number, which `CUDAGraph.capture_begin` takes as a pool."""
        return self._number


@contextmanager
def use_mem_pool(pool: MemPool, device: int | str | vt_core.device | None = None) -> Generator[None]:
    """Let what this thread allocates in the block come from a pool, but for streams that are being captured.

    Raises
    ------
    ValueError
        If the pool is of another device.
    """
    if device is not None and index_of(device) != pool.device_index:
        raise ValueError(f"use_mem_pool: pool is of device {pool.device_index}, got device {index_of(device)}")
    _C.begin_pool_use(pool.device_index, pool.number)
    try:
        yield
    finally:
        _C.end_pool_use(pool.device_index, pool.number)


def set_allocator_backend(backend: str) -> None:
    """Choose what serves memory on all devices, before any is allocated.

    Parameters
    ----------
    backend : {"native", "cudaMallocAsync"}
        The caching allocator of this package, or the driver's stream-ordered pool. Graphs have memory of the former either
        way; with the latter, memory reserved is what tensors hold, as the driver does the caching.

    Raises
    ------
    ValueError
        For another backend.
    RuntimeError
        If memory is held already.
    """
    if backend not in _BACKENDS[:2]:
        raise ValueError(
            f"set_allocator_backend: backend is not known: got {backend!r}, expected one of {_BACKENDS[:2]}"
        )
    _C.set_allocator_backend(_BACKENDS.index(backend), 0, 0)


def get_allocator_backend() -> str:
    """``"native"``, ``"cudaMallocAsync"`` or ``"pluggable"``."""
    return _BACKENDS[_C.allocator_backend()]


def change_current_allocator(allocator: CUDAPluggableAllocator) -> None:
    """Let each allocation on all devices come from functions of a user, without caching.

    Raises
    ------
    RuntimeError
        If memory is held already.
    """
    _C.set_allocator_backend(2, *allocator.functions)
    _in_use.append(allocator)


def caching_allocator_alloc(
    size: int, device: int | str | vt_core.device | None = None, stream: Stream | int | None = None
) -> int:
    """Allocate bytes without a tensor and return their address, to be given to `caching_allocator_delete`.

    Parameters
    ----------
    size : int
        Bytes; 0 gives the address 0.
    device : int, str or vt_core.device, optional
        Default: the current device.
    stream : Stream or int, optional
        That the memory is for, or the driver's handle of it. Default: the current stream of the device.

    Raises
    ------
    ValueError
        If `size` is negative.
    """
    index = index_of(device)
    if not 0 <= size < 2**63:
        problem = "negative" if size < 0 else "out of range"
        raise ValueError(f"caching_allocator_alloc: size is {problem}: got {size}, expected at least 0 and below 2**63")
    if stream is None:
        stream = current_stream(index)
    number = stream.number if isinstance(stream, Stream) else wrapped(index, stream)
    return _C.allocate_memory(index, size, number)


def caching_allocator_delete(mem_ptr: int, device: int | str | vt_core.device | None = None) -> None:
    """Free what `caching_allocator_alloc` returned.

    Raises
    ------
    ValueError
        If it is not the first byte of a live allocation of the device, the current one by default.
    """
    _C.free_memory(current_device() if device is None else index_of(device), mem_ptr)
