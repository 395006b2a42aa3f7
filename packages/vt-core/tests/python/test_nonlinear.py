# SPDX-License-Identifier: Apache-2.0
"""Activations at their kinks, at infinities and at NaN, compared with PyTorch at run time; slopes that are drawn."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
import torch.nn.functional as F
import vt_core as vt
from exchange import torch_from_vt, vt_from_torch

INFINITY = math.inf
POINTS = [math.nan, INFINITY, -INFINITY, 0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 3.0, -3.0, 6.0, 20.5, -20.5, 100.0, -100.0]

# Ours, PyTorch's, and the gradient by the input of ours from a gradient of ones.
ACTIVATIONS: dict[str, tuple[Any, Any, Any]] = {
    "elu": (vt.ops.elu, F.elu, lambda g, x: vt.ops.elu_backward(g, x, 1, 1, 1)),
    "selu": (vt.ops.selu, F.selu, None),
    "celu": (lambda x: vt.ops.celu(x, 1.5), lambda x: F.celu(x, 1.5), None),
    "hardshrink": (vt.ops.hardshrink, F.hardshrink, lambda g, x: vt.ops.shrink_backward(g, x, 0.5)),
    "softshrink": (vt.ops.softshrink, F.softshrink, lambda g, x: vt.ops.shrink_backward(g, x, 0.5)),
    "hardsigmoid": (vt.ops.hardsigmoid, F.hardsigmoid, vt.ops.hardsigmoid_backward),
    "hardswish": (vt.ops.hardswish, F.hardswish, vt.ops.hardswish_backward),
    "hardtanh": (vt.ops.hardtanh, F.hardtanh, lambda g, x: vt.ops.hardtanh_backward(g, x, -1, 1)),
    "relu6": (vt.ops.relu6, F.relu6, lambda g, x: vt.ops.hardtanh_backward(g, x, 0, 6)),
    "log_sigmoid": (vt.ops.log_sigmoid, F.logsigmoid, vt.ops.log_sigmoid_backward),
    "mish": (vt.ops.mish, F.mish, None),
    "softsign": (vt.ops.softsign, F.softsign, None),
    "tanhshrink": (vt.ops.tanhshrink, F.tanhshrink, vt.ops.tanhshrink_backward),
    "threshold": (
        lambda x: vt.ops.threshold(x, 0.5, 7),
        lambda x: F.threshold(x, 0.5, 7),
        lambda g, x: vt.ops.threshold_backward(g, x, 0.5),
    ),
    "rrelu": (vt.ops.rrelu, F.rrelu, None),
}


def _equal(ours: vt.Tensor, theirs: torch.Tensor, tolerance: float) -> None:
    torch.testing.assert_close(torch_from_vt(ours), theirs, rtol=tolerance, atol=1e-30, equal_nan=True)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16], ids=str)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_special_values_are_pytorchs(name: str, dtype: torch.dtype) -> None:
    ours, theirs, gradient = ACTIVATIONS[name]
    x = torch.tensor(POINTS, dtype=dtype, requires_grad=True)
    expected = theirs(x)
    tolerance = {torch.float64: 1e-12, torch.float32: 2e-6, torch.float16: 2e-3, torch.bfloat16: 2e-2}[dtype]
    if name == "tanhshrink" and dtype in (torch.float16, torch.bfloat16):
        expected = theirs(x.float()).to(dtype)  # it is rounded once here, in steps there
    _equal(ours(vt_from_torch(x.detach())), expected.detach(), tolerance)
    if name == "hardsigmoid":
        tolerance = max(tolerance, 1e-7)  # PyTorch's gradient is multiplied by a sixth in float32
    if gradient:
        expected.sum().backward()
        ones = vt_from_torch(torch.ones_like(x).detach())
        # At NaN PyTorch's loops for different dtypes disagree.
        _equal(gradient(ones, vt_from_torch(x.detach()))[1:], x.grad[1:], tolerance)


def test_large_and_small_elements_of_mish_are_exact() -> None:
    x = torch.tensor([-80.0, -40.0, -1e-8, 1e-8, 15.0, 50.0, 90.0, 1e30], dtype=torch.float32)
    exact = F.mish(x.double())
    torch.testing.assert_close(torch_from_vt(vt.ops.mish(vt_from_torch(x))).double(), exact, rtol=4e-7, atol=0)
    slopes = vt.ops.mish_backward(vt.ones(8), vt_from_torch(x))
    wide = x.double().requires_grad_()
    F.mish(wide).sum().backward()
    torch.testing.assert_close(torch_from_vt(slopes).double(), wide.grad, rtol=2e-6, atol=0)


def test_bounds_of_integers_are_exact() -> None:
    large = 2**53 + 1
    x = vt.tensor([large - 1, large, large + 1])
    assert vt.ops.hardtanh(x, 0, large).tolist() == [large - 1, large, large]
    assert vt.ops.threshold(x, large, -large).tolist() == [-large, -large, large + 1]
    assert vt.ops.hardtanh(vt.tensor([-9, 9]), -2.5, 3.5).tolist() == [-2, 3]
    assert vt.ops.hardtanh(vt.tensor([9, 200], dtype=vt.uint8), 10, 100).tolist() == [10, 100]


def test_slopes_are_drawn_between_the_bounds_for_each_element() -> None:
    x = vt.full((4000,), -1.0)
    x[:1000] = 2.0
    generator = vt.Generator().manual_seed(7)
    out = vt.ops.rrelu(x, 0.2, 0.4, True, generator=generator)
    assert out[:1000].tolist() == [2.0] * 1000
    slopes = [-value for value in out[1000:].tolist()]
    assert 0.2 <= min(slopes) < 0.21
    assert 0.39 < max(slopes) <= 0.4
    assert len(set(slopes)) > 2500
    assert abs(sum(slopes) / len(slopes) - 0.3) < 0.005
    again = vt.ops.rrelu(x, 0.2, 0.4, True, generator=generator.manual_seed(7))
    assert again.tolist() == out.tolist()
    written = x.clone()
    assert vt.ops.rrelu_(written, 0.2, 0.4, True, generator=generator.manual_seed(7)) is written
    assert written.tolist() == out.tolist()
    with pytest.raises(NotImplementedError, match="rrelu: not implemented for int64"):
        vt.ops.rrelu(vt.tensor([1, 2]), 0.2, 0.4, True)


def test_halves_may_be_overwritten_by_what_they_gate() -> None:
    x = vt.tensor([[1.0, 2.0, 0.5, -0.5]])
    expected = vt.ops.glu(x).tolist()
    for half in (slice(0, 2), slice(2, 4)):
        written = x.clone()
        assert vt.ops.glu(written, out=written[:, half]).tolist() == expected
    with pytest.raises(RuntimeError, match="sizes of a half"):
        vt.ops.glu_backward(vt.ones(1, 4), x, 1)
