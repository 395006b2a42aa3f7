# SPDX-License-Identifier: Apache-2.0
"""Modules without drawn parameters, and weights of convolutions in another memory format."""

from __future__ import annotations

import inspect
from typing import Any

from vt_core import memory_format

from vt_torch.nn.convolution import Conv2d, Conv3d, ConvTranspose2d, ConvTranspose3d
from vt_torch.nn.module import Module

__all__ = ["convert_conv2d_weight_memory_format", "convert_conv3d_weight_memory_format", "skip_init"]


def _converted(module: Module, kinds: tuple[type[Module], ...], format: memory_format) -> Module:
    for each in module.modules():
        if isinstance(each, kinds):
            weight: Any = each.get_parameter("weight")
            weight.data = weight.detach().clone().contiguous(memory_format=format)
    return module


def convert_conv2d_weight_memory_format(module: Module, memory_format: memory_format) -> Module:
    """Give the weights of all two-dimensional convolutions a memory format; changes the module in place, and returns it."""
    return _converted(module, (Conv2d, ConvTranspose2d), memory_format)


def convert_conv3d_weight_memory_format(module: Module, memory_format: memory_format) -> Module:
    """Give the weights of all three-dimensional convolutions a memory format; changes the module in place, and returns it."""
    return _converted(module, (Conv3d, ConvTranspose3d), memory_format)


def skip_init(module_cls: type[Module], *args: Any, **kwargs: Any) -> Module:
    """Return a module whose parameters have memory but no drawn numbers.

    Raises
    ------
    RuntimeError
        If the class is no module, or does not take a device.
    """
    if not issubclass(module_cls, Module):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RuntimeError(f"Expected a Module; got {module_cls}")
    if "device" not in inspect.signature(module_cls).parameters:
        raise RuntimeError("Module must support a 'device' arg to skip initialization")
    device = kwargs.get("device") or "cpu"
    return module_cls(*args, **{**kwargs, "device": "meta"}).to_empty(device=device)
