# SPDX-License-Identifier: Apache-2.0
"""graph_step: a function of tensors as a graph per shape of its arguments, a whole training step for one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

import vt_core

from vt_cuda.devices import current_device
from vt_cuda.graphs import CUDAGraph, graph
from vt_cuda.streams import Stream, current_stream, stream

P = ParamSpec("P")
R = TypeVar("R")
Leaves = list[tuple[vt_core.Tensor, Any]]


class GraphStep(Generic[P, R]):
    """What `graph_step` makes of a function."""

    def __init__(self, function: Callable[P, R], warmup: int, pool: int | None) -> None:
        self._function = function
        self._warmup = warmup
        self._pool = pool
        self._steps: dict[Any, _Step] = {}
        self._latest: _Step | None = None
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        given: list[vt_core.Tensor] = []
        key = _key((args, kwargs), given)
        step = self._steps.get(key)
        if step is None:
            step = self._steps[key] = _Step(self._function, (args, kwargs), self._warmup, self._pool)
        step.refill(given)
        result = step.run(self._latest is step)
        self._latest = step
        return result

    def reset(self) -> None:
        """Drop all graphs; the next call of each kind warms up and captures anew."""
        self._steps.clear()
        self._latest = None


class _Step:
    """The calls with arguments of one kind."""

    def __init__(self, function: Callable[..., Any], arguments: Any, warmup: int, pool: int | None) -> None:
        self._function = function
        self._left_to_warm_up = warmup
        self._pool = pool
        self._device = current_device()
        self._inputs: list[vt_core.Tensor] = []
        self._args, self._kwargs = _mapped(arguments, self._place)
        self._stream = Stream(self._device)
        self._graph: CUDAGraph | None = None
        self._result: Any = None
        self._grads: Leaves = []  # of the leaves that got one in the capture

    def _place(self, given: vt_core.Tensor) -> vt_core.Tensor:
        """Make the place of a tensor among the arguments."""
        device = given.device if given.device.type == "cuda" else f"cuda:{self._device}"
        place = vt_core.ops.empty(list(given.shape), dtype=given.dtype, device=device)
        self._inputs.append(place)
        return place.requires_grad_(True) if given.requires_grad else place

    def refill(self, given: list[vt_core.Tensor]) -> None:
        """Copy arguments to where the graph reads them; from pinned memory and between devices the host does not wait."""
        for place, tensor in zip(self._inputs, given, strict=True):
            vt_core.ops.copy_(place, tensor.detach(), non_blocking=True)

    def run(self, is_latest: bool) -> Any:
        if self._graph is None:
            if self._left_to_warm_up > 0:
                self._left_to_warm_up -= 1
                return self._run_beside()
            self._capture()
        assert self._graph is not None
        self._graph.replay()
        if self._grads and not (is_latest and self._grads[0][0].grad is self._grads[0][1]):
            for leaf, grad in self._grads:
                leaf.grad = grad
        return self._result

    def _run_beside(self) -> Any:
        """Run the function once on the stream of the capture."""
        caller = current_stream(self._device)
        self._stream.wait_stream(caller)
        with stream(self._stream):
            result = self._function(*self._args, **self._kwargs)
        caller.wait_stream(self._stream)
        return result

    def _capture(self) -> None:
        made = CUDAGraph(self._device)
        before = _leaves()
        try:
            with graph(made, self._pool, self._stream):
                result = self._function(*self._args, **self._kwargs)
        except BaseException as error:
            # Gradients of the capture were never computed.
            for leaf, grad in before:
                if leaf.grad is not grad:
                    leaf.grad = grad
            name = getattr(self._function, "__qualname__", repr(self._function))
            error.add_note(f"graph_step: while capturing {name}; nothing has run, and gradients are as before the call")
            raise
        known = {id(leaf): grad for leaf, grad in before}
        self._grads = [(leaf, grad) for leaf, grad in _leaves() if grad is not None and grad is not known.get(id(leaf))]
        self._result = _mapped(result, lambda tensor: tensor.detach())
        self._graph = made


@overload
def graph_step(function: Callable[P, R], *, warmup: int = ..., pool: int | None = ...) -> GraphStep[P, R]: ...
@overload
def graph_step(
    function: None = None, *, warmup: int = ..., pool: int | None = ...
) -> Callable[[Callable[P, R]], GraphStep[P, R]]: ...
def graph_step(function: Any = None, *, warmup: int = 2, pool: int | None = None) -> Any:
    """Run a function as one graph: forward, backward, clipping, optimiser and schedule together.

    The first calls with arguments of a kind run as they are, on a stream of their own; the next one is captured, and from then
    on each call replays the graph. Every call is one run of the function, captured or not.

    Parameters
    ----------
    function : callable
        Takes tensors, plain values, and lists, tuples and dicts of them. Its Python code runs in warm-up and capture only.
    warmup : int
        Calls of a kind that run before the capture. State that is made at its first use must be there by then.
    pool : int, optional
        A `graph_pool_handle` for all graphs. Default: a pool per graph.

    Returns
    -------
    GraphStep
        Called like the function. A graph per kind of arguments: sizes, dtypes and devices of tensors, and plain values
        themselves. Tensor arguments are copied to where the graph reads them, those on the CPU to the current device, so that the
        function gets CUDA tensors. Results are detached, and overwritten by the next call of the kind.

    Raises
    ------
    TypeError
        In a call, if an argument is neither a tensor nor hashable.
    RuntimeError
        In a call that captures, naming the operator, if something cannot be captured: see `CUDAGraph`. Nothing is left of
        the capture then, and gradients are as before the call.

    Notes
    -----
    Gradients that the capture gave to leaves stay theirs, and each replay computes them anew. What the host keeps, such
    as the learning rate and step count of vt_torch's SGD, Adam and AdamW and their schedules, is brought up to date before each
    replay; a function's own counters and prints are not. Does not synchronise.

    Examples
    --------
    >>> import vt_core as vt, vt_cuda
    >>> if vt_cuda.is_available():
    ...     double = vt_cuda.graph_step(lambda x: x * 2)
    ...     results = [double(vt.ones([2])).tolist() for _ in range(4)]
    """
    if warmup < 0:
        raise ValueError(f"graph_step: got warmup {warmup}, expected at least 0")
    if function is not None and not callable(function):
        raise TypeError(f"graph_step: got {type(function).__name__}, expected a function")
    if function is None:

        def decorate(later: Callable[..., Any]) -> GraphStep[..., Any]:
            return GraphStep(later, warmup, pool)

        return decorate
    return GraphStep(function, warmup, pool)


def _key(value: Any, tensors: list[vt_core.Tensor]) -> Any:
    """What tells calls of different kinds apart; the tensors on the way are collected."""
    if isinstance(value, vt_core.Tensor):
        tensors.append(value)
        return ("tensor", tuple(value.shape), value.dtype, str(value.device), value.requires_grad)
    kind: Any = type(cast("object", value))
    if isinstance(value, (list, tuple)):
        return (kind, *(_key(item, tensors) for item in cast("Sequence[Any]", value)))
    if isinstance(value, dict):
        return (kind, *((name, _key(item, tensors)) for name, item in cast("dict[Any, Any]", value).items()))
    try:
        hash(value)
    except TypeError:
        raise TypeError(
            f"graph_step: got an argument of type {kind.__name__}, expected tensors, hashable values, and lists, tuples and "
            "dicts of them"
        ) from None
    return (kind, value)


def _mapped(value: Any, change: Callable[[vt_core.Tensor], vt_core.Tensor]) -> Any:
    """The same with each tensor changed, in the order of `_key`."""
    if isinstance(value, vt_core.Tensor):
        return change(value)
    kind: Any = type(cast("object", value))
    if isinstance(value, (list, tuple)):
        items = [_mapped(item, change) for item in cast("Sequence[Any]", value)]
        return kind(*items) if hasattr(kind, "_fields") else kind(items)
    if isinstance(value, dict):
        return {name: _mapped(item, change) for name, item in cast("dict[Any, Any]", value).items()}
    return value


def _leaves() -> Leaves:
    """All leaves of this process that require gradients, with these.

    A tensor that does is known to the garbage collector. The type is asked, not the object, since some pose as others.
    """
    tensors = cast(
        "list[vt_core.Tensor]", [item for item in gc.get_objects() if issubclass(type(item), vt_core.Tensor)]
    )
    return [(tensor, tensor.grad) for tensor in tensors if tensor.requires_grad and tensor.is_leaf]
