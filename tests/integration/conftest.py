# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the integration tests: scratch environments, and CMake builds against the installed wheels."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCRATCH = ROOT / "build" / "integration"


@pytest.fixture(scope="session")
def make_environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make an environment with some of our wheels and what they declare; returns its Python."""

    from wheelhouse import DIST, WHEELS

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

        folder = SCRATCH / source.replace("/", "-").replace("..", "")
        shutil.rmtree(folder, ignore_errors=True)
        configure = ["cmake", "-S", str(Path(__file__).parent / source), "-B", str(folder), "-G", "Ninja"]
        configure += [f"-Dvt_core_DIR={vt_core.get_cmake_dir()}", "-DCMAKE_BUILD_TYPE=Release", *options]
        if shutil.which("ccache"):
            configure += ["-DCMAKE_C_COMPILER_LAUNCHER=ccache", "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"]
        for command in (configure, ["cmake", "--build", str(folder)]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
        return folder

    return build
