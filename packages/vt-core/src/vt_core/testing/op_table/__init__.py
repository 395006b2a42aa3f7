# SPDX-License-Identifier: Apache-2.0
"""The op table: one row per operator, from which every suite of the stack tests it.

A row gives calls with their arguments as NumPy arrays, a reference in NumPy, the dtypes the operator takes, and calls that
must fail. Suites turn arrays into tensors of the dtype, layout and device they test by `build`. Adding an operator to the
stack includes adding its row, in the module of its family; tests are red while it is missing. NumPy is needed.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

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

_FAMILIES = sorted(module.name for module in iter_modules(__path__) if not module.name.endswith("row"))

OP_TABLE: tuple[OpRow, ...] = tuple(row for name in _FAMILIES for row in import_module(f"{__name__}.{name}").ROWS)
