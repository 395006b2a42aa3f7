# SPDX-License-Identifier: Apache-2.0
"""The built wheels that the tests are about, and a fresh interpreter to use them in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "dist"


def built() -> dict[str, Path]:
    """Every package that was built, with its wheel or archive."""
    return {name: DIST / entry["file"] for name, entry in json.loads((DIST / "built.json").read_text()).items()}


WHEELS = {name: path for name, path in built().items() if path.suffix == ".whl"}
NATIVE_WHEELS = {name: path for name, path in WHEELS.items() if "-abi3-" in path.name}


def need(*names: str) -> None:
    """Skip when a package was left out of the build for want of a tool on this machine."""
    for name in names:
        if name not in built():
            pytest.skip(f"{name} was left out of the build")


def run_python(code: str, python: str | Path = sys.executable, **env: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that sees nothing of this repository."""
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | env
    return subprocess.run(
        [str(python), "-I", "-c", code], capture_output=True, text=True, env=clean, cwd="/", timeout=300, check=False
    )
