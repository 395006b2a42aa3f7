# SPDX-License-Identifier: Apache-2.0
"""Graphs: the work of a stream, captured once and replayed as a whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import ref

import vt_core

from vt_cuda import _C
from vt_cuda.devices import index_of
from vt_cuda.streams import Stream, current_stream, set_stream

if TYPE_CHECKING:
    from types import TracebackType

_EMPTY, _CAPTURING, _READY = range(3)


class _Capturing(threading.local):
    def __init__(self) -> None:
        # Weakly, so that a graph that is dropped ends its capture.
        self.graphs: list[ref[CUDAGraph]] = []


_capturing = _Capturing()


class CUDAGraph:
    """The work of a stream, captured between `capture_begin` and `capture_end` and run by each `replay`.

    Nothing runs while capturing. Memory that is allocated meanwhile comes from a pool of the graph; tensors made then keep
    their place, and replays write into them. Random numbers go on from replay to replay as those of ordinary calls do. A
    capture that fails leaves the graph empty and nothing else behind.

    Parameters
    ----------
    device : int, str or vt_core.device, optional
        Default: the current device.

    Notes
    -----
    One thread at a time may use a graph, and the one that begins a capture ends it; others may use the device meanwhile, but
    not draw from the same generator. What cannot be captured raises RuntimeError: whatever lets the host wait for the
    stream or the device, copies from and to pageable host memory, another seed for a generator. Tensors that captured calls
    read and that were made before must stay alive as long as the graph is replayed.
    """

    __slots__ = ("__weakref__", "_before_replay", "_number", "device_index")

    def __init__(self, device: int | str | vt_core.device | None = None) -> None:
        self._number = 0
        self._before_replay: list[Callable[[], object]] = []
        self.device_index = index_of(device)
        self._number = _C.create_graph(self.device_index)

    def __del__(self) -> None:
        if self._number:
            _C.destroy_graph(self._number)

    def capture_begin(self, pool: int | None = None, capture_error_mode: str = "thread_local") -> None:
        """Capture what is enqueued on the current stream from now on.

        Parameters
        ----------
        pool : int, optional
            `CUDAGraph.pool` of another graph, or a `graph_pool_handle`, to share memory with graphs that are replayed in the
            order of their captures, never at the same time. Default: a pool of its own.
        capture_error_mode : str
            ``"thread_local"``: other threads are not concerned.

        Raises
        ------
        RuntimeError
            If the graph is captured already, the stream is being captured, or another capture is using the pool.
        ValueError
            For a number that no pool ever had.
        NotImplementedError
            For another mode.
        """
        if capture_error_mode != "thread_local":
            raise NotImplementedError(
                f"capture_begin: got capture_error_mode {capture_error_mode!r}, expected 'thread_local'; other threads may "
                "always use the device"
            )
        if pool is not None and not 0 <= pool < 2**64:
            raise ValueError(f"capture_begin: no such pool: got {pool}, expected the number of one")
        _C.begin_capture(self._number, current_stream(self.device_index).number, pool or 0)
        _capturing.graphs.append(ref(self))

    def capture_end(self) -> None:
        """End the capture and make the graph ready.

        Raises
        ------
        RuntimeError
            If no capture is under way, or another thread began it.
        CudaError
            If the capture failed; the graph is empty then.
        """
        try:
            _C.end_capture(self._number)
        except BaseException:
            if self._state() != _CAPTURING:
                self._forget()
            raise
        self._leave()

    def replay(self) -> None:
        """Enqueue all that was captured on the current stream; does not synchronise.

        Raises
        ------
        RuntimeError
            If nothing was captured, or the stream is being captured.
        """
        for call in self._before_replay:
            call()
        _C.replay_graph(self._number, self.device_index)

    def reset(self) -> None:
        """Drop what was captured, or the capture under way. Memory is used again once no replay needs it."""
        self._forget()
        _C.reset_graph(self._number)

    def pool(self) -> int:
        """Return the number of the pool, for `capture_begin` of another graph; 0 for an empty graph."""
        return _C.graph_info(self._number)[1]

    @property
    def num_nodes(self) -> int:
        """Number of kernels, copies and other nodes; 0 before the end of the capture."""
        return _C.graph_info(self._number)[2]

    def _state(self) -> int:
        return _C.graph_info(self._number)[0]

    def _forget(self) -> None:
        self._before_replay.clear()
        self._leave()

    def _leave(self) -> None:
        _capturing.graphs[:] = [graph for graph in _capturing.graphs if graph() not in (None, self)]


_capture_streams: dict[int, Stream] = {}


def capture_stream(index: int) -> Stream:
    """The stream on which captures of a device run when none is given."""
    if index not in _capture_streams:
        _capture_streams[index] = Stream(index)
    return _capture_streams[index]


class graph:  # noqa: N801
    """Context manager that captures the work of its block.

    Parameters
    ----------
    cuda_graph : CUDAGraph
        An empty graph. After an error in the block it is empty again.
    pool : int, optional
        See `CUDAGraph.capture_begin`.
    stream : Stream, optional
        Current during the block; default: one that is kept for captures.
    capture_error_mode : str
        See `CUDAGraph.capture_begin`.

    Notes
    -----
    Does not synchronise. Work that the block relies on and that was enqueued before need not be done, as nothing runs now.
    """

    def __init__(
        self,
        cuda_graph: CUDAGraph,
        pool: int | None = None,
        stream: Stream | None = None,
        capture_error_mode: str = "thread_local",
    ) -> None:
        self.cuda_graph = cuda_graph
        self.capture_stream = capture_stream(cuda_graph.device_index) if stream is None else stream
        self._pool = pool
        self._mode = capture_error_mode
        self._before: Stream | None = None

    def __enter__(self) -> None:
        before = current_stream(self.capture_stream.device_index)
        set_stream(self.capture_stream)
        try:
            self.cuda_graph.capture_begin(self._pool, self._mode)
        except BaseException:
            set_stream(before)
            raise
        self._before = before

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._before is not None
        try:
            if kind is None:
                self.cuda_graph.capture_end()
            else:
                self.cuda_graph.reset()
        finally:
            set_stream(self._before)


def before_replay(call: Callable[[], object]) -> None:
    """Let each replay of the graph that this thread is capturing begin with a call on the host.

    For values that the host keeps and captured work reads, such as a learning rate: the call copies them to where that work
    expects them, on the current stream.

    Raises
    ------
    RuntimeError
        If this thread is capturing no graph.
    """
    latest = next((graph for entry in reversed(_capturing.graphs) if (graph := entry()) is not None), None)
    if latest is None:
        raise RuntimeError("before_replay: no graph is being captured by this thread; capture through CUDAGraph")
    latest._before_replay.append(call)  # pyright: ignore[reportPrivateUsage]


def replayed_numbers(
    numbers: Callable[[], Sequence[float]], count: int, device: int | str | vt_core.device | None = None
) -> vt_core.Tensor:
    """Give the graph that this thread is capturing numbers that the host makes anew before each replay.

    Parameters
    ----------
    numbers : callable
        Returns `count` numbers; called at the start of each replay.
    count : int
    device : int, str or vt_core.device, optional
        Default: the current device.

    Returns
    -------
    Tensor
        Of float64 and size `count`, for captured work to read. Undefined before the first replay.

    Raises
    ------
    RuntimeError
        If this thread is capturing no graph.
    """
    index = index_of(device)
    here = current_stream(index)
    _C.set_current_stream(index, _C.idle_stream(index))  # so that no node of the graph gets the memory
    try:
        cells = vt_core.ops.empty([count], dtype=vt_core.float64, device=f"cuda:{index}")
    finally:
        set_stream(here)
    storage = cells._storage_data_ptr()

    def write() -> None:
        given = vt_core.tensor(list(numbers()), dtype=vt_core.float64)
        _C.record_use(index, storage, _C.current_stream(index))
        vt_core.ops.copy_(cells, given)

    before_replay(write)
    return cells


def graph_pool_handle() -> int:
    """Return a new pool for `CUDAGraph.capture_begin`, to be shared between graphs."""
    return _C.new_graph_pool()


def is_current_stream_capturing(device: int | str | vt_core.device | None = None) -> bool:
    """Whether the current stream of a device is being captured; False without a device."""
    if _C.device_count() == 0:
        return False
    return _C.is_capturing(index_of(device))
