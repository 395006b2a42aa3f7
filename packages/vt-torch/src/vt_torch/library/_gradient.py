# SPDX-License-Identifier: Apache-2.0
"""Recording a call of a custom operator: its lists of tensors laid out flat, as Function takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from vt_autograd import Function
from vt_core import Tensor

__all__ = ["recorded"]


def recorded(
    op: Any,
    setup_context: Callable[..., Any] | None,
    backward: Callable[..., Any] | None,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """Run an operator as a Function; its backward raises where there is none."""
    lengths = [len(cast("list[Any]", a)) if _is_list(a) else None for a in args]
    flat = [item for a in args for item in (cast("list[Any]", a) if _is_list(a) else (a,))]
    call = _Call(op, setup_context, backward, args, kwargs, lengths)
    result = _Recorded.apply(call, *flat, *kwargs.values())
    return _structured(result, call)


class _Call:
    """One call: what the Function needs to know besides the tensors."""

    def __init__(
        self,
        op: Any,
        setup_context: Callable[..., Any] | None,
        backward: Callable[..., Any] | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        lengths: list[int | None],
    ) -> None:
        self.op = op
        self.setup_context = setup_context
        self.backward = backward
        self.args = args
        self.kwargs = kwargs
        self.lengths = lengths
        self.single = False
        self.result_lengths: list[int | None] = []


class _Recorded(Function):
    @staticmethod
    def forward(ctx: Any, *args: Any) -> Any:
        """Run the kernel, and the operator's setup_context on a view of the context."""
        call: _Call = args[0]
        output = call.op.run(call.args, call.kwargs)
        call.single = not isinstance(output, tuple)
        items: tuple[Any, ...] = (output,) if call.single else output
        call.result_lengths = [len(cast("list[Any]", i)) if isinstance(i, list) else None for i in items]
        ctx.call = call
        ctx.needs_flat = ctx.needs_input_grad[1:]
        if call.setup_context is not None:
            more = {"keyword_only_inputs": call.kwargs} if call.kwargs else {}
            call.setup_context(_View(ctx), inputs=call.args, output=output, **more)
        call.args, call.kwargs = (), dict.fromkeys(call.kwargs)  # what the backward needs is in the context now
        return tuple(x for i in items for x in (cast("list[Any]", i) if isinstance(i, list) else (i,)))

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        call: _Call = ctx.call
        if call.backward is None:
            raise RuntimeError(
                f"Trying to backward through {call.op.qualname} but no autograd formula was registered. Please use register_autograd "
                "to add one."
            )
        shaped = _grouped(list(grads), call.result_lengths)
        result = call.backward(_View(ctx), *shaped)
        given = cast("list[Any]", list(result) if isinstance(result, (tuple, list)) else [result])  # pyright: ignore[reportUnknownArgumentType]
        if len(given) != len(call.lengths):
            raise RuntimeError(
                f"{call.op.qualname}: the backward returned an incorrect number of gradients (expected {len(call.lengths)}, got "
                f"{len(given)})"
            )
        flat: list[Any] = [None]
        for gradient, length in zip(given, call.lengths, strict=True):
            if length is None:
                flat.append(gradient)
            else:
                flat += [None] * length if gradient is None else list(gradient)
        return (*flat, *(None for _ in call.kwargs))


class _View:
    """The context as the operator's functions see it: needs_input_grad is by parameter, not by tensor."""

    def __init__(self, ctx: Any) -> None:
        object.__setattr__(self, "_ctx", ctx)

    @property
    def needs_input_grad(self) -> tuple[Any, ...]:
        ctx = cast(Any, self)._ctx
        return tuple(
            _grouped(list(ctx.needs_flat[: sum(1 if n is None else n for n in ctx.call.lengths)]), ctx.call.lengths)
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_ctx"), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(object.__getattribute__(self, "_ctx"), name, value)


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and any(isinstance(item, Tensor) for item in cast("list[Any]", value))


def _grouped(flat: list[Any], lengths: list[int | None]) -> list[Any]:
    rest = iter(flat)
    return [next(rest) if length is None else [next(rest) for _ in range(length)] for length in lengths]


def _structured(result: tuple[Any, ...], call: _Call) -> Any:
    items = _grouped(list(result), call.result_lengths)
    return items[0] if call.single else tuple(items)
