# SPDX-License-Identifier: Apache-2.0
"""The program examples/train_vit.py in PyTorch, written from its own parts.

Parameters have the names of `examples/vit.py`, so that a state dict of one loads into the other.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    """RMSNorm, attention, RMSNorm, GELU network."""

    def __init__(self, config: Any) -> None:
        super().__init__()
        dim = config.dim
        self.num_heads = config.num_heads
        self.attention_norm = nn.RMSNorm(dim, eps=1e-6)
        self.qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.out = nn.Linear(dim, dim)
        self.network_norm = nn.RMSNorm(dim, eps=1e-6)
        self.up = nn.Linear(dim, 4 * dim)
        self.down = nn.Linear(4 * dim, dim)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, tokens, dim = x.shape
        packed = self.qkv(self.attention_norm(x)).view(batch, tokens, 3, self.num_heads, dim // self.num_heads)
        q, k, v = (part.transpose(1, 2) for part in packed.unbind(2))
        attended = F.scaled_dot_product_attention(q, k, v)
        x = x + self.out(attended.transpose(1, 2).reshape(batch, tokens, dim))
        return x + self.down(F.gelu(self.up(self.network_norm(x))))


class ViT(nn.Module):
    """The model of examples/vit.py."""

    def __init__(self, config: Any) -> None:
        super().__init__()
        self.config = config
        self.patches = nn.Linear(config.num_channels * config.patch**2, config.dim)
        self.class_tokens = nn.Parameter(torch.randn(1, config.num_class_tokens, config.dim))
        self.places = nn.Parameter(torch.randn(1, config.num_tokens, config.dim))
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.num_layers))
        self.norm = nn.RMSNorm(config.dim, eps=1e-6)
        self.head = nn.Linear(config.dim, config.num_classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        batch, side, patch = images.shape[0], self.config.side, self.config.patch
        parted = images.view(batch, self.config.num_channels, side, patch, side, patch).permute(0, 2, 4, 3, 5, 1)
        patches = self.patches(parted.reshape(batch, side**2, -1))
        x = torch.cat((self.class_tokens.expand(batch, -1, -1), patches), 1) + self.places
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x[:, : self.config.num_class_tokens].mean(1)))

    def loss(self, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(self(images), labels)


class ViTTwin:
    """The steps of examples/train_vit.py; `rate` gives the learning rate of a step."""

    def __init__(self, twin: ViT, preset: Any, rate: Any, device: str, dtype: str, fused: bool = True) -> None:
        self.model, self.rate, self.device, self.dtype = twin, rate, device, dtype
        self.optimizer = torch.optim.AdamW(
            twin.parameters(),
            lr=preset.lr,
            betas=preset.betas,
            eps=1e-8,
            weight_decay=preset.weight_decay,
            fused=fused,
        )

    def step(self, number: int, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate(number)
        self.optimizer.zero_grad()
        with torch.autocast(self.device, torch.bfloat16, enabled=self.dtype == "bf16"):
            loss = self.model.loss(images, labels)
        loss.backward()
        self.optimizer.step()
        return loss

    @torch.no_grad()
    def mean_loss(self, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> float:
        """Return the mean over all images."""
        total = 0.0
        for images, labels in batches:
            with torch.autocast(self.device, torch.bfloat16, enabled=self.dtype == "bf16"):
                logits = self.model(images)
            total += F.cross_entropy(logits.float(), labels, reduction="sum").item()
        return total / sum(len(labels) for _, labels in batches)
