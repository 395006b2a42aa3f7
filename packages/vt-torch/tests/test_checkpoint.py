# SPDX-License-Identifier: Apache-2.0
"""Activation checkpointing, compared with PyTorch."""

from __future__ import annotations

import contextlib
import importlib
import threading
import warnings
import weakref
from types import ModuleType
from typing import Any

import pytest
import vt_torch

theirs = pytest.importorskip("torch")
LIBRARIES = [vt_torch, theirs]
BOTH = pytest.mark.parametrize("use_reentrant", [True, False], ids=["reentrant", "hooks"])


def checkpoint_of(torch: ModuleType) -> Any:
    return importlib.import_module(f"{torch.__name__}.utils.checkpoint")


def leaf(torch: ModuleType, values: Any) -> Any:
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def same(scenario: Any) -> None:
    results = []
    for torch in LIBRARIES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            results.append(scenario(torch, checkpoint_of(torch)))
    assert results[0] == results[1]


def fails(scenario: Any, kind: Any, fragment: str) -> None:
    for torch in LIBRARIES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pytest.raises(kind, match=fragment):
                scenario(torch, checkpoint_of(torch))


@BOTH
def test_gradients(use_reentrant: bool) -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        calls = []

        def f(x: Any, w: Any, scale: float) -> Any:
            calls.append(torch.is_grad_enabled())
            h = torch.tanh(x @ w) * scale
            return (h * h).sum(), h.exp()

        x, w = leaf(torch, [[0.5, -0.25]]), leaf(torch, [[1.0, 2.0], [3.0, 4.0]])
        a, b = module.checkpoint(f, x, w, 0.5, use_reentrant=use_reentrant)
        before = list(calls)
        (a + b.sum()).backward()
        numbers = [round(v, 10) for row in (*x.grad.tolist(), *w.grad.tolist()) for v in row]
        return numbers, before, calls, type(a.grad_fn.name())

    same(scenario)


def test_saves_less() -> None:
    from vt_autograd import graph

    gone = []

    def f(x: Any) -> Any:
        h = x.exp()
        gone.append(weakref.ref(h))
        return h.sin().exp()

    x = leaf(vt_torch, [1.0, 2.0])
    y = checkpoint_of(vt_torch).checkpoint(f, x, use_reentrant=False)
    assert gone[0]() is None
    z = f(x)
    with graph.saved_tensors_hooks(lambda t: t.detach(), lambda t: t):
        pass
    y.sum().backward()
    first = x.grad.tolist()
    x.grad = None
    z.sum().backward()
    assert first == x.grad.tolist()


def test_grad_and_named_inputs() -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        x, w = leaf(torch, [1.0, 2.0]), leaf(torch, [3.0, 4.0])
        y = module.checkpoint(lambda x, w: (x * w).sin(), x, w, use_reentrant=False).sum()
        (g,) = torch.autograd.grad(y, x, retain_graph=True)
        y.backward(inputs=[w])
        return [round(v, 10) for v in (*g.tolist(), *w.grad.tolist())], x.grad

    same(scenario)
    for torch in LIBRARIES:
        x = leaf(torch, [1.0])
        y = checkpoint_of(torch).checkpoint(lambda x: x * x, x, use_reentrant=True).sum()
        with pytest.raises(RuntimeError, match=r"incompatible with \.grad\(\)"):
            torch.autograd.grad(y, x, retain_graph=True)
        with pytest.raises(RuntimeError, match=r"incompatible with \.grad\(\)"):
            y.backward(inputs=[x])


def test_second_derivatives_and_repeated_backward() -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        x = leaf(torch, [0.5, 0.25])
        y = module.checkpoint(lambda x: (x * x * x).exp(), x, use_reentrant=False).sum()
        (g,) = torch.autograd.grad(y, x, create_graph=True)
        (h,) = torch.autograd.grad(g.sum(), x, retain_graph=True)
        y.backward(retain_graph=True)
        y.backward()
        return [round(v, 9) for v in (*g.tolist(), *h.tolist(), *x.grad.tolist())]

    same(scenario)


@BOTH
@pytest.mark.parametrize("preserve", [True, False])
def test_random_numbers(use_reentrant: bool, preserve: bool) -> None:
    torch, module = vt_torch, checkpoint_of(vt_torch)
    masks = []

    def f(x: Any) -> Any:
        mask = torch.rand(1000) > 0.5
        masks.append(mask.tolist())
        return (x * mask).sin()

    x = torch.ones(1000, requires_grad=True)
    torch.manual_seed(3)
    y = module.checkpoint(f, x, use_reentrant=use_reentrant, preserve_rng_state=preserve)
    expected_next = torch.rand(1).item()
    torch.manual_seed(5)
    following = torch.rand(1).item()
    torch.manual_seed(5)
    y.sum().backward()
    assert (masks[0] == masks[1]) is preserve
    if preserve:
        assert torch.rand(1).item() == following
    assert isinstance(expected_next, float)


def test_keyword_and_nested_arguments() -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        def f(pair: Any, *, named: Any, scale: float = 1.0) -> Any:
            return {"out": pair["a"][0] * named * scale, "n": 3}

        a, b = leaf(torch, [1.0, 2.0]), leaf(torch, [3.0, 4.0])
        out = module.checkpoint(f, {"a": [a]}, named=b, scale=2.0, use_reentrant=False)
        out["out"].sum().backward()
        return a.grad.tolist(), b.grad.tolist(), out["n"]

    same(scenario)
    fails(
        lambda torch, module: module.checkpoint(lambda x, k: x, leaf(torch, [1.0]), k=1, use_reentrant=True),
        ValueError,
        "Unexpected keyword arguments: k",
    )


def test_early_stop() -> None:
    def scenario(torch: ModuleType, module: Any, stop: bool, scope: bool) -> Any:
        calls = []

        def f(x: Any) -> Any:
            y = x.exp()
            calls.append("begin")
            y = y.sin()
            calls.append("end")
            return y

        x = leaf(torch, [1.0])
        with module.set_checkpoint_early_stop(stop) if scope else contextlib.nullcontext():
            y = module.checkpoint(f, x, use_reentrant=False, **({} if scope else {"early_stop": stop}))
        y.sum().backward()
        return calls, [round(v, 12) for v in x.grad.tolist()]

    for stop in (True, False):
        for scope in (True, False):
            same(lambda torch, module, stop=stop, scope=scope: scenario(torch, module, stop, scope))


def test_contexts() -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        log = []

        @contextlib.contextmanager
        def noted(name: str) -> Any:
            log.append(f"{name} in")
            yield
            log.append(f"{name} out")

        x = leaf(torch, [1.0])
        y = module.checkpoint(
            lambda x: x * x,
            x,
            use_reentrant=False,
            context_fn=lambda: (noted("forward"), noted("again")),
            early_stop=False,
        )
        y.sum().backward()
        return log

    same(scenario)
    fails(
        lambda torch, module: module.checkpoint(
            lambda x: x, leaf(torch, [1.0]), use_reentrant=True, context_fn=lambda: (None, None)
        ),
        ValueError,
        "only supported when use_reentrant=False",
    )


@pytest.mark.parametrize(
    ("second", "fragment"),
    [
        (lambda x: x.exp().sin() * x, "trying to save more tensors|different number of tensors"),
        (lambda x: x + 1.0, "different number of tensors"),
        (lambda x: x[:1].exp(), "different metadata"),
    ],
)
def test_differing_recomputation(second: Any, fragment: str) -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        calls = []

        def f(x: Any) -> Any:
            calls.append(1)
            return x.exp() if len(calls) == 1 else second(x)

        y = module.checkpoint(f, leaf(torch, [1.0, 2.0]), use_reentrant=False, early_stop=False)
        y.sum().backward()

    fails(scenario, RuntimeError, fragment)


def test_differing_recomputation_told_with_the_operations() -> None:
    module, calls = checkpoint_of(vt_torch), []

    def f(x: Any) -> Any:
        calls.append(1)
        return x.exp() if len(calls) == 1 else x.sin().exp()

    y = module.checkpoint(f, leaf(vt_torch, [1.0]), use_reentrant=False, early_stop=False, debug=True)
    with pytest.raises(module.CheckpointError) as error:
        y.sum().backward()
    assert "original forward:\n  ExpBackward0" in str(error.value)
    assert "SinBackward0" in str(error.value)


def test_operations_of_other_threads_are_not_told() -> None:
    module, calls = checkpoint_of(vt_torch), []

    def f(x: Any) -> Any:
        other = threading.Thread(target=lambda: leaf(vt_torch, [1.0]).cos())
        other.start()
        other.join()
        calls.append(1)
        return x.exp() if len(calls) == 1 else x.sin().exp()

    y = module.checkpoint(f, leaf(vt_torch, [1.0]), use_reentrant=False, early_stop=False, debug=True)
    with pytest.raises(module.CheckpointError) as error:
        y.sum().backward()
    assert "SinBackward0" in str(error.value)
    assert "CosBackward0" not in str(error.value)


def test_metadata_is_not_compared_on_request() -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        calls = []

        def f(x: Any) -> Any:
            calls.append(1)
            return x.exp() if len(calls) == 1 else x.exp() * 2.0

        x = leaf(torch, [0.0])
        y = module.checkpoint(f, x, use_reentrant=False, determinism_check="none")
        y.sum().backward()
        return x.grad.tolist()

    same(scenario)
    fails(
        lambda torch, module: module.checkpoint(
            lambda x: x, leaf(torch, [1.0]), use_reentrant=False, determinism_check="some"
        ),
        ValueError,
        "determinism_check should be one of",
    )


@BOTH
def test_nested_checkpoints(use_reentrant: bool) -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        calls = []

        def inner(x: Any) -> Any:
            calls.append("inner")
            return x.exp().sin()

        def outer(x: Any) -> Any:
            calls.append("outer")
            h = x * x
            h = module.checkpoint(inner, h, use_reentrant=use_reentrant)
            return h * h

        x = leaf(torch, [0.5])
        y = module.checkpoint(outer, x, use_reentrant=use_reentrant)
        y.sum().backward()
        return [round(v, 12) for v in x.grad.tolist()]

    same(scenario)


def test_nested_checkpoints_do_not_keep_what_lies_between() -> None:
    module, gone = checkpoint_of(vt_torch), []

    def outer(x: Any) -> Any:
        h = x * x
        gone.append(weakref.ref(h))
        return module.checkpoint(lambda h: h.exp().sin(), h, use_reentrant=False)

    x = leaf(vt_torch, [0.5])
    y = module.checkpoint(outer, x, use_reentrant=False)
    assert gone[0]() is None
    y.sum().backward()
    z = leaf(vt_torch, [0.5])
    (z * z).exp().sin().sum().backward()
    assert x.grad.tolist() == z.grad.tolist()


def test_written_argument_is_noticed() -> None:
    x = leaf(vt_torch, [1.0]) * 1.0
    y = checkpoint_of(vt_torch).checkpoint(lambda x: x.exp(), x, use_reentrant=False)
    with vt_torch.no_grad():
        x.mul_(2.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_error_of_the_function() -> None:
    def scenario(torch: ModuleType, module: Any, when: int) -> Any:
        calls = []

        def f(x: Any) -> Any:
            calls.append(1)
            y = x.exp()
            if len(calls) == when:
                raise KeyError("not today")
            return y.sin()

        module.checkpoint(f, leaf(torch, [1.0]), use_reentrant=False).sum().backward()

    for when in (1, 2):
        fails(lambda torch, module, when=when: scenario(torch, module, when), KeyError, "not today")


def test_autocast_is_brought_back() -> None:
    module, dtypes = checkpoint_of(vt_torch), []

    def f(x: Any, w: Any) -> Any:
        y = x @ w
        dtypes.append(y.dtype)
        return y

    for use_reentrant in (True, False):
        dtypes.clear()
        x, w = vt_torch.ones(2, 2, requires_grad=True), vt_torch.ones(2, 2)
        with vt_torch.autocast("cpu", vt_torch.bfloat16):
            y = module.checkpoint(
                f, x, w, use_reentrant=use_reentrant, **({} if use_reentrant else {"early_stop": False})
            )
        y.float().sum().backward()
        assert dtypes == [vt_torch.bfloat16] * 2


def test_missing_choice_and_inputs_without_grad_warn() -> None:
    module = checkpoint_of(vt_torch)
    with pytest.warns(UserWarning, match="use_reentrant parameter should be passed explicitly"):
        module.checkpoint(lambda x: x * x, leaf(vt_torch, [1.0]))
    with pytest.warns(UserWarning, match="None of the inputs have requires_grad=True"):
        module.checkpoint(lambda x: x * x, vt_torch.tensor([1.0]), use_reentrant=True)


@BOTH
@pytest.mark.parametrize("segments", [1, 2, 3])
def test_checkpoint_sequential(use_reentrant: bool, segments: int) -> None:
    def scenario(torch: ModuleType, module: Any) -> Any:
        torch.manual_seed(0)
        steps = torch.nn.Sequential(torch.nn.Tanh(), torch.nn.Sigmoid(), torch.nn.Tanh(), torch.nn.Softplus())
        x = leaf(torch, [[0.5, -0.5]])
        y = module.checkpoint_sequential(steps, segments, x, use_reentrant=use_reentrant)
        y.sum().backward()
        z = leaf(torch, [[0.5, -0.5]])
        module.checkpoint_sequential([torch.sin, torch.exp], 2, z, use_reentrant=use_reentrant).sum().backward()
        return [round(v, 9) for v in (*x.grad.tolist()[0], *z.grad.tolist()[0])]

    same(scenario)
