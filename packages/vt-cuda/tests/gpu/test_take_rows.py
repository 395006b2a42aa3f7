# SPDX-License-Identifier: Apache-2.0
"""Whole rows read at indices: rows of vectors and others, side by side and not, indices of either type and out of range."""

from __future__ import annotations

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted, to_cuda

ops = vt.ops


def table(*shape: int, dtype: str = "float32") -> vt.Tensor:
    values = np.random.default_rng(0).integers(-99, 99, shape)
    return vt.from_numpy(values).to(dtype=getattr(vt, dtype))


def labels(high: int, *shape: int, low: int = 0) -> vt.Tensor:
    return vt.from_numpy(np.random.default_rng(1).integers(low, high, shape))


@pytest.mark.parametrize("dtype", ["uint8", "bfloat16", "float32", "float64", "complex128"])
@pytest.mark.parametrize("row", [(16,), (80,), (7,), (3, 32), (700,)], ids=str)
@pytest.mark.parametrize("index_dtype", ["int64", "int32"])
def test_rows_are_those_of_the_cpu(row: tuple[int, ...], dtype: str, index_dtype: str) -> None:
    x, index = table(9, *row, dtype=dtype), labels(9, 5, 8).to(dtype=getattr(vt, index_dtype))
    below = labels(9, 40, low=-9).to(dtype=getattr(vt, index_dtype))
    on_device = to_cuda(x)
    assert on_device[to_cuda(below)].tolist() == x[below].tolist()
    flat = index.reshape(-1)
    assert ops.index_select(on_device, 0, to_cuda(flat)).tolist() == ops.index_select(x, 0, flat).tolist()
    if len(row) == 1:
        assert ops.embedding(on_device, to_cuda(index)).tolist() == ops.embedding(x, index).tolist()


def test_rows_and_indices_with_gaps() -> None:
    wide, index = table(20, 48), labels(9, 6, 5)
    on_device, at = to_cuda(wide), to_cuda(index)
    for view in (
        lambda t: t[:9, 16:32],
        lambda t: t[::2, :32],
        lambda t: t[:9, 1:33],
        lambda t: t[:9, ::2],
        lambda t: t.transpose(0, 1)[:9],
        lambda t: t[:1].expand(9, 48),
    ):
        assert ops.embedding(view(on_device), at).tolist() == ops.embedding(view(wide), index).tolist()
        turned = ops.embedding(view(on_device), at.transpose(0, 1))
        assert turned.tolist() == ops.embedding(view(wide), index.transpose(0, 1)).tolist()


@pytest.mark.parametrize("columns", [32, 7])
def test_a_row_out_of_range_is_zero_and_reported(columns: int) -> None:
    x, index = table(9, columns), labels(9, 300)
    index[7], index[250] = -1, 9
    got = ops.embedding(to_cuda(x), to_cuda(index))
    with pytest.raises(IndexError, match=r"embedding: index (-1|9) is out of bounds for dimension 0 with size 9"):
        vt_cuda.synchronize()
    index[7], index[250] = 0, 0
    expected = ops.embedding(x, index)
    expected[7], expected[250] = 0.0, 0.0
    assert got.tolist() == expected.tolist()


def test_no_rows_and_empty_rows() -> None:
    assert ops.embedding(to_cuda(table(9, 32)), vt.zeros([0], dtype=vt.int64, device="cuda")).shape == (0, 32)
    assert ops.embedding(vt.zeros([9, 0], device="cuda"), to_cuda(labels(9, 4))).shape == (4, 0)


def test_an_embedding_is_one_launch() -> None:
    x, index = to_cuda(table(9, 32)), to_cuda(labels(9, 40))
    with counted() as counts:
        ops.embedding(x, index)
    assert counts["launches"] == 1
