# SPDX-License-Identifier: Apache-2.0
"""How a tensor's elements lie in memory: strided, as all do."""

from __future__ import annotations

__all__ = ["layout", "strided"]


class layout:
    """The type of `strided`, its only object."""

    __slots__ = ()

    def __new__(cls) -> layout:
        raise TypeError("layout: objects cannot be made; use vt_torch.strided")

    def __repr__(self) -> str:
        return "torch.strided"

    def __reduce__(self) -> str:
        return "strided"


strided = object.__new__(layout)
