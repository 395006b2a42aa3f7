# SPDX-License-Identifier: Apache-2.0
"""What optimisers that step one parameter after the other share: checks of their options, and the loop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.optimizer import Optimizer

__all__ = ["PerParameter", "check_betas", "check_not_negative", "with_decay"]


class PerParameter(Optimizer):
    """Calls ``_step`` for each parameter with its gradient, its state and the options of its group.

    ``foreach`` and ``fused`` are taken for compatibility, since there is one form; ``capturable`` and ``differentiable`` must
    be False.
    """

    def __init__(
        self, params: Iterable[Any], options: dict[str, Any], capturable: bool = False, differentiable: bool = False
    ) -> None:
        if capturable or differentiable:
            raise NotImplementedError(f"{type(self).__name__}: capturable and differentiable are not implemented")
        super().__init__(params, options)

    def _update(self, group: dict[str, Any], params: list[Tensor], grads: list[Tensor]) -> None:
        for parameter, grad in zip(params, grads, strict=True):
            state = self.state[parameter]
            if "step" not in state:
                state["step"] = 0
                self._start(group, parameter, state)
            state["step"] = int(state["step"]) + 1
            self._step(group, parameter, ops.neg(grad) if group.get("maximize") else grad, state)

    def _start(self, group: dict[str, Any], parameter: Tensor, state: dict[str, Any]) -> None:
        """Put into the state what is remembered of a parameter, before its first step."""

    def _step(self, group: dict[str, Any], parameter: Tensor, grad: Tensor, state: dict[str, Any]) -> None:
        """Move a parameter once; ``state["step"]`` counts this step."""
        raise NotImplementedError(f"{type(self).__name__}: _step is not defined")


def check_not_negative(**values: float) -> None:
    """Refuse negative options.

    Raises
    ------
    ValueError
        Naming the first that is negative.
    """
    for name, value in values.items():
        if not value >= 0:
            raise ValueError(f"Invalid {name.replace('learning_rate', 'learning rate')} value: {value}")


def check_betas(betas: tuple[float, float]) -> None:
    """Refuse decays outside [0, 1)."""
    for i, beta in enumerate(betas):
        if not 0 <= beta < 1:
            raise ValueError(f"Invalid beta parameter at index {i}: {beta}")


def with_decay(group: dict[str, Any], parameter: Tensor, grad: Tensor) -> Tensor:
    """Return the gradient of the loss with weight decay, as a penalty or, where it is decoupled, applied to the parameter."""
    decay = group["weight_decay"]
    if decay == 0:
        return grad
    if group.get("decoupled_weight_decay"):
        parameter.mul_(1 - float(group["lr"]) * decay)
        return grad
    return ops.add(grad, parameter, alpha=decay)
