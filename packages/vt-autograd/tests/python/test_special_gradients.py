# SPDX-License-Identifier: Apache-2.0
"""Gradients of special functions and of random numbers that the op table does not reach."""

import math

import pytest
import vt_autograd as ag  # noqa: F401
import vt_core as vt


def test_the_exponent_of_zeta_has_no_derivative() -> None:
    exponent = vt.tensor([2.0]).requires_grad_()
    result = vt.ops.special_zeta(exponent, vt.tensor([1.0]))
    with pytest.raises(NotImplementedError, match="special_zeta: the derivative for self is not implemented"):
        result.sum().backward()


def test_gradients_flow_through_gamma_and_dirichlet_numbers() -> None:
    shape = vt.tensor([[0.5, 2.0, 3.0], [1.0, 1.0, 8.0]], dtype=vt.float64).requires_grad_()
    points = vt.ops._sample_dirichlet(shape, generator=vt.Generator().manual_seed(5))
    assert all(math.isclose(sum(row), 1.0) for row in points.tolist())
    points.select(1, 0).sum().backward()
    assert all(math.isfinite(g) and g != 0 for row in shape.grad.tolist() for g in row)


def test_logit_has_no_gradient_where_it_clamps() -> None:
    x = vt.tensor([0.1, 0.5, 0.95]).requires_grad_()
    vt.ops.logit(x, 0.2).sum().backward()
    assert x.grad.tolist() == [0.0, 4.0, 0.0]


def test_xlogy_is_flat_at_zero() -> None:
    x = vt.tensor([0.0, 0.0]).requires_grad_()
    vt.ops.xlogy(x, vt.tensor([0.0, math.e])).sum().backward()
    assert x.grad.tolist() == pytest.approx([0.0, 1.0])
