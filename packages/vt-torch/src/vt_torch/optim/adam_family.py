# SPDX-License-Identifier: Apache-2.0
"""Relatives of Adam: Adamax by the largest gradient, NAdam with a look ahead, RAdam with a rectified start."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.simple import PerParameter, check_betas, check_not_negative, with_decay

__all__ = ["Adamax", "NAdam", "RAdam"]


class Adamax(PerParameter):
    """Adamax: Kingma and Ba, 2014, arXiv:1412.6980, section 7.

    Parameters
    ----------
    params, lr, betas, eps, weight_decay, foreach, maximize, differentiable, capturable
        As those of `Adam`.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr, epsilon=eps, weight_decay=weight_decay)
        check_betas(betas)
        options = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "maximize": maximize}
        options |= {"foreach": foreach, "capturable": capturable, "differentiable": differentiable}
        super().__init__(params, options, capturable, differentiable)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["exp_avg"] = ops.zeros_like(parameter)
        state["exp_inf"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        grad = with_decay(group, parameter, grad)
        state["exp_avg"].lerp_(grad, 1 - beta1)
        largest = state["exp_inf"]
        largest.copy_(ops.maximum(largest.mul_(beta2), grad.abs().add_(group["eps"])))
        rate = float(group["lr"]) / (1 - beta1 ** state["step"])
        parameter.addcdiv_(state["exp_avg"], largest, value=-rate)


class NAdam(PerParameter):
    """NAdam: Dozat, 2016.

    Parameters
    ----------
    params, lr, betas, eps, weight_decay, foreach, maximize, capturable, differentiable
        As those of `Adam`.
    momentum_decay : float
        How soon the momentum reaches its value.
    decoupled_weight_decay : bool
        As in `AdamW`.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum_decay: float = 4e-3,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr, epsilon=eps, weight_decay=weight_decay, momentum_decay=momentum_decay)
        check_betas(betas)
        options = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
        }
        options |= {"foreach": foreach, "capturable": capturable, "differentiable": differentiable}
        super().__init__(params, options, capturable, differentiable)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["mu_product"] = 1.0
        state["exp_avg"] = ops.zeros_like(parameter)
        state["exp_avg_sq"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        step, lr = state["step"], float(group["lr"])

        def momentum(at: int) -> float:
            return beta1 * (1 - 0.5 * 0.96 ** (at * group["momentum_decay"]))

        grad = with_decay(group, parameter, grad)
        now, ahead = momentum(step), momentum(step + 1)
        state["mu_product"] = product = float(state["mu_product"]) * now
        state["exp_avg"].lerp_(grad, 1 - beta1)
        state["exp_avg_sq"].mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        root = (state["exp_avg_sq"] / (1 - beta2**step)).sqrt_().add_(group["eps"])
        parameter.addcdiv_(grad, root, value=-lr * (1 - now) / (1 - product))
        parameter.addcdiv_(state["exp_avg"], root, value=-lr * ahead / (1 - product * ahead))


class RAdam(PerParameter):
    """RAdam: Liu et al., 2019, arXiv:1908.03265.

    Parameters
    ----------
    params, lr, betas, eps, weight_decay, foreach, maximize, capturable, differentiable
        As those of `Adam`.
    decoupled_weight_decay : bool
        As in `AdamW`.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr, epsilon=eps, weight_decay=weight_decay)
        check_betas(betas)
        options = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        options |= {"foreach": foreach, "capturable": capturable, "differentiable": differentiable}
        super().__init__(params, options, capturable, differentiable)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["exp_avg"] = ops.zeros_like(parameter)
        state["exp_avg_sq"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        beta1, beta2 = group["betas"]
        step = state["step"]
        grad = with_decay(group, parameter, grad)
        state["exp_avg"].lerp_(grad, 1 - beta1)
        state["exp_avg_sq"].mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        left = 1 - beta2**step
        rate = float(group["lr"]) / (1 - beta1**step)
        # The length of the mean of squares, which says how far its variance can be trusted.
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * step * beta2**step / left
        if length <= 5:
            parameter.add_(state["exp_avg"], alpha=-rate)
            return
        rectified = math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
        root = state["exp_avg_sq"].sqrt().add_(group["eps"])
        parameter.addcdiv_(state["exp_avg"], root, value=-rate * rectified * math.sqrt(left))
