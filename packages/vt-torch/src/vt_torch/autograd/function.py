# SPDX-License-Identifier: Apache-2.0
"""Operations of one's own, under PyTorch's names."""

from __future__ import annotations

from vt_autograd.function import (
    Function,
    FunctionCtx,
    once_differentiable,
)

__all__ = [
    "Function",
    "FunctionCtx",
    "once_differentiable",
]
