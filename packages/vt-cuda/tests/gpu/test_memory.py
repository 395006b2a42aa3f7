# SPDX-License-Identifier: Apache-2.0
"""The allocator's face in Python: figures, limits, messages, history, snapshots and their view."""

from __future__ import annotations

import gc
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import vt_core as vt
import vt_cuda
from vt_cuda.memory_view import view_data

MIB = 1 << 20
MOMENTS = {"current", "peak", "allocated", "freed"}
FIGURES = [
    "allocation",
    "segment",
    "active",
    "inactive_split",
    "allocated_bytes",
    "reserved_bytes",
    "active_bytes",
    "inactive_split_bytes",
    "requested_bytes",
]


def uint8(num: int) -> vt.Tensor:
    return vt.ops.empty([num], dtype=vt.uint8, device="cuda")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    gc.collect()
    yield
    vt_cuda.set_memory_limit(None)
    vt_cuda.set_memory_options()
    vt_cuda.record_memory_history(None, clear_history=True)


def test_figures_have_the_names_of_pytorch() -> None:
    uint8(5)
    nested = vt_cuda.memory_stats_as_nested_dict()
    for figure in FIGURES:
        assert set(nested[figure]) == {"all", "small_pool", "large_pool"}, figure
        assert all(set(pool) == MOMENTS for pool in nested[figure].values()), figure
    for figure in ("oversize_allocations", "oversize_segments"):
        assert set(nested[figure]) == MOMENTS
    flat = vt_cuda.memory_stats()
    assert list(flat) == sorted(flat)
    counts = {name for name in flat if "." not in name}
    assert counts == {
        "max_split_size",
        "num_alloc_retries",
        "num_device_alloc",
        "num_device_free",
        "num_oom_rejections",
        "num_ooms",
        "num_sync_all_streams",
    }
    assert flat["max_split_size"] == -1
    assert len(flat) == len(FIGURES) * 12 + 8 + 7


def test_figures_follow_what_is_done() -> None:
    vt_cuda.empty_cache()
    before = vt_cuda.memory_stats()
    x = uint8(1000)
    y = uint8(5 * MIB)
    change = {name: value - before[name] for name, value in vt_cuda.memory_stats().items()}
    assert change["allocation.all.current"] == 2
    assert change["allocation.small_pool.allocated"] == 1
    assert change["allocated_bytes.small_pool.current"] == 1024
    assert change["requested_bytes.small_pool.current"] == 1000
    assert change["allocated_bytes.large_pool.current"] == 5 * MIB
    assert change["active_bytes.all.current"] == 5 * MIB + 1024
    del x, y
    after = vt_cuda.memory_stats()
    assert after["allocation.all.freed"] - before["allocation.all.freed"] == 2
    for name, value in after.items():
        figure, _, moment = name.rpartition(".")
        if moment == "current":
            assert after[f"{figure}.allocated"] - after[f"{figure}.freed"] == value
            assert after[f"{figure}.peak"] >= value


def test_peaks_and_totals_start_anew() -> None:
    del_me = uint8(8 * MIB)
    del del_me
    vt_cuda.reset_peak_memory_stats()
    assert vt_cuda.max_memory_allocated() == vt_cuda.memory_allocated()
    assert vt_cuda.max_memory_reserved() == vt_cuda.memory_reserved()
    x = uint8(4 * MIB)
    assert vt_cuda.max_memory_allocated() == vt_cuda.memory_allocated()
    vt_cuda.reset_accumulated_memory_stats()
    stats = vt_cuda.memory_stats()
    assert stats["allocation.all.allocated"] == stats["num_device_alloc"] == 0
    assert stats["allocation.all.current"] >= 1
    del x
    assert vt_cuda.memory_stats()["allocation.all.freed"] == 1


def test_summary_shows_the_figures() -> None:
    x = uint8(64 * MIB)
    text = vt_cuda.memory_summary()
    assert "Allocated memory" in text
    assert "from large pool" in text
    assert "from large pool" not in vt_cuda.memory_summary(abbreviated=True)
    assert len({len(line) for line in text.splitlines()}) == 1
    assert x.numel() == 64 * MIB


def test_fraction_and_limit_hold() -> None:
    vt_cuda.empty_cache()
    assert vt_cuda.get_memory_limit() is None
    assert vt_cuda.get_per_process_memory_fraction() == 1.0
    vt_cuda.set_memory_limit(vt_cuda.memory_reserved() + 32 * MIB)
    kept = uint8(30 * MIB)
    ooms = vt_cuda.memory_stats()["num_ooms"]
    with pytest.raises(vt.OutOfMemoryError, match="out of memory") as caught:
        uint8(8 * MIB)
    assert vt_cuda.memory_stats()["num_ooms"] == ooms + 1
    assert f"limit {vt_cuda.get_memory_limit()}" in str(caught.value)
    assert f"{30 * MIB} bytes on stream" in str(caught.value)
    del kept
    assert uint8(20 * MIB).numel() == 20 * MIB
    vt_cuda.set_per_process_memory_fraction(0.5)
    total = vt_cuda.mem_get_info()[1]
    assert vt_cuda.get_memory_limit() == int(0.5 * total)
    assert vt_cuda.get_per_process_memory_fraction() == pytest.approx(0.5)
    for fraction in (0.0, -0.1, 1.5, float("nan")):
        with pytest.raises(ValueError, match="out of range"):
            vt_cuda.set_per_process_memory_fraction(fraction)
    with pytest.raises(ValueError, match="negative"):
        vt_cuda.set_memory_limit(-1)


def test_trimming_keeps_so_many_bytes() -> None:
    vt_cuda.empty_cache()
    vt_cuda.set_memory_options(expandable=False)
    held = vt_cuda.memory_reserved()
    tensors = [uint8(32 * MIB) for _ in range(4)]
    tensors.clear()
    assert vt_cuda.memory_reserved() == held + 128 * MIB
    vt_cuda.trim_memory(held + 64 * MIB)
    assert vt_cuda.memory_reserved() == held + 64 * MIB
    with pytest.raises(ValueError, match="negative"):
        vt_cuda.trim_memory(-1)


def test_oversize_blocks_are_left_whole() -> None:
    vt_cuda.empty_cache()
    vt_cuda.set_memory_options(max_split_bytes=64 * MIB, expandable=False)
    large = uint8(100 * MIB)
    address = large.data_ptr()
    assert vt_cuda.memory_stats()["oversize_allocations.current"] == 1
    assert vt_cuda.memory_stats()["max_split_size"] == 64 * MIB
    del large
    small = uint8(40 * MIB)
    assert not address <= small.data_ptr() < address + 100 * MIB
    assert uint8(90 * MIB).data_ptr() == address
    with pytest.raises(ValueError, match="too small"):
        vt_cuda.set_memory_options(max_split_bytes=MIB)
    with pytest.raises(ValueError, match="out of range"):
        vt_cuda.set_memory_options(collect_above=1.5)


def allocate_here() -> vt.Tensor:
    return uint8(3 * MIB)


def events_of(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    return snapshot["device_traces"][0]


def test_history_tells_events_with_lines() -> None:
    vt_cuda.record_memory_history(max_entries=1000, stacks="python", clear_history=True)
    x = allocate_here()
    address = x.data_ptr()
    snapshot = vt_cuda.allocator_snapshot()
    del x
    own = [e for e in events_of(vt_cuda.allocator_snapshot()) if e.get("addr") == address]
    assert [e["action"] for e in own if not e["action"].startswith("segment")] == [
        "alloc",
        "free_requested",
        "free_completed",
    ]
    alloc = next(e for e in own if e["action"] == "alloc")
    assert alloc["size"] == 3 * MIB
    assert alloc["stream"] == 0
    names = [frame["name"] for frame in alloc["frames"]]
    assert names[names.index("allocate_here") + 1] == "test_history_tells_events_with_lines"
    here = alloc["frames"][names.index("allocate_here")]
    assert Path(here["filename"]).name == Path(__file__).name
    assert here["line"] == allocate_here.__code__.co_firstlineno + 1
    block = next(b for s in snapshot["segments"] for b in s["blocks"] if b["address"] == address)
    assert (block["state"], block["requested_size"]) == ("active_allocated", 3 * MIB)
    assert block["frames"] == alloc["frames"]


def test_native_frames_lie_above_those_of_python() -> None:
    vt_cuda.record_memory_history(max_entries=10, stacks="all", clear_history=True)
    x = allocate_here()
    event = next(e for e in events_of(vt_cuda.allocator_snapshot()) if e.get("addr") == x.data_ptr())
    is_native = [".so" in Path(frame["filename"]).name for frame in event["frames"]]
    assert is_native[0]
    assert is_native == sorted(is_native, reverse=True)
    assert any("libvt_core" in frame["filename"] for frame in event["frames"])


def test_levels_of_history() -> None:
    vt_cuda.record_memory_history("state", context="state", clear_history=True)
    x = allocate_here()
    snapshot = vt_cuda.allocator_snapshot()
    assert events_of(snapshot) == []
    assert any(b["frames"] for s in snapshot["segments"] for b in s["blocks"] if b["address"] == x.data_ptr())
    vt_cuda.record_memory_history(context="alloc", max_entries=100, skip_actions=["free_completed"])
    y = allocate_here()
    address = y.data_ptr()
    del y
    own = [e for e in events_of(vt_cuda.allocator_snapshot()) if e.get("addr") == address]
    assert [e["action"] for e in own if e["action"] in ("free_requested", "free_completed")] == ["free_requested"]
    assert own[-1]["frames"] == own[-2]["frames"]  # the allocation's
    wrongs: list[dict[str, Any]] = [
        {"enabled": "some"},
        {"context": "none"},
        {"stacks": "c"},
        {"skip_actions": ["x"]},
        {"max_entries": -1},
    ]
    for wrong in wrongs:
        with pytest.raises(ValueError, match="record_memory_history"):
            vt_cuda.record_memory_history(**wrong)


def test_message_names_the_lines_of_the_largest_tensors() -> None:
    vt_cuda.record_memory_history("state", context="state")
    held = allocate_here()
    with pytest.raises(vt.OutOfMemoryError) as caught:
        uint8(1 << 42)
    line = uint8.__code__.co_firstlineno + 1
    assert f"{held.numel()} bytes on stream" in str(caught.value)
    assert f"{Path(__file__).name}:{line} in uint8" in str(caught.value)


def test_snapshot_agrees_with_the_figures(tmp_path: Path) -> None:
    x = uint8(700)
    stats = vt_cuda.memory_stats()
    vt_cuda.dump_allocator_snapshot(tmp_path / "snapshot.pickle")
    snapshot = pickle.loads((tmp_path / "snapshot.pickle").read_bytes())
    segments = snapshot["segments"]
    assert len(segments) == stats["segment.all.current"]
    assert sum(s["total_size"] for s in segments) == stats["reserved_bytes.all.current"]
    assert sum(s["allocated_size"] for s in segments) == stats["allocated_bytes.all.current"]
    assert sum(s["active_size"] for s in segments) == stats["active_bytes.all.current"]
    assert sum(s["requested_size"] for s in segments) == stats["requested_bytes.all.current"]
    for segment in segments:
        address = segment["address"]
        for block in segment["blocks"]:
            assert block["address"] == address
            address += block["size"]
        assert address == segment["address"] + segment["total_size"]
    assert vt_cuda.memory_snapshot((0, 0)) == [s for s in vt_cuda.memory_snapshot() if s["segment_pool_id"] == (0, 0)]
    assert x.numel() == 700


def test_view_is_one_file_with_what_was_held(tmp_path: Path) -> None:
    vt_cuda.record_memory_history(max_entries=1000, clear_history=True)
    x = allocate_here()
    y = allocate_here()
    del y
    snapshot = vt_cuda.allocator_snapshot()
    vt_cuda.save_memory_view(tmp_path / "view.html", snapshot)
    page = (tmp_path / "view.html").read_text()
    assert re.search(r"https?://|src=|@import", page) is None
    found = re.search(r"const data = (.*);\n", page)
    assert found is not None
    data = json.loads(found[1])
    assert data == json.loads(json.dumps(view_data(snapshot)))
    place = next(p for p in data["places"] if "in allocate_here" in p[0])
    assert place[1:] == [3 * MIB, 1]
    timeline = data["timelines"][0]
    assert timeline["points"][-1][3] == vt_cuda.memory_reserved()
    assert timeline["peak"][2] - timeline["points"][-1][2] == 3 * MIB
    at_peak = next(p for p in timeline["at_peak"] if "in allocate_here" in p[0])
    assert at_peak[1:] == [6 * MIB, 2] or at_peak[1:] == [3 * MIB, 1]
    assert x.numel() == 3 * MIB


def test_pool_serves_what_is_allocated_in_its_block() -> None:
    pool = vt_cuda.MemPool()
    with vt_cuda.use_mem_pool(pool):
        x = uint8(3 * MIB)
    y = uint8(3 * MIB)
    own = vt_cuda.memory_snapshot(pool.id)
    assert [b["address"] for s in own for b in s["blocks"] if b["state"] == "active_allocated"] == [x.data_ptr()]
    address = x.data_ptr()
    del x
    assert uint8(3 * MIB).data_ptr() != address
    with vt_cuda.use_mem_pool(pool):
        assert uint8(3 * MIB).data_ptr() == address
    with pytest.raises(ValueError, match="device"), vt_cuda.use_mem_pool(pool, device=1):
        pass
    number = pool.id
    del pool
    assert vt_cuda.memory_snapshot(number) == []
    assert y.numel() == 3 * MIB


def test_memory_without_a_tensor() -> None:
    before = vt_cuda.memory_allocated()
    address = vt_cuda.caching_allocator_alloc(1000)
    assert vt_cuda.memory_allocated() == before + 1024
    with pytest.raises(ValueError, match="not a live allocation"):
        vt_cuda.caching_allocator_delete(address + 512)
    vt_cuda.caching_allocator_delete(address)
    with pytest.raises(ValueError, match="not a live allocation"):
        vt_cuda.caching_allocator_delete(address)
    assert vt_cuda.memory_allocated() == before
    assert vt_cuda.caching_allocator_alloc(0) == 0
    with pytest.raises(ValueError, match="negative"):
        vt_cuda.caching_allocator_alloc(-1)


BACKEND = """
import vt_core as vt, vt_cuda
vt_cuda.set_allocator_backend("cudaMallocAsync")
assert vt_cuda.get_allocator_backend() == "cudaMallocAsync"
x = vt.ops.ones([1 << 20], device="cuda")
y = vt.ops.add(x, 1)
assert y.sum().item() == 2.0 * (1 << 20)
held = vt_cuda.memory_reserved()
assert held == vt_cuda.memory_allocated() >= 8 << 20
del x
assert vt_cuda.memory_reserved() == held - (4 << 20)
graph = vt_cuda.CUDAGraph()
with vt_cuda.graph(graph):
    z = vt.ops.mul(y, 2)
graph.replay()
assert z.sum().item() == 4.0 * (1 << 20)
try:
    vt_cuda.set_allocator_backend("native")
except RuntimeError as error:
    assert "already" in str(error)
else:
    raise SystemExit("no error")
"""


def test_backend_of_the_driver_serves_tensors_and_graphs() -> None:
    done = subprocess.run([sys.executable, "-c", BACKEND], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.raises(ValueError, match="not known"):
        vt_cuda.set_allocator_backend("fast")


FILLED = """
import vt_core as vt, vt_cuda
for count in (3, 1000, 3_000_000):
    kept = vt.ops.ones([count], dtype=vt.float64, device="cuda")
    for _ in range(2):
        assert vt.ops.isnan(vt.ops.empty([count], dtype=vt.float64, device="cuda")).all().item()
        vt.ops.zeros([count], dtype=vt.float64, device="cuda")
    assert kept.sum().item() == count
graph = vt_cuda.CUDAGraph()
with vt_cuda.graph(graph):
    unwritten = vt.ops.empty([1000], device="cuda")
    seen = vt.ops.isnan(unwritten).sum()
    unwritten.fill_(1)
    written = unwritten.sum()
for _ in range(2):
    graph.replay()
    assert (seen.item(), written.item()) == (1000, 1000.0)
"""


def test_memory_is_filled_with_nan_when_asked_for() -> None:
    environment = {**os.environ, "VT_FILL_MEMORY": "1"}
    command = [sys.executable, "-c", FILLED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
