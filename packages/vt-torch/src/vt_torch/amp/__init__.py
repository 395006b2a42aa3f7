# SPDX-License-Identifier: Apache-2.0
"""Mixed precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vt_torch.amp.autocast import autocast, get_autocast_dtype, is_autocast_available, is_autocast_enabled
from vt_torch.amp.grad_scaler import GradScaler

if TYPE_CHECKING:
    from typing import Any

    from vt_torch.amp.custom import custom_bwd, custom_fwd

__all__ = [
    "GradScaler",
    "autocast",
    "custom_bwd",
    "custom_fwd",
    "get_autocast_dtype",
    "is_autocast_available",
    "is_autocast_enabled",
]


def __getattr__(name: str) -> Any:
    if name in ("custom_bwd", "custom_fwd"):
        from vt_torch.amp import custom

        return getattr(custom, name)
    raise AttributeError(f"module 'vt_torch.amp' has no attribute {name!r}")
