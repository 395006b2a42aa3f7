# SPDX-License-Identifier: Apache-2.0
"""Parametrised tensors of modules, as PyTorch's."""

from __future__ import annotations

import copy
import pickle
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch as reference
import vt_torch
from programs import check, fill, values


def parts(torch: ModuleType) -> Any:
    """Modules to parametrise with: one without an inverse, one with, one that changes sizes, one of two tensors."""

    class LowRank(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = (torch.nn.Parameter(torch.from_numpy(values((4, 2), seed))) for seed in (5, 6))

        def forward(self, weight: Any) -> Any:
            return weight + self.a @ self.b.T

    class Symmetric(torch.nn.Module):
        def forward(self, x: Any) -> Any:
            return x.triu() + x.triu(1).transpose(-1, -2)

        def right_inverse(self, x: Any) -> Any:
            return x.triu()

    class Twice(torch.nn.Module):
        def forward(self, x: Any) -> Any:
            return torch.cat([x, x])

    class Product(torch.nn.Module):
        def forward(self, x: Any, y: Any) -> Any:
            return x * y

        def right_inverse(self, x: Any) -> Any:
            return x / 2, torch.full_like(x, 2.0)

    return LowRank, Symmetric, Twice, Product


def test_values_names_and_gradients() -> None:
    def program(torch: ModuleType) -> Any:
        parametrize = torch.nn.utils.parametrize
        low_rank, symmetric, twice, product = parts(torch)
        x = torch.from_numpy(values((2, 4), 1))
        results: list[Any] = []
        for chosen in ([low_rank], [symmetric], [product], [symmetric, low_rank]):
            layer = fill(torch.nn.Linear(4, 4), torch)
            for part in chosen:
                parametrize.register_parametrization(layer, "weight", part())
            layer(x).square().sum().backward()
            results += [layer.weight, [(n, p.clone(), p.grad) for n, p in layer.named_parameters()], repr(layer)]
            if chosen[-1] is not low_rank:
                layer.weight = torch.from_numpy(values((4, 4), 2))
                results += [layer.weight, copy.deepcopy(layer.state_dict())]
            results += [parametrize.is_parametrized(layer), parametrize.type_before_parametrizations(layer).__name__]
            parametrize.remove_parametrizations(layer, "weight")
            results += [layer.state_dict(), repr(layer), parametrize.is_parametrized(layer, "weight")]
        norm = torch.nn.BatchNorm1d(2)
        parametrize.register_parametrization(norm, "running_mean", twice(), unsafe=True)
        return [*results, norm.running_mean, sorted(norm.state_dict())]

    check(program)


def test_copies_cached_values_and_refusals() -> None:
    torch = vt_torch  # PyTorch's copies share a class, from which the last of them removes the tensor
    parametrize = torch.nn.utils.parametrize
    low_rank, symmetric, twice, _ = parts(torch)
    layer = fill(torch.nn.Linear(4, 4), torch)
    for bad in (twice(), torch.nn.Identity()):
        with pytest.raises(ValueError, match=r"shape|name"):
            parametrize.register_parametrization(layer, "weight" if isinstance(bad, twice) else "absent", bad)
    assert type(layer) is torch.nn.Linear
    parametrize.register_parametrization(layer, "weight", symmetric())
    copied = copy.deepcopy(layer)
    parametrize.remove_parametrizations(layer, "weight")
    assert parametrize.is_parametrized(copied, "weight")
    copied.weight = torch.ones(4, 4)
    assert layer.weight.tolist() != copied.weight.tolist()
    with parametrize.cached():
        assert copied.weight is copied.weight
    assert copied.weight is not copied.weight
    with pytest.raises(ValueError, match="does not have a parametrization"):
        parametrize.remove_parametrizations(layer, "weight")
    with pytest.raises(RuntimeError, match="state_dict"):
        pickle.dumps(copied)
    parametrize.register_parametrization(layer, "weight", low_rank())
    with pytest.raises(RuntimeError, match="right_inverse"):
        layer.weight = torch.ones(4, 4)


def test_weights_by_norm_and_direction() -> None:
    def program(torch: ModuleType) -> Any:
        results: list[Any] = []
        for dim in (0, 1, None):
            layer = torch.nn.utils.parametrizations.weight_norm(fill(torch.nn.Conv1d(2, 3, 3), torch), dim=dim)
            layer(torch.from_numpy(values((1, 2, 5)))).sum().backward()
            results += [layer.weight, [(n, p, p.grad) for n, p in layer.named_parameters()]]
        return results

    check(program)


def test_weights_of_spectral_norm_one() -> None:
    def program(torch: ModuleType) -> Any:
        torch.manual_seed(0)
        layer = torch.nn.utils.parametrizations.spectral_norm(
            fill(torch.nn.Conv2d(2, 3, 2), torch), n_power_iterations=50
        )
        layer(torch.from_numpy(values((1, 2, 3, 3)))).square().sum().backward()
        return layer.weight, layer.parametrizations.weight.original.grad, sorted(layer.state_dict())

    check(program)


@pytest.mark.parametrize("map_", ["matrix_exp", "cayley", "householder", None])
@pytest.mark.parametrize("sizes", [(3, 3), (2, 4), (4, 2)])
@pytest.mark.parametrize("trivial", [True, False])
def test_orthogonal_weights(map_: str | None, sizes: tuple[int, int], trivial: bool) -> None:
    def layer(torch: ModuleType) -> Any:
        made = fill(torch.nn.Linear(sizes[1], sizes[0]), torch)
        try:
            made = torch.nn.utils.parametrizations.orthogonal(made, orthogonal_map=map_, use_trivialization=trivial)
        except NotImplementedError:
            return None
        with torch.no_grad():
            made.parametrizations.weight.original.add_(torch.from_numpy(values(sizes, 3)).tril(-1))
        return made

    ours, theirs = layer(vt_torch), layer(reference)
    assert (ours is None) == (theirs is None)
    if ours is None:
        return
    weight = np.asarray(ours.weight.detach().tolist())
    gram = weight @ weight.T if sizes[0] <= sizes[1] else weight.T @ weight
    np.testing.assert_allclose(gram, np.eye(len(gram)), atol=1e-5)
    if not trivial or sizes[0] == sizes[1]:  # otherwise the base has random columns
        np.testing.assert_allclose(weight, np.asarray(theirs.weight.detach().tolist()), atol=2e-5)
    ours.weight.square().sum().backward()
    assert ours.parametrizations.weight.original.grad is not None
