# SPDX-License-Identifier: Apache-2.0
"""Module: a tree of parameters, buffers and further modules with a forward computation."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import vt_core
from vt_autograd import no_grad

from vt_torch._gradients import clear_gradients
from vt_torch._tensor import Tensor
from vt_torch.nn.backward_hooks import CallGates
from vt_torch.nn.hooks import RemovableHandle
from vt_torch.nn.parameter import Buffer, Parameter
from vt_torch.nn.state_dict import IncompatibleKeys, collect, load

__all__ = ["Module"]


class Module:
    """Base class of everything that learns.

    Assigning a `Parameter`, a `Module` or, through `register_buffer`, a tensor to an attribute makes it part of the tree:
    `parameters`, `state_dict`, `to` and the others walk it. A subclass calls ``super().__init__()`` first and defines
    ``forward``; calling the module runs its hooks and ``forward``.

    Attributes
    ----------
    training : bool
        True after construction and `train`, False after `eval`.

    Examples
    --------
    >>> import vt_torch as torch
    >>> class Scale(torch.nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.factor = torch.nn.Parameter(torch.tensor(2.0))
    ...
    ...     def forward(self, x):
    ...         return x * self.factor
    >>> Scale()(torch.ones(2)).tolist()
    [2.0, 2.0]
    """

    training: bool
    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    _modules: dict[str, Module | None]
    _non_persistent: set[str]
    _forward_pre_hooks: dict[int, tuple[Callable[..., Any], bool]]
    _forward_hooks: dict[int, tuple[Callable[..., Any], bool, bool]]
    _backward_pre_hooks: dict[int, Callable[..., Any]]
    _backward_hooks: dict[int, Callable[..., Any]]
    _state_dict_pre_hooks: dict[int, Callable[..., Any]]
    _state_dict_hooks: dict[int, Callable[..., Any]]
    _load_state_dict_pre_hooks: dict[int, Callable[..., Any]]
    _load_state_dict_post_hooks: dict[int, Callable[..., Any]]

    def __init__(self) -> None:
        # Written around __setattr__, which looks into these.
        attributes = self.__dict__
        attributes["training"] = True
        attributes["_parameters"] = {}
        attributes["_buffers"] = {}
        attributes["_modules"] = {}
        attributes["_non_persistent"] = set()
        attributes["_forward_pre_hooks"] = {}
        attributes["_forward_hooks"] = {}
        attributes["_backward_pre_hooks"] = {}
        attributes["_backward_hooks"] = {}
        attributes["_state_dict_pre_hooks"] = {}
        attributes["_state_dict_hooks"] = {}
        attributes["_load_state_dict_pre_hooks"] = {}
        attributes["_load_state_dict_post_hooks"] = {}

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the result of a call; every subclass that is called defines it."""
        raise NotImplementedError(f"{type(self).__name__}: forward is not defined")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the pre-hooks, ``forward`` and the hooks."""
        if not (self._forward_pre_hooks or self._forward_hooks or self._backward_hooks or self._backward_pre_hooks):
            return self.forward(*args, **kwargs)
        called: set[int] = set()
        try:
            return self._call_with_hooks(args, kwargs, called)
        except Exception:
            for key, (hook, with_kwargs, always) in tuple(self._forward_hooks.items()):
                if always and key not in called:
                    self._call_after_failure(hook, args, kwargs if with_kwargs else None)
            raise

    def _call_with_hooks(self, args: tuple[Any, ...], kwargs: dict[str, Any], called: set[int]) -> Any:
        for hook, with_kwargs in tuple(self._forward_pre_hooks.values()):
            if with_kwargs:
                changed = hook(self, args, kwargs)
                if changed is not None:
                    args, kwargs = changed
            else:
                changed = hook(self, args)
                if changed is not None:
                    args = (*changed,) if isinstance(changed, tuple) else (changed,)  # pyright: ignore[reportUnknownVariableType]
        gates = None
        if self._backward_hooks or self._backward_pre_hooks:
            gates = CallGates(self, tuple(self._backward_pre_hooks.values()), tuple(self._backward_hooks.values()))
            args = gates.enter(args)
        result = self.forward(*args, **kwargs)
        for key, (hook, with_kwargs, _) in tuple(self._forward_hooks.items()):
            called.add(key)
            changed = hook(self, args, kwargs, result) if with_kwargs else hook(self, args, result)
            if changed is not None:
                result = changed
        return result if gates is None else gates.leave(result)

    def _call_after_failure(
        self, hook: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any] | None
    ) -> None:
        """Call a forward hook that wants to be called always; the error that is under way is more important than its own."""
        try:
            hook(self, args, None) if kwargs is None else hook(self, args, kwargs, None)
        except Exception as error:
            warnings.warn(f"{type(self).__name__}: a forward hook failed after the forward: {error}", stacklevel=3)

    # The tree: attributes.

    def __setattr__(self, name: str, value: Any) -> None:
        attributes = self.__dict__
        if "_parameters" not in attributes:
            if isinstance(value, (Parameter, Module)):
                raise AttributeError(f"{type(self).__name__}: call super().__init__() before assigning {name!r}")
            object.__setattr__(self, name, value)
            return
        if isinstance(value, Parameter):
            self._forget(name, self._parameters)
            self._parameters[name] = value
        elif isinstance(value, Module):
            self._forget(name, self._modules)
            self._modules[name] = value
        elif isinstance(value, Buffer):
            self._forget(name, self._buffers)
            self.register_buffer(name, value, value.persistent)
        elif name in self._parameters:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{type(value).__name__}' as parameter '{name}' (torch.nn.Parameter or None expected)"
                )
            self._parameters[name] = None
        elif name in self._modules:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{type(value).__name__}' as child module '{name}' (torch.nn.Module or None expected)"
                )
            self._modules[name] = None
        elif name in self._buffers:
            if value is not None and not isinstance(value, vt_core.Tensor):
                raise TypeError(
                    f"cannot assign '{type(value).__name__}' as buffer '{name}' (torch.Tensor or None expected)"
                )
            self._buffers[name] = value
        else:
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        attributes = self.__dict__
        for kind in ("_parameters", "_buffers", "_modules"):
            members = attributes.get(kind)
            if members is not None and name in members:
                return members[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __delattr__(self, name: str) -> None:
        for members in (self._parameters, self._buffers, self._modules):
            if name in members:
                del members[name]
                self._non_persistent.discard(name)
                return
        object.__delattr__(self, name)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *self._parameters, *self._buffers, *self._modules})

    def _forget(self, name: str, kept: Mapping[str, Any]) -> None:
        """Drop whatever else has the name, so that the new member is found; a member of the same kind keeps its place."""
        self.__dict__.pop(name, None)
        for members in (self._parameters, self._buffers, self._modules):
            if members is not kept:
                members.pop(name, None)
        self._non_persistent.discard(name)

    def _check_name(self, kind: str, name: str, own: Mapping[str, Any]) -> None:
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"{kind} name should be a string. Got {type(name).__name__}")
        if "." in name:
            raise KeyError(f"{kind} name can't contain '.', got {name!r}")
        if name == "":
            raise KeyError(f"{kind} name can't be empty string")
        if hasattr(self, name) and name not in own:
            raise KeyError(f"attribute {name!r} already exists")

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Add a parameter, or None to keep the name for one."""
        self._check_name("parameter", name, self._parameters)
        if param is not None and not isinstance(param, Parameter):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"cannot assign '{type(param).__name__}' object to parameter '{name}'")
        self._parameters[name] = param

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Add a tensor that moves with the module but is not learned; `persistent` ones are in the state dict."""
        self._check_name("buffer", name, self._buffers)
        if tensor is not None and not isinstance(tensor, vt_core.Tensor):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"cannot assign '{type(tensor).__name__}' object to buffer '{name}'")
        self._buffers[name] = tensor
        (self._non_persistent.discard if persistent else self._non_persistent.add)(name)

    def add_module(self, name: str, module: Module | None) -> None:
        """Add a child module, or None to keep the name for one."""
        self._check_name("module", name, self._modules)
        if module is not None and not isinstance(module, Module):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"{type(module).__name__} is not a Module subclass")
        self._modules[name] = module

    register_module = add_module

    # The tree: walks. A parameter, buffer or module that is reached twice is given once.

    def named_modules(
        self, memo: set[int] | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Module]]:
        """Yield this module and all below it with their dotted names."""
        memo = set() if memo is None else memo
        if remove_duplicate and id(self) in memo:
            return
        memo.add(id(self))
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, f"{prefix}.{name}" if prefix else name, remove_duplicate)

    def modules(self) -> Iterator[Module]:
        """Yield this module and all below it."""
        return (module for _, module in self.named_modules())

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """Yield the direct children with their names."""
        seen: set[int] = set()
        for name, module in self._modules.items():
            if module is not None and id(module) not in seen:
                seen.add(id(module))
                yield name, module

    def children(self) -> Iterator[Module]:
        """Yield the direct children."""
        return (module for _, module in self.named_children())

    def _named_members(
        self, kind: str, prefix: str, recurse: bool, remove_duplicate: bool
    ) -> Iterator[tuple[str, Any]]:
        seen: set[int] = set()
        modules = self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate) if recurse else ((prefix, self),)
        for path, module in modules:
            for name, member in getattr(module, kind).items():
                if member is None or (remove_duplicate and id(member) in seen):
                    continue
                seen.add(id(member))
                yield (f"{path}.{name}" if path else name), member

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """Yield parameters with their dotted names."""
        return self._named_members("_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """Yield parameters."""
        return (parameter for _, parameter in self.named_parameters(recurse=recurse))

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Tensor]]:
        """Yield buffers with their dotted names."""
        return self._named_members("_buffers", prefix, recurse, remove_duplicate)

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """Yield buffers."""
        return (buffer for _, buffer in self.named_buffers(recurse=recurse))

    def get_submodule(self, target: str) -> Module:
        """Return the module of a dotted name; "" is this one."""
        module: Module = self
        for name in target.split(".") if target else ():
            child = module._modules.get(name)
            if child is None:
                raise AttributeError(f"{type(module).__name__} has no child module named {name!r} (of {target!r})")
            module = child
        return module

    def set_submodule(self, target: str, module: Module, strict: bool = False) -> None:
        """Put a module at a dotted name, in place of the one that is there.

        Raises
        ------
        ValueError
            If the name is empty or `module` is no Module.
        AttributeError
            If a module on the way does not exist, or, under `strict`, there is none at the name.
        """
        path, _, name = target.rpartition(".")
        if not name:
            raise ValueError("Cannot set the submodule without a target name!")
        if not isinstance(module, Module):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(f"`module` is not an nn.Module, found {type(module)}")
        parent = self.get_submodule(path)
        if strict and parent._modules.get(name) is None:
            raise AttributeError(f"{type(parent).__name__} has no attribute `{name}`")
        if hasattr(parent, name) and name not in parent._modules:
            raise AttributeError(f"`{name}` is not an nn.Module")
        parent._modules[name] = module

    def get_parameter(self, target: str) -> Parameter:
        """Return the parameter of a dotted name."""
        path, _, name = target.rpartition(".")
        parameter = self.get_submodule(path)._parameters.get(name)
        if parameter is None:
            raise AttributeError(f"{type(self).__name__} has no parameter named {target!r}")
        return parameter

    def get_buffer(self, target: str) -> Tensor:
        """Return the buffer of a dotted name."""
        path, _, name = target.rpartition(".")
        buffer = self.get_submodule(path)._buffers.get(name)
        if buffer is None:
            raise AttributeError(f"{type(self).__name__} has no buffer named {target!r}")
        return buffer

    # Modes, devices, dtypes.

    def train(self, mode: bool = True) -> Module:
        """Set `training` here and below; returns the module."""
        if not isinstance(mode, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError("training mode is expected to be boolean")
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> Module:
        """Set `training` to False here and below; returns the module."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Module:
        """Set whether the parameters require grad; returns the module."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop the gradients of all parameters, or fill them with zeros."""
        clear_gradients(self.parameters(), set_to_none)

    def apply(self, fn: Callable[[Module], Any]) -> Module:
        """Call `fn` on every module, children first; returns the module."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def _apply(self, fn: Callable[[Tensor], Tensor]) -> Module:
        """Replace the contents of every parameter, its gradient, and every buffer by `fn` of them; objects stay the same."""
        seen: set[int] = set()
        with no_grad():
            for parameter in self.parameters():
                parameter.data = fn(parameter.data)
                if parameter.grad is not None:
                    parameter.grad = fn(parameter.grad.data)
            for module in self.modules():
                for name, buffer in module._buffers.items():
                    if buffer is not None and id(buffer) not in seen:
                        module._buffers[name] = moved = fn(buffer)
                        seen.add(id(moved))
        return self

    def to(self, *args: Any, **kwargs: Any) -> Module:
        """Move and convert parameters and buffers in place: ``to(device)``, ``to(dtype)``, ``to(device, dtype)``, ``to(tensor)``.

        Only floating-point and complex members change their dtype. Copies to a device are enqueued on its current stream
        under `non_blocking`.

        Raises
        ------
        TypeError
            If the dtype is neither floating-point nor complex, or an argument is none of the above.
        """
        device, dtype, non_blocking = _parse_to(args, kwargs)
        if dtype is not None and not (dtype.is_floating_point or dtype.is_complex):
            raise TypeError(
                f"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}"
            )

        def convert(t: Tensor) -> Tensor:
            wanted = dtype if t.dtype.is_floating_point or t.dtype.is_complex else None
            return t.to(device or t.device, wanted or t.dtype, non_blocking)

        return self._apply(convert)

    def to_empty(self, *, device: Any, recurse: bool = True) -> Module:
        """Give all members memory on a device, without defined elements: those of the meta device above all."""
        del recurse  # PyTorch's default, and all that programs use
        return self._apply(lambda t: vt_core.ops.empty_like(t, device=device))

    def _to_floating(self, dtype: Any) -> Module:
        return self._apply(lambda t: t.to(dtype) if t.dtype.is_floating_point else t)

    def float(self) -> Module:
        """Convert floating-point members to float32."""
        return self._to_floating(vt_core.float32)

    def double(self) -> Module:
        """Convert floating-point members to float64."""
        return self._to_floating(vt_core.float64)

    def half(self) -> Module:
        """Convert floating-point members to float16."""
        return self._to_floating(vt_core.float16)

    def bfloat16(self) -> Module:
        """Convert floating-point members to bfloat16."""
        return self._to_floating(vt_core.bfloat16)

    def type(self, dst_type: Any) -> Module:
        """Convert all members to a dtype."""
        return self._apply(lambda t: t.to(dst_type))

    def cpu(self) -> Module:
        """Move all members to the host; waits for their device."""
        return self._apply(lambda t: t.to(device="cpu"))

    def cuda(self, device: int | None = None) -> Module:
        """Move all members to a CUDA device, the current one by default."""
        return self._apply(lambda t: t.to(device="cuda" if device is None else f"cuda:{device}"))

    # State: see nn/state_dict.py.

    def state_dict(
        self, *, destination: dict[str, Any] | None = None, prefix: str = "", keep_vars: bool = False
    ) -> dict[str, Any]:
        """Return parameters and persistent buffers by dotted name.

        Parameters
        ----------
        destination : dict, optional
            Filled and returned; a new ordered dict by default.
        prefix : str
            Before every name.
        keep_vars : bool
            Give the parameters themselves rather than detached aliases of them.

        A class that has other state defines ``get_extra_state()`` and ``set_extra_state(state)``; it is kept under
        ``_extra_state``.
        """
        return collect(self, OrderedDict() if destination is None else destination, prefix, keep_vars)

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> IncompatibleKeys:
        """Copy tensors into the parameters and buffers of the same names.

        Parameters
        ----------
        state_dict : mapping of str to Tensor
        strict : bool
            Raise when names are missing or unknown; otherwise they are returned.
        assign : bool
            Take the tensors themselves rather than copy their elements.

        Returns
        -------
        IncompatibleKeys
            ``missing_keys`` and ``unexpected_keys``.

        Raises
        ------
        RuntimeError
            Naming every missing and unexpected name under `strict`, and every member whose shape differs. Nothing has been
            changed then.
        """
        return load(self, state_dict, strict, assign)

    # Hooks.

    def register_forward_pre_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args)`` before ``forward``; what it returns replaces the arguments."""
        return RemovableHandle.into(self._forward_pre_hooks, (hook, with_kwargs), prepend)

    def register_forward_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False, always_call: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args, result)`` after ``forward``; what it returns replaces the result.

        Under `always_call` it is called with None for the result when ``forward`` raises, too.
        """
        return RemovableHandle.into(self._forward_hooks, (hook, with_kwargs, always_call), prepend)

    def register_full_backward_pre_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(module, grad_output)`` when the gradients of a call's results are there, before the module's backward.

        `grad_output` is a tuple, with None where there is no gradient; a tuple that the hook returns replaces it.
        """
        return RemovableHandle.into(self._backward_pre_hooks, hook, prepend)

    def register_full_backward_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(module, grad_input, grad_output)`` when the gradients of a call's positional inputs are there.

        Both are tuples, with None for what is no tensor and for results without a gradient; a tuple that the hook returns replaces
        `grad_input`. When no input requires grad the hook is called with the gradients of the results alone. Inputs and results
        are views then: the module may not write into its inputs.
        """
        return RemovableHandle.into(self._backward_hooks, hook, prepend)

    def register_state_dict_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, prefix, keep_vars)`` whenever a state dict is about to be made."""
        return RemovableHandle.into(self._state_dict_pre_hooks, hook, False)

    def register_state_dict_post_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, state_dict, prefix, metadata)`` whenever a state dict has been made."""
        return RemovableHandle.into(self._state_dict_hooks, hook, False)

    def register_load_state_dict_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call a hook before this module's part of a state is looked at; it may change the state, which is a copy.

        Its arguments are module, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys and error_msgs; what
        it adds to the lists counts.
        """
        return RemovableHandle.into(self._load_state_dict_pre_hooks, hook, False)

    def register_load_state_dict_post_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, incompatible_keys)`` after loading; names that it takes from the lists are no error."""
        return RemovableHandle.into(self._load_state_dict_post_hooks, hook, False)

    # Text.

    def extra_repr(self) -> str:
        """Return what ``repr`` says of the module itself, for a subclass to define."""
        return ""

    def __repr__(self) -> str:
        extra = self.extra_repr()
        children = [f"({name}): {_indented(repr(module))}" for name, module in self._modules.items()]
        lines = [*(extra.splitlines()), *children]
        if not children and len(lines) <= 1:
            return f"{type(self).__name__}({extra})"
        return f"{type(self).__name__}(\n  " + "\n  ".join(lines) + "\n)"

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def _parse_to(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any, bool]:
    """Return device, dtype and non_blocking of a call of `Module.to`."""
    device, dtype, non_blocking = kwargs.get("device"), kwargs.get("dtype"), kwargs.get("non_blocking", False)
    if unknown := kwargs.keys() - {"device", "dtype", "non_blocking"}:
        raise TypeError(f"to() got an unexpected keyword argument {min(unknown)!r}")
    for arg in args:
        if isinstance(arg, vt_core.Tensor):
            device, dtype = arg.device, arg.dtype
        elif isinstance(arg, vt_core.dtype):
            dtype = arg
        elif isinstance(arg, bool):
            non_blocking = arg
        elif isinstance(arg, (str, int, vt_core.device)):
            device = arg
        elif arg is not None:
            raise TypeError(
                f"to() received an invalid argument: got {type(arg).__name__}, expected a device or a dtype"
            )
    if isinstance(device, int):
        device = f"cuda:{device}"
    return (vt_core.device(device) if isinstance(device, str) else device), dtype, bool(non_blocking)
