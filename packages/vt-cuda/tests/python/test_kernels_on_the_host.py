# SPDX-License-Identifier: Apache-2.0
"""The device tests on a build whose kernels are compiled as C++ and run on the host: numerics and launches without a GPU."""

from __future__ import annotations

import fcntl
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


# Set by pytest-xdist in its workers, which share what is built and test with as many processes each.
WORKERS = os.environ.get("PYTEST_XDIST_WORKER_COUNT")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed package, its library replaced by the emulated one; built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    build = (base.parent if WORKERS else base) / "emulated"
    with base.parent.joinpath("emulated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (build / "site").exists():
            _build(build)
    return build / "site"


def _build(build: Path) -> None:
    configure = ["cmake", "-S", TESTS / "emulated", "-B", build, f"-Dvt_core_DIR={vt_core.get_cmake_dir()}"]
    if shutil.which("ccache"):
        configure.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    for command in (configure, ["cmake", "--build", build, "-j2"]):
        result = subprocess.run(command, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
    copy = build / "new" / "vt_cuda"
    shutil.copytree(PACKAGE, copy)
    shutil.copy(build / "libvt_cuda.so", copy / "lib" / "libvt_cuda.so")
    copy.parent.rename(build / "site")


OLD_DRIVER = """
import vt_core as vt, vt_cuda
print(vt_cuda.device_count(), vt_cuda.is_available(), vt_cuda.driver_version())
for call in (lambda: vt.ones([2], device="cuda"), vt_cuda.synchronize, lambda: vt.ones([2]).pin_memory(), vt_cuda.Stream):
    try:
        call()
    except ImportError as error:
        print(error)
"""


def test_a_driver_that_is_too_old_is_told_in_one_sentence(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "vt_cuda"
    shutil.copytree(site / "vt_cuda", copy)
    shutil.copy(site.parent / "libvt_cuda_old_driver.so", copy / "lib" / "libvt_cuda.so")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-c", OLD_DRIVER], env=environment, capture_output=True, text=True)
    told = "cuda: the NVIDIA driver is too old: got one for CUDA 12.2, expected CUDA 13.0 or newer; update the driver"
    assert done.stdout.splitlines() == ["0 False 12020", *[told] * 4], done.stderr


WITHOUT_LIBRARIES = """
import vt_core as vt, vt_cuda
vt_cuda._C.set_package_folders(())
for call in (vt.ops.geqrf, vt.ops.linalg_qr, vt.ops.linalg_eigh, vt.ops.linalg_eigvals, vt.ops.linalg_svd, vt.ops.linalg_pinv):
    try:
        call(vt.ops.eye(40, device="cuda"))
    except NotImplementedError as error:
        print(error)
"""


def test_factorisations_without_their_library_name_its_wheel(site: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-c", WITHOUT_LIBRARIES], env=environment, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 6, done.stdout + done.stderr
    for line in lines:
        assert "not implemented on cuda without cuSOLVER, which was not found" in line
        assert line.endswith("run: pip install nvidia-cusolver")


# Of the op table's values: float32, bfloat16, int64, bool and complex64. A GPU sees all dtypes.
ONE_DTYPE_OF_A_KIND = "not (-float16- or -float64- or int8 or int16 or int32 or uint64 or complex128)"


@pytest.mark.parametrize(
    ("file", "chosen"),
    [
        ("test_op_table.py", ONE_DTYPE_OF_A_KIND),
        ("test_attention.py", ""),
        ("test_bad_inputs.py", ""),
        ("test_graphs.py", ""),
        ("test_random.py", ""),
        ("test_matmul.py", ""),
        ("test_memory.py", ""),
        ("test_expandable_segments.py", "not device_is_filled"),
        ("test_progressions.py", ""),
        ("test_put.py", ""),
        ("test_rows.py", ""),
        ("test_channel_norms.py", ""),
        ("test_small_products.py", ""),
        ("test_half_activations.py", ""),
        ("test_special_values.py", ""),
        ("test_take_rows.py", ""),
        ("test_column_sums.py", ""),
        ("test_mixed_operands.py", ""),
        ("test_lines.py", ""),
        ("test_linalg.py", ""),
        ("test_scatter.py", ""),
        ("test_convolution.py", ""),
        ("test_numerics.py", "not large and not many_elements"),
        ("test_devices.py", "not not_reused_before_its_work"),
        ("test_index_errors.py", ""),
        ("test_pinned.py", "not used_again_only_when"),
        ("test_sync_debug.py", ""),
        ("test_views_on_the_host.py", ""),
        (
            "test_runtime.py",
            "waits_once or launch_once or figures or current_stream or other_devices or source_at_the_call",
        ),
    ],
)
def test_device_tests_pass_on_the_host(site: Path, file: str, chosen: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS / "gpu" / file, "-k", chosen]
    command += ["-n", WORKERS] if WORKERS else []
    result = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=TESTS.parent)
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
