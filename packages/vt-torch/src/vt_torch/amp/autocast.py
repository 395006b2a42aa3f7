# SPDX-License-Identifier: Apache-2.0
"""autocast: matrix products in a half dtype, what needs range or precision in float32."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import vt_core
from vt_core import _C

__all__ = ["autocast", "get_autocast_dtype", "is_autocast_available", "is_autocast_enabled"]

F = TypeVar("F", bound=Callable[..., Any])


def is_autocast_available(device_type: str) -> bool:
    """Return whether `autocast` knows a device type."""
    return device_type in ("cpu", "cuda")


def is_autocast_enabled(device_type: str = "cuda") -> bool:
    """Return whether the calling thread is inside an `autocast` for a device type."""
    return _C._autocast_state(device_type)[0]  # pyright: ignore[reportPrivateUsage]


def get_autocast_dtype(device_type: str) -> vt_core.dtype:
    """Return the half dtype that `autocast` casts to on a device type."""
    return _C._autocast_state(device_type)[1]  # pyright: ignore[reportPrivateUsage]


class autocast:
    """Mixed precision for the calls of a ``with`` block or a decorated function, in the calling thread.

    Matrix products and attention take their float32 operands in `dtype`; softmax, norms, losses, sums and powers take half
    ones in float32. Casts are recorded, so gradients arrive in the dtype of the parameters. Calls with ``out=`` and in-place
    forms keep their dtypes.

    Parameters
    ----------
    device_type : {"cuda", "cpu"}
    dtype : dtype, optional
        float16 or bfloat16; by default bfloat16 on the CPU and float16 on CUDA.
    enabled : bool
        False switches an outer block off for a while.
    cache_enabled : bool, optional
        Taken for compatibility: every cast is made where it is used.

    Raises
    ------
    RuntimeError
        If the device type is unknown.
    TypeError
        If `dtype` is no half dtype.

    Examples
    --------
    >>> import vt_torch as torch
    >>> x, w = torch.ones(2, 3), torch.ones(4, 3)
    >>> with torch.autocast("cpu", torch.bfloat16):
    ...     print(torch.nn.functional.linear(x, w).dtype)
    torch.bfloat16
    """

    def __init__(
        self,
        device_type: str,
        dtype: vt_core.dtype | None = None,
        enabled: bool = True,
        cache_enabled: bool | None = None,
    ) -> None:
        if not is_autocast_available(device_type):
            raise RuntimeError(
                f"User specified an unsupported autocast device_type {device_type!r}; expected cuda or cpu"
            )
        if dtype is not None and dtype not in (vt_core.float16, vt_core.bfloat16):
            raise TypeError(f"autocast: got dtype {dtype}, expected float16 or bfloat16")
        self.device = device_type
        self._enabled = enabled
        self._dtype = get_autocast_dtype(device_type) if dtype is None else dtype
        self._before: list[tuple[bool, vt_core.dtype]] = []

    def __enter__(self) -> autocast:
        self._before.append(_C._autocast_state(self.device))  # pyright: ignore[reportPrivateUsage]
        _C._set_autocast_state(self.device, self._enabled, self._dtype)  # pyright: ignore[reportPrivateUsage]
        return self

    def __exit__(self, *_: object) -> None:
        _C._set_autocast_state(self.device, *self._before.pop())  # pyright: ignore[reportPrivateUsage]

    def __call__(self, func: F) -> F:
        @functools.wraps(func)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with self:
                return func(*args, **kwargs)

        return wrapped  # pyright: ignore[reportReturnType]
