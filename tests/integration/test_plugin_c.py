# SPDX-License-Identifier: Apache-2.0
"""An op that a plugin in plain C brings, run from Python and from Node, with its derivative."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from wheelhouse import ROOT, built, need, run_python

KEPT = sorted((ROOT / "packages" / "vt-core" / "abi").glob("*/plugin/*.so"))


@pytest.fixture(scope="session")
def plugin(cmake_build: Callable[..., Path]) -> Path:
    return cmake_build("plugin_c") / "twice_plus.so"


def use(path: Path) -> str:
    return f"""
import vt_core
vt_core.load_plugin({str(path)!r})
x = vt_core.tensor([[1.0, 2.0], [3.0, 4.0]])
print(vt_core.ops.twice_plus(x, plus=3).tolist())
"""


def test_python_runs_an_op_of_a_c_plugin(plugin: Path) -> None:
    assert run_python(use(plugin)).stdout == "[[5.0, 7.0], [9.0, 11.0]]\n"


def test_the_schema_of_the_plugin_checks_arguments(plugin: Path) -> None:
    done = run_python(use(plugin) + "vt_core.ops.twice_plus(x, 3)\n")
    assert "TypeError" in done.stderr
    assert "twice_plus" in done.stderr


def test_the_plugin_reports_what_it_does_not_support(plugin: Path) -> None:
    done = run_python(use(plugin) + "vt_core.ops.twice_plus(x.to(vt_core.float64))\n")
    assert "twice_plus: self must be a contiguous float32 tensor" in done.stderr


def test_the_plugin_brings_its_derivative(plugin: Path) -> None:
    need("vt-autograd")
    code = "import vt_autograd\n" + use(plugin)
    code += "x.requires_grad_()\nvt_autograd.backward(vt_core.ops.twice_plus(x).sum())\nprint(x.grad.tolist())\n"
    done = run_python(code)
    assert done.stdout.splitlines()[-1:] == ["[[2.0, 2.0], [2.0, 2.0]]"], done.stderr


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.parent.parent.name)
def test_a_plugin_built_against_a_released_abi_still_runs(kept: Path) -> None:
    done = run_python(use(kept))
    assert done.stdout == "[[5.0, 7.0], [9.0, 11.0]]\n", done.stderr


def test_a_plugin_is_kept_of_every_released_abi() -> None:
    versions = [path for path in (ROOT / "packages" / "vt-core" / "abi").iterdir() if path.is_dir()]
    assert len(KEPT) == len(versions) > 0


def test_node_runs_an_op_of_a_c_plugin(plugin: Path, tmp_path: Path) -> None:
    need("vt-node")
    node = shutil.which("node")
    assert node is not None
    subprocess.run(["npm", "install", "--silent", "--no-audit", str(built()["vt-node"])], cwd=tmp_path, check=True)
    script = f"""
import {{ tensor, call, loadPlugin }} from "vt-node";
loadPlugin({str(plugin)!r});
const x = tensor(new Float32Array([1, 2]), [2]);
const y = await call("twice_plus", [x]);
console.log(JSON.stringify(Array.from(await y.data())));
"""
    (tmp_path / "use.mjs").write_text(script)
    done = subprocess.run([node, "use.mjs"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "[3,5]\n", done.stderr
