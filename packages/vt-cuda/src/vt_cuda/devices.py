# SPDX-License-Identifier: Apache-2.0
"""The devices of this machine, and which of them calls without a device mean."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

import vt_core

from vt_cuda import _C

if TYPE_CHECKING:
    from types import TracebackType
    from uuid import UUID


class _Current(threading.local):
    index: int = 0


_current = _Current()


class DeviceProperties(NamedTuple):
    """Facts about a device, by PyTorch's names.

    Attributes
    ----------
    name : str
    major, minor : int
        Of the compute capability.
    total_memory : int
        Bytes.
    multi_processor_count, warp_size : int
    max_threads_per_block, max_threads_per_multi_processor : int
    regs_per_block, regs_per_multiprocessor : int
        Registers of 32 bits.
    shared_memory_per_block, shared_memory_per_block_optin, shared_memory_per_multiprocessor : int
        Bytes; `shared_memory_per_block_optin` with a launch that asks for more than a block has by itself.
    L2_cache_size : int
        Bytes.
    memory_bus_width : int
        Bits.
    is_integrated, is_multi_gpu_board : int
    pci_domain_id, pci_bus_id, pci_device_id : int
    uuid : uuid.UUID
    """

    name: str
    major: int
    minor: int
    total_memory: int
    multi_processor_count: int
    warp_size: int
    max_threads_per_block: int
    max_threads_per_multi_processor: int
    regs_per_block: int
    regs_per_multiprocessor: int
    shared_memory_per_block: int
    shared_memory_per_block_optin: int
    shared_memory_per_multiprocessor: int
    L2_cache_size: int
    memory_bus_width: int
    is_integrated: int
    is_multi_gpu_board: int
    pci_domain_id: int
    pci_bus_id: int
    pci_device_id: int
    uuid: UUID

    @property
    def capability(self) -> tuple[int, int]:
        """The compute capability."""
        return self.major, self.minor


def is_available() -> bool:
    """Whether there is a driver and at least one device."""
    return _C.device_count() > 0


def device_count() -> int:
    """Number of devices; 0 without a driver. The driver is asked once per process."""
    return _C.device_count()


def driver_version() -> int:
    """Version of CUDA that the driver supports, as 13000.

    Raises
    ------
    ImportError
        If there is no driver.
    """
    return _C.driver_version()


def current_device() -> int:
    """Index of the device that calls of this thread mean when none is given; 0 at first."""
    return _current.index


def set_device(index: int) -> None:
    """Make a device the current one of this thread.

    Raises
    ------
    ValueError
        If there is no such device.
    ImportError
        If there is no device at all.
    """
    _C.current_stream(index)
    _current.index = index


def index_of(device: int | str | vt_core.device | None) -> int:
    """The index that `device` names; the current device's for None."""
    if device is None:
        return _current.index
    if isinstance(device, int):
        return device
    named = vt_core.device(device) if isinstance(device, str) else device
    if named.type != "cuda":
        raise ValueError(f"device: not a CUDA device: got {named}, expected 'cuda' or 'cuda:N'")
    return named.index or 0


class device:  # noqa: N801
    """Context manager that makes a device the current one of this thread.

    Parameters
    ----------
    index : int, str or vt_core.device
        The device; ``cuda`` alone is device 0.

    Raises
    ------
    ValueError
        On entry, if there is no such device.
    ImportError
        On entry, if there is no device at all.
    """

    def __init__(self, index: int | str | vt_core.device) -> None:
        self.index = index_of(index)
        self._before = 0

    def __enter__(self) -> device:
        self._before = _current.index
        set_device(self.index)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _current.index = self._before


def get_device_properties(device: int | str | vt_core.device | None = None) -> DeviceProperties:
    """What the driver knows of a device."""
    from uuid import UUID

    known = _C.properties(index_of(device))
    known["uuid"] = UUID(bytes=known["uuid"])
    return DeviceProperties(**known)


def get_device_name(device: int | str | vt_core.device | None = None) -> str:
    """The name of a device."""
    return get_device_properties(device).name


def get_device_capability(device: int | str | vt_core.device | None = None) -> tuple[int, int]:
    """The compute capability of a device, as (major, minor)."""
    return get_device_properties(device).capability


def can_device_access_peer(device: int | str | vt_core.device, peer_device: int | str | vt_core.device) -> bool:
    """Whether a device can reach another's memory itself; False for one and the same.

    Copies between two such devices are direct: the first one makes the driver enable it.
    """
    return _C.can_access_peer(index_of(device), index_of(peer_device))


def native_device(device: int | str | vt_core.device | None = None) -> int:
    """The number that the driver and other libraries have for a device; another than ours with logical devices only.

    With the environment variable ``VT_CUDA_LOGICAL_DEVICES=N`` there are N devices, all of them the first GPU, each with streams,
    memory, random numbers and handles of its own.
    """
    return _C.native_device(index_of(device))


def synchronize(device: int | str | vt_core.device | None = None) -> None:
    """Wait until all work enqueued on a device is done."""
    _C.synchronize(index_of(device))
