# SPDX-License-Identifier: Apache-2.0
"""RemovableHandle: what registering a hook of a module returns."""

from __future__ import annotations

from vt_torch.nn.hooks import RemovableHandle

__all__ = ["RemovableHandle"]
