# SPDX-License-Identifier: Apache-2.0
"""The device tests of tests/integration/gpu on vt-cuda's emulated build, whose kernels run on the host."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from wheelhouse import ROOT, need

HERE = Path(__file__).parent


def test_gradients_of_device_kernels_are_the_cpus(cmake_build: Callable[..., Path], tmp_path: Path) -> None:
    need("vt-cuda", "vt-autograd")
    import vt_cuda

    build = cmake_build("../../packages/vt-cuda/tests/emulated")
    copy = tmp_path / "vt_cuda"
    shutil.copytree(Path(vt_cuda.__file__).parent, copy)
    shutil.copy(build / "libvt_cuda.so", copy / "lib" / "libvt_cuda.so")
    # Kernels of vt-kernels are cubins, which no host runs: a distribution of its name, without plugins, is found first.
    shadow = tmp_path / "vt_kernels-0.dist-info"
    shadow.mkdir()
    (shadow / "METADATA").write_text("Metadata-Version: 2.1\nName: vt-kernels\nVersion: 0\n")
    env = dict(os.environ, PYTHONPATH=str(tmp_path))
    # The plugin's kernels are launched by CUDA itself, those of vt-kernels are cubins.
    ignored = [f"--ignore={HERE / 'gpu' / name}" for name in ("test_cuda_plugin.py", "test_kernel_gradients.py")]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *ignored, str(HERE / "gpu")]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert "skipped" not in done.stdout
