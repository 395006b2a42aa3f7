# SPDX-License-Identifier: Apache-2.0
"""Around Function: backward functions that cannot be differentiated themselves."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, cast

import vt_core as vt

from vt_autograd._C import Function, FunctionContext, is_grad_enabled, no_grad

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Function", "FunctionCtx", "once_differentiable"]

FunctionCtx = FunctionContext


class _Refuse(Function):
    """Hands gradients on; its own backward raises."""

    @staticmethod
    def forward(ctx: Any, *tensors: vt.Tensor) -> tuple[vt.Tensor, ...]:  # noqa: ARG004
        return tuple(t.detach() for t in tensors)

    @staticmethod
    def backward(ctx: Any, *grads: vt.Tensor) -> Any:  # noqa: ARG004
        raise RuntimeError("trying to differentiate twice a function that was marked with @once_differentiable")


def once_differentiable(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate the backward of a `Function` that has no derivative of its own.

    It runs without recording, and a second derivative raises RuntimeError instead of being wrong.
    """

    @functools.wraps(fn)
    def wrapper(ctx: Any, *args: Any) -> Any:
        with no_grad():
            outputs = fn(ctx, *args)
        if not is_grad_enabled() or not any(isinstance(a, vt.Tensor) and a.requires_grad for a in args):
            return outputs
        several = isinstance(outputs, tuple)
        grads = cast("tuple[Any, ...]", outputs if several else (outputs,))
        # What was given as gradient must lead on to the refusal, so results that are no tensors are passed over.
        places = [i for i, g in enumerate(grads) if isinstance(g, vt.Tensor)]
        fresh = [grads[i].detach().requires_grad_() for i in places]
        refused = _Refuse.apply(*fresh)
        out = list(grads)
        for i, g in zip(places, refused, strict=True):
            out[i] = g
        return tuple(out) if several else out[0]

    return wrapper
