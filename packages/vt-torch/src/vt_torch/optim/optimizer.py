# SPDX-License-Identifier: Apache-2.0
"""Optimizer: parameter groups with their options, and the state kept for each parameter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import vt_core
from vt_autograd import enable_grad, no_grad

from vt_torch._gradients import clear_gradients
from vt_torch._tensor import Tensor

__all__ = ["Optimizer"]


class Optimizer:
    """Base class of the optimisers.

    Parameters
    ----------
    params : iterable of Tensor, of (str, Tensor), or of dict
        What is learned, or groups ``{"params": [...], option: value, ...}`` of it.
    defaults : dict
        Options of groups that do not give their own.

    Attributes
    ----------
    param_groups : list of dict
        May be changed between steps, as schedulers change ``"lr"``.
    state : dict
        From parameter to a dict of what the optimiser remembers of it.

    Raises
    ------
    ValueError
        If there is nothing to learn, a parameter is no leaf, or one is in two groups.
    TypeError
        If something is no tensor.
    """

    def __init__(self, params: Iterable[Any], defaults: dict[str, Any]) -> None:
        if isinstance(params, vt_core.Tensor):
            raise TypeError(
                f"params argument given to the optimizer should be an iterable of Tensors or dicts, but got {type(params)}"
            )
        self.defaults = defaults
        self.state: dict[Any, dict[str, Any]] = defaultdict(dict)
        self.param_groups: list[dict[str, Any]] = []
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Add a group; options that it does not give are the defaults."""
        group = dict(param_group)
        params = group["params"]
        given: list[Any] = [params] if isinstance(params, vt_core.Tensor) else list(params)
        named: list[tuple[str | None, Any]] = [p if isinstance(p, tuple) else (None, p) for p in given]
        known = {id(p) for other in self.param_groups for p in other["params"]}
        for _, parameter in named:
            if not isinstance(parameter, vt_core.Tensor):
                raise TypeError(
                    f"optimizer can only optimize Tensors, but one of the params is {type(parameter).__name__}"
                )
            if not parameter.is_leaf:
                raise ValueError("can't optimize a non-leaf Tensor")
            if id(parameter) in known:
                raise ValueError("some parameters appear in more than one parameter group")
            known.add(id(parameter))
        group["params"] = [parameter for _, parameter in named]
        if named and named[0][0] is not None:
            group["param_names"] = [name for name, _ in named]
        for name, value in self.defaults.items():
            group.setdefault(name, value)
        self.param_groups.append(group)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop the gradients of all parameters, or fill them with zeros."""
        clear_gradients(chain.from_iterable(group["params"] for group in self.param_groups), set_to_none)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Move the parameters once, by their gradients; those without one stay.

        Parameters
        ----------
        closure : callable, optional
            Evaluates the model anew; called first, with gradients on.

        Returns
        -------
        object
            What `closure` returned, or None. Enqueues on the current stream; does not synchronise.
        """
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        with no_grad():
            for group in self.param_groups:
                with_grad = [p for p in group["params"] if p.grad is not None]
                if with_grad:
                    self._update(group, with_grad, [p.grad for p in with_grad])
        return loss

    def _update(self, group: dict[str, Any], params: list[Tensor], grads: list[Tensor]) -> None:
        """Move the parameters of one group, for a subclass to define."""
        raise NotImplementedError(f"{type(self).__name__}: _update is not defined")

    def _by_placement(self, params: list[Tensor], grads: list[Tensor]) -> Iterable[tuple[list[Tensor], list[Tensor]]]:
        """Part the parameters by dtype and device: one call of a multi-tensor operator serves one kind."""
        first = params[0]
        if all(p.dtype is first.dtype and p.device == first.device for p in params):
            return ((params, grads),)
        parts: dict[tuple[Any, str], tuple[list[Tensor], list[Tensor]]] = {}
        for parameter, grad in zip(params, grads, strict=True):
            mine = parts.setdefault((parameter.dtype, str(parameter.device)), ([], []))
            mine[0].append(parameter)
            mine[1].append(grad)
        return parts.values()

    def state_dict(self) -> dict[str, Any]:
        """Return the state by the parameters' numbers, and the groups: what `load_state_dict` takes."""
        number = {id(p): i for i, p in enumerate(chain.from_iterable(g["params"] for g in self.param_groups))}
        groups = [{**group, "params": [number[id(p)] for p in group["params"]]} for group in self.param_groups]
        state = {number[id(parameter)]: dict(kept) for parameter, kept in self.state.items() if id(parameter) in number}
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over options and state; tensors follow their parameter's device and, where floating, dtype.

        Raises
        ------
        ValueError
            If the groups differ in number or size; nothing has been changed then.
        """
        groups = state_dict["param_groups"]
        if len(groups) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        if any(len(new["params"]) != len(own["params"]) for new, own in zip(groups, self.param_groups, strict=True)):
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of optimizer's group"
            )
        parameters = list(chain.from_iterable(g["params"] for g in self.param_groups))
        numbers = list(chain.from_iterable(g["params"] for g in groups))
        by_number = dict(zip(numbers, parameters, strict=True))

        def cast(name: str, value: Any, parameter: Tensor) -> Any:
            if not isinstance(value, vt_core.Tensor) or name == "step":
                return value
            dtype = parameter.dtype if value.dtype.is_floating_point else value.dtype
            moved = value.to(dtype=dtype, device=parameter.device)
            return moved.clone() if moved is value else moved

        state: dict[Any, dict[str, Any]] = defaultdict(dict)
        for number, kept in state_dict["state"].items():
            parameter = by_number[int(number)]
            state[parameter] = {name: cast(name, value, parameter) for name, value in kept.items()}
        self.state = state
        for own, new in zip(self.param_groups, groups, strict=True):
            own.update({name: value for name, value in new.items() if name != "params"})

    def __repr__(self) -> str:
        lines = [f"{type(self).__name__} ("]
        for i, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {i}")
            lines += [f"    {name}: {group[name]}" for name in sorted(group) if name != "params"]
        return "\n".join([*lines, ")"])
