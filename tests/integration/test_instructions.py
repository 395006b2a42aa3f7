# SPDX-License-Identifier: Apache-2.0
"""The hot path stays short: instructions per operation under callgrind against committed ceilings."""

import shutil
import subprocess
import sys

import pytest
from wheelhouse import ROOT, need


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind is not installed")
def test_instructions_per_operation_are_below_their_ceilings(capsys: pytest.CaptureFixture[str]) -> None:
    need("vt-torch", "vt-autograd")
    command = [sys.executable, str(ROOT / "benchmarks" / "instructions.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    with capsys.disabled():
        print("\n" + done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
