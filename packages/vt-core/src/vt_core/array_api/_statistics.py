# SPDX-License-Identifier: Apache-2.0
"""Reductions and running sums: sums of small integers in int64 or uint64, deviations of the whole by default."""

from __future__ import annotations

from typing import Any

from vt_core import _C, ops
from vt_core._C import Tensor, dtype
from vt_core.array_api._dtypes import isdtype

__all__ = [
    "Axis",
    "all",
    "any",
    "count_nonzero",
    "cumulative_prod",
    "cumulative_sum",
    "diff",
    "max",
    "mean",
    "min",
    "prod",
    "std",
    "sum",
    "summed_dtype",
    "var",
]

Axis = int | tuple[int, ...] | None


def summed_dtype(of: dtype) -> dtype:
    """The dtype of sums of elements, where a call does not say: integers as wide as the default one."""
    if isdtype(of, "unsigned integer"):
        return _C.uint64
    return _C.int64 if of == _C.bool or isdtype(of, "signed integer") else of


def _dims(x: Tensor, axis: Axis) -> list[int]:
    """The dimensions, counted from the front, in order; all of them without an axis."""
    if axis is None:
        return list(range(x.ndim))
    dims = sorted(_dim(x, each) for each in ((axis,) if isinstance(axis, int) else axis))
    if len(set(dims)) < len(dims):
        raise ValueError(f"a dimension appears twice: got axis={axis}")
    return dims


def _dim(x: Tensor, axis: int) -> int:
    if not -x.ndim <= axis < x.ndim:
        raise IndexError(f"axis out of range: got {axis} with {x.ndim} dimensions")
    return axis % x.ndim


def sum(x: Tensor, /, *, axis: Axis = None, dtype: dtype | None = None, keepdims: bool = False) -> Tensor:
    """Sums along dimensions.

    Parameters
    ----------
    x : Tensor
    axis : int or tuple of int, optional
        All dimensions by default.
    dtype : dtype, optional
        Of the result, in which is summed; by default int64 for signed and uint64 for unsigned integers, else that of `x`.
    keepdims : bool, optional
        Keep the dimensions with size one.
    """
    if not (dims := _dims(x, axis)):
        return x.to(dtype=dtype or summed_dtype(x.dtype), copy=True)
    return ops.sum(x, dims, keepdims, dtype=dtype or summed_dtype(x.dtype))


def prod(x: Tensor, /, *, axis: Axis = None, dtype: dtype | None = None, keepdims: bool = False) -> Tensor:
    """Products along dimensions; parameters and dtypes as those of `sum`."""
    dtype = dtype or summed_dtype(x.dtype)
    dims = _dims(x, axis)
    if not dims:
        return x.to(dtype=dtype, copy=True)
    for dim in reversed(dims):
        x = ops.prod(x, dim, keepdims, dtype=dtype)
    return x


def mean(x: Tensor, /, *, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """Means along dimensions, by default of all elements."""
    return ops.mean(x, _dims(x, axis), keepdims) if x.ndim else ops.clone(x)


def var(x: Tensor, /, *, axis: Axis = None, correction: float = 0.0, keepdims: bool = False) -> Tensor:
    """Variances along dimensions: squares are summed and divided by the number of elements less `correction`."""
    return ops.var(x, _dims(x, axis), correction=correction, keepdim=keepdims)


def std(x: Tensor, /, *, axis: Axis = None, correction: float = 0.0, keepdims: bool = False) -> Tensor:
    """Standard deviations along dimensions: the square roots of `var`."""
    return ops.std(x, _dims(x, axis), correction=correction, keepdim=keepdims)


def max(x: Tensor, /, *, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """The largest elements along dimensions, NaN where there is one.

    Raises
    ------
    IndexError
        If there are no elements.
    """
    return ops.amax(x, _dims(x, axis), keepdims) if x.ndim else ops.clone(x)


def min(x: Tensor, /, *, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """The least elements along dimensions, NaN where there is one.

    Raises
    ------
    IndexError
        If there are no elements.
    """
    return ops.amin(x, _dims(x, axis), keepdims) if x.ndim else ops.clone(x)


def all(x: Tensor, /, *, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """Whether all elements along dimensions are true, which means not zero; true without elements."""
    return _each_dim(ops.all, x, axis, keepdims)


def any(x: Tensor, /, *, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """Whether some element along dimensions is true, which means not zero; false without elements."""
    return _each_dim(ops.any, x, axis, keepdims)


def _each_dim(op: Any, x: Tensor, axis: Axis, keepdims: bool) -> Tensor:
    result = ops.ne(x, 0) if x.dtype != _C.bool else x
    if axis is None and not keepdims:
        return op(result)
    for dim in reversed(_dims(x, axis)):
        result = op(result, dim, keepdims)
    return result


def count_nonzero(x: Tensor, /, *, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """The numbers of elements along dimensions that are not zero, as int64."""
    return sum(ops.ne(x, 0), axis=axis, keepdims=keepdims)


def cumulative_sum(
    x: Tensor, /, *, axis: int | None = None, dtype: dtype | None = None, include_initial: bool = False
) -> Tensor:
    """Running sums along a dimension.

    Parameters
    ----------
    x : Tensor
    axis : int, optional
        May be left out for one dimension.
    dtype : dtype, optional
        As that of `sum`.
    include_initial : bool, optional
        Begin with the sum of no elements, so that there is one more.

    Raises
    ------
    ValueError
        If there are several dimensions and no axis.
    """
    return _running("cumulative_sum", ops.cumsum, x, axis, dtype, 0 if include_initial else None)


def cumulative_prod(
    x: Tensor, /, *, axis: int | None = None, dtype: dtype | None = None, include_initial: bool = False
) -> Tensor:
    """Running products along a dimension; as `cumulative_sum`."""
    return _running("cumulative_prod", ops.cumprod, x, axis, dtype, 1 if include_initial else None)


def _running(name: str, op: Any, x: Tensor, axis: int | None, dtype: dtype | None, initial: int | None) -> Tensor:
    if axis is None:
        if x.ndim > 1:
            raise ValueError(f"{name}: axis must be given: got {x.ndim} dimensions")
        axis = 0
    dtype = dtype or summed_dtype(x.dtype)
    x = x.reshape([1]) if x.ndim == 0 else x
    axis = _dim(x, axis)
    result = op(x, axis, dtype=dtype)
    if initial is None:
        return result
    first = ops.full([*x.shape[:axis], 1, *x.shape[axis + 1 :]], initial, dtype=dtype, device=x.device)
    return ops.cat((first, result), axis)


def diff(
    x: Tensor, /, *, axis: int = -1, n: int = 1, prepend: Tensor | None = None, append: Tensor | None = None
) -> Tensor:
    """The n-th differences of neighbours along a dimension.

    Parameters
    ----------
    x : Tensor
    axis : int, optional
    n : int, optional
        How often to take differences; 0 gives `x` as it is.
    prepend, append : Tensor, optional
        Put before and behind `x` along the dimension; of the same shape otherwise.

    Raises
    ------
    ValueError
        If `n` is negative.
    """
    if n < 0:
        raise ValueError(f"diff: n must not be negative: got {n}")
    if x.ndim == 0:
        raise ValueError("diff: at least one dimension is needed: got a 0-dim array")
    axis = _dim(x, axis)
    if n == 0:
        return x
    parts = [part for part in (prepend, x, append) if part is not None]
    x = ops.cat(parts, axis) if len(parts) > 1 else x
    for _ in range(n):
        size = x.shape[axis]
        after, before = ops.slice(x, axis, 1, size), ops.slice(x, axis, 0, size - 1 if size else 0)
        x = ops.ne(after, before) if x.dtype == _C.bool else ops.sub(after, before)
    return x
