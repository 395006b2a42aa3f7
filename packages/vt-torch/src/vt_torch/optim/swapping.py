# SPDX-License-Identifier: Apache-2.0
"""Other parameters and state in an optimiser's place for a while."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from vt_torch._tensor import Tensor
from vt_torch.optim.optimizer import Optimizer

__all__ = ["swap_in_optimizer_params_and_state"]


@contextmanager
def swap_in_optimizer_params_and_state(
    optimizer: Optimizer, swapin_parameters: Mapping[str, Tensor], swapin_optim_state: Mapping[str, Any]
) -> Generator[None]:
    """Let an optimiser work on other parameters with other state; its own are there again at the end of the block.

    Parameters
    ----------
    optimizer : Optimizer
        One that has made a step: its state is there.
    swapin_parameters : mapping from str to Tensor
        The parameters, in the order of those of the optimiser.
    swapin_optim_state : mapping
        State and options as `Optimizer.state_dict` returns them. Its tensors are changed in place by steps; a tensor or number
        that a step puts in place of another one is not kept.

    Raises
    ------
    RuntimeError
        If the optimiser has no state, or groups, parameters or state do not fit.
    """
    name = "swap_in_optimizer_params_and_state"
    if not optimizer.state:
        raise RuntimeError(f"{name}: the optimizer has no state: make a step first")
    groups: list[dict[str, Any]] = swapin_optim_state["param_groups"]
    sizes = [len(group["params"]) for group in optimizer.param_groups]
    if [len(group["params"]) for group in groups] != sizes:
        raise RuntimeError(f"{name}: the groups do not fit: expected {len(sizes)}, of {sizes} parameters")
    if len(swapin_parameters) < sum(sizes):
        raise RuntimeError(f"{name}: too few parameters: got {len(swapin_parameters)}, expected {sum(sizes)}")
    numbers = [number for group in groups for number in group["params"]]
    kept: Mapping[int, Mapping[str, Any]] = swapin_optim_state["state"]
    if unknown := [number for number in kept if number not in numbers]:
        raise RuntimeError(f"{name}: state of unknown parameters: got {unknown}, expected of {numbers}")
    before = [dict(group) for group in optimizer.param_groups], optimizer.state
    parameters = iter(swapin_parameters.values())
    state: dict[Any, dict[str, Any]] = defaultdict(dict)
    try:
        for mine, other in zip(optimizer.param_groups, groups, strict=True):
            mine.update({**other, "params": [next(parameters) for _ in other["params"]]})
            for parameter, number in zip(mine["params"], other["params"], strict=True):
                state[parameter] = dict(kept.get(number, {}))
        optimizer.state = state
        yield
    finally:
        for mine, saved in zip(optimizer.param_groups, before[0], strict=True):
            mine.clear()
            mine.update(saved)
        optimizer.state = before[1]
