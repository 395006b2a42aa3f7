# SPDX-License-Identifier: Apache-2.0
"""The table of what vt_torch has of PyTorch's names is true, has every name that most programs use, and does not shrink."""

import subprocess
import sys
import tomllib

import pytest

from tools import parity
from tools.repo import ROOT


def test_the_committed_table_is_what_is_there() -> None:
    command = [sys.executable, "-m", "tools.parity", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_settings_name_the_most_used_and_say_why_names_are_left_out() -> None:
    settings = tomllib.loads(parity.SETTINGS.read_text())
    assert len(set(settings["most_used"])) == 250
    assert set(settings["awaited"]) <= set(settings["most_used"])
    assert all(row["reason"] and row["names"] for row in settings["left_out"])


def test_names_are_found_as_programs_would_find_them() -> None:
    assert parity.exists("torch.nn.Linear")
    assert parity.exists("torch.Tensor.shape")
    assert parity.exists("torch.backends.cudnn.benchmark")
    assert not parity.exists("torch.nn.Linaer")
    assert not parity.exists("torch.no_such_part.name")


def test_a_pattern_that_leaves_nothing_out_is_refused() -> None:
    settings = {"left_out": [{"reason": "none", "names": ["torch.add"]}]}
    with pytest.raises(SystemExit, match=r"torch\.add"):
        parity.survey(settings)
