# SPDX-License-Identifier: Apache-2.0
"""Versions, under PyTorch's names."""

from __future__ import annotations

from vt_torch import __version__

__all__ = ["__version__", "cuda", "debug", "hip"]

# Of the toolkits that PyTorch's builds contain; here the driver is asked when a device is used.
cuda: str | None = None
hip: str | None = None
debug = False
