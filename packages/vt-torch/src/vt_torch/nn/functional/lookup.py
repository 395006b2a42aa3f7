# SPDX-License-Identifier: Apache-2.0
"""Integers as vectors: rows of a table, alone or in bags, or a one among zeros."""

from __future__ import annotations

from vt_autograd import no_grad
from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["embedding", "embedding_bag", "one_hot"]

_MODES = {"sum": 0, "mean": 1, "max": 2}


def _renormalize(weight: Tensor, input: Tensor, max_norm: float | None, norm_type: float) -> None:
    if max_norm is not None:
        with no_grad():
            ops.embedding_renorm_(weight, input, max_norm, norm_type)


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
    max_norm, norm_type : float, optional
        Rows that are looked up are first scaled down, in `weight`, to this norm.
    scale_grad_by_freq : bool
        Divide the gradient of a row by the number of times it is looked up.

    Raises
    ------
    IndexError
        If an index is out of range, on the CPU at once.
    NotImplementedError
        For `sparse`.
    """
    if padding_idx is not None and padding_idx < 0:
        padding_idx += weight.shape[0]
    _renormalize(weight, input, max_norm, norm_type)
    return ops.embedding(weight, input, padding_idx, scale_grad_by_freq, sparse)


def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    max_norm: float | None = None,
    norm_type: float = 2,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Tensor:
    """Look up rows of `weight` ``(num, dim)`` and reduce them within bags: ``(bags, dim)``.

    Parameters
    ----------
    input : Tensor
        Integers: one bag per row, or one dimension cut into bags by `offsets`.
    max_norm, norm_type : float, optional
        Rows that are looked up are first scaled down, in `weight`, to this norm.
    scale_grad_by_freq : bool
        Divide the gradient of a row by the number of times it is looked up; not for "max".
    mode : {"mean", "sum", "max"}
    per_sample_weights : Tensor, optional
        A factor per integer, of the sizes of `input`; for "sum".
    include_last_offset : bool
        The last offset is the number of indices and begins no bag.
    padding_idx : int, optional
        A row that is left out of every bag and gets no gradient.

    Raises
    ------
    IndexError
        If an index is out of range, on the CPU at once.
    ValueError
        If `mode`, the number of dimensions, or `offsets` do not fit.
    NotImplementedError
        For `sparse`, and for `per_sample_weights` with another mode than "sum".
    """
    if mode not in _MODES:
        raise ValueError(f"embedding_bag: mode has to be one of 'sum', 'mean' or 'max': got {mode!r}")
    if mode == "max" and scale_grad_by_freq:
        raise ValueError("embedding_bag: mode 'max' does not support scale_grad_by_freq")
    if per_sample_weights is not None and per_sample_weights.shape != input.shape:
        raise ValueError(
            f"embedding_bag: per_sample_weights must have the sizes of input: got {tuple(per_sample_weights.shape)}, "
            f"expected {tuple(input.shape)}"
        )
    if per_sample_weights is not None and mode != "sum":
        raise NotImplementedError(f"embedding_bag: per_sample_weights are for mode 'sum': got mode {mode!r}")
    if input.dim() == 2:
        if offsets is not None:
            raise ValueError(
                "embedding_bag: offsets must be None where input has two dimensions: its rows are the bags"
            )
        offsets = ops.arange(0, input.numel(), max(input.shape[1], 1), dtype=input.dtype, device=input.device)
        if input.shape[1] == 0:
            offsets = ops.zeros((input.shape[0],), dtype=input.dtype, device=input.device)
        input = input.reshape(-1)
        if per_sample_weights is not None:
            per_sample_weights = per_sample_weights.reshape(-1)
    elif input.dim() != 1:
        raise ValueError(f"embedding_bag: input has to have one or two dimensions: got {input.dim()}")
    elif offsets is None:
        raise ValueError("embedding_bag: offsets are needed where input has one dimension")
    elif offsets.dim() != 1:
        raise ValueError(f"embedding_bag: offsets have to have one dimension: got {offsets.dim()}")
    _renormalize(weight, input, max_norm, norm_type)
    return ops.embedding_bag(
        weight,
        input,
        offsets,
        scale_grad_by_freq,
        _MODES[mode],
        sparse,
        per_sample_weights,
        include_last_offset,
        padding_idx,
    )[0]


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """Integers ``(...)`` as rows of zeros with a one: ``(..., num_classes)``; the classes are counted when -1."""
    return ops.one_hot(tensor, num_classes)
