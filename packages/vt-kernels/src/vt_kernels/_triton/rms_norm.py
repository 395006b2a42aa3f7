# SPDX-License-Identifier: Apache-2.0
# pyright: basic, reportMissingImports=false
# ruff: noqa: N803
# Triton's values have no static types, and the package is checked with or without the `jit` extra; compile-time constants
# are upper-case.
"""Root-mean-square normalisation over contiguous rows in Triton, forward and backward.

y[r, c] = x[r, c] * rstd[r] * w[c],  rstd[r] = 1 / sqrt(mean_c x[r, c]^2 + eps)

With h = x * rstd the gradients of a loss whose gradient in y is g are

dx[r, c] = rstd[r] * (g[r, c] * w[c] - h[r, c] * mean_c(g * w * h)[r]),  dw[c] = sum_r g[r, c] * h[r, c]

Legend: n_rows and n_cols are the shape, ROWS the rows that a program holds at once, BLOCK the columns, of which n_cols are
used. Everything is computed in float32 and rounded once. dw is summed in two steps, by programs over their rows and then over
programs, in an order that the sizes decide.

Reference: B. Zhang, R. Sennrich, "Root mean square layer normalization", 2019, arXiv:1910.07467.
"""

import triton
import triton.language as tl

from vt_kernels._runtime.declaration import Declaration, Parameter, Variant
from vt_kernels.rms_norm import ALIGNMENT, BLOCKS, DTYPES, MOST_COLS, SUM_COLS, SUM_PROGRAMS


@triton.jit
def rms_norm_rows(x_ptr, w_ptr, y_ptr, rstd_ptr, n_rows, n_cols, eps, ROWS: tl.constexpr, BLOCK: tl.constexpr):
    # 64-bit, or the element offset of a late row wraps.
    rows = tl.program_id(0).to(tl.int64) * ROWS + tl.arange(0, ROWS)
    cols = tl.arange(0, BLOCK)[None, :]
    at = rows[:, None] * n_cols + cols
    inside = (rows[:, None] < n_rows) & (cols < n_cols)
    x = tl.load(x_ptr + at, mask=inside, other=0.0).to(tl.float32)
    w = tl.load(w_ptr + cols, mask=cols < n_cols, other=0.0).to(tl.float32)
    rstd = 1.0 / tl.sqrt_rn(tl.sum(x * x, axis=1) / n_cols + eps)
    y = x * rstd[:, None] * w
    tl.store(y_ptr + at, y.to(y_ptr.dtype.element_ty), mask=inside)
    tl.store(rstd_ptr + rows, rstd, mask=rows < n_rows)


@triton.jit
def rms_norm_backward_rows(
    g_ptr,
    x_ptr,
    w_ptr,
    rstd_ptr,
    dx_ptr,
    part_ptr,
    n_rows,
    n_cols,
    ROWS: tl.constexpr,
    BLOCK: tl.constexpr,
):
    # A program takes every n-th group of rows, n being the number of programs, and leaves its part of dw in part_ptr.
    program = tl.program_id(0)
    cols = tl.arange(0, BLOCK)[None, :]
    w = tl.load(w_ptr + cols, mask=cols < n_cols, other=0.0).to(tl.float32)
    dw = tl.zeros((1, BLOCK), tl.float32)
    for first in range(program * ROWS, n_rows, tl.num_programs(0) * ROWS):
        rows = tl.cast(first, tl.int64) + tl.arange(0, ROWS)
        at = rows[:, None] * n_cols + cols
        inside = (rows[:, None] < n_rows) & (cols < n_cols)
        g = tl.load(g_ptr + at, mask=inside, other=0.0).to(tl.float32)
        x = tl.load(x_ptr + at, mask=inside, other=0.0).to(tl.float32)
        rstd = tl.load(rstd_ptr + rows, mask=rows < n_rows, other=0.0)[:, None]
        h = x * rstd
        gw = g * w
        mean = (tl.sum(gw * h, axis=1) / n_cols)[:, None]
        dx = rstd * (gw - h * mean)
        tl.store(dx_ptr + at, dx.to(dx_ptr.dtype.element_ty), mask=inside)
        dw += tl.sum(g * h, axis=0)[None, :]
    tl.store(part_ptr + program * n_cols + cols, dw, mask=cols < n_cols)


@triton.jit
def rms_norm_sum_parts(part_ptr, dw_ptr, n_parts, n_cols, PARTS: tl.constexpr, COLS: tl.constexpr):
    cols = tl.program_id(0) * COLS + tl.arange(0, COLS)[None, :]
    total = tl.zeros((PARTS, COLS), tl.float32)
    for first in range(0, n_parts, PARTS):
        parts = first + tl.arange(0, PARTS)[:, None]
        inside = (parts < n_parts) & (cols < n_cols)
        total += tl.load(part_ptr + parts * n_cols + cols, mask=inside, other=0.0)
    dw = tl.sum(total, axis=0)[None, :]
    tl.store(dw_ptr + cols, dw.to(dw_ptr.dtype.element_ty), mask=cols < n_cols)


def _pointers(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, "ptr", ALIGNMENT) for name in names)


_ROWS_COLS = (Parameter("n_rows", "i32"), Parameter("n_cols", "i32", ALIGNMENT))


def _forward() -> tuple[Parameter, ...]:
    pointers = (*_pointers("x_ptr", "w_ptr", "y_ptr"), Parameter("rstd_ptr", "ptr_f32"))
    return (*pointers, *_ROWS_COLS, Parameter("eps", "f32"))


def _backward() -> tuple[Parameter, ...]:
    pointers = (
        *_pointers("g_ptr", "x_ptr", "w_ptr"),
        Parameter("rstd_ptr", "ptr_f32"),
        *_pointers("dx_ptr"),
        Parameter("part_ptr", "ptr_f32"),
    )
    return (*pointers, *_ROWS_COLS)


def _sum() -> tuple[Parameter, ...]:
    pointers = (Parameter("part_ptr", "ptr_f32", ALIGNMENT), Parameter("dw_ptr", "ptr"))
    return (*pointers, Parameter("n_parts", "i32"), Parameter("n_cols", "i32", ALIGNMENT))


def _row_variants(name: str, parameters: tuple[Parameter, ...]) -> tuple[Variant, ...]:
    return tuple(
        Variant(name, dtype, parameters, {"ROWS": rows, "BLOCK": block}, warps)
        for dtype in DTYPES
        for block, (rows, warps) in BLOCKS.items()
        if block <= MOST_COLS[dtype]
    )


DECLARATIONS = (
    Declaration(rms_norm_rows, _row_variants("rms_norm_rows", _forward())),
    Declaration(rms_norm_backward_rows, _row_variants("rms_norm_backward_rows", _backward())),
    Declaration(
        rms_norm_sum_parts,
        tuple(Variant("rms_norm_sum_parts", d, _sum(), {"PARTS": SUM_PROGRAMS, "COLS": SUM_COLS}, 4) for d in DTYPES),
    ),
)
