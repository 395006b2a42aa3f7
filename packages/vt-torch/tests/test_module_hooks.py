# SPDX-License-Identifier: Apache-2.0
"""Hooks of modules: on gradients of calls, on failing calls, on state dicts; state beside the tensors. As PyTorch's."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from programs import LIBRARIES, check, fill, values


def plain(grads: Any) -> Any:
    return [None if g is None else g.detach().clone() for g in grads]


def backward_hooks(torch: ModuleType) -> Any:
    net = fill(torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2)), torch)
    seen: list[Any] = []
    net[0].register_full_backward_hook(lambda _m, gi, go: seen.append((plain(gi), plain(go))))
    net[2].register_full_backward_pre_hook(lambda _m, go: seen.append(plain(go)) or (go[0] * 2,))
    net[2].register_full_backward_hook(lambda _m, gi, go: seen.append((plain(gi), plain(go))) or (gi[0] + 1,))
    x = torch.from_numpy(values((5, 3), 1)).requires_grad_()
    net(x).sum().backward()
    return seen, x.grad, [p.grad for p in net.parameters()]


def inputs_without_gradients(torch: ModuleType) -> Any:
    layer = fill(torch.nn.Linear(3, 4), torch)
    seen: list[Any] = []
    layer.register_full_backward_hook(lambda _m, gi, go: seen.append((plain(gi), plain(go))))
    layer(torch.from_numpy(values((5, 3), 1))).sum().backward()
    with torch.no_grad():
        layer(torch.ones(1, 3))
    return seen, layer.weight.grad


def several_inputs_and_results(torch: ModuleType) -> Any:
    class Pair(torch.nn.Module):
        def forward(self, x: Any, word: str, y: Any) -> Any:
            return x * y, word, (x + y).detach(), x - y

    seen: list[Any] = []
    pair = Pair()
    pair.register_full_backward_hook(lambda _m, gi, go: seen.append((plain(gi), plain(go))))
    x, y = (torch.from_numpy(values((2,), i)).requires_grad_(i == 1) for i in (1, 2))
    product, word, total, difference = pair(x, "w", y)
    (product * 3).sum().backward()
    return seen, word, x.grad, y.grad, total.requires_grad, difference.requires_grad


def order_and_removal(torch: ModuleType) -> Any:
    layer = fill(torch.nn.Linear(2, 2), torch)
    calls: list[str] = []
    first = layer.register_full_backward_hook(lambda *_: calls.append("first"))
    layer.register_full_backward_hook(lambda *_: calls.append("second"))
    layer.register_full_backward_hook(lambda *_: calls.append("prepended"), prepend=True)
    x = torch.ones(1, 2, requires_grad=True)
    layer(x).sum().backward()
    first.remove()
    layer(x).sum().backward()
    return calls


def double_backward(torch: ModuleType) -> Any:
    layer = fill(torch.nn.Bilinear(2, 2, 1), torch)
    layer.register_full_backward_hook(lambda _m, gi, _go: (gi[0] * 3, gi[1]))
    x, y = (torch.from_numpy(values((1, 2), i)).requires_grad_() for i in (1, 2))
    (g,) = torch.autograd.grad(layer(x, y).sum(), x, create_graph=True)
    (g * g).sum().backward()
    return g, y.grad


def called_always(torch: ModuleType) -> Any:
    class Fails(torch.nn.Module):
        def forward(self, x: Any) -> Any:
            raise ValueError("no")

    calls: list[Any] = []
    fails = Fails()
    fails.register_forward_hook(lambda _m, _a, result: calls.append(result), always_call=True)
    fails.register_forward_hook(lambda *_: calls.append("not called"))
    try:
        fails(torch.ones(1))
    except ValueError as error:
        calls.append(str(error))
    return calls


class WithCount:
    """Adds a number to the state of a module."""

    count = 3

    def get_extra_state(self) -> Any:
        return {"count": self.count}

    def set_extra_state(self, state: Any) -> None:
        self.count = state["count"]


def extra_state(torch: ModuleType) -> Any:
    class Counting(WithCount, torch.nn.Linear):
        pass

    net = torch.nn.Sequential(Counting(1, 1))
    net[0].count = 7
    state = net.state_dict()
    other = torch.nn.Sequential(Counting(1, 1))
    other.load_state_dict(state)
    messages: list[str] = []
    for target, given in (
        (other, {"0.weight": state["0.weight"]}),
        (torch.nn.Sequential(torch.nn.Linear(1, 1)), state),
    ):
        try:
            target.load_state_dict(given)
        except RuntimeError as error:
            messages.append(" ".join(str(error).split()))
    return list(state), state["0._extra_state"], other[0].count, messages


def state_dict_hooks(torch: ModuleType) -> Any:
    net = fill(torch.nn.Sequential(torch.nn.Linear(2, 1)), torch)
    calls: list[Any] = []
    net[0].register_state_dict_pre_hook(lambda _m, prefix, keep: calls.append((prefix, keep)))
    state = net.state_dict()
    old = {f"old.{name}": tensor for name, tensor in state.items()}

    def rename(_module: Any, state: Any, prefix: str, *_: Any) -> None:
        for name in [n for n in state if n.startswith("old.")]:
            state[name.removeprefix("old.")] = state.pop(name)

    other = torch.nn.Sequential(torch.nn.Linear(2, 1))
    other.register_load_state_dict_pre_hook(rename)
    loaded = other.load_state_dict(old)
    forgiving = torch.nn.Sequential(torch.nn.Linear(2, 1))
    forgiving.register_load_state_dict_post_hook(lambda _m, keys: keys.missing_keys.clear())
    forgiven = forgiving.load_state_dict({"0.weight": state["0.weight"]})
    return calls, sorted(old), tuple(loaded), other.state_dict(), tuple(forgiven), forgiving[0].weight


PROGRAMS = (
    backward_hooks,
    inputs_without_gradients,
    several_inputs_and_results,
    order_and_removal,
    double_backward,
    called_always,
    extra_state,
    state_dict_hooks,
)


@pytest.mark.parametrize("program", PROGRAMS)
def test_program_gives_the_same_on_both(program: Any) -> None:
    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_hooks_that_return_the_wrong_number_of_gradients_are_refused(torch: ModuleType) -> None:
    layer = torch.nn.Linear(2, 2)
    x = torch.ones(1, 2, requires_grad=True)
    handle = layer.register_full_backward_hook(lambda _m, gi, _go: (*gi, *gi))
    with pytest.raises(RuntimeError, match="got 2, but expected 1"):
        layer(x).sum().backward()
    handle.remove()
    layer.register_full_backward_pre_hook(lambda _m, go: (*go, *go))
    with pytest.raises(RuntimeError, match="got 2, but expected 1"):
        layer(x).sum().backward()


@pytest.mark.parametrize("torch", LIBRARIES)
def test_gradients_for_inputs_that_require_none_are_refused(torch: ModuleType) -> None:
    layer = torch.nn.Linear(2, 2)
    layer.register_full_backward_hook(lambda _m, _gi, go: go)
    with pytest.raises(RuntimeError, match="no input requires gradient"):
        layer(torch.ones(1, 2)).sum().backward()


@pytest.mark.parametrize("torch", LIBRARIES)
def test_a_hook_that_fails_after_the_forward_does_not_hide_its_error(torch: ModuleType) -> None:
    class Fails(torch.nn.Module):
        def forward(self) -> None:
            raise ValueError("no")

    def hook(*_: Any) -> None:
        raise KeyError("hook")

    fails = Fails()
    fails.register_forward_hook(hook, always_call=True)
    with pytest.warns(), pytest.raises(ValueError, match="no"):
        fails()


@pytest.mark.parametrize("torch", LIBRARIES)
def test_set_submodule(torch: ModuleType) -> None:
    net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Sequential(torch.nn.ReLU()))
    net.set_submodule("1.0", torch.nn.Tanh())
    assert isinstance(net[1][0], torch.nn.Tanh)
    with pytest.raises(ValueError, match="target name"):
        net.set_submodule("", torch.nn.Tanh())
    with pytest.raises(AttributeError):
        net.set_submodule("nothing.0", torch.nn.Tanh())
    with pytest.raises(AttributeError):
        net.set_submodule("1.9", torch.nn.Tanh(), strict=True)
