# SPDX-License-Identifier: Apache-2.0
"""Padding as modules: constants, reflections, replicas and cycles around the last one to three dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn.module import Module

__all__ = [
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
]


class _Pad(Module):
    """Padding of the last `_rank` dimensions.

    Parameters
    ----------
    padding : int or sequence of int
        Positions to add on every side; or before and after, for the last dimension first. Negative ones take away.
    """

    _rank: ClassVar[int]
    _mode: ClassVar[str]

    def __init__(self, padding: int | Sequence[int]) -> None:
        super().__init__()
        self.padding = (padding,) * (2 * self._rank) if isinstance(padding, int) else tuple(padding)

    def forward(self, input: Tensor) -> Tensor:
        """Return a padded copy."""
        return ops.pad(input, self.padding, self._mode)

    def extra_repr(self) -> str:
        """Return the padding."""
        return str(self.padding)


class _ConstantPad(_Pad):
    """Padding with `value`."""

    _mode = "constant"

    def __init__(self, padding: int | Sequence[int], value: float) -> None:
        super().__init__(padding)
        self.value = value

    def forward(self, input: Tensor) -> Tensor:
        """Return a padded copy."""
        return ops.pad(input, self.padding, self._mode, self.value)

    def extra_repr(self) -> str:
        """Return padding and value."""
        return f"padding={self.padding}, value={self.value}"


class ConstantPad1d(_ConstantPad):
    """Pads the last dimension with `value`."""

    _rank = 1


class ZeroPad1d(ConstantPad1d):
    """Pads the last dimension with zeros."""

    def __init__(self, padding: int | Sequence[int]) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """Return the padding."""
        return str(self.padding)


class ReflectionPad1d(_Pad):
    """Pads the last dimension with what lies inside the edge, mirrored; the edge itself is not repeated."""

    _rank = 1
    _mode = "reflect"


class ReplicationPad1d(_Pad):
    """Pads the last dimension with the edge."""

    _rank = 1
    _mode = "replicate"


class CircularPad1d(_Pad):
    """Pads the last dimension with what lies at the other end."""

    _rank = 1
    _mode = "circular"


class ConstantPad2d(_ConstantPad):
    """Pads the last two dimensions with `value`."""

    _rank = 2


class ZeroPad2d(ConstantPad2d):
    """Pads the last two dimensions with zeros."""

    def __init__(self, padding: int | Sequence[int]) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """Return the padding."""
        return str(self.padding)


class ReflectionPad2d(_Pad):
    """Pads the last two dimensions with what lies inside the edge, mirrored; the edge itself is not repeated."""

    _rank = 2
    _mode = "reflect"


class ReplicationPad2d(_Pad):
    """Pads the last two dimensions with the edge."""

    _rank = 2
    _mode = "replicate"


class CircularPad2d(_Pad):
    """Pads the last two dimensions with what lies at the other end."""

    _rank = 2
    _mode = "circular"


class ConstantPad3d(_ConstantPad):
    """Pads the last three dimensions with `value`."""

    _rank = 3


class ZeroPad3d(ConstantPad3d):
    """Pads the last three dimensions with zeros."""

    def __init__(self, padding: int | Sequence[int]) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """Return the padding."""
        return str(self.padding)


class ReflectionPad3d(_Pad):
    """Pads the last three dimensions with what lies inside the edge, mirrored; the edge itself is not repeated."""

    _rank = 3
    _mode = "reflect"


class ReplicationPad3d(_Pad):
    """Pads the last three dimensions with the edge."""

    _rank = 3
    _mode = "replicate"


class CircularPad3d(_Pad):
    """Pads the last three dimensions with what lies at the other end."""

    _rank = 3
    _mode = "circular"
