# SPDX-License-Identifier: Apache-2.0
"""saved_tensors_hooks: what nodes save is replaced, compared with PyTorch."""

import gc
import weakref

import pytest
import vt_autograd as ag
import vt_core as vt
from twin import OURS, fails, same


def test_pack_and_unpack_replace_what_is_saved():
    def scenario(t):
        a, b = t.leaf([1.0, 2.0]), t.leaf([3.0, 4.0])
        packed = []

        def pack(x):
            packed.append(t.numbers(x))
            return x.detach() * 10.0

        with t.graph.saved_tensors_hooks(pack, lambda x: x):
            y = a * b
        y.sum().backward()
        return sorted(packed), t.numbers(a.grad), t.numbers(b.grad)

    same(scenario)


def test_packed_form_may_be_anything():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        with t.graph.saved_tensors_hooks(lambda x: (x.tolist(), "text"), lambda p: t.tensor(p[0])):
            y = x.exp()
        y.sum().backward()
        return [round(v, 12) for v in t.numbers(x.grad)]

    same(scenario)


def test_innermost_hooks_count():
    def scenario(t):
        x = t.leaf([2.0])
        times = lambda n: t.graph.saved_tensors_hooks(lambda x: x.detach() * n, lambda x: x)  # noqa: E731
        with times(2.0):
            a = x * x
            with times(3.0):
                b = x * x
            c = x * x
        d = x * x
        grads = [t.grad(y.sum(), x)[0] for y in (a, b, c, d)]
        return [t.numbers(g) for g in grads]

    same(scenario)


def test_double_backward_goes_through_the_hooks():
    def scenario(t):
        x = t.leaf([2.0, 3.0])
        with t.graph.saved_tensors_hooks(lambda x: x.detach().clone(), lambda x: x):
            y = (x * x * x).sum()
            (g,) = t.grad(y, x, create_graph=True)
            (h,) = t.grad(g.sum(), x, create_graph=True)
            (i,) = t.grad(h.sum(), x)
        return t.numbers(g), t.numbers(h), t.numbers(i)

    same(scenario)


def test_saved_lists():
    def scenario(t):
        a, b = t.leaf([1.0]), t.leaf([2.0])
        with t.graph.saved_tensors_hooks(lambda x: x.tolist(), t.tensor):
            y = t.lib.stack([a, b]) if hasattr(t.lib, "stack") else vt.ops.stack([a, b])
            z = (y * y).sum()
        z.backward()
        return t.numbers(a.grad), t.numbers(b.grad)

    same(scenario)


def test_results_and_in_place_writes_are_packed():
    def scenario(t):
        x = t.leaf([0.5])
        with t.graph.saved_tensors_hooks(lambda x: x.tolist(), t.tensor):
            h = x * 2.0
            h.exp_()
            s = h.sigmoid()
        s.sum().backward()
        return [round(v, 12) for v in t.numbers(x.grad)]

    same(scenario)


def test_function_saves_through_the_hooks():
    def scenario(t):
        seen = []

        class Square(t.Function):
            @staticmethod
            def forward(ctx, x):
                y = x * x
                ctx.save_for_backward(x, y, None)
                return y

            @staticmethod
            def backward(ctx, g):
                x, y, nothing = ctx.saved_tensors
                seen.append((t.numbers(x), t.numbers(y), nothing))
                return g * 2.0 * x

        x = t.leaf([3.0])
        with t.graph.saved_tensors_hooks(lambda x: x.tolist(), t.tensor):
            y = Square.apply(x)
        (g,) = t.grad(y.sum(), x, create_graph=True)
        (h,) = t.grad(g.sum(), x)
        return seen, t.numbers(g), t.numbers(h)

    same(scenario)


def test_writing_to_what_was_packed_is_no_error():
    def scenario(t):
        x = t.leaf([2.0])
        h = x * 1.0
        with t.graph.saved_tensors_hooks(lambda x: x.clone().detach(), lambda x: x):
            y = h * h
        with t.no_grad():
            h.mul_(100.0)
        y.sum().backward()
        return t.numbers(x.grad)

    same(scenario)


def test_pack_hook_must_not_write():
    def scenario(t):
        x = t.leaf([2.0]) * 1.0
        with t.graph.saved_tensors_hooks(lambda x: x.mul_(2.0), lambda x: x):
            return x * x

    fails(scenario, RuntimeError, "pack hook is modifying its input in place")


@pytest.mark.parametrize("where", ["pack", "unpack"])
def test_failing_hooks_raise_what_they_raised(where):
    def scenario(t):
        def fail(x):
            raise KeyError("no tensor today")

        keep = lambda x: x.detach()  # noqa: E731
        x = t.leaf([2.0])
        with t.graph.saved_tensors_hooks(fail if where == "pack" else keep, fail):
            y = x * x
        y.sum().backward()

    fails(scenario, KeyError, "no tensor today")
    x = OURS.leaf([2.0])
    (x * x).sum().backward()
    assert x.grad.tolist() == [4.0]


def test_unpack_must_return_a_tensor():
    def scenario(t):
        x = t.leaf([2.0])
        with t.graph.saved_tensors_hooks(lambda x: 3, lambda x: x):
            y = x * x
        y.sum().backward()

    fails(scenario, TypeError, "Output of saved tensor unpack_hook expected to be a Tensor")


def test_hooks_must_be_functions():
    with pytest.raises(TypeError, match="two functions"), ag.graph.saved_tensors_hooks(1, 2):
        pass


def test_disabling_the_hooks():
    def entering(t):
        with t.graph.disable_saved_tensors_hooks("not now"), t.graph.saved_tensors_hooks(lambda x: x, lambda x: x):
            pass

    def disabling(t):
        with t.graph.saved_tensors_hooks(lambda x: x, lambda x: x), t.graph.disable_saved_tensors_hooks("not now"):
            pass

    fails(entering, RuntimeError, "not now")
    fails(disabling, RuntimeError, "not now")

    def scenario(t):
        x = t.leaf([2.0])
        with t.graph.disable_saved_tensors_hooks("outer"):
            with t.graph.disable_saved_tensors_hooks("inner"):
                pass
            y = x * x
        with t.graph.saved_tensors_hooks(lambda x: x.detach() * 0.0, lambda x: x):
            z = x * x
        return t.numbers(t.grad(y.sum(), x)[0]), t.numbers(t.grad(z.sum(), x)[0])

    same(scenario)


def test_packed_objects_go_when_the_graph_is_freed():
    class Witness:
        def __init__(self, tensor):
            self.tensor = tensor

    gone = []

    def pack(x):
        witness = Witness(x)
        gone.append(weakref.ref(witness))
        return witness

    def count():
        return sum(w() is not None for w in gone)

    x = OURS.leaf([2.0])
    with ag.graph.saved_tensors_hooks(pack, lambda w: w.tensor):
        y = (x.exp() * x).sum()
        z = x.exp()
    assert count() == len(gone) == 4
    y.backward(retain_graph=True)
    assert count() == 4
    y.backward()
    assert count() == 1
    del y, z
    gc.collect()
    assert count() == 0


def test_packing_a_result_as_it_is_makes_no_cycle():
    x = OURS.leaf([2.0])
    gone = []

    def pack(t):
        gone.append(weakref.ref(t))
        return t

    gc.disable()
    try:
        with ag.graph.saved_tensors_hooks(pack, lambda t: t):
            y = x.exp()
        del y
        assert [g() for g in gone] == [None]
    finally:
        gc.enable()


def test_cycle_through_what_was_packed_is_collected():
    class Holder:
        pass

    holder = Holder()
    gone = weakref.ref(holder)
    x = OURS.leaf([2.0])
    with ag.graph.saved_tensors_hooks(lambda t, h=holder: (h, t.detach()), lambda p: p[1]):
        holder.y = x * x
    del holder
    gc.collect()
    assert gone() is None


def test_freed_graph_says_so():
    def scenario(t):
        x = t.leaf([2.0])
        with t.graph.saved_tensors_hooks(lambda x: x.detach(), lambda x: x):
            y = (x * x).sum()
        y.backward()
        y.backward()

    fails(scenario, RuntimeError, "backward through the graph a second time")


def test_hooks_hold_for_the_calling_thread_alone():
    import threading

    x = OURS.leaf([2.0])
    result = []
    with ag.graph.saved_tensors_hooks(lambda t: t.detach() * 0.0, lambda t: t):
        thread = threading.Thread(target=lambda: result.append(x * x))
        thread.start()
        thread.join()
    result[0].sum().backward()
    assert x.grad.tolist() == [4.0]


def test_save_on_cpu():
    def scenario(t):
        x = t.leaf([2.0, 3.0])
        with t.graph.save_on_cpu():
            y = (x * x).sum()
        y.backward()
        return t.numbers(x.grad)

    same(scenario)


def test_saved_values_of_a_packed_node():
    x = OURS.leaf([2.0])
    with ag.graph.saved_tensors_hooks(lambda t: t.tolist(), OURS.tensor):
        y = x.exp()
    assert y.grad_fn._saved_result.tolist() == y.tolist()
    assert y.grad_fn._saved_bytes == 0


class TestMutation:
    def test_saved_tensors_may_be_written(self):
        def scenario(t):
            with t.graph.allow_mutation_on_saved_tensors():
                a = t.leaf([1.0, 2.0])
                b = a.clone()
                y = (b * b).sum()
                b.sin_()
                b.mul_(3.0)
                z = (b * b).sum()
                (y + z).backward()
            return [round(v, 10) for v in t.numbers(a.grad)]

        same(scenario)

    def test_writes_through_views_count(self):
        def scenario(t):
            with t.graph.allow_mutation_on_saved_tensors():
                a = t.leaf([1.0, 2.0])
                b = a.clone()
                y = (b * b).sum()
                b[:1].mul_(5.0)
                y.backward()
            return t.numbers(a.grad)

        same(scenario)

    def test_backward_outside_is_refused(self):
        def scenario(t):
            with t.graph.allow_mutation_on_saved_tensors():
                y = (t.leaf([1.0]) ** 2).sum()
            y.backward()

        fails(scenario, AssertionError, "outside of the 'allow_mutation_on_saved_tensors' context")

    def test_it_cannot_be_nested(self):
        def scenario(t):
            with t.graph.allow_mutation_on_saved_tensors(), t.graph.allow_mutation_on_saved_tensors():
                pass

        fails(scenario, RuntimeError, "cannot be nested")
        with ag.graph.allow_mutation_on_saved_tensors():
            pass
