# SPDX-License-Identifier: Apache-2.0
"""Softmax over the last dimension on CUDA: checks the arguments, picks the compiled variant, launches it once."""

from __future__ import annotations

import math
from functools import cache
from types import NotImplementedType
from typing import TYPE_CHECKING

from vt_kernels._runtime.declaration import KernelDtype
from vt_kernels._runtime.launch import LoadedKernel, load_kernel

if TYPE_CHECKING:
    from vt_core import Tensor

DTYPES: tuple[KernelDtype, ...] = ("f32", "f16", "bf16")

# Compiled variants, as block -> (rows of a program, warps): the fastest of those measured on an H200, where they move 3.6
# to 4.2 TB/s of a copy's 4.3. A row that fits in a block is read once; a longer one twice, block by block (2.7 TB/s).
ONE_PASS = {
    16: (64, 4),
    32: (32, 4),
    64: (16, 4),
    128: (8, 2),
    256: (4, 2),
    512: (2, 2),
    1024: (1, 2),
    2048: (1, 4),
    4096: (1, 8),
    8192: (1, 16),
    16384: (1, 16),
}
ONLINE = {16384: (1, 16)}
# Variants of the gradient, whose rows are contiguous and aligned.
BACKWARD = {128: (8, 4), 256: (4, 4), 512: (2, 4), 1024: (1, 4), 2048: (1, 4), 4096: (1, 8), 8192: (1, 16)}
# What divides addresses in bytes, and strides and lengths in elements, where the aligned variants are used.
ALIGNMENT = 16

_ONLINE_BLOCK = max(ONLINE)
# The kernels count in 32 bits, and the online one steps past a row's end by up to a block.
_MAX_COLS = 2**31 - _ONLINE_BLOCK
_MAX_ROWS = 2**31 - 1

_DTYPE_NAMES: dict[str, KernelDtype] = {"float32": "f32", "float16": "f16", "bfloat16": "bf16"}


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Softmax over the last dimension of a CUDA tensor, forward only.

    `y[..., c] = exp(x[..., c] - m) / sum_c exp(x[..., c] - m)` with `m = max_c x[..., c]`.

    Parameters
    ----------
    x : Tensor
        Any shape `(..., n)`, 0-dim and empty included; float32, float16 or bfloat16, on a CUDA device. The last
        dimension has stride 1 and the others collapse to one stride, as in a contiguous tensor or a slice of columns.
    dim : int
        The last dimension, as -1 or by number.

    Returns
    -------
    Tensor
        A new tensor of the shape, dtype and device of `x`; it shares no memory with it.

    Raises
    ------
    TypeError
        If `x` is no tensor or `dim` no int.
    IndexError
        If `dim` is out of range.
    NotImplementedError
        If dtype, device, layout, dimension or size is none of the above, or `x` requires grad.

    Notes
    -----
    Enqueues on the current stream of the tensor's device; does not synchronise. Sums are float32 whatever the dtype. A NaN, a
    +inf, or nothing but -inf in a row makes the row NaN, as in PyTorch. Reference: Milakov and Gimelshein, 2018,
    arXiv:1805.02867.
    """
    # Imported here, so that building and inspecting the cubins needs no vt-core; whoever has a tensor has loaded it.
    import vt_core

    if not isinstance(x, vt_core.Tensor):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"softmax: x is no tensor: got {type(x).__name__}, expected vt_core.Tensor")
    shape = tuple(x.shape)
    _check_dim(dim, shape)
    dtype = _dtype_name(x.dtype)
    if dtype is None or x.device.type != "cuda":
        raise NotImplementedError(
            f"softmax: unsupported dtype and device: got {x.dtype} on {x.device}, "
            "expected float32, float16 or bfloat16 on cuda"
        )
    if x.requires_grad:
        raise NotImplementedError(
            f"softmax: no derivative: got a tensor of shape {shape} that requires grad; pass x.detach()"
        )
    num_cols = shape[-1] if shape else 1
    num_rows = math.prod(shape[:-1])
    if num_cols > _MAX_COLS or num_rows > _MAX_ROWS:
        raise NotImplementedError(
            f"softmax: too large: got shape {shape}, expected at most {_MAX_ROWS} rows of at most {_MAX_COLS} columns"
        )
    return vt_core.empty_like(x) if num_cols == 0 or num_rows == 0 else _launched(x, num_rows, num_cols, dtype)


def _launched(x: Tensor, num_rows: int, num_cols: int, dtype: KernelDtype) -> Tensor:
    """Launch the forward kernel on rows that it can count, at least one of at least one element."""
    import vt_core

    x_row_stride = num_cols if x.is_contiguous() else _row_stride(x)
    y = vt_core.empty_like(x)
    y_row_stride = num_cols if y.is_contiguous() else _row_stride(y)
    aligned = not (num_cols | x_row_stride | y_row_stride | x.data_ptr() | y.data_ptr()) % ALIGNMENT
    name, block, rows_per_program = _choose(num_cols)
    kernel = _kernel(name, dtype, rows_per_program, block, ALIGNMENT if aligned else 1, x.device.index)
    grid = (-(-num_rows // rows_per_program), 1, 1)
    kernel.launch(grid, (x, y, x_row_stride, y_row_stride, num_rows, num_cols))
    return y


def softmax_kernel(self: Tensor, dim: int, dtype: object) -> Tensor | NotImplementedType:
    """Kernel of the operator ``softmax``: contiguous rows of the three dtypes, without a cast; NotImplemented otherwise."""
    num_dims = max(self.ndim, 1)
    dtype_name = _dtype_name(self.dtype)
    supported = dtype is None and self.is_contiguous() and dim in (-1, num_dims - 1)
    if dtype_name is None or not supported or self.ndim == 0 or self.numel() == 0 or self.shape[-1] > _MAX_COLS:
        return NotImplemented
    num_rows = self.numel() // self.shape[-1]
    if num_rows > _MAX_ROWS:
        return NotImplemented
    return _launched(self, num_rows, self.shape[-1], dtype_name)


def softmax_backward_kernel(grad: Tensor, output: Tensor, dim: int) -> Tensor | NotImplementedType:
    """Kernel of the operator ``softmax_backward`` for contiguous rows of at most 8192 elements, a multiple of 16."""
    import vt_core

    dtype = _dtype_name(output.dtype)
    fits = output.ndim > 0 and dim in (-1, output.ndim - 1) and grad.dtype == output.dtype and output.numel() > 0
    if dtype is None or not fits or not grad.is_contiguous() or not output.is_contiguous():
        return NotImplemented
    num_cols = output.shape[-1]
    num_rows = output.numel() // num_cols
    misaligned = (num_cols | grad.data_ptr() | output.data_ptr()) % ALIGNMENT
    if misaligned or num_cols > max(BACKWARD) or num_rows > _MAX_ROWS:
        return NotImplemented
    dx = vt_core.ops.empty_like(output)
    block = next(block for block in BACKWARD if num_cols <= block)
    rows = BACKWARD[block][0]
    kernel = _kernel("softmax_backward_rows", dtype, rows, block, ALIGNMENT, output.device.index)
    kernel.launch((-(-num_rows // rows), 1, 1), (grad, output, dx, num_rows, num_cols))
    return dx


def _check_dim(dim: int, shape: tuple[int, ...]) -> None:
    if not isinstance(dim, int) or isinstance(dim, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"softmax: dim is no int: got {type(dim).__name__}")
    # As in PyTorch a 0-dim tensor takes the dims of a 1-dim one.
    rank = max(len(shape), 1)
    if not -rank <= dim < rank:
        raise IndexError(f"softmax: dim is out of range: got {dim}, expected {-rank} to {rank - 1} for shape {shape}")
    if dim % rank != rank - 1:
        raise NotImplementedError(
            f"softmax: unsupported dim: got {dim} for shape {shape}, expected the last one (-1); "
            "pass a contiguous copy with that dimension moved to the end"
        )


def _row_stride(x: Tensor) -> int:
    """Elements from one row to the next, with all dimensions but the last taken as one."""
    shape, strides = tuple(x.shape), tuple(x.stride())
    num_cols = shape[-1] if shape else 1
    row_stride = next_stride = None
    collapses = num_cols == 1 or strides[-1] == 1
    for size, stride in zip(reversed(shape[:-1]), reversed(strides[:-1]), strict=True):
        if size == 1:
            continue
        if row_stride is None:
            row_stride = stride
        elif stride != next_stride:
            collapses = False
        next_stride = stride * size
    if not collapses:
        raise NotImplementedError(
            f"softmax: unsupported layout: got shape {shape} with strides {strides}, expected stride 1 in the last "
            "dimension and one stride for all the others; pass a contiguous copy"
        )
    # The stride of a single row is never used; this value keeps it aligned whenever the row is.
    return num_cols if row_stride is None else row_stride


def _choose(num_cols: int) -> tuple[str, int, int]:
    """The kernel for a row's length, its block and its rows per program: the smallest block that holds the row."""
    for block, (rows, _) in ONE_PASS.items():
        if num_cols <= block:
            return "softmax_rows", block, rows
    return "softmax_rows_online", _ONLINE_BLOCK, 1


@cache
def _dtype_name(dtype: object) -> KernelDtype | None:
    return _DTYPE_NAMES.get(str(dtype).rpartition(".")[2])


@cache
def _kernel(name: str, dtype: KernelDtype, rows: int, block: int, alignment: int, device_index: int) -> LoadedKernel:
    constants = {"ROWS": rows, "BLOCK": block}
    return load_kernel(name, dtype=dtype, constants=constants, alignment=alignment, device_index=device_index)
