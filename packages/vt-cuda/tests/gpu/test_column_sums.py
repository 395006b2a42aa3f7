# SPDX-License-Identifier: Apache-2.0
"""Sums of columns that lie side by side: vectors of them, cut into slices or not, and layouts that do not allow vectors."""

from __future__ import annotations

import numpy as np
import pytest
import vt_core as vt
from on_cuda import to_cuda
from vt_core import ops
from vt_core.testing import assert_close

DTYPES = (vt.float32, vt.bfloat16, vt.float16, vt.float64, vt.int32, vt.int64, vt.complex64)


def numbers(*shape: int, dtype: vt.dtype = vt.float32) -> vt.Tensor:
    return vt.from_numpy(np.random.default_rng(len(shape)).integers(-8, 9, shape).astype(np.float32)).to(dtype)


def check(call, x: vt.Tensor) -> None:
    expected, result = call(x), call(to_cuda(x)).to(device="cpu")
    assert result.dtype == expected.dtype
    assert_close(result, expected, atol=0, rtol=0)  # small whole numbers: no order of sums rounds


@pytest.mark.parametrize("dtype", DTYPES, ids=lambda dtype: str(dtype).split(".")[-1])
@pytest.mark.parametrize("shape", [(1, 16), (3, 16), (40, 16), (1000, 256), (700, 272), (3, 2064), (600, 20)])
def test_sums_over_rows(shape: tuple[int, int], dtype: vt.dtype) -> None:
    check(
        lambda x: ops.sum(x, [0], dtype=vt.float32 if dtype in (vt.bfloat16, vt.float16) else None),
        numbers(*shape, dtype=dtype),
    )


@pytest.mark.parametrize("dims", [[0], [1], [0, 1], [0, 2], [2]])
def test_sums_over_some_dimensions(dims: list[int]) -> None:
    x = numbers(70, 9, 32)
    check(lambda x: ops.sum(x, dims), x)
    check(lambda x: ops.sum(x, dims, True), x)
    check(lambda x: ops.sum(ops.transpose(x, 0, 1), dims), x)


def test_layouts_with_and_without_vectors() -> None:
    x = numbers(300, 64)
    for cut in (
        lambda x: x[:, 4:36],  # aligned
        lambda x: x[:, 1:33],  # not
        lambda x: x[:, 4:35],  # a part of a vector at the end
        lambda x: x[:, ::2],
        lambda x: x[::3],
        lambda x: ops.transpose(x, 0, 1),
        lambda x: ops.expand(x[:1], [50, 64]),
        lambda x: x[:0],
        lambda x: x[:, :0],
    ):
        check(lambda x, cut=cut: ops.sum(cut(x), [0]), x)


def test_results_go_where_they_are_wanted() -> None:
    x = to_cuda(numbers(500, 24))
    out = ops.zeros([24, 2], device="cuda")
    ops.sum(x, [0], out=out[:, 1])
    assert ops.contiguous(out[:, 1]).tolist() == ops.sum(x, [0]).tolist()
    assert ops.contiguous(out[:, 0]).tolist() == [0.0] * 24


def test_sums_are_the_same_on_each_run() -> None:
    x = to_cuda(vt.from_numpy(np.random.default_rng(0).standard_normal((5000, 48)).astype(np.float32)))
    first = ops.sum(x, [0]).tolist()
    assert all(ops.sum(x, [0]).tolist() == first for _ in range(5))
