# SPDX-License-Identifier: Apache-2.0
"""LRScheduler: what all schedules share, counting steps and setting the rates of the groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from vt_torch.optim.capture import at_each_replay, is_capturing
from vt_torch.optim.optimizer import Optimizer

__all__ = ["LRScheduler", "per_group"]


class LRScheduler:
    """Base class: sets ``"lr"`` of every group at construction and at each `step`.

    A subclass gives the rates by `get_lr`, which is called when ``last_epoch`` has moved on. So that schedules can be chained
    it changes the rates in force rather than computing them from the start.

    Parameters
    ----------
    optimizer : Optimizer
    last_epoch : int
        Steps already taken, -1 for none; groups must then have their ``"initial_lr"``.

    Attributes
    ----------
    base_lrs : list of float
        The rates the groups started with, kept in them as ``"initial_lr"``.
    last_epoch : int
        Steps taken so far.

    Raises
    ------
    TypeError
        If `optimizer` is none.
    KeyError
        If steps were taken and a group does not know its initial rate.
    """

    _is_initial = False
    _can_be_captured = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "step" in cls.__dict__:
            cls.step = _at_replays(cls.step)

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        if not isinstance(optimizer, Optimizer):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
        self.optimizer = optimizer
        for i, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", group["lr"])
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{i}] when resuming scheduler with last_epoch >= 0"
                )
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self.start()

    def start(self) -> None:
        """Take the first step, which sets the rates to begin with."""
        self._step_count = 0
        self._is_initial = True
        try:
            self.step()
        finally:
            self._is_initial = False

    def get_lr(self) -> list[float]:
        """Return the rates at ``last_epoch``, for a subclass to define."""
        raise NotImplementedError(f"{type(self).__name__}: get_lr is not defined")

    def get_last_lr(self) -> list[float]:
        """Return the rates that were set last, one per group."""
        return self._last_lr

    def step(self, epoch: int | None = None) -> None:
        """Move on by one, or to a given step, and set the rates; captured in a CUDA graph, at each replay."""
        self._step_count += 1
        self.move_to(epoch)

    def move_to(self, epoch: int | None = None) -> None:
        """Set the rates of the next step, or of a given one, from the start where the schedule has a formula for it."""
        if epoch is None:
            self.last_epoch += 1
            rates = self.get_lr()
        else:
            self.last_epoch = epoch
            formula = getattr(self, "_get_closed_form_lr", self.get_lr)
            rates = formula()
        self._set(rates)

    def _set(self, rates: list[float]) -> None:
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate
        self._last_lr = self._rates()

    def _rates(self) -> list[float]:
        """Return the rates in force."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """Return everything but the optimiser."""
        return {name: value for name, value in self.__dict__.items() if name not in ("optimizer", "_is_initial")}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.__dict__.update(state_dict)


def _at_replays(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return a class's `step` which in a capture, when nothing runs, leaves moving on to the replays."""

    @wraps(step)
    def run(*args: Any, **kwargs: Any) -> Any:
        self = args[0]
        if self._is_initial or not is_capturing(self.optimizer.param_groups[0]["params"][0]):
            return step(*args, **kwargs)
        if not self._can_be_captured:
            raise RuntimeError(
                f"{type(self).__name__}.step: it decides on the host and cannot be captured in a CUDA graph; step outside of "
                "the graph"
            )
        at_each_replay(lambda: step(*args, **kwargs))
        return None

    return run


LRScheduler.step = _at_replays(LRScheduler.step)


def per_group(name: str, optimizer: Optimizer, given: Any) -> list[Any]:
    """Return an option for each group, given once or as a sequence."""
    groups = len(optimizer.param_groups)
    if not isinstance(given, (list, tuple)):
        return [given] * groups
    values: list[Any] = list(given)  # pyright: ignore[reportUnknownArgumentType]
    if len(values) != groups:
        raise ValueError(
            f"{name} must have the same length as optimizer.param_groups: got {len(values)}, want {groups}"
        )
    return values
