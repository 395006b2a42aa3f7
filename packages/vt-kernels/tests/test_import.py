# SPDX-License-Identifier: Apache-2.0
"""What importing the package does not do."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["vt_kernels", "vt_kernels._runtime.launch", "vt_kernels._runtime.compile"])
def test_import_loads_neither_torch_nor_triton(module: str) -> None:
    code = f"import sys, {module}; print(sorted({{'torch', 'triton', 'numpy'}} & sys.modules.keys()))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout == "[]\n"


def test_softmax_is_the_function_however_its_module_is_imported() -> None:
    import vt_kernels
    import vt_kernels.softmax

    assert callable(vt_kernels.softmax)
