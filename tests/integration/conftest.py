# SPDX-License-Identifier: Apache-2.0
"""What the integration tests share: the built wheels, scratch environments, and CMake builds against installed wheels."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "dist"
SCRATCH = ROOT / "build" / "integration"


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


@pytest.fixture(scope="session")
def make_environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make an environment with some of our wheels and what they declare; returns its Python."""

    def make(*names: str) -> Path:
        folder = tmp_path_factory.mktemp("env")
        subprocess.run([sys.executable, "-m", "virtualenv", "-q", str(folder)], check=True)
        python = folder / "bin" / "python"
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--find-links", str(DIST)]
        subprocess.run([*command, *(str(WHEELS[name]) for name in names)], check=True)
        return python

    return make


@pytest.fixture(scope="session")
def cmake_build() -> Callable[..., Path]:
    """Configure and build a CMake project against the vt-core installed in this environment; returns the folder."""

    def build(source: str, *options: str) -> Path:
        import vt_core

        folder = SCRATCH / source.replace("/", "-")
        shutil.rmtree(folder, ignore_errors=True)
        configure = ["cmake", "-S", str(Path(__file__).parent / source), "-B", str(folder), "-G", "Ninja"]
        configure += [f"-Dvt_core_DIR={vt_core.get_cmake_dir()}", "-DCMAKE_BUILD_TYPE=Release", *options]
        for command in (configure, ["cmake", "--build", str(folder)]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
        return folder

    return build
