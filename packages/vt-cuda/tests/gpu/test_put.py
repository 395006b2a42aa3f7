# SPDX-License-Identifier: Apache-2.0
"""Values written and added at indices: equal indices, their order, sizes from none to many tiles of the sort."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted, to_cuda
from vt_core.testing import assert_close

ops = vt.ops

INTEGERS = ("uint8", "int8", "int16", "int32", "int64", "uint16", "uint32", "uint64")
FLOATS = ("float16", "bfloat16", "float32", "float64")
ARITHMETIC = ("bool", *INTEGERS, *FLOATS, "complex64", "complex128")
RTOL = {"float16": 1e-3, "bfloat16": 1.6e-2, "float32": 1e-5, "float64": 1e-7}
FLOAT8 = ("float8_e4m3fn", "float8_e5m2")

# (indices, rows, columns): none, one, a piece of a sum and one more, all at one row, a whole tile of the sort and one more,
# rows of one, two and three digits, columns that are no whole vectors.
SIZES = (
    (0, 5, 8),
    (1, 1, 1),
    (32, 1, 16),
    (33, 1, 16),
    (1024, 3, 5),
    (1025, 300, 16),
    (2600, 1, 4),
    (3000, 7, 32),
    (1500, 70000, 1),
)


def small(shape: tuple[int, ...], dtype: str, seed: int) -> np.ndarray[Any, Any]:
    """Integers that every dtype holds and adds up without rounding."""
    values: np.ndarray[Any, Any] = np.random.default_rng(seed).integers(0 if dtype.startswith("u") else -2, 3, shape)
    return values.astype(np.bool_) if dtype == "bool" else values


def tensor(values: np.ndarray[Any, Any], dtype: str) -> vt.Tensor:
    return vt.from_numpy(values).to(dtype=getattr(vt, dtype))


def on_device(values: np.ndarray[Any, Any], dtype: str = "int64") -> vt.Tensor:
    return to_cuda(tensor(values, dtype))


def indices(num: int, num_rows: int, seed: int) -> np.ndarray[Any, Any]:
    return np.random.default_rng(seed).integers(0, num_rows, num)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("dtype", ARITHMETIC)
def test_values_at_equal_indices_are_added(dtype: str, size: tuple[int, int, int]) -> None:
    num, num_rows, columns = size
    at = indices(num, num_rows, 1)
    start, values = small((num_rows, columns), dtype, 2), small((num, columns), dtype, 3)
    expected = np.array(start)
    (np.logical_or if dtype == "bool" else np.add).at(expected, at, values)
    x = on_device(start, dtype)
    got = ops.index_put(x, (on_device(at),), on_device(values, dtype), True)
    assert_close(got.to(device="cpu"), tensor(expected, dtype), rtol=0.0, atol=0.0)
    assert x.to(device="cpu").tolist() == tensor(start, dtype).tolist()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("dtype", [*ARITHMETIC, *FLOAT8])
def test_the_last_of_equal_indices_is_written(dtype: str, size: tuple[int, int, int]) -> None:
    num, num_rows, columns = size
    at = indices(num, num_rows, 4)
    start, values = small((num_rows, columns), dtype, 5), small((num, columns), dtype, 6)
    expected = np.array(start)
    for k, row in enumerate(at):
        expected[row] = values[k]
    got = ops.index_put(on_device(start, dtype), (on_device(at),), on_device(values, dtype))
    assert got.to(device="cpu").tolist() == tensor(expected, dtype).tolist()


@pytest.mark.parametrize("order", ["rising", "falling", "one after the other"])
@pytest.mark.parametrize("dtype", FLOATS)
def test_gradient_of_an_embedding(dtype: str, order: str) -> None:
    at = indices(2 * 1100, 36, 7)
    at = {"rising": np.sort(at), "falling": np.sort(at)[::-1], "one after the other": np.arange(2200) % 36}[order]
    grad = np.random.default_rng(8).standard_normal((2, 1100, 24))
    tokens = np.ascontiguousarray(at.reshape(2, 1100))
    given = tensor(grad, dtype)
    expected = ops.embedding_backward(given, vt.from_numpy(tokens), 36, 5)
    got = ops.embedding_backward(to_cuda(given), on_device(tokens), 36, 5)
    assert_close(got.to(device="cpu"), expected, rtol=RTOL[dtype], atol=1e-4)


def test_sum_of_a_row_depends_on_its_own_values_alone() -> None:
    at = indices(3000, 9, 9)
    values = np.random.default_rng(10).standard_normal((3000, 8)).astype(np.float32)
    mixed = ops.embedding_backward(on_device(values, "float32"), on_device(at), 9)
    for row in range(9):
        own = np.ascontiguousarray(values[at == row])
        alone = ops.embedding_backward(on_device(own, "float32"), on_device(np.zeros(len(own), np.int64)), 1)
        assert mixed[row].tolist() == alone[0].tolist()


@pytest.mark.parametrize("accumulate", [False, True])
def test_several_indices_and_values_that_are_not_side_by_side(accumulate: bool) -> None:
    generator = np.random.default_rng(11)
    start = generator.integers(-9, 9, (6, 5, 7, 4)).astype(np.float32)
    first, second = generator.integers(0, 6, (40, 30)), generator.integers(-7, 7, (30,))
    values = generator.integers(-9, 9, (4, 5, 30, 40)).astype(np.float32)
    expected = np.array(start)
    # Dimensions of indices that are not neighbours come first.
    for a in range(40):
        for b in range(30):
            cell = expected[first[a, b], :, second[b]]
            cell[:] = values[:, :, b, a].T + (cell if accumulate else 0)
    x, v = on_device(start, "float32"), on_device(values, "float32")
    got = ops.index_put(x, (on_device(first), None, on_device(second)), ops.permute(v, [3, 2, 1, 0]), accumulate)
    assert_close(got.to(device="cpu"), vt.from_numpy(expected), rtol=0.0, atol=0.0)


def test_rows_of_a_transposed_tensor() -> None:
    start, at = small((40, 300), "float32", 12), indices(1300, 300, 13)
    values = small((1300, 40), "float32", 14)
    expected = np.array(start, np.float32)
    np.add.at(expected.T, at, values)
    x = on_device(start, "float32")
    ops.index_add_(ops.permute(x, [1, 0]), 0, on_device(at), on_device(values, "float32"))
    assert_close(x.to(device="cpu"), tensor(expected, "float32"), rtol=0.0, atol=0.0)


def test_one_value_at_many_indices() -> None:
    at = indices(4000, 50, 15)
    counts = ops.index_put(ops.zeros([50], device="cuda"), (on_device(at),), ops.ones([], device="cuda"), True)
    assert counts.tolist() == np.bincount(at, minlength=50).tolist()


def test_indices_out_of_range_are_left_out_and_reported() -> None:
    at = indices(2500, 20, 16)
    at[[7, 1900]] = -1, 20
    values = small((2500, 8), "float32", 17)
    valid = (at >= 0) & (at < 20)
    expected = np.zeros((20, 8), np.float32)
    np.add.at(expected, at[valid], values[valid])
    got = ops.embedding_backward(on_device(values, "float32"), on_device(at), 20)
    with pytest.raises(IndexError, match=r"embedding_backward: index (-1|20) is out of bounds .* size 20"):
        vt_cuda.synchronize()
    assert_close(got.to(device="cpu"), vt.from_numpy(expected), rtol=0.0, atol=0.0)


def test_gradient_of_an_embedding_is_captured_and_does_not_wait() -> None:
    values, tokens = small((2100, 8), "float32", 18), on_device(indices(2100, 400, 19))
    grad = on_device(values, "float32")
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g), counted() as counts:
        got = ops.embedding_backward(grad, tokens, 400)
    assert counts["host_synchronizations"] == 0
    assert counts["launches"] <= 8
    for seed in (20, 21):
        at = indices(2100, 400, seed)
        ops.copy_(tokens, on_device(at))
        g.replay()
        expected = np.zeros((400, 8), np.float32)
        np.add.at(expected, at, values)
        assert_close(got.to(device="cpu"), vt.from_numpy(expected), rtol=0.0, atol=0.0)
