# SPDX-License-Identifier: Apache-2.0
"""inference_mode, compared with PyTorch."""

import asyncio
import threading
import warnings

import pytest
import vt_autograd as ag
import vt_core as vt
from twin import OURS, fails, same


def test_marks_what_is_made():
    def scenario(t):
        x, plain = t.leaf([1.0, 2.0]), t.tensor([3.0, 4.0])
        with t.inference_mode():
            made = [x * 2.0, t.tensor([1.0]), t.lib.zeros(2) if t.lib is not vt else vt.ops.zeros((2,)), plain + plain]
            views = [made[0][:1], made[0].reshape(2, 1), x[:1], plain.reshape(2, 1), x.detach(), made[0].detach()]
            inside = t.is_inference_mode_enabled(), t.is_grad_enabled()
        outside = [made[0].clone(), made[0] + 1.0, made[0][1:]]
        return (
            [v.is_inference() for v in (*made, *views, *outside, x, plain)],
            [v.requires_grad for v in (*made, *views[:2], *outside)],  # PyTorch's view of a leaf does
            inside,
            (t.is_inference_mode_enabled(), t.is_grad_enabled()),
        )

    same(scenario)


def test_enable_grad_inside_records_nothing():
    def scenario(t):
        x = t.leaf([1.0])
        with t.inference_mode(), t.enable_grad():
            y = x * 2.0
        return y.requires_grad, y.is_inference(), t.is_grad_enabled()

    same(scenario)


def test_mode_off_records_again():
    def scenario(t):
        x = t.leaf([1.0])
        out = []
        with t.inference_mode():
            with t.inference_mode(False):
                y = x * 2.0
                out.append((y.requires_grad, y.is_inference(), t.is_grad_enabled()))
            out.append((t.is_inference_mode_enabled(), t.is_grad_enabled()))
        with t.no_grad():
            with t.inference_mode(False):
                out.append((t.is_inference_mode_enabled(), t.is_grad_enabled()))
            with t.inference_mode():
                pass
            out.append(t.is_grad_enabled())
        return out

    same(scenario)


def test_inference_tensors_cannot_be_saved():
    def scenario(t):
        x = t.leaf([1.0])
        with t.inference_mode():
            y = t.tensor([2.0])
        return x * y

    fails(scenario, RuntimeError, "Inference tensors cannot be saved for backward")


def test_inference_tensors_may_take_part_where_nothing_is_saved():
    def scenario(t):
        x = t.leaf([1.0, 2.0])
        with t.inference_mode():
            y = t.tensor([2.0, 3.0])
        z = x + y
        with t.no_grad():
            w = x * y
        (z * x).sum().backward()
        return t.numbers(z), t.numbers(w), w.is_inference(), t.numbers(x.grad), t.numbers((x * y.clone()).sum())

    same(scenario)


@pytest.mark.parametrize("write", ["add_", "copy_", "view"])
def test_inference_tensors_cannot_be_written_outside(write):
    def scenario(t):
        with t.inference_mode():
            y = t.tensor([2.0, 3.0])
        if write == "view":
            y[:1].mul_(2.0)
        else:
            getattr(y, write)(t.tensor([1.0, 1.0]))

    fails(scenario, RuntimeError, "Inplace update to inference tensor outside InferenceMode is not allowed")


def test_writes_inside_the_mode():
    def scenario(t):
        plain = t.tensor([1.0, 2.0])
        with t.inference_mode():
            y = t.tensor([2.0, 3.0])
            y.mul_(2.0)
            plain.mul_(y)
            y[:1].add_(1.0)
        return t.numbers(y), t.numbers(plain), plain.is_inference(), plain._version

    same(scenario)


def test_inference_tensors_count_no_writes():
    def scenario(t):
        with t.inference_mode():
            return t.tensor([1.0])._version

    fails(scenario, RuntimeError, "Inference tensors do not track version counter")
    with ag.inference_mode():
        y = vt.tensor([1.0])
    ag.graph.increment_version(y)


def test_requires_grad():
    def outside(t):
        with t.inference_mode():
            y = t.tensor([1.0])
        y.requires_grad_()

    fails(outside, RuntimeError, "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed")

    def inside(t):
        with t.inference_mode():
            y = t.tensor([1.0]).requires_grad_()
        return y.requires_grad, y.is_leaf

    same(inside)


def test_write_to_saved_tensor_inside_is_noticed():
    def scenario(t):
        h = t.leaf([2.0]).clone()
        y = h * h
        with t.inference_mode():
            h.mul_(2.0)
        y.sum().backward()

    fails(scenario, RuntimeError, "modified by an inplace operation")


def test_function_in_inference_mode_is_not_recorded():
    def scenario(t):
        class Double(t.Function):
            @staticmethod
            def forward(ctx, x):
                ctx.save_for_backward(x)
                return x * 2.0

            @staticmethod
            def backward(ctx, g):
                return g * 2.0

        with t.inference_mode():
            y = Double.apply(t.leaf([1.0]))
        return y.requires_grad, y.is_inference(), t.numbers(y)

    same(scenario)


def test_decorators():
    def scenario(t):
        @t.inference_mode()
        def one(x):
            """One."""
            return x * 2.0

        @t.inference_mode
        def two(x):
            return x * 2.0

        @t.inference_mode(False)
        def three(x):
            return x * 2.0

        @t.inference_mode()
        def steps(x):
            got = yield x * 2.0
            yield got * 2.0

        x = t.leaf([1.0])
        generator = steps(x)
        first = next(generator)
        between = t.is_inference_mode_enabled()
        second = generator.send(x)
        return (
            one.__doc__,
            [f(x).is_inference() for f in (one, two, three)],
            (first.is_inference(), between, second.is_inference()),
        )

    same(scenario)


@pytest.mark.parametrize("mode", ["no_grad", "inference_mode"])
def test_coroutines_run_in_the_mode_and_others_do_not(mode):
    x = OURS.leaf([1.0])
    seen = []

    @getattr(ag, mode)()
    async def quiet():
        seen.append(("quiet", (x * 2.0).requires_grad))
        await asyncio.sleep(0)
        seen.append(("quiet", (x * 2.0).requires_grad))
        return 7

    async def loud():
        for _ in range(2):
            seen.append(("loud", (x * 2.0).requires_grad))
            await asyncio.sleep(0)

    async def main():
        return await asyncio.gather(quiet(), loud())

    assert asyncio.run(main()) == [7, None]
    assert sorted(seen) == [("loud", True), ("loud", True), ("quiet", False), ("quiet", False)]
    assert ag.is_grad_enabled()
    assert not ag.is_inference_mode_enabled()


def test_asynchronous_generators_are_refused():
    with pytest.raises(TypeError, match="asynchronous generator"):

        @ag.no_grad()
        async def steps():
            yield 1


@pytest.mark.parametrize("mode", ["no_grad", "inference_mode"])
def test_decorated_classes_warn(mode):
    def scenario(t):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")

            @getattr(t, mode)()
            class Model:
                def __init__(self):
                    self.recorded = (t.leaf([1.0]) * 2.0).requires_grad

        return [c.category for c in caught], Model().recorded

    same(scenario)


def test_mode_is_of_the_thread():
    seen = []
    with ag.inference_mode():
        thread = threading.Thread(target=lambda: seen.append((ag.is_inference_mode_enabled(), ag.is_grad_enabled())))
        thread.start()
        thread.join()
    assert seen == [(False, True)]


def test_mode_ends_after_an_exception():
    with pytest.raises(KeyError), ag.inference_mode():
        raise KeyError
    assert not ag.is_inference_mode_enabled()
    assert ag.is_grad_enabled()
