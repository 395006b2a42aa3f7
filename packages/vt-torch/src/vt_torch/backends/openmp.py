# SPDX-License-Identifier: Apache-2.0
"""OpenMP: not used; loops run on a pool of the library's own."""

from __future__ import annotations

__all__ = ["is_available"]


def is_available() -> bool:
    """Return False."""
    return False
