# SPDX-License-Identifier: Apache-2.0
"""Functions, generators and coroutines that run in a mode of their own."""

from __future__ import annotations

import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator
    from typing import Any, Protocol

    class GradMode(Protocol):
        """A no_grad, enable_grad or set_grad_enabled."""

        @property
        def mode(self) -> bool: ...


__all__ = ["decorate", "decorate_with"]


def decorate(scope: GradMode, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` run under the mode of `scope`."""
    from vt_autograd._C import enable_grad, no_grad

    return decorate_with(enable_grad if scope.mode else no_grad, function)


def decorate_with(enter: Callable[[], Any], function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` run under what `enter` makes; each step of a generator or coroutine runs under one of its own.

    Between the steps the caller's mode holds, so that other tasks of an event loop do not see it.

    Raises
    ------
    TypeError
        For an asynchronous generator.
    """
    import inspect  # here, as it brings ten modules with it that few programs need
    import warnings

    if inspect.isclass(function):
        warnings.warn(
            "Decorating classes is deprecated: only the constructor runs in the mode, and the name stands for a function. "
            "Decorate functions or methods.",
            FutureWarning,
            stacklevel=3,
        )
        return _wrap(enter, function, wraps=False)
    if inspect.isasyncgenfunction(function):
        raise TypeError(
            f"{function.__qualname__} is an asynchronous generator, whose steps cannot be put in a mode; decorate what it calls"
        )
    if inspect.isgeneratorfunction(function):
        return functools.wraps(function)(_stepwise(enter, function))
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def coroutine(*args: Any, **kwargs: Any) -> Any:
            return await _Steps(enter, function(*args, **kwargs))

        return coroutine
    return _wrap(enter, function)


def _wrap(enter: Callable[[], Any], function: Callable[..., Any], wraps: bool = True) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with enter():
            return function(*args, **kwargs)

    return functools.wraps(function)(wrapper) if wraps else wrapper


class _Steps:
    """Awaits a coroutine, step by step under a mode."""

    def __init__(self, enter: Callable[[], Any], coroutine: Coroutine[Any, Any, Any]) -> None:
        self.enter = enter
        self.coroutine = coroutine

    def __await__(self) -> Generator[Any, Any, Any]:
        return _stepwise(self.enter, lambda: self.coroutine)()


def _stepwise(enter: Callable[[], Any], function: Callable[..., Any]) -> Callable[..., Generator[Any, Any, Any]]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with enter():
            steps = function(*args, **kwargs)
        advance: Callable[[], Any] = functools.partial(steps.send, None)
        try:
            while True:
                try:
                    with enter():
                        value = advance()
                except StopIteration as stop:
                    return stop.value
                try:
                    sent = yield value
                except GeneratorExit:
                    raise
                except BaseException as error:
                    advance = functools.partial(steps.throw, error)
                else:
                    advance = functools.partial(steps.send, sent)
        finally:
            with enter():
                steps.close()

    return wrapper
