# SPDX-License-Identifier: Apache-2.0
"""default_collate: a batch from a list of items; default_convert: the arrays of one item as tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import vt_core
from vt_core import ops

__all__ = ["default_collate", "default_convert"]


def default_convert(data: Any) -> Any:
    """Return an item with the arrays of NumPy in it, and their numbers, as tensors; containers keep their kind."""
    if isinstance(data, (vt_core.Tensor, str, bytes)):
        return data
    if type(data).__module__ == "numpy":
        return data if data.dtype.kind in "SUO" else vt_core.as_tensor(data)
    if isinstance(data, Mapping):
        items: Any = data  # pyright: ignore[reportUnknownVariableType]
        return {key: default_convert(item) for key, item in items.items()}
    if isinstance(data, Sequence):
        entries: Any = data  # pyright: ignore[reportUnknownVariableType]
        converted = [default_convert(item) for item in entries]
        return type(entries)(*converted) if hasattr(entries, "_fields") else converted
    return data


def default_collate(batch: Sequence[Any]) -> Any:
    """Stack the items of a batch.

    Parameters
    ----------
    batch : sequence
        Tensors or arrays of one shape, numbers, strings, or tuples, lists and dicts of such.

    Returns
    -------
    object
        Tensors stacked along a new first dimension, numbers as a 1-d tensor, strings as a list; containers keep their kind.

    Raises
    ------
    TypeError
        If items are of another kind.
    RuntimeError
        If they are of different shapes or lengths.
    """
    first = batch[0]
    if isinstance(first, vt_core.Tensor):
        return ops.stack(list(batch))
    if type(first).__module__ == "numpy" and hasattr(first, "__array__"):
        return ops.stack([vt_core.as_tensor(item) for item in batch])
    if isinstance(first, float):
        return vt_core.tensor(list(batch), dtype=vt_core.float64)
    if isinstance(first, int):
        return vt_core.tensor(list(batch))
    if isinstance(first, (str, bytes)):
        return list(batch)
    if isinstance(first, Mapping):
        keys: Any = first  # pyright: ignore[reportUnknownVariableType]
        return {key: default_collate([item[key] for item in batch]) for key in keys}
    if isinstance(first, Sequence):
        items: Any = first  # pyright: ignore[reportUnknownVariableType]
        if any(len(item) != len(items) for item in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        columns = [default_collate(column) for column in zip(*batch, strict=True)]
        if hasattr(items, "_fields"):
            return type(items)(*columns)
        return columns
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {type(first).__name__}"
    )
