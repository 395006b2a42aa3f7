# SPDX-License-Identifier: Apache-2.0
# pyright: basic, reportMissingImports=false
# ruff: noqa: N803
# Triton's values have no static types, and the package is checked with or without the `jit` extra; compile-time constants
# are upper-case.
"""The gradient of softmax over contiguous rows in Triton.

dx[r, c] = y[r, c] * (g[r, c] - sum_c g[r, c] * y[r, c])

Legend: n_rows and n_cols are the shape, ROWS the rows of a program, BLOCK the columns that it holds of each at once.
Everything is computed in float32 and rounded once.
"""

import triton
import triton.language as tl

from vt_kernels._runtime.declaration import Declaration, Parameter, Variant
from vt_kernels.softmax import ALIGNMENT, BACKWARD, DTYPES


@triton.jit
def softmax_backward_rows(g_ptr, y_ptr, dx_ptr, n_rows, n_cols, ROWS: tl.constexpr, BLOCK: tl.constexpr):
    # 64-bit, or the element offset of a late row wraps.
    rows = tl.program_id(0).to(tl.int64) * ROWS + tl.arange(0, ROWS)[:, None]
    cols = tl.arange(0, BLOCK)[None, :]
    at = rows * n_cols + cols
    inside = (rows < n_rows) & (cols < n_cols)
    g = tl.load(g_ptr + at, mask=inside, other=0.0).to(tl.float32)
    y = tl.load(y_ptr + at, mask=inside, other=0.0).to(tl.float32)
    dx = y * (g - tl.sum(g * y, axis=1)[:, None])
    tl.store(dx_ptr + at, dx.to(dx_ptr.dtype.element_ty), mask=inside)


_PARAMETERS = (
    Parameter("g_ptr", "ptr", ALIGNMENT),
    Parameter("y_ptr", "ptr", ALIGNMENT),
    Parameter("dx_ptr", "ptr", ALIGNMENT),
    Parameter("n_rows", "i32"),
    Parameter("n_cols", "i32", ALIGNMENT),
)

DECLARATIONS = (
    Declaration(
        softmax_backward_rows,
        tuple(
            Variant("softmax_backward_rows", dtype, _PARAMETERS, {"ROWS": rows, "BLOCK": block}, warps)
            for dtype in DTYPES
            for block, (rows, warps) in BACKWARD.items()
        ),
    ),
)
