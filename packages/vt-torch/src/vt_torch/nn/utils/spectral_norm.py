# SPDX-License-Identifier: Apache-2.0
"""Spectral normalisation: a weight divided by its largest singular value, found by power iterations."""

from __future__ import annotations

from typing import Any

from vt_autograd import no_grad
from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn.functional import normalize
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["remove_spectral_norm", "spectral_norm"]


class _SpectralNorm:
    """The hook that computes the weight before every ``forward``."""

    def __init__(self, name: str, iterations: int, eps: float, dim: int) -> None:
        self.name = name
        self.iterations = iterations
        self.eps = eps
        self.dim = dim

    def matrix(self, weight: Tensor) -> Tensor:
        """Return the weight with the dimension of outputs as rows and all others as columns."""
        return ops.movedim(weight, self.dim, 0).flatten(1) if weight.dim() > 1 else weight.unsqueeze(1)

    def weight_of(self, module: Any, iterate: bool) -> Tensor:
        """Return the normalised weight; iterating moves the module's two vectors."""
        weight = getattr(module, f"{self.name}_orig")
        u, v = getattr(module, f"{self.name}_u"), getattr(module, f"{self.name}_v")
        matrix = self.matrix(weight)
        if iterate:
            with no_grad():
                for _ in range(self.iterations):
                    v.copy_(normalize(ops.mv(matrix.t(), u), dim=0, eps=self.eps))
                    u.copy_(normalize(ops.mv(matrix, v), dim=0, eps=self.eps))
                u, v = u.clone(), v.clone()  # the graph keeps what later iterations do not change
        return weight / ops.dot(u, ops.mv(matrix, v))

    def __call__(self, module: Any, args: Any) -> None:
        """Compute the weight anew."""
        setattr(module, self.name, self.weight_of(module, module.training))


def spectral_norm(
    module: Module, name: str = "weight", n_power_iterations: int = 1, eps: float = 1e-12, dim: int | None = None
) -> Module:
    """Divide a parameter by its largest singular value before every ``forward``: Miyato et al., 2018, arXiv:1802.05957.

    The parameter `name` becomes ``name_orig``; the buffers ``name_u`` and ``name_v`` approach its singular vectors.

    Parameters
    ----------
    module : Module
        Changed in place, and returned.
    name : str
    n_power_iterations : int
        Of every ``forward`` in training.
    eps : float
        The least norm divided by.
    dim : int, optional
        The dimension of outputs: 1 for transposed convolutions, else 0.

    Raises
    ------
    RuntimeError
        If the parameter is normalised already.
    ValueError
        If there are no iterations.
    """
    if n_power_iterations <= 0:
        raise ValueError(f"Expected n_power_iterations to be positive, but got n_power_iterations={n_power_iterations}")
    if _hook_of(module, name) is not None:
        raise RuntimeError(f"Cannot register two spectral_norm hooks on the same parameter {name}")
    if dim is None:
        dim = 1 if type(module).__name__.startswith("ConvTranspose") else 0
    weight = module.get_parameter(name)
    hook = _SpectralNorm(name, n_power_iterations, eps, dim)
    del module._parameters[name]  # pyright: ignore[reportPrivateUsage]
    module.register_parameter(f"{name}_orig", weight)
    with no_grad():
        rows, columns = hook.matrix(weight).shape
        u = normalize(ops.new_empty(weight.detach(), (rows,)).normal_(0, 1), dim=0, eps=eps)
        v = normalize(ops.new_empty(weight.detach(), (columns,)).normal_(0, 1), dim=0, eps=eps)
    setattr(module, name, weight.data)
    module.register_buffer(f"{name}_u", u)
    module.register_buffer(f"{name}_v", v)
    module.register_forward_pre_hook(hook)
    return module


def remove_spectral_norm(module: Module, name: str = "weight") -> Module:
    """Make the normalised parameter an ordinary one again; changes the module in place, and returns it.

    Raises
    ------
    ValueError
        If the parameter is not normalised.
    """
    found = _hook_of(module, name)
    if found is None:
        raise ValueError(f"spectral_norm of '{name}' not found in {module}")
    key, hook = found
    with no_grad():
        weight = hook.weight_of(module, False).detach()
    delattr(module, name)
    for kept in ("orig", "u", "v"):
        delattr(module, f"{name}_{kept}")
    del module._forward_pre_hooks[key]  # pyright: ignore[reportPrivateUsage]
    module.register_parameter(name, Parameter(weight))
    return module


def _hook_of(module: Module, name: str) -> tuple[int, _SpectralNorm] | None:
    for key, (hook, _) in module._forward_pre_hooks.items():  # pyright: ignore[reportPrivateUsage]
        if isinstance(hook, _SpectralNorm) and hook.name == name:
            return key, hook
    return None
