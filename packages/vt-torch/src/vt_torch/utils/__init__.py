# SPDX-License-Identifier: Apache-2.0
"""What programs around a model need."""

from __future__ import annotations

from vt_torch.utils import checkpoint, data, hooks

__all__ = ["checkpoint", "data", "hooks"]
