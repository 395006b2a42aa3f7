# SPDX-License-Identifier: Apache-2.0
"""Softmax's values against NumPy in float64: the Triton source runs in the interpreter, through the public function."""

import numpy as np
import pytest
import vt_kernels
from interpreted import Device, Tensor, decode, encode
from reference import INTERPRETER_TOLERANCES, assert_close, softmax_f64

DTYPES = ("float32", "float16", "bfloat16")
INF = float("inf")
NAN = float("nan")


def check(values: np.ndarray, dtype: str) -> np.ndarray:
    """Run softmax on the values and compare; returns what it gave, in float64."""
    stored = encode(values, dtype)
    kept = stored.copy()
    y = vt_kernels.softmax(Tensor(stored, dtype))
    assert y.dtype == dtype
    assert y.shape == values.shape
    np.testing.assert_array_equal(stored, kept)
    actual = decode(y.array, dtype)
    assert_close(actual, softmax_f64(decode(stored, dtype)), dtype, INTERPRETER_TOLERANCES)
    return actual


def normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(7).normal(scale=4.0, size=shape)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "num_cols", [1, 2, 16, 17, 32, 50, 64, 100, 128, 255, 256, 257, 1000, 1024, 2048, 4095, 8192, 16384]
)
def test_softmax_of_rows_that_fit_a_block(device: Device, dtype: str, num_cols: int) -> None:
    check(normal(3, num_cols), dtype)
    assert [launch.variant.name for launch in device.launches] == ["softmax_rows"]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("num_cols", [16385, 16400, 20480, 33333])
def test_softmax_of_rows_longer_than_any_block(device: Device, dtype: str, num_cols: int) -> None:
    check(normal(2, num_cols), dtype)
    assert [launch.variant.name for launch in device.launches] == ["softmax_rows_online"]


@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_of_long_rows_whose_maximum_moves_from_block_to_block(device: Device, dtype: str) -> None:
    rising = np.linspace(-3.0, 3.0, 50000)
    check(np.stack([rising, rising[::-1]]), dtype)


@pytest.mark.parametrize("num_rows", [1, 15, 16, 17, 33])
def test_softmax_of_any_number_of_rows(device: Device, num_rows: int) -> None:
    check(normal(num_rows, 64), "float32")
    (launch,) = device.launches
    assert launch.grid == (-(-num_rows // launch.variant.constants["ROWS"]), 1, 1)


@pytest.mark.parametrize("shape", [(), (1,), (5,), (1, 1), (4, 1), (2, 3, 5), (2, 1, 3, 4)])
def test_softmax_of_any_rank(device: Device, shape: tuple[int, ...]) -> None:
    check(normal(*shape), "float32")


@pytest.mark.parametrize("shape", [(0,), (3, 0), (0, 4), (2, 0, 4)])
def test_softmax_of_an_empty_tensor_launches_nothing(device: Device, shape: tuple[int, ...]) -> None:
    check(np.zeros(shape), "float32")
    assert device.launches == []


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("num_cols", [5, 20000])
def test_softmax_subtracts_the_maximum(device: Device, dtype: str, num_cols: int) -> None:
    largest = {"float32": 3e38, "float16": 65504.0, "bfloat16": 3e38}[dtype]
    values = np.full((2, num_cols), -largest)
    values[0, 3] = largest
    values[1, :] = largest
    actual = check(values, dtype)
    assert actual[0, 3] == 1.0


@pytest.mark.filterwarnings("ignore:All-NaN:RuntimeWarning")
@pytest.mark.parametrize("num_cols", [6, 256, 20480])
def test_softmax_treats_special_values_as_numpy_does(device: Device, num_cols: int) -> None:
    values = np.zeros((6, num_cols))
    values[0, :] = -INF
    values[1, 2] = NAN
    values[2, 4] = INF
    values[3, :-1] = -INF
    values[4, 0] = -INF
    values[5, :] = NAN
    actual = check(values, "float32")
    assert np.isnan(actual[[0, 1, 2, 5]]).all()
    np.testing.assert_array_equal(actual[3], np.eye(num_cols)[-1])


@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_sums_half_types_in_float32(device: Device, dtype: str) -> None:
    # A float16 sum of 16384 ones would stop at 2048, a bfloat16 one at 256.
    actual = check(np.zeros((1, 16384)), dtype)
    np.testing.assert_array_equal(actual, np.full((1, 16384), 2.0**-14))


def test_softmax_is_unchanged_by_adding_a_constant(device: Device) -> None:
    values = np.round(normal(2, 100))
    np.testing.assert_array_equal(check(values, "float32"), check(values + 1024.0, "float32"))


def test_softmax_of_a_slice_of_columns(device: Device) -> None:
    whole = normal(4, 48).astype(np.float32)
    for part in (whole[:, 16:32], whole[:, 3:20], whole[1:3, 5:6], whole[::2, :32]):
        y = vt_kernels.softmax(Tensor(part, "float32"))
        assert_close(y.array, softmax_f64(part), "float32")
    assert [launch.variant.alignment for launch in device.launches] == [16, 1, 1, 16]


def test_softmax_of_an_expanded_row(device: Device) -> None:
    row = np.broadcast_to(normal(32).astype(np.float32), (3, 32))
    y = vt_kernels.softmax(Tensor(row, "float32"))
    assert_close(y.array, softmax_f64(row), "float32")


@pytest.mark.parametrize("offset", [0, 1])
@pytest.mark.parametrize("num_cols", [64, 63])
def test_softmax_launches_the_aligned_variant_only_when_it_may(device: Device, offset: int, num_cols: int) -> None:
    memory = np.zeros(256 + offset, np.float32)
    start = (-memory.ctypes.data // 4) % 4 + offset
    stored = memory[start : start + num_cols].reshape(1, num_cols)
    stored[:] = normal(1, num_cols)
    y = vt_kernels.softmax(Tensor(stored, "float32"))
    assert_close(y.array, softmax_f64(stored), "float32")
    (launch,) = device.launches
    expected = 16 if num_cols == 64 and not (stored.ctypes.data | y.data_ptr()) % 16 else 1
    assert launch.variant.alignment == expected
