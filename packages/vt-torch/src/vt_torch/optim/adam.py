# SPDX-License-Identifier: Apache-2.0
"""Adam and AdamW, in one multi-tensor operator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.capture import is_capturing, replayed
from vt_torch.optim.optimizer import Optimizer, rate_for

__all__ = ["Adam", "AdamW"]


class Adam(Optimizer):
    """Adam: Kingma and Ba, 2014, arXiv:1412.6980; weight decay is added to the gradient.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float or Tensor
        A tensor of one number on the device of the parameters is read there.
    betas : (float, float)
        Decay of the means of gradients and of their squares.
    eps : float
        Added to the root of the second mean.
    weight_decay : float
    amsgrad : bool
        Divide by the largest second mean so far: Reddi et al., 2018.
    maximize : bool
        Climb instead of descend.
    decoupled_weight_decay : bool
        Shrink the parameters directly, as `AdamW`.
    foreach, capturable, differentiable, fused : optional
        Taken for compatibility: there is one form, fused over all tensors of a group, and it can be captured in a CUDA graph.
        `differentiable` must be False.

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    In a capture, parameters must have their state, from a step before. Each replay counts a step and uses the learning rate
    that the group has then; the other options stay as captured.
    """

    _can_be_captured = True

    def __init__(
        self,
        params: Iterable[Any],
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
    ) -> None:
        if lr < 0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if eps < 0:
            raise ValueError(f"Invalid epsilon value: {eps}")
        for i, beta in enumerate(betas):
            if not 0 <= beta < 1:
                raise ValueError(f"Invalid beta parameter at index {i}: {beta}")
        if weight_decay < 0:
            raise ValueError(f"Invalid weight_decay value: {weight_decay}")
        if differentiable:
            raise NotImplementedError(f"{type(self).__name__}: differentiable=True is not implemented")
        options = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        super().__init__(params, options)

    def _state_of(self, parameter: Tensor, amsgrad: bool, capturing: bool) -> dict[str, Any]:
        state = self.state[parameter]
        if not state:
            if capturing:
                del self.state[parameter]
                self._refuse_first_step_in_capture()
            state["step"] = 0
            state["exp_avg"] = ops.zeros_like(parameter)
            state["exp_avg_sq"] = ops.zeros_like(parameter)
            if amsgrad:
                state["max_exp_avg_sq"] = ops.zeros_like(parameter)
        return state

    def _update(self, group: dict[str, Any], params: list[Tensor], grads: list[Tensor]) -> None:
        beta1, beta2 = group["betas"]
        for some, their_grads in self._by_placement(params, grads):
            capturing = is_capturing(some[0])
            by_step: dict[int, list[tuple[Tensor, Tensor, dict[str, Any]]]] = {}
            for parameter, grad in zip(some, their_grads, strict=True):
                state = self._state_of(parameter, group["amsgrad"], capturing)
                step = int(state["step"]) + 1
                if not capturing:
                    state["step"] = step
                by_step.setdefault(step, []).append((parameter, grad, state))
            for step, entries in by_step.items():
                lr, count = rate_for(group, some[0]), float(step)
                if capturing:
                    lr, count = self._replayed(group, some[0], [state for _, _, state in entries])
                ops.adamw_step_(
                    [p for p, _, _ in entries],
                    [g for _, g, _ in entries],
                    [s["exp_avg"] for _, _, s in entries],
                    [s["exp_avg_sq"] for _, _, s in entries],
                    [s["max_exp_avg_sq"] for _, _, s in entries] if group["amsgrad"] else [],
                    lr=lr,
                    beta1=float(beta1),
                    beta2=float(beta2),
                    eps=float(group["eps"]),
                    weight_decay=float(group["weight_decay"]),
                    step=count,
                    decoupled=group["decoupled_weight_decay"],
                    maximize=group["maximize"],
                )

    def _replayed(
        self, group: dict[str, Any], parameter: Tensor, states: list[dict[str, Any]]
    ) -> tuple[float | Tensor, float | Tensor]:
        """Return rate and step count of a captured step, as they are at each replay."""
        given = rate_for(group, parameter)
        all_states = self.state

        def advance() -> list[float]:
            self._check_state_of_capture(all_states)
            for state in states:
                state["step"] = int(state["step"]) + 1
            return [states[0]["step"], 0.0 if isinstance(given, Tensor) else float(group["lr"])]

        step, lr = replayed(parameter, advance, 2)
        return given if isinstance(given, Tensor) else lr, step


class AdamW(Adam):
    """Adam with decoupled weight decay: Loshchilov and Hutter, 2017, arXiv:1711.05101.

    Parameters as those of `Adam`; `weight_decay` shrinks the parameters directly and is 0.01 by default.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            maximize=maximize,
            foreach=foreach,
            capturable=capturable,
            differentiable=differentiable,
            fused=fused,
            decoupled_weight_decay=True,
        )
