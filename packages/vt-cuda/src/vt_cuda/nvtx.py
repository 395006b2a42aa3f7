# SPDX-License-Identifier: Apache-2.0
"""Ranges and marks that profilers show, by NVTX; without a profiler nothing happens.

A tool is looked for at the first call, where NVTX does: the environment variable ``NVTX_INJECTION64_PATH`` names its library.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from vt_cuda import _C

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["mark", "range", "range_end", "range_pop", "range_push", "range_start"]


def range_push(msg: str) -> int:
    """Begin a range within the one that this thread is in.

    Returns
    -------
    int
        Its depth from 0 on; negative without a profiler.
    """
    return _C.nvtx_push(msg)


def range_pop() -> int:
    """End the range that this thread began last; returns its depth, negative without a profiler."""
    return _C.nvtx_pop()


def range_start(msg: str) -> int:
    """Begin a range that any thread may end by the number returned."""
    return _C.nvtx_start(msg)


def range_end(range_id: int) -> None:
    """End a range begun by `range_start`."""
    _C.nvtx_end(range_id)


def mark(msg: str) -> None:
    """Mark this moment."""
    _C.nvtx_mark(msg)


@contextmanager
def range(msg: str, *args: object, **kwargs: object) -> Generator[None]:  # noqa: A001
    """Make a range of a block or a function; `args` and `kwargs` are formatted into the message."""
    range_push(msg.format(*args, **kwargs))
    try:
        yield
    finally:
        range_pop()
