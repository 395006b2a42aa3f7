# SPDX-License-Identifier: Apache-2.0
"""In-place changes of sizes, strides and storage under autograd."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import vt_autograd as ag
import vt_core as vt

ops = vt.ops


def leaf() -> vt.Tensor:
    return vt.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=vt.float64, requires_grad=True)


def weights(y: vt.Tensor) -> vt.Tensor:
    return ops.arange(1.0, y.numel() + 1, dtype=vt.float64).view(y.shape)


CHANGES: dict[str, Callable[[vt.Tensor], vt.Tensor]] = {
    "t_": lambda y: y.t_(),
    "transpose_": lambda y: y.transpose_(0, 1),
    "swapaxes_": lambda y: y.swapaxes_(0, 1),
    "unsqueeze_": lambda y: y.unsqueeze_(1),
    "squeeze_": lambda y: y.unsqueeze_(0).squeeze_(),
    "squeeze_ dim": lambda y: y.unsqueeze_(2).squeeze_(2),
    "as_strided_": lambda y: y.as_strided_((2, 2), (1, 2)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_result_changes_with_its_history(change: Callable[[vt.Tensor], vt.Tensor]) -> None:
    def function(x: vt.Tensor) -> vt.Tensor:
        y = x * x
        assert change(y) is y
        return y * weights(y)

    assert ag.gradcheck(function, (leaf(),))
    assert ag.gradgradcheck(function, (leaf(),))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_view_changes_with_its_history_and_is_still_one(change: Callable[[vt.Tensor], vt.Tensor]) -> None:
    def function(x: vt.Tensor) -> vt.Tensor:
        base = ops.stack((x * x, x))
        view = base[0]
        change(view)
        view.mul_(weights(view))
        return base * 1

    assert ag.gradcheck(function, (leaf(),))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_leaf_is_refused(change: Callable[[vt.Tensor], vt.Tensor]) -> None:
    x = leaf()
    with pytest.raises(RuntimeError, match="leaf Variable that requires grad"):
        change(x)
    assert x.shape == (2, 3)
    with pytest.raises(RuntimeError, match="a view of a leaf Variable"):
        change(x[:])


def test_a_view_taken_before_follows_the_changed_base() -> None:
    x = leaf()
    y = x * 2
    row = y[0]
    y.t_()
    row.mul_(10)
    ops.sum(y).backward()
    assert x.grad.tolist() == [[20, 20, 20], [2, 2, 2]]


STORAGE: dict[str, Callable[[vt.Tensor], vt.Tensor]] = {
    "resize_": lambda y: y.resize_(3),
    "resize_as_": lambda y: y.resize_as_(ops.zeros((3,))),
    "set_": lambda y: y.set_(),
    "set_ source": lambda y: y.set_(ops.zeros((3,), dtype=vt.float64)),
}


@pytest.mark.parametrize("change", STORAGE.values(), ids=STORAGE.keys())
def test_what_requires_grad_keeps_its_storage(change: Callable[[vt.Tensor], vt.Tensor]) -> None:
    x = leaf()
    for tensor in (x, x * 2):
        with pytest.raises(RuntimeError):
            change(tensor)
        assert tensor.shape == (2, 3)


def test_a_view_that_left_its_base_no_longer_writes_it() -> None:
    x = vt.tensor([1.0, 2.0], requires_grad=True)
    base = ops.zeros((4,))
    view = base[:2]
    view.resize_(8).fill_(0)
    view.narrow(0, 0, 2).copy_(x)
    assert view.requires_grad
    assert not base.requires_grad
    ops.sum(view).backward()
    assert x.grad.tolist() == [1, 1]


def test_parts_of_an_unsafe_split_are_written_each_by_itself() -> None:
    x = vt.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
    first, second = ops.unsafe_split(x * 1, 2)
    first.mul_(3)
    (ops.sum(first) + ops.sum(second)).backward()
    assert x.grad.tolist() == [3, 3, 1, 1]


@pytest.mark.parametrize("read", [vt.Tensor.numpy, np.asarray, np.from_dlpack, vt.from_dlpack])
def test_a_view_is_shared_unless_it_requires_grad(read):
    x = vt.ops.zeros((3,))
    read(x[1:])[0] = 5.0
    assert x.tolist() == [0.0, 5.0, 0.0]
    with pytest.raises((RuntimeError, BufferError), match="requires grad"):
        read(x.requires_grad_()[1:])
