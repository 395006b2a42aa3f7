# SPDX-License-Identifier: Apache-2.0
"""Sums of products in the forms that no schema states: operands with their lists of subscripts, pairs of lists of dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from vt_core import _C, ops
from vt_core._C import Tensor

__all__ = ["einsum", "tensordot"]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def einsum(*args: Any, path: Sequence[int] | None = None) -> Tensor:
    """Sums of products of elements, by an equation of subscripts.

    Called as ``einsum("ij,jk->ik", a, b)``, which is the operator `vt_core.ops.einsum`, or with a list of numbers from 0 to 51,
    and ``...``, after every operand: ``einsum(a, [0, 1], b, [1, 2], [0, 2])``, where the last list is that of the result and may be
    left out. Without it the result has the numbers that stand once, in ascending order.

    Raises
    ------
    ValueError
        If there is no operand, or a number in a list is outside 0 to 51.
    RuntimeError
        If the equation is malformed or does not fit the operands.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.einsum(vt.tensor([[1, 2], [3, 4]]), [0, 0])
    tensor(5)
    """
    if len(args) < 2:
        raise ValueError(
            "einsum: must specify the equation string and at least one operand, or at least one operand and its subscripts list"
        )
    if isinstance(args[0], str):
        operands = args[1:]
        if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
            operands = tuple(cast("Iterable[Any]", operands[0]))
        return ops.einsum(args[0], operands, path=path)
    operands, equation = _equation(args)
    return ops.einsum(equation, operands, path=path)


def _equation(args: tuple[Any, ...]) -> tuple[tuple[Tensor, ...], str]:
    """The operands of a call with lists of subscripts, and the equation of the lists."""
    pairs = len(args) // 2
    operands = args[0 : 2 * pairs : 2]
    for place, operand in enumerate(operands):
        if not isinstance(operand, _C.Tensor):
            raise TypeError(f"einsum: operand {place} must be a Tensor: got {type(operand).__name__}")
    equation = ",".join(_subscripts(entry) for entry in args[1 : 2 * pairs : 2])
    return operands, f"{equation}->{_subscripts(args[-1])}" if len(args) % 2 else equation


def _subscripts(entries: Iterable[Any]) -> str:
    return "".join(_subscript(entry) for entry in entries)


def _subscript(entry: Any) -> str:
    if entry is Ellipsis:
        return "..."
    if not 0 <= int(entry) < len(_LETTERS):
        raise ValueError(f"einsum: subscript in subscript list is not within the valid range [0, 52): got {entry}")
    return _LETTERS[int(entry)]


def tensordot(a: Tensor, b: Tensor, dims: Any = 2, *, out: Tensor | None = None) -> Tensor:
    """Sums of products of two tensors over pairs of dimensions.

    Parameters
    ----------
    a, b : Tensor
        Of one dtype.
    dims : int, pair of sequences of int, or Tensor
        A number n contracts the last n dimensions of `a` with the first n of `b`; two sequences name dimensions of `a` and of
        `b` pair by pair. A tensor holds either.
    out : Tensor, optional
        Where to write the result.

    Returns
    -------
    Tensor
        The other dimensions of `a`, then those of `b`.

    Raises
    ------
    RuntimeError
        If `dims` is negative or longer than the dimensions, or the sizes of a pair differ and none of them is one.
    """
    pair: Any = dims
    if isinstance(dims, _C.Tensor):
        pair = dims.item() if dims.numel() == 1 else dims.tolist()
    if isinstance(pair, (list, tuple)):
        numbers = cast("Sequence[Any]", pair)
        if len(numbers) != 2:
            raise RuntimeError(f"tensordot: expects dims to be an int or a pair of lists: got {len(numbers)} entries")
        return ops.tensordot(a, b, _dims(numbers[0]), _dims(numbers[1]), out=out)
    count = int(pair)
    if not 0 <= count <= min(a.ndim, b.ndim):
        raise RuntimeError(f"tensordot: expects 0 <= dims <= ndim of both operands: got {count}")
    return ops.tensordot(a, b, list(range(a.ndim - count, a.ndim)), list(range(count)), out=out)


def _dims(entry: Any) -> list[int]:
    return [entry] if isinstance(entry, int) else list(entry)
