# SPDX-License-Identifier: Apache-2.0
"""SGD: stochastic gradient descent with momentum, in one multi-tensor operator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.capture import is_capturing, replayed
from vt_torch.optim.optimizer import Optimizer, rate_for

__all__ = ["SGD"]


class SGD(Optimizer):
    """Stochastic gradient descent: Sutskever et al., 2013, with PyTorch's form of momentum.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float or Tensor
        A tensor of one number on the device of the parameters is read there.
    momentum, dampening, weight_decay : float
    nesterov : bool
        Needs a momentum and no dampening.
    maximize : bool
        Climb instead of descend.
    foreach, differentiable, fused : optional
        Taken for compatibility: there is one form, fused over all tensors of a group. `differentiable` must be False.

    Raises
    ------
    ValueError
        If a number is negative, or nesterov's needs are not met.

    Notes
    -----
    In a capture, parameters with momentum must have their buffers, from a step before. Each replay uses the learning rate that
    the group has then; the other options stay as captured.
    """

    _can_be_captured = True

    def __init__(
        self,
        params: Iterable[Any],
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        for name, value in (("learning rate", lr), ("momentum value", momentum), ("weight_decay value", weight_decay)):
            if value < 0:
                raise ValueError(f"Invalid {name}: {value}")
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        if differentiable:
            raise NotImplementedError("SGD: differentiable=True is not implemented")
        options = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, options)

    def _update(self, group: dict[str, Any], params: list[Tensor], grads: list[Tensor]) -> None:
        options = {name: group[name] for name in ("momentum", "dampening", "weight_decay", "nesterov", "maximize")}
        for some, their_grads in self._by_placement(params, grads):
            lr = rate_for(group, some[0])
            capturing = is_capturing(some[0])
            if capturing and not isinstance(lr, Tensor):
                lr = self._replayed(group, some[0])
            if group["momentum"] == 0:
                ops.sgd_step_(some, their_grads, [], lr=lr, **options)
                continue
            # Parameters that meet their first gradient start their buffer with it.
            is_new = ["momentum_buffer" not in self.state[p] for p in some]
            if capturing and any(is_new):
                self._refuse_first_step_in_capture()
            for p, new in zip(some, is_new, strict=True):
                if new:
                    self.state[p]["momentum_buffer"] = ops.empty_like(p)
            for first in sorted(set(is_new)):
                mine = [(p, g) for p, g, new in zip(some, their_grads, is_new, strict=True) if new == first]
                ops.sgd_step_(
                    [p for p, _ in mine],
                    [g for _, g in mine],
                    [self.state[p]["momentum_buffer"] for p, _ in mine],
                    lr=lr,
                    is_first_step=first,
                    **options,
                )

    def _replayed(self, group: dict[str, Any], parameter: Tensor) -> Tensor:
        """Return the rate of a captured step, as it is at each replay."""
        all_states = self.state

        def rate() -> list[float]:
            self._check_state_of_capture(all_states)
            return [float(group["lr"])]

        return replayed(parameter, rate, 1)[0]
