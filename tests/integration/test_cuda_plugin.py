# SPDX-License-Identifier: Apache-2.0
"""The plugin of examples/cuda_plugin is compiled against the installed headers and registers where there is no device."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from wheelhouse import need, run_python


@pytest.fixture(scope="session")
def plugin(cmake_build: Callable[..., Path]) -> Path:
    if shutil.which("nvcc") is None:
        pytest.skip("nvcc is not on the path")
    need("vt-cuda")
    return cmake_build("../../examples/cuda_plugin") / "jitter.so"


def test_its_op_is_there_and_its_schema_checks_arguments(plugin: Path) -> None:
    code = f"""
import vt_core, vt_cuda
vt_core.load_plugin({str(plugin)!r})
x = vt_core.ones([3])
for call in (lambda: vt_core.ops.jitter(x), lambda: vt_core.ops.jitter(x, x)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
"""
    done = run_python(code, CUDA_VISIBLE_DEVICES="")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("TypeError jitter"), done.stderr
    assert "MissingKernelError jitter: no kernel for device type 'cpu'" in lines
