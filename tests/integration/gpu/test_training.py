# SPDX-License-Identifier: Apache-2.0
"""Short training runs on the device: a rerun has the same bits, so has one in memory full of NaN, and losses are the CPU's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import vt_cuda

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))

from closeness import compare

PROGRAM = Path(__file__).resolve().parents[1] / "short_training.py"
pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")


def num_steps() -> int:
    return 2 if vt_cuda.get_device_name() == "Emulated device" else 50


def trained(name: str, device: str, dtype: str, **environment: str) -> dict[str, Any]:
    command = [sys.executable, str(PROGRAM), name, str(num_steps()), device, dtype]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=3000, check=False, env={**os.environ, **environment}
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def losses(run: dict[str, Any]) -> list[float]:
    return [float.fromhex(loss) for loss in run["losses"]]


@pytest.mark.parametrize("dtype", ["f32", "bf16"])
@pytest.mark.parametrize("name", ["reverse", "text", "images"])
def test_a_rerun_and_one_in_memory_full_of_nan_have_the_same_bits(name: str, dtype: str) -> None:
    first = trained(name, "cuda", dtype)
    assert trained(name, "cuda", dtype) == first
    assert trained(name, "cuda", dtype, VT_FILL_MEMORY="1") == first


@pytest.mark.parametrize("name", ["reverse", "text", "images"])
def test_losses_are_those_of_the_cpu(name: str) -> None:
    assert max(compare(losses(trained(name, "cuda", "f32")), losses(trained(name, "cpu", "f32")), "f32")) <= 1
