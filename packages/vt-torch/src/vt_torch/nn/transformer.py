# SPDX-License-Identifier: Apache-2.0
"""Transformer, its encoder, its decoder and their layers: Vaswani et al., 2017, arXiv:1706.03762."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import Any

import vt_core
from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn import init
from vt_torch.nn.attention import MultiheadAttention
from vt_torch.nn.containers import ModuleList
from vt_torch.nn.dropout import Dropout
from vt_torch.nn.layers import Linear
from vt_torch.nn.module import Module
from vt_torch.nn.normalization import LayerNorm

__all__ = [
    "Transformer",
    "TransformerDecoder",
    "TransformerDecoderLayer",
    "TransformerEncoder",
    "TransformerEncoderLayer",
]

_Activation = str | Callable[[Tensor], Tensor]


def _activation(given: _Activation) -> Callable[[Tensor], Tensor]:
    if not isinstance(given, str):
        return given
    if given not in ("relu", "gelu"):
        raise RuntimeError(f"activation should be relu/gelu, not {given}")
    return F.relu if given == "relu" else F.gelu


def _square_mask(size: int, device: Any = None, dtype: Any = None) -> Tensor:
    """Minus infinity above the diagonal, zeros elsewhere."""
    return ops.triu(ops.full((size, size), -math.inf, dtype=dtype, device=device), 1)


def _additive(mask: Tensor | None, name: str, dtype: vt_core.dtype) -> Tensor | None:
    """Return a mask as numbers to add to scores, so that layers do not each make them from a boolean one."""
    if mask is None or mask.dtype != vt_core.bool:
        if mask is not None and not mask.dtype.is_floating_point:
            raise TypeError(f"only bool and floating types of {name} are supported, got {mask.dtype}")
        return mask
    return ops.masked_fill(ops.zeros_like(mask, dtype=dtype), mask, -math.inf)


def _is_causal(mask: Tensor | None, is_causal: bool | None, size: int | None) -> bool:
    """Return the hint, or where there is none whether the mask is the causal one."""
    if is_causal is not None or mask is None or size is None:
        return bool(is_causal)
    causal = _square_mask(size, mask.device, mask.dtype if mask.dtype.is_floating_point else None)
    return mask.shape == causal.shape and bool(ops.eq(mask, causal).all())


class _Layer(Module):
    """What layers of encoder and decoder share: attention to itself and the feed-forward part."""

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int,
        dropout: float,
        activation: _Activation,
        layer_norm_eps: float,
        batch_first: bool,
        norm_first: bool,
        bias: bool,
        device: Any,
        dtype: Any,
        num_parts: int,
    ) -> None:
        super().__init__()
        where: dict[str, Any] = {"device": device, "dtype": dtype}
        for name in ("self_attn", "multihead_attn")[: num_parts - 1]:
            attention = MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first, **where)
            self.add_module(name, attention)
        self.linear1 = Linear(d_model, dim_feedforward, bias=bias, **where)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias=bias, **where)
        self.norm_first = norm_first
        for i in range(1, num_parts + 1):
            self.add_module(f"norm{i}", LayerNorm(d_model, eps=layer_norm_eps, bias=bias, **where))
        for i in range(1, num_parts + 1):
            self.add_module(f"dropout{i}", Dropout(dropout))
        self.activation = _activation(activation)

    def _feed_forward(self, x: Tensor, part: int) -> Tensor:
        x = self.linear2(self.dropout(self.activation(self.linear1(x))))
        return getattr(self, f"dropout{part}")(x)

    def _part(self, x: Tensor, part: int, function: Callable[[Tensor], Tensor]) -> Tensor:
        """Add to x what a part of the layer makes of it, normalised before or after."""
        norm = getattr(self, f"norm{part}")
        return x + function(norm(x)) if self.norm_first else norm(x + function(x))


class TransformerEncoderLayer(_Layer):
    """Attention to itself and a feed-forward network, each with dropout, a sum and a normalisation.

    Parameters
    ----------
    d_model, nhead, dim_feedforward : int
        The width, the number of heads, and the width between the two maps of the network.
    dropout : float
    activation : str or callable
        "relu", "gelu" or a function of one tensor.
    layer_norm_eps : float
    batch_first : bool
        The batch is the first dimension rather than the second.
    norm_first : bool
        Normalise before each part rather than after the sum.
    bias : bool
        Whether maps and normalisations have biases.
    device, dtype : optional
        Of the parameters.
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: _Activation = F.relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(
            d_model,
            nhead,
            dim_feedforward,
            dropout,
            activation,
            layer_norm_eps,
            batch_first,
            norm_first,
            bias,
            device,
            dtype,
            num_parts=2,
        )

    def forward(
        self,
        src: Tensor,
        src_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """Encode ``(S, N, E)``; masks as those of `MultiheadAttention`."""
        padding = _additive(src_key_padding_mask, "src_key_padding_mask", src.dtype)
        mask = _additive(src_mask, "src_mask", src.dtype)

        def attend(x: Tensor) -> Tensor:
            x = self.self_attn(
                x, x, x, attn_mask=mask, key_padding_mask=padding, need_weights=False, is_causal=is_causal
            )[0]
            return self.dropout1(x)

        x = self._part(src, 1, attend)
        return self._part(x, 2, lambda x: self._feed_forward(x, 2))


class TransformerDecoderLayer(_Layer):
    """Attention to itself, attention to a memory, and a feed-forward network.

    Parameters
    ----------
    d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias, device, dtype
        As those of `TransformerEncoderLayer`.
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: _Activation = F.relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(
            d_model,
            nhead,
            dim_feedforward,
            dropout,
            activation,
            layer_norm_eps,
            batch_first,
            norm_first,
            bias,
            device,
            dtype,
            num_parts=3,
        )

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Decode ``(T, N, E)`` with a memory ``(S, N, E)``; masks as those of `MultiheadAttention`."""

        def attend(x: Tensor) -> Tensor:
            x = self.self_attn(
                x,
                x,
                x,
                attn_mask=tgt_mask,
                key_padding_mask=tgt_key_padding_mask,
                is_causal=tgt_is_causal,
                need_weights=False,
            )[0]
            return self.dropout1(x)

        def attend_memory(x: Tensor) -> Tensor:
            x = self.multihead_attn(
                x,
                memory,
                memory,
                attn_mask=memory_mask,
                key_padding_mask=memory_key_padding_mask,
                is_causal=memory_is_causal,
                need_weights=False,
            )[0]
            return self.dropout2(x)

        x = self._part(tgt, 1, attend)
        x = self._part(x, 2, attend_memory)
        return self._part(x, 3, lambda x: self._feed_forward(x, 3))


class TransformerEncoder(Module):
    """Copies of a layer, one after the other.

    Parameters
    ----------
    encoder_layer : Module
        Copied `num_layers` times.
    num_layers : int
    norm : Module, optional
        Applied to the result.
    enable_nested_tensor, mask_check : bool
        Taken for compatibility: positions that are padded are computed as all others.
    """

    def __init__(
        self,
        encoder_layer: Module,
        num_layers: int,
        norm: Module | None = None,
        enable_nested_tensor: bool = True,
        mask_check: bool = True,
    ) -> None:
        super().__init__()
        self.layers = ModuleList(copy.deepcopy(encoder_layer) for _ in range(num_layers))
        self.num_layers = num_layers
        self.norm = norm
        self.enable_nested_tensor = enable_nested_tensor
        self.mask_check = mask_check

    def forward(
        self,
        src: Tensor,
        mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool | None = None,
    ) -> Tensor:
        """Encode ``(S, N, E)``."""
        padding = _additive(src_key_padding_mask, "src_key_padding_mask", src.dtype)
        mask = _additive(mask, "mask", src.dtype)
        causal = _is_causal(mask, is_causal, _length(src, self.layers))
        for layer in self.layers:
            src = layer(src, src_mask=mask, is_causal=causal, src_key_padding_mask=padding)
        return src if self.norm is None else self.norm(src)


class TransformerDecoder(Module):
    """Copies of a layer, one after the other, each with the memory.

    Parameters
    ----------
    decoder_layer : Module
        Copied `num_layers` times.
    num_layers : int
    norm : Module, optional
        Applied to the result.
    """

    def __init__(self, decoder_layer: Module, num_layers: int, norm: Module | None = None) -> None:
        super().__init__()
        self.layers = ModuleList(copy.deepcopy(decoder_layer) for _ in range(num_layers))
        self.num_layers = num_layers
        self.norm = norm

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Decode ``(T, N, E)`` with a memory ``(S, N, E)``."""
        causal = _is_causal(tgt_mask, tgt_is_causal, _length(tgt, self.layers))
        for layer in self.layers:
            tgt = layer(
                tgt,
                memory,
                tgt_mask=tgt_mask,
                memory_mask=memory_mask,
                tgt_key_padding_mask=tgt_key_padding_mask,
                memory_key_padding_mask=memory_key_padding_mask,
                tgt_is_causal=causal,
                memory_is_causal=memory_is_causal,
            )
        return tgt if self.norm is None else self.norm(tgt)


class Transformer(Module):
    """An encoder, and a decoder with the encoder's result as memory.

    Parameters
    ----------
    d_model, nhead : int
        The width and the number of heads.
    num_encoder_layers, num_decoder_layers, dim_feedforward : int
    dropout : float
    activation : str or callable
    custom_encoder, custom_decoder : Module, optional
        In place of those made here.
    layer_norm_eps, batch_first, norm_first, bias, device, dtype
        As those of `TransformerEncoderLayer`.
    """

    def __init__(
        self,
        d_model: int = 512,
        nhead: int = 8,
        num_encoder_layers: int = 6,
        num_decoder_layers: int = 6,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: _Activation = F.relu,
        custom_encoder: Any = None,
        custom_decoder: Any = None,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        where: dict[str, Any] = {"device": device, "dtype": dtype}
        options = (dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)

        def norm() -> LayerNorm:
            return LayerNorm(d_model, eps=layer_norm_eps, bias=bias, **where)

        self.encoder = custom_encoder
        if custom_encoder is None:
            layer = TransformerEncoderLayer(d_model, nhead, *options, **where)
            self.encoder = TransformerEncoder(layer, num_encoder_layers, norm())
        self.decoder = custom_decoder
        if custom_decoder is None:
            layer = TransformerDecoderLayer(d_model, nhead, *options, **where)
            self.decoder = TransformerDecoder(layer, num_decoder_layers, norm())
        for parameter in self.parameters():
            if parameter.dim() > 1:
                init.xavier_uniform_(parameter)
        self.d_model = d_model
        self.nhead = nhead
        self.batch_first = batch_first

    def forward(
        self,
        src: Tensor,
        tgt: Tensor,
        src_mask: Tensor | None = None,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        src_is_causal: bool | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Decode ``(T, N, E)`` after encoding ``(S, N, E)``; masks as those of `MultiheadAttention`.

        Raises
        ------
        RuntimeError
            If batches differ, or the last dimension is not `d_model`.
        """
        batch = 0 if self.batch_first else 1
        if src.dim() == 3 and src.shape[batch] != tgt.shape[batch]:
            raise RuntimeError("the batch number of src and tgt must be equal")
        if src.shape[-1] != self.d_model or tgt.shape[-1] != self.d_model:
            raise RuntimeError("the feature number of src and tgt must be equal to d_model")
        memory = self.encoder(src, mask=src_mask, src_key_padding_mask=src_key_padding_mask, is_causal=src_is_causal)
        return self.decoder(
            tgt,
            memory,
            tgt_mask=tgt_mask,
            memory_mask=memory_mask,
            tgt_key_padding_mask=tgt_key_padding_mask,
            memory_key_padding_mask=memory_key_padding_mask,
            tgt_is_causal=tgt_is_causal,
            memory_is_causal=memory_is_causal,
        )

    @staticmethod
    def generate_square_subsequent_mask(sz: int, device: Any = None, dtype: vt_core.dtype | None = None) -> Tensor:
        """Return the mask ``(sz, sz)`` under which each position attends to itself and those before."""
        return _square_mask(sz, device, dtype)


def _length(t: Tensor, layers: ModuleList) -> int:
    """Return the number of positions."""
    first = layers[0] if len(layers) else None
    batch_first = isinstance(first, _Layer) and first.self_attn.batch_first
    return t.shape[1 if batch_first and t.dim() == 3 else 0]
