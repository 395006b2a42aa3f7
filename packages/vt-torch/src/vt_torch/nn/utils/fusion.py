# SPDX-License-Identifier: Apache-2.0
"""Batch normalisation in evaluation, folded into the layer before it."""

from __future__ import annotations

import copy
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["fuse_conv_bn_eval", "fuse_conv_bn_weights", "fuse_linear_bn_eval", "fuse_linear_bn_weights"]


def _folded(
    weight: Tensor,
    bias: Tensor | None,
    mean: Tensor,
    var: Tensor,
    eps: float,
    scale: Tensor | None,
    shift: Tensor | None,
    dim: int,
) -> tuple[Parameter, Parameter]:
    """Return weight and bias with the normalisation of the channels along `dim` of the weight."""
    bias = ops.zeros_like(mean) if bias is None else bias
    scale = ops.ones_like(mean) if scale is None else scale
    shift = ops.zeros_like(mean) if shift is None else shift
    factor = scale * ops.rsqrt(var + eps)
    shape = [1] * weight.dim()
    shape[dim] = -1
    folded = (weight * factor.reshape(shape)).to(weight.dtype)
    moved = ((bias - mean) * factor + shift).to(bias.dtype)
    return Parameter(folded, weight.requires_grad), Parameter(moved, bias.requires_grad)


def fuse_conv_bn_weights(
    conv_w: Tensor,
    conv_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor | None,
    bn_b: Tensor | None,
    transpose: bool = False,
) -> tuple[Parameter, Parameter]:
    """Return weight and bias of a convolution with the normalisation behind it."""
    return _folded(conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, 1 if transpose else 0)


def fuse_linear_bn_weights(
    linear_w: Tensor,
    linear_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor,
    bn_b: Tensor,
) -> tuple[Parameter, Parameter]:
    """Return weight and bias of an affine map with the normalisation behind it."""
    return _folded(linear_w, linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, 0)


def _fused(layer: Any, bn: Any, transpose: bool) -> Any:
    assert not (layer.training or bn.training), "Fusion only for eval!"  # noqa: PT018
    fused = copy.deepcopy(layer)
    assert bn.running_mean is not None and bn.running_var is not None  # noqa: PT018
    fused.weight, fused.bias = fuse_conv_bn_weights(
        fused.weight, fused.bias, bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias, transpose
    )
    return fused


def fuse_conv_bn_eval(conv: Module, bn: Module, transpose: bool = False) -> Module:
    """Return a copy of a convolution that does what both modules do in evaluation."""
    return _fused(conv, bn, transpose)


def fuse_linear_bn_eval(linear: Module, bn: Module) -> Module:
    """Return a copy of an affine map that does what both modules do in evaluation.

    Raises
    ------
    AssertionError
        If a module is in training, or the numbers of features differ.
    """
    features: Any = bn
    width: Any = linear
    assert width.out_features == features.num_features or features.num_features == 1, (
        "To fuse, linear.out_features == bn.num_features or bn.num_features == 1"
    )
    return _fused(linear, bn, False)
