# SPDX-License-Identifier: Apache-2.0
"""Losses: the deprecated arguments folded into a reduction, the rest the operators' own."""

from __future__ import annotations

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = [
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "l1_loss",
    "mse_loss",
    "nll_loss",
]


def _reduction_of(size_average: bool | None, reduce: bool | None, reduction: str) -> str:
    """Return the reduction, the two deprecated arguments considered."""
    if size_average is None and reduce is None:
        return reduction
    if reduce is False:
        return "none"
    return "sum" if size_average is False else "mean"


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """Cross-entropy between logits and class indices, in one fused pass.

    Parameters
    ----------
    input : Tensor
        Logits ``(C,)``, ``(N, C)`` or ``(N, C, d1, ...)``.
    target : Tensor
        int64 classes ``()``, ``(N,)`` or ``(N, d1, ...)``.
    weight : Tensor, optional
        ``(C,)``, by which the loss of each class is multiplied; the mean divides by the sum of those used.
    ignore_index : int
        Targets of this value count for nothing.
    reduction : {"mean", "sum", "none"}
    label_smoothing : float
        From 0 to 1: the part of the target that is spread over all classes.

    Raises
    ------
    IndexError
        If a target is no class, on the CPU at once.
    """
    reduction = _reduction_of(size_average, reduce, reduction)
    return ops.cross_entropy(input, target, weight, ignore_index, reduction, label_smoothing)


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The negative of the log-probability of the right class; arguments as in `cross_entropy`."""
    return ops.nll_loss(input, target, weight, ignore_index, _reduction_of(size_average, reduce, reduction))


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The square of the difference, reduced."""
    return ops.mse_loss(input, target, _reduction_of(size_average, reduce, reduction))


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The magnitude of the difference, reduced."""
    return ops.l1_loss(input, target, _reduction_of(size_average, reduce, reduction))


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """Binary cross-entropy between logits and probabilities of one shape."""
    reduction = _reduction_of(size_average, reduce, reduction)
    return ops.binary_cross_entropy_with_logits(input, target, weight, pos_weight, reduction)
