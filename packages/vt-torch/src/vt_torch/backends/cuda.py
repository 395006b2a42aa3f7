# SPDX-License-Identifier: Apache-2.0
"""Switches of the CUDA backend's matrix products, and PyTorch's of its kinds of attention."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from vt_torch import _process
from vt_torch import cuda as _cuda

__all__ = [
    "cudnn_sdp_enabled",
    "enable_cudnn_sdp",
    "enable_flash_sdp",
    "enable_math_sdp",
    "enable_mem_efficient_sdp",
    "flash_sdp_enabled",
    "is_built",
    "math_sdp_enabled",
    "matmul",
    "mem_efficient_sdp_enabled",
    "sdp_kernel",
]


def is_built() -> bool:
    """Return whether a CUDA backend is installed."""
    return _cuda._backend() is not None  # pyright: ignore[reportPrivateUsage]


class _Matmul:
    """Switches of matrix products."""

    @property
    def allow_tf32(self) -> bool:
        """Whether float32 products may be computed in TF32: `set_float32_matmul_precision` other than "highest"."""
        return _process.get_float32_matmul_precision() != "highest"

    @allow_tf32.setter
    def allow_tf32(self, allowed: bool) -> None:
        _process.set_float32_matmul_precision("high" if allowed else "highest")


matmul = _Matmul()

# There is one attention: these switches are remembered, and change nothing.
_attention = {"flash": True, "mem_efficient": True, "math": True, "cudnn": True}


def enable_flash_sdp(enabled: bool) -> None:
    """Remember a switch that changes nothing."""
    _attention["flash"] = enabled


def enable_mem_efficient_sdp(enabled: bool) -> None:
    """Remember a switch that changes nothing."""
    _attention["mem_efficient"] = enabled


def enable_math_sdp(enabled: bool) -> None:
    """Remember a switch that changes nothing."""
    _attention["math"] = enabled


def enable_cudnn_sdp(enabled: bool) -> None:
    """Remember a switch that changes nothing."""
    _attention["cudnn"] = enabled


def flash_sdp_enabled() -> bool:
    """Return what `enable_flash_sdp` was last given."""
    return _attention["flash"]


def mem_efficient_sdp_enabled() -> bool:
    """Return what `enable_mem_efficient_sdp` was last given."""
    return _attention["mem_efficient"]


def math_sdp_enabled() -> bool:
    """Return what `enable_math_sdp` was last given."""
    return _attention["math"]


def cudnn_sdp_enabled() -> bool:
    """Return what `enable_cudnn_sdp` was last given."""
    return _attention["cudnn"]


@contextmanager
def sdp_kernel(
    enable_flash: bool = True, enable_math: bool = True, enable_mem_efficient: bool = True, enable_cudnn: bool = True
) -> Generator[None]:
    """Set all four switches inside of the context."""
    before = dict(_attention)
    _attention.update(flash=enable_flash, math=enable_math, mem_efficient=enable_mem_efficient, cudnn=enable_cudnn)
    try:
        yield
    finally:
        _attention.update(before)
