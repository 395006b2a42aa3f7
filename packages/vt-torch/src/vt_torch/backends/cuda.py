# SPDX-License-Identifier: Apache-2.0
"""Switches of the CUDA backend's matrix products."""

from __future__ import annotations

from vt_torch import _process
from vt_torch import cuda as _cuda

__all__ = ["is_built", "matmul"]


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
