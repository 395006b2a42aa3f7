# SPDX-License-Identifier: Apache-2.0
"""Gradients of convolutions where the op table does not reach: complex dtypes, some arguments only, second derivatives of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import vt_autograd as ag
import vt_core as vt

torch = pytest.importorskip("torch")


def values(seed, *shape, dtype=np.complex128):
    parts = np.random.default_rng(seed).standard_normal((2, *shape))
    return (parts[0] + 1j * parts[1] if dtype is np.complex128 else parts[0]).astype(dtype)


def leaves(arrays, wanted=(True, True, True)):
    for array, want in zip(arrays, wanted, strict=True):
        yield vt.from_numpy(array.copy()).requires_grad_(want), torch.from_numpy(array.copy()).requires_grad_(want)


@pytest.mark.parametrize("transposed", [False, True])
def test_complex_gradients_equal_pytorch(transposed):
    arrays = values(0, 2, 4, 5, 4), values(1, 4, 2, 2, 3), values(2, 4)
    ours, theirs = zip(*leaves(arrays), strict=True)
    name, window = ("conv_transpose2d", (2, 1, 1, 2)) if transposed else ("conv2d", (2, 1, 1, 2))
    out = getattr(vt.ops, name)(*ours, *window)
    expected = getattr(torch, name)(*theirs, *window)
    np.testing.assert_allclose(out.detach().numpy(), expected.detach().numpy(), rtol=1e-10)
    grad = values(3, *out.shape)
    got = ag.grad(out, ours, vt.from_numpy(grad.copy()))
    want = torch.autograd.grad(expected, theirs, torch.from_numpy(grad.copy()))
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a.numpy(), b.numpy(), rtol=1e-10)


@pytest.mark.parametrize("wanted", [w for w in itertools.product([True, False], repeat=3) if any(w)])
def test_second_derivatives_of_some_arguments_equal_pytorch(wanted):
    arrays = [values(k, *s, dtype=np.float64) for k, s in enumerate([(2, 2, 5, 4), (3, 2, 2, 2), (3,)])]
    ours, theirs = zip(*leaves(arrays, wanted), strict=True)

    def second(lib, grad_of, tensors, power):
        out = lib.conv2d(*tensors)
        needed = [t for t in tensors if t.requires_grad]
        # A gradient of the result that is itself a function of the leaves.
        first = grad_of(power(out).sum(), needed, create_graph=True)
        total = sum(power(g).sum() for g in first)
        return grad_of(total, needed)

    got = second(vt.ops, ag.grad, ours, lambda t: t * t * t)
    want = second(torch, torch.autograd.grad, theirs, lambda t: t * t * t)
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a.numpy(), b.numpy(), rtol=1e-9, atol=1e-9)
