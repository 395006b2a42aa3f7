# SPDX-License-Identifier: Apache-2.0
"""Pinned memory: tensors in it, copies that the host does not wait for, and when it is used again."""

from __future__ import annotations

import gc

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted

MIB = 1 << 20


def test_a_tensor_is_pinned_by_a_copy_that_keeps_its_layout() -> None:
    x = vt.arange(12, dtype=vt.float32).reshape(3, 4).transpose(0, 1)
    y = x.pin_memory()
    assert (x.is_pinned(), y.is_pinned()) == (False, True)
    assert (y.device.type, tuple(y.stride()), y.tolist()) == ("cpu", tuple(x.stride()), x.tolist())
    assert y.pin_memory() is y
    assert y[1:, 1].is_pinned()
    gaps = vt.arange(12)[::3].pin_memory()
    assert (gaps.tolist(), gaps.is_contiguous()) == ([0, 3, 6, 9], True)
    assert not vt.ones([2], device="cuda").is_pinned()


def test_factories_pin() -> None:
    assert vt.empty([3, 4], pin_memory=True).is_pinned()
    assert vt.ones([3], pin_memory=True).tolist() == [1.0] * 3
    assert vt.tensor([1, 2], pin_memory=True).is_pinned()
    assert not vt.zeros([3], pin_memory=False).is_pinned()


def test_tensors_of_a_device_are_not_pinned() -> None:
    with pytest.raises(RuntimeError, match="pin_memory: only tensors of the CPU"):
        vt.ones([2], device="cuda").pin_memory()
    with pytest.raises(RuntimeError, match="pin_memory: only tensors of the CPU"):
        vt.ones([2], device="cuda", pin_memory=True)


@pytest.mark.parametrize("num", [1, 1000, MIB, 3 * MIB + 5])
def test_copies_both_ways_wait_for_nothing(num: int) -> None:
    values = np.random.default_rng(num).standard_normal(num).astype(np.float32)
    host = vt.from_numpy(values.copy()).pin_memory()
    back = vt.empty([num], pin_memory=True)
    vt.ops.ones([1], device="cuda")
    with counted() as counts:
        x = host.to(device="cuda", non_blocking=True)
        back.copy_(x, non_blocking=True)
        landed = x.to(device="cpu", non_blocking=True)
    assert counts["host_synchronizations"] == 0
    assert landed.is_pinned()
    vt_cuda.synchronize()
    assert np.array_equal(np.asarray(back), values)
    assert np.array_equal(np.asarray(landed), values)


def test_a_copy_that_blocks_waits_once_and_is_complete() -> None:
    host = vt.ones([1000], pin_memory=True)
    with counted() as counts:
        x = host.to(device="cuda")
    assert counts["host_synchronizations"] == 1
    host.fill_(7)
    assert x.sum().item() == 1000.0


def test_memory_is_used_again_only_when_its_copies_are_done() -> None:
    gc.collect()
    vt_cuda.synchronize()
    vt_cuda.empty_pinned_cache()
    num = 4 * MIB
    busy = vt.ops.ones([64 * MIB], device="cuda")
    sums: list[vt.Tensor] = []
    for step in range(30):
        for _ in range(4):
            busy.mul_(1.0)  # keeps the stream behind the host
        host = vt.empty([num], pin_memory=True)
        host.fill_(float(step))
        sums.append(host.to(device="cuda", non_blocking=True).mean())
        del host
    assert [s.item() for s in sums] == [float(step) for step in range(30)]
    before = vt_cuda.pinned_memory_stats()
    host = vt.empty([num], pin_memory=True)
    after = vt_cuda.pinned_memory_stats()
    assert after["num_raw_allocations"] == before["num_raw_allocations"]
    assert after["allocated_bytes"] - before["allocated_bytes"] == 4 * num
    del host
    vt_cuda.empty_pinned_cache()
    assert vt_cuda.pinned_memory_stats()["cached_bytes"] == 0


def test_side_streams_keep_memory_too() -> None:
    side = vt_cuda.Stream()
    sums: list[vt.Tensor] = []
    for step in range(20):
        host = vt.empty([MIB], pin_memory=True)
        host.fill_(float(step))
        with vt_cuda.stream(side):
            sums.append(host.to(device="cuda", non_blocking=True).mean())
        del host
    side.synchronize()
    assert [s.item() for s in sums] == [float(step) for step in range(20)]


def test_a_graph_copies_from_pinned_memory_and_keeps_it() -> None:
    host = vt.ones([1000], pin_memory=True)
    x = vt.ops.zeros([1000], device="cuda")
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        x.copy_(host, non_blocking=True)
    host.fill_(3)
    graph.replay()
    vt_cuda.synchronize()
    assert x.sum().item() == 3000.0
    address = host.data_ptr()
    del host
    gc.collect()
    assert vt.empty([1000], pin_memory=True).data_ptr() != address
    graph.replay()
    assert x.sum().item() == 3000.0
    graph.reset()
    vt_cuda.synchronize()
    kept = [vt.empty([1000], pin_memory=True) for _ in range(64)]
    assert address in {tensor.data_ptr() for tensor in kept}
