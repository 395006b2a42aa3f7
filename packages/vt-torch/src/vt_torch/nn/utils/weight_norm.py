# SPDX-License-Identifier: Apache-2.0
"""Weight normalisation: a weight's norm and direction learned apart."""

# pyright: reportPrivateUsage=false
from __future__ import annotations

from typing import Any

from vt_core import ops

from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["remove_weight_norm", "weight_norm"]


class _WeightNorm:
    """The hook that computes the weight before every ``forward``."""

    def __init__(self, name: str, dim: int) -> None:
        self.name = name
        self.dim = dim

    def weight_of(self, module: Module) -> Any:
        """Return the weight that the module's two parameters give."""
        return ops._weight_norm(getattr(module, f"{self.name}_v"), getattr(module, f"{self.name}_g"), self.dim)

    def __call__(self, module: Module, args: Any) -> None:
        """Compute the weight anew."""
        setattr(module, self.name, self.weight_of(module))


def weight_norm(module: Module, name: str = "weight", dim: int | None = 0) -> Module:
    """Replace a parameter by its norm and its direction: Salimans and Kingma, 2016, arXiv:1602.07868.

    The parameter `name` becomes ``name_g``, its norms over all dimensions but `dim`, and ``name_v``; it is itself computed
    from them before every ``forward``.

    Parameters
    ----------
    module : Module
        Changed in place, and returned.
    name : str
    dim : int or None
        The dimension that keeps its norms apart; None for a single norm.

    Raises
    ------
    RuntimeError
        If the parameter is normalised already.
    AttributeError
        If the module has no such parameter.
    """
    if _hook_of(module, name) is not None:
        raise RuntimeError(f"Cannot register two weight_norm hooks on the same parameter {name}")
    weight = module.get_parameter(name)
    hook = _WeightNorm(name, -1 if dim is None else dim)
    del module._parameters[name]
    module.register_parameter(f"{name}_g", Parameter(ops.norm_except_dim(weight.detach(), 2, hook.dim)))
    module.register_parameter(f"{name}_v", Parameter(weight.detach()))
    setattr(module, name, hook.weight_of(module))
    module.register_forward_pre_hook(hook)
    return module


def remove_weight_norm(module: Module, name: str = "weight") -> Module:
    """Make the normalised parameter an ordinary one again; changes the module in place, and returns it.

    Raises
    ------
    ValueError
        If the parameter is not normalised.
    """
    found = _hook_of(module, name)
    if found is None:
        raise ValueError(f"weight_norm of '{name}' not found in {module}")
    key, hook = found
    weight = hook.weight_of(module).detach()
    delattr(module, name)
    del module._forward_pre_hooks[key], module._parameters[f"{name}_g"], module._parameters[f"{name}_v"]
    module.register_parameter(name, Parameter(weight))
    return module


def _hook_of(module: Module, name: str) -> tuple[int, _WeightNorm] | None:
    for key, (hook, _) in module._forward_pre_hooks.items():
        if isinstance(hook, _WeightNorm) and hook.name == name:
            return key, hook
    return None
