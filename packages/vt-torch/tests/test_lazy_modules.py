# SPDX-License-Identifier: Apache-2.0
"""Lazy modules take sizes from their first input or from a loaded state, as PyTorch's do."""

from __future__ import annotations

import copy
import inspect
from types import ModuleType
from typing import Any

import pytest
import torch as reference
import vt_torch
from programs import LIBRARIES, check, fill, values

SHAPES = {1: (2, 4, 9), 2: (2, 4, 6, 5), 3: (1, 4, 3, 4, 5)}
NAMES = [f"Lazy{kind}{rank}d" for kind in ("Conv", "ConvTranspose") for rank in (1, 2, 3)]


@pytest.mark.parametrize("name", NAMES)
def test_lazy_module_becomes_its_plain_one(name: str) -> None:
    def program(torch: ModuleType) -> Any:
        layer = getattr(torch.nn, name)(6, 3, stride=2, groups=2)
        x = torch.from_numpy(values(SHAPES[int(name[-2])], 1))
        before = repr(layer), list(layer.state_dict())
        layer(x)
        fill(layer, torch)
        shapes = [tuple(p.shape) for p in layer.parameters()]
        return before, repr(layer), type(layer).__name__, shapes, layer.in_channels, layer(x), layer(x[0])

    check(program)


@pytest.mark.parametrize("name", NAMES)
def test_constructor_has_the_same_arguments(name: str) -> None:
    def arguments(torch: ModuleType) -> list[Any]:
        return [(p.name, p.default) for p in inspect.signature(getattr(torch.nn, name)).parameters.values()]

    assert arguments(vt_torch) == arguments(reference)


def test_lazy_module_loads_a_state() -> None:
    def program(torch: ModuleType) -> Any:
        plain = fill(torch.nn.Conv2d(4, 6, 3), torch)
        lazy = torch.nn.Sequential(torch.nn.LazyConv2d(6, 3))
        lazy.load_state_dict({f"0.{key}": value for key, value in plain.state_dict().items()})
        x = torch.from_numpy(values(SHAPES[2], 1))
        return lazy(x), plain(x), type(lazy[0]).__name__

    check(program)


def test_state_without_sizes_goes_to_lazy_modules_only() -> None:
    state = vt_torch.nn.LazyConv2d(6, 3).state_dict()
    lazy = vt_torch.nn.LazyConv2d(6, 3)
    lazy.load_state_dict(state)
    assert lazy.has_uninitialized_params()
    with pytest.raises(RuntimeError, match="no size yet"):
        vt_torch.nn.Conv2d(4, 6, 3).load_state_dict(state)


def test_lazy_module_is_copied_and_moved_before_its_first_call() -> None:
    lazy = vt_torch.nn.LazyConv2d(6, 3)
    copied = copy.deepcopy(lazy).double()
    assert copied(vt_torch.zeros((1, 2, 4, 4), dtype=vt_torch.float64)).shape == (1, 6, 2, 2)
    assert lazy.has_uninitialized_params()
    assert lazy(vt_torch.zeros((1, 3, 4, 4))).shape == (1, 6, 2, 2)


def test_first_input_must_have_the_right_dimensions() -> None:
    for library in LIBRARIES:
        layer = library.nn.LazyConv2d(6, 3)
        with pytest.raises(RuntimeError, match="Expected 3D"):
            layer(library.zeros((4, 4)))
        assert layer.has_uninitialized_params()
