# SPDX-License-Identifier: Apache-2.0
"""Functions and generators that run in a grad mode of their own."""

from __future__ import annotations

import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Any, Protocol

    class GradMode(Protocol):
        """A no_grad, enable_grad or set_grad_enabled."""

        @property
        def mode(self) -> bool: ...


__all__ = ["decorate"]


def decorate(scope: GradMode, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function` run under the mode of `scope`; the steps of a generator each run under it."""
    import inspect  # here, as it brings ten modules with it that few programs need

    from vt_autograd._C import enable_grad, no_grad

    enter = enable_grad if scope.mode else no_grad
    if inspect.isgeneratorfunction(function):
        return functools.wraps(function)(_stepwise(enter, function))

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with enter():
            return function(*args, **kwargs)

    return wrapper


def _stepwise(enter: Callable[[], Any], function: Callable[..., Generator[Any, Any, Any]]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with enter():
            generator = function(*args, **kwargs)
        advance: Callable[[], Any] = functools.partial(next, generator)
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
                    advance = functools.partial(generator.throw, error)
                else:
                    advance = functools.partial(generator.send, sent)
        finally:
            with enter():
                generator.close()

    return wrapper
