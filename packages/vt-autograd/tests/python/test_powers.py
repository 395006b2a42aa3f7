# SPDX-License-Identifier: Apache-2.0
"""Gradients of powers of complex numbers, compared with PyTorch at run time."""

from __future__ import annotations

import pytest
import torch
import vt_autograd  # noqa: F401
import vt_core as vt

BASES = [1.5 - 0.5j, -0.75 + 2j, 0.25j, -1.25 + 0j]


def _gradient(pow_, tensor, exponent, grad):
    leaf = tensor.clone().requires_grad_()
    pow_(leaf, exponent).backward(grad)
    return leaf.grad.tolist()


@pytest.mark.parametrize("exponent", [2, 3, -1, -2, 2.5, 0, 1 - 2j], ids=str)
def test_gradients_of_complex_bases_are_pytorchs(exponent: complex) -> None:
    grads = [1 + 1j, 2 - 1j, -0.5j, 1.0]
    theirs = _gradient(
        torch.pow, torch.tensor(BASES, dtype=torch.complex128), exponent, torch.tensor(grads).to(torch.complex128)
    )
    ours = _gradient(vt.ops.pow, vt.tensor(BASES, dtype=vt.complex128), exponent, vt.tensor(grads, dtype=vt.complex128))
    assert ours == pytest.approx(theirs, rel=1e-12)


def test_gradients_of_complex_exponents_of_a_number_are_pytorchs() -> None:
    grads = [1 + 1j, 2 - 1j, -0.5j, 1.0]
    for number in (2, 0.5, -2.0, 1 - 2j):
        theirs = _gradient(
            lambda x, n: torch.pow(n, x),
            torch.tensor(BASES, dtype=torch.complex128),
            number,
            torch.tensor(grads).to(torch.complex128),
        )
        ours = _gradient(
            lambda x, n: vt.ops.pow(n, x),
            vt.tensor(BASES, dtype=vt.complex128),
            number,
            vt.tensor(grads, dtype=vt.complex128),
        )
        assert ours == pytest.approx(theirs, rel=1e-12), number


def test_a_complex_base_squared_backwards_to_a_real_leaf() -> None:
    leaf = vt.tensor([3.0, -2.0]).requires_grad_()
    (leaf * (1 + 1j)).pow(2).backward(vt.tensor([1j, 1j]))
    reference = torch.tensor([3.0, -2.0], requires_grad=True)
    (reference * (1 + 1j)).pow(2).backward(torch.tensor([1j, 1j]))
    assert leaf.grad.tolist() == pytest.approx(reference.grad.tolist())
