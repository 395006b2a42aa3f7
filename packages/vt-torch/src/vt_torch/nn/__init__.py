# SPDX-License-Identifier: Apache-2.0
"""Building blocks of models."""

from __future__ import annotations

from vt_torch.nn.parameter import Parameter

__all__ = ["Parameter"]
