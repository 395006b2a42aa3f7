# SPDX-License-Identifier: Apache-2.0
"""Positions: of extremes, of what is not zero, in sorted arrays; selection by a condition."""

from __future__ import annotations

from typing import Literal

from vt_core import _C, ops
from vt_core._C import Tensor
from vt_core.array_api._dtypes import Number, promoted

__all__ = ["argmax", "argmin", "nonzero", "searchsorted", "where"]


def argmax(x: Tensor, /, *, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """The position of the largest element along a dimension, or in the flattened array; the first of several."""
    return ops.argmax(x, axis, keepdims)


def argmin(x: Tensor, /, *, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """The position of the least element along a dimension, or in the flattened array; the first of several."""
    return ops.argmin(x, axis, keepdims)


def nonzero(x: Tensor, /) -> tuple[Tensor, ...]:
    """The positions of the elements that are not zero, an array for each dimension, in row-major order.

    Raises
    ------
    ValueError
        For a 0-dim array.
    """
    if x.ndim == 0:
        raise ValueError("nonzero: at least one dimension is needed: got a 0-dim array")
    return tuple(ops.unbind(ops.nonzero(x), 1))


def searchsorted(
    x1: Tensor,
    x2: Tensor | Number,
    /,
    *,
    side: Literal["left", "right"] = "left",
    sorter: Tensor | None = None,
) -> Tensor:
    """Where elements would stand in a sorted array.

    Parameters
    ----------
    x1 : Tensor
        1-dimensional and sorted, or made so by `sorter`.
    x2 : Tensor or number
        The elements.
    side : "left" or "right"
        Before or behind those that are equal.
    sorter : Tensor, optional
        Positions that sort `x1`.

    Returns
    -------
    Tensor
        int64, of the shape of `x2`.

    Raises
    ------
    ValueError
        For another side, or if `x1` is not 1-dimensional.
    """
    if side not in ("left", "right"):
        raise ValueError(f"searchsorted: side must be 'left' or 'right': got {side!r}")
    if x1.ndim != 1:
        raise ValueError(f"searchsorted: x1 must have 1 dimension: got {x1.ndim}")
    if sorter is not None:
        x1 = ops.index_select(x1, 0, sorter)
    x1, x2 = promoted("searchsorted", x1, x2)
    return ops.searchsorted(x1, x2, right=side == "right")


def where(condition: Tensor, x1: Tensor | Number, x2: Tensor | Number, /) -> Tensor:
    """Elements of `x1` where the condition holds, of `x2` elsewhere, in their common dtype; all are broadcast.

    Raises
    ------
    TypeError
        If the condition is not of bool, or both others are numbers.
    """
    if condition.dtype != _C.bool:
        raise TypeError(f"where: the condition must be of bool: got {condition.dtype.name}")
    first, second = promoted("where", x1, x2)
    return ops.where(condition, first, second)
