# SPDX-License-Identifier: Apache-2.0
"""First and second derivatives of Fourier transforms, with complex numbers as pairs of real ones."""

from __future__ import annotations

from typing import Any

import pytest
import vt_autograd as ag
from vt_core import ops
from vt_core.testing.op_table import OP_TABLE, OpRow, build

ROWS = [row for row in OP_TABLE if row.differentiable and ("fft" in row.name or row.name in ("stft", "istft"))]
# Differences are taken one element at a time.
MAX_ELEMENTS = 64


def real_pairs(x: Any) -> Any:
    return ops.view_as_real(x) if x.dtype.is_complex else x


def checked_calls(row: OpRow, dtype: str):
    """Functions from real tensors to real ones, with leaves to call them on."""
    if dtype not in row.dtypes:
        return
    for sample in row.samples(dtype):
        tensors, _ = build(sample, dtype, "contiguous")
        first = tensors.args[0]
        if not 0 < first.numel() <= MAX_ELEMENTS:
            continue

        def function(values, tensors=tensors):
            signal = ops.view_as_complex(values) if dtype == "complex128" else values
            return real_pairs(row.function(signal, *tensors.args[1:], **tensors.kwargs))

        leaf = real_pairs(first).detach().clone().requires_grad_()
        yield function, leaf


@pytest.mark.parametrize("dtype", ["float64", "complex128"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_derivatives(row: OpRow, dtype: str) -> None:
    num_checked = 0
    for function, leaf in checked_calls(row, dtype):
        assert ag.gradcheck(function, [leaf])
        assert ag.gradgradcheck(lambda x, function=function: function(x * x), [leaf])
        num_checked += 1
    assert num_checked > 0 or dtype not in row.dtypes
