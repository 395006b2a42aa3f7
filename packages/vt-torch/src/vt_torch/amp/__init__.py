# SPDX-License-Identifier: Apache-2.0
"""Mixed precision."""

from __future__ import annotations

from vt_torch.amp.autocast import autocast, get_autocast_dtype, is_autocast_available, is_autocast_enabled
from vt_torch.amp.grad_scaler import GradScaler

__all__ = ["GradScaler", "autocast", "get_autocast_dtype", "is_autocast_available", "is_autocast_enabled"]
