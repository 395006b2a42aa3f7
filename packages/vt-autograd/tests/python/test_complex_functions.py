# SPDX-License-Identifier: Apache-2.0
"""Gradients of complex functions by differences along both axes, in PyTorch's convention."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_autograd as ag
import vt_core as vt

STEP = 1e-6
POINTS = np.array([0.3 + 0.4j, -0.7 + 0.2j, 1.1 - 0.6j, -0.4 - 0.9j])
WEIGHTS = np.array([1.0 - 2.0j, 0.5 + 0.3j, -1.5 + 0.1j, 0.2 - 0.7j])


def tensor(array: Any) -> vt.Tensor:
    return vt.from_numpy(np.ascontiguousarray(array))


def loss(function: Any, z: Any) -> float:
    """The real part of the sum of conjugated weights times results."""
    return float((np.conj(WEIGHTS) * np.array(function(tensor(z)).tolist())).real.sum())


def by_differences(function: Any) -> np.ndarray:
    """d loss / dx + i d loss / dy at each point."""
    gradient = np.zeros(POINTS.shape, np.complex128)
    for k in range(POINTS.size):
        for axis in (1.0, 1.0j):
            step = np.zeros_like(POINTS)
            step[k] = STEP * axis
            gradient[k] += axis * (loss(function, POINTS + step) - loss(function, POINTS - step)) / (2 * STEP)
    return gradient


def recorded(function: Any, z: vt.Tensor) -> vt.Tensor:
    result = function(z)
    weights = WEIGHTS if result.dtype.is_complex else WEIGHTS.real
    return ag.grad(result, z, tensor(weights.copy()), create_graph=True)[0]


NAMES = [
    "abs",
    "angle",
    "sgn",
    "conj_physical",
    "exp",
    "exp2",
    "expm1",
    "log",
    "log1p",
    "log2",
    "log10",
    "sqrt",
    "rsqrt",
    "square",
    "reciprocal",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "acosh",
    "atanh",
    "sigmoid",
]


@pytest.mark.parametrize("name", NAMES)
def test_first_derivative(name: str) -> None:
    function = getattr(vt.ops, name)
    z = tensor(POINTS).requires_grad_()
    actual = np.array(recorded(function, z).tolist())
    np.testing.assert_allclose(actual, by_differences(function), rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_second_derivative(name: str) -> None:
    function = getattr(vt.ops, name)

    def slope(z: vt.Tensor) -> vt.Tensor:
        leaf = z.detach().requires_grad_()
        return recorded(function, leaf)

    z = tensor(POINTS).requires_grad_()
    first = recorded(function, z)
    if not first.requires_grad:
        assert name == "conj_physical"
        return
    second = ag.grad(first, z, tensor(WEIGHTS))[0]
    np.testing.assert_allclose(np.array(second.tolist()), by_differences(slope), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", ["abs", "angle", "sgn"])
def test_slope_at_the_origin_is_zero(name: str) -> None:
    z = tensor(np.zeros(1, np.complex128)).requires_grad_()
    result = getattr(vt.ops, name)(z)
    ones = vt.ops.ones_like(result)
    assert ag.grad(result, z, ones)[0].tolist() == [0j]
