# SPDX-License-Identifier: Apache-2.0
"""Optimisers that scale steps by sums or means of squared gradients: Adagrad, Adadelta, RMSprop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.simple import PerParameter, check_not_negative, with_decay

__all__ = ["Adadelta", "Adagrad", "RMSprop"]


class Adagrad(PerParameter):
    """Adagrad: Duchi, Hazan and Singer, 2011.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr, lr_decay, weight_decay : float
    initial_accumulator_value : float
        What the sums of squares start with.
    eps : float
        Added to the root of the sum.
    foreach, maximize, differentiable, fused
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
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        check_not_negative(
            learning_rate=lr,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            epsilon=eps,
        )
        options = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "maximize": maximize,
        }
        options |= {"foreach": foreach, "differentiable": differentiable, "fused": fused}
        super().__init__(params, options, differentiable=differentiable)
        for group in self.param_groups:
            for parameter in group["params"]:
                self.state[parameter]["step"] = 0
                self._start(group, parameter, self.state[parameter])

    def share_memory(self) -> None:
        """Do nothing: state is in the memory of this process."""

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["sum"] = ops.full_like(parameter.detach(), group["initial_accumulator_value"])

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        grad = with_decay(group, parameter, grad)
        rate = float(group["lr"]) / (1 + (state["step"] - 1) * group["lr_decay"])
        state["sum"].addcmul_(grad, grad)
        parameter.addcdiv_(grad, state["sum"].sqrt().add_(group["eps"]), value=-rate)


class Adadelta(PerParameter):
    """Adadelta: Zeiler, 2012, arXiv:1212.5701.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float
        Multiplies the step.
    rho : float
        Decay of the means of squares.
    eps, weight_decay : float
    foreach, capturable, maximize, differentiable
        As those of `Adam`.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr, epsilon=eps, weight_decay=weight_decay)
        if not 0 <= rho <= 1:
            raise ValueError(f"Invalid rho value: {rho}")
        options = {"lr": lr, "rho": rho, "eps": eps, "weight_decay": weight_decay, "maximize": maximize}
        options |= {"foreach": foreach, "capturable": capturable, "differentiable": differentiable}
        super().__init__(params, options, capturable, differentiable)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["square_avg"] = ops.zeros_like(parameter)
        state["acc_delta"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        rho, eps = group["rho"], group["eps"]
        grad = with_decay(group, parameter, grad)
        state["square_avg"].mul_(rho).addcmul_(grad, grad, value=1 - rho)
        delta = (state["acc_delta"] + eps).sqrt_().div_((state["square_avg"] + eps).sqrt_()).mul_(grad)
        state["acc_delta"].mul_(rho).addcmul_(delta, delta, value=1 - rho)
        parameter.add_(delta, alpha=-float(group["lr"]))


class RMSprop(PerParameter):
    """RMSprop: Hinton, 2012; centred: Graves, 2013, arXiv:1308.0850.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float
    alpha : float
        Decay of the mean of squares.
    eps, weight_decay, momentum : float
    centered : bool
        Divide by the deviation rather than by the root of the mean square.
    capturable, foreach, maximize, differentiable
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
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_not_negative(learning_rate=lr, epsilon=eps, momentum=momentum, weight_decay=weight_decay, alpha=alpha)
        options = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "maximize": maximize,
        }
        options |= {"foreach": foreach, "capturable": capturable, "differentiable": differentiable}
        super().__init__(params, options, capturable, differentiable)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        state["square_avg"] = ops.zeros_like(parameter)
        if group["momentum"] > 0:
            state["momentum_buffer"] = ops.zeros_like(parameter)
        if group["centered"]:
            state["grad_avg"] = ops.zeros_like(parameter)

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        alpha, lr = group["alpha"], float(group["lr"])
        grad = with_decay(group, parameter, grad)
        mean_square = state["square_avg"].mul_(alpha).addcmul_(grad, grad, value=1 - alpha)
        if group["centered"]:
            mean = state["grad_avg"].lerp_(grad, 1 - alpha)
            mean_square = ops.addcmul(mean_square, mean, mean, value=-1)
        root = mean_square.sqrt().add_(group["eps"])
        if group["momentum"] > 0:
            moved = state["momentum_buffer"].mul_(group["momentum"]).addcdiv_(grad, root)
            parameter.add_(moved, alpha=-lr)
        else:
            parameter.addcdiv_(grad, root, value=-lr)
