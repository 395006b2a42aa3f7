# SPDX-License-Identifier: Apache-2.0
"""Hooks of nodes, of accumulation and of several tensors, compared with PyTorch."""

import gc
import weakref

import pytest
import vt_autograd as ag
import vt_core as vt
from twin import fails, same


def test_hook_of_a_node_sees_and_replaces_gradients():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        y = x * 3.0
        seen = []

        def hook(inputs, outputs):
            seen.append(([t.numbers(g) for g in inputs if g is not None], [t.numbers(g) for g in outputs]))
            return tuple(g if g is None else g * 10.0 for g in inputs)

        handle = y.grad_fn.register_hook(hook)
        y.sum().backward(retain_graph=True)
        handle.remove()
        handle.remove()
        first = t.numbers(x.grad)
        x.grad = None
        y.sum().backward()
        return seen, first, t.numbers(x.grad)

    same(scenario)


def test_prehook_of_a_node_replaces_what_it_gets():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        y = x * 3.0
        with y.grad_fn.register_prehook(lambda outputs: (outputs[0] * 2.0,)):
            y.sum().backward(retain_graph=True)
        first = t.numbers(x.grad)
        y.sum().backward()
        return first, t.numbers(x.grad)

    same(scenario)


def test_order_of_hooks():
    def scenario(t):
        order = []
        note = lambda name: lambda *_: order.append(name)  # noqa: E731
        x = t.leaf([1.0])
        h = x * 2.0
        h.grad_fn.register_prehook(note("node before"))
        h.grad_fn.register_hook(note("node after"))
        h.register_hook(note("tensor"))
        h.retain_grad()
        h.register_hook(lambda g: order.append("tensor again") or g * 2.0)
        x.register_hook(note("leaf"))
        x.register_post_accumulate_grad_hook(note("accumulated"))
        accumulator = h.grad_fn.next_functions[0][0]
        accumulator.register_prehook(note("accumulator before"))
        accumulator.register_hook(note("accumulator after"))
        (h * 3.0).sum().backward()
        return order, t.numbers(h.grad), t.numbers(x.grad)

    same(scenario)


def test_hook_of_an_accumulator_gets_the_gradient_only():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        y = x * 2.0
        seen = []
        y.grad_fn.next_functions[0][0].register_hook(
            lambda inputs, outputs: seen.append((len(inputs), [t.numbers(g) for g in outputs]))
        )
        y.sum().backward()
        return seen

    same(scenario)


def test_grad_runs_tensor_hooks_but_not_the_accumulator():
    def scenario(t):
        x = t.leaf([1.0])
        y = x * 2.0
        order = []
        x.register_hook(lambda g: order.append("tensor") or g * 5.0)
        x.register_post_accumulate_grad_hook(lambda p: order.append("accumulated"))
        y.grad_fn.next_functions[0][0].register_hook(lambda *_: order.append("accumulator"))
        (g,) = t.grad(y.sum(), x)
        return order, t.numbers(g)

    same(scenario)


def test_post_accumulate_hook_sees_the_leaf_and_may_clear_its_gradient():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        seen = []

        def step(p):
            seen.append((p is x, t.numbers(p.grad)))
            p.grad = None

        handle = x.register_post_accumulate_grad_hook(step)
        (x * 2.0).sum().backward()
        (x * 3.0).sum().backward()
        handle.remove()
        (x * 4.0).sum().backward()
        return seen, t.numbers(x.grad)

    same(scenario)


def test_post_accumulate_hook_refuses():
    fails(
        lambda t: (t.leaf([1.0]) * 2.0).register_post_accumulate_grad_hook(lambda p: None),
        RuntimeError,
        "post accumulate grad hooks cannot be registered on non-leaf tensors",
    )
    fails(
        lambda t: t.tensor([1.0]).register_post_accumulate_grad_hook(lambda p: None),
        RuntimeError,
        "cannot register a hook on a tensor that doesn't require gradient",
    )


@pytest.mark.parametrize("mode", ["all", "any"])
def test_multi_grad_hook(mode):
    def scenario(t):
        a, b = t.leaf([1.0]), t.leaf([2.0])
        c, d = a * b, a * b
        calls = []

        def hook(grads):
            calls.append([t.numbers(g) for g in grads] if mode == "all" else t.numbers(grads))

        handle = t.graph.register_multi_grad_hook((a, b, c, d), hook, mode=mode)
        c.sum().backward(retain_graph=True)
        c.sum().backward(inputs=(a,), retain_graph=True)
        (c + d).sum().backward(retain_graph=True)
        handle.remove()
        c.sum().backward()
        return calls

    same(scenario)


def test_multi_grad_hook_refuses_other_modes():
    fails(
        lambda t: t.graph.register_multi_grad_hook((t.leaf([1.0]),), lambda g: None, mode="most"),
        ValueError,
        "Expects mode to be one of",
    )


def test_hook_may_remove_itself_while_it_runs():
    def scenario(t):
        x = t.leaf([1.0])
        y = x * 2.0
        calls = []
        handles = []

        def once(*_):
            calls.append("node")
            handles[0].remove()

        def once_on_tensor(g):
            calls.append("tensor")
            handles[1].remove()

        handles.append(y.grad_fn.register_hook(once))
        handles.append(y.register_hook(once_on_tensor))
        y.sum().backward(retain_graph=True)
        y.sum().backward()
        return calls

    same(scenario)


@pytest.mark.parametrize(
    ("hook", "kind", "fragment"),
    [
        (lambda i, o: (), RuntimeError, "incorrect number of values"),
        (lambda i, o: (i[0], None, None), RuntimeError, "incorrect number of values"),
        (lambda i, o: (3.0, None), TypeError, "expected Tensor or None"),
        (lambda i, o: (i[0].sum(), None), RuntimeError, "has been changed"),
        (lambda i, o: {}["missing"], KeyError, "missing"),
    ],
)
def test_lying_or_failing_hook_of_a_node(hook, kind, fragment):
    x = vt.tensor([1.0, 2.0]).requires_grad_()
    y = x * x.detach()
    with y.grad_fn.register_hook(hook), pytest.raises(kind, match=fragment):
        y.sum().backward()
    x.grad = None
    (x * 2.0).sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_hook_must_be_callable():
    with pytest.raises(TypeError, match="callable"):
        (vt.tensor([1.0]).requires_grad_() * 2.0).grad_fn.register_hook(3)


def test_metadata_is_one_dictionary_per_node():
    def scenario(t):
        y = t.leaf([1.0]) * 2.0
        y.grad_fn.metadata["note"] = 7
        return y.grad_fn.metadata, y.grad_fn.next_functions[0][0].metadata

    same(scenario)


def test_hooks_and_metadata_go_with_their_node():
    class Witness:
        pass

    x = vt.tensor([1.0]).requires_grad_()
    y = x * 2.0
    witnesses = [Witness(), Witness()]
    handle = y.grad_fn.register_hook(lambda *_, kept=witnesses[0]: None)
    y.grad_fn.metadata["kept"] = witnesses[1]
    gone = [weakref.ref(w) for w in witnesses]
    del witnesses, y
    gc.collect()
    assert [w() for w in gone] == [None, None]
    handle.remove()


def test_hooks_of_a_function():
    def scenario(t):
        class Double(t.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2.0

            @staticmethod
            def backward(ctx, g):
                return g * 2.0

        x = t.leaf([1.0])
        y = Double.apply(x)
        order = []
        y.grad_fn.register_prehook(lambda o: order.append("before"))
        y.grad_fn.register_hook(lambda i, o: order.append("after") or (i[0] * 3.0,))
        y.grad_fn.metadata["a"] = 1
        y.sum().backward()
        return order, t.numbers(x.grad), y.grad_fn.metadata, isinstance(y.grad_fn, t.graph.Node)

    same(scenario)


def test_nodes_are_nodes_for_isinstance():
    y = vt.tensor([1.0]).requires_grad_() * 2.0
    assert isinstance(y.grad_fn, ag.graph.Node)
    assert not isinstance(y, ag.graph.Node)
