# SPDX-License-Identifier: Apache-2.0
"""Automatic differentiation for the VibeTensor stack.

Importing it loads the plugin into vt-core: from then on tensors can require grad, and operations on them are recorded.
"""

from __future__ import annotations

import vt_core

from vt_autograd._paths import library_path

vt_core.load_plugin(library_path())

from vt_autograd import _C, forward_ad  # noqa: E402
from vt_autograd._C import (  # noqa: E402
    Function,
    FunctionContext,
    Node,
    backward,
    enable_grad,
    grad,
    is_grad_enabled,
    no_grad,
    set_grad_enabled,
)
from vt_autograd._decorate import decorate  # noqa: E402
from vt_autograd.gradcheck import GradcheckError, gradcheck, gradgradcheck  # noqa: E402

_C._set_decorate(decorate)  # pyright: ignore[reportPrivateUsage]

__version__ = _C.__version__

__all__ = [
    # Gradients
    "backward",
    "grad",
    # Recording or not
    "enable_grad",
    "is_grad_enabled",
    "no_grad",
    "set_grad_enabled",
    # Forward mode
    "forward_ad",
    # Operations of one's own
    "Function",
    "FunctionContext",
    # The graph
    "Node",
    # Checking derivatives
    "GradcheckError",
    "gradcheck",
    "gradgradcheck",
]

del decorate, library_path, vt_core
