# SPDX-License-Identifier: Apache-2.0
"""A region of a graph whose saved tensors are left out and computed again when its backward asks for the first of them."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import get_ident
from typing import Any, cast

from vt_autograd import _C, enable_grad, no_grad
from vt_autograd.graph import saved_tensors_hooks
from vt_core import Tensor

__all__ = ["CheckpointError", "Region"]

_native: Any = _C

_TIP = "Tip: pass `debug=True` to checkpoint() to see which operations ran, each time."


class CheckpointError(RuntimeError):
    """The recomputation saved other tensors than the first run."""


class _Stop(Exception):
    """Ends a recomputation that has all that is needed."""


class _Place:
    """Stands in a node for the tensor it would have saved."""

    __slots__ = ("__weakref__", "taken", "tensors")

    def __init__(self) -> None:
        self.tensors: dict[int, Tensor] = {}  # by backward, until it is taken
        self.taken: set[int] = set()


class Region:
    """One call of a function whose saved tensors are left out.

    Parameters
    ----------
    function, args, kwargs
        The call. Its tensors are kept, as a node would keep them.
    around : callable
        Returns the context of a recomputation.
    compares : bool
        Whether shapes, dtypes and devices must be the same each time.
    early_stop : bool
        End the recomputation when all that is needed is there.
    debug : bool
        Tell in errors which operations were recorded.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        around: Callable[[], AbstractContextManager[None]],
        compares: bool,
        early_stop: bool,
        debug: bool,
    ) -> None:
        self.function = function
        keep = _keeper()
        self.args: tuple[Any, ...] = _mapped(args, keep)
        self.kwargs: dict[str, Any] = _mapped(kwargs, keep)
        self.around = around
        self.compares = compares
        self.early_stop = early_stop
        self.debug = debug
        self.completed = False
        self.places: list[weakref.ref[_Place]] = []
        self.seen: list[Any] = []  # what each saved tensor was like
        self.recorded: list[str] = []
        self.done: set[int] = set()  # backward calls that have recomputed

    def hooks(self) -> AbstractContextManager[Any]:
        """Return the hooks of the first run."""

        def pack(tensor: Tensor) -> _Place:
            place = _Place()
            self.places.append(weakref.ref(place))
            if self.compares:
                with no_grad():
                    self.seen.append(_likeness(tensor))
            return place

        hooks = saved_tensors_hooks(pack, self._take)
        return _Recorded(hooks, self.recorded) if self.debug else hooks

    def _take(self, place: _Place) -> Tensor:
        number = _native._current_backward() or -1
        if number == -1 or number not in self.done:
            self._recompute(number)
        if number in place.taken and number not in place.tensors:
            raise CheckpointError(
                "torch.utils.checkpoint: Unpack is being triggered for a tensor that was already unpacked once. If you are calling "
                "ctx.saved_tensors in backward, make sure to do so only once."
            )
        tensor = place.tensors.pop(number)
        if number != -1:
            place.taken.add(number)
        return tensor

    def _recompute(self, number: int) -> None:
        count = 0
        different: list[str] = []
        again: list[str] = []

        def pack(tensor: Tensor) -> Tensor:
            nonlocal count
            tensor = tensor.detach() if tensor.requires_grad else tensor
            index, count = count, count + 1
            if index >= len(self.places):
                if not self.completed:  # the first run ended in an error, or the backward runs within it
                    return tensor
                raise CheckpointError(
                    "torch.utils.checkpoint: trying to save more tensors during recomputation than during the original forward "
                    f"pass.{self._told(again)}"
                )
            place = self.places[index]()
            if place is not None:
                place.tensors[number] = tensor
                if self.compares and _likeness(tensor) != self.seen[index]:
                    different.append(
                        f"tensor at position {index}:\nsaved metadata: {self.seen[index]}\n"
                        f"recomputed metadata: {_likeness(tensor)}\n"
                    )
            if self.early_stop and count == len(self.places):
                raise _Stop
            return tensor

        hooks: AbstractContextManager[Any] = saved_tensors_hooks(pack, lambda tensor: tensor)
        if self.debug:
            hooks = _Recorded(hooks, again)
        args: tuple[Any, ...] = _mapped(self.args, _given_back)
        kwargs: dict[str, Any] = _mapped(self.kwargs, _given_back)
        try:
            with self.around(), enable_grad(), hooks:
                self.function(*args, **kwargs)
        except _Stop:
            pass
        if count != len(self.places) and self.completed:
            raise CheckpointError(
                "torch.utils.checkpoint: A different number of tensors was saved during the original forward and recomputation.\n"
                f"Number of tensors saved during forward: {len(self.places)}\n"
                f"Number of tensors saved during recomputation: {count}.{self._told(again)}"
            )
        if different:
            raise CheckpointError(
                "torch.utils.checkpoint: Recomputed values for the following tensors have different metadata than during the "
                f"forward pass.\n{''.join(different)}{self._told(again)}"
            )
        if number != -1:
            self.done.add(number)

    def _told(self, again: list[str]) -> str:
        if not self.debug:
            return f"\n{_TIP}"
        return (
            "\nOperations recorded during the original forward:\n  "
            + "\n  ".join(self.recorded)
            + "\nOperations recorded during recomputation:\n  "
            + "\n  ".join(again)
        )


class _Recorded:
    """Hooks during which the names of the nodes that this thread records are noted."""

    def __init__(self, hooks: AbstractContextManager[Any], names: list[str]) -> None:
        self.hooks = hooks
        self.names = names
        self.handle = 0
        self.thread = 0

    def __enter__(self) -> None:
        self.thread = get_ident()
        self.handle = _native._add_observer(self._note, None, None)
        self.hooks.__enter__()

    def _note(self, node: Any) -> None:
        if get_ident() == self.thread:  # an observer sees those of every thread
            self.names.append(node.name())

    def __exit__(self, *exception: Any) -> None:
        self.hooks.__exit__(*exception)
        _native._remove_observer(self.handle)


def _likeness(tensor: Tensor) -> dict[str, Any]:
    return {"shape": tuple(tensor.shape), "dtype": tensor.dtype, "device": tensor.device}


class _Argument:
    """A tensor argument as it was when the region began."""

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor
        self.version = None if tensor.is_inference() else tensor._version

    def get(self) -> Tensor:
        if self.version is not None and self.tensor._version != self.version:
            raise RuntimeError(
                "one of the variables needed for gradient computation has been modified by an inplace operation: an argument of "
                f"checkpoint(), {self.tensor.dtype} {list(self.tensor.shape)}, is at version {self.tensor._version}; expected "
                f"version {self.version} instead. Hint: clone it before the write, or write out of place."
            )
        return self.tensor


class _PackedArgument:
    """The same through the saved-tensor hooks around the region, as those of a region that this one lies in."""

    def __init__(self, tensor: Tensor, hooks: tuple[Callable[[Tensor], Any], Callable[[Any], Tensor]]) -> None:
        pack, self.unpack = hooks
        with no_grad():
            self.packed = pack(tensor)
        self.requires_grad = tensor.requires_grad

    def get(self) -> Tensor:
        return self.unpack(self.packed).detach().requires_grad_(self.requires_grad)


def _keeper() -> Callable[[Any], Any]:
    hooks = _native._current_saved_tensors_hooks()

    def keep(value: Any) -> Any:
        if not isinstance(value, Tensor):
            return value
        return _Argument(value) if hooks is None else _PackedArgument(value, hooks)

    return keep


def _given_back(value: Any) -> Any:
    return value.get() if isinstance(value, (_Argument, _PackedArgument)) else value


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value with what lies in its lists, tuples and dictionaries changed."""
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in cast("dict[Any, Any]", value).items()}
    if type(value) in (list, tuple):
        return type(value)(_mapped(item, change) for item in cast("list[Any]", value))
    return change(value)
