# SPDX-License-Identifier: Apache-2.0
"""Sorting, and the distinct elements of an array."""

from __future__ import annotations

from typing import NamedTuple

from vt_core import _C, ops
from vt_core._C import Tensor

__all__ = ["argsort", "sort", "unique_all", "unique_counts", "unique_inverse", "unique_values"]


def sort(x: Tensor, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """The elements in order along a dimension, NaN as the greatest."""
    return ops.sort(x, stable=stable, dim=axis, descending=descending)[0]


def argsort(x: Tensor, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """The positions that sort a dimension; equal elements keep their order, in descending order too, where `stable`."""
    return ops.sort(x, stable=stable, dim=axis, descending=descending)[1]


class UniqueAll(NamedTuple):
    """What `unique_all` returns."""

    values: Tensor
    indices: Tensor
    inverse_indices: Tensor
    counts: Tensor


class UniqueCounts(NamedTuple):
    """What `unique_counts` returns."""

    values: Tensor
    counts: Tensor


class UniqueInverse(NamedTuple):
    """What `unique_inverse` returns."""

    values: Tensor
    inverse_indices: Tensor


def _order(flat: Tensor) -> Tensor:
    """Positions that sort stably; complex numbers by their real, then their imaginary parts."""
    if not flat.dtype.is_complex:
        return argsort(flat)
    by_imag = argsort(ops.imag(flat))
    return ops.index_select(by_imag, 0, argsort(ops.index_select(ops.real(flat), 0, by_imag)))


def unique_all(x: Tensor, /) -> UniqueAll:
    """The distinct elements of the flattened array, in ascending order.

    Elements are equal as by ``==``: each NaN is one of its own, -0.0 and 0.0 are one.

    Returns
    -------
    values : Tensor
    indices : Tensor
        Where each first stands in the flattened array; int64, as the following.
    inverse_indices : Tensor
        For every element of `x` the position of its value, in the shape of `x`.
    counts : Tensor
        How often each occurs.
    """
    flat = x.reshape([-1])
    order = _order(flat)
    ordered = ops.index_select(flat, 0, order)
    num = flat.shape[0]
    is_new = ops.ones([num], dtype=_C.bool, device=x.device)
    if num > 1:
        ops.slice(is_new, 0, 1, num).copy_(ops.ne(ops.slice(ordered, 0, 1, num), ops.slice(ordered, 0, 0, num - 1)))
    starts = ops.nonzero(is_new).reshape([-1])
    # Along the sorted elements the number of new values so far is the position of each one's value.
    positions = ops.sub(ops.cumsum(is_new.to(dtype=_C.int64), 0), 1)
    inverse = ops.zeros([num], dtype=_C.int64, device=x.device)
    inverse.scatter_(0, order, positions)
    ends = ops.cat((ops.slice(starts, 0, 1, starts.shape[0]), ops.full([min(num, 1)], num, device=x.device)))
    return UniqueAll(
        ops.index_select(ordered, 0, starts),
        ops.index_select(order, 0, starts),  # the first of each run, since the order is stable
        inverse.reshape(x.shape),
        ops.sub(ends, starts),
    )


def unique_counts(x: Tensor, /) -> UniqueCounts:
    """The distinct elements and how often each occurs: see `unique_all`."""
    found = unique_all(x)
    return UniqueCounts(found.values, found.counts)


def unique_inverse(x: Tensor, /) -> UniqueInverse:
    """The distinct elements and for every element the position of its value: see `unique_all`."""
    found = unique_all(x)
    return UniqueInverse(found.values, found.inverse_indices)


def unique_values(x: Tensor, /) -> Tensor:
    """The distinct elements: see `unique_all`."""
    return unique_all(x).values
