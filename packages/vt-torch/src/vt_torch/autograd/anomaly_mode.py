# SPDX-License-Identifier: Apache-2.0
"""Anomaly mode, under PyTorch's names."""

from __future__ import annotations

from vt_autograd.anomaly_mode import (
    detect_anomaly,
    set_detect_anomaly,
)

__all__ = [
    "detect_anomaly",
    "set_detect_anomaly",
]
