# SPDX-License-Identifier: Apache-2.0
"""make_graphed_callables: parts of a model whose forward and backward are graphs, inside of ordinary code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import vt_core
from vt_autograd import Function, grad

from vt_torch import cuda
from vt_torch._tensor import Tensor
from vt_torch.nn.module import Module

__all__ = ["make_graphed_callables"]


def make_graphed_callables(
    callables: Any,
    sample_args: Any,
    num_warmup_iters: int = 3,
    allow_unused_input: bool = False,
    pool: int | None = None,
) -> Any:
    """As `vt_torch.cuda.make_graphed_callables`, which describes it."""
    single = not isinstance(callables, tuple)
    functions = cast("tuple[Any, ...]", (callables,) if single else callables)
    samples = cast("tuple[Any, ...]", (sample_args,) if single else sample_args)
    if len(functions) != len(samples):
        raise ValueError(
            f"make_graphed_callables: got {len(samples)} tuples of arguments for {len(functions)} callables"
        )
    for function, args in zip(functions, samples, strict=True):
        _check(function, args)
    shared = cuda.graph_pool_handle() if pool is None else pool
    parts = [_Part(function, args, allow_unused_input) for function, args in zip(functions, samples, strict=True)]
    stream = cuda.Stream(parts[0].device)
    caller = cuda.current_stream(parts[0].device)
    stream.wait_stream(caller)
    with cuda.stream(stream):
        for part in parts:
            part.warm_up(num_warmup_iters)
    caller.wait_stream(stream)
    for part in parts:
        part.capture_forward(shared, stream)
    for part in reversed(parts):
        part.capture_backward(shared, stream)
    graphed = tuple(part.graphed() for part in parts)
    return graphed[0] if single else graphed


def _check(function: Any, args: Any) -> None:
    given = cast("tuple[Any, ...]", args if isinstance(args, tuple) else ())
    if not given or not all(isinstance(a, vt_core.Tensor) for a in given):
        raise TypeError("make_graphed_callables: sample arguments must be a tuple of tensors for each callable")
    if any(a.device.type != "cuda" for a in given):
        raise ValueError("make_graphed_callables: sample arguments must be on a CUDA device")
    if isinstance(function, Module):
        if any(function.__dict__.get(name) for name in ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks")):
            raise RuntimeError("make_graphed_callables: modules must have no hooks yet; add them to what is returned")
        if any(buffer.requires_grad for buffer in function.buffers()):
            raise RuntimeError("make_graphed_callables: buffers of modules must not require gradients")


class _Part:
    """One callable: the places of its arguments, results and their gradients, and its two graphs."""

    def __init__(self, function: Any, args: tuple[Tensor, ...], allow_unused: bool) -> None:
        self.function = function
        self.args = args
        self.device = args[0].device
        self.inputs = (*args, *(function.parameters() if isinstance(function, Module) else ()))
        self.wanted = [i for i, one in enumerate(self.inputs) if one.requires_grad]
        self.allow_unused = allow_unused
        self.forward = cuda.CUDAGraph(self.device)
        self.backward = cuda.CUDAGraph(self.device)
        self.is_tuple = False
        self.results: tuple[Tensor, ...] = ()
        self.given_grads: list[Tensor | None] = []
        self.made_grads: list[Tensor | None] = [None] * len(self.inputs)
        self.is_differentiable: Sequence[bool] = ()

    def run(self) -> tuple[Tensor, ...]:
        results = self.function(*self.args)
        self.is_tuple = isinstance(results, tuple)
        results = tuple(results) if self.is_tuple else (results,)
        if not all(isinstance(one, vt_core.Tensor) for one in results):
            raise TypeError("make_graphed_callables: a callable must return a tensor or a tuple of tensors")
        return results

    def differentiate(self, results: Sequence[Tensor], grads: Sequence[Tensor]) -> Sequence[Tensor | None]:
        return grad(
            list(results),
            [self.inputs[i] for i in self.wanted],
            grad_outputs=list(grads),
            allow_unused=self.allow_unused,
        )

    def warm_up(self, num_runs: int) -> None:
        for _ in range(num_runs):
            differentiable = [one for one in self.run() if one.requires_grad]
            if differentiable and self.wanted:
                self.differentiate(differentiable, [vt_core.ops.ones_like(one) for one in differentiable])

    def capture_forward(self, pool: int, stream: Any) -> None:
        with cuda.graph(self.forward, pool, stream):
            self.results = self.run()

    def capture_backward(self, pool: int, stream: Any) -> None:
        self.given_grads = [vt_core.ops.empty_like(one.detach()) if one.requires_grad else None for one in self.results]
        differentiable = [one for one in self.results if one.requires_grad]
        if not (differentiable and self.wanted):
            self.results = tuple(one.detach() for one in self.results)
            return
        with cuda.graph(self.backward, pool, stream):
            grads = self.differentiate(differentiable, [one for one in self.given_grads if one is not None])
        for i, one in zip(self.wanted, grads, strict=True):
            self.made_grads[i] = None if one is None else one.detach()
        # The graph of the capture is over; what its backward has read stays in the pool.
        self.is_differentiable = [one.requires_grad for one in self.results]
        self.results = tuple(one.detach() for one in self.results)

    def replay_forward(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        for place, given in zip(self.args, inputs, strict=False):
            if given.shape != place.shape or given.dtype is not place.dtype:
                raise ValueError(
                    f"graphed callable: got an argument of {given.dtype} and sizes {tuple(given.shape)}, expected "
                    f"{place.dtype} and {tuple(place.shape)} as captured"
                )
            if given.data_ptr() != place.data_ptr():
                vt_core.ops.copy_(place.detach(), given.detach(), non_blocking=True)
        self.forward.replay()
        return tuple(one.detach() for one in self.results)

    def replay_backward(
        self, inputs: Sequence[Tensor | None], grads: Sequence[Tensor | None]
    ) -> tuple[Tensor | None, ...]:
        # A leaf that still holds the gradient of the last replay keeps what is in it, to add to.
        for leaf, made in zip(inputs, self.made_grads, strict=True):
            if (
                leaf is not None
                and leaf.grad is not None
                and made is not None
                and leaf.grad.data_ptr() == made.data_ptr()
            ):
                leaf.grad = leaf.grad.clone()
        for place, given in zip(self.given_grads, grads, strict=True):
            if place is None:
                continue
            if given is None:
                vt_core.ops.zero_(place)
            elif given.data_ptr() != place.data_ptr():
                vt_core.ops.copy_(place, given, non_blocking=True)
        self.backward.replay()
        return tuple(None if one is None else one.detach() for one in self.made_grads)

    def graphed(self) -> Any:
        part = self

        class Graphed(Function):
            @staticmethod
            def forward(ctx: Any, *inputs: Tensor) -> tuple[Tensor, ...]:
                results = part.replay_forward(inputs)
                ctx.leaves = [one if one.is_leaf and one.requires_grad else None for one in inputs]
                if part.is_differentiable:
                    ctx.mark_non_differentiable(
                        *(one for one, is_it in zip(results, part.is_differentiable, strict=True) if not is_it)
                    )
                else:
                    ctx.mark_non_differentiable(*results)
                return results

            @staticmethod
            def backward(ctx: Any, *grads: Tensor) -> Any:
                return part.replay_backward(ctx.leaves, grads)

        def call(*args: Tensor) -> Any:
            if len(args) != len(part.args):
                raise TypeError(f"graphed callable: got {len(args)} arguments, expected {len(part.args)} as captured")
            results = Graphed.apply(*args, *part.inputs[len(part.args) :])
            return tuple(results) if part.is_tuple else results[0]

        return _with_forward(self.function, call) if isinstance(self.function, Module) else call


def _with_forward(module: Module, call: Callable[..., Any]) -> Module:
    captured_in_training = module.training
    ordinary = module.forward

    def forward(*args: Any, **kwargs: Any) -> Any:
        return call(*args, **kwargs) if module.training == captured_in_training else ordinary(*args, **kwargs)

    module.forward = forward
    return module
