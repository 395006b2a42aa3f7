# SPDX-License-Identifier: Apache-2.0
"""Softmax on a device against NumPy in float64, with the images that the wheel ships."""

import subprocess
import sys

import numpy as np
import pytest
import vt_core
import vt_cuda
import vt_kernels
from reference import assert_close, softmax_f64

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")

DTYPES = ("float32", "float16", "bfloat16")
INF = float("inf")
NAN = float("nan")


def upload(values: np.ndarray, dtype: str) -> vt_core.Tensor:
    """The values on the device, rounded to `dtype`."""
    return vt_core.from_numpy(values.astype(np.float32)).to(getattr(vt_core, dtype)).to("cuda")


def download(x: vt_core.Tensor) -> np.ndarray:
    """A tensor's values in float64."""
    return np.asarray(x.to("cpu").to(vt_core.float32)).astype(np.float64)


def check(x: vt_core.Tensor, dtype: str) -> np.ndarray:
    """Run softmax and compare; returns what it gave."""
    y = vt_kernels.softmax(x)
    assert (y.dtype, y.device, tuple(y.shape)) == (x.dtype, x.device, tuple(x.shape))
    actual = download(y)
    assert_close(actual, softmax_f64(download(x)), dtype)
    return actual


def normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(7).normal(scale=4.0, size=shape)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "num_cols",
    [
        1,
        2,
        15,
        16,
        17,
        32,
        48,
        64,
        100,
        128,
        255,
        256,
        257,
        512,
        1000,
        1024,
        2048,
        4095,
        8192,
        16384,
        16385,
        32768,
        100001,
    ],
)
def test_softmax_of_any_number_of_columns(dtype: str, num_cols: int) -> None:
    check(upload(normal(5, num_cols), dtype), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_of_long_rows_whose_maximum_moves_from_block_to_block(dtype: str) -> None:
    rising = np.linspace(-3.0, 3.0, 50000)
    check(upload(np.stack([rising, rising[::-1]]), dtype), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (7,), (70000, 3), (65, 16), (70001, 64), (3, 5, 64), (0, 8), (8, 0)])
def test_softmax_of_any_shape(dtype: str, shape: tuple[int, ...]) -> None:
    check(upload(normal(*shape), dtype), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("num_cols", [5, 300, 20000])
def test_softmax_subtracts_the_maximum(dtype: str, num_cols: int) -> None:
    largest = 65504.0 if dtype == "float16" else 3e38
    values = np.full((2, num_cols), -largest)
    values[0, 3] = largest
    values[1, :] = largest
    assert check(upload(values, dtype), dtype)[0, 3] == 1.0


@pytest.mark.parametrize("num_cols", [6, 256, 20480])
def test_softmax_treats_special_values_as_numpy_does(num_cols: int) -> None:
    values = np.zeros((6, num_cols))
    values[0, :] = -INF
    values[1, 2] = NAN
    values[2, 4] = INF
    values[3, :-1] = -INF
    values[4, 0] = -INF
    values[5, :] = NAN
    actual = check(upload(values, "float32"), "float32")
    assert np.isnan(actual[[0, 1, 2, 5]]).all()
    np.testing.assert_array_equal(actual[3], np.eye(num_cols)[-1])


@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_of_a_slice_of_columns(dtype: str) -> None:
    whole = upload(normal(64, 640), dtype)
    for start, stop in ((0, 512), (16, 272), (1, 300), (639, 640)):
        check(whole[:, start:stop], dtype)


def test_softmax_reaches_rows_beyond_32_bits_of_elements() -> None:
    step = 2**31
    rows = vt_core.zeros((step + 64,), dtype=vt_core.float16, device="cuda").as_strided((2, 64), (step, 1))
    rows.copy_(upload(normal(2, 64), "float16"))
    check(rows, "float16")


def test_softmax_runs_in_a_process_without_torch_and_triton() -> None:
    code = (
        "import sys, numpy as np, vt_core, vt_cuda, vt_kernels\n"
        "x = vt_core.from_numpy(np.zeros((3, 4), np.float32)).to('cuda')\n"
        "y = np.asarray(vt_kernels.softmax(x).to('cpu'))\n"
        "print((y == 0.25).all(), sorted({'torch', 'triton'} & sys.modules.keys()))\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert result.stdout == "True []\n", result.stderr
