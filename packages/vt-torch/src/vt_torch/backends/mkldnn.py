# SPDX-License-Identifier: Apache-2.0
"""oneDNN: not used; matrix products and convolutions have kernels of their own."""

from __future__ import annotations

__all__ = ["is_available"]


def is_available() -> bool:
    """Return False."""
    return False
