# SPDX-License-Identifier: Apache-2.0
"""ASGD, which keeps the mean of the parameters, and Rprop, which looks at signs alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.simple import PerParameter, check_not_negative, with_decay

__all__ = ["ASGD", "Rprop"]


class ASGD(PerParameter):
    """Averaged stochastic gradient descent: Polyak and Juditsky, 1992.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float
    lambd, alpha : float
        Decay term, and the power with which the rate falls.
    t0 : float
        The step at which averaging starts.
    weight_decay : float
    foreach, maximize, differentiable, capturable
        As those of `Adam`.

    Raises
    ------
    ValueError
        If a number is negative.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr, weight_decay=weight_decay)
        options = {
            "lr": lr,
            "lambd": lambd,
            "alpha": alpha,
            "t0": t0,
            "weight_decay": weight_decay,
            "maximize": maximize,
        }
        options |= {"foreach": foreach, "capturable": capturable, "differentiable": differentiable}
        super().__init__(params, options, capturable, differentiable)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["eta"] = float(group["lr"])
        state["mu"] = 1.0
        state["ax"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        step, lr, eta, mean = state["step"], float(group["lr"]), float(state["eta"]), state["ax"]
        grad = with_decay(group, parameter, grad)
        parameter.mul_(1 - group["lambd"] * eta)
        parameter.add_(grad, alpha=-eta)
        if float(state["mu"]) == 1:
            mean.copy_(parameter)
        else:
            mean.add_(parameter - mean, alpha=float(state["mu"]))
        state["eta"] = lr / (1 + group["lambd"] * lr * step) ** group["alpha"]
        state["mu"] = 1 / max(1.0, step - group["t0"])


class Rprop(PerParameter):
    """Resilient backpropagation: Riedmiller and Braun, 1993.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float
        The first size of a step.
    etas : (float, float)
        What a step's size is multiplied with when the sign of the gradient changes, and when it stays.
    step_sizes : (float, float)
        The least and the largest size of a step.
    capturable, foreach, maximize, differentiable
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
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr)
        if not 0 < etas[0] < 1 < etas[1]:
            raise ValueError(f"Invalid eta values: {etas[0]}, {etas[1]}")
        options = {"lr": lr, "etas": etas, "step_sizes": step_sizes, "maximize": maximize}
        options |= {"foreach": foreach, "capturable": capturable, "differentiable": differentiable}
        super().__init__(params, options, capturable, differentiable)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["prev"] = ops.zeros_like(parameter)
        state["step_size"] = ops.full_like(parameter.detach(), float(group["lr"]))

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        shrink, grow = group["etas"]
        agrees = grad * state["prev"]
        changed = agrees < 0
        factor = ops.where(agrees > 0, grow, ops.where(changed, shrink, ops.ones_like(grad)))
        state["step_size"].mul_(factor).clamp_(*group["step_sizes"])
        grad = ops.masked_fill(grad, changed, 0)
        parameter.addcmul_(grad.sign(), state["step_size"], value=-1)
        state["prev"].copy_(grad)
