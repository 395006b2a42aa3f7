# SPDX-License-Identifier: Apache-2.0
"""Threads of the CPU kernels."""

from __future__ import annotations

from vt_core import _C

__all__ = ["get_num_threads", "set_num_threads"]


def get_num_threads() -> int:
    """Return how many threads a parallel loop uses."""
    return _C.num_threads()


def set_num_threads(num_threads: int, /) -> None:
    """Set how many threads a parallel loop uses. Results do not depend on it.

    Raises
    ------
    ValueError
        If `num_threads` is not positive.
    """
    _C.set_num_threads(num_threads)
