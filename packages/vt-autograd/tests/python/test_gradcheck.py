# SPDX-License-Identifier: Apache-2.0
"""The checker finds wrong derivatives and refuses what it cannot check."""

import pytest
import vt_autograd as ag
import vt_core as vt


class WrongSquare(ag.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * x * 2.02


class WrongSecond(ag.Function):
    """Right to first order: its gradient is a constant to the second."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * x.detach() * 2.0


@pytest.fixture
def x():
    return vt.tensor([1.0, 2.0], dtype=vt.float64).requires_grad_()


def test_wrong_derivative_is_found(x):
    with pytest.raises(ag.GradcheckError, match=r"output 0 by input 0: element 0 by element 0"):
        ag.gradcheck(WrongSquare.apply, x)
    assert ag.gradcheck(WrongSquare.apply, x, raise_exception=False) is False


def test_wrong_second_derivative_is_found(x):
    assert ag.gradcheck(WrongSecond.apply, x)
    with pytest.raises(ag.GradcheckError):
        ag.gradgradcheck(WrongSecond.apply, x)


def test_cut_graph_is_found(x):
    with pytest.raises(ag.GradcheckError):
        ag.gradcheck(lambda x: x * x.detach(), x)


def test_refusals(x):
    with pytest.raises(ValueError, match="no input requires grad"):
        ag.gradcheck(lambda x: x, vt.tensor([1.0], dtype=vt.float64))
    with pytest.raises(ValueError, match="float32, expected float64"):
        ag.gradcheck(lambda x: x, vt.tensor([1.0]).requires_grad_())
    with pytest.raises(NotImplementedError, match="complex"):
        ag.gradcheck(lambda x: x, vt.tensor([1.0j]).requires_grad_())
    with pytest.raises(NotImplementedError, match="complex"):
        ag.gradcheck(lambda x: x * 1.0j, x)


def test_several_outputs_and_inputs(x):
    b = vt.tensor([[3.0], [4.0]], dtype=vt.float64).requires_grad_()
    constant = vt.tensor([2.0, 2.0], dtype=vt.float64)
    assert ag.gradcheck(lambda a, b, c: (a * b, a + c), (x, b, constant))
    assert ag.gradgradcheck(lambda a, b, c: (a * b, a * a * c), (x, b, constant))
