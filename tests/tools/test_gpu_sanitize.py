# SPDX-License-Identifier: Apache-2.0
"""The sanitizer run counts what its tools found, and what they did not get to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.repo import ROOT

COUNTS = {"rows": 5, "calls": 50, "refused": 1, "failed": 0, "left_out": 0}

# Stands in for compute-sanitizer: writes the log of a tool and the output of a walk that did not run.
STAND_IN = """#!{python}
import sys
log = sys.argv[sys.argv.index("--log-file") + 1]
if {log!r}:
    open(log, "w").write({log!r})
print({output!r})
sys.exit({status})
"""
CLEAN = "========= COMPUTE-SANITIZER\n========= ERROR SUMMARY: 0 errors\n"
INVALID = (
    "========= COMPUTE-SANITIZER\n========= Invalid __global__ read of size 4 bytes\n"
    "=========     at void gather<float>(Params)+0x1a0 in gather.cu:7\n========= ERROR SUMMARY: 1 error\n"
)


OF_A_LIBRARY = (
    "========= COMPUTE-SANITIZER\n========= Uninitialized __global__ memory read of size 4 bytes\n"
    "=========     at void lacpy_kernel<float, float>(long, long)+0x2f0\n========= ERROR SUMMARY: 1 error\n"
)


def run(tmp_path: Path, log: str, counts: object, status: int = 0, jobs: int = 2) -> subprocess.CompletedProcess[str]:
    stand_in = tmp_path / "compute-sanitizer"
    output = json.dumps(counts) if counts else "Killed"
    stand_in.write_text(STAND_IN.format(python=sys.executable, log=log, output=output, status=status))
    stand_in.chmod(0o755)
    command = [sys.executable, str(ROOT / "tools" / "gpu_sanitize.py"), "--sanitizer", str(stand_in)]
    command += ["--jobs", str(jobs), "--tools", "memcheck", "--out", str(tmp_path / "out")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_clean_run_passes_with_its_counts(tmp_path: Path) -> None:
    done = run(tmp_path, CLEAN, COUNTS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PASS  memcheck" in done.stdout
    assert "10 rows, 100 calls in 2 processes, 0 findings" in done.stdout


@pytest.mark.parametrize(
    ("log", "counts", "told"),
    [
        (INVALID, COUNTS, "2 findings"),
        (CLEAN, {**COUNTS, "left_out": 3}, "6 rows LEFT OUT"),
        (CLEAN, {**COUNTS, "failed": 1}, "2 calls failed"),
        (CLEAN, None, "2 processes did not come to their end"),
        ("", COUNTS, "2 processes did not come to their end"),
        (CLEAN, {**COUNTS, "rows": 0}, "0 rows"),
    ],
)
def test_what_was_found_or_not_run_fails(tmp_path: Path, log: str, counts: object, told: str) -> None:
    done = run(tmp_path, log, counts)
    assert done.returncode == 1
    assert told in done.stdout


def test_findings_in_kernels_of_nvidia_are_counted_apart(tmp_path: Path) -> None:
    done = run(tmp_path, OF_A_LIBRARY, COUNTS, status=99)
    assert done.returncode == 0
    assert "0 findings and 2 in NVIDIA's libraries" in done.stdout
    assert "2 x Uninitialized __global__ memory read of size 4 bytes at void lacpy_kernel" in done.stdout
    mixed = run(tmp_path, OF_A_LIBRARY.replace("lacpy_kernel", "gather"), COUNTS, status=99)
    assert (mixed.returncode, "2 findings" in mixed.stdout) == (1, True)


def test_findings_are_told_by_kernel(tmp_path: Path) -> None:
    done = run(tmp_path, INVALID, COUNTS, status=99)
    assert "2 x Invalid __global__ read of size 4 bytes at void gather<float>(Params) in gather.cu:7" in done.stdout


def test_without_the_toolkit_it_says_what_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "gpu_sanitize.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)})
    if done.returncode == 2:
        assert "compute-sanitizer is not on PATH" in done.stdout
