# SPDX-License-Identifier: Apache-2.0
"""The cross-entropy of a linear map's results."""

from __future__ import annotations

import math
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import _reduction

__all__ = ["linear_cross_entropy"]


def linear_cross_entropy(
    input: Tensor,
    linear_weight: Tensor,
    target: Tensor,
    *,
    linear_bias: Tensor | None = None,
    weight: Tensor | None = None,
    reduction: str = "mean",
    ignore_index: int | None = None,
    label_smoothing: float = 0.0,
    options: Any = None,
) -> Tensor:
    """`cross_entropy` between ``linear(input, linear_weight, linear_bias)`` and classes or their probabilities.

    Parameters
    ----------
    input : Tensor
        ``(in_features,)`` or ``(N, in_features)``.
    linear_weight : Tensor
        ``(C, in_features)``, or ``(C, d1, ..., in_features)`` for logits ``(N, C, d1, ...)``.
    target : Tensor
        Of the shape that `cross_entropy` takes for those logits.
    linear_bias : Tensor, optional
        Of the shape of `linear_weight` without its last dimension.
    weight, reduction, label_smoothing
        As in `cross_entropy`.
    ignore_index : int, optional
        -100 by default; not with probabilities.

    Raises
    ------
    RuntimeError
        If shapes do not fit together.
    NotImplementedError
        For `options`: the logits are always made in one piece.
    """
    if options is not None:
        raise NotImplementedError("linear_cross_entropy: options are not implemented; the logits are made in one piece")
    _check_shapes(input, linear_weight, linear_bias)
    sizes = (*input.shape[:-1], *linear_weight.shape[:-1])
    if target.shape == sizes and ignore_index is not None:
        raise RuntimeError("ignore_index cannot be specified when target contains probabilities")
    rows = math.prod(linear_weight.shape[:-1])
    bias = None if linear_bias is None else linear_bias.reshape((rows,))
    logits = ops.linear(input, linear_weight.reshape((rows, linear_weight.shape[-1])), bias).reshape(sizes)
    ignored = -100 if ignore_index is None else ignore_index
    return ops.cross_entropy(logits, target, weight, ignored, _reduction.check(reduction), label_smoothing)


def _check_shapes(input: Tensor, linear_weight: Tensor, linear_bias: Tensor | None) -> None:
    if input.dim() not in (1, 2):
        raise RuntimeError(f"expected input with dimensionality 1 or 2, got {input.dim()}")
    if linear_weight.dim() < 2:
        raise RuntimeError(f"expected linear_weight with dimensionality at least 2, got {linear_weight.dim()}")
    if input.shape[-1] != linear_weight.shape[-1]:
        raise RuntimeError(
            "expected equal input and linear_weight last dimensions (in_features), got "
            f"{input.shape[-1]} and {linear_weight.shape[-1]}, respectively"
        )
    if linear_bias is not None and linear_bias.shape != linear_weight.shape[:-1]:
        raise RuntimeError(f"expected linear_bias shape {linear_weight.shape[:-1]}, got {linear_bias.shape}")
    if linear_weight.dim() > 2 and input.dim() == 1:
        raise RuntimeError(
            f"K-dimensional loss defined by linear_weight shape {linear_weight.shape} requires batched input, "
            f"(N, {input.shape[-1]}), got unbatched input with shape {input.shape}"
        )
