# SPDX-License-Identifier: Apache-2.0
"""The programs of examples/ in PyTorch, written from its own parts: the peers that training is compared with.

Parameters have the names of `examples/decoder.py`, so that a state dict of one loads into the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    """RMSNorm, rotary causal attention, RMSNorm, GELU network."""

    def __init__(self, config: Any) -> None:
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
        batch, time, dim = x.shape
        packed = self.qkv(self.attention_norm(x)).view(batch, time, 3, self.num_heads, dim // self.num_heads)
        q, k, v = (part.transpose(1, 2) for part in packed.unbind(2))
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(attended.transpose(1, 2).reshape(batch, time, dim))
        return x + self.down(F.gelu(self.up(self.network_norm(x)), approximate="tanh"))


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    first, second = x.chunk(2, -1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), -1).to(x.dtype)


class Decoder(nn.Module):
    """The model of examples/decoder.py."""

    def __init__(self, config: Any) -> None:
        super().__init__()
        self.config = config
        self.tokens = nn.Embedding(config.num_tokens, config.dim)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.num_layers))
        self.norm = nn.RMSNorm(config.dim, eps=1e-6)
        self.head = nn.Linear(config.dim, config.num_tokens, bias=False)
        half = config.dim // config.num_heads // 2
        angles = torch.arange(config.block).float()[:, None] * (10000.0 ** (torch.arange(half) / half)).reciprocal()
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        time = tokens.shape[1]
        x = self.tokens(tokens)
        for block in self.blocks:
            x = block(x, self.cos[:time], self.sin[:time])
        return self.head(self.norm(x))

    def loss(self, tokens: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(self(tokens).view(-1, self.config.num_tokens), targets.view(-1))


def twin_of(model: Any, device: str, form: type[nn.Module] = Decoder) -> Any:
    """Return the twin of one of our models, of class `form`, with its weights."""
    twin = form(model.config)
    weights = {name: torch.from_numpy(np.array(value.cpu().numpy())) for name, value in model.state_dict().items()}
    twin.load_state_dict(weights)
    return twin.to(device)


class ReverseTwin:
    """The steps of examples/train_reverse.py."""

    def __init__(self, twin: Decoder, device: str, dtype: str) -> None:
        self.model, self.device, self.dtype = twin, device, dtype
        self.parameters = list(twin.parameters())

    def step(self, number: int, tokens: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:  # noqa: ARG002
        for parameter in self.parameters:
            parameter.grad = None
        with torch.autocast(self.device, torch.bfloat16, enabled=self.dtype == "bf16"):
            loss = self.model.loss(tokens, targets)
        loss.backward()
        with torch.no_grad():
            for parameter in self.parameters:
                parameter.add_(parameter.grad.clamp(-1.0, 1.0), alpha=-0.1)
        return loss

    @torch.no_grad()
    def mean_loss(self, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> float:
        return torch.stack([self.model.loss(x, y) for x, y in batches]).mean().item()


class GptTwin:
    """The steps of examples/train_gpt.py; `rate` gives the learning rate of a step."""

    def __init__(self, twin: Decoder, preset: Any, rate: Any, device: str, dtype: str, fused: bool = True) -> None:
        self.model, self.preset, self.rate, self.device, self.dtype = twin, preset, rate, device, dtype
        parameters = list(twin.parameters())
        groups = [
            {"params": [p for p in parameters if p.dim() > 1], "weight_decay": preset.weight_decay},
            {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=preset.lr, betas=preset.betas, eps=1e-8, fused=fused)

    def step(self, number: int, tokens: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate(number)
        self.optimizer.zero_grad()
        with torch.autocast(self.device, torch.bfloat16, enabled=self.dtype == "bf16"):
            loss = self.model.loss(tokens, targets)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.preset.max_norm)
        self.optimizer.step()
        return loss

    @torch.no_grad()
    def mean_loss(self, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> float:
        with torch.autocast(self.device, torch.bfloat16, enabled=self.dtype == "bf16"):
            return torch.stack([self.model.loss(x, y).float() for x, y in batches]).mean().item()
