# SPDX-License-Identifier: Apache-2.0
"""Automatic differentiation for the VibeTensor stack.

Importing it loads the plugin into vt-core: from then on tensors can require grad, and operations on them are recorded.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

import vt_core

from vt_autograd._paths import library_path

vt_core.load_plugin(library_path())

from vt_autograd import _C  # noqa: E402
from vt_autograd._C import (  # noqa: E402
    Function,
    FunctionContext,
    Node,
    backward,
    enable_grad,
    grad,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from vt_autograd._decorate import decorate  # noqa: E402
from vt_autograd.gradcheck import GradcheckError, gradcheck, gradgradcheck  # noqa: E402
from vt_autograd.inference import inference_mode  # noqa: E402

if TYPE_CHECKING:
    from typing import Any

    from vt_autograd import forward_ad, functional, graph
    from vt_autograd._plot import plot
    from vt_autograd._statistics import KindStatistics, statistics
    from vt_autograd.anomaly_mode import (
        detect_anomaly,
        is_anomaly_check_nan_enabled,
        is_anomaly_enabled,
        set_detect_anomaly,
    )
    from vt_autograd.function import once_differentiable

_C._set_decorate(decorate)  # pyright: ignore[reportPrivateUsage]

__version__ = _C.__version__

__all__ = [
    # Gradients
    "backward",
    "grad",
    # Recording or not
    "enable_grad",
    "inference_mode",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "set_grad_enabled",
    # Forward mode, and transforms of functions
    "forward_ad",
    "functional",
    # Operations of one's own
    "Function",
    "FunctionContext",
    "once_differentiable",
    # The graph
    "KindStatistics",
    "Node",
    "detect_anomaly",
    "graph",
    "is_anomaly_check_nan_enabled",
    "is_anomaly_enabled",
    "plot",
    "set_detect_anomaly",
    "statistics",
    # Checking derivatives
    "GradcheckError",
    "gradcheck",
    "gradgradcheck",
]

# Imported when they are first asked for.
_LAZY_MODULES = ("forward_ad", "functional", "graph")
_LAZY = {
    "KindStatistics": "vt_autograd._statistics",
    "detect_anomaly": "vt_autograd.anomaly_mode",
    "is_anomaly_check_nan_enabled": "vt_autograd.anomaly_mode",
    "is_anomaly_enabled": "vt_autograd.anomaly_mode",
    "once_differentiable": "vt_autograd.function",
    "plot": "vt_autograd._plot",
    "set_detect_anomaly": "vt_autograd.anomaly_mode",
    "statistics": "vt_autograd._statistics",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        value = globals()[name] = getattr(_import_module(_LAZY[name]), name)
        return value
    if name in _LAZY_MODULES:
        return _import_module(f"vt_autograd.{name}")
    raise AttributeError(f"module 'vt_autograd' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY, *_LAZY_MODULES})


del decorate, library_path, vt_core
