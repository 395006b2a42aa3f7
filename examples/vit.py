# SPDX-License-Identifier: Apache-2.0
"""ViT: a small vision transformer for small images. Several class tokens, RMSNorm before each part, a GELU network.

References: Dosovitskiy et al., 2020, arXiv:2010.11929; in a size for small images, Hassani et al., 2021, arXiv:2104.05704.
"""

from __future__ import annotations

from dataclasses import dataclass

import vt_torch as torch
from vt_torch import nn
from vt_torch.nn import functional as F


@dataclass(frozen=True)
class ViTConfig:
    """Sizes of a vision transformer."""

    dim: int
    num_heads: int
    num_layers: int
    num_class_tokens: int = 16
    num_classes: int = 10
    num_channels: int = 3
    image: int = 32  # height and width
    patch: int = 4

    @property
    def side(self) -> int:
        """Patches from one edge of an image to the other."""
        return self.image // self.patch

    @property
    def num_tokens(self) -> int:
        """Class tokens and patches."""
        return self.num_class_tokens + self.side**2


class Block(nn.Module):
    """One layer: attention, then a network of four times the width, each added to what it was given."""

    def __init__(self, config: ViTConfig) -> None:
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
        """Map ``(batch, tokens, dim)`` to the same."""
        batch, tokens, dim = x.shape
        packed = self.qkv(self.attention_norm(x)).view(batch, tokens, 3, self.num_heads, dim // self.num_heads)
        q, k, v = (part.transpose(1, 2) for part in packed.unbind(2))
        attended = F.scaled_dot_product_attention(q, k, v)
        x = x + self.out(attended.transpose(1, 2).reshape(batch, tokens, dim))
        return x + self.down(F.gelu(self.up(self.network_norm(x))))


class ViT(nn.Module):
    """Tells classes of images apart, by the mean of its class tokens.

    Class tokens and places are drawn from N(0, 1), as large as what the blocks then see; linear layers keep their own start.
    """

    def __init__(self, config: ViTConfig) -> None:
        super().__init__()
        self.config = config
        self.patches = nn.Linear(config.num_channels * config.patch**2, config.dim)
        self.class_tokens = nn.Parameter(torch.randn(1, config.num_class_tokens, config.dim))
        self.places = nn.Parameter(torch.randn(1, config.num_tokens, config.dim))
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.num_layers))
        self.norm = nn.RMSNorm(config.dim, eps=1e-6)
        self.head = nn.Linear(config.dim, config.num_classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Map ``(batch, channels, height, width)`` to ``(batch, num_classes)`` logits."""
        batch, side, patch = images.shape[0], self.config.side, self.config.patch
        parted = images.view(batch, self.config.num_channels, side, patch, side, patch).permute(0, 2, 4, 3, 5, 1)
        patches = self.patches(parted.reshape(batch, side**2, -1))
        x = torch.cat((self.class_tokens.expand(batch, -1, -1), patches), 1) + self.places
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x[:, : self.config.num_class_tokens].mean(1)))

    def loss(self, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Return the mean cross-entropy."""
        return F.cross_entropy(self(images), labels)
