# SPDX-License-Identifier: Apache-2.0
"""cuDNN, which serves convolutions and attention on CUDA beside kernels of the backend where it is installed.

Only engines with one order of sums are taken, for each shape the same on every run, and float32 operands are rounded as
`vt_torch.set_float32_matmul_precision` says. The switches of this module are kept and change nothing.
"""

from __future__ import annotations

__all__ = ["allow_tf32", "benchmark", "deterministic", "enabled", "is_available", "version"]

enabled: bool = True
benchmark: bool = False
deterministic: bool = False
allow_tf32: bool = True


def is_available() -> bool:
    """Return whether cuDNN was found. Looks for it."""
    return version() is not None


def version() -> int | None:
    """Return the version of cuDNN as 91900, or None without it. Looks for it."""
    from vt_torch import cuda

    backend = cuda._backend()  # pyright: ignore[reportPrivateUsage]
    name, _, rest = backend.cudnn().partition(" ") if backend is not None else ("", "", "")
    return int(rest.split()[0]) if name == "cuDNN" else None
