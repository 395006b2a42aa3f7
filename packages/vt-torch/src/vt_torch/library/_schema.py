# SPDX-License-Identifier: Apache-2.0
"""The schema of an operator, from the annotations of a function."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import vt_core
from vt_core import Tensor

__all__ = ["check_mutated", "dispatcher_schema", "infer_schema"]

_SIMPLE: dict[Any, str] = {
    Tensor: "Tensor",
    int: "SymInt",
    float: "float",
    bool: "bool",
    str: "str",
    vt_core.dtype: "ScalarType",
    vt_core.device: "Device",
    int | float | bool: "Scalar",
}


def infer_schema(prototype_function: Callable[..., Any], /, *, mutates_args: Any, op_name: str | None = None) -> str:
    """Return the schema that a function's annotations tell, as "(Tensor x, SymInt n=1) -> Tensor".

    Parameters
    ----------
    prototype_function : callable
        Each parameter must be annotated with Tensor, int, float, bool, str, dtype, device, one of them or None, or a sequence of
        them. The result with Tensor, int, float, bool, a list or tuple of Tensor, or None.
    mutates_args : iterable of str or "unknown"
        Names of the Tensor parameters that the function writes.
    op_name : str, optional
        What to begin with.

    Raises
    ------
    ValueError
        If an annotation is missing or not supported, or `mutates_args` names no Tensor parameter.
    """
    signature = inspect.signature(prototype_function)
    hints = _hints(prototype_function)
    mutated = check_mutated(prototype_function, mutates_args)
    parts: list[str] = []
    keyword_only = False
    for name, parameter in signature.parameters.items():
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise ValueError(
                f"infer_schema(func): parameter {name} must be positional or keyword-only, got {parameter.kind}"
            )
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            parts.append("*")
            keyword_only = True
        kind = _kind(name, hints.get(name, parameter.empty), prototype_function)
        if name in mutated:
            kind = kind.replace("Tensor", f"Tensor(a{len(parts)}!)", 1)
        default = "" if parameter.default is parameter.empty else f"={_shown(parameter.default)}"
        parts.append(f"{kind} {name}{default}")
    result = _result(hints.get("return", signature.empty), prototype_function)
    return f"{op_name or ''}({', '.join(parts)}) -> {result}"


# What PyTorch's schemas and the dispatcher's call differently.
_DISPATCHED = {"SymInt": "int", "ScalarType": "dtype", "Device": "device"}


def dispatcher_schema(schema: str) -> str:
    """Return the same schema in the words of ``vt_core.library.define_operator``."""
    return re.sub("|".join(_DISPATCHED), lambda found: _DISPATCHED[found.group()], schema)


def check_mutated(function: Callable[..., Any], mutates_args: Any) -> frozenset[str]:
    """Return the names of mutated parameters; "unknown" stands for every one that takes tensors."""
    hints = _hints(function)
    tensors = {name for name, hint in hints.items() if name != "return" and "Tensor" in _kind(name, hint, function)}
    if mutates_args == "unknown":
        return frozenset(tensors)
    if isinstance(mutates_args, str):
        raise ValueError("mutates_args must be a sequence of argument names or 'unknown'")
    names = frozenset(typing.cast("Iterable[str]", mutates_args))
    if wrong := sorted(names - tensors):
        raise ValueError(
            f"infer_schema(func): mutates_args names {wrong}, which are no Tensor parameters of {function.__name__}"
        )
    return names


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    return typing.get_type_hints(function)


def _kind(name: str, hint: Any, function: Callable[..., Any]) -> str:
    if hint is inspect.Parameter.empty:
        raise ValueError(
            f"infer_schema(func): Parameter {name} must have a type annotation. Got func {function.__name__}"
        )
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, Tensor):
        return "Tensor"
    origin, items = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType) and len(items) == 2 and type(None) in items:
        (item,) = (i for i in items if i is not type(None))
        return f"{_kind(name, item, function)}?"
    if origin in (list, Sequence, typing.Sequence) and len(items) == 1:
        return f"{_kind(name, items[0], function)}[]"
    raise ValueError(f"infer_schema(func): Parameter {name} has unsupported type {hint}. Got func {function.__name__}")


def _result(hint: Any, function: Callable[..., Any]) -> str:
    if hint is inspect.Parameter.empty:
        raise ValueError(
            f"infer_schema(func): No return type annotation was provided. Please add one. Got func {function.__name__}"
        )
    if hint in (None, type(None)):
        return "()"
    if typing.get_origin(hint) is tuple:
        return f"({', '.join(_kind('return', item, function) for item in typing.get_args(hint))})"
    return _kind("return", hint, function)


def _shown(default: Any) -> str:
    return f'"{default}"' if isinstance(default, str) else str(default)
