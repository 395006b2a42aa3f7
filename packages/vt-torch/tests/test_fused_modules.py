# SPDX-License-Identifier: Apache-2.0
"""A Linear and the ReLU behind it in a Sequential: one operator, unless something else would see what passes between them."""

from __future__ import annotations

from typing import Any

import pytest
import vt_torch as torch
from vt_torch import nn

LAYERS: Any = nn.Linear


def network(relu: nn.Module) -> nn.Sequential:
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(4, 5), relu, nn.Linear(5, 6, bias=False), nn.ReLU(), nn.Linear(6, 2), nn.Tanh())


def apart(net: nn.Sequential, x: torch.Tensor) -> torch.Tensor:
    for module in net:
        x = module(x)
    return x


def names_of(t: Any) -> list[str]:
    """The nodes from a result back along first inputs."""
    names, node = [], t.grad_fn
    while node is not None:
        names.append(type(node).__name__ if not hasattr(node, "name") else node.name())
        node = node.next_functions[0][0] if node.next_functions else None
    return names


@pytest.mark.parametrize("inplace", [False, True])
def test_results_and_gradients_are_those_of_the_modules_one_by_one(inplace: bool) -> None:
    net, x = network(nn.ReLU(inplace)), torch.randn(3, 4, requires_grad=True)
    results = []
    for call in (net, lambda x: apart(net, x)):
        net.zero_grad()
        x.grad = None
        out = call(x)
        (out * out).sum().backward()
        results.append([out.tolist(), x.grad.tolist(), *(p.grad.tolist() for p in net.parameters())])
    assert results[0] == results[1]
    assert sum("LinearRelu" in name.replace("_", "").title().replace("relu", "Relu") for name in names_of(net(x))) == 2


def test_second_derivatives_go_through_both() -> None:
    net, x = network(nn.ReLU()), torch.randn(3, 4, requires_grad=True)

    def second(call: Any) -> list[Any]:
        (grad,) = torch.autograd.grad(call(x).sum(), x, create_graph=True)
        return [g.tolist() for g in torch.autograd.grad(grad.square().sum(), [x, *net.parameters()], allow_unused=True)]

    for made, expected in zip(second(net), second(lambda x: apart(net, x)), strict=True):
        assert torch.allclose(torch.tensor(made), torch.tensor(expected))


class Doubled(nn.Linear):
    def forward(self, input: torch.Tensor) -> torch.Tensor:
        return 2 * super().forward(input)


def test_what_would_see_the_map_is_called() -> None:
    x = torch.randn(3, 4)
    seen: list[Any] = []

    def hooked(net: nn.Sequential) -> None:
        net[0].register_forward_hook(lambda module, args, output: seen.append(output))

    def replaced(net: nn.Sequential) -> None:
        net[1].forward = lambda input: seen.append(input) or input.relu()

    for change in (hooked, replaced):
        seen.clear()
        net = network(nn.ReLU())
        expected = net(x).tolist()
        change(net)
        assert net(x).tolist() == expected
        assert len(seen) == 1
        assert seen[0].tolist() == net[0](x).tolist()
    assert nn.Sequential(Doubled(4, 4), nn.ReLU())(x).min() >= 0
    wider = nn.Sequential(Doubled(4, 4), nn.ReLU())
    assert wider(x).tolist() == (2 * nn.Linear.forward(wider[0], x)).relu().tolist()


def test_parameters_may_be_replaced_and_left_out() -> None:
    x = torch.randn(3, 4)
    net = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
    del net[0].weight
    net[0].weight = torch.eye(4)
    assert net(x).tolist() == (x + net[0].bias).relu().tolist()
