# SPDX-License-Identifier: Apache-2.0
"""The GPU check picks wheels by their tags and is honest about what it could not run."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools import gpu_check
from tools.repo import ROOT

MINOR = sys.version_info.minor


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("py3-none-any", True),
        ("cp311-abi3-linux_x86_64", True),
        (f"cp3{MINOR}-cp3{MINOR}-manylinux_2_28_x86_64", True),
        (f"cp3{MINOR + 1}-abi3-linux_x86_64", False),
        (f"cp3{MINOR + 1}-cp3{MINOR + 1}-linux_x86_64", False),
    ],
)
def test_a_wheel_fits_by_its_tag(tag: str, expected: bool) -> None:
    assert gpu_check.fits(Path(f"name-0.1.0-{tag}.whl")) is expected


@pytest.mark.skipif(gpu_check.num_gpus() > 0, reason="needs a machine without a GPU")
def test_without_a_gpu_it_says_so_in_one_line_and_fails(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "gpu_check.py"), "--wheels", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert "no CUDA device" in done.stdout


def test_a_script_that_is_not_there_is_named_before_anything_runs(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "gpu_check.py"), "--wheels", str(tmp_path), "--bench", "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nothing.py" in done.stdout
