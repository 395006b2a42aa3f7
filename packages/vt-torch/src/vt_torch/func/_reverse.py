# SPDX-License-Identifier: Apache-2.0
"""Gradients of functions that return one number."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import vt_core as vt

from vt_torch.func._transform import Transform, check_tensors, gradients, select, split_aux, with_arguments
from vt_torch.func._tree import rebuild

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["grad", "grad_and_value"]


def grad_and_value(
    func: Callable[..., Any], argnums: int | tuple[int, ...] = 0, has_aux: bool = False
) -> Callable[..., Any]:
    """Return a function that computes the gradient of `func` and its value.

    Parameters
    ----------
    func : callable
        Returns a tensor without dimensions, or with `has_aux` a tuple of one and anything else.
    argnums : int or tuple of int
        Which positional arguments to differentiate by. Each is a tensor, or a tree of tensors.
    has_aux : bool
        Whether `func` returns something beside its value, which is handed back.

    Returns
    -------
    callable
        Returns ``(gradient, value)``, or ``(gradient, (value, aux))``. The gradient has the structure of the argument, or is a
        tuple of such.

    Raises
    ------
    RuntimeError
        When called, if `func` returns anything else, or an argument to differentiate by holds something that is no tensor.
    """

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with Transform() as transform:
            given = select(args, argnums, "grad_and_value")
            points = [
                transform.input(x) for x in check_tensors(given, "grad_and_value: the argument to differentiate by")
            ]
            own = with_arguments(args, argnums, rebuild(given, iter(points)))
            value, aux = split_aux(func(*own, **kwargs), has_aux, "grad_and_value")
            if not isinstance(value, vt.Tensor):
                raise RuntimeError(f"grad_and_value: Expected f(*args) to return a tensor, got {type(value)}")
            if value.ndim != 0:
                raise RuntimeError(
                    f"grad_and_value: Expected f(*args) to return a scalar tensor, got tensor with {value.ndim} dims. Maybe you "
                    "wanted to use the vjp or jacrev APIs instead?"
                )
            found = rebuild(given, iter(gradients([value], points, [None])))
            return transform.result((found, (value, aux) if has_aux else value))

    return wrapper


def grad(func: Callable[..., Any], argnums: int | tuple[int, ...] = 0, has_aux: bool = False) -> Callable[..., Any]:
    """Return a function that computes the gradient of `func`.

    Parameters
    ----------
    func, argnums, has_aux
        As in `grad_and_value`.

    Returns
    -------
    callable
        Returns the gradient, or ``(gradient, aux)``.

    Raises
    ------
    RuntimeError
        As `grad_and_value`.

    Examples
    --------
    >>> import vt_torch as torch
    >>> torch.func.grad(torch.func.grad(lambda x: x**3))(torch.tensor(2.0))
    tensor(12.)
    """

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        found, value = grad_and_value(func, argnums, has_aux)(*args, **kwargs)
        return (found, value[1]) if has_aux else found

    return wrapper
