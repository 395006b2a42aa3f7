# SPDX-License-Identifier: Apache-2.0
"""DLPack exchange with NumPy and PyTorch, both ways, and the protocol's arguments."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
import pytest
import torch
import vt_core as vt
from capsules import READ_ONLY, Producer
from exchange import DTYPE_NAMES, torch_from_vt, vt_from_torch

NUMPY_NAMES = [name for name in DTYPE_NAMES if not name.startswith(("bfloat", "float8"))]


def sample(name: str, shape: tuple[int, ...] = (2, 3, 4)) -> torch.Tensor:
    return torch.arange(int(np.prod(shape))).reshape(shape).to(getattr(torch, name))


@pytest.mark.parametrize("name", DTYPE_NAMES)
@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (5,), (2, 3, 4)])
def test_from_torch(name: str, shape: tuple[int, ...]) -> None:
    source = sample(name, shape)
    tensor = vt.from_dlpack(source)
    assert tensor.dtype is getattr(vt, name)
    assert tuple(tensor.shape) == shape
    assert torch_from_vt(tensor).view(torch.uint8 if shape else source.dtype).tolist() == (
        source.view(torch.uint8 if shape else source.dtype).tolist()
    )


@pytest.mark.parametrize("name", DTYPE_NAMES)
@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (5,), (2, 3, 4)])
def test_to_torch(name: str, shape: tuple[int, ...]) -> None:
    tensor = vt_from_torch(sample(name, shape))
    result = torch.from_dlpack(tensor)
    assert result.dtype == getattr(torch, name)
    assert tuple(result.shape) == shape
    assert result.float().tolist() == sample(name, shape).float().tolist() if name[0] != "c" else True


@pytest.mark.parametrize("name", NUMPY_NAMES)
def test_numpy_both_ways(name: str) -> None:
    array = np.arange(6).reshape(2, 3).astype(name)
    tensor = vt.from_dlpack(array)
    assert tensor.tolist() == array.tolist()
    back = np.from_dlpack(tensor)
    assert back.dtype == array.dtype
    assert back.ctypes.data == array.ctypes.data


def test_views_keep_strides_and_offset() -> None:
    source = torch.arange(24.0).reshape(2, 3, 4)[:, 1:, ::2].transpose(0, 2)
    tensor = vt.from_dlpack(source)
    assert tensor.stride() == source.stride()
    assert tensor.tolist() == source.tolist()
    back = torch.from_dlpack(tensor)
    assert back.stride() == source.stride()
    assert back.data_ptr() == source.data_ptr()


def test_memory_is_shared() -> None:
    source = torch.zeros(3)
    tensor = vt.from_dlpack(source)
    tensor.fill_(2)
    assert source.tolist() == [2, 2, 2]
    torch.from_dlpack(tensor)[0] = 5
    assert tensor.tolist() == [5, 2, 2]


def test_memory_outlives_its_maker() -> None:
    tensor = vt.from_dlpack(torch.arange(1000.0))
    gc.collect()
    result = torch.from_dlpack(tensor)
    del tensor
    gc.collect()
    assert result.sum().item() == 499500


def test_protocol_asks_for_a_versioned_capsule_first() -> None:
    producer = Producer()
    vt.from_dlpack(producer)
    assert producer.asked[0]["max_version"][0] == 1


def test_producer_that_knows_no_versions_is_asked_again() -> None:
    class Old:
        def __init__(self) -> None:
            self.producer = Producer(versioned=False)

        def __dlpack__(self, stream: Any = None) -> Any:
            return self.producer.capsule()

        def __dlpack_device__(self) -> tuple[int, int]:
            return 1, 0

    assert vt.from_dlpack(Old()).shape == (2, 3)


def capsule_name(capsule: object) -> str:
    return repr(capsule).split('"')[1]


def test_export_honours_max_version() -> None:
    tensor = vt.tensor([1.0])
    assert capsule_name(tensor.__dlpack__()) == "dltensor"
    assert capsule_name(tensor.__dlpack__(max_version=(0, 8))) == "dltensor"
    assert capsule_name(tensor.__dlpack__(max_version=(1, 0))) == "dltensor_versioned"
    assert capsule_name(tensor.__dlpack__(max_version=(2, 5))) == "dltensor_versioned"
    assert tuple(tensor.__dlpack_device__()) == (1, 0)


def test_unconsumed_capsule_gives_its_tensor_back() -> None:
    tensor = vt.tensor([1.0, 2.0])
    before = tensor._use_count()
    for options in [{}, {"max_version": (1, 0)}]:
        capsule = tensor.__dlpack__(**options)
        assert tensor._use_count() > before
        del capsule
        gc.collect()
        assert tensor._use_count() == before


def test_copy_argument_of_export() -> None:
    tensor = vt.tensor([1.0, 2.0])
    copied = np.from_dlpack(tensor, copy=True)
    tensor.fill_(0)
    assert copied.tolist() == [1, 2]
    shared = np.from_dlpack(tensor, copy=False)
    tensor.fill_(3)
    assert shared.tolist() == [3, 3]


def test_read_only_is_kept_in_both_directions() -> None:
    tensor = vt.from_dlpack(Producer(flags=READ_ONLY))
    with pytest.raises(RuntimeError, match="read-only"):
        tensor.fill_(1)
    assert not np.from_dlpack(tensor).flags.writeable
    with pytest.raises(BufferError):
        tensor.__dlpack__()


@pytest.mark.parametrize(
    "options",
    [
        {"max_version": (1,)},
        {"max_version": "1.0"},
        {"max_version": 1},
        {"max_version": (1, "x")},
        {"dl_device": (2, 0)},
        {"dl_device": (1, 5)},
        {"dl_device": "cpu"},
        {"dl_device": (1,)},
        {"stream": 7},
        {"stream": "s"},
        {"copy": 3},
        {"unknown": 1},
    ],
    ids=str,
)
def test_bad_export_arguments_are_refused(options: dict[str, Any]) -> None:
    tensor = vt.tensor([1.0])
    before = tensor._use_count()
    with pytest.raises((BufferError, ValueError, TypeError)):
        tensor.__dlpack__(**options)
    gc.collect()
    assert tensor._use_count() == before


def test_meta_tensor_is_not_exported() -> None:
    with pytest.raises(BufferError):
        vt.ops.empty((2,), device="meta").__dlpack__()


def test_exchange_table_is_on_the_type() -> None:
    assert repr(vt.Tensor.__dlpack_c_exchange_api__).startswith('<capsule object "dlpack_exchange_api"')
