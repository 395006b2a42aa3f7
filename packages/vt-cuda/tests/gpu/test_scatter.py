# SPDX-License-Identifier: Apache-2.0
"""Values scattered along a dimension: columns long and short, few and many, an index that repeats along the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted, to_cuda
from vt_core.testing import assert_close

ops = vt.ops

# Sizes of self and the index, the dimension: a thread for each column, elements in order, rows in order.
SHAPES: tuple[tuple[tuple[int, ...], tuple[int, ...], int], ...] = (
    ((9, 4), (20, 4), 0),
    ((9, 4), (900, 4), 0),
    ((9, 7), (900, 4), 0),
    ((5, 300, 3), (4, 70, 2), 1),
    ((3, 50), (2, 2000), 1),
)
WORDS = ("sum", "prod", "mean", "amax", "amin")


def operands(shape: tuple[int, ...], index_shape: tuple[int, ...], dim: int, repeats: bool) -> tuple[vt.Tensor, ...]:
    generator = np.random.default_rng(3)
    index = generator.integers(0, shape[dim], index_shape)
    own = [n if d == dim or not repeats else 1 for d, n in enumerate(index_shape)]
    line = vt.from_numpy(np.ascontiguousarray(index[tuple(slice(n) for n in own)]))
    source_shape = [n + 1 for n in index_shape]
    x, src = (vt.from_numpy(generator.integers(-3, 4, s).astype(np.float32)) for s in (shape, source_shape))
    return x, ops.expand(line, list(index_shape)), src


def on_device(*args: Any) -> list[Any]:
    return [to_cuda(arg) if isinstance(arg, vt.Tensor) else arg for arg in args]


@pytest.mark.parametrize("repeats", [False, True])
@pytest.mark.parametrize(("shape", "index_shape", "dim"), SHAPES, ids=str)
def test_scatter(shape: tuple[int, ...], index_shape: tuple[int, ...], dim: int, repeats: bool) -> None:
    x, index, src = operands(shape, index_shape, dim, repeats)
    turned = [*range(x.ndim)][::-1]
    strided = ops.permute(ops.contiguous(ops.permute(x, turned)), turned)
    calls: list[tuple[Any, tuple[Any, ...]]] = [
        (ops.scatter, (x, dim, index, src)),
        (ops.scatter, (x, dim, index, 2.5)),
        (ops.scatter_add, (x, dim, index, src)),
        (ops.scatter_add, (strided, dim, index, src)),
    ]
    for op, args in calls:
        assert op(*on_device(*args)).to(device="cpu").tolist() == op(*args).tolist()


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("include_self", [False, True])
@pytest.mark.parametrize(("shape", "index_shape", "dim"), SHAPES, ids=str)
def test_scatter_reduce(
    shape: tuple[int, ...], index_shape: tuple[int, ...], dim: int, include_self: bool, word: str
) -> None:
    for repeats in (False, True):
        x, index, src = operands(shape, index_shape, dim, repeats)
        if word == "prod":
            x, src = ops.sign(x), ops.sign(src)
        args = (x, dim, index, src, word)
        result = ops.scatter_reduce(*on_device(*args), include_self=include_self)
        assert_close(result.to(device="cpu"), ops.scatter_reduce(*args, include_self=include_self))


@pytest.mark.parametrize(
    "dtype", ["bool", "uint8", "int8", "int64", "uint64", "float16", "bfloat16", "float64", "complex64"]
)
def test_scatter_reduce_of_each_dtype(dtype: str) -> None:
    """One element meets hundreds of values."""
    x, index, src = operands((2, 3), (300, 3), 0, False)
    few = [ops.remainder(t, 2).to(dtype=getattr(vt, dtype)) for t in (x, src)]
    for word in WORDS:
        if (dtype == "bool" and word == "mean") or (dtype == "complex64" and word.startswith("am")):
            continue
        args = (few[0], 0, index, few[1], word)
        expected = ops.scatter_reduce(*args)
        if word in ("sum", "mean") and dtype in ("int8", "uint8"):
            continue  # sums of so many wrap on the way to a mean
        assert_close(ops.scatter_reduce(*on_device(*args)).to(device="cpu"), expected)


def test_an_index_out_of_range_is_reported() -> None:
    x, index, src = operands((9, 4), (900, 4), 0, False)
    index = index.clone()
    index[500, 2] = 9
    calls: list[tuple[Any, tuple[Any, ...]]] = [
        (ops.scatter_add, (x, 0, index, src)),
        (ops.scatter_reduce, (x, 0, index, src, "amax")),
    ]
    for op, args in calls:
        op(*on_device(*args))
        with pytest.raises(IndexError, match="index 9 is out of bounds for dimension 0 with size 9"):
            vt_cuda.synchronize()


def test_values_that_do_not_lie_in_the_order_of_the_index() -> None:
    """Those that do are sorted with their rows, if they have 4 bytes."""
    x, index, src = operands((9, 7), (900, 7), 0, False)
    turned = ops.permute(ops.contiguous(ops.permute(src[:900, :7], [1, 0])), [1, 0])
    for values in (ops.contiguous(src[:900, :7]), turned, vt.ones(1, 1).expand(900, 7)):
        for dtype in (vt.float32, vt.int32, vt.float64):
            args = (x.to(dtype=dtype), 0, index, values.to(dtype=dtype))
            assert ops.scatter_add(*on_device(*args)).tolist() == ops.scatter_add(*args).tolist()
            assert ops.scatter(*on_device(*args)).tolist() == ops.scatter(*args).tolist()


def test_elements_are_added_in_few_launches() -> None:
    """One each for the offsets, the keys, a digit of these, pieces of sums and whole sums, and one for the copy."""
    args = on_device(*operands((9, 7), (900, 7), 0, False))
    with counted() as counts:
        ops.scatter_add(args[0], 0, args[1], args[2])
    assert counts["launches"] <= 6


def test_the_same_on_each_run() -> None:
    generator = np.random.default_rng(5)
    src = vt.from_numpy(generator.standard_normal((4000, 3)).astype(np.float32)).to(device="cuda")
    index = vt.from_numpy(generator.integers(0, 5, (4000, 3))).to(device="cuda")
    x = vt.zeros(5, 3, device="cuda")
    first = ops.scatter_add(x, 0, index, src).to(device="cpu").tolist()
    assert ops.scatter_add(x, 0, index, src).to(device="cpu").tolist() == first


# Elements enough to be added without being sorted (Note [Scattered sums]), to destinations in two buckets.
ROWS, COLUMNS, LENGTH = 700, 30, 3000


def many(dtype: str, seed: int) -> tuple[vt.Tensor, vt.Tensor, vt.Tensor]:
    generator = np.random.default_rng(seed)
    spread = 10.0 ** generator.integers(-3, 3, (LENGTH, COLUMNS))
    drawn = generator.standard_normal((ROWS, COLUMNS)), generator.standard_normal((LENGTH, COLUMNS)) * spread
    x, src = (vt.from_numpy(d.astype(np.float32)).to(dtype=getattr(vt, dtype)) for d in drawn)
    return x, vt.from_numpy(generator.integers(0, ROWS, (LENGTH, COLUMNS))), src


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
def test_many_elements(dtype: str) -> None:
    x, index, src = many(dtype, 1)
    exact = ops.scatter_add(x.to(dtype=vt.float64), 0, index, src.to(dtype=vt.float64))
    for at in (index, index.to(dtype=vt.int32)):
        got = ops.scatter_add(*on_device(x, 0, at, src))
        rtol = {"float32": 3e-7, "float16": 1e-3, "bfloat16": 8e-3}[dtype]
        assert_close(got.to(device="cpu").to(dtype=vt.float64), exact, rtol=rtol, atol=1e-6)


def test_many_elements_that_lie_otherwise() -> None:
    """Rows of a larger tensor, of a transposed one, one number at all places, a vector at indices that count from its end."""
    x, index, src = many("float32", 2)
    wide = ops.cat([x, x], 1)
    turned = ops.permute(ops.contiguous(ops.permute(src, [1, 0])), [1, 0])
    one = vt.ones(1, 1).expand(LENGTH, COLUMNS)
    for args in ((wide, 0, index, turned), (x, 0, index, one)):
        assert_close(ops.scatter_add(*on_device(*args)).to(device="cpu"), ops.scatter_add(*args), rtol=1e-5, atol=1e-3)
    line, at = ops.view(x, [-1]), ops.sub(ops.view(index, [-1]), ROWS)
    expected = ops.index_put(line, (at,), ops.view(src, [-1]), True)
    got = ops.index_put(to_cuda(line), (to_cuda(at),), to_cuda(ops.view(src, [-1])), True)
    assert_close(got.to(device="cpu"), expected, rtol=1e-5, atol=1e-3)


def test_sums_of_many_elements_do_not_depend_on_order_or_on_others() -> None:
    x, index, src = many("float32", 3)
    order = np.random.default_rng(4).permutation(LENGTH)
    first = ops.scatter_add(*on_device(x, 0, index, src)).to(device="cpu")
    mixed = [ops.index_select(t, 0, vt.from_numpy(order)) for t in (index, src)]
    assert ops.scatter_add(*on_device(x, 0, *mixed)).to(device="cpu").tolist() == first.tolist()
    src[:, 0] = 1e38
    assert ops.scatter_add(*on_device(x, 0, index, src)).to(device="cpu")[:, 1:].tolist() == first[:, 1:].tolist()


def test_many_elements_at_one_place() -> None:
    x, index, src = many("float32", 5)
    index[:, 1:] = 7
    exact = ops.scatter_add(x.to(dtype=vt.float64), 0, index, src.to(dtype=vt.float64))
    got = ops.scatter_add(*on_device(x, 0, index, src)).to(device="cpu")
    assert_close(got.to(dtype=vt.float64), exact, rtol=3e-7, atol=1e-6)


def test_many_elements_with_infinities() -> None:
    x, index, src = many("float32", 6)
    infinity, nan = float("inf"), float("nan")
    for column, values in enumerate(
        ((infinity, 1.0), (-infinity, 1.0), (infinity, -infinity), (nan, 1.0), (1e-44, 2e-44))
    ):
        index[:, column] = 0
        index[5, column] = index[2900, column] = column + 1
        src[5, column], src[2900, column] = values
        x[column + 1, column] = 0.0
    got = ops.scatter_add(*on_device(x, 0, index, src)).to(device="cpu")
    sums = [got[column + 1, column].item() for column in range(5)]
    assert sums[:2] == [infinity, -infinity]
    assert sums[2] != sums[2]
    assert sums[3] != sums[3]
    assert sums[4] == (src[5, 4] + src[2900, 4]).item()


def test_an_index_out_of_range_among_many_elements_is_reported() -> None:
    x, index, src = many("float32", 7)
    index[700, 2], index[900, 3] = ROWS, -1
    kept = src.clone()
    kept[700, 2] = kept[900, 3] = 0.0
    valid = index.clone()
    valid[700, 2] = valid[900, 3] = 0
    got = ops.scatter_add(*on_device(x, 0, index, src))
    with pytest.raises(IndexError, match=r"index (700|-1) is out of bounds for dimension 0 with size 700"):
        vt_cuda.synchronize()
    assert_close(got.to(device="cpu"), ops.scatter_add(x, 0, valid, kept), rtol=1e-5, atol=1e-3)


def test_many_elements_are_added_in_few_launches_and_captured() -> None:
    args = on_device(*many("float32", 8))
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g), counted() as counts:
        got = ops.scatter_add(args[0], 0, args[1], args[2])
    assert counts["host_synchronizations"] == 0
    assert counts["launches"] <= 6
    g.replay()
    assert got.to(device="cpu").tolist() == ops.scatter_add(args[0], 0, args[1], args[2]).to(device="cpu").tolist()
