# SPDX-License-Identifier: Apache-2.0
"""The recorded graph: its nodes and edges, hooks over several tensors, and what replaces the tensors that nodes save."""

from __future__ import annotations

import abc
import contextlib
import functools
import threading
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import vt_core as vt

from vt_autograd import _C
from vt_autograd._mutation import SavedCopies

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence
    from typing import Literal

__all__ = [
    "GradientEdge",
    "Node",
    "allow_mutation_on_saved_tensors",
    "disable_saved_tensors_hooks",
    "get_gradient_edge",
    "increment_version",
    "register_multi_grad_hook",
    "save_on_cpu",
    "saved_tensors_hooks",
]

_native: Any = _C


class Node(abc.ABC):
    """Any node of a graph, for ``isinstance``: `vt_autograd.Node`, or the context of a `Function`.

    Both have ``name()``, ``next_functions``, ``metadata``, ``register_hook(fn)`` and ``register_prehook(fn)``. A `vt_autograd.Node`
    shows what it saved as attributes ``_saved_NAME``.
    """

    @abc.abstractmethod
    def name(self) -> str:
        """Return the name of the derivative."""

    @property
    @abc.abstractmethod
    def next_functions(self) -> tuple[tuple[Any, int], ...]:
        """Where gradients flow on to: pairs of a node, or None, and the number of its result."""

    @property
    @abc.abstractmethod
    def metadata(self) -> dict[Any, Any]:
        """A dictionary for users."""

    @abc.abstractmethod
    def register_hook(self, fn: Callable[..., Any], /) -> Any:
        """Call ``fn(grad_inputs, grad_outputs)`` after each run of the node."""

    @abc.abstractmethod
    def register_prehook(self, fn: Callable[..., Any], /) -> Any:
        """Call ``fn(grad_outputs)`` before each run of the node."""


Node.register(_C.Node)
Node.register(_C.FunctionContext)


class GradientEdge(NamedTuple):
    """Where a gradient flows to; stands for a tensor in `backward` and `grad`.

    Attributes
    ----------
    node : Node
    output_nr : int
        Which result of the node.
    ownership_token : Node, optional
        Keeps the graph alive where `node` does not, as the context of a `Function`.
    """

    node: Any
    output_nr: int
    ownership_token: Any = None

    def _backward_to(
        self,
        tensor: vt.Tensor,
        gradient: vt.Tensor | None,
        retain_graph: bool | None,
        create_graph: bool,
        inputs: Any,
    ) -> None:
        """Run `Tensor.backward`, which knows no edges, with this one among its inputs."""
        _C.backward(tensor, gradient, retain_graph, create_graph, inputs=inputs)


def get_gradient_edge(tensor: vt.Tensor) -> GradientEdge:
    """Return the edge at which the gradient of a tensor is computed; a leaf's leads to its accumulator.

    Raises
    ------
    RuntimeError
        If the tensor does not require grad.
    """
    if not tensor.requires_grad:
        raise RuntimeError("It is not possible to get the gradient edge for a Tensor that does not require gradients")
    return GradientEdge(*_native._gradient_edge(tensor))


def increment_version(tensor: vt.Tensor | Iterable[vt.Tensor]) -> None:
    """Note a write to tensors that no operator made, as by a kernel that was given their address.

    Tensors of inference mode are passed over: they count no writes.
    """
    for t in (tensor,) if isinstance(tensor, vt.Tensor) else tensor:
        if not t.is_inference():
            _native._increment_version(t)


class saved_tensors_hooks:  # noqa: N801
    """Within the ``with`` block, what operations save for their backward is replaced by what `pack_hook` makes of it.

    Parameters
    ----------
    pack_hook : callable
        Takes each tensor when it is saved, returns any object. Runs without recording and must not write to its tensor.
    unpack_hook : callable
        Takes that object when the backward needs the tensor, returns a tensor of the same sizes, dtype and device.

    Raises
    ------
    RuntimeError
        On entering, within `disable_saved_tensors_hooks`.

    Notes
    -----
    Of nested blocks the innermost counts. Derivatives of every operator, those of plugins too, and `save_for_backward` go through
    the hooks. A backward checks no versions of what was packed: keeping it as it was is up to the hooks. Of the result of an
    operation the hook sees an alias without history, so packing the tensor as it is makes no reference cycle.

    Examples
    --------
    >>> import vt_core as vt
    >>> import vt_autograd as ag
    >>> x = vt.tensor([2.0]).requires_grad_()
    >>> with ag.graph.saved_tensors_hooks(lambda t: t.tolist(), vt.tensor):
    ...     y = x * x
    >>> y.sum().backward()
    >>> x.grad
    tensor([4.])
    """

    def __init__(self, pack_hook: Callable[[vt.Tensor], Any], unpack_hook: Callable[[Any], vt.Tensor]) -> None:
        self.pack_hook = pack_hook
        self.unpack_hook = unpack_hook

    def __enter__(self) -> None:
        _native._push_saved_tensors_hooks(self.pack_hook, self.unpack_hook)

    def __exit__(self, *exception: object) -> None:
        _native._pop_saved_tensors_hooks()


class save_on_cpu(saved_tensors_hooks):  # noqa: N801
    """Within the ``with`` block, tensors are saved in host memory and copied back to their device for the backward.

    Parameters
    ----------
    pin_memory : bool
        Copy through page-locked memory, without waiting for the device.
    device_type : str
        Whose tensors are pinned. Tensors of the CPU are kept as they are.
    """

    def __init__(self, pin_memory: bool = False, device_type: str = "cuda") -> None:
        def pack(tensor: vt.Tensor) -> tuple[vt.device, vt.Tensor]:
            copy: Any = cast("Any", tensor).to(device="cpu")
            if pin_memory and tensor.device.type == device_type:
                copy = copy.pin_memory()
            return tensor.device, copy

        def unpack(packed: tuple[vt.device, vt.Tensor]) -> vt.Tensor:
            device, tensor = packed
            return cast("Any", tensor).to(device=device, non_blocking=pin_memory)

        super().__init__(pack, unpack)


@contextlib.contextmanager
def disable_saved_tensors_hooks(error_message: str) -> Generator[None, None, None]:
    """Let entering a `saved_tensors_hooks` block raise a RuntimeError with this message, within the ``with`` block."""
    before = _native._saved_tensors_hooks_disabled()
    _native._disable_saved_tensors_hooks(error_message)
    try:
        yield
    finally:
        _native._disable_saved_tensors_hooks(before)


@contextlib.contextmanager
def allow_mutation_on_saved_tensors() -> Generator[SavedCopies, None, None]:
    """Within the ``with`` block, of the calling thread, a saved tensor that is written in place is copied before the write.

    So its backward uses what it saved, where it would else raise. Forward and backward must both run within the block; it cannot be
    nested.

    Raises
    ------
    RuntimeError
        If the thread is in such a block already.
    AssertionError
        In a backward outside of the block.
    """
    copies = SavedCopies()
    with saved_tensors_hooks(copies.pack, copies.unpack), copies:
        yield copies


class _MultiHandle:
    """Takes several hooks back at once."""

    def __init__(self, handles: Sequence[Any]) -> None:
        self.handles = tuple(handles)

    def remove(self) -> None:
        for handle in self.handles:
            handle.remove()

    def __enter__(self) -> _MultiHandle:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()


def register_multi_grad_hook(
    tensors: Sequence[vt.Tensor],
    fn: Callable[[Sequence[vt.Tensor | None]], None] | Callable[[vt.Tensor], None],
    *,
    mode: Literal["all", "any"] = "all",
) -> _MultiHandle:
    """Call a function once per backward when the gradients of several tensors are known.

    Parameters
    ----------
    tensors : sequence of Tensor
        With "all" each must require grad; with "any" those that do not are passed over.
    fn : callable
        With "all" it takes the list of gradients, None for tensors that this backward does not reach. With "any" it takes the first
        gradient that is known. It must not change its arguments; what it returns is ignored.
    mode : {"all", "any"}

    Returns
    -------
    handle
        Its ``remove()`` takes the hook back, as does the end of a ``with`` block.

    Raises
    ------
    ValueError
        If the mode is none of the two.
    RuntimeError
        If a tensor does not require grad, with "all".
    """
    if mode not in ("all", "any"):
        raise ValueError(f"Expects mode to be one of ('all', 'any') but got {mode}")
    if mode == "any":
        return _any_hook(tensors, cast("Callable[[vt.Tensor], None]", fn))
    return _all_hook(tensors, cast("Callable[[Sequence[vt.Tensor | None]], None]", fn))


def _all_hook(tensors: Sequence[vt.Tensor], fn: Callable[[Sequence[vt.Tensor | None]], None]) -> _MultiHandle:
    nodes = [get_gradient_edge(t)[0] for t in tensors]
    lock = threading.Lock()
    gathered: dict[int, list[vt.Tensor | None]] = {}  # by backward
    missing: dict[int, int] = {}

    def hook(index: int, grad: vt.Tensor) -> None:
        number = _native._current_backward()
        with lock:
            if number not in gathered:
                gathered[number] = [None] * len(nodes)
                missing[number] = sum(map(_native._will_engine_execute_node, nodes))
            gathered[number][index] = grad
            missing[number] -= 1
            if missing[number]:
                return
            grads = gathered.pop(number)
            del missing[number]
        fn(grads)

    return _MultiHandle([t.register_hook(functools.partial(hook, i)) for i, t in enumerate(tensors)])


def _any_hook(tensors: Sequence[vt.Tensor], fn: Callable[[vt.Tensor], None]) -> _MultiHandle:
    lock = threading.Lock()
    seen: set[int] = set()  # backward calls

    @functools.wraps(fn)
    def hook(grad: vt.Tensor) -> None:
        number = _native._current_backward()
        with lock:
            if number in seen:
                return
            seen.add(number)
        fn(grad)

    return _MultiHandle([t.register_hook(hook) for t in tensors if t.requires_grad])
