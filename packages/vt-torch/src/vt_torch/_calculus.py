# SPDX-License-Identifier: Apache-2.0
"""gradient: slopes of samples along dimensions, by differences of second order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vt_core import Tensor, ops

__all__ = ["gradient"]


def gradient(
    input: Tensor,  # noqa: A002
    *,
    spacing: Any = 1,
    dim: int | Sequence[int] | None = None,
    edge_order: int = 1,
) -> tuple[Tensor, ...]:
    """Estimate the slopes of samples along one or several dimensions.

    Parameters
    ----------
    input : Tensor
    spacing : number, sequence of numbers or sequence of Tensor
        The distance between samples, one for all dimensions or one for each; or the samples' places along each.
    dim : int or sequence of int, optional
        All dimensions by default.
    edge_order : {1, 2}
        Of the estimates at both ends.

    Returns
    -------
    tuple of Tensor
        One for each dimension, of the shape of `input`.

    Raises
    ------
    RuntimeError
        If a dimension has fewer samples than `edge_order` plus one, or numbers do not fit together.
    """
    if edge_order not in (1, 2):
        raise RuntimeError(f"torch.gradient only supports edge_order=1 and edge_order=2, but got {edge_order}")
    dims = list(range(input.dim())) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    dims = [d % input.dim() for d in dims]
    spacings: list[Any] = [spacing] * len(dims)
    if isinstance(spacing, (list, tuple)):
        spacings = list(spacing)  # pyright: ignore[reportUnknownArgumentType]
    if len(spacings) != len(dims):
        raise RuntimeError(
            f"torch.gradient expected spacing to be unspecified, a scalar, or a list of length {len(dims)}, "
            f"but got a list of length {len(spacings)}"
        )
    for d in dims:
        if input.shape[d] < edge_order + 1:
            raise RuntimeError(
                "torch.gradient expected each dimension size to be at least edge_order+1, "
                f"but got {input.shape[d]} for dimension {d}"
            )
    return tuple(_along(input, d, step, edge_order) for d, step in zip(dims, spacings, strict=True))


def _along(x: Tensor, dim: int, spacing: Any, edge_order: int) -> Tensor:
    size = x.shape[dim]

    def part(start: int, length: int) -> Tensor:
        return ops.narrow(x, dim, start, length)

    if isinstance(spacing, Tensor) and spacing.dim() > 0:
        steps = ops.diff(spacing)
        before, after = (ops.narrow(steps, 0, i, size - 2) if size > 2 else None for i in (0, 1))
        shape = [1] * x.dim()
        shape[dim] = -1
        first = [steps[i] for i in range(min(edge_order, size - 1))]
        last = [steps[size - 2 - i] for i in range(min(edge_order, size - 1))]
    else:
        before = after = None
        shape = []
        first = last = [spacing] * edge_order
    pieces = [_edge([part(i, 1) for i in range(edge_order + 1)], first)]
    if size > 2:
        left, middle, right = (part(i, size - 2) for i in range(3))
        if before is None or after is None:
            pieces.append((right - left) / (2 * spacing))
        else:
            a, b = before.reshape(shape), after.reshape(shape)
            slope = a * a * right + (b * b - a * a) * middle - b * b * left
            pieces.append(slope / (a * b * (a + b)))
    ends = [part(size - 1 - i, 1) for i in range(edge_order + 1)]
    pieces.append(ops.neg(_edge(ends, last)))
    return ops.cat(pieces, dim)


def _edge(samples: list[Tensor], steps: list[Any]) -> Tensor:
    """Return the slope at the first of two or three samples."""
    if len(samples) == 2:
        return (samples[1] - samples[0]) / steps[0]
    a, b = steps
    whole = a + b
    return samples[0] * (-(2 * a + b) / (a * whole)) + samples[1] * (whole / (a * b)) - samples[2] * (a / (b * whole))
