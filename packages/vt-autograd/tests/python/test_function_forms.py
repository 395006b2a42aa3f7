# SPDX-License-Identifier: Apache-2.0
"""Function: its two forms, marks, views written in place and refusals, compared with PyTorch."""

import gc
import weakref

import pytest
import vt_autograd as ag
from twin import OURS, fails, same


def square_of(t):
    class Square(t.Function):
        @staticmethod
        def forward(x, power):
            return x**power, power

        @staticmethod
        def setup_context(ctx, inputs, output):
            x, power = inputs
            ctx.save_for_backward(x)
            ctx.power = power
            ctx.number = output[1]

        @staticmethod
        def backward(ctx, g, _):
            (x,) = ctx.saved_tensors
            return g * ctx.power * x ** (ctx.power - 1), None

    return Square


def test_setup_context():
    def scenario(t):
        x = t.leaf([2.0, 3.0])
        y, number = square_of(t).apply(x, 3)
        (g,) = t.grad(y.sum(), x, create_graph=True)
        (h,) = t.grad(g.sum(), x)
        return t.numbers(y), number, t.numbers(g), t.numbers(h), y.grad_fn.needs_input_grad, y.grad_fn.number

    same(scenario)


def test_arguments_by_name_and_left_out():
    def scenario(t):
        seen = []

        class Scale(t.Function):
            @staticmethod
            def forward(x, factor=2.0):
                return x * factor

            @staticmethod
            def setup_context(ctx, inputs, output):
                ctx.factor = inputs[1]
                seen.append(len(inputs))

            @staticmethod
            def backward(ctx, g):
                seen.append(ctx.needs_input_grad)
                return g * ctx.factor, None

        class Plain(t.Function):
            @staticmethod
            def forward(ctx, x, factor=2.0):
                ctx.factor = factor
                return x * factor

            @staticmethod
            def backward(ctx, g):
                seen.append(ctx.needs_input_grad)
                return (g * ctx.factor, None)[: len(ctx.needs_input_grad)]

        x = t.leaf([1.0])
        for y in (
            Scale.apply(x),
            Scale.apply(x=x, factor=3.0),
            Scale.apply(x, factor=4.0),
            Plain.apply(x=x),
            Plain.apply(x, factor=5.0),
        ):
            y.sum().backward()
        return seen, t.numbers(x.grad)

    same(scenario)
    fails(lambda t: square_of(t).apply(t.leaf([1.0])), TypeError, "missing a required argument")


def test_a_forward_that_was_called_by_name_is_not_kept():
    def called():
        x = OURS.leaf([2.0, 3.0])

        class Scaled(ag.Function):
            @staticmethod
            def forward(x, factor=1.0, offset=x):
                return x * factor + offset

            @staticmethod
            def setup_context(ctx, inputs, output):
                ctx.factor = inputs[1]

            @staticmethod
            def backward(ctx, grad):
                return grad * ctx.factor, None, None

        Scaled.apply(x, factor=3.0)
        return weakref.ref(Scaled.forward)

    forward = called()
    gc.collect()
    assert forward() is None


def test_backward_may_be_called_vjp():
    def scenario(t):
        class Double(t.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2.0

            @staticmethod
            def vjp(ctx, g):
                return g * 2.0

        x = t.leaf([1.0])
        Double.apply(x).sum().backward()
        return t.numbers(x.grad)

    same(scenario)

    def both(t):
        class Double(t.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2.0

            @staticmethod
            def vjp(ctx, g):
                return g

            @staticmethod
            def backward(ctx, g):
                return g

        Double.apply(t.leaf([1.0])).sum().backward()

    fails(both, RuntimeError, "Implementing both 'backward' and 'vjp'")


def test_once_differentiable():
    def scenario(t):
        class Square(t.Function):
            @staticmethod
            def forward(ctx, x):
                ctx.save_for_backward(x)
                return x * x

            @staticmethod
            @t.once_differentiable
            def backward(ctx, g):
                (x,) = ctx.saved_tensors
                assert not t.is_grad_enabled()
                return g * 2.0 * x

        x = t.leaf([3.0])
        (first,) = t.grad(Square.apply(x).sum(), x)
        (second,) = t.grad(Square.apply(x).sum(), x, create_graph=True)
        try:
            w = t.leaf([1.0])
            (third,) = t.grad((Square.apply(x) * w).sum(), x, create_graph=True)
            third.sum().backward()
        except RuntimeError as error:
            return t.numbers(first), t.numbers(second), "once_differentiable" in str(error)
        return None

    same(scenario)


def test_dirty_view_gives_its_base_a_history():
    def scenario(t):
        class Double(t.Function):
            @staticmethod
            def forward(ctx, x):
                x.mul_(2.0)
                ctx.mark_dirty(x)
                return x

            @staticmethod
            def backward(ctx, g):
                return g * 2.0

        x = t.leaf([1.0, 2.0, 3.0])
        base = x * 1.0
        view = base[1:]
        out = Double.apply(view)
        (base * t.tensor([1.0, 10.0, 100.0])).sum().backward(retain_graph=True)
        first = t.numbers(x.grad)
        x.grad = None
        (out * t.tensor([5.0, 7.0])).sum().backward()
        return first, t.numbers(x.grad), t.numbers(base), out is view

    same(scenario)


def test_a_dirty_view_does_not_keep_itself_alive():
    class Double(ag.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.mark_dirty(x)
            return x.mul_(2.0)

        @staticmethod
        def backward(ctx, g):
            return g * 2.0

    def written():
        base = OURS.leaf([1.0, 2.0, 3.0]) * 1.0
        Double.apply(base[1:])
        return base.sum()

    gc.collect()
    before = ag._C._count_nodes()
    written().backward()
    gc.collect()
    assert ag._C._count_nodes() == before


def test_dirty_views_and_leaves_that_must_not_be_written():
    def of_leaf(t):
        double_of(t).apply(t.leaf([1.0, 2.0])[1:])

    def leaf(t):
        double_of(t).apply(t.leaf([1.0, 2.0]))

    def double_of(t):
        class Double(t.Function):
            @staticmethod
            def forward(ctx, x):
                ctx.mark_dirty(x)
                return x

            @staticmethod
            def backward(ctx, g):
                return g

        return Double

    fails(of_leaf, RuntimeError, "a view of a leaf Variable that requires grad is being used in an in-place operation")
    fails(leaf, RuntimeError, "a leaf Variable that requires grad")


def test_dirty_inputs_must_be_results():
    def scenario(t):
        class Lost(t.Function):
            @staticmethod
            def forward(ctx, x):
                ctx.mark_dirty(x)
                return x.clone()

            @staticmethod
            def backward(ctx, g):
                return g

        Lost.apply(t.leaf([1.0]) * 1.0)

    fails(scenario, RuntimeError, "marked as dirty during the forward method were not returned as output")


def test_write_that_no_operator_made_is_counted():
    def scenario(t):
        class Write(t.Function):
            @staticmethod
            def forward(ctx, x):
                ctx.mark_dirty(x)
                return x

            @staticmethod
            def backward(ctx, g):
                return g

        x = t.leaf([1.0]).clone()
        y = x * x
        Write.apply(x)
        y.sum().backward()

    fails(scenario, RuntimeError, "modified by an inplace operation")


def test_what_is_no_tensor_passes_through():
    def scenario(t):
        class Mixed(t.Function):
            @staticmethod
            def forward(ctx, x, options, name=None):
                ctx.scale = options["scale"]
                return x * ctx.scale, {"scale": ctx.scale}, None, "text", name

            @staticmethod
            def backward(ctx, g, *rest):
                assert rest == (None,) * 4
                return g * ctx.scale, None, None

        x = t.leaf([1.0])
        y, *rest = Mixed.apply(x, {"scale": 3.0}, "n")
        y.sum().backward()
        return t.numbers(x.grad), rest

    same(scenario)


def test_save_for_forward_and_flags_of_the_context():
    def scenario(t):
        seen = []

        class Keep(t.Function):
            @staticmethod
            def forward(ctx, x, y):
                ctx.save_for_forward(x, None)
                ctx.set_materialize_grads(False)
                seen.append([v is None or t.numbers(v) for v in ctx.saved_for_forward])
                return x * 1.0, y * 1.0

            @staticmethod
            def backward(ctx, g, h):
                seen.append((t.numbers(g), h, ctx.needs_input_grad))
                return g, h

        x, y = t.leaf([1.0]), t.tensor([2.0])
        Keep.apply(x, y)[0].sum().backward()
        return seen, t.numbers(x.grad)

    same(scenario)


@pytest.mark.parametrize(
    ("grads", "kind", "fragment"),
    [
        (lambda g: (g, g), RuntimeError, "returned an incorrect number of gradients"),
        (lambda g: (), RuntimeError, "returned an incorrect number of gradients"),
        (lambda g: g[:1], RuntimeError, "returned an invalid gradient at index 0"),
    ],
)
def test_wrong_gradients(grads, kind, fragment):
    def scenario(t):
        class Wrong(t.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2.0

            @staticmethod
            def backward(ctx, g):
                return grads(g)

        Wrong.apply(t.leaf([1.0, 2.0, 3.0])).sum().backward()

    fails(scenario, kind, fragment)


def test_saved_tensors_after_the_graph_was_freed():
    def scenario(t):
        x = t.leaf([1.0])
        y, _ = square_of(t).apply(x, 2)
        y.sum().backward()
        y.grad_fn.saved_tensors

    fails(scenario, RuntimeError, "after they have already been freed")


def test_saved_tensor_written_in_place():
    def scenario(t):
        x = t.leaf([1.0]) * 1.0
        y, _ = square_of(t).apply(x, 2)
        with t.no_grad():
            x.mul_(2.0)
        y.sum().backward()

    fails(scenario, RuntimeError, "modified by an inplace operation")


def test_missing_methods():
    class Nothing(ag.Function):
        pass

    class Half(ag.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1.0

    x = OURS.leaf([1.0])
    with pytest.raises(NotImplementedError):
        Nothing.apply(x)
    with pytest.raises(NotImplementedError):
        Half.apply(x).sum().backward()


def test_failing_setup_raises_and_leaves_everything_usable():
    class Fails(ag.Function):
        @staticmethod
        def forward(x):
            return x * 2.0

        @staticmethod
        def setup_context(ctx, inputs, output):
            raise KeyError("no context")

    x = OURS.leaf([1.0])
    with pytest.raises(KeyError, match="no context"):
        Fails.apply(x)
    assert ag.is_grad_enabled()


def test_batching_is_refused():
    with pytest.raises(NotImplementedError, match="vmap"):
        ag.Function.vmap(None, None)


def test_view_of_an_input_as_result():
    def scenario(t):
        class View(t.Function):
            @staticmethod
            def forward(ctx, x):
                return x.view(2, 2)

            @staticmethod
            def backward(ctx, g):
                return g.reshape(4) * 3.0

        x = t.leaf([1.0, 2.0, 3.0, 4.0])
        y = View.apply(x * 1.0)
        y.sum().backward()
        return t.numbers(x.grad), y.requires_grad

    same(scenario)

    def written(t):
        class View(t.Function):
            @staticmethod
            def forward(ctx, x):
                return x.view(2, 2)

            @staticmethod
            def backward(ctx, g):
                return g.reshape(4)

        View.apply(t.leaf([1.0, 2.0, 3.0, 4.0]) * 1.0).mul_(2.0)

    fails(written, RuntimeError, "is being modified inplace")
