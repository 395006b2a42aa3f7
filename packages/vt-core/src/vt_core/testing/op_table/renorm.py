# SPDX-License-Identifier: Apache-2.0
"""The row of renorm."""

from __future__ import annotations

import numpy as np

from vt_core.testing.op_table.row import COMPLEX, FLOATS, HALVES, Array, OpRow, calls_on, error, sample_values


def _renorm(x: Array, p: float, dim: int, maxnorm: float) -> Array:
    others = tuple(d for d in range(x.ndim) if d != dim % x.ndim)
    norms = (np.abs(x) ** p).sum(others, keepdims=True) ** (1 / p)
    return x * np.where(norms > maxnorm, maxnorm / (norms + 1e-7), 1)


_X = sample_values((2, 3), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "renorm",
        calls_on((3, 2, 4), (2, 0, 1.5), (1, 1, 2), (3.0, -1, 0.5), (2, 0, 100)),
        _renorm,
        dtypes=HALVES + FLOATS + COMPLEX,
        differentiable=True,
        errors=(
            error(RuntimeError, "p must be positive", _X, 0, 0, 1),
            error(RuntimeError, "p must be real-valued", _X, 1 + 2j, 0, 1),
            error(RuntimeError, "maxnorm must be real-valued", _X, 2, 0, 1j),
            error(RuntimeError, "maxnorm must not be negative", _X, 2, 0, -1),
            error(RuntimeError, "at least 2 dimensions", _X[0], 2, 0, 1),
            error(IndexError, "out of range", _X, 2, 2, 1),
        ),
    ),
)
