# SPDX-License-Identifier: Apache-2.0
"""Jacobians row by row or column by column, and Hessians as the one of the other."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import vt_core as vt

from vt_torch.func._products import jvp, vjp
from vt_torch.func._transform import check_tensors, has_level, select, split_aux, with_arguments
from vt_torch.func._tree import flatten, rebuild

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["hessian", "jacfwd", "jacrev"]


def jacrev(
    func: Callable[..., Any],
    argnums: int | tuple[int, ...] = 0,
    *,
    has_aux: bool = False,
    chunk_size: int | None = None,
) -> Callable[..., Any]:
    """Return a function that computes the Jacobian of `func` in reverse mode, one backward per element of the output.

    Parameters
    ----------
    func : callable
        Returns a tensor or a tree of tensors; with `has_aux` a tuple of that and anything else.
    argnums : int or tuple of int
        Which positional arguments to differentiate by. Each is a tensor, or a tree of tensors.
    has_aux : bool
        Whether `func` returns something beside its value, which is handed back.
    chunk_size : int, optional
        Accepted, and gives the same.

    Returns
    -------
    callable
        Returns the Jacobian, or ``(jacobian, aux)``: in each place of the output a tree like the argument, or a tuple of such,
        of derivatives whose sizes are those of the output, then those of the argument.

    Raises
    ------
    RuntimeError
        When called, if the arguments or the output hold something that is no tensor.
    """
    del chunk_size

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        given = select(args, argnums, "jacrev")

        def of_chosen(chosen: Any) -> Any:
            return func(*with_arguments(args, argnums, chosen), **kwargs)

        output, product, *aux = vjp(of_chosen, given, has_aux=has_aux)
        outputs, points = flatten(output), flatten(given)
        blocks: list[Any] = []
        for k, out in enumerate(outputs):
            rows: list[list[vt.Tensor]] = [[] for _ in points]
            for unit in _units(out):
                weights = [unit if i == k else vt.ops.zeros_like(other) for i, other in enumerate(outputs)]
                for row, value in zip(rows, flatten(product(rebuild(output, iter(weights))))):
                    row.append(value)
            blocks.append(rebuild(given, iter([_block(row, out, x, 0) for row, x in zip(rows, points)])))
        jacobian = rebuild(output, iter(blocks))
        return (jacobian, aux[0]) if has_aux else jacobian

    return wrapper


def jacfwd(
    func: Callable[..., Any],
    argnums: int | tuple[int, ...] = 0,
    has_aux: bool = False,
    *,
    randomness: str = "error",
) -> Callable[..., Any]:
    """Return a function that computes the Jacobian of `func` in forward mode, one run per element of the arguments.

    Parameters
    ----------
    func, argnums, has_aux
        As in `jacrev`.
    randomness : str
        Accepted: each run draws its own numbers.

    Returns
    -------
    callable
        As that of `jacrev`. Within another forward mode, whose levels do not nest, the same is computed in reverse mode.

    Raises
    ------
    RuntimeError
        As `jacrev`.
    """
    del randomness

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if has_level():
            return jacrev(func, argnums, has_aux=has_aux)(*args, **kwargs)
        given = select(args, argnums, "jacfwd")
        points = check_tensors(given, "jacfwd: the argument to differentiate by")

        def of_chosen(chosen: Any) -> Any:
            return func(*with_arguments(args, argnums, chosen), **kwargs)

        output, aux = None, None
        columns: list[list[list[vt.Tensor]]] = []  # by input, unit and output
        for k, x in enumerate(points):
            columns.append([])
            for unit in _units(x):
                vectors = [unit if i == k else vt.ops.zeros_like(other) for i, other in enumerate(points)]
                output, product, *rest = jvp(of_chosen, (given,), (rebuild(given, iter(vectors)),), has_aux=has_aux)
                aux = rest[0] if has_aux else None
                columns[-1].append(flatten(product))
        if output is None:
            output, aux = split_aux(of_chosen(given), has_aux, "jacfwd")  # there is no element to differentiate by
        outputs = check_tensors(output, "jacfwd: the output of the function")
        blocks = [
            rebuild(given, iter([_block([u[i] for u in by_unit], out, x, -1) for by_unit, x in zip(columns, points)]))
            for i, out in enumerate(outputs)
        ]
        jacobian = rebuild(output, iter(blocks))
        return (jacobian, aux) if has_aux else jacobian

    return wrapper


def hessian(func: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    """Return a function that computes the Hessian of `func`: forward over reverse mode.

    Parameters
    ----------
    func, argnums
        As in `jacrev`.

    Returns
    -------
    callable
        Returns second derivatives, the Jacobian of the Jacobian.

    Raises
    ------
    RuntimeError
        As `jacrev`.

    Examples
    --------
    >>> import vt_torch as torch
    >>> torch.func.hessian(lambda x: (x**3).sum())(torch.tensor([1.0, 2.0]))
    tensor([[ 6.,  0.],
            [ 0., 12.]])
    """
    return jacfwd(jacrev(func, argnums), argnums)


def _units(x: vt.Tensor) -> list[vt.Tensor]:
    """Return, for each element, a tensor like `x` that is one there and zero elsewhere."""
    count = x.numel()
    units = vt.ops.eye(count, dtype=x.dtype, device=x.device).reshape((count, *x.shape))
    return [units[k] for k in range(count)]


def _block(parts: list[vt.Tensor], out: vt.Tensor, x: vt.Tensor, dim: int) -> vt.Tensor:
    shape = (*out.shape, *x.shape)
    return vt.ops.stack(parts, dim).reshape(shape) if parts else vt.ops.zeros(shape, dtype=x.dtype, device=x.device)
