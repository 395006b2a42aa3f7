# SPDX-License-Identifier: Apache-2.0
"""Attention of several heads, with the projections before and after it."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

import vt_core
from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["multi_head_attention_forward"]


def multi_head_attention_forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    embed_dim_to_check: int,
    num_heads: int,
    in_proj_weight: Tensor | None,
    in_proj_bias: Tensor | None,
    bias_k: Tensor | None,
    bias_v: Tensor | None,
    add_zero_attn: bool,
    dropout_p: float,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    training: bool = True,
    key_padding_mask: Tensor | None = None,
    need_weights: bool = True,
    attn_mask: Tensor | None = None,
    use_separate_proj_weight: bool = False,
    q_proj_weight: Tensor | None = None,
    k_proj_weight: Tensor | None = None,
    v_proj_weight: Tensor | None = None,
    static_k: Tensor | None = None,
    static_v: Tensor | None = None,
    average_attn_weights: bool = True,
    is_causal: bool = False,
) -> tuple[Tensor, Tensor | None]:
    """Project, attend in `num_heads` parts of the features, and project again: Vaswani et al., 2017, arXiv:1706.03762.

    Parameters
    ----------
    query : Tensor
        ``(L, N, E)``, or ``(L, E)`` without a batch.
    key, value : Tensor
        ``(S, N, E)`` or ``(S, E)``; with `use_separate_proj_weight` of other numbers of features.
    in_proj_weight, in_proj_bias : Tensor or None
        ``(3 E, E)`` and ``(3 E,)``: for query, key and value.
    bias_k, bias_v : Tensor or None
        ``(1, 1, E)``: a key and a value that are added to every sequence.
    add_zero_attn : bool
        Add a key and a value of zeros.
    out_proj_weight, out_proj_bias : Tensor
    key_padding_mask : Tensor, optional
        ``(N, S)``; True, or what is added to the scores, where a key does not count.
    need_weights : bool
        Return the weights as well; without them no matrix of all scores is made.
    attn_mask : Tensor, optional
        ``(L, S)`` or ``(N num_heads, L, S)``; True, or what is added, where a query does not see a key.
    static_k, static_v : Tensor, optional
        ``(N num_heads, S, E / num_heads)``: used in the place of the projected key and value.
    average_attn_weights : bool
        Of all heads.
    is_causal : bool
        Says that `attn_mask` is the causal one.

    Returns
    -------
    output : Tensor
        Of the shape of `query`.
    weights : Tensor or None
        ``(N, L, S)``, or ``(N, num_heads, L, S)``.
    """
    is_batched = _check_dims(query, key, value, key_padding_mask, attn_mask, num_heads)
    if not is_batched:
        query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        key_padding_mask = None if key_padding_mask is None else key_padding_mask.unsqueeze(0)
    length, batch, width = query.shape
    if is_causal and attn_mask is None:
        raise RuntimeError("Need attn_mask if specifying the is_causal hint.")
    if key_padding_mask is not None and attn_mask is not None and key_padding_mask.dtype != attn_mask.dtype:
        warnings.warn(
            "Support for mismatched key_padding_mask and attn_mask is deprecated. Use same type for both instead.",
            stacklevel=2,
        )
    padding = _added("key_padding_mask", key_padding_mask, query)
    if is_causal and padding is None and not need_weights:
        mask = None
    else:
        mask = _added("attn_mask", attn_mask, query)
        is_causal = is_causal and padding is None and not need_weights
    if width != embed_dim_to_check:
        raise AssertionError(f"was expecting embedding dimension of {embed_dim_to_check}, but got {width}")
    if width % num_heads:
        raise AssertionError(f"embed_dim {width} not divisible by num_heads {num_heads}")
    weights = (q_proj_weight, k_proj_weight, v_proj_weight) if use_separate_proj_weight else None
    q, k, v = _projected(query, key, value, in_proj_weight, in_proj_bias, weights)
    if mask is not None:
        mask = _checked_mask(mask, (length, key.shape[0]), batch * num_heads)
    if (bias_k is None) != (bias_v is None):
        raise AssertionError("bias_k and bias_v must be given together")
    extra = 0
    if bias_k is not None and bias_v is not None:
        if static_k is not None or static_v is not None:
            raise AssertionError("bias cannot be added to static key or value.")
        k, v = ops.cat([k, bias_k.repeat((1, batch, 1))]), ops.cat([v, bias_v.repeat((1, batch, 1))])
        extra += 1
    size = width // num_heads
    heads = batch * num_heads
    q = q.reshape((length, heads, size)).transpose(0, 1)
    k = _static("static_k", static_k, heads, size, k)
    v = _static("static_v", static_v, heads, size, v)
    if add_zero_attn:
        zeros = ops.zeros((heads, 1, size), dtype=k.dtype, device=k.device)
        k, v = ops.cat([k, zeros], 1), ops.cat([v, zeros], 1)
        extra += 1
    num_keys = k.shape[1]
    if mask is not None and extra:
        mask = ops.pad(mask, [0, extra])
    if padding is not None:
        padding = ops.pad(padding, [0, extra]) if extra else padding
        if padding.shape != (batch, num_keys):
            raise AssertionError(
                f"Expected key_padded_mask of shape {(batch, num_keys - extra)}, but got {tuple(key_padding_mask.shape)}"  # pyright: ignore[reportOptionalMemberAccess]
            )
        padding = padding.reshape((batch, 1, 1, num_keys)).expand((batch, num_heads, 1, num_keys))
        padding = padding.reshape((heads, 1, num_keys))
        mask = padding if mask is None else ops.add(mask, padding)
    dropout_p = dropout_p if training else 0.0
    if need_weights:
        out, scores = _with_weights(q, k, v, mask, dropout_p)
        out = out.transpose(0, 1).reshape((length, batch, width))
        scores = scores.reshape((batch, num_heads, length, num_keys))
        scores = scores.mean(1) if average_attn_weights else scores
    else:
        parts = (batch, num_heads)
        if mask is not None:
            mask = mask.unsqueeze(0) if mask.shape[0] == 1 else mask.reshape((*parts, mask.shape[1], num_keys))
        out = ops.scaled_dot_product_attention(
            q.reshape((*parts, length, size)),
            k.reshape((*parts, num_keys, size)),
            v.reshape((*parts, num_keys, size)),
            mask,
            dropout_p,
            is_causal,
        )
        out, scores = out.permute((2, 0, 1, 3)).reshape((length, batch, width)), None
    out = ops.linear(out, out_proj_weight, out_proj_bias)
    if is_batched:
        return out, scores
    return out.squeeze(1), None if scores is None else scores.squeeze(0)


def _with_weights(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, dropout_p: float) -> tuple[Tensor, Tensor]:
    scores = ops.bmm(ops.mul(q, math.sqrt(1 / q.shape[-1])), k.transpose(-2, -1))
    weights = ops.softmax(scores if mask is None else ops.add(scores, mask), -1)
    if dropout_p > 0:
        weights = ops.dropout(weights, dropout_p, True)
    return ops.bmm(weights, v), weights


def _projected(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    separate: Sequence[Tensor | None] | None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Query, key and value times their weights; inputs that are the same tensor are multiplied at once."""
    width = query.shape[-1]
    if separate is None:
        if key.shape != value.shape:
            raise AssertionError(f"key shape {key.shape} does not match value shape {value.shape}")
        if weight is None:
            raise AssertionError("use_separate_proj_weight is False but in_proj_weight is None")
        if query is key and key is value:
            q, k, v = ops.linear(query, weight, bias).chunk(3, -1)
            return q, k, v
        parts = weight.chunk(3)
    else:
        if key.shape[:2] != value.shape[:2]:
            raise AssertionError(
                f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}"
            )
        parts = [part for part in separate if part is not None]
        if len(parts) != 3:
            raise AssertionError(
                "use_separate_proj_weight is True but q_proj_weight, k_proj_weight or v_proj_weight is None"
            )
        for name, part, x in zip(("query", "key", "value"), parts, (query, key, value)):
            if part.shape != (width, x.shape[-1]):
                raise AssertionError(f"expecting {name} weights shape of {(width, x.shape[-1])}, but got {part.shape}")
    biases = (None, None, None) if bias is None else bias.chunk(3)
    q, k, v = (ops.linear(x, w, b) for x, w, b in zip((query, key, value), parts, biases))
    return q, k, v


def _added(name: str, mask: Tensor | None, like: Tensor) -> Tensor | None:
    """What the mask adds to scores: minus infinity where a boolean one is True."""
    if mask is None or mask.dtype.is_floating_point:
        return mask
    if mask.dtype != vt_core.bool:
        raise AssertionError(f"only bool and floating types of {name} are supported")
    zeros = ops.zeros(mask.shape, dtype=like.dtype, device=mask.device)
    return ops.masked_fill(zeros, mask, -math.inf)


def _checked_mask(mask: Tensor, sizes: tuple[int, int], heads: int) -> Tensor:
    expected = sizes if mask.dim() == 2 else (heads, *sizes)
    if mask.shape != expected:
        raise RuntimeError(f"The shape of the {mask.dim()}D attn_mask is {mask.shape}, but should be {expected}.")
    return mask.unsqueeze(0) if mask.dim() == 2 else mask


def _static(name: str, given: Tensor | None, heads: int, size: int, projected: Tensor) -> Tensor:
    """The heads ``(heads, S, size)`` of a projection, or what is given in their place."""
    if given is None:
        return projected.reshape((projected.shape[0], heads, size)).transpose(0, 1)
    if (given.shape[0], given.shape[2]) != (heads, size):
        raise AssertionError(f"expecting {name} of shape {(heads, 'S', size)}, but got {given.shape}")
    return given


def _check_dims(
    query: Tensor, key: Tensor, value: Tensor, padding: Tensor | None, mask: Tensor | None, num_heads: int
) -> bool:
    """Whether there is a batch; all tensors have to say the same."""
    if query.dim() not in (2, 3):
        raise AssertionError(
            f"query should be unbatched 2D or batched 3D tensor but received {query.dim()}-D query tensor"
        )
    is_batched = query.dim() == 3
    kind = "batched (3-D)" if is_batched else "unbatched (2-D)"
    if key.dim() != query.dim() or value.dim() != query.dim():
        raise AssertionError(
            f"For {kind} `query`, expected `key` and `value` to be {query.dim()}-D but found {key.dim()}-D and "
            f"{value.dim()}-D tensors respectively"
        )
    if padding is not None and padding.dim() != query.dim() - 1:
        raise AssertionError(
            f"For {kind} `query`, expected `key_padding_mask` to be `None` or {query.dim() - 1}-D but found "
            f"{padding.dim()}-D tensor instead"
        )
    if mask is not None and mask.dim() not in (2, 3):
        raise AssertionError(
            f"For {kind} `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found {mask.dim()}-D tensor instead"
        )
    if mask is not None and mask.dim() == 3 and not is_batched:
        expected = (num_heads, query.shape[0], key.shape[0])
        if mask.shape != expected:
            raise AssertionError(f"Expected `attn_mask` shape to be {expected} but got {mask.shape}")
    return is_batched
