# SPDX-License-Identifier: Apache-2.0
"""The walk over the op table that sanitizers look at comes to its end, and every call in it computes or is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import vt_cuda

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")

WALK = Path(__file__).resolve().parents[3] / "tools" / "op_walk.py"


def walk(*arguments: str) -> tuple[int, dict[str, int]]:
    command = [sys.executable, str(WALK), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_rows_are_walked_and_counted() -> None:
    status, counts = walk("--part", "3/70")
    assert (status, counts["failed"], counts["left_out"]) == (0, 0, 0)
    assert counts["rows"] > 5
    assert counts["calls"] > 10 * counts["rows"]


def test_rows_beyond_the_time_are_counted_as_left_out() -> None:
    status, counts = walk("--match", "add", "--seconds", "0")
    assert (status, counts["rows"]) == (1, 0)
    assert counts["left_out"] > 3
