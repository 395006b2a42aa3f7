# SPDX-License-Identifier: Apache-2.0
"""Mixed precision on CUDA, by the names that came before `vt_torch.amp`."""

from __future__ import annotations

from typing import Any

import vt_core

from vt_torch import amp

__all__ = ["GradScaler", "autocast", "custom_bwd", "custom_fwd"]


class autocast(amp.autocast):
    """`vt_torch.autocast` for the device type ``cuda``.

    Parameters
    ----------
    enabled : bool
    dtype : dtype
        float16 or bfloat16.
    cache_enabled : bool
        Taken for compatibility.
    """

    def __init__(
        self, enabled: bool = True, dtype: vt_core.dtype = vt_core.float16, cache_enabled: bool = True
    ) -> None:
        super().__init__("cuda", dtype, enabled, cache_enabled)


class GradScaler(amp.GradScaler):
    """`vt_torch.amp.GradScaler` for the device type ``cuda``; takes its other parameters."""

    def __init__(
        self,
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        super().__init__("cuda", init_scale, growth_factor, backoff_factor, growth_interval, enabled)


def custom_fwd(fwd: Any = None, *, cast_inputs: vt_core.dtype | None = None) -> Any:
    """Return `vt_torch.amp.custom_fwd` for the device type ``cuda``."""
    return amp.custom_fwd(fwd, device_type="cuda", cast_inputs=cast_inputs)


def custom_bwd(bwd: Any = None) -> Any:
    """Return `vt_torch.amp.custom_bwd` for the device type ``cuda``."""
    return amp.custom_bwd(bwd, device_type="cuda")


def __getattr__(name: str) -> Any:
    return getattr(amp, name)
