# SPDX-License-Identifier: Apache-2.0
"""Tests of the packages with every function on eight threads at once (each_on_threads.py)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import vt_torch
from each_on_threads import run_on_threads
from vt_torch import func

HERE = Path(__file__).resolve().parent
PACKAGES = HERE.parent.parent / "packages"
# Of each package what says most about state that threads could share: recording, modes, hooks, views, wrappers, layers.
MODULES = {
    "vt-autograd": (
        "backward",
        "function",
        "grad_mode",
        "graph_edges",
        "hooks",
        "inference_mode",
        "inplace",
        "node_hooks",
        "saved_tensor_hooks",
        "view_in_place",
    ),
    # Not "func" and "checkpoint": the levels of PyTorch's forward mode and its early stop, beside which they run ours, belong to
    # the process.
    "vt-torch": ("module_hooks", "modules", "nn_layers", "optim", "overlay"),
}


def paths(package: str, names: tuple[str, ...]) -> list[str]:
    folder = PACKAGES / package / "tests"
    folder = folder / "python" if (folder / "python").is_dir() else folder
    return [str(folder / f"test_{name}.py") for name in names]


def test_forward_mode_on_eight_threads_at_once() -> None:
    def cubes(x: vt_torch.Tensor) -> vt_torch.Tensor:
        return (x * x * x).sum()

    def work() -> None:
        x = vt_torch.tensor([1.0, 2.0], dtype=vt_torch.float64)
        for _ in range(50):
            assert func.jvp(cubes, (x,), (vt_torch.ones_like(x),))[1].item() == 15.0
            assert func.hessian(cubes)(x).tolist() == [[6.0, 0.0], [0.0, 12.0]]

    assert run_on_threads(8, work) == []


@pytest.mark.parametrize("package", MODULES)
def test_functions_on_eight_threads_at_once(package: str) -> None:
    plugins = ["-p", "each_on_threads", "-p", "no:cacheprovider", "-p", "no:xdist"]
    # How much an import loads depends on the packages that are installed, here all of them.
    chosen = ["-k", "not test_import_loads", "--threads", "8", *paths(package, MODULES[package])]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, *chosen]
    path = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        command,
        cwd=PACKAGES / package,
        env=dict(os.environ, PYTHONPATH=path),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
