# SPDX-License-Identifier: Apache-2.0
"""Schedules that raise the rate and lower it again, the momentum the other way round: CyclicLR and OneCycleLR."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from vt_torch.optim.lr_scheduler.scheduler import LRScheduler, per_group
from vt_torch.optim.optimizer import Optimizer

__all__ = ["CyclicLR", "OneCycleLR"]


class _WithMomentum(LRScheduler):
    """Sets the momentum of each group too, or the first beta of groups that have betas."""

    cycle_momentum: bool

    def _use_momentum(self, optimizer: Optimizer, base: Any, largest: Any, last_epoch: int) -> None:
        if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
            raise ValueError("optimizer must support momentum or beta1 with `cycle_momentum` option enabled")
        self.use_beta1 = "betas" in optimizer.defaults
        self.base_momentums = per_group("base_momentum", optimizer, base)
        self.max_momentums = per_group("max_momentum", optimizer, largest)
        if last_epoch == -1:
            for group, low, high in zip(optimizer.param_groups, self.base_momentums, self.max_momentums, strict=True):
                self._set_momentum(group, high)
                group["max_momentum"], group["base_momentum"] = high, low

    def _set_momentum(self, group: dict[str, Any], momentum: float) -> None:
        if self.use_beta1:
            group["betas"] = (momentum, *group["betas"][1:])
        else:
            group["momentum"] = momentum


class CyclicLR(_WithMomentum):
    """Between `base_lr` and `max_lr`, up and down in straight lines: Smith, 2015, arXiv:1506.01186.

    Parameters
    ----------
    optimizer : Optimizer
    base_lr, max_lr : float or sequence of float
    step_size_up, step_size_down : int
        Steps up and down; as many down as up by default.
    mode : {"triangular", "triangular2", "exp_range"}
        Cycles of one height, each half as high, or lower by `gamma` with every step.
    gamma : float
    scale_fn : callable, optional
        In place of `mode`: the height, of the cycle's number or of the step as `scale_mode` says.
    scale_mode : {"cycle", "iterations"}
    cycle_momentum : bool
        Move the momentum from `max_momentum` to `base_momentum` and back as well.
    base_momentum, max_momentum : float or sequence of float
    last_epoch : int

    Raises
    ------
    ValueError
        If the mode is unknown, or the optimiser has no momentum to move.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: float | Sequence[float],
        max_lr: float | Sequence[float],
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: str = "triangular",
        gamma: float = 1.0,
        scale_fn: Callable[[float], float] | None = None,
        scale_mode: str = "cycle",
        cycle_momentum: bool = True,
        base_momentum: float | Sequence[float] = 0.8,
        max_momentum: float | Sequence[float] = 0.9,
        last_epoch: int = -1,
    ) -> None:
        base_lrs = per_group("base_lr", optimizer, base_lr)
        if last_epoch == -1:
            for group, rate in zip(optimizer.param_groups, base_lrs, strict=True):
                group["lr"] = rate
        self.max_lrs = per_group("max_lr", optimizer, max_lr)
        down = step_size_up if step_size_down is None else step_size_down
        self.total_size = float(step_size_up + down)
        self.step_ratio = step_size_up / self.total_size
        if mode not in ("triangular", "triangular2", "exp_range") and scale_fn is None:
            raise ValueError("mode is invalid and scale_fn is None")
        self.mode = mode
        self.gamma = gamma
        self._scale_fn = scale_fn
        self.scale_mode = scale_mode
        if scale_fn is None:
            self.scale_mode = "iterations" if mode == "exp_range" else "cycle"
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self._use_momentum(optimizer, base_momentum, max_momentum, last_epoch)
        super().__init__(optimizer, last_epoch)
        self.base_lrs = base_lrs

    def scale_fn(self, x: float) -> float:
        """Return the height of a cycle, or of a step."""
        if self._scale_fn is not None:
            return self._scale_fn(x)
        if self.mode == "exp_range":
            return self.gamma**x
        return 1.0 if self.mode == "triangular" else 1 / 2.0 ** (x - 1)

    def get_lr(self) -> list[float]:
        """Return the rates of the step; sets the momentum of the groups."""
        cycle = math.floor(1 + self.last_epoch / self.total_size)
        x = 1.0 + self.last_epoch / self.total_size - cycle
        slope = x / self.step_ratio if x <= self.step_ratio else (x - 1) / (self.step_ratio - 1)
        height = slope * self.scale_fn(cycle if self.scale_mode == "cycle" else self.last_epoch)
        if self.cycle_momentum:
            momentums = zip(self.optimizer.param_groups, self.base_momentums, self.max_momentums, strict=True)
            for group, low, high in momentums:
                self._set_momentum(group, high - (high - low) * height)
        return [low + (high - low) * height for low, high in zip(self.base_lrs, self.max_lrs, strict=True)]

    def state_dict(self) -> dict[str, Any]:
        """Return everything but the optimiser and a function given as `scale_fn`."""
        return {name: value for name, value in super().state_dict().items() if name != "_scale_fn"}


class OneCycleLR(_WithMomentum):
    """From a low rate to `max_lr` and down to far below the first: Smith and Topin, 2017, arXiv:1708.07120.

    Parameters
    ----------
    optimizer : Optimizer
    max_lr : float or sequence of float
    total_steps : int, optional
        Or both `epochs` and `steps_per_epoch`.
    pct_start : float
        The part of the steps in which the rate rises.
    anneal_strategy : {"cos", "linear"}
    cycle_momentum : bool
        Move the momentum from `max_momentum` to `base_momentum` and back as well.
    base_momentum, max_momentum : float or sequence of float
    div_factor, final_div_factor : float
        `max_lr` over the first rate, and the first rate over the last.
    three_phase : bool
        Fall to the first rate in as many steps as it rose, and to the last one in the others.
    last_epoch : int

    Raises
    ------
    ValueError
        If a number is out of range, the number of steps is not given, or a step is one too many.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | Sequence[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | Sequence[float] = 0.85,
        max_momentum: float | Sequence[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        if total_steps is None and (epochs is None or steps_per_epoch is None):
            raise ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)")
        steps: Any = total_steps
        if total_steps is None:
            for name, value in (("epochs", epochs), ("steps_per_epoch", steps_per_epoch)):
                if not isinstance(value, int) or value <= 0:
                    raise ValueError(f"Expected positive integer {name}, but got {value}")
            steps = (epochs or 0) * (steps_per_epoch or 0)
        if not isinstance(steps, int) or steps <= 0:
            raise ValueError(f"Expected positive integer total_steps, but got {steps}")
        if not isinstance(pct_start, float) or not 0 <= pct_start <= 1:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}")
        self.total_steps = steps
        self.anneal_strategy = anneal_strategy
        # Each with its last step, and the options of a group that rate and momentum go between.
        rise = pct_start * steps - 1
        up = (rise, "initial_lr", "max_lr", "max_momentum", "base_momentum")
        if three_phase:
            back = (2 * pct_start * steps - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum")
            self._phases = [up, back, (steps - 1, "initial_lr", "min_lr", "max_momentum", "max_momentum")]
        else:
            self._phases = [up, (steps - 1, "max_lr", "min_lr", "base_momentum", "max_momentum")]
        if last_epoch == -1:
            for group, largest in zip(optimizer.param_groups, per_group("max_lr", optimizer, max_lr), strict=True):
                group["initial_lr"] = largest / div_factor
                group["max_lr"] = largest
                group["min_lr"] = group["initial_lr"] / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self._use_momentum(optimizer, base_momentum, max_momentum, last_epoch)
        super().__init__(optimizer, last_epoch)

    def _between(self, start: float, end: float, part: float) -> float:
        if self.anneal_strategy == "linear":
            return (end - start) * part + start
        return end + (start - end) / 2.0 * (math.cos(math.pi * part) + 1)

    def get_lr(self) -> list[float]:
        """Return the rates of the step; sets the momentum of the groups."""
        step = self.last_epoch
        if step > self.total_steps:
            raise ValueError(f"Tried to step {step} times. The specified number of total steps is {self.total_steps}")
        begin = 0.0
        phase = self._phases[0]
        for phase in self._phases:
            if step <= phase[0]:
                break
            if phase is not self._phases[-1]:
                begin = phase[0]
        end, first_lr, last_lr, first_momentum, last_momentum = phase
        part = (step - begin) / (end - begin)
        rates: list[float] = []
        for group in self.optimizer.param_groups:
            rates.append(self._between(group[first_lr], group[last_lr], part))
            if self.cycle_momentum:
                self._set_momentum(group, self._between(group[first_momentum], group[last_momentum], part))
        return rates
