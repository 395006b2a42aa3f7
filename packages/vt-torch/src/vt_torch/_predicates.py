# SPDX-License-Identifier: Apache-2.0
"""Questions about tensors, as functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from vt_core import Size, Tensor

__all__ = [
    "broadcast_shapes",
    "get_device",
    "is_autocast_ipu_enabled",
    "is_autocast_xla_enabled",
    "is_complex",
    "is_distributed",
    "is_floating_point",
    "is_inference",
    "is_nonzero",
    "is_same_size",
    "is_signed",
    "is_storage",
    "is_tensor",
    "is_vulkan_available",
    "numel",
    "typename",
]


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


def is_signed(input: Tensor) -> bool:  # noqa: A002
    """Return whether the dtype has negative numbers."""
    return input.dtype.is_signed


def is_nonzero(input: Tensor) -> bool:  # noqa: A002
    """Return whether the one element of the tensor is not zero.

    Raises
    ------
    RuntimeError
        If the tensor does not have exactly one element.
    """
    return bool(input)


def is_same_size(input: Tensor, other: Tensor) -> bool:  # noqa: A002
    """Return whether both tensors have the same shape."""
    return input.shape == other.shape


def is_inference(input: Tensor) -> bool:  # noqa: A002
    """Return whether the tensor was made in `inference_mode`, or is a view of one that was."""
    return input.is_inference()


def is_distributed(input: Tensor) -> bool:  # noqa: A002, ARG001
    """Return False: a tensor lies on one device."""
    return False


def is_vulkan_available() -> bool:
    """Return False: no package computes by Vulkan."""
    return False


def is_autocast_ipu_enabled() -> bool:
    """Return False: no package computes on this device."""
    return False


def is_autocast_xla_enabled() -> bool:
    """Return False: no package computes on this device."""
    return False


def is_storage(obj: object, /) -> bool:
    """Return whether `obj` is the storage of a tensor, as `Tensor.untyped_storage` returns it."""
    from vt_torch.storage import UntypedStorage

    return isinstance(obj, UntypedStorage)


def get_device(input: Tensor) -> int:  # noqa: A002
    """Return the number of the CUDA device, -1 for the CPU."""
    return -1 if input.device.type != "cuda" or input.device.index is None else input.device.index


def typename(obj: object, /) -> str:
    """Return the full name of the type of `obj`; of a tensor the old name of its dtype, as "torch.FloatTensor"."""
    if isinstance(obj, Tensor):
        return str(cast(Any, obj).type())
    kind = obj if isinstance(obj, type) else type(obj)
    name = kind.__qualname__
    return name if kind.__module__ in ("builtins", None) else f"{kind.__module__}.{name}"


def broadcast_shapes(*shapes: int | Sequence[int]) -> Size:
    """Return the shape that tensors of the given ones broadcast to.

    Parameters
    ----------
    shapes : sequence of int, or int for one dimension

    Raises
    ------
    RuntimeError
        If they do not broadcast.
    ValueError
        If a size is negative.
    """
    rows = [(shape,) if isinstance(shape, int) else tuple(shape) for shape in shapes]
    result = [1] * max((len(row) for row in rows), default=0)
    for row in rows:
        for place, size in enumerate(reversed(row), start=1):
            if size != 1 and result[-place] not in (1, size):
                raise RuntimeError(f"broadcast_shapes: cannot broadcast {', '.join(map(str, rows))}")
            if size < 0:
                raise ValueError(f"broadcast_shapes: a size is negative: got {row}")
            if size != 1:
                result[-place] = size
    return Size(result)
