# SPDX-License-Identifier: Apache-2.0
"""Operations written in Python."""

import pytest
import vt_autograd as ag
import vt_core as vt


def leaf(values):
    return vt.tensor(values, dtype=vt.float64).requires_grad_()


class Multiply(ag.Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx, grad):
        a, b = ctx.saved_tensors
        return grad * b, grad * a


class Square(ag.Function):
    """Saves its own result's factor and its result."""

    @staticmethod
    def forward(ctx, x):
        y = x * x
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, grad):
        x, y = ctx.saved_tensors
        assert y.requires_grad == ag.is_grad_enabled()
        return grad * x * 2.0


def test_function_gradients_and_second_derivatives():
    x, w = leaf([1.0, -2.0]), leaf([3.0, 0.5])
    assert ag.gradcheck(Multiply.apply, (x, w))
    assert ag.gradgradcheck(Multiply.apply, (x, w))
    assert ag.gradgradcheck(Square.apply, x)


def test_forward_runs_without_recording():
    seen = []

    class Probe(ag.Function):
        @staticmethod
        def forward(ctx, x):
            seen.append(ag.is_grad_enabled())
            return x * 1.0

        @staticmethod
        def backward(ctx, grad):
            seen.append(ag.is_grad_enabled())
            return grad

    Probe.apply(leaf([1.0])).sum().backward()
    assert seen == [False, False]


def test_context_attributes_and_needs_input_grad():
    class Scale(ag.Function):
        @staticmethod
        def forward(ctx, x, factor, other):
            ctx.factor = factor
            assert ctx.needs_input_grad == (True, False, False)
            return x * factor

        @staticmethod
        def backward(ctx, grad):
            return grad * ctx.factor, None, None

    x = leaf([1.0])
    y = Scale.apply(x, 3.0, vt.tensor([1.0]))
    assert y.grad_fn.factor == 3.0
    assert y.grad_fn.name() == "ScaleBackward"
    assert y.grad_fn is y.grad_fn
    y.sum().backward()
    assert x.grad.tolist() == [3.0]


def test_several_results_and_unused_ones():
    class Both(ag.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2.0, x * 3.0, "text"

        @staticmethod
        def backward(ctx, first, second, text):
            assert second.tolist() == [0.0, 0.0]
            assert text is None
            return first * 2.0 + second * 3.0

    x = leaf([1.0, 2.0])
    first, second, text = Both.apply(x)
    assert text == "text"
    assert second.requires_grad
    first.sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_gradients_are_not_materialised_on_request():
    class Both(ag.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.set_materialize_grads(False)
            return x * 2.0, x * 3.0

        @staticmethod
        def backward(ctx, first, second):
            assert second is None
            return first * 2.0

    x = leaf([1.0])
    Both.apply(x)[0].sum().backward()
    assert x.grad.tolist() == [2.0]


def test_non_differentiable_results():
    class Split(ag.Function):
        @staticmethod
        def forward(ctx, x):
            mask = x * 0.0
            ctx.mark_non_differentiable(mask)
            return x * 2.0, mask

        @staticmethod
        def backward(ctx, grad, mask):
            return grad * 2.0

    y, mask = Split.apply(leaf([1.0]))
    assert y.requires_grad
    assert not mask.requires_grad


def test_dirty_input_takes_the_new_history():
    class AddOne(ag.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.mark_dirty(x)
            x.add_(1.0)
            return x

        @staticmethod
        def backward(ctx, grad):
            return grad * 10.0

    x = leaf([1.0])
    h = x * 1.0
    y = AddOne.apply(h)
    assert y is h
    h.sum().backward()
    assert x.grad.tolist() == [10.0]
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        AddOne.apply(leaf([1.0]))


def test_input_handed_back_is_not_given_a_new_history():
    class Identity(ag.Function):
        @staticmethod
        def forward(ctx, x):
            return x

        @staticmethod
        def backward(ctx, grad):
            return grad * 2.0

    x = leaf([1.0])
    y = Identity.apply(x)
    assert y is not x
    assert x.is_leaf
    y.sum().backward()
    assert x.grad.tolist() == [2.0]


def test_saved_tensor_written_later_is_refused():
    x = leaf([1.0])
    h = x * 1.0
    y = Multiply.apply(h, x)
    h.add_(1.0)
    with pytest.raises(RuntimeError, match="MultiplyBackward: one of the variables needed"):
        y.sum().backward()


def test_second_backward_is_refused_when_tensors_were_saved():
    x = leaf([1.0])
    y = Multiply.apply(x, x).sum()
    y.backward()
    with pytest.raises(RuntimeError, match="second time"):
        y.backward()


@pytest.mark.parametrize(
    ("result", "kind", "message"),
    [
        (lambda g: (g, g), RuntimeError, r"incorrect number of gradients \(expected 1, got 2\)"),
        (lambda g: (), RuntimeError, r"incorrect number of gradients \(expected 1, got 0\)"),
        (lambda g: 3.0, TypeError, "must return Tensor or None"),
        (lambda g: vt.zeros((7,), dtype=vt.float64), RuntimeError, "returned an invalid gradient at index 0"),
        (lambda g: vt.zeros((1,), dtype=vt.int64), RuntimeError, "returned an invalid gradient at index 0"),
        (lambda g: vt.zeros((1,), dtype=vt.complex128), RuntimeError, "returned an invalid gradient at index 0"),
    ],
)
def test_wrong_gradients_raise(result, kind, message):
    class Wrong(ag.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1.0

        @staticmethod
        def backward(ctx, grad):
            return result(grad)

    with pytest.raises(kind, match=message):
        Wrong.apply(leaf([1.0, 2.0])).sum().backward()


def test_extra_none_gradients_are_allowed():
    class Extra(ag.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1.0

        @staticmethod
        def backward(ctx, grad):
            return grad, None, None

    x = leaf([1.0])
    Extra.apply(x).sum().backward()
    assert x.grad.tolist() == [1.0]


def test_exception_of_the_backward_reaches_the_caller():
    class Failing(ag.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1.0

        @staticmethod
        def backward(ctx, grad):
            raise LookupError("on purpose")

    x = leaf([1.0])
    y = (Failing.apply(x * 2.0) + x).sum()
    with pytest.raises(LookupError, match="on purpose"):
        y.backward()
    (x * 3.0).sum().backward()
    assert x.grad.tolist()[0] in (3.0, 4.0)


def test_nested_backward_inside_a_function():
    class Checkpoint(ag.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x * x

        @staticmethod
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            inner = x.detach().requires_grad_()
            with ag.enable_grad():
                y = inner * inner * inner
            y.backward(grad)
            return inner.grad

    x = leaf([1.0, 2.0])
    Checkpoint.apply(Checkpoint.apply(x)).sum().backward()
    assert x.grad.tolist() == pytest.approx([9.0, 9 * 2.0**8])


def test_misuse_raises():
    with pytest.raises(NotImplementedError, match="static methods"):
        ag.Function.apply(leaf([1.0]))

    class SavesNumbers(ag.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(3)

        @staticmethod
        def backward(ctx, grad):
            return grad

    with pytest.raises(TypeError, match="takes only Tensors"):
        SavesNumbers.apply(leaf([1.0]))


def test_without_grad_nothing_is_recorded():
    x = leaf([2.0])
    with ag.no_grad():
        y = Multiply.apply(x, x)
    assert y.grad_fn is None
    assert not Multiply.apply(vt.tensor([1.0]), vt.tensor([2.0])).requires_grad
