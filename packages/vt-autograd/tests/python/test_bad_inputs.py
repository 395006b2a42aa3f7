# SPDX-License-Identifier: Apache-2.0
"""Bad calls of automatic differentiation, each in a process of its own: a named error, and everything stays usable."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from typing import Any

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_core.testing import run_forked

ops = vt.ops


def leaf(values: Any) -> vt.Tensor:
    return vt.tensor(values, dtype=vt.float64).requires_grad_()


class Wrong(ag.Function):
    """Its backward returns what it is told to."""

    @staticmethod
    def forward(ctx: Any, x: vt.Tensor, result: Any) -> vt.Tensor:
        ctx.result = result
        return x * 2.0

    @staticmethod
    def backward(ctx: Any, g: vt.Tensor) -> Any:
        return ctx.result(g) if callable(ctx.result) else ctx.result


def wrong(result: Any) -> Callable[[], Any]:
    return lambda: Wrong.apply(leaf([1.0, 2.0]), result).sum().backward()


def stale() -> None:
    x = leaf([1.0, 2.0])
    h = x * 1.0
    y = h * h
    h.mul_(2.0)
    y.sum().backward()


def stale_through_view() -> None:
    x = leaf([1.0, 2.0])
    h = x * 1.0
    y = h.exp() * h
    h[:1].fill_(0.0)
    y.sum().backward()


def twice() -> None:
    y = (leaf([1.0]) ** 2).sum()
    y.backward()
    y.backward()


def hooked(hook: Any, where: str = "tensor") -> Callable[[], Any]:
    def run() -> None:
        x = leaf([1.0, 2.0])
        h = x * 2.0
        if where == "tensor":
            h.register_hook(hook)
        elif where == "leaf":
            x.register_hook(hook)
        elif where == "accumulated":
            x.register_post_accumulate_grad_hook(hook)
        elif where == "before":
            h.grad_fn.register_prehook(hook)
        else:
            h.grad_fn.register_hook(hook)
        h.sum().backward()

    return run


def packed(pack: Any, unpack: Any) -> Callable[[], Any]:
    def run() -> None:
        with ag.graph.saved_tensors_hooks(pack, unpack):
            y = leaf([1.0, 2.0]).exp()
        y.sum().backward()

    return run


def mutated_during_backward() -> None:
    x = leaf([1.0, 2.0])
    h = x * 1.0
    y = (h * h) * 2.0

    def spoil(g: vt.Tensor) -> None:
        with ag.no_grad():
            h.zero_()

    y.register_hook(spoil)
    y.sum().backward()


def view_without_grad() -> None:
    x = leaf([1.0, 2.0]) * 1.0
    with ag.no_grad():
        v = x[:1]
    v.mul_(leaf([2.0]))


def hook_runs_the_same_graph() -> None:
    x = leaf([1.0])
    y = (x * x).sum()
    x.register_hook(lambda g: y.backward())
    y.backward()


def inference_tensor() -> vt.Tensor:
    with ag.inference_mode():
        return vt.tensor([1.0, 2.0])


def assign_grad(grad: Any) -> Callable[[], Any]:
    return lambda: setattr(leaf([1.0, 2.0]), "grad", grad() if callable(grad) else grad)


x2 = lambda: leaf([1.0, 2.0])  # noqa: E731
scalar = lambda: (leaf([1.0, 2.0]) * 3.0).sum()  # noqa: E731

CASES: dict[str, tuple[Callable[[], Any], str, str]] = {
    "version violation": (stale, "RuntimeError", "modified by an inplace operation"),
    "version violation through a view": (stale_through_view, "RuntimeError", "modified by an inplace operation"),
    "mutation during backward": (mutated_during_backward, "RuntimeError", "modified by an inplace operation"),
    "leaf written in place": (lambda: x2().add_(1.0), "RuntimeError", "a leaf Variable that requires grad"),
    "leaf filled": (lambda: x2().zero_(), "RuntimeError", "a leaf Variable that requires grad"),
    "view of a leaf written": (lambda: x2()[:1].add_(1.0), "RuntimeError", "a view of a leaf Variable"),
    "view made without grad written": (view_without_grad, "RuntimeError", "created in no_grad mode"),
    "expanded base written through a view": (
        lambda: (leaf([[1.0]]) * 1.0).expand(2, 2)[:1].mul_(2.0),
        "RuntimeError",
        "",
    ),
    "second backward": (twice, "RuntimeError", "a second time"),
    "not a scalar": (lambda: (x2() * 2.0).backward(), "RuntimeError", "only for scalar outputs"),
    "complex scalar": (
        lambda: (vt.tensor([1j]).requires_grad_() * 2.0).sum().backward(),
        "RuntimeError",
        "real scalar",
    ),
    "no path": (lambda: vt.tensor([1.0]).sum().backward(), "RuntimeError", "does not require grad"),
    "no path under no_grad": (
        lambda: ag.no_grad()(lambda: scalar().backward())(),
        "RuntimeError",
        "does not require grad",
    ),
    "int requires grad": (lambda: vt.tensor([1, 2]).requires_grad_(), "RuntimeError", "floating point and complex"),
    "bool requires grad": (
        lambda: setattr(vt.tensor([True]), "requires_grad", True),
        "RuntimeError",
        "floating point and complex",
    ),
    "result no longer requires grad": (
        lambda: (x2() * 2.0).requires_grad_(False),
        "RuntimeError",
        "leaf variables",
    ),
    "gradient of another shape": (
        lambda: (x2() * 2.0).backward(ops.ones((3,), dtype=vt.float64)),
        "RuntimeError",
        "mismatch in shape",
    ),
    "gradient of another device": (
        lambda: (x2() * 2.0).backward(ops.ones((2,), dtype=vt.float64, device="meta")),
        "RuntimeError",
        "meta",
    ),
    "gradient of a complex dtype": (
        lambda: (x2() * 2.0).backward(ops.ones((2,), dtype=vt.complex128)),
        "RuntimeError",
        "complex",
    ),
    "gradient is a number": (lambda: (x2() * 2.0).backward(1.0), "TypeError", "Tensor or None"),
    "more gradients than roots": (
        lambda: ag.backward([scalar()], [None, None]),
        "RuntimeError",
        "1 tensors and 2 gradients",
    ),
    "no roots": (lambda: ag.backward([]), "RuntimeError", "no tensors"),
    "root is None": (lambda: ag.backward([None]), "TypeError", "tensors must be"),
    "inputs empty": (lambda: scalar().backward(inputs=[]), "RuntimeError", "inputs is empty"),
    "inputs without grad": (
        lambda: scalar().backward(inputs=[vt.tensor([1.0])]),
        "RuntimeError",
        "does not require grad",
    ),
    "grad of an unused input": (lambda: ag.grad(scalar(), x2()), "RuntimeError", "not have been used"),
    "grad of nothing": (lambda: ag.grad(scalar(), []), "RuntimeError", "inputs is empty"),
    "assigned gradient of another shape": (assign_grad(lambda: vt.tensor([1.0])), "RuntimeError", "does not fit"),
    "assigned gradient of another dtype": (
        assign_grad(lambda: vt.tensor([1.0, 2.0], dtype=vt.float32)),
        "RuntimeError",
        "does not fit",
    ),
    "assigned gradient is a number": (assign_grad(3.0), "TypeError", "Tensor or None"),
    "own gradient": (lambda: (lambda x: setattr(x, "grad", x))(x2()), "RuntimeError", "its own grad"),
    "hook raises": (hooked(lambda g: {}["no key"]), "KeyError", "no key"),
    "hook returns a number": (hooked(lambda g: 3.0), "TypeError", "Tensor or None"),
    "hook changes the shape": (hooked(lambda g: g.sum()), "RuntimeError", "has been changed"),
    "hook changes the dtype": (hooked(lambda g: g.to(dtype=vt.float32)), "RuntimeError", "has been changed"),
    "hook changes the device": (
        hooked(lambda g: ops.empty((2,), dtype=vt.float64, device="meta")),
        "RuntimeError",
        "has been changed",
    ),
    "hook of a leaf raises": (hooked(lambda g: {}["no key"], "leaf"), "KeyError", "no key"),
    "post-accumulate hook raises": (hooked(lambda p: {}["no key"], "accumulated"), "KeyError", "no key"),
    "post-accumulate hook takes no argument": (hooked(lambda: None, "accumulated"), "TypeError", "argument"),
    "node hook raises": (hooked(lambda i, o: {}["no key"], "after"), "KeyError", "no key"),
    "node hook returns too many": (hooked(lambda i, o: (*i, *i, *i), "after"), "RuntimeError", "incorrect number"),
    "node hook returns a number": (hooked(lambda i, o: 1, "after"), "", ""),
    "node prehook raises": (hooked(lambda o: {}["no key"], "before"), "KeyError", "no key"),
    "node prehook changes the shape": (hooked(lambda o: (o[0].sum(),), "before"), "RuntimeError", "has been changed"),
    "hook takes no argument": (hooked(lambda: None), "TypeError", "argument"),
    "hook is no function": (lambda: x2().register_hook(3), "TypeError", "callable"),
    "hook without grad": (lambda: vt.tensor([1.0]).register_hook(print), "RuntimeError", "doesn't require gradient"),
    "hook runs its own graph": (hook_runs_the_same_graph, "RuntimeError", ""),
    "pack hook raises": (packed(lambda t: {}["no key"], print), "KeyError", "no key"),
    "pack hook writes": (packed(lambda t: t.mul_(2.0), lambda t: t), "RuntimeError", "in place"),
    "unpack hook raises": (packed(lambda t: t, lambda t: {}["no key"]), "KeyError", "no key"),
    "unpack hook returns a number": (packed(lambda t: t, lambda t: 3), "TypeError", "unpack_hook"),
    "unpack hook returns another shape": (
        packed(lambda t: t, lambda t: vt.tensor([1.0, 2.0, 3.0], dtype=vt.float64)),
        "RuntimeError",
        "",
    ),
    "saved hooks are numbers": (packed(1, 2), "TypeError", "two functions"),
    "too few gradients": (wrong(()), "RuntimeError", "incorrect number of gradients"),
    "too many gradients": (wrong(lambda g: (g, None, g)), "RuntimeError", "incorrect number of gradients"),
    "gradient from a backward is a number": (wrong((3.0, None)), "TypeError", "Tensor or None"),
    "gradient from a backward of another shape": (
        wrong(lambda g: (ops.ones((5,), dtype=vt.float64), None)),
        "RuntimeError",
        "invalid gradient at index 0",
    ),
    "gradient from a backward is of integers": (
        wrong(lambda g: (ops.ones((2,), dtype=vt.int64), None)),
        "RuntimeError",
        "invalid gradient at index 0",
    ),
    "backward raises": (wrong(lambda g: {}["no key"]), "KeyError", "no key"),
    "inference tensor saved": (lambda: x2().to(dtype=vt.float32) * inference_tensor(), "RuntimeError", "Inference"),
    "inference tensor written": (lambda: inference_tensor().add_(1.0), "RuntimeError", "Inplace update to inference"),
    "inference tensor requires grad": (lambda: inference_tensor().requires_grad_(), "RuntimeError", "inference"),
    "edge of a number": (lambda: ag.grad(scalar(), [ag.graph.GradientEdge(3, 0)]), "TypeError", "Tensor"),
    "edge past the results": (
        lambda: (lambda y: ag.grad(y, [ag.graph.GradientEdge(y.grad_fn, 9)]))(scalar()),
        "IndexError",
        "result number 9",
    ),
    "requires_grad of a result": (
        lambda: setattr(x2() * 1.0, "requires_grad", True),
        "RuntimeError",
        "flags of leaf variables",
    ),
    "requires_grad of a factory is a number": (
        lambda: ops.ones((2,), requires_grad=1),
        "TypeError",
        "argument 'requires_grad' must be bool",
    ),
    "requires_grad is a number": (lambda: setattr(x2(), "requires_grad", 1), "RuntimeError", "must be a bool"),
    "requires_grad_ of a number": (lambda: x2().requires_grad_(1), "TypeError", "must be bool"),
    "data of integers": (lambda: setattr(x2(), "data", vt.tensor([1])), "RuntimeError", "floating point or complex"),
    "detach_ of a view": (lambda: (x2() * 1.0)[:1].detach_(), "RuntimeError", "can't detach views"),
    "retain_grad without grad": (lambda: vt.tensor([1.0]).retain_grad(), "RuntimeError", "requires_grad=False"),
    "out= with grad": (lambda: ops.add(x2(), 1.0, out=ops.empty((2,), dtype=vt.float64)), "RuntimeError", "out="),
    "multi-grad mode": (
        lambda: ag.graph.register_multi_grad_hook([x2()], print, mode="none"),
        "ValueError",
        "mode",
    ),
    "metadata of a context without node": (lambda: metadata_in_forward(), "RuntimeError", "not recorded yet"),
}


def metadata_in_forward() -> None:
    class Look(ag.Function):
        @staticmethod
        def forward(ctx: Any, x: vt.Tensor) -> vt.Tensor:
            ctx.metadata
            return x

    Look.apply(x2())


@pytest.mark.parametrize("name", CASES)
def test_bad_call_is_refused_and_leaves_everything_usable(name: str) -> None:
    case, kind, fragment = CASES[name]

    def run() -> None:
        errors: list[Exception] = []
        for _ in range(2):  # damage done by the first shows
            try:
                case()
            except Exception as error:
                errors.append(error)
        assert len(errors) == 2, "accepted"
        assert type(errors[0]) is type(errors[1])
        x = leaf([3.0])
        (x * x).sum().backward()
        assert x.grad.tolist() == [6.0]
        assert ag.is_grad_enabled()
        assert not ag.is_inference_mode_enabled()
        raise errors[1]

    outcome = run_forked(run)
    assert outcome.kind == "raised", outcome
    assert "AssertionError" not in outcome.classes, outcome
    assert "SystemError" not in outcome.classes, outcome
    assert not kind or kind in outcome.classes, outcome
    assert fragment in outcome.message, outcome


def run_script(text: str) -> subprocess.CompletedProcess[str]:
    prelude = "import vt_core as vt, vt_autograd as ag\n"
    return subprocess.run(
        [sys.executable, "-c", prelude + textwrap.dedent(text)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_backward_in_a_destructor() -> None:
    def run() -> list[float]:
        x = leaf([2.0])

        class Last:
            def __del__(self) -> None:
                (x * x).sum().backward()

        last: Any = Last()
        del last
        y = x * 3.0
        inner: Any = Last()
        y.register_hook(lambda g, last=inner: None)  # dies with the node
        del inner
        y.sum().backward()
        del y
        return x.grad.tolist()

    outcome = run_forked(run)
    assert outcome.kind == "returned", outcome
    assert outcome.value == "[11.0]"


def test_backward_at_exit() -> None:
    done = run_script(
        """
        import atexit
        x = vt.tensor([2.0]).requires_grad_()
        y = (x * x).sum()
        @atexit.register
        def last():
            y.backward()
            print(x.grad.tolist(), flush=True)
        """
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[4.0]", "")


def test_hooks_and_packed_tensors_alive_at_exit() -> None:
    done = run_script(
        """
        x = vt.tensor([2.0]).requires_grad_()
        with ag.graph.saved_tensors_hooks(lambda t: (t.tolist(), "kept"), lambda p: vt.tensor(p[0])):
            y = x.exp() * x
        y.grad_fn.register_hook(lambda i, o: None)
        y.grad_fn.metadata["kept"] = y
        x.register_post_accumulate_grad_hook(lambda p: None)
        ag.set_detect_anomaly(True)
        z = (y * y).sum()
        counted = ag.statistics()
        counted.__enter__()
        ag.inference_mode().__enter__()
        """
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_backward_inside_no_grad_and_inside_a_hook() -> None:
    def run() -> tuple[Any, ...]:
        x, w = leaf([2.0]), leaf([3.0])
        y = (x * x).sum()
        with ag.no_grad():
            y.backward()
        z = (x * 5.0).sum()
        x.register_hook(lambda g: ag.backward(ag.enable_grad()(lambda: (w * g.detach()).sum())()))
        z.backward()
        return x.grad.tolist(), w.grad.tolist()

    outcome = run_forked(run)
    assert outcome.kind == "returned", outcome
    assert outcome.value == "([9.0], [5.0])"


@pytest.mark.parametrize("watched", [False, True])
def test_huge_depth_on_a_small_stack(watched: bool) -> None:
    def run() -> None:
        def body() -> None:
            x = leaf([1.0])
            y = x
            for _ in range(100_000):
                y = y + 1.0
            if watched:
                y.grad_fn.register_hook(lambda i, o: None)
            y.sum().backward()
            assert x.grad.tolist() == [1.0]

        threading.stack_size(512 * 1024)
        thread = threading.Thread(target=body)
        thread.start()
        thread.join()

    outcome = run_forked(run, timeout_s=60)
    assert outcome.kind == "returned", outcome


def test_nested_backward_as_deep_as_python_goes() -> None:
    def run() -> None:
        def nested(depth: int) -> None:
            x = leaf([1.0])
            y = x * 2.0
            y.register_hook(lambda g: ag.enable_grad()(nested)(depth + 1))
            y.sum().backward()

        nested(0)

    outcome = run_forked(run, timeout_s=60)
    assert outcome.kind == "raised", outcome
    assert "RecursionError" in outcome.classes, outcome
