# SPDX-License-Identifier: Apache-2.0
"""Automatic differentiation: vt-autograd under PyTorch's names."""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

from vt_autograd import (
    Function,
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

if TYPE_CHECKING:
    from typing import Any

    from vt_torch.autograd import anomaly_mode, forward_ad, function, functional, graph
    from vt_torch.autograd.anomaly_mode import detect_anomaly, set_detect_anomaly

__all__ = [
    "Function",
    "Variable",
    "anomaly_mode",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "forward_ad",
    "function",
    "functional",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "graph",
    "inference_mode",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]


def __getattr__(name: str) -> Any:
    if name in ("anomaly_mode", "forward_ad", "function", "functional", "graph"):
        return _import_module(f"vt_torch.autograd.{name}")
    if name in ("detect_anomaly", "set_detect_anomaly"):
        return getattr(_import_module("vt_torch.autograd.anomaly_mode"), name)
    raise AttributeError(f"module 'vt_torch.autograd' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
