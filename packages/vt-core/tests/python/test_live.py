# SPDX-License-Identifier: Apache-2.0
"""The plugin that looks for what a session leaves alive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import vt_core as vt
from vt_core.testing import live

HEAD = "import vt_core as vt\nkept = [vt.tensor([0.0])]\n"


def run_session(folder: Path, tests: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(HEAD + tests)
    plugins = ["-p", "vt_core.testing.live", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, *options, str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_session_that_leaves_nothing_passes(tmp_path: Path) -> None:
    tests = "def test_one(): x = vt.ops.ones([3])\ndef test_two(): x = kept[0] + 1\n"
    done = run_session(tmp_path, tests)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


@pytest.mark.parametrize("sizes", ["[3]", "[0]", "[300]", "[3], device='meta'"])
def test_session_that_leaves_a_tensor_fails_with_a_list(tmp_path: Path, sizes: str) -> None:
    tests = f"def test_one(): kept.append(vt.ops.ones({sizes}))\ndef test_two(): pass\n"
    done = run_session(tmp_path, tests)
    assert done.returncode == 1, done.stdout
    assert "2 passed, 1 error" in done.stdout
    assert "1 more blocks of 192 bytes" in done.stdout
    assert f"Tensor {sizes.partition(']')[0]}] vt_core.float32 on" in done.stdout, done.stdout
    assert "held by list" in done.stdout


def test_what_is_left_is_found_by_each_worker(tmp_path: Path) -> None:
    pytest.importorskip("xdist")
    tests = "def test_one(): kept.append(vt.ops.ones([3]))\ndef test_two(): kept.append(vt.ops.ones([3]))\n"
    done = run_session(tmp_path, tests, "-n", "2", "--dist", "each")
    assert done.returncode == 1, done.stdout
    assert "4 passed, 2 errors" in done.stdout


def test_session_that_failed_is_not_judged(tmp_path: Path) -> None:
    tests = (
        "def test_one():\n    x = vt.ops.ones([3])\n    assert False\ndef test_two(): kept.append(vt.ops.ones([3]))\n"
    )
    done = run_session(tmp_path, tests)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "error" not in done.stdout.splitlines()[-1]


def test_count_sees_what_is_made_and_what_is_dropped() -> None:
    before = live.count()
    kept = [vt.ops.ones([100]) for _ in range(3)]
    more = {what: number - before[what] for what, number in live.count().items() if number != before[what]}
    # Headers, storages and data.
    assert more == {
        "blocks of 192 bytes": 3,
        "blocks of 64 bytes": 3,
        "blocks of 448 bytes": 3,
        "blocks of data and nodes": 3,
        "bytes in these": 1200,
    }
    assert len(live.describe_more(before)) > 5
    del kept
    assert live.describe_more(before) == []
