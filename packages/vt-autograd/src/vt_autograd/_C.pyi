# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: N999
# The extension module.
from collections.abc import Callable, Sequence
from typing import Any, Literal, ParamSpec, TypeAlias, TypeVar, final, overload

from vt_core import Tensor

from vt_autograd.graph import GradientEdge

__version__: str

_Gradients: TypeAlias = tuple[Tensor | None, ...]
_Points: TypeAlias = Tensor | GradientEdge | Sequence[Tensor | GradientEdge]
_P = ParamSpec("_P")
_R = TypeVar("_R")

@final
class Node:
    """A node of the recorded graph. Nodes are equal when they are the same recorded call."""

    def name(self) -> str:
        """Name of the operation's derivative, as AddBackward0."""
    def register_hook(self, hook: Callable[[_Gradients, _Gradients], _Gradients | None], /) -> NodeHookHandle:
        """Calls hook(grad_inputs, grad_outputs) after each run of the node; a returned tuple replaces grad_inputs."""
    def register_prehook(self, hook: Callable[[_Gradients], _Gradients | None], /) -> NodeHookHandle:
        """Calls hook(grad_outputs) before each run of the node; a returned tuple replaces them."""
    @property
    def metadata(self) -> dict[Any, Any]:
        """A dictionary for users, anomaly mode among them."""
    def __getattr__(self, name: str) -> Any:
        """`_saved_NAME`: what the node keeps of its call."""
    @property
    def next_functions(self) -> tuple[tuple[Node | FunctionContext | None, int], ...]:
        """Where gradients flow on to: pairs of a node, or None, and the number of its result."""

@final
class NodeHookHandle:
    """Removes a hook of a node: by remove(), or at the end of a with block."""

    @property
    def id(self) -> int:
        """Number of the hook."""
    def remove(self) -> None:
        """Takes the hook off its node. Does nothing the second time."""
    def __enter__(self) -> NodeHookHandle: ...
    def __exit__(self, *exception: object) -> None: ...

@final
class FunctionContext:
    """What a Function's forward leaves for its backward. Any attribute may be set on it."""

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keeps tensors (or None) for the backward, once, from within the forward."""
    def save_for_forward(self, *tensors: Tensor | None) -> None:
        """Keeps tensors (or None) for the Function's jvp."""
    def mark_dirty(self, *tensors: Tensor) -> None:
        """Names the inputs that the forward wrote in place."""
    def mark_non_differentiable(self, *tensors: Tensor) -> None:
        """Names the results that never require grad."""
    def set_materialize_grads(self, value: bool, /) -> None:
        """Whether a gradient that is zero reaches the backward as zeros or as None."""
    def name(self) -> str:
        """Name of the Function with 'Backward' added."""
    def register_hook(self, hook: Callable[[_Gradients, _Gradients], _Gradients | None], /) -> NodeHookHandle:
        """Calls hook(grad_inputs, grad_outputs) after each run of the backward; a returned tuple replaces grad_inputs."""
    def register_prehook(self, hook: Callable[[_Gradients], _Gradients | None], /) -> NodeHookHandle:
        """Calls hook(grad_outputs) before each run of the backward; a returned tuple replaces them."""
    @property
    def metadata(self) -> dict[Any, Any]:
        """A dictionary for users, anomaly mode among them."""
    @property
    def saved_for_forward(self) -> tuple[Any, ...] | None:
        """The tensors given to save_for_forward."""
    @property
    def saved_tensors(self) -> tuple[Any, ...]:
        """The tensors given to save_for_backward."""
    @property
    def needs_input_grad(self) -> tuple[bool, ...]:
        """For each input of the forward, whether it requires grad."""
    @property
    def materialize_grads(self) -> bool: ...
    @property
    def next_functions(self) -> tuple[tuple[Node | FunctionContext | None, int], ...]:
        """Where gradients flow on to: pairs of a node, or None, and the number of its result."""
    def __getattr__(self, name: str) -> Any: ...
    def __setattr__(self, name: str, value: Any) -> None: ...

class Function:
    """An operation with its own derivative, written in Python.

    Subclass it with static methods `forward(ctx, *args)` and `backward(ctx, *grads)` and call `apply`.
    """

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """Runs the forward and records it when an argument requires grad."""
    @staticmethod
    def forward(ctx: Any, *args: Any) -> Any:
        """Computes the results. To be defined by the subclass."""
    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        """Returns a gradient, or None, for each argument of the forward. To be defined by the subclass."""
    @staticmethod
    def jvp(ctx: Any, *tangents: Any) -> Any:
        """Returns a tangent, or None, for each result, of the arguments' tangents. To be defined for forward mode."""
    @staticmethod
    def vjp(ctx: Any, *grads: Any) -> Any:
        """Another name for backward; define one of the two."""
    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        """Fills the context after the forward, which then takes no context: forward(*args)."""
    @staticmethod
    def vmap(info: Any, in_dims: Any, *args: Any) -> Any:
        """Refuses: Functions are not batched."""

class _Scope:
    @property
    def mode(self) -> bool:
        """Whether operations are recorded within."""
    def __enter__(self) -> _Scope: ...
    def __exit__(self, *exception: object) -> None: ...
    def __call__(self, function: Callable[_P, _R], /) -> Callable[_P, _R]: ...

@final
class no_grad(_Scope):  # noqa: N801
    """Operations are not recorded: a context manager and a decorator, for the calling thread."""

    @overload
    def __new__(cls) -> no_grad: ...
    @overload
    def __new__(cls, function: Callable[_P, _R], /) -> Callable[_P, _R]: ...

@final
class enable_grad(_Scope):  # noqa: N801
    """Operations are recorded, within a no_grad too: a context manager and a decorator."""

    @overload
    def __new__(cls) -> enable_grad: ...
    @overload
    def __new__(cls, function: Callable[_P, _R], /) -> Callable[_P, _R]: ...

@final
class set_grad_enabled(_Scope):  # noqa: N801
    """Sets the grad mode of the calling thread at once; as a context manager it restores the former one at the end."""

    def __new__(cls, mode: bool) -> set_grad_enabled: ...

def is_inference_mode_enabled() -> bool:
    """Whether the calling thread is in inference mode."""

def is_grad_enabled() -> bool:
    """Whether operations of the calling thread are recorded."""

def backward(
    tensors: _Points,
    grad_tensors: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    inputs: _Points | None = None,
) -> None:
    """Accumulates gradients into the `grad` of the leaves that `tensors` were computed from."""

@overload
def grad(
    outputs: _Points,
    inputs: _Points,
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: Literal[False] | None = None,
    materialize_grads: bool = False,
    is_grads_batched: bool = False,
    only_inputs: bool = True,
) -> tuple[Tensor, ...]: ...
@overload
def grad(
    outputs: _Points,
    inputs: _Points,
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: bool | None,
    materialize_grads: bool = False,
    is_grads_batched: bool = False,
    only_inputs: bool = True,
) -> tuple[Tensor | None, ...]:
    """Returns the gradients of the sum of `outputs` by each of `inputs`, as a tuple."""

def _enter_dual_level() -> None: ...
def _exit_dual_level() -> None: ...
def _has_dual_level() -> bool: ...
def _make_dual(tensor: Tensor, tangent: Tensor) -> Tensor: ...
def _unpack_dual(tensor: Tensor, /) -> tuple[Tensor, Tensor | None]: ...
def _set_decorate(function: Callable[..., Any], /) -> None: ...
def _set_inference_mode(mode: bool, /) -> bool: ...
def _gradient_edge(tensor: Tensor, /) -> tuple[Node | FunctionContext, int, Node] | None: ...
def _increment_version(tensor: Tensor, /) -> None: ...
def _push_saved_tensors_hooks(pack: Callable[[Tensor], Any], unpack: Callable[[Any], Tensor], /) -> None: ...
def _pop_saved_tensors_hooks() -> None: ...
def _current_saved_tensors_hooks() -> tuple[Callable[[Tensor], Any], Callable[[Any], Tensor]] | None: ...
def _disable_saved_tensors_hooks(message: str | None, /) -> None: ...
def _saved_tensors_hooks_disabled() -> str | None: ...
def _set_write_hook(hook: Callable[[Tensor], object] | None, /) -> None: ...
def _storage_address(tensor: Tensor, /) -> int: ...
def _add_observer(
    recorded: Callable[[Node], object] | None,
    ran: Callable[[Node, tuple[Tensor | None, ...], int], object] | None,
    failed: Callable[[Node], object] | None,
    /,
) -> int: ...
def _remove_observer(handle: int, /) -> None: ...
def _count_nodes() -> int: ...
def _current_backward() -> int: ...
def _current_autograd_node() -> Node | None: ...
def _will_engine_execute_node(node: Node | FunctionContext, /) -> bool: ...
def _is_checkpoint_valid() -> bool: ...
