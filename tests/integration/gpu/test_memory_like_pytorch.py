# SPDX-License-Identifier: Apache-2.0
"""Snapshots of memory in PyTorch's viewer, and PyTorch's names in vt_torch.cuda."""

from __future__ import annotations

import base64
import json
import pickle
import re
from importlib import import_module
from typing import Any

import pytest
import vt_torch

MIB = 1 << 20
viz: Any = import_module("torch.cuda._memory_viz")


@pytest.fixture
def snapshot() -> Any:
    vt_torch.cuda.memory._record_memory_history(max_entries=10_000, clear_history=True)
    held = [vt_torch.zeros(MIB, device="cuda") for _ in range(3)]
    for _ in range(5):
        held[0] = held[0] + held[1]
    taken = vt_torch.cuda.memory._snapshot()
    yield taken
    vt_torch.cuda.memory._record_memory_history(None, clear_history=True)


def test_summaries_of_pytorch_read_our_snapshot(snapshot: Any) -> None:
    text = viz.segsum(snapshot)
    held = sum(segment["total_size"] for segment in snapshot["segments"])
    assert f"total_reserved: {viz.Bytes(held)}" in text
    assert f"segments: {len(snapshot['segments'])}" in text
    trace = viz.trace(snapshot)
    assert f"{len(snapshot['device_traces'][0])} entries" in trace
    assert trace.count("del ") == 5


def test_plots_of_pytorch_hold_our_snapshot(snapshot: Any) -> None:
    for page in (viz.trace_plot(snapshot), viz.segment_plot(snapshot)):
        found = re.search(r"local_files = (.*)\n", page)
        assert found is not None
        files = json.loads(found[1])
        assert pickle.loads(base64.b64decode(files[0]["base64"])) == snapshot
    filtered = viz.filter_alloc_free_pairs(pickle.loads(pickle.dumps(snapshot)))
    assert sum(event["action"] == "alloc" for event in filtered["device_traces"][0]) == 3


def test_flame_graphs_of_pytorch_name_our_lines(snapshot: Any) -> None:
    lines = viz.memory(snapshot, format_flamegraph=str)
    assert "test_memory_like_pytorch.py" in lines
    assert "active_allocated" in viz.segments(snapshot, format_flamegraph=str)


def test_figures_have_names_in_the_overlay() -> None:
    cuda = vt_torch.cuda
    x = vt_torch.zeros(MIB, device="cuda")
    assert cuda.memory_allocated() == cuda.memory.memory_allocated("cuda:0") >= 4 * MIB
    assert cuda.memory_stats()["allocated_bytes.all.current"] == cuda.memory_allocated(x.device)
    assert cuda.max_memory_reserved() >= cuda.memory_reserved() >= cuda.memory_allocated()
    cuda.reset_peak_memory_stats()
    assert cuda.max_memory_allocated() == cuda.memory_allocated()
    assert "Allocated memory" in cuda.memory_summary()
    assert cuda.memory_snapshot()[0]["total_size"] > 0
    with pytest.raises(ValueError, match="out of range"):
        cuda.set_per_process_memory_fraction(2.0)


def test_settings_are_taken_in_the_form_of_pytorch() -> None:
    memory = vt_torch.cuda.memory
    memory._set_allocator_settings("max_split_size_mb:128, garbage_collection_threshold:0.9,expandable_segments:False")
    settings = memory._snapshot()["allocator_settings"]
    assert (settings["max_split_size"], settings["garbage_collection_threshold"]) == (128 * MIB, 0.9)
    memory._set_allocator_settings("garbage_collection_threshold:0.0")
    assert memory._snapshot()["allocator_settings"]["max_split_size"] == -1
    for text, is_set in (("expandable_segments:True", True), ("expandable_segments:False", False)):
        memory._set_allocator_settings(text)
        assert memory._snapshot()["allocator_settings"]["expandable_segments"] is is_set
    for text, error in (
        ("max_split_size_mb", ValueError),
        ("nonsense:1", ValueError),
        ("expandable_segments:yes", ValueError),
        ("roundup_power2_divisions:4", NotImplementedError),
    ):
        with pytest.raises(error, match="_set_allocator_settings"):
            memory._set_allocator_settings(text)
