# SPDX-License-Identifier: Apache-2.0
"""Random steps of the allocator on a device: contents stamped on one stream, verified on others, and bad calls one by one."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from collections.abc import Iterator

import pytest
import vt_core as vt
import vt_cuda
from vt_cuda import _C

NUM_STEPS = 100_000  # of each seed
NUM_STREAMS = 4
MAX_LIVE = 200
KIB = 1 << 10
MIB = 1 << 20


class Program:
    """Allocates on several streams, writes a stamp at both ends of each block, and counts on the device where one is gone."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.streams = [vt_cuda.Stream() for _ in range(NUM_STREAMS)]
        self.live: list[tuple[vt.Tensor, int, int]] = []  # block, stream, stamp
        # One count per stream, so that counting needs no order between them.
        self.wrong = [vt.ops.zeros([], dtype=vt.int64, device="cuda") for _ in self.streams]
        vt_cuda.synchronize()

    def step(self) -> None:
        choice = self.random.random()
        if choice < 0.48 and len(self.live) < MAX_LIVE:
            self.allocate()
        elif choice < 0.93:
            self.free()
        elif choice < 0.999:
            self.verify_elsewhere()
        else:
            vt_cuda.empty_cache()

    def allocate(self) -> None:
        kind = self.random.random()
        most = 8 * KIB if kind < 0.85 else 512 * KIB if kind < 0.99 else 6 * MIB
        stream = self.random.randrange(NUM_STREAMS)
        stamp = self.random.getrandbits(40)
        with vt_cuda.stream(self.streams[stream]):
            block = vt.ops.empty([self.random.randrange(16, most)], dtype=vt.int64, device="cuda")
            ends = vt.ops.as_strided(block, [2, 8], [block.numel() - 8, 1], 0)
            ends.fill_(stamp)
        self.live.append((block, stream, stamp))

    def count_wrong(self, block: vt.Tensor, stamp: int, stream: int) -> None:
        with vt_cuda.stream(self.streams[stream]):
            ends = vt.ops.as_strided(block, [2, 8], [block.numel() - 8, 1], 0)
            self.wrong[stream].add_(vt.ops.ne(ends, stamp).sum())

    def free(self) -> None:
        if not self.live:
            return
        place = self.random.randrange(len(self.live))
        self.live[place], self.live[-1] = self.live[-1], self.live[place]
        block, stream, stamp = self.live.pop()
        self.count_wrong(block, stamp, stream)

    def verify_elsewhere(self) -> None:
        if not self.live:
            return
        block, stream, stamp = self.random.choice(self.live)
        other = self.random.randrange(NUM_STREAMS)
        if other == stream:
            return
        self.streams[other].wait_stream(self.streams[stream])
        _C.record_use(0, block._storage_data_ptr(), self.streams[other].number)
        self.count_wrong(block, stamp, other)

    def num_wrong(self) -> int:
        vt_cuda.synchronize()
        return sum(int(count.item()) for count in self.wrong)


@pytest.fixture
def _segments(expandable: bool) -> Iterator[None]:
    vt_cuda.set_memory_options(expandable=expandable)
    yield
    vt_cuda.set_memory_options()


@pytest.mark.usefixtures("_segments")
@pytest.mark.parametrize(("seed", "expandable"), [(0, False), (1, False), (2, True)])
def test_stamps_of_random_blocks_stay_until_their_free(seed: int) -> None:
    vt_cuda.empty_cache()
    before = vt_cuda.memory_allocated()
    program = Program(seed)
    for step in range(NUM_STEPS):
        program.step()
        if step % 1000 == 0:
            held = sum(segment["total_size"] for segment in vt_cuda.memory_snapshot())
            assert held == vt_cuda.memory_reserved()
    assert program.num_wrong() == 0
    stats = vt_cuda.memory_stats()
    assert stats["allocation.all.allocated"] - stats["allocation.all.freed"] == stats["allocation.all.current"]
    del program
    vt_cuda.synchronize()
    vt_cuda.empty_cache()
    assert vt_cuda.memory_allocated() <= before


# Each is run in a process of its own, which must end by itself and be usable afterwards.
BAD_CALLS = {
    "more bytes than addresses": ("vt.ops.empty([1 << 62], dtype=vt.float64, device='cuda')", "Exception"),
    "more than the device has": ("vt.ops.empty([1 << 45], dtype=vt.uint8, device='cuda')", "vt.OutOfMemoryError"),
    "a negative size": ("vt.ops.empty([-1], device='cuda')", "Exception"),
    "a fraction of 0": ("vt_cuda.set_per_process_memory_fraction(0.0)", "ValueError"),
    "a fraction above 1": ("vt_cuda.set_per_process_memory_fraction(1.01)", "ValueError"),
    "a fraction that is no number": ("vt_cuda.set_per_process_memory_fraction(float('nan'))", "ValueError"),
    "a limit below 0": ("vt_cuda.set_memory_limit(-5)", "ValueError"),
    "a share of 1": ("vt_cuda.set_memory_options(collect_above=1.0)", "ValueError"),
    "a capture in a capture": ("nested()", "RuntimeError"),
    "a capture ended twice": ("ended_twice()", "RuntimeError"),
    "a device that is not there": ("vt_cuda.memory_stats(63)", "ValueError"),
    "an interior pointer": ("vt_cuda._C.free_memory(0, vt.ops.ones([9], device='cuda').data_ptr() + 1)", "ValueError"),
    "a foreign pointer": ("vt_cuda._C.free_memory(0, 4096)", "ValueError"),
    "a pointer freed twice": ("freed_twice()", "ValueError"),
}

PREAMBLE = """
import vt_core as vt, vt_cuda

def nested():
    outer, inner = vt_cuda.CUDAGraph(), vt_cuda.CUDAGraph()
    with vt_cuda.graph(outer):
        inner.capture_begin()

def ended_twice():
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        vt.ops.ones([3], device="cuda")
    graph.capture_end()

def freed_twice():
    pointer = vt_cuda.caching_allocator_alloc(1000)
    vt_cuda.caching_allocator_delete(pointer)
    vt_cuda.caching_allocator_delete(pointer)
"""


@pytest.mark.parametrize("name", BAD_CALLS)
def test_bad_calls_raise_and_leave_the_process_usable(name: str) -> None:
    call, error = BAD_CALLS[name]
    program = PREAMBLE + textwrap.dedent(f"""
    try:
        {call}
    except {error} as caught:
        assert str(caught), "no message"
    else:
        raise SystemExit("no error")
    assert vt.ops.ones([5], device="cuda").sum().item() == 5.0
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
