# SPDX-License-Identifier: Apache-2.0
"""Two ranks on halves of each batch learn what one rank learns on the whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import two_ranks
import vt_fabric


@pytest.mark.parametrize("case", two_ranks.CASES)
def test_threads_equal_one_rank(case: str) -> None:
    tolerance = two_ranks.CASES[case][3]
    assert max(vt_fabric.run_local(2, lambda group: two_ranks.worst_difference(case, group))) <= tolerance


def test_mpi_processes_equal_one_rank() -> None:
    mpirun = Path(sys.executable).parent / "mpirun"
    found = str(mpirun) if mpirun.exists() else shutil.which("mpirun")
    assert found is not None
    options = ["--oversubscribe", "--bind-to", "none", "--mca", "mpi_yield_when_idle", "1"]
    options += ["--mca", "pml", "ob1", "--mca", "btl", "self,sm"]
    command = [found, *options, "-n", "2", sys.executable, two_ranks.__file__]
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
