# SPDX-License-Identifier: Apache-2.0
"""Cycles of tensors, nodes and contexts are collected; graphs without cycles go by themselves."""

import gc
import weakref

import pytest
import vt_autograd as ag
import vt_core as vt


class Marker:
    """Something that a weak reference can watch."""


class Keeps(ag.Function):
    """Keeps a marker, and whatever else it is given, on its context."""

    @staticmethod
    def forward(ctx, x, marker):
        ctx.marker = marker
        return x * 2.0

    @staticmethod
    def backward(ctx, grad):
        return grad * 2.0, None


@pytest.fixture(autouse=True)
def no_automatic_collection():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def x():
    return vt.tensor([1.0]).requires_grad_()


def watched(build):
    """Build something around a marker and return a weak reference to the marker."""
    marker = Marker()
    build(marker)
    return weakref.ref(marker)


def test_graph_without_cycle_goes_at_once(x):
    marker = watched(lambda m: Keeps.apply(x, m) * 3.0)
    assert marker() is None


def test_saved_result_makes_no_cycle(x):
    class SavesResult(ag.Function):
        @staticmethod
        def forward(ctx, x, marker):
            y = x * 2.0
            ctx.save_for_backward(y)
            ctx.marker = marker
            return y

        @staticmethod
        def backward(ctx, grad):
            return grad, None

    assert watched(lambda m: SavesResult.apply(x, m))() is None


def build_cycle_of_result(x, m):
    y = Keeps.apply(x, m)
    y.grad_fn.result = y


def build_cycle_of_later_result(x, m):
    y = Keeps.apply(x, m)
    y.grad_fn.result = y * 3.0 + 1.0


def build_cycle_of_node(x, m):
    y = Keeps.apply(x, m)
    y.grad_fn.node = (y * 3.0).grad_fn


def build_cycle_through_hook(x, m):
    y = x * 2.0
    y.marker = m
    y.register_hook(lambda g: y)


def build_cycle_through_leaf_hook(x, m):
    w = vt.tensor([1.0]).requires_grad_()
    w.marker = m
    w.register_hook(lambda g: w)


def build_cycle_through_two_contexts(x, m):
    y = Keeps.apply(x, m)
    z = Keeps.apply(y, None)
    y.grad_fn.other = z


@pytest.mark.parametrize(
    "build",
    [
        build_cycle_of_result,
        build_cycle_of_later_result,
        build_cycle_of_node,
        build_cycle_through_hook,
        build_cycle_through_leaf_hook,
        build_cycle_through_two_contexts,
    ],
)
def test_cycle_is_collected(x, build):
    marker = watched(lambda m: build(x, m))
    assert marker() is not None
    gc.collect()
    assert marker() is None


def test_many_cycles_leak_nothing(x):
    markers = []
    for _ in range(10_000):
        marker = Marker()
        build_cycle_of_result(x, marker)
        markers.append(weakref.ref(marker))
        del marker
    gc.collect()
    assert sum(m() is not None for m in markers) == 0


def test_live_cycle_is_not_collected(x):
    marker = Marker()
    y = Keeps.apply(x, marker)
    y.grad_fn.result = y
    z = y * 3.0
    watch = weakref.ref(marker)
    del marker, y
    gc.collect()
    assert watch() is not None
    z.sum().backward()
    assert x.grad.tolist() == [6.0]


def test_deep_graph_goes_without_recursion():
    x = vt.tensor([1.0]).requires_grad_()
    y = x
    for _ in range(200_000):
        y = y + 1.0
    y.sum().backward()
    del y
    assert x.grad.tolist() == [1.0]


def test_deep_graph_of_functions_goes_without_recursion(x):
    y = x
    for _ in range(20_000):
        y = Keeps.apply(y, None)
    del y
    gc.collect()
