# SPDX-License-Identifier: Apache-2.0
"""What vt-core's Python face does with tensors that have a graph: printing, copies, NumPy and DLPack."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import torch
import vt_autograd  # noqa: F401
import vt_core as vt


@pytest.fixture
def leaf() -> vt.Tensor:
    return vt.tensor([1.0, 2.0], requires_grad=True)


def test_text_names_the_node_as_torch_does(leaf: vt.Tensor) -> None:
    theirs = torch.tensor([1.0, 2.0], requires_grad=True)
    assert repr(leaf) == repr(theirs)
    assert repr(leaf + 1) == repr(theirs + 1)
    assert repr((leaf * leaf).sum()) == repr((theirs * theirs).sum())
    assert repr(leaf.detach()) == repr(theirs.detach())
    wide, their_wide = vt.ops.ones((30,)), torch.ones(30)
    wide.requires_grad, their_wide.requires_grad = True, True
    assert repr(wide + 1) == repr(their_wide + 1)


def test_array_of_a_tensor_with_a_graph_is_refused(leaf: vt.Tensor) -> None:
    message = "Can't call numpy\\(\\) on Tensor that requires grad"
    for tensor in (leaf, leaf + 1):
        for ask in (tensor.numpy, lambda t=tensor: np.asarray(t)):
            with pytest.raises(RuntimeError, match=message):
                ask()
        with pytest.raises(BufferError, match="requires grad"):
            tensor.__dlpack__()
        with pytest.raises(BufferError, match="requires grad"):
            memoryview(tensor)
        assert tensor.numpy(force=True).tolist() == tensor.tolist()
        assert tensor.detach().numpy().tolist() == tensor.tolist()


def test_deepcopy_of_a_leaf_copies_its_gradient(leaf: vt.Tensor) -> None:
    (leaf * 3).sum().backward()
    duplicate = copy.deepcopy(leaf)
    assert duplicate.requires_grad
    assert duplicate.is_leaf
    assert duplicate.grad is not leaf.grad
    assert duplicate.grad.tolist() == [3, 3]
    (duplicate * 2).sum().backward()
    assert duplicate.grad.tolist() == [5, 5]
    assert leaf.grad.tolist() == [3, 3]


def test_deepcopy_of_a_result_is_refused(leaf: vt.Tensor) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)Only Tensors created explicitly by the user.*AddBackward0"):
        copy.deepcopy(leaf + 1)


def test_pickle_keeps_requires_grad_and_drops_the_graph(leaf: vt.Tensor) -> None:
    for tensor in (leaf, leaf + 1):
        result = pickle.loads(pickle.dumps(tensor))
        assert result.requires_grad
        assert result.is_leaf
        assert result.grad is None
        assert result.tolist() == tensor.tolist()


def test_asarray_keeps_the_graph(leaf: vt.Tensor) -> None:
    result = leaf + 1
    assert vt.asarray(result) is result
    assert vt.asarray(result, requires_grad=True).is_leaf
    assert vt.as_tensor(result, dtype=vt.float64).grad_fn is not None
