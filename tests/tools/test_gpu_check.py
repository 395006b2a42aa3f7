# SPDX-License-Identifier: Apache-2.0
"""The GPU check picks wheels by their tags and is honest about what it could not run."""

import os
import subprocess
import sys
import zipfile
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


def pure_wheel(folder: Path) -> Path:
    """Write a wheel with one module, by hand: no index and no build are needed."""
    path = folder / "carried-0.1.0-py3-none-any.whl"
    metadata = "Metadata-Version: 2.1\nName: carried\nVersion: 0.1.0\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("carried.py", "VALUE = 7\n")
        archive.writestr("carried-0.1.0.dist-info/METADATA", metadata)
        archive.writestr(
            "carried-0.1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("carried-0.1.0.dist-info/RECORD", "")
    return path


@pytest.mark.parametrize(
    ("body", "passed", "detail"),
    [
        ("assert carried.VALUE == 7", True, "1 passed, 0 failed, 0 skipped"),
        ("assert carried.VALUE == 8", False, "0 passed, 1 failed, 0 skipped"),
        ("import pytest; pytest.skip('no device')", False, "0 passed, 0 failed, 1 skipped"),
    ],
    ids=["passed", "failed", "skipped"],
)
def test_a_folder_of_tests_counts_only_when_something_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, passed: bool, detail: str
) -> None:
    pure_wheel(tmp_path)
    gpu_check.install(tmp_path, tmp_path / "site")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(f"import carried\ndef test_it():\n    {body}\n")
    monkeypatch.setitem(gpu_check.TESTS, "vt-cuda", tmp_path / "tests")
    row = gpu_check.run_tests("vt-cuda", dict(os.environ, PYTHONPATH=str(tmp_path / "site")), tmp_path)
    assert (row.passed, row.detail) == (passed, detail)


def test_a_script_that_fails_fails_its_row(tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text("print('before')\nraise SystemExit(3)\n")
    row = gpu_check.run_script("example", script, dict(os.environ), tmp_path)
    assert not row.passed
    assert row.detail == "status 3: before"
