# SPDX-License-Identifier: Apache-2.0
"""Attention of several heads as a module."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn import init
from vt_torch.nn.layers import Linear
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["MultiheadAttention", "SDPBackend", "sdpa_kernel"]


class SDPBackend(IntEnum):
    """PyTorch's kinds of attention, for `sdpa_kernel`."""

    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4


@contextmanager
def sdpa_kernel(backends: list[SDPBackend] | SDPBackend, set_priority: bool = False) -> Generator[None]:  # noqa: ARG001
    """Set the switches of `vt_torch.backends.cuda`, which change nothing: there is one attention, of the same results.

    Raises
    ------
    AssertionError
        If `backends` is neither a kind of attention nor a list of them.
    """
    from vt_torch.backends import cuda

    assert isinstance(backends, (list, SDPBackend)), "Backend must be an instance of SDPBackend or a list of them"
    chosen = [backends] if isinstance(backends, SDPBackend) else backends
    with cuda.sdp_kernel(
        SDPBackend.FLASH_ATTENTION in chosen,
        SDPBackend.MATH in chosen,
        SDPBackend.EFFICIENT_ATTENTION in chosen,
        SDPBackend.CUDNN_ATTENTION in chosen,
    ):
        yield


class NonDynamicallyQuantizableLinear(Linear):
    """The projection of the result, under the name that it has in PyTorch's modules."""


class MultiheadAttention(Module):
    """Attention in `num_heads` parts of the features; see `vt_torch.nn.functional.multi_head_attention_forward`.

    Parameters
    ----------
    embed_dim, num_heads : int
        Features of query and result, and heads that share them.
    dropout : float
        Of the attention weights.
    bias : bool
        Of the projections.
    add_bias_kv : bool
        Add a key and a value that are learned.
    add_zero_attn : bool
        Add a key and a value of zeros.
    kdim, vdim : int, optional
        Features of key and value, `embed_dim` by default.
    batch_first : bool
        Tensors are ``(N, L, E)`` instead of ``(L, N, E)``.
    device, dtype : optional
        Of the parameters.

    Attributes
    ----------
    in_proj_weight : Parameter or None
        ``(3 embed_dim, embed_dim)``; `q_proj_weight`, `k_proj_weight` and `v_proj_weight` where features differ.
    in_proj_bias : Parameter or None
        ``(3 embed_dim,)``
    out_proj : Linear
    bias_k, bias_v : Parameter or None
        ``(1, 1, embed_dim)``
    """

    in_proj_weight: Parameter | None
    in_proj_bias: Parameter | None
    q_proj_weight: Parameter | None
    k_proj_weight: Parameter | None
    v_proj_weight: Parameter | None
    bias_k: Parameter | None
    bias_v: Parameter | None

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                f"embed_dim and num_heads must be greater than 0, got embed_dim={embed_dim} and num_heads={num_heads} "
                "instead"
            )
        if embed_dim % num_heads:
            raise AssertionError("embed_dim must be divisible by num_heads")
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self._qkv_same_embed_dim = self.kdim == self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads

        def made(name: str, *shape: int, wanted: bool = True) -> None:
            value = Parameter(ops.empty(shape, dtype=dtype, device=device)) if wanted else None
            self.register_parameter(name, value)

        apart = not self._qkv_same_embed_dim
        if apart:
            for name, size in (("q", embed_dim), ("k", self.kdim), ("v", self.vdim)):
                made(f"{name}_proj_weight", embed_dim, size)
        made("in_proj_weight", 3 * embed_dim, embed_dim, wanted=not apart)
        if not apart:
            for name in "qkv":
                made(f"{name}_proj_weight", wanted=False)
        made("in_proj_bias", 3 * embed_dim, wanted=bias)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, device=device, dtype=dtype)
        made("bias_k", 1, 1, embed_dim, wanted=add_bias_kv)
        made("bias_v", 1, 1, embed_dim, wanted=add_bias_kv)
        self.add_zero_attn = add_zero_attn
        self._reset_parameters()

    def _reset_parameters(self) -> None:
        for weight in (self.in_proj_weight, self.q_proj_weight, self.k_proj_weight, self.v_proj_weight):
            if weight is not None:
                init.xavier_uniform_(weight)
        for bias in (self.in_proj_bias, self.out_proj.bias):
            if bias is not None:
                init.zeros_(bias)
        for bias in (self.bias_k, self.bias_v):
            if bias is not None:
                init.xavier_normal_(bias)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """Return the result, of the shape of `query`, and the weights ``(N, L, S)`` when they are needed."""
        swaps = self.batch_first and query.dim() == 3
        if swaps:
            # One tensor stays one: it is projected at once.
            if query is key and key is value:
                query = key = value = query.transpose(0, 1)
            else:
                query, key, value = (x.transpose(0, 1) for x in (query, key, value))
        out, weights = F.multi_head_attention_forward(
            query,
            key,
            value,
            self.embed_dim,
            self.num_heads,
            self.in_proj_weight,
            self.in_proj_bias,
            self.bias_k,
            self.bias_v,
            self.add_zero_attn,
            self.dropout,
            self.out_proj.weight,
            self.out_proj.bias,
            training=self.training,
            key_padding_mask=key_padding_mask,
            need_weights=need_weights,
            attn_mask=attn_mask,
            use_separate_proj_weight=not self._qkv_same_embed_dim,
            q_proj_weight=self.q_proj_weight,
            k_proj_weight=self.k_proj_weight,
            v_proj_weight=self.v_proj_weight,
            average_attn_weights=average_attn_weights,
            is_causal=is_causal,
        )
        return out.transpose(0, 1) if swaps else out, weights
