# SPDX-License-Identifier: Apache-2.0
"""The examples of the README run as they are printed."""

import re

import pytest
from wheelhouse import ROOT, need, run_python

BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=["core", "torch", "fabric"])
def test_readme_example_runs(block: str) -> None:
    need(*(name.replace("_", "-") for name in re.findall(r"^import (vt_\w+)", block, re.MULTILINE)))
    done = run_python(block)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
