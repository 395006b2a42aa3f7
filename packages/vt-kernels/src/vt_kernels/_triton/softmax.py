# SPDX-License-Identifier: Apache-2.0
# pyright: basic, reportMissingImports=false
# ruff: noqa: N803
# Triton's values have no static types, and the package is checked with or without the `jit` extra; compile-time constants
# are upper-case.
"""Softmax over rows in Triton: a one-pass kernel for rows that fit in a block, an online one for any other.

y[r, c] = exp(x[r, c] - max_c x[r, c]) / sum_c exp(x[r, c] - max_c x[r, c])

Legend: n_rows and n_cols are the shape, ROWS the rows of a program, BLOCK the columns that it holds of each at once.
Element (r, c) of x lies at x_ptr + r * x_row_stride + c, in elements; the same for y.

Numerics: loads are widened to float32, and maximum, sum and quotient are float32; only the store rounds to the tensor's
dtype. exp is the hardware's 2**x after a multiplication by log2(e), so its relative error grows with |x - max|: about
1e-5 where the result itself is as small as 1e-35. As in NumPy and PyTorch a NaN, a +inf, or nothing but -inf in a row
makes the whole row NaN; -inf beside a finite number gives 0.

Reference: M. Milakov, N. Gimelshein, "Online normalizer calculation for softmax", 2018, arXiv:1805.02867.
"""

import triton
import triton.language as tl

from vt_kernels._runtime.declaration import Declaration, Parameter, Variant
from vt_kernels.softmax import ALIGNMENT, DTYPES, ONE_PASS, ONLINE


@triton.jit
def softmax_rows(
    x_ptr,
    y_ptr,
    x_row_stride,
    y_row_stride,
    n_rows,
    n_cols,
    ROWS: tl.constexpr,
    BLOCK: tl.constexpr,
):
    # 64-bit, or the element offset of a late row wraps.
    rows = tl.program_id(0).to(tl.int64) * ROWS + tl.arange(0, ROWS)[:, None]
    cols = tl.arange(0, BLOCK)[None, :]
    inside = (rows < n_rows) & (cols < n_cols)
    x = tl.load(x_ptr + rows * x_row_stride + cols, mask=inside, other=-float("inf")).to(tl.float32)
    e = tl.exp(x - tl.max(x, axis=1)[:, None])
    y = e / tl.sum(e, axis=1)[:, None]
    tl.store(y_ptr + rows * y_row_stride + cols, y.to(y_ptr.dtype.element_ty), mask=inside)


@triton.jit
def softmax_rows_online(
    x_ptr,
    y_ptr,
    x_row_stride,
    y_row_stride,
    n_rows,  # noqa: ARG001 (both kernels take the same arguments)
    n_cols,
    ROWS: tl.constexpr,
    BLOCK: tl.constexpr,
):
    tl.static_assert(ROWS == 1, "a program runs over one row, so no row lies outside")
    row = tl.program_id(0).to(tl.int64)
    x_row = x_ptr + row * x_row_stride
    y_row = y_ptr + row * y_row_stride
    cols = tl.arange(0, BLOCK)
    # The running maximum and the sum of exp(x - maximum) so far; each block rescales the sum to its own maximum.
    top = tl.full((), -float("inf"), tl.float32)
    total = tl.full((), 0.0, tl.float32)
    for start in range(0, n_cols, BLOCK):
        inside = cols < n_cols - start
        x = tl.load(x_row + start + cols, mask=inside, other=-float("inf")).to(tl.float32)
        new_top = tl.maximum(top, tl.max(x, axis=0))
        # While only -inf has been seen, -inf - -inf would be NaN and would stay in the sum: measure from 0 instead.
        base = tl.where(new_top == -float("inf"), 0.0, new_top)
        total = total * tl.exp(top - base) + tl.sum(tl.exp(x - base), axis=0)
        top = new_top
    for start in range(0, n_cols, BLOCK):
        inside = cols < n_cols - start
        x = tl.load(x_row + start + cols, mask=inside, other=-float("inf")).to(tl.float32)
        y = tl.exp(x - top) / total
        tl.store(y_row + start + cols, y.to(y_ptr.dtype.element_ty), mask=inside)


def _parameters(*, alignment: int) -> tuple[Parameter, ...]:
    """Parameters in launch order; an alignment of 16 lets the compiler use 16-byte accesses."""
    return (
        Parameter("x_ptr", "ptr", alignment),
        Parameter("y_ptr", "ptr", alignment),
        Parameter("x_row_stride", "i64", alignment),
        Parameter("y_row_stride", "i64", alignment),
        # It only bounds the last program's rows, so nothing is gained by promising anything.
        Parameter("n_rows", "i32"),
        Parameter("n_cols", "i32", alignment),
    )


def _variants(name: str, shapes: dict[int, tuple[int, int]]) -> tuple[Variant, ...]:
    return tuple(
        Variant(name, dtype, _parameters(alignment=alignment), {"ROWS": rows, "BLOCK": block}, warps)
        for dtype in DTYPES
        for block, (rows, warps) in shapes.items()
        for alignment in (ALIGNMENT, 1)
    )


DECLARATIONS = (
    Declaration(softmax_rows, _variants("softmax_rows", ONE_PASS)),
    Declaration(softmax_rows_online, _variants("softmax_rows_online", ONLINE)),
)
