# SPDX-License-Identifier: Apache-2.0
"""The state of a tree of modules, by dotted name: how it is collected, and how it is loaded, all of it or nothing."""

# A module's members are private to the package, not to one class of it.
# pyright: reportPrivateUsage=false
from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import vt_core
from vt_autograd import no_grad

from vt_torch.nn.parameter import Parameter, is_lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vt_torch._tensor import Tensor
    from vt_torch.nn.module import Module

__all__ = ["IncompatibleKeys", "collect", "load"]


class IncompatibleKeys(NamedTuple):
    """What `Module.load_state_dict` did not find and did not know."""

    missing_keys: list[str]
    unexpected_keys: list[str]


def collect(module: Module, state: dict[str, Any], prefix: str, keep_vars: bool) -> dict[str, Any]:
    """Add the state of a module and all below it; children by their own `state_dict`, which a class may override."""
    for name, member in _members(module):
        keeps = keep_vars or is_lazy(member)
        state[prefix + name] = member if keeps else member.detach()
    for name, child in module._modules.items():
        if child is not None:
            child.state_dict(destination=state, prefix=f"{prefix}{name}.", keep_vars=keep_vars)
    for hook in tuple(module._state_dict_hooks.values()):
        state = hook(module, state, prefix, {}) or state
    return state


def load(module: Module, state: Mapping[str, Any], strict: bool, assign: bool) -> IncompatibleKeys:
    """Load the state of a module and all below it, after everything about it has been checked."""
    if not isinstance(state, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"Expected state_dict to be dict-like, got {type(state)}.")
    own = {
        f"{path}.{name}" if path else name: (owner, name, member)
        for path, owner in module.named_modules(remove_duplicate=False)
        for name, member in _members(owner)
    }
    missing = [name for name in own if name not in state]
    unexpected = [name for name in state if name not in own]
    problems: list[str] = []
    if strict and unexpected:
        problems.append(f"Unexpected key(s) in state_dict: {', '.join(map(repr, unexpected))}.")
    if strict and missing:
        problems.append(f"Missing key(s) in state_dict: {', '.join(map(repr, missing))}.")
    problems += [
        problem for name, (_, _, member) in own.items() if name in state and (problem := _misfit(name, member, state))
    ]
    if problems:
        lines = "\n\t".join(problems)
        raise RuntimeError(f"Error(s) in loading state_dict for {type(module).__name__}:\n\t{lines}")
    with no_grad():
        for name, (owner, key, member) in own.items():
            if name not in state or is_lazy(state[name]):
                continue
            if is_lazy(member):
                lazy: Any = member
                lazy.materialize(tuple(state[name].shape))
            if not assign:
                member.copy_(state[name])
            elif isinstance(member, Parameter):
                owner._parameters[key] = type(member)(state[name], member.requires_grad)
            else:
                owner._buffers[key] = state[name]
    return IncompatibleKeys(missing, unexpected)


def _members(module: Module) -> Iterator[tuple[str, Tensor]]:
    """Yield the parameters and persistent buffers of one module."""
    for name, member in itertools.chain(module._parameters.items(), module._buffers.items()):
        if member is not None and name not in module._non_persistent:
            yield name, member


def _misfit(name: str, member: Tensor, state: Mapping[str, Any]) -> str:
    """Return what keeps a tensor of the state from being loaded, or nothing."""
    given = state[name]
    if not isinstance(given, vt_core.Tensor):
        return f"{name}: expected a tensor, got {type(given).__name__}."
    if is_lazy(member):
        return ""
    if is_lazy(given):
        return f"{name}: the parameter of the state has no size yet, that of the module has."
    if tuple(given.shape) != tuple(member.shape):
        return (
            f"size mismatch for {name}: copying a param with shape {tuple(given.shape)} from checkpoint, "
            f"the shape in current model is {tuple(member.shape)}."
        )
    return ""
