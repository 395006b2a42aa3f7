# SPDX-License-Identifier: Apache-2.0
"""Expandable segments on a device: they grow where they are, give whole pages back, and serve graphs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
import vt_core as vt
import vt_cuda

MIB = 1 << 20


def places(tensor: vt.Tensor) -> vt.Tensor:
    """One element per MiB, and the last: as a copy of all would take as much memory again."""
    step = max(1, min(MIB, tensor.numel() - 1))
    return vt.ops.as_strided(tensor, [1 + (tensor.numel() - 1) // step], [step], (tensor.numel() - 1) % step)


def uint8(num: int, value: int | None = None) -> vt.Tensor:
    made = vt.ops.empty([num], dtype=vt.uint8, device="cuda")
    if value is not None:
        places(made).fill_(value)
    return made


def has(tensor: vt.Tensor, value: int) -> bool:
    return not bool(vt.ops.ne(places(tensor), value).any().item())


def segment_of(address: int) -> dict[str, Any]:
    """The segment that an address lies in: other tests' tensors and workspaces may lie before it."""
    segments = vt_cuda.memory_snapshot()
    return next(s for s in segments if s["address"] <= address < s["address"] + s["total_size"])


def expandable_segments() -> list[dict[str, Any]]:
    return [segment for segment in vt_cuda.memory_snapshot() if segment["is_expandable"]]


@pytest.fixture(autouse=True)
def _expandable() -> Iterator[None]:
    gc.collect()
    vt_cuda.empty_cache()
    vt_cuda.set_memory_options(expandable=True)
    yield
    gc.collect()
    vt_cuda.set_memory_limit(None)
    vt_cuda.set_memory_options()
    vt_cuda.record_memory_history(None, clear_history=True)
    vt_cuda.empty_cache()


def test_segments_are_expandable_unless_plain_ones_are_wanted() -> None:
    vt_cuda.set_memory_options()
    x = uint8(30 * MIB)
    assert segment_of(x.data_ptr())["is_expandable"]
    assert vt_cuda.allocator_snapshot()["allocator_settings"]["expandable_segments"] is True


def test_a_segment_grows_where_it_is() -> None:
    first = uint8(30 * MIB)
    address = first.data_ptr()
    reserved = vt_cuda.memory_reserved()
    del first
    for size in range(40, 280, 40):
        larger = uint8(size * MIB, 1)
        assert larger.data_ptr() == address
        assert has(larger, 1)
        del larger
    assert vt_cuda.memory_reserved() - reserved <= 250 * MIB
    large = segment_of(address)
    assert 240 * MIB <= large["total_size"] - (address - large["address"]) < 260 * MIB
    assert large["segment_type"] == "large"


def test_data_survives_growth_and_the_loss_of_its_neighbours() -> None:
    tensors = {number: uint8(60 * MIB, number) for number in range(12)}
    for number in range(0, 12, 2):
        del tensors[number]
    reserved = vt_cuda.memory_reserved()
    vt_cuda.empty_cache()
    assert vt_cuda.memory_reserved() <= reserved - 6 * 40 * MIB  # at least two pages in each
    more = [uint8(24 * MIB, 100 + number) for number in range(5)]
    more.append(uint8(200 * MIB, 200))
    for number, tensor in tensors.items():
        assert has(tensor, number)
    for number, tensor in enumerate(more[:5]):
        assert has(tensor, 100 + number)
    assert has(more[5], 200)


def test_memory_is_taken_from_the_device_and_given_back() -> None:
    small = uint8(1000, 3)
    vt_cuda.synchronize()
    before = vt_cuda.mem_get_info()[0]
    large = uint8(500 * MIB, 3)
    held = vt_cuda.mem_get_info()[0]
    assert before - held >= 500 * MIB
    raw = vt_cuda.memory_stats()["num_device_free"]
    del large
    assert vt_cuda.mem_get_info()[0] == held
    vt_cuda.empty_cache()
    assert vt_cuda.mem_get_info()[0] >= before - 2 * MIB  # what the driver keeps for itself
    assert vt_cuda.memory_stats()["num_device_free"] > raw
    assert small.numel() == 1000


def test_figures_agree_with_the_segments() -> None:
    tensors = [uint8(7 * MIB + 1000 * number) for number in range(12)]
    del tensors[::3]
    vt_cuda.empty_cache()
    stats, segments = vt_cuda.memory_stats(), vt_cuda.memory_snapshot()
    assert len(segments) == stats["segment.all.current"]
    assert sum(s["total_size"] for s in segments) == stats["reserved_bytes.all.current"]
    assert sum(s["allocated_size"] for s in segments) == stats["allocated_bytes.all.current"]
    for segment in segments:
        assert sum(block["size"] for block in segment["blocks"]) == segment["total_size"]


def test_a_shortage_takes_the_pages_of_another_stream() -> None:
    other = vt_cuda.Stream()
    with vt_cuda.stream(other):
        kept = uint8(10 * MIB, 5)
        del_me = uint8(190 * MIB, 6)
    vt_cuda.set_memory_limit(vt_cuda.memory_reserved() + 20 * MIB)
    retries = vt_cuda.memory_stats()["num_alloc_retries"]
    del del_me
    large = uint8(150 * MIB, 7)
    assert vt_cuda.memory_stats()["num_alloc_retries"] == retries + 1
    assert has(large, 7)
    other.synchronize()
    assert has(kept, 5)


def test_a_request_that_fails_leaves_all_usable() -> None:
    kept = uint8(50 * MIB, 9)
    with pytest.raises(vt.OutOfMemoryError, match="out of memory"):
        uint8(1 << 42)
    assert has(kept, 9)
    assert has(uint8(60 * MIB, 2), 2)


def test_the_device_is_filled_and_emptied() -> None:
    step = 4096 * MIB
    held = [uint8(step) for _ in range(vt_cuda.mem_get_info()[0] // step)]
    with pytest.raises(vt.OutOfMemoryError):
        uint8(step)
    assert vt_cuda.mem_get_info()[0] < step
    places(held[0]).fill_(4)
    places(held[-1]).fill_(5)
    assert has(held[0], 4)
    assert has(held[-1], 5)
    held.clear()
    vt_cuda.empty_cache()
    assert vt_cuda.mem_get_info()[0] > step


def test_a_graphs_pool_grows_while_capturing() -> None:
    x = uint8(1, 1)
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        scratch = uint8(30 * MIB, 3)
        y = vt.ops.add(places(scratch), x)
        del scratch
        z = uint8(90 * MIB, 8)
    pools = {s["segment_pool_id"] for s in expandable_segments() if s["segment_pool_id"] != (0, 0)}
    assert len(pools) == 1
    x.fill_(2)
    graph.replay()
    vt_cuda.empty_cache()
    graph.replay()
    assert has(y, 5)
    assert has(z, 8)
    del graph, y, z
    gc.collect()
    vt_cuda.empty_cache()
    assert all(s["segment_pool_id"] == (0, 0) for s in expandable_segments())


def test_events_are_those_of_pytorch() -> None:
    vt_cuda.record_memory_history(max_entries=1000, clear_history=True)
    x = uint8(30 * MIB)
    last = x.data_ptr() + 30 * MIB - 1  # the first page may be another's too
    del x
    vt_cuda.empty_cache()
    events = [e for e in vt_cuda.allocator_snapshot()["device_traces"][0] if e["action"].startswith("segment")]
    own = [e for e in events if e["addr"] <= last < e["addr"] + e["size"]]
    assert [e["action"] for e in own] == ["segment_map", "segment_unmap"]
    assert all(e["size"] >= 20 * MIB for e in own)
    assert vt_cuda.allocator_snapshot()["allocator_settings"]["expandable_segments"] is True


def test_small_tensors_share_pages() -> None:
    before = vt_cuda.memory_reserved()
    tensors = [uint8(100_000, number % 200) for number in range(400)]
    assert vt_cuda.memory_reserved() - before <= 42 * MIB
    assert all(has(tensor, number % 200) for number, tensor in enumerate(tensors))


def test_segments_are_plain_again_after_a_switch() -> None:
    x = uint8(30 * MIB)
    vt_cuda.set_memory_options(expandable=False)
    y = uint8(50 * MIB)
    assert segment_of(x.data_ptr())["is_expandable"]
    assert not segment_of(y.data_ptr())["is_expandable"]
