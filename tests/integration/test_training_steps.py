# SPDX-License-Identifier: Apache-2.0
"""Short training runs: the losses are PyTorch's, a rerun has the same bits, and so has one in memory full of NaN.

200 steps; 3,000 in long runs (VT_SOAK).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import short_training
import torch

sys.path.insert(0, str(short_training.ROOT / "benchmarks"))

import twins
import twins_vit
from closeness import compare
from spread import Spread

FACTOR = int(os.environ.get("VT_SOAK", "1"))
NUM_STEPS = min(3000, 200 * FACTOR)
# How far PyTorch is from itself is of interest only where rounding has grown.
NUM_TWINS = 2 if FACTOR > 1 else 0


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def report(name: str, figure: str) -> None:
    print(f"\nsoak: {name} | {figure}")


def twin_trainer(name: str, workload: short_training.Workload) -> Any:
    if name == "reverse":
        return lambda twin: twins.ReverseTwin(twin, "cpu", "f32")
    if name == "images":
        return lambda twin: twins_vit.ViTTwin(twin, short_training.IMAGES, workload.rate, "cpu", "f32")
    return lambda twin: twins.GptTwin(twin, short_training.PRESET, workload.rate, "cpu", "f32")


@pytest.mark.parametrize("name", short_training.WORKLOADS)
def test_losses_are_those_of_pytorch(name: str) -> None:
    workload = short_training.WORKLOADS[name](NUM_STEPS)
    make = twin_trainer(name, workload)
    model = twins.twin_of(workload.model, "cpu", twins_vit.ViT if name == "images" else twins.Decoder)
    spread = Spread(make, model, "cpu", NUM_TWINS, NUM_STEPS)
    peer = make(model)
    losses: dict[str, list[Any]] = {"ours": [], "theirs": []}
    for number in range(NUM_STEPS):
        batch = workload.batch(number)
        their_batch = [torch.from_numpy(t.numpy()) for t in batch]
        losses["ours"].append(workload.step(number, *batch).item())
        losses["theirs"].append(peer.step(number, *their_batch).item())
        spread.step(number, *their_batch)
    first, windows = compare(losses["ours"], losses["theirs"], "f32")
    of_peers = spread.worst(losses["theirs"], "f32")
    report(
        f"training, {name}: losses against PyTorch's",
        f"{NUM_STEPS:,} steps, {first:.2f} and {windows:.2f} of the tolerance, "
        f"PyTorch's own runs {of_peers[0]:.2f} and {of_peers[1]:.2f}; "
        f"last loss {losses['ours'][-1]:.4f}, PyTorch {losses['theirs'][-1]:.4f}",
    )
    assert first <= max(1.0, of_peers[0])
    assert windows <= max(1.0, of_peers[1])
    assert losses["ours"][-1] < losses["ours"][0]


def trained_alone(name: str, **environment: str) -> dict[str, Any]:
    program = Path(short_training.__file__)
    command = [sys.executable, str(program), name, str(NUM_STEPS)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=3000, check=True, env={**os.environ, **environment}
    )
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", short_training.WORKLOADS)
def test_a_rerun_and_one_in_memory_full_of_nan_have_the_same_bits(name: str) -> None:
    first = trained_alone(name)
    assert trained_alone(name, VT_NUM_THREADS="1") == first
    assert trained_alone(name, VT_FILL_MEMORY="1") == first
    report(f"training, {name}: rerun by one thread, and in memory full of NaN", f"{NUM_STEPS:,} steps, the same bits")
