# SPDX-License-Identifier: Apache-2.0
"""Rows of the random family."""

from __future__ import annotations

from vt_core.testing.op_table.row import OpRow

ROWS: tuple[OpRow, ...] = ()
