# SPDX-License-Identifier: Apache-2.0
"""Scans, sorts and ranks of lines: short and long ones, few and many, side by side and one after the other."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
import vt_core as vt
from on_cuda import counted, to_cuda
from vt_core.testing import assert_close

ops = vt.ops

# Sizes and a dimension: lines of one step, less than a lane's, a tile's and one more, several chunks of one line, few columns
# and many, long ones and short ones.
LINES: tuple[tuple[tuple[int, ...], int], ...] = (
    ((7, 1), 1),
    ((300, 5), 1),
    ((3, 2048), 1),
    ((2, 2049), 1),
    ((1, 60_001), 1),
    ((60_000,), 0),
    ((700, 3), 0),
    ((4, 9, 40), 1),
    ((3000, 33), 0),
)


def numbers(shape: tuple[int, ...], dtype: str, seed: int = 0) -> vt.Tensor:
    values = np.random.default_rng(seed).standard_normal(shape) * 2
    return vt.from_numpy(np.ascontiguousarray(values)).to(dtype=getattr(vt, dtype))


def several(results: Any) -> list[Any]:
    return list(cast("tuple[Any, ...]", results)) if isinstance(results, tuple) else [results]


def check(op: Any, *args: Any, rtol: float | None = None, only: int | None = None, **kwargs: Any) -> None:
    """The same call on the CPU and on the device; of its results, `only` one is compared where that is given."""

    def moved(value: Any) -> Any:
        return to_cuda(value) if isinstance(value, vt.Tensor) else value

    results: Any = op(*map(moved, args), **{name: moved(value) for name, value in kwargs.items()})
    expected: Any = op(*args, **kwargs)
    if only is not None:
        results, expected = results[only], expected[only]
    for one, part in zip(several(expected), several(results), strict=True):
        if rtol is None:
            assert part.to(device="cpu").tolist() == one.tolist()
        else:
            assert_close(part.to(device="cpu"), one, rtol=rtol, atol=rtol)


@pytest.mark.parametrize(("shape", "dim"), LINES, ids=str)
def test_running_sums(shape: tuple[int, ...], dim: int) -> None:
    check(ops.cumsum, numbers(shape, "float32"), dim, rtol=1e-6)
    check(ops.cumsum, numbers(shape, "bfloat16"), dim, rtol=1e-2)
    check(ops.cumsum, numbers(shape, "int32"), dim)
    check(ops.cumsum, numbers(shape, "complex64"), dim, rtol=1e-6)


@pytest.mark.parametrize(("shape", "dim"), LINES, ids=str)
def test_running_products_and_exponential_sums(shape: tuple[int, ...], dim: int) -> None:
    near_one = ops.add(ops.mul(numbers(shape, "float32"), 1e-3), 1.0)
    check(ops.cumprod, near_one, dim, rtol=1e-5)
    check(ops.cumprod, numbers(shape, "int64"), dim)
    check(ops.logcumsumexp, numbers(shape, "float32"), dim, rtol=1e-6)


@pytest.mark.parametrize(("shape", "dim"), LINES, ids=str)
def test_running_extremes(shape: tuple[int, ...], dim: int) -> None:
    for op in (ops.cummax, ops.cummin):
        check(op, numbers(shape, "float16"), dim)
        check(op, numbers(shape, "int8"), dim)


@pytest.mark.parametrize(("shape", "dim"), LINES, ids=str)
def test_recurrences(shape: tuple[int, ...], dim: int) -> None:
    for reverse in (False, True):
        x, factors = numbers(shape, "float32"), ops.mul(numbers(shape, "float32", 1), 0.4)
        check(ops.running_affine, x, factors, dim, reverse, rtol=1e-5)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64", "int64"])
@pytest.mark.parametrize("length", [2048, 2056, 9_001, 20_480])
def test_long_lines_that_lie_dense(dtype: str, length: int) -> None:
    """In one chunk and in several, whose last tile and last vector may be parts."""
    lines = 1 if length % 8 else 2
    x = numbers((lines, length), dtype)
    rtol = {"float16": 2e-3, "bfloat16": 1e-2, "float32": 1e-6, "float64": 1e-12}.get(dtype)
    check(ops.cumsum, x, 1, rtol=rtol)
    check(ops.cummax, x, 1)
    factors = ops.sign(ops.add(ops.mul(x, 2), 1))
    check(ops.cumprod, factors, 1)


def test_many_long_lines() -> None:
    """A chunk is several tiles where lines fill the device."""
    x = numbers((520, 4100), "float32")
    check(ops.cumsum, x, 1, rtol=1e-6)


def test_a_product_that_began_with_zero_stays_zero() -> None:
    """Parts of it would overflow."""
    x = vt.full([5001], 1e30)
    x[0] = 0
    assert ops.cumprod(x.to(device="cuda"), 0).to(device="cpu").tolist() == [0.0] * 5001
    zeros, factors = vt.zeros(5000, device="cuda"), vt.full([5000], 1e30, device="cuda")
    assert ops.running_affine(zeros, factors, 0).to(device="cpu").tolist() == [0.0] * 5000


def test_a_first_factor_is_not_used() -> None:
    x, factors = vt.ones(3, device="cuda"), vt.tensor([float("nan"), 2.0, 3.0], device="cuda")
    assert ops.running_affine(x, factors, 0).to(device="cpu").tolist() == [1.0, 3.0, 10.0]


def test_scans_give_the_same_on_each_run() -> None:
    x = numbers((3, 40_000), "float32").to(device="cuda")
    first = ops.cumsum(x, 1).to(device="cpu").tolist()
    assert ops.cumsum(x, 1).to(device="cpu").tolist() == first


def test_scans_do_not_wait() -> None:
    x = numbers((2, 30_000), "float32").to(device="cuda")
    with counted() as counts:
        ops.cumsum(x, 1)
        ops.cummax(x, 1)
    assert counts["host_synchronizations"] == 0


@pytest.mark.parametrize(("shape", "dim"), [((7, 1), 1), ((90, 5), 1), ((2, 2049), 1), ((700, 3), 0), ((4, 9, 40), 1)])
def test_ranks(shape: tuple[int, ...], dim: int) -> None:
    few = ops.round(numbers(shape, "float32"))
    with_nan = few.clone()
    with_nan.view(-1)[:: max(1, few.numel() // 5)] = float("nan")
    k = (shape[dim] + 2) // 3
    for x in (few, with_nan, numbers(shape, "int16")):
        check(ops.kthvalue, x, k, dim, only=1)
        for op in (ops.median, ops.nanmedian, ops.mode):
            check(op, x, dim, only=1)
    check(ops.median, few)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "bfloat16", "int32", "float32", "float64", "int64", "uint64"])
@pytest.mark.parametrize("length", [1, 31, 256, 257, 1024, 1025, 4096, 4097])
def test_ranks_of_each_kind_of_key(length: int, dtype: str) -> None:
    """Lines that a warp holds, that a block holds, and longer ones; many equal elements, of which the place tells one."""
    x = ops.round(ops.mul(numbers((3, length), "float32"), 3))
    if dtype.startswith("u"):
        x = ops.abs(x)
    if "float" in dtype:
        x[1, length // 2], x[2, 0] = float("nan"), -0.0
        x[0] = float("nan")
    x = x.to(dtype=getattr(vt, dtype))
    for k in {1, (length + 3) // 4, length}:
        check(ops.kthvalue, x, k, 1, only=1)
    for op in (ops.median, ops.nanmedian):
        check(op, x, 1, only=1)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int16", "float64"])
def test_few_long_lines_are_sorted(dtype: str) -> None:
    """By digits, where a key has few of them; equal elements keep their order."""
    x = ops.round(ops.mul(numbers((20_000, 2), dtype), 4))
    if dtype != "int16":
        x[5, 0], x[7, 0], x[9, 1], x[11, 1] = float("nan"), -0.0, float("-inf"), float("inf")
    for descending in (False, True):
        check(ops.sort, x, 0, descending, only=1)
    check(ops.topk, x, 3, 0, only=1)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "int64", "uint64", "float16", "float32", "float64"])
def test_a_long_line_of_each_kind_of_key(dtype: str) -> None:
    """Values come back from their keys, a zero with its sign and a NaN where it was."""
    x = ops.mul(numbers((16_500,), "float32"), 3)
    if dtype.startswith("u") or dtype == "bool":
        x = ops.round(ops.abs(x))
    if "float" in dtype:
        x[5], x[7], x[9], x[11], x[13] = float("nan"), -0.0, 0.0, float("-inf"), float("inf")
    x = x.to(dtype=getattr(vt, dtype))
    for descending in (False, True):
        values, places = ops.sort(x.to(device="cuda"), 0, descending)
        expected, expected_places = ops.sort(x, 0, descending)
        assert places.tolist() == expected_places.tolist()
        assert [str(v) for v in values.tolist()] == [str(v) for v in expected.tolist()]


def test_ranks_of_a_long_line() -> None:
    x = ops.round(ops.mul(numbers((16_500, 2), "float32"), 4))
    whole = x.to(dtype=vt.int16)
    with_nan = x.clone()
    with_nan[::700] = float("nan")
    for each in (x, with_nan, whole):
        check(ops.kthvalue, each, 5000, 0, only=0)
        for op in (ops.median, ops.nanmedian, ops.mode):
            check(op, each, 0, only=1)


def test_a_destination_may_be_the_input() -> None:
    x = numbers((4, 50), "float32")
    values, places = x.to(device="cuda"), vt.empty([0], dtype=vt.int64, device="cuda")
    ops.median(values, 1, out=(values, places))
    expected = ops.median(x, 1)
    assert values.to(device="cpu").tolist() == expected[0].tolist()
    assert places.to(device="cpu").tolist() == expected[1].tolist()


@pytest.mark.parametrize("lengths", [[3, 0, 5], [1] * 500, [2000, 1, 40], [0, 0]], ids=lambda v: str(v)[:12])
@pytest.mark.parametrize("columns", [1, 3, 40])
def test_segments(lengths: list[int], columns: int) -> None:
    x = numbers((sum(lengths), columns), "float32")
    for way in ("sum", "mean", "max", "min", "prod"):
        check(ops.segment_reduce, x, way, lengths=vt.tensor(lengths), initial=1, rtol=1e-5)


def test_bounds_in_long_lines() -> None:
    line = ops.sort(numbers((5000,), "float32"))[0]
    for right in (False, True):
        check(ops.searchsorted, line, numbers((700,), "float32", 1), right=right)


def test_slices_in_order() -> None:
    x = ops.round(numbers((400, 3), "float32"))
    check(ops.unique_dim, x, 0, True, True, True)
