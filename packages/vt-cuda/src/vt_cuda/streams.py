# SPDX-License-Identifier: Apache-2.0
"""Streams and events: the order of work on a device."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import vt_core

from vt_cuda import _C
from vt_cuda.devices import index_of

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Stream:
    """A queue of work on a device.

    Streams are dealt out of a pool of 32 per priority and device, so two objects may stand for one stream.

    Parameters
    ----------
    device : int, str or vt_core.device, optional
        Default: the current device.
    priority : int
        Below zero asks for a stream whose work is preferred.
    """

    __slots__ = ("device_index", "number")

    device_index: int
    number: int

    def __init__(self, device: int | str | vt_core.device | None = None, priority: int = 0) -> None:
        self.device_index = index_of(device)
        self.number = _C.create_stream(self.device_index, priority)

    @classmethod
    def from_native(cls, handle: int, *, device: int | str | vt_core.device | None = None) -> Stream:
        """The stream with a driver handle, as another library gives it; 0 is CUDA's legacy default stream.

        The handle must stay valid as long as memory is used on the stream.
        """
        index = index_of(device)
        return _stream(index, wrapped(index, handle))

    @property
    def native(self) -> int:
        """The driver's handle, a ``CUstream``, for other libraries."""
        return _C.native_stream(self.device_index, self.number)

    @property
    def cuda_stream(self) -> int:
        """The same, by PyTorch's name."""
        return self.native

    @property
    def device(self) -> vt_core.device:
        """The device whose work it orders."""
        return vt_core.device("cuda", self.device_index)

    @property
    def priority(self) -> int:
        """The lower, the sooner its work is taken up."""
        return _C.stream_priority(self.device_index, self.number)

    @staticmethod
    def priority_range() -> tuple[int, int]:
        """The least and the greatest priority that a stream can be asked for."""
        return 0, -1

    def query(self) -> bool:
        """Whether all work enqueued on the stream is done; does not wait."""
        return _C.query_stream(self.device_index, self.number)

    def synchronize(self) -> None:
        """Wait until all work enqueued on the stream is done."""
        _C.synchronize_stream(self.device_index, self.number)

    def record_event(self, event: Event | None = None) -> Event:
        """Record `event`, or a new one, at the end of what is enqueued; does not synchronise."""
        event = Event(self.device_index) if event is None else event
        event.record(self)
        return event

    def wait_event(self, event: Event) -> None:
        """Let work enqueued from now on start after `event`; the host does not wait."""
        event.wait(self)

    def wait_stream(self, other: Stream) -> None:
        """Let work enqueued from now on start after what `other` has enqueued so far; the host does not wait."""
        self.wait_event(other.record_event())

    def __enter__(self) -> Self:
        _entered().append((self.device_index, _C.current_stream(self.device_index)))
        set_stream(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _C.set_current_stream(*_entered().pop())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stream):
            return NotImplemented
        return (self.device_index, self.number) == (other.device_index, other.number)

    def __hash__(self) -> int:
        return hash((self.device_index, self.number))

    def __repr__(self) -> str:
        return f"Stream(device='cuda:{self.device_index}', number={self.number:#x})"


class ExternalStream(Stream):
    """A stream of another library, by its handle.

    Parameters
    ----------
    stream_ptr : int
        A ``CUstream``, which must stay valid as long as memory is used on it; 0 is CUDA's legacy default stream.
    device : int, str or vt_core.device, optional
        Default: the current device.
    """

    __slots__ = ()

    def __init__(self, stream_ptr: int, device: int | str | vt_core.device | None = None) -> None:
        self.device_index = index_of(device)
        self.number = wrapped(self.device_index, stream_ptr)


_TIMING, _BLOCKING, _INTERPROCESS = 1, 2, 4  # VtCudaEventFlags


class Event:
    """A mark in a stream's work, to wait for and to measure time between.

    Parameters
    ----------
    device : int, str or vt_core.device, optional
        Default: the current device.
    enable_timing : bool, optional
        Whether `elapsed_time` may be asked. Default: unless `interprocess`.
    blocking : bool
        Whether a thread in `synchronize` sleeps instead of spinning.
    interprocess : bool
        Whether other processes may open it by its `ipc_handle`; not with timing.
    """

    __slots__ = ("_number", "device_index")

    def __init__(
        self,
        device: int | str | vt_core.device | None = None,
        *,
        enable_timing: bool | None = None,
        blocking: bool = False,
        interprocess: bool = False,
    ) -> None:
        self._number = 0
        self.device_index = index_of(device)
        timing = not interprocess if enable_timing is None else enable_timing
        flags = _TIMING * timing | _BLOCKING * bool(blocking) | _INTERPROCESS * bool(interprocess)
        self._number = _C.create_event(self.device_index, flags)

    @classmethod
    def from_ipc_handle(cls, device: int | str | vt_core.device, handle: bytes) -> Self:
        """The event of another process, by what its `ipc_handle` returned."""
        event = cls.__new__(cls)
        event._number = 0
        event.device_index = index_of(device)
        event._number = _C.import_event(event.device_index, handle)
        return event

    def ipc_handle(self) -> bytes:
        """What another process opens the event by, as long as it is here; of an event made with ``interprocess=True``."""
        return _C.export_event(self._number)

    def __del__(self) -> None:
        if self._number:
            _C.destroy_event(self.device_index, self._number)

    @property
    def device(self) -> vt_core.device:
        """The device whose work it marks."""
        return vt_core.device("cuda", self.device_index)

    def record(self, stream: Stream | None = None) -> None:
        """Move the mark to the end of what is enqueued on `stream`, by default the device's current one."""
        stream = current_stream(self.device_index) if stream is None else stream
        _C.record_event(stream.device_index, self._number, stream.number)

    def wait(self, stream: Stream | None = None) -> None:
        """Let later work of `stream`, by default the device's current one, start after the mark."""
        stream = current_stream(self.device_index) if stream is None else stream
        _C.wait_event(stream.device_index, stream.number, self._number)

    def query(self) -> bool:
        """Whether the work before the mark is done; does not wait. An event never recorded is done."""
        return _C.query_event(self.device_index, self._number)

    def synchronize(self) -> None:
        """Wait until the work before the mark is done."""
        _C.synchronize_event(self._number)

    def elapsed_time(self, end: Event) -> float:
        """Milliseconds from this mark to `end`; waits for `end`.

        Raises
        ------
        CudaError
            If one of them was never recorded.
        """
        return _C.elapsed_ms(self.device_index, self._number, end._number)


class stream:  # noqa: N801
    """Context manager that makes a stream the current one of this thread for its device.

    Parameters
    ----------
    stream : Stream
    """

    def __init__(self, stream: Stream) -> None:
        _check_stream("stream", stream)
        self._stream = stream
        self._before = 0

    def __enter__(self) -> Stream:
        self._before = _C.current_stream(self._stream.device_index)
        set_stream(self._stream)
        return self._stream

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _C.set_current_stream(self._stream.device_index, self._before)


def set_stream(stream: Stream) -> None:
    """Make a stream the current one of this thread for its device."""
    _check_stream("set_stream", stream)
    _C.set_current_stream(stream.device_index, stream.number)


def current_stream(device: int | str | vt_core.device | None = None) -> Stream:
    """The stream on which operators of this thread enqueue their work for a device."""
    index = index_of(device)
    return _stream(index, _C.current_stream(index))


def default_stream(device: int | str | vt_core.device | None = None) -> Stream:
    """The stream that is current until another is set: an ordinary stream, not CUDA's legacy default one."""
    return _stream(index_of(device), 0)


def record_stream(tensor: vt_core.Tensor, stream: Stream) -> None:
    """Tell that work enqueued on `stream` uses a tensor, before the tensor is freed.

    Its memory is reused once what is enqueued on the stream until then is done. Not needed on the stream that was current
    when the tensor was made.

    Parameters
    ----------
    tensor : Tensor
        On the device of the stream.
    stream : Stream
    """
    _check_stream("record_stream", stream)
    if tensor.device.type != "cuda" or tensor.device.index != stream.device_index:
        raise ValueError(f"record_stream: got a tensor on {tensor.device} and a stream of cuda:{stream.device_index}")
    if tensor.numel() > 0:
        _C.record_use(stream.device_index, tensor._storage_data_ptr(), stream.number)


class _Entered(threading.local):
    streams: list[tuple[int, int]] | None = None


_thread = _Entered()


def _entered() -> list[tuple[int, int]]:
    """What was current before each stream that this thread has entered."""
    if _thread.streams is None:
        _thread.streams = []
    return _thread.streams


def _stream(index: int, number: int) -> Stream:
    stream = Stream.__new__(Stream)
    stream.device_index = index
    stream.number = number
    return stream


def wrapped(index: int, handle: int) -> int:
    """Return the number of the stream with a handle of the driver, for a device."""
    if not 0 <= handle < 2**64:
        raise ValueError(f"stream: got {handle}, expected a handle of the driver, which is an address")
    return _C.wrap_stream(index, handle)


def _check_stream(op: str, stream: object) -> None:
    if not isinstance(stream, Stream):
        raise TypeError(f"{op}: got {type(stream).__name__}, expected a Stream")
