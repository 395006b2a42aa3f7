# SPDX-License-Identifier: Apache-2.0
"""Normalisations: over batch, channels or last dimensions, and by a norm along one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import vt_core
from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["batch_norm", "group_norm", "instance_norm", "layer_norm", "normalize", "rms_norm"]


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise each channel of ``(N, C, ...)`` by the statistics of the batch, or by the running ones.

    Parameters
    ----------
    running_mean, running_var : Tensor or None
        ``(C,)``. Moved towards the statistics of the batch by `momentum` while `training`, used otherwise.
    weight, bias : Tensor, optional
        ``(C,)``, the scale and the shift of the result.

    Raises
    ------
    ValueError
        If `training` has but one value per channel.
    """
    if training:
        _check_values_per_channel(input.shape)
    return ops.batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, True)


def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise each channel of each entry of ``(N, C, ...)`` by its own statistics, or by the running ones.

    Parameters
    ----------
    running_mean, running_var : Tensor, optional
        ``(C,)``. Moved by `momentum` under `use_input_stats`, used otherwise.
    weight, bias : Tensor, optional
        ``(C,)``, the scale and the shift of the result.

    Raises
    ------
    ValueError
        If `use_input_stats` has but one value per channel and entry.
    """
    if use_input_stats and math.prod(input.shape[2:]) == 1:
        raise ValueError(f"Expected more than 1 spatial element when training, got input size {input.shape}")
    return ops.instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, True)


def group_norm(
    input: Tensor, num_groups: int, weight: Tensor | None = None, bias: Tensor | None = None, eps: float = 1e-5
) -> Tensor:
    """Normalise groups of neighbouring channels of each entry of ``(N, C, ...)``; `weight` and `bias` are ``(C,)``.

    Raises
    ------
    RuntimeError
        If the input has fewer than 2 dimensions, or its channels cannot be parted into `num_groups`.
    ValueError
        If a group of one entry has but one value in a batch of one.
    """
    if input.dim() < 2:
        raise RuntimeError(f"Expected at least 2 dimensions for input tensor but received {input.dim()}")
    if num_groups > 0:
        _check_values_per_channel((input.shape[0] * input.shape[1] // num_groups, num_groups, *input.shape[2:]))
    return ops.group_norm(input, num_groups, weight, bias, eps)


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise over the last dimensions, whose sizes `normalized_shape` repeats, to mean 0 and variance 1."""
    return ops.layer_norm(input, normalized_shape, weight, bias, eps)


def rms_norm(
    input: Tensor, normalized_shape: Sequence[int], weight: Tensor | None = None, eps: float | None = None
) -> Tensor:
    """Divide by the root of the mean square over the last dimensions; `eps` is the dtype's epsilon by default."""
    return ops.rms_norm(input, normalized_shape, weight, eps)


def normalize(input: Tensor, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Tensor:
    """Divide by the p-norm along `dim`, or by `eps` where that is smaller."""
    norm = ops.linalg_vector_norm(input, p, [dim], True)
    return input / ops.clamp(norm, min=eps)


def _check_values_per_channel(sizes: Sequence[int]) -> None:
    """Refuse to take a variance of single values."""
    if sizes and math.prod(sizes[2:]) * sizes[0] == 1:
        raise ValueError(f"Expected more than 1 value per channel when training, got input size {vt_core.Size(sizes)}")
