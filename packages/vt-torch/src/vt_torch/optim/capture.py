# SPDX-License-Identifier: Apache-2.0
"""Optimisers in CUDA graphs: numbers that the host keeps are written to device memory before each replay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vt_torch import cuda
from vt_torch._tensor import Tensor

__all__ = ["at_each_replay", "is_capturing", "replayed"]


def is_capturing(parameter: Tensor) -> bool:
    """Whether work on a parameter is being captured."""
    device = parameter.device
    return device.type == "cuda" and cuda.is_current_stream_capturing(device)


def at_each_replay(call: Callable[[], object]) -> None:
    """Let each replay of the graph that is being captured begin with a call on the host."""
    cuda.before_replay(call)


def replayed(parameter: Tensor, numbers: Callable[[], Sequence[float]], count: int) -> list[Tensor]:
    """Return `count` scalars where the parameter is, with what ``numbers()`` returns before each replay."""
    cells = cuda.replayed_numbers(numbers, count, parameter.device)
    return [cells[i] for i in range(count)]
