# SPDX-License-Identifier: Apache-2.0
"""Views beyond the op table: bytes as other dtypes, storage that is resized or replaced, parts of complex numbers."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
import vt_core as vt

ops = vt.ops
NAMES = ("bool", "uint8", "int16", "int32", "int64", "float16", "float32", "float64", "complex64", "complex128")


@pytest.mark.parametrize(("source", "target"), list(product(NAMES, NAMES)))
def test_bytes_are_those_of_numpy(source: str, target: str) -> None:
    array = (np.arange(48) % (2 if source == "bool" else 127)).astype(source).reshape(3, 16)
    expected = array.view(target) if target != "bool" or source in ("bool", "uint8") else array.view("uint8")
    tensor = vt.from_numpy(array.copy())
    seen = tensor.view(getattr(vt, target if expected.dtype == np.dtype(target) else "uint8"))
    assert seen._is_alias_of(tensor)
    assert seen.numpy().tobytes() == expected.tobytes()
    assert tuple(seen.shape) == expected.shape


def test_reinterpretation_keeps_outer_strides() -> None:
    x = ops.zeros((3, 4))[:, :2]
    assert x.view(vt.float64).stride() == (2, 1)
    assert x.view(vt.int16).stride() == (8, 1)
    assert x.view(vt.int16).shape == (3, 4)
    assert x.view(dtype=vt.int32).shape == (3, 2)


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (lambda x: x.transpose(0, 1).view(vt.float64), "last dimension must have stride 1"),
        (lambda x: x[:, 1:3].view(vt.float64), "storage offset must be divisible by 2"),
        (lambda x: x[:, ::2].view(vt.int16), "last dimension must have stride 1"),
        (lambda x: ops.zeros((3, 3))[:, :2].view(vt.float64), "stride of dimension 0 must be divisible by 2"),
        (lambda x: ops.view_as_complex(x[:, 1:3]), "storage offset must be divisible by 2"),
        (lambda x: ops.view_as_complex(x[:2].transpose(0, 1)), "last dimension must have stride 1"),
        (lambda x: ops.view_as_complex(ops.zeros((3, 3))[:, :2]), "must be divisible by 2"),
    ],
)
def test_layouts_without_such_a_view_are_refused(view: Any, message: str) -> None:
    with pytest.raises(RuntimeError, match=message):
        view(ops.zeros((2, 4)))


def test_properties_are_views() -> None:
    x = ops.arange(6.0).view(2, 3)
    assert x.T.tolist() == x.mT.tolist() == x.H.tolist() == x.mH.tolist() == [[0, 3], [1, 4], [2, 5]]
    assert x.real is x
    for view in (x.T, x.mT, x.H, x.mH):
        assert view._is_alias_of(x)
    z = ops.complex(x, -x)
    assert z.mH.tolist() == [[a.conjugate() for a in row] for row in z.T.tolist()]
    z.real = 1
    z.imag = x
    assert z.tolist() == [[1 + 0j, 1 + 1j, 1 + 2j], [1 + 3j, 1 + 4j, 1 + 5j]]
    with pytest.raises(AttributeError, match="deleted"):
        del z.real
    with pytest.raises(RuntimeError, match="imag"):
        _ = x.imag
    with pytest.raises(RuntimeError, match="matrix_H"):
        _ = ops.zeros((1, 2, 3)).H


def test_a_tensor_that_grows_leaves_those_it_shared_storage_with() -> None:
    base = ops.arange(4.0)
    view = base[1:3]
    version = view._version
    assert view.resize_(50, 100) is view
    assert view._version == version + 1
    assert view.view(-1)[:2].tolist() == [1, 2]
    assert not view._is_alias_of(base)
    assert base.tolist() == [0, 1, 2, 3]
    view.fill_(9)
    assert base.tolist() == [0, 1, 2, 3]


def test_an_out_tensor_that_grows_leaves_those_it_shared_storage_with() -> None:
    base = ops.arange(4.0)
    view = base[:0]
    ops.add(ops.ones((3000,)), 1, out=view)
    assert base.tolist() == [0, 1, 2, 3]
    assert view.shape == (3000,)


def test_a_tensor_alone_on_its_storage_grows_and_shrinks() -> None:
    x = ops.arange(4.0)
    assert x.resize_(2, 3).view(-1)[:4].tolist() == [0, 1, 2, 3]
    assert x.resize_((2,)).tolist() == [0, 1]
    assert x.resize_(1, 2, 3, 4, memory_format=vt.channels_last).stride() == (24, 1, 8, 2)
    assert x.resize_as_(ops.zeros((2, 2))).shape == (2, 2)


def test_memory_of_others_is_not_resized() -> None:
    x = vt.from_numpy(np.arange(4.0))
    with pytest.raises(RuntimeError, match="not resizable"):
        x.resize_(5)
    assert x.resize_(2).tolist() == [0, 1]


def test_set_shares_storage_and_counts_writes_by_itself() -> None:
    x, source = ops.zeros((2,)), ops.arange(6.0)
    version = x._version
    assert x.set_(source) is x
    assert x._version == version + 1
    assert source._version == 0
    assert x._is_alias_of(source)
    assert x.set_(source, 1, (2, 2), (2, 1)).tolist() == [[1, 2], [3, 4]]
    assert x.set_(source, 2, (4,)).tolist() == [2, 3, 4, 5]
    assert x.set_().shape == (0,)
    with pytest.raises(RuntimeError, match="int32"):
        x.set_(ops.zeros((2,), dtype=vt.int32))


def test_complex_may_be_written_into_the_memory_of_its_parts() -> None:
    z = ops.complex(vt.tensor([1.0, 2.0]), vt.tensor([3.0, 4.0]))
    assert ops.complex(z.imag, z.real, out=z) is z
    assert z.tolist() == [3 + 1j, 4 + 2j]


def test_copies_of_views_go_into_out() -> None:
    x = ops.arange(6.0).view(2, 3)
    out = ops.empty((0,))
    assert ops.transpose_copy(x, 0, 1, out=out) is out
    assert out.tolist() == [[0, 3], [1, 4], [2, 5]]
    assert not out._is_alias_of(x)
    with pytest.raises(RuntimeError, match="another dtype than the result"):
        ops.transpose_copy(x, 0, 1, out=ops.empty((3, 2), dtype=vt.int32))


@pytest.mark.parametrize("dtype", ["int8", "int16", "float32", "float64", "complex128"])
@pytest.mark.parametrize("shape", [(8, 8), (16, 300), (17, 33), (257, 40), (1000, 9)])
def test_copies_of_transposed_and_backward_views_are_those_of_numpy(shape: tuple[int, int], dtype: str) -> None:
    array = np.arange(3 * shape[0] * shape[1]).reshape(3, *shape).astype(dtype)
    tensor = vt.from_numpy(array.copy())
    for dims in ((0, 2, 1), (2, 1, 0), (1, 2, 0)):
        assert (tensor.permute(*dims).contiguous().numpy() == array.transpose(dims)).all()
    part = tensor[:, 1:, 2:].transpose(1, 2)
    assert (part.contiguous().numpy() == array[:, 1:, 2:].swapaxes(1, 2)).all()
    target = ops.zeros(3, shape[1], shape[0] + 3, dtype=tensor.dtype)
    target[:, :, 3:] = tensor.transpose(1, 2)
    assert (target.numpy()[:, :, 3:] == array.swapaxes(1, 2)).all()
    assert (target.numpy()[:, :, :3] == 0).all()
    for dim in (0, 1, 2):
        assert (ops.flip(tensor, [dim]).numpy() == np.flip(array, dim)).all()


@pytest.mark.parametrize("dtype", ["uint8", "int64", "float32", "complex128"])
@pytest.mark.parametrize("steps", [(2, 2), (2, 1), (1, 3), (3, 2)])
@pytest.mark.parametrize("count", [31, 32, 33, 1000])
def test_operands_of_every_second_or_third_element_are_those_of_numpy(
    count: int, steps: tuple[int, int], dtype: str
) -> None:
    rng = np.random.default_rng(count)
    a, b = (rng.integers(0, 60, step * count).astype(dtype)[::step] for step in steps)
    x, y = vt.from_numpy(a.copy()), vt.from_numpy(b.copy())
    x_wide, y_wide = ops.zeros(steps[0] * count, dtype=x.dtype), ops.zeros(steps[1] * count, dtype=y.dtype)
    x_seen, y_seen = x_wide[:: steps[0]], y_wide[:: steps[1]]
    x_seen.copy_(x)
    y_seen.copy_(y)
    assert ((x_seen + y_seen).numpy() == a + b).all()
    assert ((x_seen == y_seen).numpy() == (a == b)).all()
    x_seen.mul_(y_seen)
    assert (x_seen.numpy() == a * b).all()
    assert steps[0] == 1 or not x_wide[1 :: steps[0]].any().item()
