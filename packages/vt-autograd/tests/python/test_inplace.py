# SPDX-License-Identifier: Apache-2.0
"""In-place writes and views: PyTorch's rules, and never a graph that is cut in silence."""

import pytest
import vt_autograd as ag
import vt_core as vt


def leaf(values):
    return vt.tensor(values, dtype=vt.float64).requires_grad_()


def test_write_into_leaf_is_refused():
    x = leaf([1.0])
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad is being used in an in-place operation"):
        x.add_(1.0)
    with ag.no_grad():
        x.add_(1.0)
    assert x.tolist() == [2.0]


def test_write_into_view_of_leaf_is_refused():
    x = leaf([[1.0, 2.0]])
    with pytest.raises(RuntimeError, match="a view of a leaf Variable that requires grad is being used"):
        x[0].add_(1.0)


def test_written_input_that_backward_needs_is_refused():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    y = (h * x).sum()
    h.add_(1.0)
    with pytest.raises(RuntimeError, match=r"modified by an inplace operation.*is at version 1; expected version 0"):
        y.backward()


def test_written_leaf_that_backward_needs_is_refused():
    x = leaf([1.0, 2.0])
    y = (x * x).sum()
    with ag.no_grad():
        x.zero_()
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.backward()


def test_written_input_that_backward_does_not_need():
    x = leaf([1.0, 2.0])
    h = x + 1.0
    y = (h + x).sum()
    h.mul_(3.0)
    y.backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_in_place_product_clones_what_it_overwrites():
    x, w = leaf([2.0, 3.0]), leaf([5.0, 7.0])
    h = x * 1.0
    h.mul_(w)
    h.sum().backward()
    assert x.grad.tolist() == [5.0, 7.0]
    assert w.grad.tolist() == [2.0, 3.0]


def test_in_place_product_with_itself():
    x = leaf([2.0, 3.0])
    h = x * 1.0
    h.mul_(h)
    h.sum().backward()
    assert x.grad.tolist() == [4.0, 6.0]


def test_in_place_product_with_own_view():
    x = leaf([2.0, 3.0])
    h = x * 1.0
    h.mul_(h.reshape((2,)))
    h.sum().backward()
    assert x.grad.tolist() == [4.0, 6.0]


def test_write_through_view_reaches_the_base():
    x, w = leaf([1.0, 2.0, 3.0]), leaf([10.0, 20.0])
    h = x * 2.0
    h[1:].mul_(w)
    h.sum().backward()
    assert x.grad.tolist() == [2.0, 20.0, 40.0]
    assert w.grad.tolist() == [4.0, 6.0]


def test_write_into_buffer_that_did_not_require_grad():
    w = leaf([1.0, 2.0])
    buffer = vt.zeros((2, 2), dtype=vt.float64)
    before = buffer[1]
    buffer[0] = w
    assert buffer.requires_grad
    buffer[1] = w * 3.0
    (before * before).sum().backward()
    assert w.grad.tolist() == [18.0, 36.0]


def test_view_sees_a_later_write_to_its_base():
    x, w = leaf([1.0, 2.0]), leaf([3.0, 4.0])
    h = x * 1.0
    view = h[0:1]
    h.mul_(w)
    assert view.grad_fn.name() == "AsStridedBackward0"
    view.sum().backward()
    assert x.grad.tolist() == [3.0, 0.0]
    assert w.grad.tolist() == [1.0, 0.0]


def test_sibling_view_sees_a_write_through_another():
    x = leaf([1.0, 2.0])
    h = x * 1.0
    a, b = h[0:1], h.reshape((2, 1))
    a.mul_(5.0)
    b.sum().backward()
    assert x.grad.tolist() == [5.0, 1.0]


WRITES = {
    "number": lambda view: view.mul_(2.0),
    "fill": lambda view: view.zero_(),
    "item": lambda view: view.__setitem__(0, 5.0),
    "view of it": lambda view: view[0:1].mul_(2.0),
    "factor that requires grad": lambda view: view.mul_(leaf([1.0])),
}


@pytest.mark.parametrize("mode", [ag.no_grad, ag.inference_mode])
@pytest.mark.parametrize("is_leaf", [False, True])
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_write_into_view_made_without_recording_is_refused(mode, is_leaf, write):
    x = leaf([1.0, 2.0])
    base = x if is_leaf else x * 1.0
    with mode():
        view, several = base[0:1], base.view((2, 1)).unbind()
    for unrecorded in (view, *several):
        with pytest.raises(RuntimeError, match="created in no_grad mode"):
            write(unrecorded)
        assert not unrecorded.requires_grad
    assert (base.tolist(), base._version) == ([1.0, 2.0], 0)
    with ag.no_grad():
        view.mul_(3.0)
    assert base.tolist() == [3.0, 2.0]
    if not is_leaf:
        base.mul_(2.0)  # writing the base itself is recorded
        base.sum().backward()
        assert x.grad.tolist() == [2.0, 2.0]


def test_views_made_without_recording_of_what_needs_no_gradient_may_be_written():
    x, w = leaf([1.0, 2.0]), leaf([3.0])
    with ag.no_grad():
        views = [vt.tensor([1.0], dtype=vt.float64)[:], x.detach()[0:1], (x * 1.0)[1:]]
    for view in views:
        view.mul_(2.0)
    assert [view.tolist() for view in views] == [[2.0], [2.0], [4.0]]
    assert ag.grad((views[0].clone() * w).sum(), w)[0].tolist() == [2.0]


def test_write_into_detached_alias_gives_it_its_own_history():
    x, w = leaf([1.0, 2.0]), leaf([3.0, 4.0])
    h = x * 1.0
    d = h.detach()
    d.mul_(w)
    d.sum().backward()
    assert w.grad.tolist() == [1.0, 2.0]
    assert x.grad is None


def test_contiguous_of_contiguous_is_a_view():
    x = leaf([1.0, 2.0])
    h = x * 1.0
    c = h.contiguous()
    c.mul_(3.0)
    h.sum().backward()
    assert x.grad.tolist() == [3.0, 3.0]


def test_conversions_that_change_nothing_return_the_tensor():
    x = leaf([1.0, 2.0])
    h = x * 1.0
    assert h.to(vt.float64) is h
    assert h.grad_fn.name() == "MulBackward0"


def test_fill_and_zero_cut_with_zeros():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    h.fill_(7.0)
    assert h.requires_grad
    h.sum().backward()
    assert x.grad.tolist() == [0.0, 0.0]


def test_copy_takes_the_history_of_its_source():
    x, w = leaf([1.0, 2.0]), leaf([3.0])
    h = x * 2.0
    h.copy_(w)
    h.sum().backward()
    assert x.grad.tolist() == [0.0, 0.0]
    assert w.grad.tolist() == [2.0]


def test_copy_into_integers_is_not_recorded():
    w = leaf([3.5])
    buffer = vt.zeros((1,), dtype=vt.int64)
    buffer.copy_(w)
    assert not buffer.requires_grad
    assert buffer.tolist() == [3]


def test_operator_without_derivative_is_refused():
    x = leaf([1.0])
    h = x * 1.0
    with pytest.raises(RuntimeError, match="overwritten by an operator without a derivative"):
        vt.ops._copy_within_(h, vt.tensor([2.0], dtype=vt.float64))


def test_double_backward_through_writes():
    x = leaf([1.0, 2.0, 3.0])

    def program(x):
        h = x * x
        h[1:].mul_(x[:2])
        return (h * h).sum()

    assert ag.gradcheck(program, x)
    assert ag.gradgradcheck(program, x)


def test_failed_write_leaves_history_alone():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    with pytest.raises(RuntimeError):
        h.add_(vt.tensor([1.0, 2.0, 3.0], dtype=vt.float64))
    h.sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_gradients_through_slices_backwards():
    x, v = leaf([1.0, 2.0, 3.0]), leaf([5.0, 7.0])
    y = x * 1.0
    y[::-2] = v
    (y[::-1] * vt.tensor([1.0, 10.0, 100.0], dtype=vt.float64)).sum().backward()
    assert y.tolist() == [7.0, 2.0, 5.0]
    assert x.grad.tolist() == [0.0, 10.0, 0.0]
    assert v.grad.tolist() == [1.0, 100.0]
