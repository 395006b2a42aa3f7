# SPDX-License-Identifier: Apache-2.0
"""Gradient hooks."""

import pytest
import vt_autograd as ag
import vt_core as vt


def leaf(values):
    return vt.tensor(values, dtype=vt.float64).requires_grad_()


def test_hook_replaces_the_gradient():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    h.register_hook(lambda g: g * 10.0)
    h.sum().backward()
    assert x.grad.tolist() == [20.0, 20.0]


def test_hooks_run_in_order_and_can_be_removed():
    seen = []
    x = leaf([1.0])
    first = x.register_hook(lambda g: seen.append("first"))
    x.register_hook(lambda g: seen.append("second"))
    (x * 2.0).sum().backward()
    first.remove()
    first.remove()
    (x * 2.0).sum().backward()
    assert seen == ["first", "second", "second"]
    assert x.grad.tolist() == [4.0]


def test_hook_survives_its_tensor():
    seen = []
    x = leaf([1.0])
    h = x * 2.0
    h.register_hook(lambda g: seen.append(g.tolist()))
    y = h.sum()
    del h
    y.backward()
    assert seen == [[1.0]]


def test_hook_on_a_captured_gradient():
    x = leaf([1.0])
    x.register_hook(lambda g: g * 5.0)
    (g,) = ag.grad((x * 2.0).sum(), x)
    assert g.tolist() == [10.0]


@pytest.mark.parametrize(
    ("hook", "kind", "message"),
    [
        (lambda g: vt.zeros((3,), dtype=vt.float64), RuntimeError, "the gradient has been changed"),
        (lambda g: g.to(dtype=vt.float32), RuntimeError, "the gradient has been changed"),
        (lambda g: 3.0, TypeError, "must return Tensor or None"),
        (lambda g: {}["missing"], KeyError, "missing"),
    ],
)
def test_lying_or_failing_hook_raises_and_leaves_everything_usable(hook, kind, message):
    x = leaf([1.0, 2.0])
    handle = x.register_hook(hook)
    with pytest.raises(kind, match=message):
        (x * 2.0).sum().backward()
    handle.remove()
    x.grad = None
    (x * 2.0).sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_backward_within_a_hook():
    x, w = leaf([1.0]), leaf([2.0])

    @ag.enable_grad()
    def hook(g):
        (w * g.detach()).sum().backward()

    x.register_hook(hook)
    (x * 3.0).sum().backward()
    assert x.grad.tolist() == [3.0]
    assert w.grad.tolist() == [3.0]


def test_hook_needs_a_gradient():
    with pytest.raises(RuntimeError, match="doesn't require gradient"):
        vt.tensor([1.0]).register_hook(lambda g: g)
