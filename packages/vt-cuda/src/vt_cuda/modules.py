# SPDX-License-Identifier: Apache-2.0
"""Kernels from cubins and PTX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vt_cuda import _C
from vt_cuda._C import Function, Module
from vt_cuda.devices import index_of

if TYPE_CHECKING:
    import vt_core

__all__ = ["Function", "Module", "load_module"]


def load_module(image: bytes | str, *, device: int | str | vt_core.device | None = None) -> Module:
    """Load a cubin, or PTX that the driver compiles, on a device.

    Parameters
    ----------
    image : bytes or str
        A whole cubin, or PTX; copied.
    device : int, str or vt_core.device, optional
        Default: the current device.

    Returns
    -------
    Module
        Unloaded when it and its functions are gone; no kernel of it may still run then.

    Raises
    ------
    CudaError
        If the image is neither, has no code for the device, or PTX does not compile; the driver may compile it only when
        the first function is asked for, which then raises.
    """
    return _C.load_module(index_of(device), image.encode() if isinstance(image, str) else image)
