# SPDX-License-Identifier: Apache-2.0
"""Fourier transforms beyond the op table: precision, the first use, what is missing, and PyTorch as second witness."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import numpy as np
import pytest
import torch
import vt_core as vt

FUNCTIONS = ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")


def _run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    return done.stdout


def _both(shape: tuple[int, ...], is_complex: bool) -> tuple[Any, Any]:
    generator = np.random.default_rng(sum(shape))
    values = generator.standard_normal(shape)
    array = values + 1j * generator.standard_normal(shape) if is_complex else values
    return vt.from_numpy(array.copy()), torch.from_numpy(array)


@pytest.mark.parametrize("norm", ["forward", "ortho", None])
@pytest.mark.parametrize("suffix", ["", "2", "n"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_equals_pytorch(name: str, suffix: str, norm: str | None) -> None:
    ours, theirs = _both((3, 4, 5), name not in ("rfft", "ihfft"))
    got = getattr(vt.ops, f"fft_{name}{suffix}")(ours, norm=norm)
    expected = getattr(torch.fft, f"{name}{suffix}")(theirs, norm=norm).resolve_conj()
    np.testing.assert_allclose(got.numpy(), expected.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("norm", ["forward", "ortho", None])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_float32_is_computed_in_float32(name: str, norm: str | None) -> None:
    x = vt.from_numpy(np.random.default_rng(0).standard_normal(1000).astype(np.float32))
    function = getattr(vt.ops, f"fft_{name}")
    single, double = function(x, norm=norm), function(x.to(dtype=vt.float64), norm=norm)
    assert single.dtype in (vt.float32, vt.complex64)
    error = np.abs(single.numpy() - double.numpy()).max() / np.abs(double.numpy()).max()
    assert error < 1e-6
    assert (single.numpy() != double.numpy().astype(single.numpy().dtype)).any()  # not computed in float64 and rounded


@pytest.mark.parametrize("dtype", [vt.float16, vt.bfloat16])
def test_half_types_are_refused(dtype: Any) -> None:
    with pytest.raises(NotImplementedError, match=f"fft_fft: Unsupported dtype {dtype.name}"):
        vt.ops.fft_fft(vt.ops.zeros([4], dtype=dtype))


def test_shapes_without_elements_and_on_meta_need_no_numpy() -> None:
    program = """
import sys
sys.modules["numpy"] = None
import vt_core as vt
print(tuple(vt.ops.fft_rfft(vt.ops.zeros([0, 6])).shape), tuple(vt.ops.fft_irfft(vt.ops.zeros([2, 4], device="meta")).shape))
"""
    assert _run(program) == "(0, 4) (2, 6)\n"


def test_missing_numpy_is_named() -> None:
    program = """
import sys
sys.modules["numpy"] = None
import vt_core as vt
for _ in range(2):
    try:
        vt.ops.fft_fft(vt.ops.ones([4]))
    except NotImplementedError as error:
        print(error)
"""
    lines = _run(program).splitlines()
    assert len(lines) == 2
    assert all("pip install 'vt-core[fft]'" in line for line in lines)


def test_old_numpy_is_named() -> None:
    program = """
import numpy, vt_core as vt
numpy.__version__ = "1.26.4"
try:
    vt.ops.fft_fft(vt.ops.ones([4]))
except NotImplementedError as error:
    print(error)
"""
    assert "need NumPy 2: got 1.26.4" in _run(program)


def test_numpy_is_imported_by_the_first_transform() -> None:
    program = """
import sys
import vt_core as vt
x = vt.ops.ones([4])
before = "numpy" in sys.modules
vt.ops.fft_fft(x)
print(before, "numpy" in sys.modules)
"""
    assert _run(program) == "False True\n"


def test_first_use_by_many_threads() -> None:
    program = """
import threading
import vt_core as vt
x = vt.ops.ones([64])
barrier, sums = threading.Barrier(8), []
def work():
    barrier.wait()
    sums.append(vt.ops.fft_fft(x)[0].real.item())
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sums)
"""
    assert _run(program) == f"{[64.0] * 8}\n"


def test_kernel_is_loaded_again_after_unloading() -> None:
    x = vt.ops.ones([4])
    vt.ops.fft_fft(x)
    vt.unload_plugin("numpy.fft")
    assert vt.ops.fft_fft(x)[0].real.item() == 4
    vt.ops.fft_fft(x)


def test_threads_share_the_kernel() -> None:
    x = vt.from_numpy(np.random.default_rng(1).standard_normal((8, 256)))
    expected = vt.ops.fft_fft(x).numpy()
    got: list[Any] = []
    threads = [threading.Thread(target=lambda: got.append(vt.ops.fft_fft(x).numpy())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert all((each == expected).all() for each in got)


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize("win_length", [None, 6])
@pytest.mark.parametrize("normalized", [True, False])
def test_stft_and_istft_equal_pytorch(center: bool, win_length: int | None, normalized: bool) -> None:
    ours, theirs = _both((2, 40), is_complex=False)
    length = win_length or 8
    # Positive everywhere: without padding the ends are seen by one window only.
    window = 0.1 + np.hanning(length)
    how: dict[str, Any] = {"hop_length": 2, "win_length": win_length, "center": center, "normalized": normalized}
    if win_length and not center:
        how["center"] = True  # a shorter window leaves the ends out
    got = vt.ops.stft(ours, 8, window=vt.from_numpy(window.copy()), return_complex=True, **how)
    expected = torch.stft(theirs, 8, window=torch.from_numpy(window), return_complex=True, **how)
    np.testing.assert_allclose(got.numpy(), expected.numpy(), rtol=1e-12, atol=1e-12)
    back = vt.ops.istft(got, 8, window=vt.from_numpy(window.copy()), **how)
    again = torch.istft(expected, 8, window=torch.from_numpy(window), **how)
    np.testing.assert_allclose(back.numpy(), again.numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(back.numpy(), ours.numpy()[:, : back.shape[1]], rtol=1e-9, atol=1e-9)
