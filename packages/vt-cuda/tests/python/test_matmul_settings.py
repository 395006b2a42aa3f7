# SPDX-License-Identifier: Apache-2.0
"""Settings of matrix products; what they compute is in the op table and in tests/gpu."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import vt_cuda


@pytest.fixture(autouse=True)
def precision_of_before() -> Iterator[None]:
    before = vt_cuda.get_float32_matmul_precision()
    yield
    vt_cuda.set_float32_matmul_precision(before)


def test_float32_is_not_rounded_by_default() -> None:
    code = "import vt_cuda; print(vt_cuda.get_float32_matmul_precision())"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "highest"


@pytest.mark.parametrize("name", ["high", "medium", "highest"])
def test_precision_is_what_was_set(name: str) -> None:
    vt_cuda.set_float32_matmul_precision(name)
    assert vt_cuda.get_float32_matmul_precision() == name


def test_refuses_an_unknown_precision() -> None:
    with pytest.raises(ValueError, match="got 'exact', expected one of highest, high, medium"):
        vt_cuda.set_float32_matmul_precision("exact")


def test_says_what_computes_products() -> None:
    assert vt_cuda.blas().startswith(("cuBLASLt ", "own kernels: "))


def test_says_what_serves_convolutions() -> None:
    assert vt_cuda.cudnn().startswith(("cuDNN ", "own kernels: "))


def test_import_opens_no_library() -> None:
    code = "import vt_cuda; print(open('/proc/self/maps').read())"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cublas" not in result.stdout.lower()
    assert "libcudnn" not in result.stdout.lower()
