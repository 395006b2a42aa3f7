# SPDX-License-Identifier: Apache-2.0
"""Ranges and marks that profilers show, those of the CUDA backend."""

from __future__ import annotations

from typing import Any

from vt_torch import cuda


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(cuda._needed().nvtx, name)  # pyright: ignore[reportPrivateUsage]
