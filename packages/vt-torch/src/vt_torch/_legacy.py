# SPDX-License-Identifier: Apache-2.0
"""Typed constructors of old programs: ``FloatTensor(2, 3)``, ``LongTensor([1, 2])``, ``isinstance(x, FloatTensor)``."""

from __future__ import annotations

from typing import Any

import vt_core

from vt_torch._construction import from_sizes_or_data
from vt_torch._tensor import Tensor

__all__ = ["LEGACY_TYPES"]


class _TypedTensor(type):
    """A type whose instances are the tensors of one dtype on the CPU."""

    dtype: vt_core.dtype

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Tensor) and instance.dtype == cls.dtype and instance.device.type == "cpu"

    def __call__(cls, *args: Any) -> Any:
        return from_sizes_or_data(args, cls.dtype)


def _typed(name: str, dtype: vt_core.dtype) -> type:
    return _TypedTensor(
        name,
        (),
        {
            "dtype": dtype,
            "__doc__": f"Tensors of {dtype.name} on the CPU. Called with data, a tensor of it; with sizes, an empty one.",
            "__module__": "vt_torch",
        },
    )


LEGACY_TYPES = {
    name: _typed(name, dtype)
    for name, dtype in {
        "BFloat16Tensor": vt_core.bfloat16,
        "BoolTensor": vt_core.bool,
        "ByteTensor": vt_core.uint8,
        "CharTensor": vt_core.int8,
        "DoubleTensor": vt_core.float64,
        "FloatTensor": vt_core.float32,
        "HalfTensor": vt_core.float16,
        "IntTensor": vt_core.int32,
        "LongTensor": vt_core.int64,
        "ShortTensor": vt_core.int16,
    }.items()
}
