# SPDX-License-Identifier: Apache-2.0
"""Settings of what is made without a dtype or device, and settings that change nothing here."""

from __future__ import annotations

from typing import Any

import vt_core
from vt_core import get_default_dtype, set_default_dtype

__all__ = [
    "get_default_device",
    "get_default_dtype",
    "get_device_module",
    "get_num_interop_threads",
    "set_default_device",
    "set_default_dtype",
    "set_default_tensor_type",
    "set_flush_denormal",
    "set_num_interop_threads",
]


def get_default_device() -> vt_core.device:
    """Return the device of tensors that are made without one: the CPU."""
    return vt_core.device("cpu")


def set_default_device(device: Any) -> None:
    """Set the device of tensors that are made without one.

    Raises
    ------
    NotImplementedError
        If it is not the CPU; give ``device=`` where tensors are made.
    """
    if device is not None and vt_core.device(device).type != "cpu":
        raise NotImplementedError(
            f"set_default_device: got {device}, expected cpu; give device= where tensors are made"
        )


def set_default_tensor_type(t: Any, /) -> None:
    """Set the default dtype by an old type: ``FloatTensor``, ``DoubleTensor``, ``HalfTensor``, ``BFloat16Tensor``.

    Raises
    ------
    TypeError
        If it is the type of integers, or none.
    """
    if isinstance(t, str):
        from vt_torch._legacy import LEGACY_TYPES

        t = LEGACY_TYPES.get(t.removeprefix("torch."), t)
    dtype = getattr(t, "dtype", None)
    if not isinstance(dtype, vt_core.dtype):
        raise TypeError(f"set_default_tensor_type: invalid type object: got {t!r}")
    set_default_dtype(dtype)


def get_device_module(device: Any = None) -> Any:
    """Return the part of this package for a device type: ``vt_torch.cuda``; CUDA by default where there is a device.

    Raises
    ------
    RuntimeError
        If the type has none.
    """
    from vt_torch import cuda

    kind = vt_core.device(device).type if device is not None else "cuda" if cuda.is_available() else "cpu"
    if kind == "cuda":
        return cuda
    raise RuntimeError(f"get_device_module: there is no module for device type {kind!r}")


def get_num_interop_threads() -> int:
    """Return 1: operators run one after the other."""
    return 1


def set_num_interop_threads(num: int, /) -> None:
    """Accept a number of threads between operators, which run one after the other whatever it is.

    Raises
    ------
    RuntimeError
        If it is not positive.
    """
    if num <= 0:
        raise RuntimeError("set_num_interop_threads expects a positive integer")


def set_flush_denormal(mode: bool) -> bool:
    """Return whether denormal numbers can be taken as zeros: only where that is not asked for, since they are kept."""
    return not mode
