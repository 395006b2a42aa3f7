# SPDX-License-Identifier: Apache-2.0
"""Functions of neural networks, under PyTorch's names and argument orders.

Where an operator of core has both, it is offered as it is, without a call in between; the functions here adapt the others.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vt_core import ops

from vt_torch._tensor import Tensor

if TYPE_CHECKING:
    from vt_core.ops import gelu, linear, rotary_embedding, scaled_dot_product_attention, sigmoid, softplus, tanh

__all__ = [
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "dropout",
    "embedding",
    "gelu",
    "l1_loss",
    "layer_norm",
    "leaky_relu",
    "linear",
    "log_softmax",
    "mse_loss",
    "nll_loss",
    "normalize",
    "one_hot",
    "relu",
    "relu_",
    "rms_norm",
    "rotary_embedding",
    "scaled_dot_product_attention",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "tanh",
]

# Operators that need no adapting.
_PLAIN = ("gelu", "linear", "rotary_embedding", "scaled_dot_product_attention", "sigmoid", "softplus", "tanh")


def __getattr__(name: str) -> Any:
    if name in _PLAIN:
        op = globals()[name] = getattr(ops, name)
        return op
    raise AttributeError(f"module 'vt_torch.nn.functional' has no attribute {name!r}")


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """max(x, 0) of every element, written into `input` under `inplace`."""
    return ops.relu_(input) if inplace else ops.relu(input)


def relu_(input: Tensor) -> Tensor:
    """max(x, 0) of every element, written into `input`."""
    return ops.relu_(input)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """X where it is positive, else `negative_slope` times x."""
    return (ops.leaky_relu_ if inplace else ops.leaky_relu)(input, negative_slope)


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """X sigmoid(x) of every element, written into `input` under `inplace`."""
    return ops.silu_(input) if inplace else ops.silu(input)


def _implicit_dim(name: str, ndim: int) -> int:
    warnings.warn(
        f"{name}: dim was not given; choosing it by the number of dimensions is deprecated, pass dim=...", stacklevel=3
    )
    return 0 if ndim in (0, 1, 3) else 1


def softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """Exponentials along `dim` divided by their sum; computed in `dtype` where one is given.

    Raises
    ------
    IndexError
        If `dim` is out of range.
    """
    if dim is None:
        dim = _implicit_dim("softmax", input.dim())
    return ops.softmax(input, dim, dtype=dtype)


def log_softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """Logarithm of the softmax along `dim`, in one pass; computed in `dtype` where one is given."""
    if dim is None:
        dim = _implicit_dim("log_softmax", input.dim())
    return ops.log_softmax(input, dim, dtype=dtype)


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Set elements to zero with probability `p` while `training` and scale the others by ``1 / (1 - p)``.

    Raises
    ------
    ValueError
        If `p` is not from 0 to 1.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if not training or p == 0:
        return input
    dropped = ops.dropout(input, p, True)
    return input.copy_(dropped) if inplace else dropped


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
