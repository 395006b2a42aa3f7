# SPDX-License-Identifier: Apache-2.0
"""Decoder: a small GPT. RMSNorm before each part, rotary positions, causal attention, a GELU network, no biases."""

from __future__ import annotations

from dataclasses import dataclass

import vt_torch as torch
from vt_torch import nn
from vt_torch.nn import functional as F


@dataclass(frozen=True)
class DecoderConfig:
    """Sizes of a decoder."""

    num_tokens: int
    block: int  # tokens it sees at once
    dim: int
    num_heads: int
    num_layers: int

    @property
    def head_dim(self) -> int:
        """Size of one attention head."""
        return self.dim // self.num_heads


class Block(nn.Module):
    """One layer: attention, then a network of four times the width, each added to what it was given."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        dim = config.dim
        self.num_heads = config.num_heads
        self.attention_norm = nn.RMSNorm(dim, eps=1e-6)
        self.qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.out = nn.Linear(dim, dim, bias=False)
        self.network_norm = nn.RMSNorm(dim, eps=1e-6)
        self.up = nn.Linear(dim, 4 * dim, bias=False)
        self.down = nn.Linear(4 * dim, dim, bias=False)

    def forward(self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        """Map ``(batch, time, dim)`` to the same."""
        batch, time, dim = x.shape
        packed = self.qkv(self.attention_norm(x)).view(batch, time, 3, self.num_heads, dim // self.num_heads)
        q, k, v = (part.transpose(1, 2) for part in packed.unbind(2))
        q, k = F.rotary_embedding(q, cos, sin), F.rotary_embedding(k, cos, sin)
        attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(attended.transpose(1, 2).reshape(batch, time, dim))
        return x + self.down(F.gelu(self.up(self.network_norm(x)), approximate="tanh"))


class Decoder(nn.Module):
    """Predicts the next token at every place.

    Weights are drawn from N(0, 0.02^2), norms start at one.
    """

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.num_tokens, config.dim)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.num_layers))
        self.norm = nn.RMSNorm(config.dim, eps=1e-6)
        self.head = nn.Linear(config.dim, config.num_tokens, bias=False)
        cos, sin = rotary_tables(config.block, config.head_dim)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Map ``(batch, time)`` tokens to ``(batch, time, num_tokens)`` logits."""
        time = tokens.shape[1]
        cos, sin = self.cos[:time], self.sin[:time]
        x = self.tokens(tokens)
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.head(self.norm(x))

    def loss(self, tokens: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Return the mean cross-entropy over the targets that are not -100."""
        return F.cross_entropy(self(tokens).view(-1, self.config.num_tokens), targets.view(-1))

    def generate(self, tokens: torch.Tensor, num_new: int, generator: torch.Generator) -> torch.Tensor:
        """Return ``(batch, time + num_new)`` tokens: each new one is drawn from what the model expects."""
        with torch.no_grad():
            for _ in range(num_new):
                logits = self(tokens[:, -self.config.block :])[:, -1].float()
                drawn = torch.multinomial(logits.softmax(-1), 1, generator=generator)
                tokens = torch.cat((tokens, drawn), 1)
        return tokens


def rotary_tables(block: int, head_dim: int, base: float = 10000.0) -> tuple[torch.Tensor, torch.Tensor]:
    """Return cosines and sines ``(block, head_dim / 2)`` of position times frequency."""
    exponents = torch.arange(head_dim // 2, dtype=torch.float32) / (head_dim // 2)
    angles = torch.arange(block, dtype=torch.float32)[:, None] * (base**exponents).reciprocal()
    return angles.cos(), angles.sin()
