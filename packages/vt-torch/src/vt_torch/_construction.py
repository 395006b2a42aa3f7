# SPDX-License-Identifier: Apache-2.0
"""The constructor of PyTorch's first programs: ``Tensor(2, 3)`` has sizes, ``Tensor([2, 3])`` elements."""

from __future__ import annotations

from typing import Any

import vt_core

__all__ = ["from_sizes_or_data", "new_tensor"]


def from_sizes_or_data(args: tuple[Any, ...], dtype: vt_core.dtype, device: Any = None) -> Any:
    """Return a tensor from sizes, without defined elements, or a copy of data.

    Raises
    ------
    TypeError
        If the data is one number that is no size.
    """
    if len(args) == 1 and not isinstance(args[0], (int, vt_core.Size)):
        if isinstance(args[0], (float, complex)):
            raise TypeError(f"new(): data must be a sequence (got {type(args[0]).__name__})")
        return vt_core.tensor(args[0], dtype=dtype, device=device)
    sizes = args[0] if len(args) == 1 and isinstance(args[0], vt_core.Size) else args or (0,)
    return vt_core.ops.empty(list(sizes), dtype=dtype, device=device)


def new_tensor(cls: Any, *args: Any, device: Any = None) -> Any:
    """Make a tensor of class `cls` from sizes or from data, of the default dtype, or one that shares a tensor's memory."""
    data = args[0] if len(args) == 1 and isinstance(args[0], vt_core.Tensor) else None
    if data is None:
        data = from_sizes_or_data(args, vt_core.get_default_dtype(), device)
    base: Any = vt_core.Tensor
    return base._make_subclass(cls, data.detach(), False)
