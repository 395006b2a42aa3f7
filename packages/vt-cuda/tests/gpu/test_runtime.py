# SPDX-License-Identifier: Apache-2.0
"""Streams, events, copies, memory figures, and that the host waits only where it says so."""

from __future__ import annotations

import gc
import threading

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted

MIB = 1 << 20


def test_properties_name_the_device() -> None:
    properties = vt_cuda.get_device_properties()
    assert properties.name
    assert properties.capability >= (9, 0)
    assert properties.multi_processor_count > 0
    assert vt_cuda.mem_get_info()[1] <= properties.total_memory
    assert vt_cuda.driver_version() >= 12000


def test_operators_do_not_wait_and_launch_once() -> None:
    x = vt.ops.ones([1000, 1000], device="cuda")
    y = vt.ops.ones([1000], device="cuda")
    vt.ops.add(x, y).sum()
    calls = {
        "dense add": lambda: vt.ops.add(x, x),
        "broadcast add": lambda: vt.ops.add(x, y),
        "scaled add": lambda: vt.ops.add(x, x, alpha=2),
        "number": lambda: vt.ops.mul(x, 3.5),
        "cpu scalar": lambda: vt.ops.mul(x, vt.tensor(3.5)),
        "promotion": lambda: vt.ops.mul(x, vt.ops.expand(y, [1000, 1000])),
        "in place": lambda: x.mul_(1),
        "row sums": lambda: x.sum(1),
        "fill": lambda: x.fill_(1.5),
        "cast": lambda: x.to(dtype=vt.bfloat16),
        "transpose": lambda: x.transpose(0, 1).contiguous(),
    }
    for name, call in calls.items():
        with counted() as counts:
            result = call()
        assert counts["host_synchronizations"] == 0, name
        assert counts["launches"] == 1, name
        assert counts["copies"] == 0, name
        del result
    with counted() as counts:
        x.sum()
    assert counts["host_synchronizations"] == 0
    assert 1 <= counts["launches"] <= 2
    with counted() as counts:
        x.clone()
        x.zero_()
    assert (counts["copies"], counts["launches"], counts["host_synchronizations"]) == (2, 0, 0)


def test_item_waits_once() -> None:
    x = vt.ops.ones([3], device="cuda").sum()
    with counted() as counts:
        assert x.item() == 3.0
    assert counts["host_synchronizations"] == 1


@pytest.mark.parametrize("num", [1, 1000, 16 * 1024, 16 * 1024 + 1, 1 << 20, (3 << 20) + 5, (9 << 20) + 1])
def test_copies_of_every_size_come_back(num: int) -> None:
    values = np.random.default_rng(num).standard_normal(num).astype(np.float32)
    x = vt.from_numpy(values.copy()).to(device="cuda")
    assert np.array_equal(np.asarray(x.to(device="cpu")), values)


def test_copy_from_the_host_takes_the_source_at_the_call() -> None:
    for num in (10, 5 << 20):
        source = vt.ops.ones([num])
        x = source.to(device="cuda")
        source.fill_(7)
        assert x.sum().item() == float(num)


def test_copy_with_other_layout_and_dtype() -> None:
    source = vt.from_numpy(np.arange(12, dtype=np.float64).reshape(3, 4))
    destination = vt.ops.zeros([4, 3], dtype=vt.int32, device="cuda")
    destination.transpose(0, 1).copy_(source)
    assert np.array_equal(np.asarray(destination.to(device="cpu")), np.arange(12).reshape(3, 4).T)
    host = vt.ops.zeros([4, 3], dtype=vt.float32)
    host.copy_(destination)
    assert np.array_equal(np.asarray(host), np.arange(12).reshape(3, 4).T)


def test_current_stream_is_scoped_and_per_thread() -> None:
    first = vt_cuda.current_stream()
    side = vt_cuda.Stream()
    assert first == vt_cuda.default_stream()
    seen: list[vt_cuda.Stream] = []
    with vt_cuda.stream(side) as inside:
        assert inside == vt_cuda.current_stream() == side != first
        thread = threading.Thread(target=lambda: seen.append(vt_cuda.current_stream()))
        thread.start()
        thread.join()
    assert vt_cuda.current_stream() == first
    assert seen == [first]
    assert side.native != first.native
    assert vt_cuda.Stream.from_native(side.native) == side


def test_streams_order_their_work_by_events() -> None:
    num = 1 << 24
    x = vt.ops.zeros([num], device="cuda")
    side = vt_cuda.Stream()
    for step in range(20):
        x.add_(1)
        side.wait_stream(vt_cuda.current_stream())
        with vt_cuda.stream(side):
            x.add_(1)
        vt_cuda.current_stream().wait_stream(side)
        if step == 9:
            middle = x.clone()
    assert middle.sum().item() == 20.0 * num
    assert x.sum().item() == 40.0 * num


def test_events_measure_time_and_are_queried() -> None:
    start, end = vt_cuda.Event(), vt_cuda.Event()
    assert start.query()
    x = vt.ops.ones([1 << 24], device="cuda")
    start.record()
    for _ in range(10):
        x = vt.ops.add(x, 1)
    end.record()
    elapsed = start.elapsed_time(end)
    assert 0 < elapsed < 1000
    assert end.query()
    with pytest.raises(vt.CudaError):
        vt_cuda.Event().elapsed_time(vt_cuda.Event())


def test_synchronize_is_counted() -> None:
    with counted() as counts:
        vt_cuda.synchronize()
        vt_cuda.current_stream().synchronize()
    assert counts["host_synchronizations"] == 2


def test_memory_figures_follow_tensors() -> None:
    gc.collect()
    before = vt_cuda.memory_stats()
    x = vt.ops.empty([MIB], device="cuda")
    during = vt_cuda.memory_stats()
    assert during["allocated_bytes.all.current"] - before["allocated_bytes.all.current"] == 4 * MIB
    assert during["allocated_bytes.all.peak"] >= during["allocated_bytes.all.current"]
    address = x.data_ptr()
    del x
    after = vt_cuda.memory_stats()
    assert after["allocated_bytes.all.current"] == before["allocated_bytes.all.current"]
    assert after["allocation.all.freed"] - before["allocation.all.freed"] == 1
    y = vt.ops.empty([MIB], device="cuda")
    assert y.data_ptr() == address
    assert vt_cuda.memory_stats()["num_device_alloc"] == during["num_device_alloc"]


def test_empty_cache_gives_memory_back() -> None:
    x = vt.ops.empty([64 * MIB], device="cuda")
    del x
    held = vt_cuda.memory_reserved()
    vt_cuda.empty_cache()
    assert vt_cuda.memory_reserved() <= held - 220 * MIB  # a page at each end may have other tensors


def test_out_of_memory_raises_and_leaves_the_device_usable() -> None:
    with pytest.raises(vt.OutOfMemoryError, match="out of memory"):
        vt.ops.empty([1 << 42], dtype=vt.uint8, device="cuda")
    assert vt.ops.ones([3], device="cuda").sum().item() == 3.0


@pytest.mark.parametrize("index", [99, -1])
def test_a_device_that_does_not_exist_is_refused(index: int) -> None:
    with pytest.raises(ValueError, match="no such device"):
        vt_cuda.synchronize(index)
    with pytest.raises(ValueError, match="no such device"), vt_cuda.device(index):
        pass
    assert vt_cuda.current_device() == 0


def test_tensors_of_other_devices_are_refused() -> None:
    x = vt.ops.ones([3], device="cuda")
    with pytest.raises(vt.DeviceError):
        vt.ops.add(x, vt.ops.ones([3]))
    with pytest.raises(vt.DeviceError):
        vt.ops.ones([3]).add_(x)


def test_work_from_many_threads() -> None:
    results: list[float] = []

    def work(seed: int) -> None:
        with vt_cuda.stream(vt_cuda.Stream()):
            x = vt.ops.full([100_000], seed, dtype=vt.float64, device="cuda")
            for _ in range(50):
                x = vt.ops.mul(vt.ops.add(x, x), 0.5)
            results.append(x.sum().item() / 100_000)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [float(seed) for seed in range(8)]


def test_two_devices_exchange_tensors() -> None:
    if vt_cuda.device_count() < 2:
        pytest.skip("one device only")
    x = vt.ops.ones([1 << 20], device="cuda:0")
    y = vt.ops.add(x, 1).to(device="cuda:1")
    assert vt.ops.mul(y, 2).sum().item() == 4.0 * (1 << 20)
    with vt_cuda.device(1):
        assert vt_cuda.current_stream().device_index == 1
    with pytest.raises(vt.DeviceError):
        vt.ops.add(x, y)
