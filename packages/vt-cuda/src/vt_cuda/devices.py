# SPDX-License-Identifier: Apache-2.0
"""The devices of this machine, and which of them calls without a device mean."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

import vt_core

from vt_cuda import _C

if TYPE_CHECKING:
    from types import TracebackType


class _Current(threading.local):
    index: int = 0


_current = _Current()


class DeviceProperties(NamedTuple):
    """Facts about a device."""

    name: str
    capability: tuple[int, int]
    multi_processor_count: int
    total_memory: int


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
    """Name, compute capability, number of multiprocessors and bytes of memory of a device."""
    return DeviceProperties(*_C.properties(index_of(device)))


def synchronize(device: int | str | vt_core.device | None = None) -> None:
    """Wait until all work enqueued on a device is done."""
    _C.synchronize(index_of(device))
