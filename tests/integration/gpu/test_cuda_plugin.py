# SPDX-License-Identifier: Apache-2.0
"""The plugin of examples/cuda_plugin, with kernels of its own, on a device: eagerly, with gradients, and in a graph.

It is built here where there is nvcc; elsewhere the library that a build left in build/integration is taken.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import vt_autograd
import vt_core as vt
import vt_cuda

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build" / "integration" / "examples-cuda_plugin"

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")


@pytest.fixture(scope="module", autouse=True)
def _plugin() -> None:
    library = BUILD / "jitter.so"
    if shutil.which("nvcc") and shutil.which("cmake"):
        # Processes that run these tests side by side take turns: the first builds, the others find that done.
        BUILD.parent.mkdir(parents=True, exist_ok=True)
        with BUILD.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _build()
    if not library.exists():
        pytest.skip("neither nvcc nor a built plugin is here")
    vt.load_plugin(str(library))


def _build() -> None:
    source = ROOT / "examples" / "cuda_plugin"
    for command in (
        ["cmake", "-S", source, "-B", BUILD, f"-Dvt_core_DIR={vt.get_cmake_dir()}", "-DCMAKE_BUILD_TYPE=Release"],
        ["cmake", "--build", BUILD],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def on_device(*sizes: int) -> vt.Tensor:
    return vt.ops.rand(list(sizes)).to(device="cuda")


def test_noise_has_mean_zero_and_is_scaled_by_the_amount() -> None:
    vt.manual_seed(1)
    x, amount = on_device(100, 200), vt.ops.full([], 0.5, device="cuda")
    out, noise = vt.ops.jitter(x, amount)
    values = np.asarray(noise.cpu())
    assert abs(values.mean()) < 1e-5
    assert values.min() >= -1.05
    assert values.max() <= 1.05
    assert abs(values.std() - 3**-0.5) < 0.01
    assert np.allclose(np.asarray(out.cpu()), np.asarray(x.cpu()) + 0.5 * values, atol=1e-6)
    again, _ = vt.ops.jitter(x, amount)
    assert again.tolist() != out.tolist()
    vt.manual_seed(1)
    vt.ops.rand([100, 200])
    repeated, _ = vt.ops.jitter(x, amount)
    assert repeated.tolist() == out.tolist()


def test_the_plan_broadcasts_and_takes_any_layout() -> None:
    x, amount = on_device(6, 4).transpose(0, 1), on_device(3, 1, 6)
    out, noise = vt.ops.jitter(x, amount)
    assert tuple(out.shape) == (3, 4, 6)
    want = np.asarray(x.cpu()) + np.asarray(amount.cpu()) * np.asarray(noise.cpu())
    assert np.allclose(np.asarray(out.cpu()), want, atol=1e-6)
    assert vt.ops.jitter(on_device(0, 3), on_device(3))[0].shape == (0, 3)


def test_gradients_are_those_of_the_formula() -> None:
    x, amount = on_device(5, 7).requires_grad_(), on_device(7).requires_grad_()
    out, noise = vt.ops.jitter(x, amount)
    weight = on_device(5, 7)
    vt_autograd.backward((out * weight).sum())
    assert np.allclose(np.asarray(x.grad.cpu()), np.asarray(weight.cpu()))
    want = (np.asarray(weight.cpu()) * np.asarray(noise.detach().cpu())).sum(0)
    assert np.allclose(np.asarray(amount.grad.cpu()), want, atol=1e-5)


def test_replays_of_a_graph_draw_what_eager_calls_would() -> None:
    x, amount = on_device(1000), vt.ops.ones([], device="cuda")
    vt.ops.jitter(x, amount)
    vt.manual_seed(7)
    eager = [vt.ops.jitter(x, amount)[0].tolist() for _ in range(3)]
    graph = vt_cuda.CUDAGraph()
    vt.manual_seed(7)
    with vt_cuda.graph(graph):
        out, _ = vt.ops.jitter(x, amount)
    replayed = []
    for _ in range(3):
        graph.replay()
        replayed.append(out.tolist())
    assert replayed == eager
    assert graph.num_nodes == 2


def test_it_runs_on_the_current_stream_and_refuses_by_name() -> None:
    side = vt_cuda.Stream()
    x, amount = on_device(1 << 20), vt.ops.ones([], device="cuda")
    side.wait_stream(vt_cuda.current_stream())
    with vt_cuda.stream(side):
        out, noise = vt.ops.jitter(x, amount)
        total = (out - noise - x).abs().max()
    vt_cuda.current_stream().wait_stream(side)
    assert total.item() < 1e-6
    with pytest.raises(vt.DTypeError, match="jitter: got a tensor that is not of float32"):
        vt.ops.jitter(x.to(dtype=vt.float64), amount)
