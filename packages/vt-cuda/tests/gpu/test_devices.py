# SPDX-License-Identifier: Apache-2.0
"""What is known of devices, streams and events beside their work; ranges for profilers; devices by number alone."""

from __future__ import annotations

import os
import subprocess
import sys
from uuid import UUID

import pytest
import vt_core as vt
import vt_cuda
from vt_cuda import nvtx


def run(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_properties_are_those_of_a_gpu() -> None:
    p = vt_cuda.get_device_properties(0)
    assert (p.major, p.minor) == p.capability == vt_cuda.get_device_capability()
    assert p.name == vt_cuda.get_device_name("cuda:0")
    assert p.warp_size == 32
    assert p.max_threads_per_block == 1024
    assert p.max_threads_per_multi_processor >= 1024
    assert p.regs_per_block == p.regs_per_multiprocessor == 65536
    assert p.shared_memory_per_block <= p.shared_memory_per_block_optin <= p.shared_memory_per_multiprocessor
    assert p.L2_cache_size > 0
    assert p.memory_bus_width > 0
    assert isinstance(p.uuid, UUID)
    assert vt_cuda.native_device(0) == 0


def test_peers_are_other_devices() -> None:
    assert not vt_cuda.can_device_access_peer(0, 0)
    with pytest.raises(ValueError, match="no such device"):
        vt_cuda.can_device_access_peer(0, 99)


def test_streams_have_priorities_and_are_queried() -> None:
    least, greatest = vt_cuda.Stream.priority_range()
    low, high = vt_cuda.Stream(priority=least), vt_cuda.Stream(priority=greatest)
    assert high.priority <= low.priority
    assert low.device == vt.device("cuda", 0)
    low.synchronize()
    assert low.query()
    with high as entered:
        assert entered == vt_cuda.current_stream() == high
        with low:
            assert vt_cuda.current_stream() == low
        assert vt_cuda.current_stream() == high
    assert vt_cuda.current_stream() == vt_cuda.default_stream()
    assert vt_cuda.ExternalStream(high.cuda_stream) == high
    assert len({vt_cuda.Stream().number for _ in range(64)}) == 32


def test_memory_used_on_another_stream_is_not_reused_before_its_work() -> None:
    side = vt_cuda.Stream()
    num = 1 << 24
    total = vt.ops.zeros([num], device="cuda")
    vt_cuda.synchronize()
    for _ in range(20):
        x = vt.ops.ones([num], device="cuda")
        side.wait_stream(vt_cuda.current_stream())
        with side:
            total.add_(x)
        vt_cuda.record_stream(x, side)
        del x
        vt.ops.full([num], 100.0, device="cuda")  # would take the memory at once
    vt_cuda.current_stream().wait_stream(side)
    assert total.mean().item() == 20.0


def test_events_of_each_kind() -> None:
    silent = vt_cuda.Event(enable_timing=False, blocking=True)
    timed = vt_cuda.Event()
    silent.record()
    timed.record()
    silent.synchronize()
    timed.synchronize()
    assert silent.query()
    with pytest.raises(vt.CudaError):
        silent.elapsed_time(timed)
    with pytest.raises(ValueError, match="of several processes cannot measure"):
        vt_cuda.Event(enable_timing=True, interprocess=True)
    with pytest.raises(ValueError, match="64"):
        vt_cuda.Event.from_ipc_handle(0, b"short")


def test_events_reach_other_processes() -> None:
    if vt_cuda.get_device_name() == "Emulated device":
        pytest.skip("there is one process")
    event = vt_cuda.Event(interprocess=True)
    x = vt.ops.ones([1 << 20], device="cuda")
    x.add_(1)
    event.record()
    code = f"""
import vt_cuda
event = vt_cuda.Event.from_ipc_handle(0, bytes.fromhex({event.ipc_handle().hex()!r}))
event.wait()
event.synchronize()
print(event.query())
"""
    done = run(code)
    assert done.stdout == "True\n", done.stderr


def test_ranges_do_nothing_without_a_profiler() -> None:
    with nvtx.range("step {}", 3):
        depth = nvtx.range_push("inner")
        nvtx.mark("here")
        assert nvtx.range_pop() == depth
    nvtx.range_end(nvtx.range_start("across threads"))


LOGICAL = """
import vt_core as vt, vt_cuda
assert vt_cuda.device_count() == 3, vt_cuda.device_count()
assert {vt_cuda.native_device(i) for i in range(3)} == {0}
assert len({vt_cuda.default_stream(i).native for i in range(3)}) == 3
assert vt_cuda.can_device_access_peer(0, 1) and not vt_cuda.can_device_access_peer(1, 1)
x = vt.ops.ones([1 << 20], device="cuda:0")
before = [vt_cuda.memory_allocated(i) for i in range(3)]
y = (x + 1).to(device="cuda:2")
after = [vt_cuda.memory_allocated(i) for i in range(3)]
assert after[2] - before[2] == 4 << 20 and after[1] == before[1], (before, after)
assert y.device == vt.device("cuda", 2) and y.sum().item() == 2.0 * (1 << 20)
try:
    x + y
except vt.DeviceError as error:
    print(error)
vt.manual_seed(1)
numbers = [vt.ops.rand([4], device=f"cuda:{i}").tolist() for i in range(3)]
assert numbers[0] == numbers[1] == numbers[2]
vt.ops.rand([4], device="cuda:1")
assert vt.ops.rand([4], device="cuda:0").tolist() == vt.ops.rand([4], device="cuda:2").tolist()
with vt_cuda.device(1):
    a = vt.ops.ones([64, 64], device="cuda:1")
    assert vt_cuda.current_stream().device_index == 1
    assert (a @ a).sum().item() == 64.0**3
try:
    vt.ops.ones([1], device="cuda:3")
except ValueError as error:
    print(error)
"""


def test_logical_devices_share_a_gpu_and_nothing_else() -> None:
    done = run(LOGICAL, VT_CUDA_LOGICAL_DEVICES="3")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "cuda:0 and cuda:2" in done.stdout
    assert "cuda:3" in done.stdout


@pytest.mark.parametrize("value", ["0", "65", "two", "-1", "1.5", "2 "])
def test_a_wrong_number_of_logical_devices_is_told_once(value: str) -> None:
    code = "import vt_cuda; print(vt_cuda.device_count()); vt_cuda.synchronize()"
    done = run(code, VT_CUDA_LOGICAL_DEVICES=value)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("VT_CUDA_LOGICAL_DEVICES") == 1
    assert f"got {value!r}" in done.stderr
    assert int(done.stdout) == vt_cuda.device_count()
