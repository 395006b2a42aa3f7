# SPDX-License-Identifier: Apache-2.0
"""Automatic differentiation: vt-autograd under PyTorch's names."""

from __future__ import annotations

from vt_autograd import (
    backward,
    enable_grad,
    grad,
    gradcheck,
    gradgradcheck,
    inference_mode,
    no_grad,
    set_grad_enabled,
)
from vt_core import Tensor as Variable

from vt_torch.autograd import anomaly_mode, function, graph
from vt_torch.autograd.anomaly_mode import detect_anomaly, set_detect_anomaly
from vt_torch.autograd.function import Function

__all__ = [
    "Function",
    "Variable",
    "anomaly_mode",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "function",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "graph",
    "inference_mode",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]
