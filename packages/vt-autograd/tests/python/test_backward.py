# SPDX-License-Identifier: Apache-2.0
"""backward and grad: what accumulates where, and what is refused."""

import pytest
import vt_autograd as ag
import vt_core as vt


def leaf(values, dtype=None):
    return vt.tensor(values, dtype=dtype or vt.float64).requires_grad_()


def test_backward_accumulates_into_leaves():
    x, w = leaf([1.0, 2.0]), leaf([3.0, 4.0])
    (x * w + x).sum().backward()
    assert x.grad.tolist() == [4.0, 5.0]
    assert w.grad.tolist() == [1.0, 2.0]
    (x * 2.0).sum().backward()
    assert x.grad.tolist() == [6.0, 7.0]


def test_accumulation_writes_into_the_present_gradient():
    x = leaf([1.0])
    (x * 1.0).sum().backward()
    kept = x.grad
    (x * 1.0).sum().backward()
    assert kept.tolist() == [2.0]


@pytest.mark.parametrize("create_graph", [False, True])
def test_two_leaves_never_share_a_gradient(create_graph):
    a, b, gradient = leaf([1.0, 2.0]), leaf([[1.0, 2.0]]), vt.tensor([[1.0, 1.0]], dtype=vt.float64)
    y = a.reshape((1, 2)) + b
    y.retain_grad()
    z = (y + 0.0) * 1.0
    ag.backward(z, gradient, create_graph=create_graph)
    assert len({t.data_ptr() for t in (a.grad, b.grad, y.grad, gradient)}) == 4
    for t in (a.grad, b.grad, y.grad):
        with ag.no_grad():
            t.mul_(5.0)
        assert t.tolist() in ([5.0, 5.0], [[5.0, 5.0]])
    assert gradient.tolist() == [[1.0, 1.0]]


LAYOUTS = {
    "by row": lambda: leaf([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
    "transposed": lambda: leaf([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]).detach().transpose(0, 1).requires_grad_(),
    "with gaps": lambda: vt.zeros((2, 6), dtype=vt.float64)[:, ::2].requires_grad_(),
}


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("use", [lambda x: x * 2.0, lambda x: x.transpose(0, 1), lambda x: x.sum(), lambda x: x.exp()])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_gradient_lies_as_a_dense_leaf_and_by_row_otherwise(layout, use, create_graph):
    x = layout()
    use(x).sum().backward(create_graph=create_graph)
    assert x.grad.stride() == ((1, 2) if x.stride() == (1, 2) else (3, 1))
    assert x.grad.detach().tolist() == ag.grad(use(x).sum(), x)[0].tolist()
    x.grad = None  # its graph leads to x


def test_gradient_given_by_the_caller_is_not_written():
    x = leaf([1.0, 2.0])
    gradient = vt.tensor([1.0, 1.0], dtype=vt.float64)
    x.alias().backward(gradient) if hasattr(x, "alias") else ag.backward(vt.ops.alias(x), gradient)
    x.grad.mul_(3.0)
    assert gradient.tolist() == [1.0, 1.0]


def test_broadcast_operands_get_summed_gradients():
    x, w = leaf([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), leaf([[1.0], [2.0]])
    (x * w).sum().backward()
    assert w.grad.tolist() == [[6.0], [15.0]]
    assert x.grad.tolist() == [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]


def test_gradient_takes_the_dtype_of_its_tensor():
    x = leaf([1.0, 2.0], vt.float32)
    (x * vt.tensor([1.5, 2.5], dtype=vt.float64)).sum().backward()
    assert x.grad.dtype == vt.float32
    assert x.grad.tolist() == [1.5, 2.5]


def test_casts_pass_the_gradient_back():
    x = leaf([1.0, 2.0], vt.float32)
    (x.to(dtype=vt.float64) * 3.0).to(dtype=vt.bfloat16).sum().backward()
    assert x.grad.dtype == vt.float32
    assert x.grad.tolist() == [3.0, 3.0]


def test_real_part_of_a_complex_product():
    x = leaf([1.0, 2.0])
    y = x * (2.0 + 3.0j)
    y.backward(vt.tensor([1.0 + 1.0j, 1.0j]))
    assert x.grad.tolist() == pytest.approx([5.0, 3.0])


def test_grad_returns_gradients_and_accumulates_nothing():
    x, w = leaf([1.0, 2.0]), leaf([3.0, 4.0])
    gx, gw = ag.grad((x * w).sum(), [x, w])
    assert gx.tolist() == [3.0, 4.0]
    assert gw.tolist() == [1.0, 2.0]
    assert x.grad is None
    assert w.grad is None


def test_grad_by_a_tensor_that_is_not_a_leaf():
    x = leaf([1.0, 2.0])
    h = x * 3.0
    (gh,) = ag.grad((h * h).sum(), h)
    assert gh.tolist() == [6.0, 12.0]


def test_grad_of_unused_input():
    x, unused = leaf([1.0]), leaf([1.0])
    y = (x * 2.0).sum()
    with pytest.raises(RuntimeError, match="appears to not have been used in the graph"):
        ag.grad(y, [x, unused], retain_graph=True)
    assert ag.grad(y, [unused], allow_unused=True, retain_graph=True) == (None,)
    (zero,) = ag.grad(y, [unused], materialize_grads=True)
    assert zero.tolist() == [0.0]


def test_backward_with_inputs_leaves_the_others_alone():
    x, w = leaf([2.0]), leaf([3.0])
    h = x * w
    ag.backward((h * 2.0).sum(), inputs=[w, h])
    assert x.grad is None
    assert w.grad.tolist() == [4.0]
    assert h.grad.tolist() == [2.0]


def test_several_roots_one_behind_the_other():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    y = (h * 3.0).sum()
    ag.backward([y, h.sum(), y], retain_graph=True)
    assert x.grad.tolist() == [14.0, 14.0]


def test_same_leaf_many_times():
    x = leaf([1.0])
    total = x
    for _ in range(100):
        total = total + x
    total.sum().backward()
    assert x.grad.tolist() == [101.0]


def test_second_backward_through_freed_graph_is_refused():
    x = leaf([1.0, 2.0])
    y = (x * x).sum()
    y.backward()
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        y.backward()
    assert x.grad.tolist() == [2.0, 4.0]


def test_retained_graph_runs_again():
    x = leaf([1.0, 2.0])
    y = (x * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    assert x.grad.tolist() == [4.0, 8.0]


def test_graph_without_saved_tensors_runs_again():
    x = leaf([1.0])
    y = (x + 1.0).sum()
    y.backward()
    y.backward()
    assert x.grad.tolist() == [2.0]


def test_create_graph_gives_higher_derivatives():
    x = leaf([2.0])
    y = (x * x * x).sum()
    (first,) = ag.grad(y, x, create_graph=True)
    (second,) = ag.grad(first.sum(), x, create_graph=True)
    (third,) = ag.grad(second.sum(), x)
    assert (first.item(), second.item(), third.item()) == (12.0, 12.0, 6.0)
    assert not third.requires_grad


def test_graph_is_freed_where_that_is_asked_for_though_its_backward_is_recorded():
    x = leaf([2.0])
    y = (x * x * x).sum()
    (first,) = ag.grad(y, x, retain_graph=False, create_graph=True)
    with pytest.raises(RuntimeError, match="second time"):
        ag.grad(y, x)
    with pytest.raises(RuntimeError, match="second time"):
        first.sum().backward()  # what was recorded goes on through the first graph


def test_backward_without_create_graph_records_nothing():
    x = leaf([2.0])
    (x * x).sum().backward()
    assert not x.grad.requires_grad


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: vt.tensor([1.0]).sum().backward(), "does not require grad and does not have a grad_fn"),
        (lambda: (leaf([1.0, 2.0]) * 1.0).backward(), "grad can be implicitly created only for scalar outputs"),
        (lambda: (leaf([1.0, 2.0]) * 1.0).backward(vt.tensor([1.0])), "mismatch in shape"),
        (lambda: ag.grad(leaf([1.0]).sum(), vt.tensor([1.0])), "does not require grad"),
        (lambda: ag.backward([]), "got no tensors"),
        (lambda: ag.backward(leaf([1.0]).sum(), inputs=[]), "inputs is empty"),
        (lambda: ag.backward([leaf([1.0]).sum()], [None, None]), "got 1 tensors and 2 gradients"),
        (lambda: vt.tensor([1]).requires_grad_(), "only Tensors of floating point and complex dtype"),
        (lambda: (leaf([1.0]) * 1.0).requires_grad_(False), "you can only change requires_grad flags of leaf"),
        (lambda: setattr(leaf([1.0]), "grad", vt.tensor([1.0, 2.0], dtype=vt.float64)), "does not fit"),
        (lambda: setattr(leaf([1.0]), "grad", vt.tensor([1.0], dtype=vt.float32)), "does not fit"),
    ],
)
def test_misuse_raises(make, message):
    with pytest.raises(RuntimeError, match=message):
        make()


def test_integer_results_do_not_require_grad():
    x = leaf([1.0, 2.0])
    assert not x.to(dtype=vt.int64).requires_grad


def test_out_form_is_refused():
    x = leaf([1.0])
    out = vt.zeros((1,), dtype=vt.float64)
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        vt.add(x, 1.0, out=out)
    with pytest.raises(RuntimeError, match="don't support automatic differentiation"):
        vt.add(out, 1.0, out=x)
    with ag.no_grad():
        vt.add(x, 1.0, out=out)
    assert out.tolist() == [2.0]


def test_retain_grad_fills_grad_of_a_result():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    h.retain_grad()
    h.retain_grad()
    (h * h).sum().backward(retain_graph=True)
    assert h.grad.tolist() == [4.0, 8.0]
    (h * 1.0).sum().backward()
    assert h.grad.tolist() == [5.0, 9.0]


def test_retained_gradient_follows_an_in_place_write():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    h.retain_grad()
    h.mul_(3.0)
    (h * 5.0).sum().backward()
    assert h.grad.tolist() == [5.0, 5.0]
    assert x.grad.tolist() == [30.0, 30.0]


def test_detach_cuts_and_shares():
    x = leaf([1.0, 2.0])
    h = x * 2.0
    d = h.detach()
    assert not d.requires_grad
    assert d.is_leaf
    h.detach_()
    assert h.is_leaf
    assert not h.requires_grad


def test_a_leaf_that_no_longer_requires_grad_takes_none():
    x, w = leaf([1.0, 2.0]), leaf([3.0, 4.0])
    y = (x * w).sum()
    w.requires_grad_(False)
    y.backward(retain_graph=True)
    assert w.grad is None
    assert x.grad.tolist() == [3.0, 4.0]
    w.requires_grad_()
    y.backward()
    assert w.grad.tolist() == [1.0, 2.0]


def test_grad_survives_requires_grad_false():
    x = leaf([1.0])
    (x * 2.0).sum().backward()
    x.requires_grad_(False)
    assert x.grad.tolist() == [2.0]
    assert not (x * 2.0).requires_grad


def test_replacing_data_changes_the_expected_sizes():
    x = leaf([1.0, 2.0])
    if not hasattr(x, "data"):
        pytest.skip("Tensor has no data attribute")
    (x * 2.0).sum().backward()
    x.grad = None
    x.data = vt.tensor([1.0, 2.0, 3.0], dtype=vt.float64)
    (x * 2.0).sum().backward()
    assert x.grad.tolist() == [2.0, 2.0, 2.0]


CHANGES_OF_A_LEAF = {
    "none": lambda w: None,
    "data": lambda w: setattr(w, "data", leaf([5.0, 7.0])),
    "sizes": lambda w: setattr(w, "data", leaf([5.0])),
    "strides": lambda w: setattr(w, "data", leaf([[5.0, 7.0], [6.0, 8.0]])[:, 0]),
    "not required": lambda w: w.requires_grad_(False).requires_grad_(True),
}


@pytest.mark.parametrize("change", CHANGES_OF_A_LEAF.values(), ids=CHANGES_OF_A_LEAF.keys())
@pytest.mark.parametrize("earlier_first", [False, True])
def test_each_node_keeps_the_leaf_that_it_saw(change, earlier_first):
    x, w = leaf([1.0, 1.0]), leaf([2.0, 3.0])
    earlier, before = x * w * w, w.detach().numpy() ** 2
    change(w)
    later, after = x * w * w, w.detach().numpy() ** 2 * [1.0, 1.0]
    kept = [(earlier, before.tolist()), (later, after.tolist())]
    for y, expected in kept if earlier_first else kept[::-1]:
        assert ag.grad(y.sum(), x, retain_graph=True)[0].tolist() == expected
    del earlier
    assert ag.grad(later.sum(), x)[0].tolist() == after.tolist()


@pytest.mark.thread_unsafe(reason="blocks are counted for the process")
def test_nodes_that_save_a_leaf_share_one_alias_of_it():
    def blocks(num_ops):
        x, w = leaf([1.0]), leaf([1.0])
        for _ in range(num_ops):
            x = x * w
        return sum(vt._C._count_small_blocks().values())

    # Of each product: its node, the alias of the factor before it, and the storage of that.
    assert blocks(200) - blocks(100) == 300


def test_names_of_nodes():
    x = leaf([[1.0, 2.0]])
    y = (x + 1.0).sum()
    assert y.grad_fn.name() == "SumBackward0"
    assert x.sum(1).grad_fn.name() == "SumBackward1"
    assert x.to(dtype=vt.float32).grad_fn.name() == "ToBackward0"
    add, number = y.grad_fn.next_functions[0]
    assert (add.name(), number) == ("AddBackward0", 0)
    assert add.next_functions[0][0].name() == "AccumulateGrad"
    assert add.next_functions[1] == (None, 0)
    assert repr(y.grad_fn).startswith("<SumBackward0 object at 0x")
    assert y.grad_fn == y.grad_fn
    assert y.grad_fn != add
    assert len({y.grad_fn, y.grad_fn}) == 1


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("dtype", [vt.float32, vt.float64, vt.bfloat16])
def test_a_cross_entropy_is_where_a_backward_may_begin_without_a_gradient(reduction: str, dtype: vt.dtype) -> None:
    x = vt.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5]], dtype=dtype).requires_grad_()
    target = vt.tensor([2, 0])

    def loss() -> vt.Tensor:
        return vt.ops.cross_entropy(x, target, reduction=reduction)

    ag.backward(loss())
    begun, x.grad = x.grad, None
    ag.backward(loss(), vt.tensor(1.0, dtype=dtype))
    assert x.grad is not None
    assert begun.tolist() == x.grad.tolist()
    x.grad = None
    ag.backward(loss(), retain_graph=True, create_graph=True)
    assert x.grad.requires_grad
    assert begun.tolist() == x.grad.tolist()
    x.grad = None  # its graph leads to x


def test_whoever_could_see_the_gradient_of_one_is_given_it() -> None:
    x = vt.tensor([[0.5, -1.0, 2.0]]).requires_grad_()
    loss = vt.ops.cross_entropy(x, vt.tensor([2]))
    of_loss, of_x = ag.grad(loss, [loss, x], retain_graph=True)
    assert of_loss.item() == 1.0
    assert of_x.tolist() == ag.grad(loss, x, retain_graph=True)[0].tolist()
    seen: list[float] = []
    loss.register_hook(lambda grad: seen.append(grad.item()))
    (hooked,) = ag.grad(loss, x, retain_graph=True)
    assert seen == [1.0]
    assert hooked.tolist() == of_x.tolist()
    (twice,) = ag.grad([loss, loss], x)
    assert twice.tolist() == (2 * of_x).tolist()
