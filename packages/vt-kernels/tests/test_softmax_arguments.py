# SPDX-License-Identifier: Apache-2.0
"""What softmax refuses, and the words it does it with."""

import numpy as np
import pytest
import vt_kernels
from interpreted import Device, DeviceName, Tensor


def tensor(*shape: int, **options: object) -> Tensor:
    return Tensor(np.ones(shape, np.float32), "float32", **options)  # type: ignore[arg-type]


def test_softmax_rejects_what_is_no_tensor(device: Device) -> None:
    with pytest.raises(TypeError, match=r"^softmax: x is no tensor: got ndarray, expected vt_core.Tensor$"):
        vt_kernels.softmax(np.ones(3))  # type: ignore[arg-type]


@pytest.mark.parametrize("dim", [2, -3])
def test_softmax_rejects_a_dim_out_of_range(device: Device, dim: int) -> None:
    with pytest.raises(IndexError, match=rf"^softmax: dim is out of range: got {dim}, expected -2 to 1 for shape"):
        vt_kernels.softmax(tensor(2, 3), dim)


@pytest.mark.parametrize("dim", [1.0, None, True])
def test_softmax_rejects_a_dim_that_is_no_int(device: Device, dim: object) -> None:
    with pytest.raises(TypeError, match=r"^softmax: dim is no int"):
        vt_kernels.softmax(tensor(2, 3), dim)  # type: ignore[arg-type]


@pytest.mark.parametrize("dim", [0, -2])
def test_softmax_rejects_a_dim_that_is_not_the_last(device: Device, dim: int) -> None:
    with pytest.raises(NotImplementedError, match=rf"^softmax: unsupported dim: got {dim} for shape \(2, 3\)"):
        vt_kernels.softmax(tensor(2, 3), dim)


def test_softmax_takes_the_last_dim_by_number(device: Device) -> None:
    by_number = vt_kernels.softmax(tensor(2, 3), 1)
    np.testing.assert_array_equal(by_number.array, vt_kernels.softmax(tensor(2, 3), dim=-1).array)


def test_softmax_rejects_another_dtype(device: Device) -> None:
    with pytest.raises(NotImplementedError, match=r"^softmax: unsupported dtype and device: got int32 on cuda:0"):
        vt_kernels.softmax(Tensor(np.ones(3, np.int32), "int32"))


def test_softmax_rejects_another_device(device: Device) -> None:
    with pytest.raises(NotImplementedError, match=r"^softmax: unsupported dtype and device: got float32 on cpu:0"):
        vt_kernels.softmax(tensor(3, device=DeviceName("cpu", 0)))


def test_softmax_refuses_to_cut_the_graph(device: Device) -> None:
    with pytest.raises(NotImplementedError, match=r"^softmax: no derivative: .* requires grad; pass x.detach\(\)"):
        vt_kernels.softmax(tensor(3, requires_grad=True))


def test_softmax_rejects_a_strided_last_dim(device: Device) -> None:
    x = Tensor(np.ones((4, 3), np.float32).T, "float32")
    with pytest.raises(NotImplementedError, match=r"^softmax: unsupported layout: got shape \(3, 4\) with strides"):
        vt_kernels.softmax(x)


def test_softmax_rejects_rows_without_a_common_stride(device: Device) -> None:
    x = Tensor(np.ones((2, 3, 4), np.float32).transpose(1, 0, 2), "float32")
    with pytest.raises(NotImplementedError, match=r"^softmax: unsupported layout"):
        vt_kernels.softmax(x)


def test_softmax_rejects_a_row_too_long_to_count(device: Device) -> None:
    x = Tensor(np.broadcast_to(np.float32(1), (1, 2**31)), "float32")
    with pytest.raises(NotImplementedError, match=r"^softmax: too large: got shape"):
        vt_kernels.softmax(x)


def test_softmax_loads_each_variant_once(device: Device) -> None:
    for _ in range(3):
        vt_kernels.softmax(tensor(2, 5))
    assert (device.num_loads, len(device.launches)) == (1, 3)
