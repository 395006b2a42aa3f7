# SPDX-License-Identifier: Apache-2.0
"""What the device tests share: tensors on the device, what the driver was asked for, and which libraries are here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import vt_core as vt
import vt_cuda
from vt_core.testing.op_table import OpRow

# A call that needs the library, by its name, and the wheel that its refusal must name.
LIBRARIES: dict[str, tuple[Callable[[], object], str]] = {
    "cuFFT": (lambda: vt.ops.fft_fft(vt.ops.ones([2], device="cuda")), "nvidia-cufft"),
    "cuSOLVER": (lambda: vt.ops.linalg_svdvals(vt.ops.ones([1, 1], device="cuda")), "nvidia-cusolver"),
}


@cache
def _has_library(name: str) -> bool:
    try:
        LIBRARIES[name][0]()
    except NotImplementedError:
        return False
    return True


def is_served(row: OpRow) -> bool:
    """Whether the operator computes here: the library that it needs is installed."""
    if vt_cuda.device_count() == 0:
        return True
    return not row.cuda_library or _has_library(row.cuda_library)


def to_cuda(tensor: vt.Tensor) -> vt.Tensor:
    """The same elements in the same layout on the device: storage, offset, sizes and strides."""
    if tensor.numel() == 0:
        return vt.ops.empty_strided(list(tensor.shape), list(tensor.stride()), dtype=tensor.dtype, device="cuda")
    offset = tensor.storage_offset()
    extent = 1 + offset + sum((n - 1) * s for n, s in zip(tensor.shape, tensor.stride(), strict=True))
    storage = vt.ops.as_strided(tensor, [extent], [1], 0).to(device="cuda")
    return vt.ops.as_strided(storage, list(tensor.shape), list(tensor.stride()), offset)


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """What the driver was asked for inside the block."""
    before = vt_cuda.counters()
    counts: dict[str, int] = {}
    yield counts
    after = vt_cuda.counters()
    counts.update({name: after[name] - before[name] for name in after})
