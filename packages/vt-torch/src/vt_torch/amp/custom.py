# SPDX-License-Identifier: Apache-2.0
"""custom_fwd and custom_bwd: operations of one's own under autocast."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import vt_core

from vt_torch.amp.autocast import autocast, get_autocast_dtype, is_autocast_enabled
from vt_torch.func._tree import flatten, rebuild

__all__ = ["custom_bwd", "custom_fwd"]

F = TypeVar("F", bound=Callable[..., Any])


def custom_fwd(fwd: Any = None, *, device_type: str, cast_inputs: vt_core.dtype | None = None) -> Any:
    """Decorate the ``forward`` of a `Function`: its ``backward``, decorated with `custom_bwd`, gets the same autocast.

    Parameters
    ----------
    fwd : callable, optional
        Without it a decorator is returned.
    device_type : {"cuda", "cpu"}
    cast_inputs : dtype, optional
        Under autocast, cast floating arguments on the device, except float64 ones, and run without autocast.
    """
    if fwd is None:
        return functools.partial(custom_fwd, device_type=device_type, cast_inputs=cast_inputs)

    @functools.wraps(fwd)
    def decorated(ctx: Any, *args: Any, **kwargs: Any) -> Any:
        enabled = is_autocast_enabled(device_type)
        ctx._dtype = get_autocast_dtype(device_type)
        ctx._fwd_used_autocast = enabled and cast_inputs is None
        if not enabled or cast_inputs is None:
            return fwd(ctx, *args, **kwargs)
        args, kwargs = (
            rebuild(tree, iter([_cast(leaf, device_type, cast_inputs) for leaf in flatten(tree)]))
            for tree in (args, kwargs)
        )
        with autocast(device_type, enabled=False):
            return fwd(ctx, *args, **kwargs)

    return decorated


def custom_bwd(bwd: Any = None, *, device_type: str) -> Any:
    """Decorate the ``backward`` of a `Function`: it runs under the autocast that its ``forward`` had.

    Parameters
    ----------
    bwd : callable, optional
        Without it a decorator is returned.
    device_type : {"cuda", "cpu"}
    """
    if bwd is None:
        return functools.partial(custom_bwd, device_type=device_type)

    @functools.wraps(bwd)
    def decorated(ctx: Any, *args: Any, **kwargs: Any) -> Any:
        with autocast(device_type, dtype=ctx._dtype, enabled=ctx._fwd_used_autocast):
            return bwd(ctx, *args, **kwargs)

    return decorated


def _cast(value: Any, device_type: str, dtype: vt_core.dtype) -> Any:
    is_meant = (
        isinstance(value, vt_core.Tensor)
        and value.is_floating_point()
        and value.device.type == device_type
        and value.dtype is not vt_core.float64
    )
    return value.to(dtype) if is_meant else value
