# SPDX-License-Identifier: Apache-2.0
"""The package without a GPU: it imports, links to no driver, and says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import vt_core
import vt_cuda

PACKAGE = Path(vt_cuda.__file__).parent
LIBRARY = PACKAGE / "lib" / "libvt_cuda.so"
NATIVE = (LIBRARY, *PACKAGE.glob("_C*.so"))


def run(code: str) -> str:
    """Standard output of a fresh interpreter that sees no device."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


def needed(library: Path) -> list[str]:
    lines = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line.partition("[")[2].rstrip("]") for line in lines if "(NEEDED)" in line]


@pytest.mark.parametrize("library", NATIVE, ids=lambda path: path.name)
def test_links_to_the_c_library_only(library: Path) -> None:
    assert {name.partition(".so")[0] for name in needed(library)} <= {
        "libc", "libm", "libdl", "librt", "libpthread", "libgcc_s", "ld-linux-x86-64",
    }  # fmt: skip


def test_plugin_exports_its_entry_point_only() -> None:
    symbols = subprocess.run(
        ["nm", "-D", "--defined-only", LIBRARY], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert [line.split()[-1] for line in symbols if line] == ["vt_plugin_init"]


def test_import_loads_no_driver() -> None:
    maps = run("import vt_cuda; print(open('/proc/self/maps').read())")
    assert "libvt_cuda.so" in maps
    assert "libcuda.so" not in maps


def test_import_makes_no_driver_call() -> None:
    assert run("import vt_cuda; print(set(vt_cuda.counters().values()))").strip() == "{0}"


def test_without_a_device_nothing_is_available() -> None:
    assert run("import vt_cuda; print(vt_cuda.device_count(), vt_cuda.is_available())").split() == ["0", "False"]


WITHOUT_DEVICE = """
import vt_core, vt_cuda
try:
    {call}
except {error} as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        ("vt_cuda.synchronize()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.Stream()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.Event()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.current_stream()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.CUDAGraph()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.graph_step(lambda x: x)(vt_core.ones([2]))", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.memory_stats()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.mem_get_info()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.empty_cache()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.get_device_properties()", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.load_module(b'')", "ImportError", "install the NVIDIA driver"),
        ("vt_cuda.device(0).__enter__()", "ImportError", "install the NVIDIA driver"),
        ("vt_core.ones([2]).pin_memory()", "ImportError", "install the NVIDIA driver"),
        ("vt_core.empty([2], pin_memory=True)", "ImportError", "install the NVIDIA driver"),
        ("vt_core.empty([2], device='cuda')", "ImportError", "install the NVIDIA driver"),
        ("vt_core.ones([2]).to(device='cuda')", "ImportError", "install the NVIDIA driver"),
    ],
)
def test_errors_without_a_device_name_the_remedy(call: str, error: str, text: str) -> None:
    assert text in run(WITHOUT_DEVICE.format(call=call, error=error))


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: vt_cuda.device("cpu"), ValueError),
        (lambda: vt_cuda.device("nonsense"), RuntimeError),
        (lambda: vt_cuda.load_module(5), TypeError),
        (lambda: vt_cuda.set_sync_debug_mode("loud"), ValueError),
        (lambda: vt_cuda.Module(), TypeError),
        (lambda: vt_cuda.graph_step(print, warmup=-1), ValueError),
        (lambda: vt_cuda.before_replay(print), RuntimeError),
        (lambda: vt_cuda.Function(), TypeError),
    ],
)
def test_bad_arguments_raise(call: Callable[[], object], error: type[Exception]) -> None:
    with pytest.raises(error):
        call()


def test_nothing_is_captured_without_a_device() -> None:
    assert run("import vt_cuda; print(vt_cuda.is_current_stream_capturing())").strip() == "False"
    assert vt_cuda.graph_pool_handle() != vt_cuda.graph_pool_handle()


def test_pinned_memory_is_none_without_a_device() -> None:
    assert not vt_core.ones([2]).is_pinned()
    assert run(
        "import vt_core, vt_cuda; print(vt_core.ones([2]).is_pinned(), vt_cuda.pinned_memory_stats())"
    ).startswith("False {'allocated_bytes': 0")


def test_modes_and_ranges_need_no_device() -> None:
    code = """
import vt_core, vt_cuda
vt_cuda.set_sync_debug_mode("error")
with vt_cuda.nvtx.range("step"):
    print(vt_cuda.get_sync_debug_mode(), vt_core.ones([2]).sum().item())
"""
    assert run(code) == "2 2.0\n"


def test_the_number_of_logical_devices_is_a_setting() -> None:
    assert "VT_CUDA_LOGICAL_DEVICES" in vt_core.settings()


def test_plugin_is_listed() -> None:
    assert "vt-cuda" in vt_core.show_config()
