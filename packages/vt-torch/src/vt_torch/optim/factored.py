# SPDX-License-Identifier: Apache-2.0
"""Adafactor, which keeps rows and columns of squares, and Muon, whose steps are orthogonal matrices."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import vt_core
from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.simple import PerParameter, check_not_negative

__all__ = ["Adafactor", "Muon"]


class Adafactor(PerParameter):
    """Adafactor: Shazeer and Stern, 2018, arXiv:1804.04235.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float
        The largest relative step.
    beta2_decay : float
        The power of the step by which new squares count.
    eps : (float or None, float)
        What squares are at least, the dtype's epsilon by default, and the least root mean square of a parameter.
    d : float
        Steps whose root mean square is larger are clipped to it.
    weight_decay : float
    foreach, maximize
        As those of `Adam`.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr, weight_decay=weight_decay, epsilon2=eps[1], epsilon1=eps[0] or 0)
        if beta2_decay > 0:
            raise ValueError(f"beta2_decay should be <= 0 but is: {beta2_decay}")
        if d < 1:
            raise ValueError(f"Clipping threshold d should be >= 1 but is: {d}")
        options = {
            "lr": lr,
            "beta2_decay": beta2_decay,
            "eps": eps,
            "d": d,
            "weight_decay": weight_decay,
            "maximize": maximize,
        }
        options |= {"foreach": foreach}
        super().__init__(params, options)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        sizes = list(parameter.shape)
        if len(sizes) > 1:
            state["row_var"] = ops.new_zeros(parameter.detach(), [*sizes[:-1], 1])
            state["col_var"] = ops.new_zeros(parameter.detach(), [*sizes[:-2], 1, sizes[-1]])
        else:
            state["variance"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        step, lr = state["step"], float(group["lr"])
        least, least_scale = group["eps"]
        least = vt_core.finfo(parameter.dtype).eps if least is None else least
        new = step ** group["beta2_decay"]
        scale = max(least_scale, float(ops.linalg_vector_norm(parameter)) / math.sqrt(parameter.numel()))
        rate = scale * min(lr, 1 / math.sqrt(step))
        if group["weight_decay"] != 0:
            parameter.mul_(1 - lr * group["weight_decay"])
        squares = grad * grad
        if grad.dim() > 1:
            rows = state["row_var"].lerp_(squares.mean(-1, keepdim=True), new)
            columns = state["col_var"].lerp_(squares.mean(-2, keepdim=True), new)
            variance = ops.matmul(rows, columns).div_(rows.mean(-2, keepdim=True).clamp_(min=least))
        else:
            variance = state["variance"].lerp_(squares, new).clone()
        update = variance.clamp_(min=least * least).rsqrt_().mul_(grad)
        size = float(ops.linalg_vector_norm(update)) / (math.sqrt(update.numel()) * group["d"])
        parameter.add_(update, alpha=-rate / max(1.0, size))


class Muon(PerParameter):
    """Muon, for matrices: Jordan, 2024; its step is the momentum made orthogonal by Newton-Schulz iterations.

    Parameters
    ----------
    params : iterable
        Of matrices; see `Optimizer`.
    lr, weight_decay, momentum : float
    nesterov : bool
    ns_coefficients : (float, float, float)
        Of the polynomial of an iteration.
    eps : float
        The least norm divided by.
    ns_steps : int
        Iterations.
    adjust_lr_fn : {"original", "match_rms_adamw"}, optional
        How the rate depends on the matrix's sizes; "original" by default.

    Raises
    ------
    ValueError
        If a number is out of range, or a parameter is no matrix.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        weight_decay: float = 0.1,
        momentum: float = 0.95,
        nesterov: bool = True,
        ns_coefficients: tuple[float, float, float] = (3.4445, -4.7750, 2.0315),
        eps: float = 1e-7,
        ns_steps: int = 5,
        adjust_lr_fn: str | None = None,
    ) -> None:
        check_not_negative(learning_rate=lr, momentum=momentum, weight_decay=weight_decay)
        if adjust_lr_fn not in (None, "original", "match_rms_adamw"):
            raise ValueError(f"Adjust learning rate function {adjust_lr_fn} is not supported")
        options = {
            "lr": lr,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "nesterov": nesterov,
            "ns_coefficients": ns_coefficients,
            "eps": eps,
            "ns_steps": ns_steps,
            "adjust_lr_fn": adjust_lr_fn,
        }
        super().__init__(params, options)
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.dim() != 2:
                    raise ValueError(
                        f"Muon only supports 2D parameters whereas we found a parameter with size: {parameter.shape}"
                    )

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["momentum_buffer"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        momentum, lr = group["momentum"], float(group["lr"])
        mean = state["momentum_buffer"].lerp_(grad, 1 - momentum)
        update = _orthogonal(ops.lerp(grad, mean, momentum) if group["nesterov"] else mean, group)
        rows, columns = parameter.shape
        if group["adjust_lr_fn"] == "match_rms_adamw":
            rate = lr * 0.2 * math.sqrt(max(rows, columns))
        else:
            rate = lr * math.sqrt(max(1, rows / columns))
        parameter.mul_(1 - lr * group["weight_decay"])
        parameter.add_(update.to(parameter.dtype), alpha=-rate)


def _orthogonal(matrix: Tensor, group: dict[str, Any]) -> Tensor:
    """Return nearly the orthogonal factor of the polar decomposition, in bfloat16."""
    a, b, c = group["ns_coefficients"]
    x = matrix.to(vt_core.bfloat16)
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.t()
    x = x / ops.linalg_vector_norm(x).clamp(min=group["eps"])
    for _ in range(group["ns_steps"]):
        gram = ops.matmul(x, x.t())
        x = ops.addmm(x, ops.addmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.t() if tall else x
