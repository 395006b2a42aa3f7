# SPDX-License-Identifier: Apache-2.0
"""Module: a tree of parameters, buffers and further modules with a forward computation and hooks."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Self

from vt_torch._gradients import clear_gradients
from vt_torch.nn.backward_hooks import CallGates
from vt_torch.nn.hooks import RemovableHandle
from vt_torch.nn.module_conversion import ConvertibleModule
from vt_torch.nn.state_dict import IncompatibleKeys, collect, load

__all__ = ["Module"]


class Module(ConvertibleModule):
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
    _forward_pre_hooks: dict[int, tuple[Callable[..., Any], bool]]
    _forward_hooks: dict[int, tuple[Callable[..., Any], bool, bool]]
    _backward_pre_hooks: dict[int, Callable[..., Any]]
    _backward_hooks: dict[int, Callable[..., Any]]
    _state_dict_pre_hooks: dict[int, Callable[..., Any]]
    _state_dict_hooks: dict[int, Callable[..., Any]]
    _load_state_dict_pre_hooks: dict[int, Callable[..., Any]]
    _load_state_dict_post_hooks: dict[int, Callable[..., Any]]

    def __init__(self) -> None:
        super().__init__()
        attributes = self.__dict__
        attributes["training"] = True
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

    def compile(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing, as `vt_torch.compile`: calls run eagerly, with the same results."""

    def _is_bare(self) -> bool:
        """Whether a call runs the ``forward`` of the class and nothing else."""
        return not (
            self._forward_pre_hooks
            or self._forward_hooks
            or self._backward_hooks
            or self._backward_pre_hooks
            or "forward" in self.__dict__
        )

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

    # Modes and gradients.

    def train(self, mode: bool = True) -> Self:
        """Set `training` here and below; returns the module."""
        if not isinstance(mode, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError("training mode is expected to be boolean")
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> Self:
        """Set `training` to False here and below; returns the module."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Set whether the parameters require grad; returns the module."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop the gradients of all parameters, or fill them with zeros."""
        clear_gradients(self.parameters(), set_to_none)

    def apply(self, fn: Callable[[Module], Any]) -> Self:
        """Call `fn` on every module, children first; returns the module."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

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
