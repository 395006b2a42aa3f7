# SPDX-License-Identifier: Apache-2.0
"""Batches in pinned memory, from which copies to a device run while the host goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from vt_torch._tensor import Tensor

__all__ = ["pin"]


def pin(data: Any) -> Any:
    """Return data with each tensor in pinned memory.

    Parameters
    ----------
    data : Any
        Tensors, and mappings, lists, tuples and named tuples of them, are looked into; an object with a method `pin_memory` is
        asked for it; all else stays as it is.

    Returns
    -------
    Any
        Containers of the same types.
    """
    if isinstance(data, (str, bytes)):
        return data
    if isinstance(data, Tensor) or hasattr(data, "pin_memory"):
        return data.pin_memory()
    kind: Any = type(cast("object", data))
    if isinstance(data, Mapping):
        items = {key: pin(value) for key, value in cast("Mapping[Any, Any]", data).items()}
        return items if kind is dict else kind(items)
    if isinstance(data, tuple):
        values = [pin(value) for value in cast("tuple[Any, ...]", data)]
        return kind(*values) if hasattr(kind, "_fields") else kind(values)
    if isinstance(data, list):
        return kind(pin(value) for value in cast("list[Any]", data))
    return data
