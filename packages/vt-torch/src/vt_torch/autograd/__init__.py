# SPDX-License-Identifier: Apache-2.0
"""Automatic differentiation: vt-autograd under PyTorch's names."""

from __future__ import annotations

from vt_autograd import (
    Function,
    backward,
    enable_grad,
    grad,
    gradcheck,
    gradgradcheck,
    no_grad,
    set_grad_enabled,
)

__all__ = [
    "Function",
    "backward",
    "enable_grad",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "no_grad",
    "set_grad_enabled",
]
