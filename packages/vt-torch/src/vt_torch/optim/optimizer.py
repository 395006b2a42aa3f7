# SPDX-License-Identifier: Apache-2.0
"""Optimizer: parameter groups with their options, and the state kept for each parameter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from itertools import chain
from typing import Any

import vt_core
from vt_autograd import enable_grad, no_grad

from vt_torch._gradients import clear_gradients
from vt_torch._tensor import Tensor
from vt_torch.nn.hooks import RemovableHandle
from vt_torch.optim.capture import is_capturing

__all__ = ["Optimizer", "rate_for"]


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

    _hooks: dict[str, dict[int, Callable[..., Any]]]
    _is_in_step = False
    _can_be_captured = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "step" in cls.__dict__:
            cls.step = _with_hooks(cls.step)

    def __init__(self, params: Iterable[Any], defaults: dict[str, Any]) -> None:
        if isinstance(params, vt_core.Tensor):
            raise TypeError(
                f"params argument given to the optimizer should be an iterable of Tensors or dicts, but got {type(params)}"
            )
        self.defaults = defaults
        self._hooks = {}
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
                with_grad: list[Tensor] = []
                grads: list[Tensor] = []
                for p in group["params"]:
                    grad = p.grad
                    if grad is not None:
                        with_grad.append(p)
                        grads.append(grad)
                if with_grad:
                    if not self._can_be_captured and is_capturing(with_grad[0]):
                        raise RuntimeError(
                            f"{type(self).__name__}.step: it keeps counts on the host and cannot be captured in a CUDA graph; "
                            "use SGD, Adam or AdamW, or step outside of the graph"
                        )
                    self._update(group, with_grad, grads)
        return loss

    def _update(self, group: dict[str, Any], params: list[Tensor], grads: list[Tensor]) -> None:
        """Move the parameters of one group, for a subclass to define."""
        raise NotImplementedError(f"{type(self).__name__}: _update is not defined")

    def _refuse_first_step_in_capture(self) -> None:
        raise RuntimeError(
            f"{type(self).__name__}.step: a parameter has no state yet, which replays would make anew each time; make one step "
            "before the capture"
        )

    def _check_state_of_capture(self, state: dict[Any, dict[str, Any]]) -> None:
        if self.state is not state:
            raise RuntimeError(
                f"{type(self).__name__}: the state was loaded after a step was captured, and the graph works on the former one; "
                "capture anew"
            )

    def _by_placement(self, params: list[Tensor], grads: list[Tensor]) -> Iterable[tuple[list[Tensor], list[Tensor]]]:
        """Part the parameters by dtype and device: one call of a multi-tensor operator serves one kind."""
        dtype, device = params[0].dtype, params[0].device
        for p in params:
            if p.dtype is not dtype or p.device != device:
                break
        else:
            return ((params, grads),)
        parts: dict[tuple[Any, str], tuple[list[Tensor], list[Tensor]]] = {}
        for parameter, grad in zip(params, grads, strict=True):
            mine = parts.setdefault((parameter.dtype, str(parameter.device)), ([], []))
            mine[0].append(parameter)
            mine[1].append(grad)
        return parts.values()

    def state_dict(self) -> dict[str, Any]:
        """Return the state by the parameters' numbers, and the groups: what `load_state_dict` takes."""
        for hook in self._called("state_dict_pre"):
            hook(self)
        number = {id(p): i for i, p in enumerate(chain.from_iterable(g["params"] for g in self.param_groups))}
        groups = [
            {
                **{name: value for name, value in group.items() if name != "params"},
                "params": [number[id(p)] for p in group["params"]],
            }
            for group in self.param_groups
        ]
        state = {number[id(parameter)]: dict(kept) for parameter, kept in self.state.items() if id(parameter) in number}
        collected = {"state": state, "param_groups": groups}
        for hook in self._called("state_dict_post"):
            collected = hook(self, collected) or collected
        return collected

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over options and state; tensors follow their parameter's device and, where floating, dtype.

        Raises
        ------
        ValueError
            If the groups differ in number or size; nothing has been changed then.
        """
        state_dict = dict(state_dict)
        for hook in self._called("load_state_dict_pre"):
            state_dict = hook(self, state_dict) or state_dict
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
        for hook in self._called("load_state_dict_post"):
            hook(self)

    # Hooks.

    def _called(self, kind: str) -> tuple[Callable[..., Any], ...]:
        hooks = self.__dict__.get("_hooks")
        return tuple(hooks[kind].values()) if hooks and kind in hooks else ()

    def _register(self, kind: str, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        return RemovableHandle.into(self._hooks.setdefault(kind, {}), hook, prepend)

    def register_step_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(optimizer, args, kwargs)`` before `step`; a pair that it returns replaces the arguments.

        The first of `args` is the optimiser itself.
        """
        return self._register("step_pre", hook)

    def register_step_post_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(optimizer, args, kwargs)`` after `step`."""
        return self._register("step_post", hook)

    def register_state_dict_pre_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(optimizer)`` before a state dict is made."""
        return self._register("state_dict_pre", hook, prepend)

    def register_state_dict_post_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(optimizer, state_dict)`` when a state dict was made; one that it returns takes its place."""
        return self._register("state_dict_post", hook, prepend)

    def register_load_state_dict_pre_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(optimizer, state_dict)`` before a state is loaded; one that it returns is loaded instead."""
        return self._register("load_state_dict_pre", hook, prepend)

    def register_load_state_dict_post_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(optimizer)`` after a state was loaded."""
        return self._register("load_state_dict_post", hook, prepend)

    def __repr__(self) -> str:
        groups = (
            f"\nParameter Group {i}\n"
            + "".join(f"    {name}: {group[name]}\n" for name in sorted(group) if name != "params")
            for i, group in enumerate(self.param_groups)
        )
        return f"{type(self).__name__} ({''.join(groups)})"


def rate_for(group: dict[str, Any], parameter: Tensor) -> float | Tensor:
    """Return the learning rate of a group: a tensor that lies where the parameter does, else a number."""
    lr = group["lr"]
    return lr if isinstance(lr, Tensor) and lr.device == parameter.device else float(lr)


def _with_hooks(step: Callable[..., Any]) -> Callable[..., Any]:
    """Return a class's `step` with the hooks around it, but for the call of a base class's within."""

    @wraps(step)
    def run(*args: Any, **kwargs: Any) -> Any:
        self = args[0]
        if not self.__dict__.get("_hooks") or self._is_in_step:
            return step(*args, **kwargs)
        self._is_in_step = True
        try:
            for hook in self._called("step_pre"):
                changed = hook(self, args, kwargs)
                if changed is not None:
                    args, kwargs = changed
            result = step(*args, **kwargs)
            for hook in self._called("step_post"):
                hook(self, args, kwargs)
        finally:
            self._is_in_step = False
        return result

    return run


Optimizer.step = _with_hooks(Optimizer.step)
