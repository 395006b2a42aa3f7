# SPDX-License-Identifier: Apache-2.0
"""Losses of elements and classes: deprecated arguments folded into a reduction, the rest the operators' own."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import _reduction

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "ctc_loss",
    "gaussian_nll_loss",
    "huber_loss",
    "kl_div",
    "l1_loss",
    "mse_loss",
    "nll_loss",
    "poisson_nll_loss",
    "smooth_l1_loss",
]


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
    """Cross-entropy between logits and classes, in one fused pass, or probabilities of classes.

    Parameters
    ----------
    input : Tensor
        Logits ``(C,)``, ``(N, C)`` or ``(N, C, d1, ...)``.
    target : Tensor
        int64 classes ``()``, ``(N,)`` or ``(N, d1, ...)``; or probabilities, of the shape of `input`.
    weight : Tensor, optional
        ``(C,)``, by which the loss of each class is multiplied; the mean divides by the sum of those used.
    size_average, reduce : bool, optional
        Deprecated forms of `reduction`, which they override.
    ignore_index : int
        Targets of this value count for nothing.
    reduction : {"mean", "sum", "none"}
    label_smoothing : float
        From 0 to 1: the part of the target that is spread over all classes.

    Raises
    ------
    IndexError
        If a target is no class; on CUDA when the device is next waited for.
    """
    reduction = _reduction.resolve(size_average, reduce, reduction)
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
    return ops.nll_loss(input, target, weight, ignore_index, _reduction.resolve(size_average, reduce, reduction))


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """The square of the difference, reduced; with a `weight` of the input's shape the mean divides by its sum."""
    _warn_of_broadcast(input, target)
    reduction = _reduction.resolve(size_average, reduce, reduction)
    if weight is None:
        return ops.mse_loss(input, target, reduction)
    return _weighted(ops.mse_loss(input, target, "none"), _same_size(weight, input), reduction)


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """The magnitude of the difference, reduced; with a `weight` of the input's shape the mean divides by its sum."""
    _warn_of_broadcast(input, target)
    reduction = _reduction.resolve(size_average, reduce, reduction)
    if weight is None:
        return ops.l1_loss(input, target, reduction)
    return _weighted(ops.l1_loss(input, target, "none"), _same_size(weight, input), reduction)


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """The difference d: ``d ** 2 / (2 * beta)`` where |d| < `beta`, else ``|d| - beta / 2``."""
    _warn_of_broadcast(input, target)
    return ops.smooth_l1_loss(input, target, _reduction.resolve(size_average, reduce, reduction), beta)


def huber_loss(
    input: Tensor, target: Tensor, reduction: str = "mean", delta: float = 1.0, weight: Tensor | None = None
) -> Tensor:
    """The difference d: ``d ** 2 / 2`` where |d| <= `delta`, else ``delta * (|d| - delta / 2)``; times `weight`."""
    _warn_of_broadcast(input, target)
    reduction = _reduction.check(reduction)
    if weight is None:
        return ops.huber_loss(input, target, reduction, delta)
    losses = ops.huber_loss(input, target, "none", delta) * _same_size(weight, input)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Binary cross-entropy between probabilities of one shape; `weight` is broadcast with the losses."""
    reduction = _reduction.resolve(size_average, reduce, reduction)
    if target.shape != input.shape:
        raise ValueError(
            f"Using a target size ({target.shape}) that is different to the input size ({input.shape}) is deprecated. "
            "Please ensure they have the same size."
        )
    return ops.binary_cross_entropy(input, target, weight, reduction)


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """Binary cross-entropy between logits and probabilities of one shape; `pos_weight` multiplies the positive part."""
    reduction = _reduction.resolve(size_average, reduce, reduction)
    if target.shape != input.shape:
        raise ValueError(f"Target size ({target.shape}) must be the same as input size ({input.shape})")
    return ops.binary_cross_entropy_with_logits(input, target, weight, pos_weight, reduction)


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """Kullback-Leibler divergence of probabilities `target`, or their logarithms, from log-probabilities `input`.

    Parameters
    ----------
    reduction : {"batchmean", "mean", "sum", "none"}
        "batchmean" divides the sum by the size of the first dimension: the divergence itself.
    """
    if size_average is not None or reduce is not None:
        return ops.kl_div(input, target, _reduction.legacy(size_average, reduce), log_target=log_target)
    if reduction == "batchmean":
        total = ops.kl_div(input, target, "sum", log_target=log_target)
        return total / input.shape[0] if input.dim() else total
    if reduction == "mean":
        warnings.warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size. 'batchmean' divides "
            "only by the batch size, and aligns with the KL div math definition.",
            stacklevel=2,
        )
    return ops.kl_div(input, target, _reduction.check(reduction), log_target=log_target)


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Negative log-likelihood of counts under Poisson rates, or their logarithms; with Stirling's term under `full`."""
    reduction = _reduction.resolve(size_average, reduce, reduction)
    return ops.poisson_nll_loss(input, target, log_input, full, eps, reduction)


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Tensor | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """Negative log-likelihood under normal distributions of means `input` and variances `var`.

    Parameters
    ----------
    var : Tensor or float
        Of the input's shape, of that without its last dimension, or with one dimension of size 1.
    full : bool
        Adds the constant term.
    eps : float
        The least variance; the gradient is as if there were none.

    Raises
    ------
    ValueError
        If a variance is negative or `var` has another shape.
    """
    if not isinstance(var, Tensor):
        if var < 0:
            raise ValueError("var has negative entry/entries")
        var = ops.full_like(input, var)
    elif ops.any(ops.lt(var, 0)).item():
        raise ValueError("var has negative entry/entries")
    if var.shape != input.shape:
        if input.shape[:-1] == var.shape:
            var = var.unsqueeze(-1)
        elif input.dim() != var.dim() or sum(y for x, y in zip(input.shape, var.shape) if x != y) != 1:
            raise ValueError("var is of incorrect size")
    return ops.gaussian_nll_loss(input, target, var, full, eps, _reduction.check(reduction))


def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Tensor | Sequence[int],
    target_lengths: Tensor | Sequence[int],
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
) -> Tensor:
    """Negative log-likelihood of labels under all alignments with log-probabilities ``(T, N, C)`` or ``(T, C)``.

    Parameters
    ----------
    targets : Tensor
        Labels ``(N, S)``, or those of all entries in a row.
    input_lengths, target_lengths : Tensor or sequence of int
        ``(N,)``: the times and labels of each entry that count.
    blank : int
        The label that stands for none.
    reduction : {"mean", "sum", "none"}
        "mean" divides each loss by its number of labels first.
    zero_infinity : bool
        Give zero where the labels are too many for the times.
    """
    reduction = _reduction.check(reduction)
    if isinstance(input_lengths, Tensor) and isinstance(target_lengths, Tensor):
        return ops.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity)
    times, labels = _host(input_lengths), _host(target_lengths)
    return ops.ctc_loss(log_probs, targets, times, labels, blank, reduction, zero_infinity)


def _host(lengths: Tensor | Sequence[int]) -> list[int]:
    return lengths.reshape((-1,)).tolist() if isinstance(lengths, Tensor) else list(lengths)


def _warn_of_broadcast(input: Tensor, target: Tensor) -> None:
    if target.shape != input.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size ({input.shape}). This will "
            "likely lead to incorrect results due to broadcasting. Please ensure they have the same size.",
            stacklevel=3,
        )


def _same_size(weight: Tensor, input: Tensor) -> Tensor:
    if weight.shape != input.shape:
        raise ValueError("Weights and input must have the same size.")
    return weight


def _weighted(losses: Tensor, weight: Tensor, reduction: str) -> Tensor:
    losses = losses * weight
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.sum() / weight.sum()
