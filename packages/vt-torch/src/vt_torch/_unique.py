# SPDX-License-Identifier: Apache-2.0
"""Distinct elements and slices, with as many results as are asked for."""

from __future__ import annotations

from typing import Any

from vt_core import Tensor, ops

__all__ = ["unique", "unique_consecutive"]


def _wanted(results: tuple[Any, ...], return_inverse: bool, return_counts: bool) -> Any:
    values, inverse, counts = results
    if not return_inverse and not return_counts:
        return values
    return (values, *([inverse] if return_inverse else []), *([counts] if return_counts else []))


def unique(
    input: Tensor,  # noqa: A002
    sorted: bool = True,  # noqa: A002
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Any:
    """Return the distinct elements of a tensor, or its distinct slices along one dimension.

    Parameters
    ----------
    input : Tensor
        Any dtype but float8 and complex. Each NaN is an element of its own.
    sorted : bool
        The results are in order in either case.
    return_inverse : bool
        Return also which of the values each element is.
    return_counts : bool
        Return also how often each value occurs.
    dim : int, optional
        The dimension of the slices; elements when absent.

    Returns
    -------
    Tensor or tuple of Tensor
        The values, then those of ``inverse`` and ``counts`` that are asked for.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
    if dim is None:
        results = ops._unique2(  # pyright: ignore[reportPrivateUsage]
            input, sorted, return_inverse, return_counts
        )
    else:
        results = ops.unique_dim(input, dim, sorted, return_inverse, return_counts)
    return _wanted(results, return_inverse, return_counts)


def unique_consecutive(
    input: Tensor,  # noqa: A002
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Any:
    """Return the elements of a tensor, or its slices along one dimension, that differ from the one before.

    Parameters
    ----------
    input : Tensor
        Any dtype but float8 and complex.
    return_inverse : bool
        Return also which of the values each element is.
    return_counts : bool
        Return also the lengths of the runs.
    dim : int, optional
        The dimension of the slices; elements in row-major order when absent.

    Returns
    -------
    Tensor or tuple of Tensor
        The values, then those of ``inverse`` and ``counts`` that are asked for.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
    results = ops.unique_consecutive(input, return_inverse, return_counts, dim)
    return _wanted(results, return_inverse, return_counts)
