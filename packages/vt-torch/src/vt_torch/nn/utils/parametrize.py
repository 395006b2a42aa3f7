# SPDX-License-Identifier: Apache-2.0
"""Parametrisations: parameters and buffers that are computed from others whenever they are read."""

# A module's members are private to the package, not to one class of it.
# pyright: reportPrivateUsage=false
from __future__ import annotations

import copy
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any, cast

import vt_core
from vt_autograd import no_grad

from vt_torch._tensor import Tensor
from vt_torch.nn.containers import ModuleDict, ModuleList
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = [
    "ParametrizationList",
    "cached",
    "is_parametrized",
    "register_parametrization",
    "remove_parametrizations",
    "type_before_parametrizations",
]


class _Cache(threading.local):
    def __init__(self) -> None:
        self.depth = 0
        self.kept: dict[tuple[int, str], Any] = {}


_cache = _Cache()


@contextmanager
def cached() -> Generator[None]:
    """Compute each parametrised tensor once inside of the context, and hand it out again."""
    _cache.depth += 1
    if _cache.depth == 1:
        _cache.kept = {}
    try:
        yield
    finally:
        _cache.depth -= 1
        if _cache.depth == 0:
            _cache.kept = {}


class ParametrizationList(ModuleList):
    """The parametrisations of one tensor, in order, and what it is computed from.

    Parameters
    ----------
    modules : iterable of Module
        Each is called on the result of the one before. With ``right_inverse`` a tensor can be assigned: what the module
        computes of it is kept, a tensor as ``original``, several as ``original0``, ``original1``, ...
    original : Parameter or Tensor
    unsafe : bool
        Allow dtype and sizes to change, and do not check the modules.

    Raises
    ------
    ValueError
        If the modules change dtype or sizes, or ``right_inverse`` returns something else than tensors.
    """

    def __init__(self, modules: Iterable[Module], original: Any, unsafe: bool = False) -> None:
        modules = list(modules)
        if not modules:
            raise ValueError("ParametrizationList requires one or more modules.")
        super().__init__(modules)
        self.unsafe = unsafe
        with no_grad():
            inverse = _inverse_of(self, original)
        self.is_tensor = isinstance(inverse, vt_core.Tensor)
        self.ntensors = 1 if self.is_tensor else len(inverse)
        if self.is_tensor:
            if original.dtype != inverse.dtype and not unsafe:
                raise ValueError(f"right_inverse must keep the dtype: got {inverse.dtype}, expected {original.dtype}")
            if inverse is not original:
                with no_grad():
                    original.copy_(inverse) if original.shape == inverse.shape else original.set_(inverse)
            self._add("original", original)
        else:
            for i, part in enumerate(inverse):
                self._add(f"original{i}", _member_like(original, part))
        if not unsafe:
            result = self()
            if not isinstance(result, vt_core.Tensor):
                raise ValueError(f"A parametrization must return a tensor. Got {type(result).__name__}.")
            if result.dtype != original.dtype or result.shape != original.shape:
                raise ValueError(
                    "Registering a parametrization may not change dtype and shape, unless the `unsafe` flag is enabled: got "
                    f"{result.dtype} {tuple(result.shape)}, expected {original.dtype} {tuple(original.shape)}"
                )

    def _add(self, name: str, member: Any) -> None:
        if isinstance(member, Parameter):
            self.register_parameter(name, member)
        else:
            self.register_buffer(name, member)

    def _originals(self) -> list[Any]:
        return [self.original] if self.is_tensor else [getattr(self, f"original{i}") for i in range(self.ntensors)]

    def right_inverse(self, value: Tensor) -> None:
        """Keep what computes to `value`.

        Raises
        ------
        RuntimeError
            If a module has no ``right_inverse``.
        """
        with no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, "right_inverse"):
                    raise RuntimeError(f"parametrization {type(module).__name__} does not implement right_inverse.")
                value = module.right_inverse(value)
            parts: list[Any] = [value] if self.is_tensor else list(value)
            for kept, part in zip(self._originals(), parts, strict=True):
                if not isinstance(part, vt_core.Tensor):
                    raise ValueError(f"`right_inverse` should return a tensor. Got {type(part).__name__}")
                if kept.dtype != part.dtype:
                    raise ValueError(f"right_inverse must keep the dtype: got {part.dtype}, expected {kept.dtype}")
                kept.set_(part.clone()) if kept.shape != part.shape else kept.copy_(part)

    def forward(self) -> Any:
        """Compute the tensor."""
        first, *others = list(self)
        value = first(*self._originals())
        for module in others:
            value = module(value)
        return value


def _inverse_of(modules: ParametrizationList, original: Any) -> Any:
    """Return what computes to a tensor: the tensor itself where a module does not say, or cannot."""
    value = original
    for module in reversed(list(modules)):
        if hasattr(module, "right_inverse"):
            try:
                value = module.right_inverse(value)
            except NotImplementedError:
                continue
    if isinstance(value, vt_core.Tensor):
        return value
    tensors = list(cast("list[Any]", value)) if isinstance(value, (tuple, list)) else [value]
    if not all(isinstance(tensor, vt_core.Tensor) for tensor in tensors):
        kinds = ", ".join(type(tensor).__name__ for tensor in tensors)
        raise ValueError(f"'right_inverse' must return a Tensor or a Sequence of tensors. Got {kinds}")
    return tensors


def _member_like(original: Any, tensor: Any) -> Any:
    return Parameter(tensor, original.requires_grad) if isinstance(original, Parameter) else tensor


def register_parametrization(
    module: Module, tensor_name: str, parametrization: Module, *, unsafe: bool = False
) -> Module:
    """Compute a parameter or buffer by `parametrization` whenever it is read; changes the module in place, and returns it.

    The first parametrisation of a module gives it a class of its own, derived from its class, and a member
    ``parametrizations``, whose entries are `ParametrizationList`; further ones of a tensor are called after the others.

    Raises
    ------
    ValueError
        If the module has no such tensor, or dtype or sizes would change and `unsafe` is not set.
    """
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        parts: Any = cast("Any", module).parametrizations[tensor_name]
        if not unsafe:
            value = getattr(module, tensor_name)
            with no_grad():
                result = parametrization(value)
            if not isinstance(result, vt_core.Tensor) or (result.dtype, result.shape) != (value.dtype, value.shape):
                raise ValueError(
                    "A parametrization may not change dtype and shape of the tensor, unless the `unsafe` flag is enabled"
                )
            if hasattr(parametrization, "right_inverse"):
                with no_grad():
                    parts.right_inverse(cast("Any", parametrization).right_inverse(value))
        parts.append(parametrization)
        return module
    kept = module._parameters if tensor_name in module._parameters else module._buffers
    original = cast("dict[str, Any]", kept).get(tensor_name)
    if original is None:
        raise ValueError(
            f"Module '{module}' does not have a parameter, a buffer, or a parametrized element with name '{tensor_name}'"
        )
    parts = ParametrizationList([parametrization], original, unsafe)
    delattr(module, tensor_name)
    if not is_parametrized(module):
        _derive_class(module)
        cast("Any", module).parametrizations = ModuleDict()
    _add_property(type(module), tensor_name)
    cast("Any", module).parametrizations[tensor_name] = parts
    return module


def _derive_class(module: Module) -> None:
    base = type(module)

    def refuse(self: Any) -> Any:  # noqa: ARG001
        raise RuntimeError("Serialization of parametrized modules is only supported through state_dict().")

    def deep_copy(self: Any, memo: dict[int, Any]) -> Any:
        if id(self) not in memo:
            copied = memo[id(self)] = self.__new__(type(self))
            copied.__dict__ = copy.deepcopy(self.__dict__, memo)
            _derive_class_again(copied)
        return memo[id(self)]

    members: dict[str, Any] = {"__getstate__": refuse, "__module__": base.__module__}
    if not hasattr(base, "__deepcopy__"):
        members["__deepcopy__"] = deep_copy
    module.__class__ = type(f"Parametrized{base.__name__}", (base,), members)


def _derive_class_again(module: Module) -> None:
    """Give a copy a class of its own, so that what is removed from one module stays on the other."""
    module.__class__ = type(module).__bases__[0]
    _derive_class(module)
    for name in cast("Any", module).parametrizations:
        _add_property(type(module), name)


def _add_property(cls: type, name: str) -> None:
    def get(self: Any) -> Any:
        if not _cache.depth:
            return self.parametrizations[name]()
        key = (id(self), name)
        if key not in _cache.kept:
            _cache.kept[key] = self.parametrizations[name]()
        return _cache.kept[key]

    def put(self: Any, value: Any) -> None:
        self.parametrizations[name].right_inverse(value)

    setattr(cls, name, property(get, put))


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Return whether a module has parametrisations, or one of the given tensor."""
    found = module._modules.get("parametrizations")
    if not isinstance(found, ModuleDict):
        return False
    return len(found) > 0 if tensor_name is None else tensor_name in found


def remove_parametrizations(module: Module, tensor_name: str, leave_parametrized: bool = True) -> Module:
    """Make a tensor an ordinary one again; changes the module in place, and returns it.

    Parameters
    ----------
    module : Module
    tensor_name : str
    leave_parametrized : bool
        Keep the computed tensor; otherwise what it was computed from.

    Raises
    ------
    ValueError
        If the tensor is not parametrised, or what it was computed from is more than one tensor and should be left.
    """
    if not is_parametrized(module, tensor_name):
        raise ValueError(f"Module {module} does not have a parametrization on {tensor_name}")
    parts: Any = cast("Any", module).parametrizations[tensor_name]
    if parts.is_tensor:
        original = parts.original
        if leave_parametrized:
            with no_grad():
                value = parts()
                original.set_(value.clone()) if original.shape != value.shape else original.copy_(value)
    elif leave_parametrized:
        value = parts().detach()
        original = Parameter(value) if any(isinstance(part, Parameter) for part in parts._originals()) else value
    else:
        raise ValueError("Cannot leave unparametrized (`leave_parametrized=False`) a tensor computed of several ones.")
    delattr(type(module), tensor_name)
    del cast("Any", module).parametrizations[tensor_name]
    if isinstance(original, Parameter):
        module.register_parameter(tensor_name, original)
    else:
        module.register_buffer(tensor_name, original)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = type(module).__bases__[0]
    return module


def type_before_parametrizations(module: Module) -> type:
    """Return the class that a module had before its first parametrisation."""
    return type(module).__bases__[0] if is_parametrized(module) else type(module)
