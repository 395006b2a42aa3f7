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


# Under which name a module's state beside its tensors is kept.
EXTRA = "_extra_state"


class IncompatibleKeys(NamedTuple):
    """What `Module.load_state_dict` did not find and did not know."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"_IncompatibleKeys(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"

    __str__ = __repr__


def collect(module: Module, state: dict[str, Any], prefix: str, keep_vars: bool) -> dict[str, Any]:
    """Add the state of a module and all below it; children by their own `state_dict`, which a class may override."""
    for hook in tuple(module._state_dict_pre_hooks.values()):
        hook(module, prefix, keep_vars)
    for name, member in _members(module):
        keeps = keep_vars or is_lazy(member)
        state[prefix + name] = member if keeps else member.detach()
    if hasattr(type(module), "get_extra_state"):
        extra: Any = module
        state[prefix + EXTRA] = extra.get_extra_state()
    for name, child in module._modules.items():
        if child is not None:
            child.state_dict(destination=state, prefix=f"{prefix}{name}.", keep_vars=keep_vars)
    for hook in tuple(module._state_dict_hooks.values()):
        state = hook(module, state, prefix, {}) or state
    return state


def load(module: Module, given: Mapping[str, Any], strict: bool, assign: bool) -> IncompatibleKeys:
    """Load the state of a module and all below it, after everything about it has been checked."""
    if not isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"Expected state_dict to be dict-like, got {type(given)}.")
    state = dict(given)
    keys = IncompatibleKeys([], [])
    problems: list[str] = []
    owners = list(module.named_modules(remove_duplicate=False))
    for path, owner in owners:
        for hook in tuple(owner._load_state_dict_pre_hooks.values()):
            hook(owner, state, f"{path}." if path else "", {}, strict, *keys, problems)
    own = {_joined(path, name): (owner, name, member) for path, owner in owners for name, member in _members(owner)}
    extra: dict[str, Any] = {
        _joined(path, EXTRA): owner for path, owner in owners if hasattr(type(owner), "set_extra_state")
    }
    keys.missing_keys.extend(name for name in (*own, *extra) if name not in state)
    keys.unexpected_keys.extend(name for name in state if name not in own and name not in extra)
    problems += [
        problem for name, (_, _, member) in own.items() if name in state and (problem := _misfit(name, member, state))
    ]
    after = [(owner, hook) for _, owner in owners for hook in owner._load_state_dict_post_hooks.values()]
    if problems or not after:  # hooks that are called after loading may forgive names, and nothing else
        _raise_for(module, keys, strict, problems)
    with no_grad():
        for name, (owner, key, member) in own.items():
            if name in state and not is_lazy(state[name]):
                _load_member(owner, key, member, state[name], assign)
    for name, owner in extra.items():
        if name in state:
            owner.set_extra_state(state[name])
    for owner, hook in after:
        hook(owner, keys)
    _raise_for(module, keys, strict, [])
    return keys


def _raise_for(module: Module, keys: IncompatibleKeys, strict: bool, problems: list[str]) -> None:
    lines: list[str] = []
    if strict and keys.unexpected_keys:
        lines.append(f"Unexpected key(s) in state_dict: {_quoted(keys.unexpected_keys)}.")
    if strict and keys.missing_keys:
        lines.append(f"Missing key(s) in state_dict: {_quoted(keys.missing_keys)}.")
    if lines or problems:
        text = "\n\t".join([*lines, *problems])
        raise RuntimeError(f"Error(s) in loading state_dict for {type(module).__name__}:\n\t{text}")


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _load_member(owner: Module, key: str, member: Any, value: Any, assign: bool) -> None:
    if is_lazy(member):
        member.materialize(tuple(value.shape))
    if not assign:
        member.copy_(value)
    elif isinstance(member, Parameter):
        owner._parameters[key] = type(member)(value, member.requires_grad)
    else:
        owner._buffers[key] = value


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


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
