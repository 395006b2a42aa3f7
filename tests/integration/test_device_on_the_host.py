# SPDX-License-Identifier: Apache-2.0
"""The device tests of tests/integration/gpu on vt-cuda's emulated build, whose kernels run on the host."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from wheelhouse import ROOT, need

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def environment(cmake_build: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables of an environment in which the emulated build is found first."""
    need("vt-cuda", "vt-autograd")
    import vt_cuda

    build = cmake_build("../../packages/vt-cuda/tests/emulated")
    folder = tmp_path_factory.mktemp("emulated")
    copy = folder / "vt_cuda"
    shutil.copytree(Path(vt_cuda.__file__).parent, copy)
    shutil.copy(build / "libvt_cuda.so", copy / "lib" / "libvt_cuda.so")
    # Kernels of vt-kernels are cubins, which no host runs: a distribution of its name, without plugins, is found first.
    shadow = folder / "vt_kernels-0.dist-info"
    shadow.mkdir()
    (shadow / "METADATA").write_text("Metadata-Version: 2.1\nName: vt-kernels\nVersion: 0\n")
    return dict(os.environ, PYTHONPATH=str(folder))


def test_gradients_of_device_kernels_are_the_cpus(environment: dict[str, str]) -> None:
    # The plugin's kernels are launched by CUDA itself, those of vt-kernels are cubins.
    ignored = [f"--ignore={HERE / 'gpu' / name}" for name in ("test_cuda_plugin.py", "test_kernel_gradients.py")]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *ignored, str(HERE / "gpu")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert "skipped" not in done.stdout


@pytest.fixture
def with_cudnn(environment: dict[str, str], tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """An environment where a library stands in for cuDNN that behaves so."""

    def make(behaviour: str) -> dict[str, str]:
        packages = tmp_path / "site-packages"
        library = packages / "nvidia" / "cudnn" / "lib" / "libcudnn_graph.so.9"
        library.parent.mkdir(parents=True)
        library.write_text(behaviour)
        return {**environment, "PYTHONPATH": f"{environment['PYTHONPATH']}{os.pathsep}{packages}"}

    return make


def test_convolutions_and_attention_by_a_library(with_cudnn: Callable[[str], dict[str, str]]) -> None:
    tests = ROOT / "packages" / "vt-cuda" / "tests" / "gpu" / "test_cudnn.py"
    # Not graphs, which what the library computes here is not part of, and few of the rest.
    few = "(those_of_the_cpu and bfloat16 and True and not case0 and not case2) or anyhow or rounded or waits"
    options = ["-q", "-p", "no:cacheprovider", "-o", "timeout=0", "-k", few]
    command = [sys.executable, "-m", "pytest", *options, str(tests)]
    done = subprocess.run(command, cwd=ROOT, env=with_cudnn("works"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert "skipped" not in done.stdout


CONVOLUTION = """
import vt_core as vt
import vt_cuda
x, weight = vt.ops.ones([2, 32, 20, 20], device="cuda"), vt.ops.ones([32, 32, 3, 3], device="cuda")
try:
    print(vt.ops.convolution(x, weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1).sum().item())
except vt.CudaError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [("refuses", f"{2.0 * 32 * 32 * 58**2}"), ("broken", "convolution: cudnnCreate failed: got cuDNN status 1008 (")],
)
def test_a_library_that_refuses_is_done_without_and_a_broken_one_is_told(
    with_cudnn: Callable[[str], dict[str, str]], behaviour: str, says: str
) -> None:
    command = [sys.executable, "-c", CONVOLUTION]
    done = subprocess.run(command, env=with_cudnn(behaviour), capture_output=True, text=True, check=True)
    assert done.stdout.startswith(says)


FAULTY = """
#include <string.h>
int cuMemAlloc_v2(void** data, size_t bytes);
int cuMemFree_v2(void* data);
int main(int argc, char** argv) {
  char* data;
  (void)argv;
  cuMemAlloc_v2((void**)&data, 32);
  memset(data, 0, 32);
  if (argc == 2) data[32] = 1;
  cuMemFree_v2(data);
  return argc == 3 ? data[0] : 0;
}
"""


def test_kernels_stay_within_their_memory(environment: dict[str, str], tmp_path: Path) -> None:
    driver = tmp_path / "libcuda.so.1"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", str(HERE / "guarded_driver.c"), "-o", str(driver)], check=True)
    # What must end a process does.
    faulty = tmp_path / "faulty"
    subprocess.run(["cc", "-xc", "-", "-xnone", str(driver), "-o", str(faulty)], input=FAULTY, text=True, check=True)
    guarded = {**environment, "LD_LIBRARY_PATH": str(tmp_path)}
    statuses = [subprocess.run([faulty, *"abc"[:n]], env=guarded, check=False).returncode for n in range(3)]
    assert statuses == [0, -11, -11]
    command = [sys.executable, "-X", "faulthandler", str(ROOT / "tools" / "op_walk.py"), "--own-memory"]
    done = subprocess.run(command, env=guarded, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    counts = json.loads(done.stdout.splitlines()[-1])
    assert (counts["failed"], counts["left_out"]) == (0, 0)
    assert counts["rows"] > 700
