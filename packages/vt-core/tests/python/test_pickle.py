# SPDX-License-Identifier: Apache-2.0
"""Pickling and copying: dtype, layout, class, attributes and shared memory survive."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
import torch
import vt_core as vt
from exchange import DTYPE_NAMES, torch_from_vt, vt_from_torch

PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


class Labelled(vt.Tensor):
    """A subclass at module level, as pickle needs."""


def through_pickle(value: Any, protocol: int = pickle.HIGHEST_PROTOCOL) -> Any:
    return pickle.loads(pickle.dumps(value, protocol))


COPIES = pytest.mark.parametrize("duplicate", [through_pickle, copy.deepcopy], ids=["pickle", "deepcopy"])


@COPIES
@pytest.mark.parametrize("name", DTYPE_NAMES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0), (2, 3)])
def test_every_dtype_keeps_its_bits(duplicate: Any, name: str, shape: tuple[int, ...]) -> None:
    source = torch.randn(shape).mul(3).abs().to(getattr(torch, name))
    tensor = vt_from_torch(source)
    result = duplicate(tensor)
    assert result.dtype is tensor.dtype
    assert tuple(result.shape) == shape
    assert repr(result) == repr(tensor)
    assert result is not tensor
    assert not result._is_alias_of(tensor)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol(protocol: int) -> None:
    assert through_pickle(vt.tensor([1.5, 2.5]), protocol).tolist() == [1.5, 2.5]


@COPIES
def test_strides_and_offset_are_kept(duplicate: Any) -> None:
    view = vt.ops.arange(24).reshape(4, 6).transpose(0, 1)[1:5, 1:]
    result = duplicate(view)
    assert result.stride() == view.stride()
    assert result.storage_offset() == view.storage_offset()
    assert result.tolist() == view.tolist()


@COPIES
def test_expanded_tensor_stays_small(duplicate: Any) -> None:
    result = duplicate(vt.tensor([[7.0]]).expand(1000, 1000))
    assert result.stride() == (0, 0)
    assert len(pickle.dumps(result)) < 1000


@COPIES
def test_views_share_memory_afterwards(duplicate: Any) -> None:
    base = vt.ops.arange(6)
    first, second, other = duplicate([base[:4], base[2:], vt.ops.arange(6)])
    first[3] = 100
    assert second.tolist() == [2, 100, 4, 5]
    assert base.tolist() == [0, 1, 2, 3, 4, 5]
    assert other.tolist() == [0, 1, 2, 3, 4, 5]


@COPIES
def test_one_object_stays_one_object(duplicate: Any) -> None:
    tensor = vt.tensor([1.0])
    first, second = duplicate((tensor, tensor))
    assert first is second


@COPIES
def test_subclass_and_attributes_are_kept(duplicate: Any) -> None:
    tensor = Labelled([1.0, 2.0])
    tensor.label = ["a", "b"]
    tensor.partner = vt.tensor([3.0])
    result = duplicate(tensor)
    assert type(result) is Labelled
    assert result.label == ["a", "b"]
    assert result.label is not tensor.label
    assert result.partner.tolist() == [3.0]
    assert not result.partner._is_alias_of(tensor.partner)


@COPIES
def test_tensor_that_refers_to_itself(duplicate: Any) -> None:
    tensor = vt.tensor([1.0])
    tensor.me = tensor
    result = duplicate(tensor)
    assert result.me is result
    assert result is not tensor


def test_copy_shares_memory() -> None:
    tensor = Labelled([1.0, 2.0])
    tensor.label = ["a"]
    result = copy.copy(tensor)
    assert type(result) is Labelled
    assert result is not tensor
    assert result.label is tensor.label
    result.fill_(9)
    assert tensor.tolist() == [9, 9]


@COPIES
def test_meta_tensor(duplicate: Any) -> None:
    tensor = vt.ops.empty((2, 3), dtype=vt.int16, device="meta")
    result = duplicate(tensor)
    assert result.device.type == "meta"
    assert (tuple(result.shape), result.dtype) == ((2, 3), vt.int16)


def test_bytes_are_read_when_pickled_not_before() -> None:
    tensor = vt.tensor([1.0])
    through_pickle(tensor)
    tensor.fill_(2)
    assert through_pickle(tensor).tolist() == [2.0]


def test_pickle_is_read_by_a_fresh_process(tmp_path) -> None:
    import subprocess
    import sys

    path = tmp_path / "tensor.pickle"
    path.write_bytes(pickle.dumps({"w": vt.tensor([[1.0, 2.0]])}))
    code = f"import pickle; print(pickle.load(open({str(path)!r}, 'rb'))['w'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "tensor([[1., 2.]])\n"


@pytest.mark.parametrize(
    "value",
    [vt.float32, vt.bool, vt.device("cpu"), vt.ops.add, vt.Size((1, 2))],
    ids=["f32", "bool", "device", "op", "size"],
)
def test_companions_survive(value: Any) -> None:
    result = through_pickle(value)
    assert result == value
    assert type(result) is type(value)
    assert copy.deepcopy(value) == value


def test_generator_keeps_its_place() -> None:
    generator = vt.Generator()
    generator.manual_seed(5)
    assert through_pickle(generator).get_state() == generator.get_state()


def test_torch_reads_back_what_was_stored() -> None:
    source = torch.randn(3, 4)
    assert torch.equal(torch_from_vt(through_pickle(vt_from_torch(source))), source)
