# SPDX-License-Identifier: Apache-2.0
"""Questions about tensors, as functions."""

from __future__ import annotations

from vt_core import Tensor

__all__ = ["is_complex", "is_floating_point", "is_tensor", "numel"]


def is_tensor(obj: object, /) -> bool:
    """Return whether `obj` is a tensor."""
    return isinstance(obj, Tensor)


def is_floating_point(input: Tensor) -> bool:  # noqa: A002
    """Return whether the tensor's dtype is floating-point; complex is not."""
    return input.dtype.is_floating_point


def is_complex(input: Tensor) -> bool:  # noqa: A002
    """Return whether the tensor's dtype is complex."""
    return input.dtype.is_complex


def numel(input: Tensor) -> int:  # noqa: A002
    """Return the number of elements."""
    return input.numel()
