# SPDX-License-Identifier: Apache-2.0
"""Modules as functions of their parameters: a call with others in their place, and the states of several stacked."""

# A module's members are private to the package, not to one class of it.
# pyright: reportPrivateUsage=false
from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import vt_core as vt

if TYPE_CHECKING:
    from vt_torch.nn import Module

__all__ = ["functional_call", "stack_module_state"]

# Where a member is kept: a module's parameters or buffers, and the name in there.
_Place = tuple[dict[str, Any], str]


def functional_call(
    module: Module,
    parameter_and_buffer_dicts: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:
    """Call a module with tensors in the place of its parameters and buffers, for the time of the call.

    Parameters
    ----------
    module : Module
    parameter_and_buffer_dicts : dict, or sequence of dict
        From dotted names, as those of ``named_parameters``, to tensors. Members that are not named stay.
    args : tuple, optional
        Positional arguments; anything else is the only one.
    kwargs : dict, optional
    tie_weights : bool
        Put a tensor also where the same parameter stands under another name.
    strict : bool
        Refuse names that are unknown, and members that are not named.

    Raises
    ------
    ValueError
        If a name is in two dictionaries, or tied names are given different tensors.
    AttributeError
        If a name leads to no module.
    RuntimeError
        With `strict`, naming what is unknown and what is missing.

    Notes
    -----
    The module is changed while the call runs: other threads must not use it then.
    """
    given = _merged(parameter_and_buffer_dicts)
    places = {
        name: place
        for path, owner in module.named_modules(remove_duplicate=False)
        for name, place in _members(path, owner)
    }
    if strict:
        _check_all(module, given, places)
    replaced = _replacements(module, given, places, tie_weights)
    positional: tuple[Any, ...] = () if args is None else cast("Any", args) if isinstance(args, tuple) else (args,)
    with _in_place(replaced):
        return module(*positional, **(kwargs or {}))


def stack_module_state(models: Sequence[Module] | Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the parameters and the buffers of several modules, each stacked along a new first dimension.

    Parameters
    ----------
    models : sequence of Module
        Of one class, all in training or none.

    Returns
    -------
    params, buffers : dict
        By dotted name; copies. Parameters are leaves that require grad as those of the modules do.

    Raises
    ------
    RuntimeError
        If there is none, classes or modes differ, or a parameter requires grad in some modules alone.
    """
    modules = list(models)
    if not modules:
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    if any(type(other) is not type(modules[0]) for other in modules):
        raise RuntimeError("stack_module_state: Expected all models to be of the same class.")
    if any(other.training != modules[0].training for other in modules):
        raise RuntimeError("stack_module_state: Expected all models to have the same training/eval mode.")
    params = {name: _stacked_leaf(name, found) for name, found in _by_name(m.named_parameters() for m in modules)}
    buffers = {name: _stacked_leaf(name, found) for name, found in _by_name(m.named_buffers() for m in modules)}
    return params, buffers


def _merged(dicts: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if isinstance(dicts, Mapping):
        merged = dict(dicts)
    elif isinstance(dicts, Sequence) and all(isinstance(each, Mapping) for each in dicts):  # pyright: ignore[reportUnnecessaryIsInstance]
        names = [name for each in dicts for name in each]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"{twice} appeared in multiple dictionaries; behavior of functional call is ambiguous")
        merged = {name: value for each in dicts for name, value in each.items()}
    else:
        raise ValueError(
            f"Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, but got {type(dicts)}"
        )
    for value in merged.values():
        if not isinstance(value, vt.Tensor):
            raise TypeError(f"{value} is not an instance of torch.Tensor")
    return merged


def _members(path: str, owner: Module) -> Iterator[tuple[str, _Place]]:
    for kept in (cast("dict[str, Any]", owner._parameters), cast("dict[str, Any]", owner._buffers)):
        for name, member in kept.items():
            if member is not None:
                yield f"{path}.{name}" if path else name, (kept, name)


def _check_all(module: Module, given: Mapping[str, Any], places: Mapping[str, _Place]) -> None:
    covered = {id(places[name][0][places[name][1]]) for name in given if name in places}
    unexpected = [repr(name) for name in given if name not in places]
    missing = [repr(name) for name, (kept, key) in places.items() if name not in given and id(kept[key]) not in covered]
    lines = [f"Unexpected key(s): {', '.join(unexpected)}."] if unexpected else []
    lines += [f"Missing key(s): {', '.join(missing)}."] if missing else []
    if lines:
        raise RuntimeError(f"Error(s) in reparametrizing for {type(module).__name__}:\n\t" + "\n\t".join(lines))


def _replacements(
    module: Module, given: Mapping[str, Any], places: Mapping[str, _Place], tie_weights: bool
) -> list[tuple[_Place, Any]]:
    same: dict[int, list[str]] = {}
    for name, (kept, key) in places.items():
        same.setdefault(id(kept[key]), []).append(name)
    found: list[tuple[_Place, Any]] = []
    for name, value in given.items():
        if name not in places:
            module.get_submodule(name.rpartition(".")[0])  # one that is there takes the name, and nothing reads it
            continue
        kept, key = places[name]
        for other in same[id(kept[key])] if tie_weights else [name]:
            if given.get(other, value) is not value:
                raise ValueError(f"functional_call: {name!r} and {other!r} are tied and are given different tensors")
            found.append((places[other], value))
    return found


@contextmanager
def _in_place(replaced: list[tuple[_Place, Any]]) -> Generator[None]:
    before = [(kept, key, kept[key]) for (kept, key), _ in replaced]
    for (kept, key), value in replaced:
        kept[key] = value
    try:
        yield
    finally:
        for kept, key, value in before:
            kept[key] = value


def _by_name(walks: Iterator[Iterator[tuple[str, Any]]]) -> Iterator[tuple[str, list[Any]]]:
    states = [dict(walk) for walk in walks]
    for name in states[0]:
        yield name, [state[name] for state in states]


def _stacked_leaf(name: str, tensors: list[Any]) -> Any:
    requires_grad = tensors[0].requires_grad
    if any(tensor.requires_grad != requires_grad for tensor in tensors):
        raise RuntimeError(f"Expected {name} from each model to have the same .requires_grad")
    return vt.ops.stack([tensor.detach() for tensor in tensors]).requires_grad_(requires_grad)
