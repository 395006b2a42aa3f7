# SPDX-License-Identifier: Apache-2.0
"""Dual numbers: levels, what has a tangent, views and in-place writes, and either mode over the other."""

from __future__ import annotations

import threading

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_autograd import forward_ad as fw


def numbers(*values: float) -> vt.Tensor:
    return vt.tensor(list(values), dtype=vt.float64)


def tangent(tensor: vt.Tensor) -> object:
    found = fw.unpack_dual(tensor).tangent
    return None if found is None else found.tolist()


@fw.dual_level()
def test_tangents_follow_sums_products_views_and_matrix_products():
    x = fw.make_dual(numbers(1.0, 2.0), numbers(1.0, 10.0))
    y = numbers(3.0, 4.0)
    assert tangent(x + y) == [1.0, 10.0]
    assert tangent(x + 2.0) == [1.0, 10.0]
    assert tangent(2.0 - x) == [-1.0, -10.0]
    assert tangent(vt.add(y, x, alpha=3)) == [3.0, 30.0]
    assert tangent(x * y) == [3.0, 40.0]
    assert tangent(x * x) == [2.0, 40.0]
    assert tangent(x[1]) == 10.0
    assert tangent(x.reshape((2, 1)).expand((2, 2))) == [[1.0, 1.0], [10.0, 10.0]]
    assert tangent(vt.matmul(vt.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=vt.float64), x)) == [21.0, 43.0]
    assert tangent(vt.matmul(x, x)) == 42.0
    assert [tangent(part) for part in vt.ops.unbind(x)] == [1.0, 10.0]
    assert tangent(vt.ops.cat([x, y])) == [1.0, 10.0, 0.0, 0.0]
    assert tangent(x.sum()) == 11.0


@fw.dual_level()
def test_only_results_of_dual_numbers_are_dual():
    x = fw.make_dual(numbers(1.5, 2.5), numbers(1.0, 1.0))
    assert tangent(numbers(1.0) * 2.0) is None
    assert tangent(x.detach()) is None
    assert tangent(x > 2.0) is None
    assert tangent(vt.ops.argmax(x)) is None
    assert tangent(vt.ops.floor(x)) == [0.0, 0.0]
    values, indices = vt.ops.sort(x, descending=True)
    assert tangent(values) == [1.0, 1.0]
    assert tangent(indices) is None


@fw.dual_level()
def test_unpacking_gives_the_tensor_without_its_tangent():
    t = numbers(1.0)
    x = fw.make_dual(numbers(2.0), t)
    primal, found = fw.unpack_dual(x)
    assert found is t
    assert primal.tolist() == [2.0]
    assert tangent(primal) is None
    assert tangent(primal * 2.0) is None
    y = x * 2.0
    assert tangent(fw.unpack_dual(y).primal) is None
    assert fw.unpack_dual(numbers(1.0)).tangent is None


def test_tangents_end_with_their_level():
    with fw.dual_level():
        y = fw.make_dual(numbers(1.0), numbers(1.0)) * 2.0
        assert tangent(y) == [2.0]
    assert fw.unpack_dual(y) == (y, None)
    with fw.dual_level():
        assert tangent(y) is None
        assert tangent(y * 2.0) is None


def test_levels_are_opened_and_closed_in_order():
    assert fw.enter_dual_level() == 0
    with pytest.raises(RuntimeError, match="Nested forward mode AD is not supported"):
        fw.enter_dual_level()
    with pytest.raises(RuntimeError, match="not the last one"):
        fw.exit_dual_level(level=1)
    fw.exit_dual_level(level=0)
    with pytest.raises(RuntimeError, match="no level"):
        fw.exit_dual_level()


def test_a_level_decorates_a_function():
    @fw.dual_level()
    def slope(x: vt.Tensor) -> object:
        return tangent(fw.make_dual(x, vt.ones_like(x)).exp())

    assert slope(numbers(0.0)) == [1.0]
    assert slope(numbers(0.0)) == [1.0]


@fw.dual_level()
def test_what_does_not_make_a_dual_number():
    x = numbers(1.0, 2.0)
    with pytest.raises(RuntimeError, match="different size"):
        fw.make_dual(x, numbers(1.0))
    with pytest.raises(RuntimeError, match="does not fit"):
        fw.make_dual(x, vt.ones((2,)))
    with pytest.raises(ValueError, match="Expected primal to be floating point or complex, but got"):
        fw.make_dual(vt.tensor([1, 2]), x)
    with pytest.raises(ValueError, match="Expected tangent"):
        fw.make_dual(x, vt.tensor([1, 2]))
    dual = fw.make_dual(x, x)
    with pytest.raises(RuntimeError, match="already has a forward gradient"):
        fw.make_dual(dual, x)
    with pytest.raises(RuntimeError, match="itself has a forward gradient"):
        fw.make_dual(x, dual)
    with pytest.raises(TypeError, match="takes Tensors"):
        ag._C._make_dual(1, x)


def test_no_level_no_dual_number():
    with pytest.raises(RuntimeError, match="no level exists"):
        fw.make_dual(numbers(1.0), numbers(1.0))


@fw.dual_level()
def test_destinations_are_refused():
    x = fw.make_dual(numbers(1.0), numbers(1.0))
    with pytest.raises(NotImplementedError, match=r"Trying to use forward AD with mul .* out= function"):
        vt.ops.mul(numbers(1.0), 2.0, out=x)
    with pytest.raises(NotImplementedError, match="out= function"):
        vt.ops.mul(x, 2.0, out=numbers(1.0))


@fw.dual_level()
def test_writes_in_place_write_the_tangent():
    t = numbers(1.0, 10.0)
    x = fw.make_dual(numbers(1.0, 2.0), t)
    assert x.mul_(3.0) is x
    assert tangent(x) == [3.0, 30.0]
    assert t.tolist() == [3.0, 30.0]
    x.mul_(x)
    assert tangent(x) == [18.0, 360.0]
    x.exp_()
    x.zero_()
    assert tangent(x) == [0.0, 0.0]
    y = numbers(1.0, 1.0)
    y.add_(fw.make_dual(numbers(1.0, 2.0), numbers(5.0, 6.0)))
    assert tangent(y) == [5.0, 6.0]
    y.copy_(numbers(0.0, 0.0))
    assert tangent(y) == [0.0, 0.0]


@fw.dual_level()
def test_a_write_through_a_view_reaches_the_tangent_of_its_base():
    x = fw.make_dual(numbers(1.0, 2.0), numbers(1.0, 10.0)) * 1.0
    view = x[1:]
    view.mul_(5.0)
    assert tangent(view) == [50.0]
    assert tangent(x) == [1.0, 50.0]
    x.mul_(2.0)
    assert tangent(view) == [100.0]


@fw.dual_level()
def test_a_dual_number_written_into_a_view_makes_the_base_dual():
    x = vt.zeros((2, 2), dtype=vt.float64)
    first, second, whole = x[0], x[1], x.transpose(0, 1)
    first.copy_(fw.make_dual(numbers(1.0, 2.0), numbers(3.0, 4.0)))
    assert tangent(x) == [[3.0, 4.0], [0.0, 0.0]]
    assert tangent(first) == [3.0, 4.0]
    assert tangent(second) == [0.0, 0.0]
    assert tangent(whole * 2.0) == [[6.0, 0.0], [8.0, 0.0]]
    x[1, 0] = fw.make_dual(numbers(1.0), numbers(7.0))[0]
    assert tangent(whole) == [[3.0, 7.0], [4.0, 0.0]]


@fw.dual_level()
def test_in_place_changes_of_sizes_take_the_tangent_along():
    x = fw.make_dual(vt.ones((2, 3), dtype=vt.float64), vt.arange(6.0, dtype=vt.float64).reshape((2, 3))) * 1.0
    x.t_()
    assert tangent(x) == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    x.unsqueeze_(0)
    assert tangent(x) == [[[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]]


@fw.dual_level()
def test_a_tangent_laid_out_otherwise_is_copied():
    t = vt.arange(6.0, dtype=vt.float64).reshape((3, 2)).transpose(0, 1)
    x = fw.make_dual(vt.ones((2, 3), dtype=vt.float64), t)
    x[0].mul_(2.0)
    assert tangent(x) == [[0.0, 4.0, 8.0], [1.0, 3.0, 5.0]]
    assert t.tolist() == [[0.0, 2.0, 4.0], [1.0, 3.0, 5.0]]


@fw.dual_level()
def test_a_result_never_shares_its_tangent_with_an_argument():
    x = fw.make_dual(numbers(1.0), numbers(1.0))
    y = vt.ops.frac(x)
    z = x.clone()
    y.mul_(3.0)
    z.mul_(4.0)
    assert tangent(x) == [1.0]


@fw.dual_level()
def test_the_tangent_of_a_complex_number_is_not_conjugated():
    z = vt.tensor([1.0 + 2.0j], dtype=vt.complex128)
    dz = vt.tensor([0.5 - 1.0j], dtype=vt.complex128)
    x = fw.make_dual(z, dz)
    assert tangent(x * x) == [2 * (1 + 2j) * (0.5 - 1j)]
    assert tangent(x.conj()) == [0.5 + 1.0j]
    assert tangent(vt.ops.abs(x)) == pytest.approx([((1 - 2j) * (0.5 - 1j)).real / 5**0.5])
    assert tangent(vt.view_as_real(x)) == [[0.5, -1.0]]


def test_reverse_over_forward_records_tangents():
    x = numbers(1.0, 2.0).requires_grad_()
    v = numbers(1.0, 10.0).requires_grad_()
    with fw.dual_level():
        product = fw.unpack_dual((fw.make_dual(x, v) ** 3.0).sum()).tangent
    assert product.tolist() == 3.0 + 120.0
    by_x, by_v = ag.grad(product, (x, v))
    assert by_x.tolist() == [6.0, 120.0]
    assert by_v.tolist() == [3.0, 12.0]


@pytest.mark.parametrize(
    "function", [lambda x: (x**3.0).sum(), lambda x: (x.exp() * x.sum()).sum(), lambda x: x.prod()]
)
def test_forward_over_reverse_gives_products_with_the_hessian(function):
    x = numbers(1.0, 2.0, 0.5).requires_grad_()
    v = numbers(1.0, -2.0, 3.0)
    (gradient,) = ag.grad(function(x), x, create_graph=True)
    (expected,) = ag.grad(gradient, x, v)
    with fw.dual_level():
        dual = fw.make_dual(x, v)
        (gradient,) = ag.grad(function(dual), dual)
        found = fw.unpack_dual(gradient).tangent
    assert found.tolist() == pytest.approx(expected.tolist())


def test_forward_over_reverse_through_writes_in_place():
    x = numbers(1.0, 2.0).requires_grad_()

    def function(x: vt.Tensor) -> vt.Tensor:
        y = x * 1.0
        y.mul_(y)
        y[0].mul_(x[1])
        y.exp_()
        return y.sum()

    v = numbers(1.0, -2.0)
    (gradient,) = ag.grad(function(x), x, create_graph=True)
    (expected,) = ag.grad(gradient, x, v)
    with fw.dual_level():
        dual = fw.make_dual(x, v)
        (gradient,) = ag.grad(function(dual), dual, create_graph=True)
        found = fw.unpack_dual(gradient).tangent
    assert found.tolist() == pytest.approx(expected.tolist())


@fw.dual_level()
def test_gradients_flow_through_making_and_unpacking():
    x = numbers(2.0).requires_grad_()
    dual = fw.make_dual(x, numbers(1.0))
    (gradient,) = ag.grad(fw.unpack_dual(dual * dual).primal, x)
    assert gradient.tolist() == [4.0]


@fw.dual_level()
def test_dual_numbers_outlive_no_grad_and_change_of_mind():
    with ag.no_grad():
        x = fw.make_dual(numbers(2.0).requires_grad_(), numbers(1.0))
        assert tangent(x * x) == [4.0]
        weight = numbers(1.0).requires_grad_()
        weight.add_(x)
    assert tangent(weight) == [1.0]
    y = fw.make_dual(numbers(2.0), numbers(3.0)).requires_grad_()
    assert tangent(y) == [3.0]
    y.detach_()
    assert tangent(y) is None


def test_each_thread_has_a_level_of_its_own():
    found: list[object] = []

    def run(k: int) -> None:
        for _ in range(50):
            with fw.dual_level():
                x = fw.make_dual(numbers(float(k)), numbers(1.0))
                for _ in range(3):
                    x = x * x
                found.append((k, tangent(x)))

    threads = [threading.Thread(target=run, args=(k,)) for k in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(map(str, found)) == {str((k, [8.0 * k**7])) for k in (1, 2, 3)}
    assert len(found) == 150


@fw.dual_level()
def test_an_operator_without_a_derivative_says_so():
    x = fw.make_dual(numbers(1.0), numbers(1.0))
    with pytest.raises(NotImplementedError, match="Trying to use forward AD with random_"):
        vt.ops.random_(x)


class Cube(ag.Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.save_for_backward(x)
        ctx.save_for_forward(x)
        ctx.factor = factor
        return x * x * x * factor, x > 0

    @staticmethod
    def backward(ctx, grad, _):
        (x,) = ctx.saved_tensors
        return grad * x * x * 3 * ctx.factor, None

    @staticmethod
    def jvp(ctx, tangent, factor_tangent):
        assert factor_tangent is None
        (x,) = ctx.saved_tensors
        return tangent * x * x * 3 * ctx.factor, None


def test_a_function_has_tangents_by_its_jvp():
    x = numbers(1.0, 2.0)
    with fw.dual_level():
        y, positive = Cube.apply(fw.make_dual(x, numbers(1.0, 10.0)), 2.0)
        assert tangent(y) == [6.0, 240.0]
        assert tangent(positive) is None
        assert tangent(Cube.apply(x, 2.0)[0]) is None
    leaf = x.detach().requires_grad_()
    assert ag.gradcheck(lambda x: Cube.apply(x, 2.0)[0], leaf, check_forward_ad=True)
    assert ag.gradgradcheck(lambda x: Cube.apply(x, 2.0)[0], leaf, check_fwd_over_rev=True)


class WithoutJvp(ag.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 1.0

    @staticmethod
    def backward(ctx, grad):
        return grad


class WrongJvp(WithoutJvp):
    given = None

    @staticmethod
    def jvp(ctx, tangent):
        return WrongJvp.given


@fw.dual_level()
def test_a_jvp_is_needed_and_must_fit(monkeypatch):
    x = fw.make_dual(numbers(1.0), numbers(1.0))
    with pytest.raises(NotImplementedError, match="You must implement the jvp function"):
        WithoutJvp.apply(x)
    assert WithoutJvp.apply(numbers(1.0)).tolist() == [1.0]
    for given, error, match in (
        ((numbers(1.0), None), RuntimeError, r"incorrect number of tangents \(expected 1, got 2\)"),
        (1.0, TypeError, "must return Tensor or None"),
        (numbers(1.0, 2.0), RuntimeError, "set_tangent: got"),
    ):
        monkeypatch.setattr(WrongJvp, "given", given)
        with pytest.raises(error, match=match):
            WrongJvp.apply(x)


class Both(ag.Function):
    @staticmethod
    def forward(ctx, x, y):
        return x * 1.0 + y

    @staticmethod
    def jvp(ctx, first, second):
        return first + second


@fw.dual_level()
def test_missing_tangents_of_tensors_are_zeros():
    x = fw.make_dual(numbers(1.0), numbers(3.0))
    assert tangent(Both.apply(x, numbers(1.0))) == [3.0]
