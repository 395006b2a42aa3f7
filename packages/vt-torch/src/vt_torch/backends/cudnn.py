# SPDX-License-Identifier: Apache-2.0
"""cuDNN: not used; convolution and attention have kernels of their own. The switches are kept and change nothing."""

from __future__ import annotations

__all__ = ["allow_tf32", "benchmark", "deterministic", "enabled", "is_available", "version"]

enabled: bool = True
benchmark: bool = False
deterministic: bool = False
allow_tf32: bool = True


def is_available() -> bool:
    """Return False: no operator calls cuDNN."""
    return False


def version() -> int | None:
    """Return None: cuDNN is not loaded."""
    return None
