# SPDX-License-Identifier: Apache-2.0
"""What the standard's namespace says of itself."""

from __future__ import annotations

from typing import Any

from vt_core import _C
from vt_core._C import device, dtype
from vt_core.array_api._dtypes import (
    DEFAULT_INTEGRAL,
    KINDS,
    Device,
    default_complex,
    default_floating,
)

__all__ = ["__array_namespace_info__"]


class NamespaceInfo:
    """Capabilities, devices and dtypes of `vt_core.array_api`."""

    def capabilities(self) -> dict[str, Any]:
        """Indexing by masks and shapes that depend on data work; arrays have at most 64 dimensions."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self) -> device:
        """Where arrays are made unless a call says otherwise."""
        return _C.device("cpu")

    def default_dtypes(self, *, device: Device | None = None) -> dict[str, dtype]:
        """The dtypes of new arrays unless a call says otherwise; the same on every device."""
        del device
        return {
            "real floating": default_floating(),
            "complex floating": default_complex(),
            "integral": DEFAULT_INTEGRAL,
            "indexing": DEFAULT_INTEGRAL,
        }

    def dtypes(self, *, device: Device | None = None, kind: str | tuple[str, ...] | None = None) -> dict[str, dtype]:
        """The standard's dtypes by name, of one kind or several; the same on every device.

        Raises
        ------
        ValueError
            For an unknown kind.
        """
        del device
        kinds = ("bool", "numeric") if kind is None else (kind,) if isinstance(kind, str) else kind
        if unknown := [each for each in kinds if each not in KINDS]:
            raise ValueError(f"dtypes: unknown kind: got {unknown[0]!r}, expected one of {', '.join(KINDS)}")
        return {each.name: each for kind in kinds for each in KINDS[kind]}

    def devices(self) -> list[device]:
        """The devices on which arrays can be made: the CPU, the shapes of "meta", and those of loaded plugins."""
        cuda = (_C.device(f"cuda:{i}") for i in range(_C.device_count("cuda")))
        return [_C.device("cpu"), _C.device("meta"), *cuda]


def __array_namespace_info__() -> NamespaceInfo:  # noqa: N807
    """Capabilities, default device and dtypes, dtypes and devices of this namespace."""
    return NamespaceInfo()
