# SPDX-License-Identifier: Apache-2.0
"""The checker finds wrong derivatives and refuses what it cannot check."""

import pytest
import vt_autograd as ag
import vt_core as vt


class WrongSquare(ag.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * x * 2.02


class WrongSecond(ag.Function):
    """Right to first order: its gradient is a constant to the second."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * x.detach() * 2.0


@pytest.fixture
def x():
    return vt.tensor([1.0, 2.0], dtype=vt.float64).requires_grad_()


def test_wrong_derivative_is_found(x):
    with pytest.raises(ag.GradcheckError, match=r"output 0 by input 0: element 0 by element 0"):
        ag.gradcheck(WrongSquare.apply, x)
    assert ag.gradcheck(WrongSquare.apply, x, raise_exception=False) is False


def test_wrong_second_derivative_is_found(x):
    assert ag.gradcheck(WrongSecond.apply, x)
    with pytest.raises(ag.GradcheckError):
        ag.gradgradcheck(WrongSecond.apply, x)


def test_cut_graph_is_found(x):
    with pytest.raises(ag.GradcheckError):
        ag.gradcheck(lambda x: x * x.detach(), x)


def test_refusals(x):
    with pytest.raises(ValueError, match="no input requires grad"):
        ag.gradcheck(lambda x: x, vt.tensor([1.0], dtype=vt.float64))
    with pytest.raises(ValueError, match="float32, expected float64"):
        ag.gradcheck(lambda x: x, vt.tensor([1.0]).requires_grad_())
    with pytest.raises(ValueError, match="complex64, expected float64 or complex128"):
        ag.gradcheck(lambda x: x, vt.tensor([1.0j]).requires_grad_())
    with pytest.raises(NotImplementedError, match="check_batched_forward_grad"):
        ag.gradcheck(lambda x: x, x, check_batched_forward_grad=True)
    with pytest.raises(ValueError, match="nothing to check"):
        ag.gradcheck(lambda x: x, x, check_backward_ad=False)


def test_several_outputs_and_inputs(x):
    b = vt.tensor([[3.0], [4.0]], dtype=vt.float64).requires_grad_()
    constant = vt.tensor([2.0, 2.0], dtype=vt.float64)
    assert ag.gradcheck(lambda a, b, c: (a * b, a + c), (x, b, constant))
    assert ag.gradgradcheck(lambda a, b, c: (a * b, a * a * c), (x, b, constant))


def test_complex_derivatives_are_checked_in_both_parts():
    z = vt.tensor([1.0 + 2.0j, -0.5j], dtype=vt.complex128).requires_grad_()
    w = vt.tensor([0.5 - 1.0j, 2.0 + 0.0j], dtype=vt.complex128).requires_grad_()
    for function in (
        lambda z, w: z * w * z,
        lambda z, w: vt.ops.abs(z) * w.conj(),
        lambda z, w: vt.view_as_real(z * w),
    ):
        assert ag.gradcheck(function, (z, w), check_forward_ad=True)
        assert ag.gradgradcheck(function, (z, w), check_fwd_over_rev=True)


class Unconjugated(ag.Function):
    """The gradient of a square without the conjugate that the convention asks for."""

    @staticmethod
    def forward(ctx, z):
        ctx.save_for_backward(z)
        return z * z

    @staticmethod
    def backward(ctx, grad):
        (z,) = ctx.saved_tensors
        return grad * z * 2.0


@pytest.mark.parametrize("fast_mode", [False, True])
def test_a_missing_conjugate_is_found(fast_mode):
    z = vt.tensor([1.0 + 2.0j], dtype=vt.complex128).requires_grad_()
    with pytest.raises(ag.GradcheckError, match="product" if fast_mode else "the imaginary part of element 0"):
        ag.gradcheck(Unconjugated.apply, z, fast_mode=fast_mode)


def test_fast_mode_finds_wrong_derivatives(x):
    assert ag.gradcheck(lambda x: (x * x, x.sum()), x, fast_mode=True, check_forward_ad=True)
    assert ag.gradgradcheck(lambda x: x * x * x, x, fast_mode=True, check_fwd_over_rev=True)
    with pytest.raises(ag.GradcheckError, match="output 0: gradients: got the product"):
        ag.gradcheck(WrongSquare.apply, x, fast_mode=True)


def test_tangents_are_checked(x):
    assert ag.gradcheck(lambda x: x * x, x, check_forward_ad=True, check_backward_ad=False)

    def without_tangent(x):
        return x.detach() * x

    for fast_mode, match in ((False, "tangents: element 0 by element 0"), (True, "output 0: tangents")):
        with pytest.raises(ag.GradcheckError, match=match):
            ag.gradcheck(without_tangent, x, check_forward_ad=True, check_backward_ad=False, fast_mode=fast_mode)


class Drifting(ag.Function):
    """Every backward gives a little more."""

    step = 0.0

    @staticmethod
    def forward(ctx, x):
        return x * 1.0

    @staticmethod
    def backward(ctx, grad):
        Drifting.step += 1e-9
        return grad + Drifting.step


def test_gradients_that_differ_from_run_to_run_are_found(x):
    with pytest.raises(ag.GradcheckError, match="Backward is not reentrant"):
        ag.gradcheck(Drifting.apply, x)
    assert ag.gradcheck(Drifting.apply, x, nondet_tol=1e-8)


class OnesForNone(ag.Function):
    """Takes a missing gradient for one of ones."""

    @staticmethod
    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        return x * 1.0, x * 2.0

    @staticmethod
    def backward(ctx, first, second):
        return (1.0 if first is None else first) + (0.0 if second is None else second * 2.0)


def test_undefined_gradients_taken_for_others_are_found(x):
    with pytest.raises(ag.GradcheckError, match=r"handle undefined output grads|by central differences"):
        ag.gradcheck(OnesForNone.apply, x)
    assert ag.gradcheck(lambda x: (x * x, x.sum()), x)


def test_further_checks_hold_for_operators(x):
    assert ag.gradcheck(lambda x: x * x, x, check_grad_dtypes=True, check_batched_grad=True, masked=True)
    assert ag.gradgradcheck(
        lambda x: x.exp() * x, x, gen_non_contig_grad_outputs=True, check_batched_grad=True, check_grad_dtypes=True
    )


def test_arguments_that_are_no_tensors_are_passed_on(x):
    assert ag.gradcheck(lambda x, factor, places: x[places] * factor, (x, 3.0, 1), check_forward_ad=True)


def test_a_batch_of_gradients(x):
    y = x * x
    batch = vt.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], dtype=vt.float64)
    (found,) = ag.grad(y, x, batch, is_grads_batched=True, retain_graph=True)
    assert found.tolist() == [[2.0, 0.0], [0.0, 4.0], [2.0, 4.0]]
    (found,) = ag.grad(y, x, batch, is_grads_batched=True, create_graph=True, only_inputs=True)
    assert ag.grad(found.sum(), x)[0].tolist() == [4.0, 4.0]
    assert ag.grad(y, x, batch[:0], is_grads_batched=True, retain_graph=True)[0].shape == (0, 2)
    other = vt.tensor(1.0).requires_grad_()
    assert ag.grad(y, [x, other], batch, is_grads_batched=True, allow_unused=True)[1] is None
    with pytest.raises(RuntimeError, match="a second time"):
        ag.grad(y, x, batch, is_grads_batched=True)


def test_batches_of_other_sizes_are_refused(x):
    y = x * x
    with pytest.raises(RuntimeError, match=r"interpret the first dimension .* grad_output\[0\] has a shape of \(2,\)"):
        ag.grad(y, x, vt.ones((2,), dtype=vt.float64), is_grads_batched=True)
    with pytest.raises(RuntimeError, match=r"one batch size: got batches of \[1, 3\]"):
        ag.grad([y, y * 1.0], x, [y.detach()[None], vt.ones((3, 2), dtype=vt.float64)], is_grads_batched=True)
    with pytest.raises(RuntimeError, match="got no gradient"):
        ag.grad(y, x, is_grads_batched=True)
