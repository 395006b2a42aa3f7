# SPDX-License-Identifier: Apache-2.0
"""The device tests on a build whose kernels are compiled as C++ and run on the host: numerics and launches without a GPU."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import vt_core
import vt_cuda

TESTS = Path(__file__).resolve().parents[1]
PACKAGE = Path(vt_cuda.__file__).parent


def cuda_headers() -> bool:
    """Whether the toolkit whose headers the kernels include is here."""
    nvcc = shutil.which("nvcc")
    return nvcc is not None or Path("/usr/local/cuda/include/cuda_fp8.h").exists()


pytestmark = [
    pytest.mark.skipif(not cuda_headers(), reason="no CUDA toolkit"),
    pytest.mark.skipif(shutil.which("cmake") is None, reason="no CMake"),
    pytest.mark.timeout(1800),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed package, its library replaced by the emulated one."""
    build = tmp_path_factory.mktemp("emulated")
    configure = ["cmake", "-S", TESTS / "emulated", "-B", build, f"-Dvt_core_DIR={vt_core.get_cmake_dir()}"]
    if shutil.which("ccache"):
        configure.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    for command in (configure, ["cmake", "--build", build, "-j2"]):
        result = subprocess.run(command, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
    copy = build / "site" / "vt_cuda"
    shutil.copytree(PACKAGE, copy)
    shutil.copy(build / "libvt_cuda.so", copy / "lib" / "libvt_cuda.so")
    return copy.parent


@pytest.mark.parametrize(
    ("file", "chosen"),
    [
        ("test_op_table.py", ""),
        ("test_attention.py", ""),
        ("test_random.py", ""),
        ("test_matmul.py", ""),
        ("test_numerics.py", "not large and not many_elements"),
        (
            "test_runtime.py",
            "waits_once or launch_once or figures or current_stream or other_devices or source_at_the_call",
        ),
    ],
)
def test_device_tests_pass_on_the_host(site: Path, file: str, chosen: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS / "gpu" / file, "-k", chosen]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=TESTS.parent)
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
