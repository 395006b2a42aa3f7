# SPDX-License-Identifier: Apache-2.0
# pyright: basic, reportMissingImports=false
# Triton's values have no static types, and the package is checked with or without the `jit` extra.
"""Softmax over rows in Triton: a one-pass kernel for rows that fit in a block, an online one for any other.

y[r, c] = exp(x[r, c] - max_c x[r, c]) / sum_c exp(x[r, c] - max_c x[r, c])

Legend: r is the program (one row each), n_cols the row's length, BLOCK the columns that a program holds at once.
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
from vt_kernels.softmax import DTYPES, ONE_PASS_WARPS, ONLINE_BLOCK, ONLINE_WARPS


@triton.jit
def softmax_rows(x_ptr, y_ptr, x_row_stride, y_row_stride, n_cols, BLOCK: tl.constexpr):  # noqa: N803
    # 64-bit, or the element offset of a late row wraps.
    row = tl.program_id(0).to(tl.int64)
    cols = tl.arange(0, BLOCK)
    inside = cols < n_cols
    x = tl.load(x_ptr + row * x_row_stride + cols, mask=inside, other=-float("inf")).to(tl.float32)
    e = tl.exp(x - tl.max(x, axis=0))
    y = e / tl.sum(e, axis=0)
    tl.store(y_ptr + row * y_row_stride + cols, y.to(y_ptr.dtype.element_ty), mask=inside)


@triton.jit
def softmax_rows_online(x_ptr, y_ptr, x_row_stride, y_row_stride, n_cols, BLOCK: tl.constexpr):  # noqa: N803
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


def _parameters(*, aligned: bool) -> tuple[Parameter, ...]:
    """Parameters in launch order; `aligned` promises multiples of 16, which lets the compiler use 16-byte accesses."""
    multiple = 16 if aligned else 1
    return (
        Parameter("x_ptr", "ptr", multiple),
        Parameter("y_ptr", "ptr", multiple),
        Parameter("x_row_stride", "i64", multiple),
        Parameter("y_row_stride", "i64", multiple),
        Parameter("n_cols", "i32", multiple),
    )


def _variants(name: str, warps_of_block: dict[int, int]) -> tuple[Variant, ...]:
    return tuple(
        Variant(name, dtype, _parameters(aligned=aligned), {"BLOCK": block}, warps)
        for dtype in DTYPES
        for block, warps in warps_of_block.items()
        for aligned in (True, False)
    )


DECLARATIONS = (
    Declaration(softmax_rows, _variants("softmax_rows", ONE_PASS_WARPS)),
    Declaration(softmax_rows_online, _variants("softmax_rows_online", {ONLINE_BLOCK: ONLINE_WARPS})),
)
