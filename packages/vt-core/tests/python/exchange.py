# SPDX-License-Identifier: Apache-2.0
"""Conversions to and from PyTorch that keep sizes, strides and bits of every dtype."""

from __future__ import annotations

import ctypes

import torch
import vt_core as vt

DTYPE_NAMES = (
    "bool",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "int8",
    "int16",
    "int32",
    "int64",
    "float8_e4m3fn",
    "float8_e5m2",
    "float16",
    "bfloat16",
    "float32",
    "float64",
    "complex64",
    "complex128",
)


def vt_from_torch(source: torch.Tensor) -> vt.Tensor:
    """Copies bit for bit into a contiguous tensor, through no protocol that is itself under test."""
    dense = source.detach().contiguous()
    result = vt.ops.empty(tuple(dense.shape), dtype=getattr(vt, str(dense.dtype).removeprefix("torch.")))
    ctypes.memmove(result.data_ptr(), dense.data_ptr(), dense.numel() * dense.element_size())
    return result


def torch_from_vt(source: vt.Tensor) -> torch.Tensor:
    """The way back; reads through sizes and strides."""
    result = torch.empty(tuple(source.shape), dtype=getattr(torch, source.dtype.name))
    span = 1 + sum((size - 1) * stride for size, stride in zip(source.shape, source.stride())) if source.numel() else 0
    memory = torch.empty(span, dtype=result.dtype)
    ctypes.memmove(memory.data_ptr(), source.data_ptr(), span * result.element_size())
    return result.copy_(memory.as_strided(tuple(source.shape), tuple(source.stride())))
