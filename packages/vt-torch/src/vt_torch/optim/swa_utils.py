# SPDX-License-Identifier: Apache-2.0
"""Averages of the weights of many steps: stochastic weight averaging, exponential moving averages.

Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", 2018.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from copy import deepcopy
from itertools import chain
from typing import Any, Literal

import vt_core
from vt_autograd import no_grad

from vt_torch._tensor import Tensor
from vt_torch.nn.batchnorm import _BatchNorm  # pyright: ignore[reportPrivateUsage]
from vt_torch.nn.module import Module
from vt_torch.optim.lr_scheduler.scheduler import LRScheduler
from vt_torch.optim.optimizer import Optimizer

__all__ = [
    "SWALR",
    "AveragedModel",
    "get_ema_avg_fn",
    "get_ema_multi_avg_fn",
    "get_swa_avg_fn",
    "get_swa_multi_avg_fn",
    "update_bn",
]


def get_swa_avg_fn() -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """Return the function that makes the mean of n + 1 values from the mean of n and one more."""

    def average(averaged: Tensor, current: Tensor, num_averaged: Tensor | int) -> Tensor:
        return averaged + (current - averaged) / (num_averaged + 1)

    return average


def get_ema_avg_fn(decay: float = 0.999) -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """Return the function that makes ``decay * average + (1 - decay) * current``.

    Raises
    ------
    ValueError
        If `decay` is not within [0, 1].
    """
    _check_decay(decay)

    def average(averaged: Tensor, current: Tensor, num_averaged: Tensor | int) -> Tensor:
        del num_averaged  # the same weight at each step
        return decay * averaged + (1 - decay) * current

    return average


def get_swa_multi_avg_fn() -> Callable[[Any, Any, Tensor | int], None]:
    """Return `get_swa_avg_fn` for lists of tensors, in place."""
    return _in_place(lambda num_averaged: 1 / (float(num_averaged) + 1))


def get_ema_multi_avg_fn(decay: float = 0.999) -> Callable[[Any, Any, Tensor | int], None]:
    """Return `get_ema_avg_fn` for lists of tensors, in place."""
    _check_decay(decay)
    return _in_place(lambda _: 1 - decay)


def _check_decay(decay: float) -> None:
    if not 0 <= decay <= 1:
        raise ValueError(f"Invalid decay value {decay} provided. Please provide a value in [0,1] range.")


def _in_place(weight: Callable[[Any], float]) -> Callable[[Any, Any, Any], None]:
    @no_grad()
    def average(averaged: Iterable[Tensor], current: Iterable[Tensor], num_averaged: Any) -> None:
        part = weight(num_averaged)
        for mean, value in zip(averaged, current, strict=True):
            if mean.dtype.is_floating_point or mean.dtype.is_complex:
                mean.lerp_(value.to(mean.dtype), part)
            else:
                mean.copy_(mean * (1 - part) + value * part)

    return average


class AveragedModel(Module):
    """A copy of a model that holds the average of its weights; called, it is the model of the averages.

    Parameters
    ----------
    model : Module
    device : device, optional
        Where the averages lie; where the model lies by default.
    avg_fn : callable, optional
        From an average, a new value and the number of values so far to a new average; the mean by default.
    multi_avg_fn : callable, optional
        The same for lists of tensors, in place.
    use_buffers : bool
        Average the buffers too; otherwise those of the last model are taken.

    Raises
    ------
    AssertionError
        If both functions are given.
    """

    n_averaged: Tensor

    def __init__(
        self,
        model: Module,
        device: Any = None,
        avg_fn: Callable[..., Tensor] | None = None,
        multi_avg_fn: Callable[..., None] | None = None,
        use_buffers: bool = False,
    ) -> None:
        super().__init__()
        if avg_fn is not None and multi_avg_fn is not None:
            raise AssertionError("Only one of avg_fn and multi_avg_fn should be provided")
        self.module = deepcopy(model)
        if device is not None:
            self.module = self.module.to(device)
        self.register_buffer("n_averaged", vt_core.ops.zeros([], dtype=vt_core.int64, device=device or "cpu"))
        self.avg_fn = avg_fn
        self.multi_avg_fn = multi_avg_fn
        self.use_buffers = use_buffers

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        return self.module(*args, **kwargs)

    def update_parameters(self, model: Module) -> None:
        """Take the weights of a model into the averages; the first ones are taken as they are."""
        averages = self._averaged_members(self.module)
        values = [v.detach().to(a.device) for v, a in zip(self._averaged_members(model), averages, strict=True)]
        with no_grad():
            if int(self.n_averaged.item()) == 0:
                for average, value in zip(averages, values, strict=True):
                    average.copy_(value)
            elif self.avg_fn is not None:
                for average, value in zip(averages, values, strict=True):
                    average.copy_(self.avg_fn(average, value, self.n_averaged.to(average.device)))
            else:
                (self.multi_avg_fn or get_swa_multi_avg_fn())(averages, values, self.n_averaged)
            if not self.use_buffers:
                for own, theirs in zip(self.module.buffers(), model.buffers(), strict=True):
                    own.copy_(theirs)
            self.n_averaged += 1

    def _averaged_members(self, model: Module) -> list[Tensor]:
        members = chain(model.parameters(), model.buffers()) if self.use_buffers else model.parameters()
        return [member.detach() for member in members]


def update_bn(loader: Iterable[Any], model: Module, device: Any = None) -> None:
    """Compute the running statistics of a model's batch norms anew, over one pass of data.

    Parameters
    ----------
    loader : iterable
        Batches; of a list or tuple the first item is the input.
    model : Module
    device : device, optional
        Where inputs are moved to.
    """
    norms = [module for module in model.modules() if isinstance(module, _BatchNorm)]
    if not norms:
        return
    was_training = model.training
    momenta = {norm: norm.momentum for norm in norms}
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    model.train()
    with no_grad():
        for batch in loader:
            inputs: Any = batch[0] if isinstance(batch, (list, tuple)) else batch  # pyright: ignore[reportUnknownVariableType]
            model(inputs if device is None else inputs.to(device))  # pyright: ignore[reportUnknownMemberType]
    for norm, momentum in momenta.items():
        norm.momentum = momentum
    model.train(was_training)


class SWALR(LRScheduler):
    """Moves learning rates to a constant one over some steps.

    Parameters
    ----------
    optimizer : Optimizer
    swa_lr : float or list of float
        Of all groups, or of each.
    anneal_epochs : int
        Steps until it is reached; 0 takes it at once.
    anneal_strategy : {"cos", "linear"}
    last_epoch : int
    """

    def __init__(
        self,
        optimizer: Optimizer,
        swa_lr: float | list[float],
        anneal_epochs: int = 10,
        anneal_strategy: Literal["cos", "linear"] = "cos",
        last_epoch: int = -1,
    ) -> None:
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy must by one of 'cos' or 'linear', instead got {anneal_strategy}")
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(f"anneal_epochs must be equal or greater than 0, got {anneal_epochs}")
        rates = swa_lr if isinstance(swa_lr, (list, tuple)) else [swa_lr] * len(optimizer.param_groups)
        if len(rates) != len(optimizer.param_groups):
            raise ValueError(
                "swa_lr must have the same length as optimizer.param_groups: "
                f"swa_lr has {len(rates)}, optimizer.param_groups has {len(optimizer.param_groups)}"
            )
        for rate, group in zip(rates, optimizer.param_groups, strict=True):
            group["swa_lr"] = rate
        self.anneal_epochs = anneal_epochs
        self.anneal_strategy = anneal_strategy
        super().__init__(optimizer, last_epoch)

    def _share(self, step: float) -> float:
        """How much of the way is gone after some steps."""
        part = max(0.0, min(1.0, step / max(1, self.anneal_epochs)))
        return part if self.anneal_strategy == "linear" else (1 - math.cos(math.pi * part)) / 2

    def get_lr(self) -> list[float]:
        """Return the rates of the present step: on from the present ones, whoever set them."""
        step = self._step_count - 1
        if self.anneal_epochs == 0:
            step = max(1, step)
        before, now = self._share(step - 1), self._share(step)
        rates: list[float] = []
        for group in self.optimizer.param_groups:
            start = group["lr"] if before == 1 else (group["lr"] - before * group["swa_lr"]) / (1 - before)
            rates.append(now * group["swa_lr"] + (1 - now) * start)
        return rates
