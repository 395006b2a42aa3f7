# SPDX-License-Identifier: Apache-2.0
"""Kernels of native_rms_norm and its backward on CUDA: which calls they take, and their launches."""

from __future__ import annotations

import math
from functools import cache
from types import NotImplementedType
from typing import TYPE_CHECKING, Any

from vt_kernels._runtime.declaration import KernelDtype
from vt_kernels._runtime.launch import LoadedKernel, load_kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vt_core import Tensor

DTYPES: tuple[KernelDtype, ...] = ("f32", "f16", "bf16")
# Compiled variants, as block -> (rows of a program at once, warps).
BLOCKS = {128: (8, 4), 256: (4, 4), 512: (2, 4), 1024: (1, 4), 2048: (1, 4), 4096: (1, 8), 8192: (1, 16)}
# The longest rows that are taken; longer ones of half types are faster in vt-cuda, which holds them in registers and copies rows ahead.
MOST_COLS: dict[KernelDtype, int] = {"f32": 8192, "f16": 4096, "bf16": 4096}
# What divides addresses in bytes and lengths in elements.
ALIGNMENT = 16
# Of the sum over programs' parts: parts at once, and columns of a program.
SUM_PROGRAMS = 32
SUM_COLS = 64
# Programs of the backward pass: two for each of an H200's 132 multiprocessors.
_BACKWARD_PROGRAMS = 264

_DTYPE_NAMES: dict[str, KernelDtype] = {"float32": "f32", "float16": "f16", "bfloat16": "bf16"}
_MAX_ROWS = 2**31 - 1


def native_rms_norm(
    input: Tensor,  # noqa: A002 (the operator's name for it)
    normalized_shape: Sequence[int],
    weight: Tensor | None,
    eps: float,
) -> tuple[Tensor, Tensor] | NotImplementedType:
    """Kernel of ``native_rms_norm``: contiguous rows of a multiple of 16 elements, at most `MOST_COLS`, with a weight of one dtype.

    Parameters and results as of the operator; NotImplemented for every other call. Enqueues on the current stream.
    """
    import vt_core

    call = _call(input, normalized_shape, weight)
    if call is None:
        return NotImplemented
    num_rows, num_cols, dtype, block = call
    out = vt_core.ops.empty_like(input)
    stat_sizes = (*input.shape[: input.ndim - len(normalized_shape)], *(1 for _ in normalized_shape))
    rstd = vt_core.ops.empty(stat_sizes, dtype=vt_core.float32, device=input.device)
    rows = BLOCKS[block][0]
    kernel = _kernel("rms_norm_rows", dtype, rows, block, input.device.index)
    kernel.launch((-(-num_rows // rows), 1, 1), (input, weight, out, rstd, num_rows, num_cols, eps))
    return out, rstd


def native_rms_norm_backward(
    grad: Tensor,
    input: Tensor,  # noqa: A002
    normalized_shape: Sequence[int],
    rstd: Tensor,
    weight: Tensor | None,
    needed: int,
) -> tuple[Tensor | None, Tensor | None] | NotImplementedType:
    """Kernel of ``native_rms_norm_backward`` for the calls that `native_rms_norm` takes; results that are not needed are None."""
    import vt_core

    call = _call(input, normalized_shape, weight)
    if call is None or _call(grad, normalized_shape, weight) != call or not rstd.is_contiguous():
        return NotImplemented
    num_rows, num_cols, dtype, block = call
    dx = vt_core.ops.empty_like(input)
    rows = BLOCKS[block][0]
    programs = min(_BACKWARD_PROGRAMS, -(-num_rows // rows))
    parts = vt_core.ops.empty((programs, num_cols), dtype=vt_core.float32, device=input.device)
    device = input.device.index
    kernel = _kernel("rms_norm_backward_rows", dtype, rows, block, device)
    kernel.launch((programs, 1, 1), (grad, input, weight, rstd, dx, parts, num_rows, num_cols))
    if not needed & 2:
        return dx, None
    dw = vt_core.ops.empty(tuple(normalized_shape), dtype=input.dtype, device=input.device)
    _sum_kernel(dtype, device).launch((-(-num_cols // SUM_COLS), 1, 1), (parts, dw, programs, num_cols))
    return dx if needed & 1 else None, dw


def _call(
    x: Tensor, normalized_shape: Sequence[int], weight: Tensor | None
) -> tuple[int, int, KernelDtype, int] | None:
    """Rows, columns, dtype and block of a call that the kernels take."""
    if weight is None or weight.dtype != x.dtype or not x.is_contiguous() or not weight.is_contiguous():
        return None
    dtype = _dtype_name(x.dtype)
    num_cols = math.prod(normalized_shape)
    if dtype is None or num_cols == 0 or num_cols % ALIGNMENT or num_cols > MOST_COLS[dtype]:
        return None
    num_rows = x.numel() // num_cols
    if not 0 < num_rows <= _MAX_ROWS or (x.data_ptr() | weight.data_ptr()) % ALIGNMENT:
        return None
    return num_rows, num_cols, dtype, next(block for block in BLOCKS if num_cols <= block)


@cache
def _dtype_name(dtype: Any) -> KernelDtype | None:
    return _DTYPE_NAMES.get(dtype.name)


@cache
def _kernel(name: str, dtype: KernelDtype, rows: int, block: int, device_index: int) -> LoadedKernel:
    constants = {"ROWS": rows, "BLOCK": block}
    return load_kernel(name, dtype=dtype, constants=constants, alignment=ALIGNMENT, device_index=device_index)


@cache
def _sum_kernel(dtype: KernelDtype, device_index: int) -> LoadedKernel:
    constants = {"PARTS": SUM_PROGRAMS, "COLS": SUM_COLS}
    return load_kernel(
        "rms_norm_sum_parts", dtype=dtype, constants=constants, alignment=ALIGNMENT, device_index=device_index
    )
