# SPDX-License-Identifier: Apache-2.0
"""Gradients that nobody else has are written over and added to; what others have, or look at, stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import vt_autograd as ag
import vt_core as vt


def numbers(*sizes: int, seed: int = 0, dtype: Any = vt.float32) -> vt.Tensor:
    values = np.random.default_rng(seed).normal(size=sizes).astype(np.float32)
    return vt.tensor(values.tolist(), dtype=dtype)


def bits(t: vt.Tensor) -> bytes:
    return t.to(dtype=vt.float64).numpy().tobytes()


def chain(x: vt.Tensor, w: vt.Tensor) -> vt.Tensor:
    return ((x * w).relu() * w * 0.5 * w + w).relu() * w


def cube(_x: vt.Tensor, w: vt.Tensor) -> vt.Tensor:
    return w * w * w


def broadcast(x: vt.Tensor, w: vt.Tensor) -> vt.Tensor:
    return (x * w[:1]) * (x * w) * w[0]


def strided(x: vt.Tensor, w: vt.Tensor) -> vt.Tensor:
    return (x.transpose(0, 1) * w.transpose(0, 1)).transpose(0, 1) * w


def diamond(x: vt.Tensor, w: vt.Tensor) -> vt.Tensor:
    y = x * w
    return y * x + y * w + y.relu() * y


def reshaped(x: vt.Tensor, w: vt.Tensor) -> vt.Tensor:
    y = (x * w).reshape(16) * w.reshape(16)
    return (y.unsqueeze(0) + w.reshape(1, 16)).squeeze(0).reshape(4, 4) * x


def sums(x: vt.Tensor, w: vt.Tensor) -> vt.Tensor:
    y = x + w
    return (y - w * 2.0) * y + (y + y) + vt.ops.sub(w, y, alpha=3)


REAL = [(function, dtype) for function in (chain, diamond) for dtype in (vt.float32, vt.float64, vt.bfloat16)]
ANY = [
    (function, dtype)
    for function in (cube, broadcast, strided, reshaped, sums)
    for dtype in (vt.float32, vt.float64, vt.bfloat16, vt.complex64)
]


@pytest.mark.parametrize(("function", "dtype"), REAL + ANY)
@pytest.mark.parametrize("keep", [False, True])
def test_same_bits_as_with_each_node_watched(
    function: Callable[[vt.Tensor, vt.Tensor], vt.Tensor], dtype: Any, keep: bool
) -> None:
    results: list[list[bytes]] = []
    for is_watched in (False, True):
        x, w = (numbers(4, 4, seed=seed, dtype=dtype).requires_grad_() for seed in (1, 2))
        out = function(x, w)
        if is_watched:  # a hook on every node: each gradient is seen by itself
            pending, seen = [out.grad_fn], set()
            while pending:
                node = pending.pop()
                if node is None or id(node) in seen:
                    continue
                seen.add(id(node))
                node.register_hook(lambda made, given: None)
                pending.extend(edge[0] for edge in node.next_functions)
        seed = numbers(*out.shape, seed=3, dtype=out.dtype)
        before = as_bits(seed)
        out.backward(seed, retain_graph=keep)
        if keep:
            out.backward(seed)
        assert as_bits(seed) == before
        results.append([as_bits(t.grad) for t in (x, w) if t.grad is not None])
    assert results[0] == results[1]


def as_bits(t: vt.Tensor) -> bytes:
    return bits(vt.ops.view_as_real(t)) if t.dtype is vt.complex64 else bits(t)


def test_gradients_that_were_asked_for_stay_as_they_were() -> None:
    x, a, b = numbers(8, seed=1).requires_grad_(), numbers(8, seed=2), numbers(8, seed=3)
    y = x * a
    z = y * b
    grad_z, grad_y, grad_x = ag.grad(z * a, (z, y, x), grad_outputs=vt.ops.ones_like(a))
    expected_y = a.numpy() * b.numpy()
    np.testing.assert_array_equal(grad_z.numpy(), a.numpy())
    np.testing.assert_array_equal(grad_y.numpy(), expected_y)
    np.testing.assert_array_equal(grad_x.numpy(), expected_y * a.numpy())


def test_gradients_that_were_asked_for_keep_their_sizes() -> None:
    x, a = numbers(8, seed=1).requires_grad_(), numbers(8, seed=2)
    y = (x * a).reshape(2, 4)
    z = y.reshape(4, 2)
    grad_z, grad_y, grad_x = ag.grad(z * a.reshape(4, 2), (z, y, x), grad_outputs=vt.ops.ones_like(z))
    assert [list(grad.shape) for grad in (grad_z, grad_y, grad_x)] == [[4, 2], [2, 4], [8]]
    np.testing.assert_array_equal(grad_x.numpy(), a.numpy() * a.numpy())


def test_the_gradient_that_a_caller_gave_keeps_its_sizes() -> None:
    x, given = numbers(8, seed=1).requires_grad_(), numbers(4, 2, seed=2)
    x.reshape(2, 4).reshape(4, 2).backward(given)
    assert list(given.shape) == [4, 2]
    np.testing.assert_array_equal(x.grad.numpy(), given.numpy().reshape(8))


def test_a_retained_gradient_is_not_written_over() -> None:
    x, a, b = numbers(8, seed=1).requires_grad_(), numbers(8, seed=2), numbers(8, seed=3)
    y = x * a
    y.retain_grad()
    (y * b).backward(vt.ops.ones_like(a))
    np.testing.assert_array_equal(y.grad.numpy(), b.numpy())


def test_a_gradient_that_a_hook_kept_is_not_written_over() -> None:
    x, a, b = numbers(8, seed=1).requires_grad_(), numbers(8, seed=2), numbers(8, seed=3)
    kept: list[vt.Tensor] = []
    y = x * a
    z = y * b
    z.register_hook(lambda grad: kept.append(grad))
    (z * a).backward(vt.ops.ones_like(a))
    np.testing.assert_array_equal(kept[0].numpy(), a.numpy())
    np.testing.assert_array_equal(x.grad.numpy(), a.numpy() * b.numpy() * a.numpy())


def test_a_gradient_that_a_leaf_holds_is_not_written_over() -> None:
    """Of a sum both leaves get one tensor, and one of them goes on to a product."""
    x, bias, a = numbers(8, seed=1).requires_grad_(), numbers(8, seed=4).requires_grad_(), numbers(8, seed=2)
    ((x * a + bias) * a).backward(vt.ops.ones_like(a))
    np.testing.assert_array_equal(bias.grad.numpy(), a.numpy())
    np.testing.assert_array_equal(x.grad.numpy(), a.numpy() * a.numpy())


def test_what_a_function_returns_and_keeps_is_not_written_over() -> None:
    kept: list[vt.Tensor] = []

    class Keeps(ag.Function):
        @staticmethod
        def forward(ctx: Any, x: vt.Tensor) -> vt.Tensor:
            return x + 0.0

        @staticmethod
        def backward(ctx: Any, grad: vt.Tensor) -> vt.Tensor:
            kept.append(grad * 2.0)
            return kept[-1]

    x, a = numbers(8, seed=1).requires_grad_(), numbers(8, seed=2)
    Keeps.apply(x * a).backward(vt.ops.ones_like(a))
    np.testing.assert_array_equal(kept[0].numpy(), np.full(8, 2.0, np.float32))
    np.testing.assert_array_equal(x.grad.numpy(), 2.0 * a.numpy())


def test_memory_of_an_array_is_not_written_over() -> None:
    arrays: list[np.ndarray] = []

    class FromArray(ag.Function):
        @staticmethod
        def forward(ctx: Any, x: vt.Tensor) -> vt.Tensor:
            return x + 0.0

        @staticmethod
        def backward(ctx: Any, grad: vt.Tensor) -> vt.Tensor:
            arrays.append(np.full(8, 2.0, np.float32))
            return vt.from_numpy(arrays[-1])

    x, a = numbers(8, seed=1).requires_grad_(), numbers(8, seed=2)
    FromArray.apply(x * a).backward(vt.ops.ones_like(a))
    np.testing.assert_array_equal(arrays[0], np.full(8, 2.0, np.float32))
    np.testing.assert_array_equal(x.grad.numpy(), 2.0 * a.numpy())
