# SPDX-License-Identifier: Apache-2.0
"""Memory formats: in which order the dimensions of a tensor lie in memory."""

from __future__ import annotations

from vt_core import _C

__all__ = ["channels_last", "channels_last_3d", "contiguous_format", "memory_format", "preserve_format"]


class memory_format(int):  # noqa: N801
    """A layout that operators can be asked for: one of the four constants of this module.

    It is the number by which operators know it.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        library = repr(_C.float32).partition(".")[0]
        return f"{library}.{_NAMES[self]}"

    __str__ = __repr__

    def __reduce__(self) -> str:
        return _NAMES[self]


_NAMES = ("contiguous_format", "preserve_format", "channels_last", "channels_last_3d")

# Row-major.
contiguous_format: memory_format = memory_format(0)
# That of the operand.
preserve_format: memory_format = memory_format(1)
# Of (N, C, H, W), with the channels of a pixel side by side.
channels_last: memory_format = memory_format(2)
# Of (N, C, D, H, W), with the channels of a voxel side by side.
channels_last_3d: memory_format = memory_format(3)
