# SPDX-License-Identifier: Apache-2.0
"""Forward mode: `vt_autograd.forward_ad` under PyTorch's name."""

from __future__ import annotations

from vt_autograd.forward_ad import (
    UnpackedDualTensor,
    dual_level,
    enter_dual_level,
    exit_dual_level,
    make_dual,
    unpack_dual,
)

__all__ = ["UnpackedDualTensor", "dual_level", "enter_dual_level", "exit_dual_level", "make_dual", "unpack_dual"]
