# SPDX-License-Identifier: Apache-2.0
"""Activation checkpointing: what a function's backward needs is computed again instead of being kept."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, cast

from vt_autograd import Function, backward, enable_grad, is_grad_enabled, no_grad
from vt_core import Tensor

from vt_torch.utils._recomputation import CheckpointError, Region
from vt_torch.utils._surroundings import Surroundings

__all__ = [
    "CheckpointError",
    "CheckpointFunction",
    "check_backward_validity",
    "checkpoint",
    "checkpoint_sequential",
    "detach_variable",
    "noop_context_fn",
    "set_checkpoint_early_stop",
]


def noop_context_fn() -> tuple[AbstractContextManager[Any], AbstractContextManager[Any]]:
    """Return two contexts that do nothing."""
    return contextlib.nullcontext(), contextlib.nullcontext()


class _EarlyStop:
    """What `set_checkpoint_early_stop` has set; None outside of it."""

    wanted: bool | None = None


@contextlib.contextmanager
def set_checkpoint_early_stop(enable: bool) -> Generator[None, None, None]:
    """Set, for checkpoints made within the ``with`` block, whether recomputation ends as soon as all that is needed is there."""
    before, _EarlyStop.wanted = _EarlyStop.wanted, enable
    try:
        yield
    finally:
        _EarlyStop.wanted = before


def checkpoint(
    function: Callable[..., Any],
    *args: Any,
    use_reentrant: bool | None = None,
    context_fn: Callable[[], tuple[AbstractContextManager[Any], AbstractContextManager[Any]]] = noop_context_fn,
    determinism_check: str = "default",
    debug: bool = False,
    early_stop: bool = True,
    preserve_rng_state: bool = True,
    **kwargs: Any,
) -> Any:
    """Call `function` without keeping what its backward needs; that is computed again when the backward comes to it.

    Parameters
    ----------
    function : callable
        Must do the same both times. With ``use_reentrant=False`` it may take keyword arguments and any nesting of arguments.
    args, kwargs
        Its arguments.
    use_reentrant : bool
        False runs the function with recording and lets saved-tensor hooks leave out what it saves. True runs it without, and its
        backward calls `backward` on a second run: it takes no keyword arguments, needs an argument that requires grad, and does
        not work with `vt_torch.autograd.grad` or ``backward(inputs=...)``. Must be given; True is taken, with a warning, when it
        is not.
    context_fn : callable
        Returns a context for the function and one for its recomputation. For ``use_reentrant=False``.
    determinism_check : {"default", "none"}
        Whether shapes, dtypes and devices of what is computed again are compared. For ``use_reentrant=False``.
    debug : bool
        Let the error of that comparison tell which operations ran, each time. For ``use_reentrant=False``.
    early_stop : bool
        End the recomputation when all that is needed is there. For ``use_reentrant=False``.
    preserve_rng_state : bool
        Compute again with the random numbers of the first time.

    Returns
    -------
    object
        What `function` returns.

    Raises
    ------
    ValueError
        For keyword arguments, or parameters of the other kind, with ``use_reentrant=True``.
    CheckpointError
        In the backward, if the recomputation saved other tensors than the first run, a RuntimeError.

    Notes
    -----
    Both kinds keep the autocast modes of the first run. Chen et al., Training Deep Nets with Sublinear Memory Cost, 2016.

    Examples
    --------
    >>> import vt_torch as torch
    >>> from vt_torch.utils.checkpoint import checkpoint
    >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> checkpoint(lambda x: (x * x).exp(), x, use_reentrant=False).sum().backward()
    >>> x.grad
    tensor([  5.4366, 218.3926])
    """
    if use_reentrant is None:
        warnings.warn(
            "checkpoint: the use_reentrant parameter should be passed explicitly. use_reentrant=False is recommended; True is "
            "taken, which it was by default.",
            stacklevel=2,
        )
        use_reentrant = True
    if use_reentrant:
        if kwargs:
            raise ValueError("Unexpected keyword arguments: " + ",".join(kwargs))
        if context_fn is not noop_context_fn or debug:
            raise ValueError("Passing `context_fn` or `debug` is only supported when use_reentrant=False.")
        return CheckpointFunction.apply(function, preserve_rng_state, *args)
    if determinism_check not in ("default", "none"):
        raise ValueError(f"determinism_check should be one of ('default', 'none') but got {determinism_check}")
    forward_context, recompute_context = context_fn()
    surroundings = Surroundings.of_now((args, kwargs), preserve_rng_state)
    wanted_stop = early_stop if _EarlyStop.wanted is None else _EarlyStop.wanted
    region = Region(
        function,
        args,
        kwargs,
        around=lambda: _both(surroundings.restored(), recompute_context),
        compares=determinism_check == "default",
        early_stop=wanted_stop,
        debug=debug,
    )
    if not is_grad_enabled():
        with forward_context:
            return function(*args, **kwargs)
    with region.hooks(), forward_context:
        result = function(*args, **kwargs)
    region.completed = True
    return result


@contextlib.contextmanager
def _both(first: AbstractContextManager[Any], second: AbstractContextManager[Any]) -> Generator[None, None, None]:
    with first, second:
        yield


def detach_variable(inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the inputs with tensors cut off their graph, as leaves that require grad where they did.

    Raises
    ------
    RuntimeError
        If `inputs` is no tuple.
    """
    if not isinstance(inputs, tuple):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RuntimeError(f"Only tuple of tensors is supported. Got Unsupported input type: {type(inputs).__name__}")
    return tuple(x.detach().requires_grad_(x.requires_grad) if isinstance(x, Tensor) else x for x in inputs)


def check_backward_validity(inputs: Iterable[Any]) -> None:
    """Warn when no input requires grad."""
    if not any(x.requires_grad for x in inputs if isinstance(x, Tensor)):
        warnings.warn("None of the inputs have requires_grad=True. Gradients will be None", stacklevel=2)


class CheckpointFunction(Function):
    """The reentrant kind: a backward within the backward."""

    @staticmethod
    def forward(ctx: Any, *args: Any) -> Any:
        """Run a function, the first argument, without recording; the second is preserve_rng_state."""
        run_function, preserve_rng_state, *rest = args
        args = tuple(rest)
        check_backward_validity(args)
        ctx.run_function = run_function
        ctx.surroundings = Surroundings.of_now(args, preserve_rng_state)
        ctx.inputs = [None if isinstance(x, Tensor) else x for x in args]
        ctx.places = [i for i, x in enumerate(args) if isinstance(x, Tensor)]
        ctx.save_for_backward(*(x for x in args if isinstance(x, Tensor)))
        with no_grad():
            return run_function(*args)

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:
        """Run it again with recording, and its backward."""
        if not _accumulates():
            raise RuntimeError(
                "When use_reentrant=True, torch.utils.checkpoint is incompatible with .grad() or passing an `inputs` parameter to "
                ".backward(). To resolve this error, you can either set use_reentrant=False, or call .backward() without passing "
                "the `inputs` argument."
            )
        inputs = list(ctx.inputs)
        for place, tensor in zip(ctx.places, ctx.saved_tensors, strict=True):
            inputs[place] = tensor
        detached = detach_variable(tuple(inputs))
        with ctx.surroundings.restored(), enable_grad():
            outputs: Any = ctx.run_function(*detached)
        results: tuple[Any, ...] = (outputs,) if isinstance(outputs, Tensor) else tuple(outputs)
        pairs = [(y, g) for y, g in zip(results, grads) if isinstance(y, Tensor) and y.requires_grad]
        if not pairs:
            raise RuntimeError("none of output has requires_grad=True, this checkpoint() is not necessary")
        backward([y for y, _ in pairs], [g for _, g in pairs])
        return None, None, *(x.grad if isinstance(x, Tensor) else None for x in detached)


def _accumulates() -> bool:
    """Whether the present backward goes to every leaf, not to named inputs."""
    from vt_autograd import _C

    return bool(cast(Any, _C)._is_checkpoint_valid())


def checkpoint_sequential(
    functions: Any,
    segments: int,
    input: Any,  # noqa: A002
    use_reentrant: bool | None = None,
    preserve_rng_state: bool = True,
) -> Any:
    """Call functions one after the other, all but the last of some segments as checkpoints.

    Parameters
    ----------
    functions : Sequential or sequence of callable
    segments : int
        How many parts of about equal length.
    input : Tensor
        What the first function takes.
    use_reentrant, preserve_rng_state : bool
        As in `checkpoint`.

    Returns
    -------
    object
        What the last function returns.
    """
    if use_reentrant is None:
        warnings.warn(
            "checkpoint_sequential: the use_reentrant parameter should be passed explicitly. use_reentrant=False is recommended; "
            "True is taken, which it was by default.",
            stacklevel=2,
        )
        use_reentrant = True
    steps: Sequence[Callable[[Any], Any]] = list(functions.children() if hasattr(functions, "children") else functions)
    size = len(steps) // segments

    def part(begin: int, end: int) -> Callable[[Any], Any]:
        def forward(x: Any) -> Any:
            for step in steps[begin:end]:
                x = step(x)
            return x

        return forward

    last = size * (segments - 1)
    for begin in range(0, last, size) if size else ():
        input = checkpoint(  # noqa: A001
            part(begin, begin + size), input, use_reentrant=use_reentrant, preserve_rng_state=preserve_rng_state
        )
    return part(last, len(steps))(input)
