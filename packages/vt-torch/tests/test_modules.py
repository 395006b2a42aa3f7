# SPDX-License-Identifier: Apache-2.0
"""Modules: the tree, state, hooks, and the same results as PyTorch's."""

from __future__ import annotations

import copy
from collections import OrderedDict
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import vt_torch
from programs import LIBRARIES, check, fill, values

nn = vt_torch.nn


def mlp(torch: ModuleType) -> Any:
    class Net(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = torch.nn.ModuleList(torch.nn.Linear(4, 4) for _ in range(2))
            self.norm = torch.nn.LayerNorm(4)
            self.head = torch.nn.Sequential(torch.nn.GELU(), torch.nn.Linear(4, 3, bias=False))
            self.register_buffer("scale", torch.tensor(2.0))
            self.register_buffer("scratch", torch.zeros(1), persistent=False)

        def forward(self, x: Any) -> Any:
            for layer in self.layers:
                x = torch.nn.functional.relu(layer(x))
            return self.head(self.norm(x)) * self.scale

    return fill(Net(), torch)


def forward_and_gradients(torch: ModuleType) -> Any:
    net = mlp(torch)
    out = net(torch.from_numpy(values((5, 4), 7)))
    loss = torch.nn.functional.cross_entropy(out, torch.tensor([0, 2, 1, 1, -100]))
    loss.backward()
    return out, loss, {name: p.grad for name, p in net.named_parameters()}


def names(torch: ModuleType) -> Any:
    net = mlp(torch)
    return (
        [name for name, _ in net.named_parameters()],
        [name for name, _ in net.named_modules()],
        [name for name, _ in net.named_buffers()],
        [name for name, _ in net.named_children()],
        list(net.state_dict()),
        [tuple(p.shape) for p in net.parameters()],
        repr(net),
        net.get_submodule("head.1") is net.head[1],
    )


def modes_and_apply(torch: ModuleType) -> Any:
    net = mlp(torch)
    seen: list[str] = []
    net.apply(lambda module: seen.append(type(module).__name__))
    net.eval()
    modes = [module.training for module in net.modules()]
    net.train()
    net.requires_grad_(False)
    return seen, modes, net.head.training, [p.requires_grad for p in net.parameters()]


def containers(torch: ModuleType) -> Any:
    layers = [torch.nn.Linear(2, 2) for _ in range(3)]
    sequence = torch.nn.Sequential(OrderedDict(first=layers[0], second=layers[1]))
    listed = torch.nn.ModuleList(layers)
    listed.insert(1, torch.nn.ReLU())
    del listed[0]
    listed[-1] = torch.nn.Tanh()
    named = torch.nn.ModuleDict({"a": layers[0]})
    named["b"] = layers[1]
    parameters = torch.nn.ParameterList([torch.zeros(2), torch.ones(1)])
    return (
        list(dict(sequence.named_children())),
        [type(m).__name__ for m in listed],
        [type(m).__name__ for m in listed[1:]],
        list(named.keys()),
        "a" in named,
        [tuple(p.shape) for p in parameters],
        [name for name, _ in parameters.named_parameters()],
    )


LAYERS = {
    "embedding": lambda torch: (torch.nn.Embedding(5, 3, padding_idx=1), torch.tensor([[0, 1], [4, 2]])),
    "linear": lambda torch: (torch.nn.Linear(4, 3), torch.from_numpy(values((2, 2, 4)))),
    "layer_norm": lambda torch: (torch.nn.LayerNorm((2, 4)), torch.from_numpy(values((3, 2, 4)))),
    "rms_norm": lambda torch: (torch.nn.RMSNorm(4, eps=1e-6), torch.from_numpy(values((3, 4)))),
    "gelu_tanh": lambda torch: (torch.nn.GELU(approximate="tanh"), torch.from_numpy(values((3, 4)))),
    "silu": lambda torch: (torch.nn.SiLU(), torch.from_numpy(values((3, 4)))),
    "softmax": lambda torch: (torch.nn.Softmax(dim=1), torch.from_numpy(values((3, 4)))),
    "log_softmax": lambda torch: (torch.nn.LogSoftmax(dim=-1), torch.from_numpy(values((3, 4)))),
    "softplus": lambda torch: (torch.nn.Softplus(), torch.from_numpy(values((3, 4), scale=20))),
    "leaky_relu": lambda torch: (torch.nn.LeakyReLU(0.2), torch.from_numpy(values((3, 4)))),
    "flatten": lambda torch: (torch.nn.Flatten(), torch.from_numpy(values((3, 2, 2)))),
}


@pytest.mark.parametrize("program", [forward_and_gradients, names, modes_and_apply, containers])
def test_program_gives_the_same_on_both(program: Any) -> None:
    check(program)


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS.keys())
def test_layer_gives_the_same_on_both(layer: Any) -> None:
    def program(torch: ModuleType) -> Any:
        module, x = layer(torch)
        if any(True for _ in module.parameters()):
            fill(module, torch)
        y = module(x)
        if y.requires_grad:
            y.sum().backward()
        return y, {name: p.grad for name, p in module.named_parameters()}

    check(program)


def test_state_dict_round_trip() -> None:
    source, target = mlp(vt_torch), mlp(vt_torch)
    with vt_torch.no_grad():
        for p in target.parameters():
            p.zero_()
    result = target.load_state_dict(source.state_dict())
    assert result.missing_keys == []
    assert result.unexpected_keys == []
    for a, b in zip(source.parameters(), target.parameters(), strict=True):
        assert a.tolist() == b.tolist()
        assert a is not b


@pytest.mark.parametrize("torch", LIBRARIES)
def test_load_state_dict_names_what_is_wrong(torch: ModuleType) -> None:
    net = mlp(torch)
    state = dict(net.state_dict())
    state["extra"] = state.pop("norm.weight")
    state["norm.bias"] = torch.zeros(3)
    before = net.norm.bias.tolist()
    with pytest.raises(RuntimeError, match=r"Error\(s\) in loading state_dict for Net") as caught:
        net.load_state_dict(state)
    text = str(caught.value)
    assert "extra" in text
    assert "norm.weight" in text
    if torch is vt_torch:
        assert "size mismatch for norm.bias" in text
        assert net.norm.bias.tolist() == before
        del state["norm.bias"]
    partial = {name: t for name, t in state.items() if name != "norm.bias"}
    missing, unexpected = net.load_state_dict(partial, strict=False)
    assert sorted(missing) == ["norm.bias", "norm.weight"]
    assert unexpected == ["extra"]


def test_to_keeps_parameter_objects() -> None:
    net = mlp(vt_torch)
    before = list(net.parameters())
    net.to(vt_torch.float64)
    assert all(a is b for a, b in zip(before, net.parameters(), strict=True))
    assert {p.dtype for p in net.parameters()} == {vt_torch.float64}
    assert net.scale.dtype == vt_torch.float64
    net.half()
    assert {p.dtype for p in net.parameters()} == {vt_torch.float16}
    with pytest.raises(TypeError, match="floating point"):
        net.to(vt_torch.int32)


def test_gradients_follow_a_cast() -> None:
    net = nn.Linear(2, 1)
    net(vt_torch.ones(1, 2)).sum().backward()
    net.double()
    assert net.weight.grad is not None
    assert net.weight.grad.dtype == vt_torch.float64
    net(vt_torch.ones(1, 2, dtype=vt_torch.float64)).sum().backward()
    assert net.weight.grad.tolist() == [[2.0, 2.0]]


def test_hooks() -> None:
    net = nn.Linear(2, 2)
    calls: list[str] = []
    before = net.register_forward_pre_hook(lambda _module, args: calls.append("before") or (args[0] * 0,))
    after = net.register_forward_hook(lambda _module, _args, result: calls.append("after") or result + 1)
    with vt_torch.no_grad():
        out = net(vt_torch.ones(1, 2))
    np.testing.assert_allclose(out.tolist()[0], (net.bias.detach() + 1).tolist(), rtol=1e-6)
    before.remove()
    with after:
        pass
    net(vt_torch.ones(1, 2))
    assert calls == ["before", "after"]


def test_deepcopy_is_independent() -> None:
    net = mlp(vt_torch)
    twin = copy.deepcopy(net)
    with vt_torch.no_grad():
        twin.head[1].weight.zero_()
    assert net.head[1].weight.abs().sum().item() > 0
    assert [n for n, _ in twin.named_parameters()] == [n for n, _ in net.named_parameters()]


def test_shared_parameters_are_given_once() -> None:
    net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    net[1].weight = net[0].weight
    assert len(list(net.parameters())) == 3
    assert len(list(net.named_parameters(remove_duplicate=False))) == 4


def test_wrong_assignments_are_refused() -> None:
    net = nn.Linear(2, 2)
    with pytest.raises(TypeError, match="parameter 'weight'"):
        net.weight = vt_torch.zeros(2, 2)
    with pytest.raises(KeyError, match="already exists"):
        net.register_buffer("weight", vt_torch.zeros(1))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        net.nothing

    class Early(nn.Module):
        def __init__(self) -> None:
            self.layer = nn.Identity()

    with pytest.raises(AttributeError, match="super"):
        Early()


def test_dropout_scales_and_stops_in_eval() -> None:
    vt_torch.manual_seed(0)
    layer = nn.Dropout(0.25)
    x = vt_torch.ones(10000)
    y = layer(x)
    kept = (y != 0).float().mean().item()
    assert abs(kept - 0.75) < 0.02
    np.testing.assert_allclose(np.unique(y.numpy()), [0.0, 1 / 0.75], rtol=1e-6)
    assert layer.eval()(x) is x
    with pytest.raises(ValueError, match="between 0 and 1"):
        nn.Dropout(1.5)


def test_weights_are_laid_out_by_a_memory_format() -> None:
    def program(torch: ModuleType) -> Any:
        model = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3), torch.nn.Conv3d(2, 2, 2))
        fill(model, torch)
        before = [p.clone() for p in model.parameters()]
        strides = []
        for options in ({"memory_format": torch.channels_last}, {"memory_format": torch.contiguous_format}):
            model[:2].to(**options)
            strides.append([p.stride() for p in model.parameters()])
        model[2].to("cpu", torch.float64, memory_format=torch.channels_last_3d)
        strides.append([p.stride() for p in model.parameters()])
        return strides, all(torch.equal(a, b.to(a.dtype)) for a, b in zip(before, model.parameters(), strict=True))

    check(program)
