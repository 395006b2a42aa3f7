# SPDX-License-Identifier: Apache-2.0
"""Hooks of a module on the gradients of its calls: a call goes between two gates, which are identities that show gradients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import vt_core
from vt_autograd import Function, is_grad_enabled
from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["CallGates"]

Gradients = tuple[Any, ...]


class _Gate(Function):
    """Hands tensors on, and their gradients to a function that may replace them."""

    @staticmethod
    def forward(ctx: Any, *args: Any) -> tuple[Tensor, ...]:
        ctx.show, *tensors = args
        ctx.set_materialize_grads(False)
        ctx.mark_non_differentiable(*(views := [t.view_as(t) for t in tensors if not t.requires_grad]))
        others = iter(views)
        return tuple(t.view_as(t) if t.requires_grad else next(others) for t in tensors)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Gradients:
        return (None, *ctx.show(grads))


class CallGates:
    """The two gates of one call of a module.

    Gradients pass the gate of the results first. Those that reach the inputs belong to the same backward.
    """

    def __init__(
        self, module: Any, pre_hooks: Sequence[Callable[..., Any]], hooks: Sequence[Callable[..., Any]]
    ) -> None:
        self._module = module
        self._pre_hooks = pre_hooks
        self._hooks = hooks
        self._num_inputs = 0
        self._input_places: list[int] = []
        self._zeros: list[Callable[[], Tensor]] = []
        self._output_places: list[int] = []
        self._num_outputs = 0
        self._grad_outputs: Gradients | None = None

    def enter(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the positional arguments behind the gate; others than tensors pass as they are."""
        self._num_inputs = len(args)
        if not self._hooks:
            return args
        passed, self._input_places = _pass(args, self._show_inputs)
        self._zeros = [
            partial(ops.zeros, args[i].shape, dtype=args[i].dtype, device=args[i].device) for i in self._input_places
        ]
        return passed

    def leave(self, result: Any) -> Any:
        """Return the result, a tensor or a tuple with tensors, behind the gate; anything else has none."""
        results: tuple[Any, ...] = (result,)
        if is_tuple := isinstance(result, tuple):
            results = result  # pyright: ignore[reportUnknownVariableType]
        self._num_outputs = len(results)
        passed, self._output_places = _pass(results, self._show_outputs)
        return passed if is_tuple else passed[0]

    def _show_outputs(self, grads: Gradients) -> Gradients:
        shown = _spread(grads, self._output_places, self._num_outputs)
        for hook in self._pre_hooks:
            shown = _replaced(shown, hook(self._module, shown), "Backward pre hook", "grad_output")
        if self._input_places:
            self._grad_outputs = shown
        else:
            for hook in self._hooks:
                given = hook(self._module, (None,) * self._num_inputs, shown)
                if given is not None and any(grad is not None for grad in given):
                    raise RuntimeError(
                        "Backward hook for Modules where no input requires gradient should always return None or None for all "
                        "gradients."
                    )
        return tuple(shown[place] for place in self._output_places)

    def _show_inputs(self, grads: Gradients) -> Gradients:
        if self._grad_outputs is None:  # none of the results had a gradient
            return grads
        there = tuple(make() if grad is None else grad for grad, make in zip(grads, self._zeros, strict=True))
        shown = _spread(there, self._input_places, self._num_inputs)
        for hook in self._hooks:
            shown = _replaced(shown, hook(self._module, shown, self._grad_outputs), "Backward hook", "grad_input")
        self._grad_outputs = None
        return tuple(shown[place] for place in self._input_places)


def _pass(values: tuple[Any, ...], show: Callable[[Gradients], Gradients]) -> tuple[tuple[Any, ...], list[int]]:
    """Return values with their tensors behind a gate, and the places of these; no places when nothing is recorded."""
    places = [i for i, value in enumerate(values) if isinstance(value, vt_core.Tensor)]
    if not is_grad_enabled() or not any(values[i].requires_grad for i in places):
        return values, []
    passed = list(values)
    for place, tensor in zip(places, _Gate.apply(show, *(values[i] for i in places)), strict=True):
        passed[place] = tensor
    return tuple(passed), places


def _spread(grads: Gradients, places: list[int], length: int) -> Gradients:
    """Return gradients at their places among `length`, None elsewhere."""
    spread: list[Any] = [None] * length
    for place, grad in zip(places, grads, strict=True):
        spread[place] = grad
    return tuple(spread)


def _replaced(shown: Gradients, given: Any, who: str, what: str) -> Gradients:
    """Return what a hook gave in place of what it was shown."""
    if given is None:
        return shown
    replacement: Gradients = tuple(given) if isinstance(given, (tuple, list)) else (given,)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if len(replacement) != len(shown):
        raise RuntimeError(
            f"{who} returned an invalid number of {what}, got {len(replacement)}, but expected {len(shown)}"
        )
    return replacement
