# SPDX-License-Identifier: Apache-2.0
"""Streams and events of any device: those of CUDA, and the one queue of the CPU, whose work is done when a call returns."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import vt_core

__all__ = ["Event", "Stream"]


def _device_of(name: str, device: Any) -> vt_core.device:
    from vt_torch import cuda

    if isinstance(device, int):
        return vt_core.device("cuda", device)
    chosen = vt_core.device(("cuda" if cuda.is_available() else "cpu") if device is None else device)
    if chosen.type not in ("cpu", "cuda"):
        raise RuntimeError(f"{name}: there are none of device type {chosen.type!r}, expected cpu or cuda")
    return chosen


class _OfAnyDevice(type):
    """Makes CUDA's objects for CUDA devices, and takes them for instances."""

    def __call__(cls, device: Any = None, **options: Any) -> Any:
        chosen = _device_of(cls.__name__, device)
        if chosen.type == "cuda":
            from vt_torch import cuda

            if cls.__name__ == "Event":
                options = {"enable_timing": False, **options}
            return getattr(cuda._backend(), cls.__name__)(chosen, **options)  # pyright: ignore[reportPrivateUsage]
        return super().__call__(chosen, **options)

    def __instancecheck__(cls, instance: object) -> bool:
        if type.__instancecheck__(cls, instance):
            return True
        from vt_torch import cuda

        backend = cuda._backend()  # pyright: ignore[reportPrivateUsage]
        return backend is not None and isinstance(instance, getattr(backend, cls.__name__))


class Stream(metaclass=_OfAnyDevice):
    """A queue of work on a device.

    Parameters
    ----------
    device : device, optional
        The CPU or a CUDA device; by default CUDA where there is a device. On CUDA the object is a `vt_torch.cuda.Stream`.
    priority : int
        Of CUDA's work; the CPU has one queue.
    """

    __slots__ = ("device", "device_index", "stream_id")

    def __init__(self, device: vt_core.device, *, priority: int = 0) -> None:  # noqa: ARG002
        self.device = device
        self.device_index = -1
        self.stream_id = 0

    def query(self) -> bool:
        """Return True: the work of the CPU is done."""
        return True

    def synchronize(self) -> None:
        """Return at once: the work of the CPU is done."""

    def wait_event(self, event: Event) -> None:
        """Let later work start after `event`: the CPU's has passed."""
        event.wait(self)

    def wait_stream(self, other: Stream) -> None:
        """Raise RuntimeError: the CPU's work is not marked by events.

        Raises
        ------
        RuntimeError
            Always.
        """
        self.wait_event(other.record_event())

    def record_event(self, event: Event | None = None) -> Event:
        """Raise RuntimeError: the CPU's work is not marked by events.

        Raises
        ------
        RuntimeError
            Always.
        """
        made: Event = Event("cpu") if event is None else event
        made.record(self)
        return made

    def __enter__(self) -> Stream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def __eq__(self, other: object) -> bool:
        return type(other) is Stream

    def __hash__(self) -> int:
        return hash("cpu")

    def __repr__(self) -> str:
        return "Stream(device='cpu')"


class Event(metaclass=_OfAnyDevice):
    """A mark in the work of a device.

    Parameters
    ----------
    device : device, optional
        The CPU or a CUDA device; by default CUDA where there is a device. On CUDA the object is a `vt_torch.cuda.Event`.
    enable_timing : bool
        Whether time between marks is to be measured.
    """

    __slots__ = ("_timed", "device", "event_id")

    def __init__(
        self, device: vt_core.device, *, enable_timing: bool = False, blocking: bool = False, interprocess: bool = False
    ) -> None:
        del blocking, interprocess  # how a host waits, which it need not
        self.device = device
        self.event_id = 0
        self._timed = enable_timing

    def record(self, stream: Stream | None = None) -> None:  # noqa: ARG002
        """Raise RuntimeError: the CPU's work is not marked by events.

        Raises
        ------
        RuntimeError
            Always.
        """
        raise RuntimeError("record: cpu does not support events; its work is done when a call returns")

    def query(self) -> bool:
        """Return True: the work of the CPU is done."""
        return True

    def synchronize(self) -> None:
        """Return at once: the work of the CPU is done."""

    def wait(self, stream: Stream | None = None) -> None:
        """Let later work of a stream start after the mark: the CPU's has passed."""

    def elapsed_time(self, end_event: Event) -> float:
        """Raise ValueError: there are no marks of the CPU to measure between.

        Raises
        ------
        ValueError
            Always.
        """
        what = "recorded" if self._timed and end_event._timed else "made with enable_timing=True"
        raise ValueError(f"elapsed_time: both events must be {what}")

    def __repr__(self) -> str:
        return "Event(device='cpu')"
