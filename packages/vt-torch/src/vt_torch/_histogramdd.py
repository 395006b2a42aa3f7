# SPDX-License-Identifier: Apache-2.0
"""Histograms of points with several coordinates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import vt_core
from vt_core import Tensor, ops

__all__ = ["histogramdd"]


class Histogram(NamedTuple):
    """Counts, and the bins' edges in every dimension."""

    hist: Tensor
    bin_edges: tuple[Tensor, ...]


def histogramdd(
    input: Tensor,  # noqa: A002
    bins: int | Sequence[int] | Sequence[Tensor],
    *,
    range: Sequence[float] | None = None,  # noqa: A002
    weight: Tensor | None = None,
    density: bool = False,
) -> Histogram:
    """Count points by bins in every coordinate.

    Parameters
    ----------
    input : Tensor ``(..., N)``
        Points of `N` coordinates, floating-point. What lies outside of the bins is not counted.
    bins : int, sequence of `N` int, or sequence of `N` Tensor
        How many bins of equal width, or their edges, ascending. The last bin has its upper edge too.
    range : sequence of `2 N` float, optional
        The outermost edges in every coordinate, where `bins` are numbers; those of the points by default.
    weight : Tensor ``(...)``, optional
        What each point counts, of `input`'s dtype; 1 by default.
    density : bool
        Whether to divide by the whole weight and each bin's volume.

    Returns
    -------
    (hist, bin_edges)
        Of `input`'s dtype. Not differentiable.

    Raises
    ------
    RuntimeError
        If sizes do not fit.
    IndexError
        If `input` has no dimension.
    NotImplementedError
        If `input` is not floating-point.
    """
    if input.ndim == 0:
        raise IndexError("histogramdd: input has no dimension of coordinates: got a 0-dim tensor, expected (..., N)")
    if not input.dtype.is_floating_point:
        raise NotImplementedError(
            f"histogramdd: the dtype of input is wrong: got {input.dtype}, expected a floating-point one"
        )
    count = input.shape[-1]
    points = input.detach().reshape(math.prod(input.shape[:-1]), count)
    edges = _edges(points, [bins] * count if isinstance(bins, int) else list(bins), range)
    sizes = [edge.numel() - 1 for edge in edges]
    if weight is not None and weight.shape != input.shape[:-1]:
        raise RuntimeError(
            f"histogramdd: the shape of weight is wrong: got {tuple(weight.shape)}, expected {tuple(input.shape[:-1])}"
        )
    weights = ops.ones_like(points[:, 0]) if weight is None else weight.detach().reshape(-1).to(input.dtype)
    place = ops.zeros((points.shape[0],), dtype=vt_core.int64, device=input.device)
    for d, edge in enumerate(edges):
        column = points[:, d].contiguous()
        inside = (column >= edge[0]) & (column <= edge[-1])
        found = ops.searchsorted(edge, column, right=True) - 1
        place = place * sizes[d] + found.clamp(0, sizes[d] - 1)
        weights = ops.where(inside, weights, 0.0)
    hist = ops.zeros((math.prod(sizes),), dtype=input.dtype, device=input.device)
    hist = hist.index_add_(0, place, weights).reshape(sizes)
    if density:
        hist = hist / hist.sum()
        for d, edge in enumerate(edges):
            hist = hist / ops.diff(edge).reshape([1] * d + [-1] + [1] * (count - d - 1))
    return Histogram(hist, tuple(edges))


def _edges(points: Tensor, bins: list[int | Tensor], limits: Sequence[float] | None) -> list[Tensor]:
    count = points.shape[1]
    if len(bins) != count:
        raise RuntimeError(
            f"histogramdd: the number of bins is wrong: got {len(bins)}, expected {count}, one a coordinate"
        )
    if limits is not None and len(limits) != 2 * count:
        raise RuntimeError(f"histogramdd: the size of range is wrong: got {len(limits)}, expected {2 * count}")
    edges: list[Tensor] = []
    for d, bin_ in enumerate(bins):
        if isinstance(bin_, vt_core.Tensor):
            if bin_.ndim != 1 or bin_.numel() < 2:
                raise RuntimeError(
                    f"histogramdd: edges are wrong: got shape {tuple(bin_.shape)}, expected (n,), n >= 2"
                )
            edges.append(bin_.detach().to(points.dtype).contiguous())
            continue
        if bin_ < 1:
            raise RuntimeError(f"histogramdd: the number of bins is not positive: got {bin_}")
        low, high = _limits(points[:, d], None if limits is None else limits[2 * d : 2 * d + 2])
        edges.append(ops.linspace(low, high, bin_ + 1, dtype=points.dtype, device=points.device))
    return edges


def _limits(column: Tensor, given: Sequence[float] | None) -> tuple[float, float]:
    if given is not None:
        low, high = given
    elif column.numel() == 0:
        low, high = 0.0, 1.0
    else:
        low, high = float(column.min()), float(column.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise RuntimeError(f"histogramdd: the range is not finite: got {low} to {high}")
    if low > high:
        raise RuntimeError(f"histogramdd: the range is empty: got {low} to {high}")
    return (low - 0.5, high + 0.5) if low == high else (low, high)
