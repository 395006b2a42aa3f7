# SPDX-License-Identifier: Apache-2.0
"""Settings of the process under PyTorch's names: determinism, warnings, precision of products."""

from __future__ import annotations

from typing import Literal

__all__ = [
    "are_deterministic_algorithms_enabled",
    "get_deterministic_debug_mode",
    "get_float32_matmul_precision",
    "is_deterministic_algorithms_warn_only_enabled",
    "is_warn_always_enabled",
    "set_deterministic_debug_mode",
    "set_float32_matmul_precision",
    "set_warn_always",
    "use_deterministic_algorithms",
]

_DEBUG_MODES = ("default", "warn", "error")

_deterministic = "default"
_warns_always = False


def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
    """Ask for deterministic algorithms.

    On the CPU every operator is deterministic whatever is asked, for any number of threads.

    Parameters
    ----------
    mode : bool
    warn_only : bool
        Kept and returned by `is_deterministic_algorithms_warn_only_enabled`.
    """
    set_deterministic_debug_mode(("warn" if warn_only else "error") if mode else "default")


def are_deterministic_algorithms_enabled() -> bool:
    """Return whether `use_deterministic_algorithms` asked for deterministic algorithms."""
    return _deterministic != "default"


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    """Return whether `use_deterministic_algorithms` asked for warnings only."""
    return _deterministic == "warn"


def set_deterministic_debug_mode(debug_mode: int | str) -> None:
    """Set what `use_deterministic_algorithms` sets: "default" or 0, "warn" or 1, "error" or 2.

    Raises
    ------
    RuntimeError
        For any other value.
    """
    global _deterministic
    mode = _DEBUG_MODES[debug_mode] if isinstance(debug_mode, int) and 0 <= debug_mode < 3 else debug_mode
    if mode not in _DEBUG_MODES:
        raise RuntimeError(
            f"set_deterministic_debug_mode: got {debug_mode!r}, expected one of default, warn, error or 0, 1, 2"
        )
    _deterministic = str(mode)


def get_deterministic_debug_mode() -> int:
    """Return 0 for "default", 1 for "warn", 2 for "error"."""
    return _DEBUG_MODES.index(_deterministic)


def set_warn_always(mode: bool, /) -> None:
    """Keep whether warnings should be repeated; `is_warn_always_enabled` returns it."""
    global _warns_always
    _warns_always = bool(mode)


def is_warn_always_enabled() -> bool:
    """Return what `set_warn_always` was given last."""
    return _warns_always


def set_float32_matmul_precision(precision: Literal["highest", "high", "medium"]) -> None:
    """Set how float32 matrix products are computed on CUDA; on the CPU they are always computed in float32.

    Without a CUDA backend the value is checked and kept.

    Raises
    ------
    RuntimeError, ValueError
        If it is not one of "highest", "high", "medium".
    """
    global _precision
    from vt_torch import cuda

    if precision not in ("highest", "high", "medium"):
        raise RuntimeError(
            f"set_float32_matmul_precision: got {precision!r}, expected one of 'highest', 'high', 'medium'"
        )
    if cuda._backend() is not None:  # pyright: ignore[reportPrivateUsage]
        cuda.set_float32_matmul_precision(precision)
    _precision = precision


def get_float32_matmul_precision() -> str:
    """Return how float32 matrix products are computed on CUDA: "highest", "high" or "medium"."""
    return _precision


_precision = "highest"
