# SPDX-License-Identifier: Apache-2.0
"""Rows of copies of views: those of the views themselves, but for the memory."""

from __future__ import annotations

from dataclasses import replace

from vt_core.testing.op_table import diagonal, join, reinterpret, unfold, view
from vt_core.testing.op_table.row import OpRow

__all__ = ["ROWS"]

_VIEWS = (
    "alias",
    "as_strided",
    "detach",
    "diagonal",
    "expand",
    "narrow",
    "permute",
    "select",
    "slice",
    "split",
    "split_with_sizes",
    "squeeze",
    "squeeze.dim",
    "t",
    "transpose",
    "unbind",
    "unfold",
    "unsqueeze",
    "view",
    "view.dtype",
    "view_as_complex",
    "view_as_real",
)
_ROWS = {row.name: row for family in (diagonal, join, reinterpret, unfold, view) for row in family.ROWS}


def _copied(row: OpRow) -> OpRow:
    name, dot, overload = row.name.partition(".")
    return replace(row, name=f"{name}_copy{dot}{overload}", is_view=False)


ROWS = tuple(_copied(_ROWS[name]) for name in _VIEWS)
