# SPDX-License-Identifier: Apache-2.0
"""Gradient edges, and what nodes show of themselves."""

import gc

import pytest
import vt_core as vt
from twin import fails, same
from vt_autograd import grad
from vt_autograd.graph import GradientEdge


def test_edge_stands_for_a_tensor():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        h = x * 3.0
        y = (h * h).sum()
        edges = [t.graph.get_gradient_edge(v) for v in (x, h)]
        grads = t.grad(y, edges, retain_graph=True)
        mixed = t.grad(y, [edges[1], x], retain_graph=True)
        single = t.grad(t.graph.get_gradient_edge(y), edges[0], retain_graph=True)
        t.backward(t.graph.get_gradient_edge(h), t.tensor([1.0, 10.0]), retain_graph=True)
        return [t.numbers(g) for g in (*grads, *mixed, *single, x.grad)], [e.output_nr for e in edges]

    same(scenario)


def test_backward_into_edges_of_leaves():
    def scenario(t):
        a, b = t.leaf([1.0]), t.leaf([2.0])
        t.backward((a * b).sum(), inputs=[t.graph.get_gradient_edge(a)])
        return t.numbers(a.grad), t.numbers(b.grad)

    same(scenario)


def test_edge_keeps_the_graph_of_a_function_alive():
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
        edge = t.graph.get_gradient_edge(y)
        del y
        gc.collect()
        (g,) = t.grad(edge, x, t.tensor([3.0]))
        return t.numbers(g)

    same(scenario)


def test_edge_needs_a_gradient():
    fails(lambda t: t.graph.get_gradient_edge(t.tensor([1.0])), RuntimeError, "does not require gradients")


def test_backward_of_a_tensor_accumulates_at_edges():
    def scenario(t):
        a, b, c = t.leaf([1.0, 2.0]), t.leaf([3.0, 4.0]), t.leaf([5.0, 6.0])
        y = (a * b * c).sum()
        y.backward(retain_graph=True, inputs=[t.graph.get_gradient_edge(a), b])
        y.backward(inputs=t.graph.get_gradient_edge(b))
        return t.numbers(a.grad), t.numbers(b.grad), c.grad

    same(scenario)


def test_unused_edge():
    def scenario(t):
        a, b = t.leaf([1.0]), t.leaf([2.0])
        edge = t.graph.get_gradient_edge(b)
        none = t.grad((a * 2.0).sum(), [edge], allow_unused=True)
        zeros = t.grad((a * 2.0).sum(), [edge, a], materialize_grads=True) if t.lib is vt else None
        return none, zeros is None or [t.numbers(g) for g in zeros] == [[0.0], [2.0]]

    same(scenario)


@pytest.mark.parametrize("bad", [(1, 2), "x", 3])
def test_edge_of_nothing(bad):
    x = vt.tensor([1.0]).requires_grad_()
    y = (x * 2.0).sum()
    with pytest.raises(TypeError):
        grad(y, bad)


def test_edge_past_the_results():
    y = (vt.tensor([1.0]).requires_grad_() * 2.0).sum()
    with pytest.raises(IndexError, match="result number 3"):
        grad(y, [GradientEdge(y.grad_fn, 3)])


def test_output_number_and_retained_gradients():
    def scenario(t):
        x = t.leaf([[1.0, 2.0], [3.0, 4.0]])
        a, b = x.unbind(0)
        before = b.retains_grad
        b.retain_grad()
        x.retain_grad()
        return x.output_nr, a.output_nr, b.output_nr, before, b.retains_grad, x.retains_grad

    same(scenario)


def test_increment_version_makes_saved_tensors_stale():
    def scenario(t):
        x = t.leaf([1.0]).clone()
        y = (x * x).sum()
        before = x._version
        t.graph.increment_version(x)
        t.graph.increment_version([x, x])
        after = x._version
        try:
            y.backward()
        except RuntimeError as error:
            return after - before, "modified by an inplace operation" in str(error)
        return None

    same(scenario)


def test_saved_values_are_attributes():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        y = x * t.tensor([3.0, 4.0])
        exp = x.exp()
        total = t.lib.sum(x.reshape(1, 2), dim=1) if hasattr(t.lib, "sum") else None
        saved = y.grad_fn._saved_other
        result = exp.grad_fn._saved_result
        ok = total is None or True
        y.sum().backward()
        try:
            y.grad_fn._saved_other
        except RuntimeError as error:
            freed = "after they have already been freed" in str(error)
        else:
            freed = False
        return t.numbers(saved), [round(v, 12) for v in t.numbers(result)], result.grad_fn is not None, ok, freed

    same(scenario)


def test_missing_saved_value():
    y = vt.tensor([1.0]).requires_grad_() * 2.0
    with pytest.raises(AttributeError, match="saved no"):
        y.grad_fn._saved_nothing


def test_sequence_numbers_grow():
    x = vt.tensor([1.0]).requires_grad_()
    first, second = x * 2.0, x * 3.0
    assert second.grad_fn._sequence_nr() > first.grad_fn._sequence_nr()
