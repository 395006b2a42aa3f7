# SPDX-License-Identifier: Apache-2.0
"""Programs in C and C++ without Python that stand on the installed wheels."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import vt_core
from wheelhouse import built, need


def plugin_library(module: str) -> Path:
    """The shared library that a plugin's wheel installed."""
    folder = Path(vt_core.get_cmake_dir()).parent.parent / module
    found = sorted(folder.rglob(f"lib{module}.so*"))
    assert len(found) == 1, f"{module} installed {found}"
    return found[0]


@pytest.mark.parametrize("language", ["c", "cpp"])
def test_program_adds_differentiates_and_saves(language: str, cmake_build: Callable[..., Path], tmp_path: Path) -> None:
    need("vt-autograd")
    program = cmake_build(f"embedding/{language}") / "embed"
    plugins = [plugin_library("vt_autograd")]
    if "vt-cuda" in built():
        plugins.append(plugin_library("vt_cuda"))
    out = tmp_path / "out.safetensors"
    done = subprocess.run([program, out, *plugins], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    a = np.arange(6, dtype=np.float32).reshape(2, 3)
    b = np.arange(10, 13, dtype=np.float32)
    assert f"total {(a + 2 * b).sum():g}" in done.stdout
    saved = vt_core.load_file(out)
    np.testing.assert_array_equal(saved["c"].numpy(), a + 2 * b)
    np.testing.assert_array_equal(saved["grad_a"].numpy(), np.ones((2, 3), np.float32))
    np.testing.assert_array_equal(saved["grad_b"].numpy(), np.full(3, 4, np.float32))


def test_program_reports_a_plugin_that_is_not_there(cmake_build: Callable[..., Path], tmp_path: Path) -> None:
    program = cmake_build("embedding/c") / "embed"
    command = [program, tmp_path / "out.safetensors", "/nonexistent/plugin.so"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "/nonexistent/plugin.so" in done.stderr


def test_neither_program_nor_libraries_need_python(cmake_build: Callable[..., Path]) -> None:
    libraries = [Path(vt_core.get_library_path())]
    libraries += [plugin_library(m) for m in ("vt_autograd", "vt_cuda", "vt_fabric") if m.replace("_", "-") in built()]
    for path in [cmake_build("embedding/c") / "embed", *libraries]:
        output = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True).stdout
        assert not re.search(r"\(NEEDED\).*python", output)
        symbols = subprocess.run(["nm", "-D", path], capture_output=True, text=True, check=True).stdout
        assert not re.search(r" U _?Py[A-Z_]", symbols)
