# SPDX-License-Identifier: Apache-2.0
"""Gradients averaged and parameters broadcast over ranks."""

from __future__ import annotations

import pytest
import vt_core as vt
import vt_fabric


class Parameter:
    """What data parallelism asks of a parameter, without an autograd plugin."""

    def __init__(self, grad: vt.Tensor | None) -> None:
        self.grad = grad
        self.dtype = vt.float32 if grad is None else grad.dtype
        self.device = vt.device("cpu")


def test_gradients_become_the_mean() -> None:
    def body(group: vt_fabric.LocalGroup) -> list[object]:
        parameters = [
            Parameter(vt.tensor([[1.0, 2.0], [3.0, 4.0]]).transpose(0, 1) * (group.rank + 1)),
            Parameter(None),
            Parameter(vt.tensor([10.0 * group.rank], dtype=vt.float64)),
            Parameter(vt.tensor(group.rank - 1.0)),
        ]
        vt_fabric.average_gradients(group, parameters)
        return [None if p.grad is None else p.grad.tolist() for p in parameters]

    expected = [[[1.5, 4.5], [3.0, 6.0]], None, [5.0], -0.5]
    assert vt_fabric.run_local(2, body) == [expected, expected]


def test_different_gradients_are_an_error_on_every_rank() -> None:
    def body(group: vt_fabric.LocalGroup) -> None:
        parameter = Parameter(vt.ops.ones(2 + group.rank))
        with pytest.raises(vt.ShapeError):
            vt_fabric.average_gradients(group, [parameter])
        assert parameter.grad is not None
        assert parameter.grad.tolist() == [1.0] * (2 + group.rank)

    vt_fabric.run_local(2, body)


def test_parameters_become_the_roots() -> None:
    def body(group: vt_fabric.LocalGroup) -> list[object]:
        tensors = [vt.tensor([group.rank, 7]), vt.ops.full((2, 2), float(group.rank)).transpose(0, 1)]
        vt_fabric.broadcast_parameters(group, tensors, root=1)
        return [t.tolist() for t in tensors]

    assert vt_fabric.run_local(3, body) == [[[1, 7], [[1.0, 1.0], [1.0, 1.0]]]] * 3
