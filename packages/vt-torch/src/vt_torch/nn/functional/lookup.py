# SPDX-License-Identifier: Apache-2.0
"""Integers as vectors: rows of a table, or a one among zeros."""

from __future__ import annotations

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["embedding", "one_hot"]


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """Look up rows of `weight` ``(num, dim)`` by integers ``(...)``: ``(..., dim)``.

    Parameters
    ----------
    padding_idx : int, optional
        A row that gets no gradient.

    Raises
    ------
    IndexError
        If an index is out of range, on the CPU at once.
    NotImplementedError
        For `max_norm`, `scale_grad_by_freq` and `sparse`.
    """
    if max_norm is not None or scale_grad_by_freq or sparse:
        raise NotImplementedError("embedding: max_norm, scale_grad_by_freq and sparse are not implemented")
    if padding_idx is not None and padding_idx < 0:
        padding_idx += weight.shape[0]
    return ops.embedding(weight, input, padding_idx)


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """Integers ``(...)`` as rows of zeros with a one: ``(..., num_classes)``; the classes are counted when -1."""
    return ops.one_hot(tensor, num_classes)
