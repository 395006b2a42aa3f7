# SPDX-License-Identifier: Apache-2.0
"""What allocator, captures, streams, events and modules refuse: by name, and the device is as before."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import vt_core as vt
import vt_cuda

Call = Callable[[], object]


@pytest.fixture(autouse=True)
def _everything_is_as_before() -> Iterator[None]:
    gc.collect()
    vt_cuda.synchronize()
    allocated, stream = vt_cuda.memory_allocated(), vt_cuda.current_stream()
    yield
    gc.collect()
    assert not vt_cuda.is_current_stream_capturing()
    assert vt_cuda.current_stream() == stream
    vt_cuda.synchronize()
    assert vt_cuda.memory_allocated() <= allocated
    assert vt.ops.add(vt.ops.ones([3], device="cuda"), 1).sum().item() == 6.0


def captured(body: Callable[[vt_cuda.CUDAGraph], object]) -> None:
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        body(graph)


def ended_twice() -> None:
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.stream(vt_cuda.Stream()):
        graph.capture_begin()
        graph.capture_end()
        graph.capture_end()


def pool_of_two_captures() -> None:
    pool = vt_cuda.graph_pool_handle()
    first, second = vt_cuda.CUDAGraph(), vt_cuda.CUDAGraph()
    with vt_cuda.graph(first, pool=pool), vt_cuda.graph(second, pool=pool, stream=vt_cuda.Stream()):
        pass


ALLOCATOR: dict[str, tuple[Call, type[Exception], str]] = {
    "sizes of too many bytes": (
        lambda: vt.ops.empty([2**62, 4], device="cuda"),
        OverflowError,
        "does not fit in 63 bits",
    ),
    "more than there is": (
        lambda: vt.ops.empty([2**45], device="cuda"),
        vt.OutOfMemoryError,
        "out of memory: got a request",
    ),
    "no address space": (lambda: vt_cuda.caching_allocator_alloc(2**49), ValueError, "size is out of range: got 5629"),
    "63 bits": (lambda: vt_cuda.caching_allocator_alloc(2**63), ValueError, "size is out of range: got 9223"),
    "64 bits": (lambda: vt_cuda.caching_allocator_alloc(2**64), ValueError, "size is out of range: got 18446"),
    "negative": (lambda: vt_cuda.caching_allocator_alloc(-1), ValueError, "size is negative: got -1"),
    "a part of a byte": (lambda: vt_cuda.caching_allocator_alloc(3.5), TypeError, "must be int, not float"),
    "another device": (lambda: vt_cuda.caching_allocator_alloc(512, device=99), ValueError, "no such device"),
    "no stream": (lambda: vt_cuda.caching_allocator_alloc(512, stream=-1), ValueError, "got -1, expected a handle"),
    "stream of each thread": (
        lambda: vt_cuda.caching_allocator_alloc(512, stream=2),
        ValueError,
        "per-thread default stream",
    ),
    "free of no pointer": (lambda: vt_cuda.caching_allocator_delete(-1), ValueError, "not a live allocation"),
    "free of host memory": (
        lambda: vt_cuda.caching_allocator_delete(vt.ones([3]).data_ptr()),
        ValueError,
        "not a live allocation",
    ),
    "free of a part": (
        lambda: vt_cuda.caching_allocator_delete(vt.ops.ones([3], device="cuda")[1:].data_ptr()),
        ValueError,
        "not a live allocation",
    ),
    "share infinite": (
        lambda: vt_cuda.set_per_process_memory_fraction(float("inf")),
        ValueError,
        "out of range: got inf",
    ),
    "share of text": (lambda: vt_cuda.set_per_process_memory_fraction("1"), TypeError, "must be real number"),
    "limit of a part": (lambda: vt_cuda.set_memory_limit(1.5), TypeError, "integer"),
    "options that are no number": (
        lambda: vt_cuda.set_memory_options(collect_above=float("nan")),
        ValueError,
        "out of range: got nan",
    ),
    "pinned more than there is": (
        lambda: vt.empty([2**45], pin_memory=True),
        vt.OutOfMemoryError,
        "out of host memory",
    ),
    "a library that is not there": (
        lambda: vt_cuda.CUDAPluggableAllocator("/no/such.so", "a", "b"),
        OSError,
        "cannot open shared object file",
    ),
    "a function that is not there": (
        lambda: vt_cuda.CUDAPluggableAllocator("libc.so.6", "no_such_function_", "free"),
        AttributeError,
        "undefined symbol: no_such_function_",
    ),
}

CAPTURE: dict[str, tuple[Call, type[Exception], str]] = {
    "the same graph within": (
        lambda: captured(lambda g: g.capture_begin()),
        RuntimeError,
        "this graph is being captured",
    ),
    "the same stream within": (
        lambda: captured(lambda _: vt_cuda.CUDAGraph().capture_begin()),
        RuntimeError,
        "the stream is being captured already",
    ),
    "ended within": (
        lambda: captured(lambda g: g.capture_end()),
        RuntimeError,
        "no capture of this graph is under way",
    ),
    "ended twice": (ended_twice, RuntimeError, "no capture of this graph is under way"),
    "replayed within": (lambda: captured(lambda g: g.replay()), RuntimeError, "replay: there is nothing to replay"),
    "reset within": (lambda: captured(lambda g: g.reset()), RuntimeError, "no capture of this graph is under way"),
    "a pool in use": (pool_of_two_captures, RuntimeError, "is being used by another capture"),
    "a pool that never was": (
        lambda: vt_cuda.CUDAGraph().capture_begin(pool=2**40),
        ValueError,
        "begin capture: no such pool: got number 1099511627776",
    ),
    "a pool below zero": (lambda: vt_cuda.CUDAGraph().capture_begin(pool=-1), ValueError, "no such pool: got -1"),
    "wait for the device": (lambda: captured(lambda _: vt_cuda.synchronize()), RuntimeError, "the host cannot wait"),
    "wait for the stream": (
        lambda: captured(lambda _: vt_cuda.current_stream().synchronize()),
        RuntimeError,
        "the host cannot wait",
    ),
    "read": (
        lambda: captured(lambda _: vt.ops.ones([2], device="cuda").tolist()),
        RuntimeError,
        "cannot copy to pageable host memory",
    ),
    "another mode": (
        lambda: vt_cuda.CUDAGraph().capture_begin(capture_error_mode="relaxed"),
        NotImplementedError,
        "got capture_error_mode 'relaxed'",
    ),
    "step of no function": (lambda: vt_cuda.graph_step(5), TypeError, "got int, expected a function"),
}


def elapsed_between_events_never_recorded() -> None:
    vt_cuda.Event(enable_timing=True).record()  # which the next one is made of
    event = vt_cuda.Event(enable_timing=True)
    event.elapsed_time(event)


STREAMS: dict[str, tuple[Call, type[Exception], str]] = {
    "of another device": (lambda: vt_cuda.Stream(99), ValueError, "no such device: got index 99"),
    "of no handle": (lambda: vt_cuda.ExternalStream(-1), ValueError, "got -1, expected a handle"),
    "of a handle too large": (lambda: vt_cuda.Stream.from_native(2**64), ValueError, "expected a handle"),
    "current, of none": (lambda: vt_cuda.set_stream(None), TypeError, "set_stream: got NoneType, expected a Stream"),
    "current in a block, of none": (lambda: vt_cuda.stream(None), TypeError, "stream: got NoneType, expected a Stream"),
    "recorded, of none": (
        lambda: vt_cuda.record_stream(vt.ops.ones([3], device="cuda"), None),
        TypeError,
        "record_stream: got NoneType, expected a Stream",
    ),
    "recorded, with a tensor of the CPU": (
        lambda: vt_cuda.record_stream(vt.ones([3]), vt_cuda.Stream()),
        ValueError,
        "got a tensor on cpu",
    ),
    "events never recorded": (elapsed_between_events_never_recorded, vt.CudaError, "an event was not recorded"),
    "event of a short handle": (lambda: vt_cuda.Event.from_ipc_handle(0, b"x"), ValueError, "1 bytes, expected 64"),
    "event of no handle": (lambda: vt_cuda.Event.from_ipc_handle(0, b"x" * 64), vt.CudaError, "open event: CUDA error"),
    "set device": (lambda: vt_cuda.set_device(99), ValueError, "no such device"),
}

MODULES: dict[str, tuple[Call, type[Exception], str]] = {
    "empty": (lambda: vt_cuda.load_module(b""), vt.CudaError, "load module"),
    "cut off": (lambda: vt_cuda.load_module(b"\x7fELF" + bytes(60)), vt.CudaError, "load module"),
    "no PTX": (lambda: vt_cuda.load_module("no PTX"), vt.CudaError, "load module"),
    "PTX with a zero": (lambda: vt_cuda.load_module(".version 8.0\0.target"), vt.CudaError, "load module"),
    "nothing": (lambda: vt_cuda.load_module(None), TypeError, "bytes-like"),
}


@pytest.mark.parametrize("name", ALLOCATOR)
def test_the_allocator_refuses(name: str) -> None:
    call, error, told = ALLOCATOR[name]
    with pytest.raises(error, match=told):
        call()


@pytest.mark.parametrize("name", CAPTURE)
def test_captures_refuse(name: str) -> None:
    call, error, told = CAPTURE[name]
    with pytest.raises(error, match=told):
        call()


@pytest.mark.parametrize("name", STREAMS)
def test_streams_and_events_refuse(name: str) -> None:
    call, error, told = STREAMS[name]
    with pytest.raises(error, match=told):
        call()


@pytest.mark.parametrize("name", MODULES)
def test_modules_refuse(name: str) -> None:
    call, error, told = MODULES[name]
    with pytest.raises(error, match=told):
        call()


def test_a_graph_that_is_dropped_ends_its_capture() -> None:
    with vt_cuda.stream(vt_cuda.Stream()):
        vt_cuda.CUDAGraph().capture_begin()
        gc.collect()
        assert not vt_cuda.is_current_stream_capturing()
        assert vt.ops.ones([2], device="cuda").sum().item() == 2.0


def test_numbers_of_pools_that_are_gone_stand_for_new_ones() -> None:
    pool = vt_cuda.MemPool()
    number = pool.number
    del pool
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph, pool=number):
        x = vt.ops.ones([3], device="cuda")
    graph.replay()
    assert x.tolist() == [1.0] * 3


def test_an_exception_of_the_block_leaves_an_empty_graph() -> None:
    graph = vt_cuda.CUDAGraph()

    def raises() -> None:
        with vt_cuda.graph(graph):
            vt.ops.ones([2], device="cuda")
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        raises()
    assert (graph.num_nodes, graph.pool()) == (0, 0)
    with vt_cuda.graph(graph):
        y = vt.ops.ones([2], device="cuda")
    graph.replay()
    assert y.tolist() == [1.0, 1.0]


def test_large_limits_are_none() -> None:
    vt_cuda.set_memory_limit(2**70)
    vt_cuda.set_memory_options(max_split_bytes=2**70)
    assert vt_cuda.get_memory_limit() is None
    assert vt_cuda.memory_stats()["max_split_size"] == -1
    vt_cuda.trim_memory(2**70)


FORK = """
import os, sys
import vt_core as vt, vt_cuda
kept = vt.ops.ones([3], device="cuda")
child = os.fork()
if child == 0:
    try:
        print(vt.ops.add(kept, 1).sum().item(), flush=True)
    except Exception as error:
        print(type(error).__name__, error, flush=True)
    os._exit(0)
_, status = os.waitpid(child, 0)
assert status == 0, status
assert vt.ops.add(kept, 1).sum().item() == 6.0
"""


def test_a_forked_child_is_told_and_the_parent_goes_on() -> None:
    if vt_cuda.get_device_name() == "Emulated device":
        pytest.skip("the emulated driver works on after a fork")
    quiet = ("-W", "ignore::DeprecationWarning")  # Python 3.12 warns of forks beside threads
    done = subprocess.run(
        [sys.executable, *quiet, "-c", FORK], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("CudaError")
    assert "before fork" in done.stdout


INTERRUPTED = """
import signal
import vt_core as vt, vt_cuda
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may have it ignored
x = vt.ops.ones([1 << 16], device="cuda")
try:
    print("ready", flush=True)
    while True:
        x = vt.ops.add(x, 1)
        vt_cuda.synchronize()
except KeyboardInterrupt:
    assert vt.ops.ones([2], device="cuda").sum().item() == 2.0
    print("interrupted", flush=True)
"""


def test_an_interrupt_is_an_exception_and_the_device_goes_on() -> None:
    process = subprocess.Popen([sys.executable, "-c", INTERRUPTED], text=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "interrupted\n")
