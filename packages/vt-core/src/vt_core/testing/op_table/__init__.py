# SPDX-License-Identifier: Apache-2.0
"""The op table: one row per operator, from which every suite of the stack tests it.

A row gives calls with their arguments as NumPy arrays, a reference in NumPy, the dtypes the operator takes, and calls that
must fail. Suites turn arrays into tensors of the dtype, layout and device they test by `build`. Adding an operator to the
stack includes adding its row, in the module of its family; tests are red while it is missing. NumPy is needed.
"""

from __future__ import annotations

from vt_core.testing.op_table import (
    activation,
    attention,
    binary,
    compare,
    copy,
    dropout,
    embedding,
    factory,
    index,
    join,
    loss,
    matmul,
    norm,
    optim,
    random,
    reduce,
    rotary,
    search,
    softmax,
    ternary,
    triangle,
    unary,
    view,
    view_backward,
)
from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    LAYOUTS,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    Typed,
    build,
    lay_out,
    reference_arguments,
    sample_values,
)

__all__ = [
    "ALL_DTYPES",
    "LAYOUTS",
    "OP_TABLE",
    "Array",
    "DTypeName",
    "ErrorCase",
    "OpRow",
    "Sample",
    "Typed",
    "build",
    "lay_out",
    "reference_arguments",
    "sample_values",
]

OP_TABLE: tuple[OpRow, ...] = (
    *factory.ROWS,
    *copy.ROWS,
    *binary.ROWS,
    *reduce.ROWS,
    *view.ROWS,
    *view_backward.ROWS,
    *unary.ROWS,
    *activation.ROWS,
    *compare.ROWS,
    *ternary.ROWS,
    *matmul.ROWS,
    *softmax.ROWS,
    *norm.ROWS,
    *loss.ROWS,
    *rotary.ROWS,
    *attention.ROWS,
    *index.ROWS,
    *join.ROWS,
    *embedding.ROWS,
    *triangle.ROWS,
    *random.ROWS,
    *dropout.ROWS,
    *optim.ROWS,
    *search.ROWS,
)
