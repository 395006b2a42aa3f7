# SPDX-License-Identifier: Apache-2.0
"""The layer check sees each way in which one package can know another."""

from pathlib import Path

import pytest

from tools import check_layers
from tools.repo import ROOT, Package

AUTOGRAD = Package(name="vt-autograd", kind="native", knows=["vt-core"])


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("src/x.py", "import vt_cuda.runtime", "imports vt_cuda"),
        ("src/x.py", "from vt_torch import nn", "imports vt_torch"),
        ("src/x.py", "import importlib\nimportlib.import_module('vt_cuda')", "imports vt_cuda"),
        ("csrc/x.cpp", '#include "vt_cuda/stream.hpp"', "includes vt_cuda/stream.hpp"),
        ("csrc/x.cpp", "#include <Python.h>", "Python.h outside csrc/python"),
        ("csrc/x.cpp", "#include <cuda_runtime.h>", "CUDA header cuda_runtime.h"),
        ("CMakeLists.txt", "find_package(vt_cuda CONFIG REQUIRED)", "finds vt_cuda"),
        ("CMakeLists.txt", "target_link_libraries(x vt_cuda::headers)", "finds vt_cuda"),
        ("pyproject.toml", '[project]\ndependencies = ["vt-cuda>=0.1"]', "requires vt-cuda"),
        ("pyproject.toml", '[project.optional-dependencies]\nx = ["vt_torch"]', "suggests vt-torch"),
        ("package.json", '{"dependencies": {"vt-node": "*"}}', "requires vt-node"),
        ("src/x.py", "import torch", "imports torch"),
    ],
)
def test_an_arrow_that_is_not_in_the_table_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str, fault: str
) -> None:
    monkeypatch.setattr(check_layers, "ROOT", tmp_path)
    monkeypatch.setattr(Package, "folder", tmp_path)
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    (found,) = check_layers.violations(AUTOGRAD, [path])
    assert fault in found


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("x.py", "import vt_core\nfrom . import _C"),
        ("x.cpp", "#include <vt/abi/vt.h>\n#include <vector>"),
        ("CMakeLists.txt", "find_package(vt_core CONFIG REQUIRED)"),
        ("pyproject.toml", '[project]\ndependencies = ["vt-core>=0.1,<0.2", "numpy"]'),
    ],
)
def test_what_the_table_allows_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str) -> None:
    monkeypatch.setattr(check_layers, "ROOT", tmp_path)
    monkeypatch.setattr(Package, "folder", tmp_path)
    (tmp_path / file).write_text(text)
    assert list(check_layers.violations(AUTOGRAD, [tmp_path / file])) == []


def test_every_folder_of_packages_is_in_the_table() -> None:
    folders = {path.name for path in (ROOT / "packages").iterdir() if path.is_dir()}
    assert folders == set(check_layers.packages())
