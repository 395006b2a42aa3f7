# SPDX-License-Identifier: Apache-2.0
"""First and second derivatives of every row against central differences, over layouts."""

import math

import pytest
import vt_autograd as ag
import vt_core as vt


def numbers(*shape):
    count = math.prod(shape)
    flat = vt.tensor([math.sin(1.0 + 2.0 * k) for k in range(count)], dtype=vt.float64)
    return flat.reshape(shape)


def contiguous(*shape):
    return numbers(*shape)


def transposed(*shape):
    return numbers(*reversed(shape)).permute(tuple(reversed(range(len(shape)))))


def stepped(*shape):
    return numbers(*shape[:-1], 2 * shape[-1])[..., ::2] if shape else numbers()


LAYOUTS = [contiguous, transposed, stepped]

ONE = {
    "add scalar": (lambda x: x + 2.0, (2, 3)),
    "add itself": (lambda x: vt.add(x, x, alpha=3), (2, 3)),
    "mul scalar": (lambda x: x * 2.5, (2, 3)),
    "mul itself": (lambda x: x * x, (2, 3)),
    "sum": (lambda x: (x * x).sum(), (2, 3)),
    "sum of nothing": (lambda x: (x * x).sum(), (0, 3)),
    "sum of a scalar": (lambda x: (x * x).sum(), ()),
    "sum.dims": (lambda x: (x * x).sum((0, 2)), (2, 3, 2)),
    "sum.dims keepdim": (lambda x: (x * x).sum((1,), keepdim=True), (2, 3)),
    "sum.dims negative": (lambda x: (x * x).sum(-1), (2, 3)),
    "sum.dims none": (lambda x: vt.sum(x * x, None, keepdim=True), (2, 3)),
    "sum_to_size": (lambda x: (x * x).sum_to_size((1, 3)), (2, 3)),
    "clone": (lambda x: x.clone() * x, (2, 3)),
    "contiguous": (lambda x: x.contiguous() * x, (2, 3)),
    "to copy": (lambda x: x.to(copy=True) * x, (2, 3)),
    "to.device": (lambda x: x.to("cpu", copy=True) * x, (2, 3)),
    "to.dtype": (lambda x: x.to(vt.float64, copy=True) * x, (2, 3)),
    "to.other": (lambda x: x.to(numbers(1), copy=True) * x, (2, 3)),
    "view": (lambda x: (x * x).contiguous().view((3, 2)) * 2.0, (2, 3)),
    "reshape": (lambda x: x.reshape((3, 2)) * 2.0, (2, 3)),
    "reshape inferred": (lambda x: (x * x).reshape((-1,)), (2, 3)),
    "transpose": (lambda x: x.transpose(0, 1) * 2.0, (2, 3)),
    "permute": (lambda x: (x * x).permute((2, 0, -2)), (2, 3, 2)),
    "expand": (lambda x: x.expand((4, 2, 3)) * numbers(4, 2, 3), (2, 1)),
    "expand scalar": (lambda x: x.expand((2, 3)) * numbers(2, 3), ()),
    "slice": (lambda x: (x * x)[:, 1:], (2, 3)),
    "slice step": (lambda x: (x * x)[::2], (5, 2)),
    "slice empty": (lambda x: (x * x)[2:], (2, 3)),
    "select": (lambda x: (x * x)[1], (2, 3)),
    "select negative": (lambda x: (x * x)[:, -1], (2, 3)),
    "unsqueeze": (lambda x: (x * x).unsqueeze(-1), (2, 3)),
    "squeeze": (lambda x: (x * x).squeeze(), (2, 1, 3)),
    "squeeze.dim": (lambda x: (x * x).squeeze(1), (2, 1, 3)),
    "alias": (lambda x: vt.alias(x * x), (2, 3)),
    "as_strided": (lambda x: (x * x).contiguous().as_strided((2, 2), (1, 2)), (2, 3)),
    "as_strided offset": (lambda x: (x * x).contiguous().as_strided((2,), (2,), 1), (2, 3)),
    "as_strided overlapping": (lambda x: (x * x).contiguous().as_strided((3, 2), (1, 1)), (2, 3)),
    "slice_backward": (lambda x: vt.slice_backward(x * x, (4, 3), 0, 1, 3, 1), (2, 3)),
    "select_backward": (lambda x: vt.select_backward(x * x, (2, 3), 0, 1), (3,)),
    "as_strided_backward": (lambda x: vt.as_strided_backward(x * x, (2, 3), (3, 1), 0, (2, 2), (1, 2), 0), (2, 2)),
    "fill_": (lambda x: (x * x).fill_(3.0) * x, (2, 3)),
    "zero_": (lambda x: (x * x).zero_() + x * x, (2, 3)),
    "add_": (lambda x: (x * 1.0).add_(x, alpha=2) * x, (2, 3)),
    "mul_": (lambda x: (x * 1.0).mul_(x), (2, 3)),
    "setitem": (lambda x: set_row(x * 2.0, x * x), (2, 3)),
}

TWO = {
    "add": (lambda a, b: a + b, (2, 3), (2, 3)),
    "add alpha": (lambda a, b: vt.add(a, b, alpha=-1.5), (2, 3), (3,)),
    "add broadcast both": (lambda a, b: a + b, (2, 1), (1, 3)),
    "add scalar tensor": (lambda a, b: a + b, (2, 3), ()),
    "add nothing": (lambda a, b: a + b, (0, 3), (1, 3)),
    "mul": (lambda a, b: a * b, (2, 3), (2, 3)),
    "mul broadcast": (lambda a, b: a * b, (2, 3), (3,)),
    "mul broadcast both": (lambda a, b: a * b, (2, 1, 2), (3, 1)),
    "copy_": (lambda a, b: (a * 1.0).copy_(b) * a, (2, 3), (3,)),
}


def set_row(target, source):
    target[0] = source[1]
    return target


def leaf(layout, shape):
    return layout(*shape).detach().requires_grad_()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("case", ONE)
def test_derivative_of_one_input(case, layout):
    function, shape = ONE[case]
    x = leaf(layout, shape)
    assert ag.gradcheck(function, x)
    assert ag.gradgradcheck(function, x)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("case", TWO)
def test_derivative_of_two_inputs(case, layout):
    function, first, second = TWO[case]
    a, b = leaf(layout, first), leaf(layout, second)
    assert ag.gradcheck(function, (a, b))
    assert ag.gradgradcheck(function, (a, b))


def test_expanded_leaf():
    x = numbers(3, 1).detach().requires_grad_()
    assert ag.gradcheck(lambda x: x.expand((3, 4)) * x, x)


def test_a_bound_without_dimensions_has_a_gradient():
    bound = vt.tensor(1.5, dtype=vt.float64).requires_grad_()
    vt.tensor([1.0, 2.0], dtype=vt.float64).clamp(min=bound).sum().backward()
    assert bound.grad.item() == 1


def test_what_has_no_gradient_may_go_to_a_destination():
    x = vt.tensor([1.0, 2.0]).requires_grad_()
    out = vt.ops.zeros((2,), dtype=vt.bool)
    assert vt.ops.gt(x, 1.5, out=out).tolist() == [False, True]
    with pytest.raises(RuntimeError, match="out="):
        vt.ops.mul(x, 2, out=vt.ops.zeros((2,)))
