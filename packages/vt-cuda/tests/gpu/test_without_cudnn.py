# SPDX-License-Identifier: Apache-2.0
"""What serves, and what is said, where cuDNN is missing or broken; in processes of their own, as it is looked for once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
import vt_core as vt
import vt_cuda
vt_cuda._C.set_package_folders(tuple(sys.argv[1:]))
print(vt_cuda.cudnn())
x = vt.ops.ones([2, 32, 20, 20], device="cuda")
try:
    print(vt.ops.convolution(x, vt.ops.ones([32, 32, 3, 3], device="cuda"), None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1).sum().item())
except vt.CudaError as error:
    print(error)
"""


def said(folder: Path | None) -> list[str]:
    """The description, and the sum of a convolution or why there is none, with packages in this folder alone."""
    command = [sys.executable, "-c", SCRIPT, *([str(folder)] if folder else [])]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def library_in(folder: Path) -> Path:
    path = folder / "nvidia" / "cudnn" / "lib" / "libcudnn_graph.so.9"
    path.parent.mkdir(parents=True)
    return path


def is_on_loader_path() -> bool:
    """Whether the loader finds a cuDNN of the system's, which then serves where packages have none that works."""
    command = [sys.executable, "-c", "import ctypes; ctypes.CDLL('libcudnn_graph.so.9')"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


needs_no_other = pytest.mark.skipif(is_on_loader_path(), reason="cuDNN is on the loader's path")

# The sum over all windows of ones.
SUM = f"{2.0 * 32 * 32 * (3 * 20 - 2) ** 2}"


@needs_no_other
def test_own_kernels_serve_without_the_library() -> None:
    description, result = said(None)
    assert description.startswith("own kernels: ")
    assert result == SUM


@needs_no_other
def test_a_file_that_is_no_library_is_named(tmp_path: Path) -> None:
    path = library_in(tmp_path)
    path.write_text("works" * 1000)
    description, result = said(tmp_path)
    assert description.startswith("own kernels: ")
    assert str(path) in description
    assert result == SUM


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
@pytest.mark.parametrize(
    ("names", "says"),
    [pytest.param(1, "lacks functions that are used", marks=needs_no_other), (2, "cudnnCreate failed")],
)
def test_a_broken_library_is_told_in_a_sentence(tmp_path: Path, names: int, says: str) -> None:
    functions = ["size_t cudnnGetVersion(void) { return 90000; }"]
    if names > 1:
        functions += ['const char* cudnnGetErrorString(int s) { (void)s; return "CUDNN_STATUS_LOST"; }']
        functions += ["int cudnnCreate(void** h) { (void)h; return 1008; }"]
        others = ["CreateDescriptor", "DestroyDescriptor", "Finalize", "SetAttribute", "GetAttribute", "Execute"]
        functions += [
            f"int {name}(void) {{ return 1; }}" for name in ("cudnnSetStream", *map("cudnnBackend".__add__, others))
        ]
    source = tmp_path / "library.c"
    source.write_text("#include <stddef.h>\n" + "\n".join(functions))
    subprocess.run(["cc", "-shared", "-fPIC", str(source), "-o", str(library_in(tmp_path))], check=True)
    description, *rest = said(tmp_path)
    assert says in " ".join([description, *rest])
    if names > 1:
        assert description.startswith("cuDNN 90000")
        assert rest == [
            "convolution: cudnnCreate failed: got cuDNN status 1008 (CUDNN_STATUS_LOST), expected 0; see vt_cuda.cudnn() for the "
            "library in use, and install nvidia-cudnn-cu13 anew, or uninstall it to use own kernels"
        ]
