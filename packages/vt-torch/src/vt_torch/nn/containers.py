# SPDX-License-Identifier: Apache-2.0
"""Modules that hold modules or parameters: Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict."""

from __future__ import annotations

import operator
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast, overload

import vt_core

from vt_torch.nn.activation import ReLU
from vt_torch.nn.layers import Linear
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["ModuleDict", "ModuleList", "ParameterDict", "ParameterList", "Sequential"]


_LINEAR = Linear.forward
_RELU = ReLU.forward


def _place(kind: str, index: int, length: int) -> int:
    index = operator.index(index)
    if not -length <= index < length:
        raise IndexError(f"{kind}: index {index} is out of range for {length} entries")
    return index % length


def _modules_of(other: Any) -> list[Module]:
    if not isinstance(other, Iterable):
        raise ValueError(f"add operator supports only modules that hold others, but {type(other)} is given.")
    return list(cast("Iterable[Module]", other))


class _Listed(Module):
    """Children in order, named "0", "1", ..."""

    def _children(self) -> list[Module]:
        return [module for module in self._modules.values() if module is not None]

    def _set_children(self, modules: Iterable[Module]) -> None:
        kept = list(modules)
        self._modules.clear()
        for i, module in enumerate(kept):
            self.add_module(str(i), module)

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._children())

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return type(self)(*self._children()[index]) if isinstance(self, Sequential) else self._of(index)
        return self._children()[_place(type(self).__name__, index, len(self))]

    def _of(self, index: slice) -> Any:
        part = type(self)()
        part._set_children(self._children()[index])
        return part

    def __setitem__(self, index: int, module: Module) -> None:
        name = list(self._modules)[_place(type(self).__name__, index, len(self))]
        setattr(self, name, module)

    def __delitem__(self, index: int | slice) -> None:
        children = self._children()
        del children[index]
        self._set_children(children)

    def append(self, module: Module) -> Any:
        """Add a module at the end; returns the container."""
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules: Iterable[Module]) -> Any:
        """Add modules at the end; returns the container."""
        for module in modules:
            self.append(module)
        return self

    def insert(self, index: int, module: Module) -> Any:
        """Add a module before `index`; returns the container."""
        children = self._children()
        children.insert(index, module)
        self._set_children(children)
        return self

    def pop(self, index: int | slice) -> Any:
        """Remove a module, or several, and return it."""
        removed = self[index]
        del self[index]
        return removed

    def __add__(self, other: Iterable[Module]) -> Any:
        return self._of(slice(None)).extend(_modules_of(other))

    def __iadd__(self, other: Iterable[Module]) -> Any:
        return self.extend(_modules_of(other))


class Sequential(_Listed):
    """Modules that are called one after the other, each on the result of the one before.

    Parameters
    ----------
    *modules : Module, or one ordered dict of them
        In the order of their call.

    Notes
    -----
    A `Linear` and the `ReLU` behind it are one operator, with the same result bit by bit, unless something else runs when they
    are called: a hook, or a ``forward`` that is not their class's own.
    """

    @overload
    def __init__(self, *modules: Module) -> None: ...
    @overload
    def __init__(self, modules: OrderedDict[str, Module], /) -> None: ...
    def __init__(self, *modules: Any) -> None:
        super().__init__()
        if len(modules) == 1 and isinstance(modules[0], Mapping):
            named: Any = modules[0]  # pyright: ignore[reportUnknownVariableType]
            for name, module in named.items():
                self.add_module(name, module)
        else:
            for i, module in enumerate(modules):
                self.add_module(str(i), module)

    def __mul__(self, times: int) -> Sequential:
        return self._of(slice(None)).__imul__(times)

    __rmul__ = __mul__

    def __imul__(self, times: int) -> Sequential:
        if not isinstance(times, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"unsupported operand type(s) for *: {type(self)} and {type(times)}")
        if times <= 0:
            raise ValueError(f"Non-positive multiplication factor {times} for {type(self)}")
        self.extend(self._children() * (times - 1))
        return self

    def forward(self, input: Any) -> Any:
        """Call every module in turn."""
        linear: Linear | None = None  # not yet called: what comes next may be a part of it
        for module in self._modules.values():
            if module is None:
                continue
            if linear is not None:
                if type(module) is ReLU and ReLU.forward is _RELU and module._is_bare():
                    input = linear._forward_relu(input)  # pyright: ignore[reportPrivateUsage]
                    linear = None
                    continue
                input = linear(input)
                linear = None
            if type(module) is Linear and Linear.forward is _LINEAR and module._is_bare():
                linear = module
            else:
                input = module(input)
        return input if linear is None else linear(input)


class ModuleList(_Listed):
    """A list of modules, which `parameters` and the others see.

    Parameters
    ----------
    modules : iterable of Module, optional
    """

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def __repr__(self) -> str:
        runs: list[tuple[int, int, str]] = []  # first, last, text: equal neighbours are told once
        for i, text in enumerate(repr(module) for module in self):
            if runs and runs[-1][2] == text:
                runs[-1] = (runs[-1][0], i, text)
            else:
                runs.append((i, i, text))
        lines = [
            f"({first}): {text}" if first == last else f"({first}-{last}): {last - first + 1} x {text}"
            for first, last, text in runs
        ]
        body = "".join("\n  " + line.replace("\n", "\n  ") for line in lines)
        return f"{type(self).__name__}({body}\n)" if lines else f"{type(self).__name__}()"


class ModuleDict(Module):
    """A dict of modules, which `parameters` and the others see.

    Parameters
    ----------
    modules : mapping of str to Module, optional
    """

    def __init__(self, modules: Mapping[str, Module] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key: str) -> Any:
        return self._modules[key]

    def __setitem__(self, key: str, module: Module) -> None:
        self.add_module(key, module)

    def __delitem__(self, key: str) -> None:
        del self._modules[key]

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __contains__(self, key: str) -> bool:
        return key in self._modules

    def keys(self) -> Iterable[str]:
        """Return the names."""
        return self._modules.keys()

    def values(self) -> Iterable[Any]:
        """Return the modules."""
        return self._modules.values()

    def items(self) -> Iterable[tuple[str, Any]]:
        """Return names and modules."""
        return self._modules.items()

    def pop(self, key: str) -> Module | None:
        """Remove a module and return it."""
        return self._modules.pop(key)

    def clear(self) -> None:
        """Remove all modules."""
        self._modules.clear()

    def update(self, modules: Mapping[str, Module]) -> None:
        """Add or replace modules."""
        for name, module in modules.items():
            self.add_module(name, module)


class ParameterList(Module):
    """A list of parameters, which `parameters` and the others see; other objects may be among them.

    Parameters
    ----------
    values : iterable, optional
        Tensors that are no parameters become some.
    """

    def __init__(self, values: Iterable[Any] | None = None) -> None:
        super().__init__()
        self._size = 0
        self.extend(values or ())

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Any]:
        return (getattr(self, str(i)) for i in range(self._size))

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return type(self)(list(self)[index])
        return getattr(self, str(_place("ParameterList", index, self._size)))

    def __setitem__(self, index: int, value: Any) -> None:
        _set(self, str(_place("ParameterList", index, self._size)), value)

    def append(self, value: Any) -> ParameterList:
        """Add a value at the end; returns the list."""
        _set(self, str(self._size), value)
        self._size += 1
        return self

    def extend(self, values: Iterable[Any]) -> ParameterList:
        """Add values at the end; returns the list."""
        if not isinstance(values, Iterable) or isinstance(values, vt_core.Tensor):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"ParameterList.extend should be called with an iterable, but got {type(values).__name__}")
        for value in values:
            self.append(value)
        return self

    def __iadd__(self, values: Iterable[Any]) -> ParameterList:
        return self.extend(values)

    def extra_repr(self) -> str:
        """Return a line for each value."""
        return "\n".join(_described(i, value, lambda t: f"torch.{t.dtype.name}") for i, value in enumerate(self))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Raise: a list is not called."""
        raise RuntimeError("ParameterList should not be called.")


class ParameterDict(Module):
    """A dict of parameters, which `parameters` and the others see; other objects may be among them.

    Parameters
    ----------
    parameters : mapping or iterable of pairs, optional
        Tensors that are no parameters become some.
    """

    def __init__(self, parameters: Any = None) -> None:
        super().__init__()
        self._keys: dict[str, None] = {}
        self._others: dict[str, Any] = {}
        if parameters is not None:
            self.update(parameters)

    def __getitem__(self, key: str) -> Any:
        if key not in self._keys:
            raise KeyError(key)
        return self._others[key] if key in self._others else self._parameters[key]

    def __setitem__(self, key: str, value: Any) -> None:
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(
                "Index given to ParameterDict cannot be used as a key as it is not a string "
                f"(type is '{type(key).__name__}')."
            )
        # Not by setattr: a name may be that of a method.
        self._others.pop(key, None)
        if isinstance(value, vt_core.Tensor):
            self._parameters[key] = value if isinstance(value, Parameter) else Parameter(value)
        else:
            self._parameters.pop(key, None)
            self._others[key] = value
        self._keys[key] = None

    def __delitem__(self, key: str) -> None:
        del self._keys[key]
        if key in self._others:
            del self._others[key]
        else:
            del self._parameters[key]

    def __getattr__(self, name: str) -> Any:
        others = self.__dict__.get("_others", {})
        return others[name] if name in others else super().__getattr__(name)

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __reversed__(self) -> Iterator[str]:
        return reversed(list(self._keys))

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def keys(self) -> Iterable[str]:
        """Return the names."""
        return self._keys.keys()

    def values(self) -> Iterable[Any]:
        """Return the values."""
        return (self[key] for key in self._keys)

    def items(self) -> Iterable[tuple[str, Any]]:
        """Return names and values."""
        return ((key, self[key]) for key in self._keys)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or `default` where there is none."""
        return self[key] if key in self._keys else default

    def setdefault(self, key: str, default: Any = None) -> Any:
        """Return a value, set to `default` where there is none."""
        if key not in self._keys:
            self[key] = default
        return self[key]

    def pop(self, key: str) -> Any:
        """Remove a value and return it."""
        value = self[key]
        del self[key]
        return value

    def popitem(self) -> tuple[str, Any]:
        """Remove the last value and return it with its name."""
        key = next(reversed(self))
        return key, self.pop(key)

    def clear(self) -> None:
        """Remove all values."""
        for key in list(self._keys):
            del self[key]

    def copy(self) -> ParameterDict:
        """Return a dict of the same values."""
        return ParameterDict(dict(self.items()))

    def fromkeys(self, keys: Iterable[str], default: Any = None) -> ParameterDict:
        """Return a dict of the given names and one value."""
        return ParameterDict((key, default) for key in keys)

    def update(self, parameters: Any) -> None:
        """Add or replace values from a mapping, or from pairs of a name and a value."""
        if not isinstance(parameters, Iterable):
            kind = type(parameters).__name__
            raise TypeError(
                f"ParametersDict.update should be called with an iterable of key/value pairs, but got {kind}"
            )
        pairs: Any = parameters.items() if isinstance(parameters, (Mapping, ParameterDict)) else parameters  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        for key, value in pairs:
            self[key] = value

    def __or__(self, other: ParameterDict) -> ParameterDict:
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other: ParameterDict) -> ParameterDict:
        made = other.copy()
        made.update(self)
        return made

    def __ior__(self, other: ParameterDict) -> ParameterDict:
        self.update(other)
        return self

    def extra_repr(self) -> str:
        """Return a line for each value."""
        return "\n".join(_described(key, value, lambda t: t.type()) for key, value in self.items())

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Raise: a dict is not called."""
        raise RuntimeError("ParameterDict should not be called.")


def _set(module: Module, name: str, value: Any) -> None:
    if isinstance(value, vt_core.Tensor) and not isinstance(value, Parameter):
        value = Parameter(value)
    setattr(module, name, value)


def _described(key: Any, value: Any, kind_of: Callable[[Any], str]) -> str:
    if not isinstance(value, vt_core.Tensor):
        return f"  ({key}): Object of type: {type(value).__name__}"
    kind = "Parameter" if isinstance(value, Parameter) else "Tensor"
    cuda = f" (GPU {value.device.index})" if value.device.type == "cuda" else ""
    size = "x".join(str(n) for n in value.shape)
    return f"  ({key}): {kind} containing: [{kind_of(value)} of size {size}{cuda}]"
