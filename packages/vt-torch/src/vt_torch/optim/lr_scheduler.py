# SPDX-License-Identifier: Apache-2.0
"""Learning rates that change from step to step."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from vt_torch.optim.optimizer import Optimizer

__all__ = ["CosineAnnealingLR", "LRScheduler", "LambdaLR", "LinearLR", "StepLR"]


class LRScheduler:
    """Base class: sets ``"lr"`` of every group at construction and at each `step`.

    A subclass gives the rate of a group by `_lr`.

    Attributes
    ----------
    base_lrs : list of float
        The rates the groups started with, kept in them as ``"initial_lr"``.
    last_epoch : int
        Steps taken so far.
    """

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        self.optimizer = optimizer
        for group in optimizer.param_groups:
            if last_epoch == -1:
                group["initial_lr"] = group["lr"]
            elif "initial_lr" not in group:
                raise KeyError("param 'initial_lr' is not specified in param_groups when resuming an optimizer")
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self.step()

    def _lr(self, group: int, base_lr: float) -> float:
        """Return the rate of a group at `last_epoch`, for a subclass to define."""
        raise NotImplementedError(f"{type(self).__name__}: _lr is not defined")

    def step(self) -> None:
        """Move on by one and set the rates."""
        self.last_epoch += 1
        for i, (group, base) in enumerate(zip(self.optimizer.param_groups, self.base_lrs, strict=True)):
            group["lr"] = self._lr(i, base)

    def get_last_lr(self) -> list[float]:
        """Return the rates in force, one per group."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """Return all but the optimiser and functions."""
        return {name: v for name, v in self.__dict__.items() if name != "optimizer" and not name.startswith("_")}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.__dict__.update(state_dict)


class LambdaLR(LRScheduler):
    """The starting rate times a function of the step, one for all groups or one for each."""

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Callable[[int], float] | Sequence[Callable[[int], float]],
        last_epoch: int = -1,
    ) -> None:
        num_groups = len(optimizer.param_groups)
        self._lambdas = [lr_lambda] * num_groups if callable(lr_lambda) else list(lr_lambda)
        if len(self._lambdas) != num_groups:
            raise ValueError(f"Expected {num_groups} lr_lambdas, but got {len(self._lambdas)}")
        super().__init__(optimizer, last_epoch)

    def _lr(self, group: int, base_lr: float) -> float:
        return base_lr * self._lambdas[group](self.last_epoch)


class StepLR(LRScheduler):
    """The rate times `gamma` after every `step_size` steps."""

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1, last_epoch: int = -1) -> None:
        self.step_size = step_size
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def _lr(self, group: int, base_lr: float) -> float:
        return base_lr * self.gamma ** (self.last_epoch // self.step_size)


class LinearLR(LRScheduler):
    """The starting rate times a factor that goes linearly from `start_factor` to `end_factor` in `total_iters` steps."""

    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: float = 1.0 / 3,
        end_factor: float = 1.0,
        total_iters: int = 5,
        last_epoch: int = -1,
    ) -> None:
        if not 0 < start_factor <= 1:
            raise ValueError("Starting multiplicative factor expected to be greater than 0 and less or equal to 1.")
        if not 0 <= end_factor <= 1:
            raise ValueError("Ending multiplicative factor expected to be between 0 and 1.")
        self.start_factor = start_factor
        self.end_factor = end_factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def _lr(self, group: int, base_lr: float) -> float:
        done = min(self.last_epoch, self.total_iters) / self.total_iters
        return base_lr * (self.start_factor + (self.end_factor - self.start_factor) * done)


class CosineAnnealingLR(LRScheduler):
    """Half a cosine from the starting rate to `eta_min` in `T_max` steps: Loshchilov and Hutter, 2016, arXiv:1608.03983."""

    def __init__(self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0, last_epoch: int = -1) -> None:
        self.T_max = T_max
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def _lr(self, group: int, base_lr: float) -> float:
        return self.eta_min + (base_lr - self.eta_min) * (1 + math.cos(math.pi * self.last_epoch / self.T_max)) / 2
