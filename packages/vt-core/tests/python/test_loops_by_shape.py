# SPDX-License-Identifier: Apache-2.0
"""Sizes and layouts that choose a loop of their own: short runs, thin rows, one index for a run, tiny products."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt

Array = np.ndarray[Any, Any]


def _numbers(*sizes: int, dtype: str = "float32") -> Array:
    count = int(np.prod(sizes))
    return (np.arange(count) * 7919 % 251 - 120).reshape(sizes).astype(dtype)


def _same(got: vt.Tensor, expected: Array) -> None:
    np.testing.assert_array_equal(got.numpy(), expected)


@pytest.mark.parametrize("width", [2, 3, 7])
def test_elementwise_ops_take_rows_of_a_few_elements(width: int) -> None:
    x, y = _numbers(300, 9), _numbers(300, 9)[::-1].copy()
    a, b = vt.from_numpy(x)[:, :width], vt.from_numpy(y)[:, 1 : width + 1]
    p, q = x[:, :width], y[:, 1 : width + 1]
    _same(a + b, p + q)
    _same(vt.maximum(a, b), np.maximum(p, q))
    _same(vt.where(a > b, a, b), np.where(p > q, p, q))
    _same(vt.abs(a), np.abs(p))
    a.fill_(3)
    p[...] = 3
    _same(vt.from_numpy(x), x)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "int64", "complex128"])
def test_transposed_copies_of_every_width(dtype: str) -> None:
    x = _numbers(77, 43, dtype=dtype)
    _same(vt.from_numpy(x).t().contiguous(), x.T)
    out = vt.from_numpy(np.zeros((43, 80), dtype))
    out[:, 2:79].copy_(vt.from_numpy(x).t())
    _same(out[:, 2:79].contiguous(), x.T)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32", "int64", "complex128"])
def test_thin_rows_are_joined(dtype: str) -> None:
    x, y = _numbers(5000, 2, dtype=dtype), _numbers(5000, 1, dtype=dtype)
    a, b = vt.from_numpy(x), vt.from_numpy(y)
    _same(vt.cat([a, b, a], 1), np.concatenate([x, y, x], 1))
    _same(vt.stack([a, a + a], -1), np.stack([x, x + x], -1))


@pytest.mark.parametrize("dtype", ["uint8", "float32", "float64", "complex128"])
def test_where_has_one_condition_per_row(dtype: str) -> None:
    x, y, row = _numbers(6, 70, dtype=dtype), _numbers(70, dtype=dtype), np.arange(6)[:, None] % 2 == 0
    a, b, mask = vt.from_numpy(x), vt.from_numpy(y), vt.from_numpy(row)
    _same(vt.where(mask, a, b), np.where(row, x, y))
    _same(vt.where(mask, b, a), np.where(row, y, x))
    _same(a.masked_fill(mask, 5), np.where(row, 5, x).astype(dtype))


@pytest.mark.parametrize("dtype", ["int64", "int32"])
@pytest.mark.parametrize("word", ["sum", "prod", "amax", "amin"])
def test_a_run_has_one_index(word: str, dtype: str) -> None:
    x, source = _numbers(5, 40) / 64, _numbers(8, 40) / 64 + 1
    places = np.array([3, 0, 3, 4, 0, 0, 2, 3])
    index = vt.from_numpy(places.astype(dtype))[:, None].expand(8, 40)
    fold = {"sum": np.add, "prod": np.multiply, "amax": np.maximum, "amin": np.minimum}[word]
    expected = x.copy()
    for row, place in enumerate(places):
        expected[place] = fold(expected[place], source[row])
    _same(vt.from_numpy(x).scatter_reduce(0, index, vt.from_numpy(source), word), expected)
    _same(vt.gather(vt.from_numpy(x), 0, index), x[places])
    with pytest.raises(IndexError):
        vt.from_numpy(x).scatter_reduce(0, index + 1, vt.from_numpy(source), word)
    with pytest.raises(IndexError):
        vt.gather(vt.from_numpy(x), 0, index + 1)


@pytest.mark.parametrize("length", [1, 3, 7, 8])
def test_scans_of_many_short_lines(length: int) -> None:
    x = _numbers(700, length)
    a = vt.from_numpy(x)
    _same(vt.cumsum(a, 1), np.cumsum(x, 1))
    _same(vt.cumprod(a / 128, 1), np.cumprod((x / np.float32(128)).astype("float64"), 1).astype("float32"))
    values, places = vt.cummax(a, 1)
    _same(values, np.maximum.accumulate(x, 1))
    _same(vt.gather(a, 1, places), np.maximum.accumulate(x, 1))


@pytest.mark.parametrize("dtype", ["int8", "int64", "float16", "float32", "float64"])
@pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 3, 4), (4, 4, 4), (1, 9, 2), (5, 0, 2)])
def test_batches_of_tiny_products(sizes: tuple[int, int, int], dtype: str) -> None:
    m, k, n = sizes
    x, y, z = (_numbers(3, 40, *s, dtype="int64") % 5 for s in ((m, k), (k, n), (m, n)))
    a, b, c = (vt.from_numpy(t.astype(dtype)) for t in (x, y, z))
    _same(a @ b, (x @ y).astype(dtype))
    _same(a @ b.transpose(-1, -2).contiguous().transpose(-1, -2), (x @ y).astype(dtype))
    _same(a[:, ::2] @ b[:, 1::2], (x[:, ::2] @ y[:, 1::2]).astype(dtype))
    _same(a[0] @ b[0], (x[0] @ y[0]).astype(dtype))
    _same(vt.baddbmm(c[1], a[1], b[1], beta=3, alpha=2), (3 * z[1] + 2 * (x[1] @ y[1])).astype(dtype))


@pytest.mark.parametrize("k", [1, 5, 15, 16])
def test_products_of_a_few_steps(k: int) -> None:
    for m, n in ((5, 300), (300, 5), (1, 300), (300, 1)):
        x, y = _numbers(m, k, dtype="int64") % 5, _numbers(n, k, dtype="int64") % 5
        for dtype in ("float32", "float64", "float16"):
            a, b = vt.from_numpy(x.astype(dtype)), vt.from_numpy(y.astype(dtype))
            _same(a @ b.t(), (x @ y.T).astype(dtype))
            _same(a @ b.t().contiguous(), (x @ y.T).astype(dtype))


@pytest.mark.parametrize("length", [3, 48, 49])
def test_modes_of_short_lines(length: int) -> None:
    x = _numbers(50, length) % 5
    values, places = vt.mode(vt.from_numpy(x), 1)
    for line, value, place in zip(x, values.numpy(), places.numpy(), strict=True):
        found, counts = np.unique(line, return_counts=True)
        assert value == found[counts.argmax()]
        assert place == np.flatnonzero(line == value)[-1]


def test_dense_complex_products_and_powers_of_one_base() -> None:
    for dtype in ("complex64", "complex128"):
        x = (_numbers(67) + 1j * _numbers(67)[::-1]).astype(dtype)
        _same(vt.from_numpy(x) * vt.from_numpy(x[::-1].copy()), x * x[::-1])
    base, exponent = np.array([[2.0], [3.0]], "float32"), np.arange(600, dtype="float32") % 9
    _same(vt.pow(vt.from_numpy(base), vt.from_numpy(exponent)), base**exponent)


def test_bools_become_halves() -> None:
    x = np.arange(1000) % 3 == 0
    _same(vt.from_numpy(x).to(vt.float16), x.astype("float16"))


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_sums_of_rows_have_the_bits_of_strided_ones(dtype: str) -> None:
    for length in (1, 2, 3, 5, 8, 13, 31, 33, 49, 64, 95, 127, 511, 700):
        x = np.random.default_rng(length).standard_normal((9, length)).astype(dtype)
        apart = np.zeros((9, 2 * length), dtype)
        apart[:, ::2] = x
        _same(vt.sum(vt.from_numpy(x), 1), vt.sum(vt.from_numpy(apart)[:, ::2], 1).numpy())


@pytest.mark.parametrize("count", [0, 1, 5, 128, 129])
@pytest.mark.parametrize("dtype", ["int64", "float32", "complex64"])
def test_members_of_few_and_of_many(dtype: str, count: int) -> None:
    x, others = _numbers(30, 20, dtype=dtype), _numbers(count, dtype=dtype)
    _same(vt.isin(vt.from_numpy(x), vt.from_numpy(others)), np.isin(x, others))
    _same(vt.isin(vt.from_numpy(x[0, 0:1])[0], vt.from_numpy(others)), np.isin(x[0, 0], others))


def test_signs_of_halves_are_those_of_floats() -> None:
    x = np.array([0.0, -0.0, 1.5, -2.0, np.inf, -np.inf, np.nan, 6e-8], "float16")
    for dtype in (vt.float16, vt.bfloat16):
        a = vt.from_numpy(x).to(dtype)
        for op in (vt.neg, vt.abs):
            got, expected = op(a).to(vt.float32).numpy(), op(a.to(vt.float32)).numpy()
            np.testing.assert_array_equal(got, expected)
            known = ~np.isnan(x)
            np.testing.assert_array_equal(np.signbit(got)[known], np.signbit(expected)[known])
            _same(op(a[::2]).to(vt.float32), got[::2])


def test_dots_of_strided_vectors() -> None:
    x, y = _numbers(400) % 7, _numbers(300) % 5
    a, b = vt.from_numpy(x), vt.from_numpy(y)
    _same(vt.dot(a[::4], b[:100]), np.dot(x[::4], y[:100]))
    _same(vt.dot(a[::2], a[::2]), np.dot(x[::2], x[::2]))


@pytest.mark.parametrize("columns", [3, 64, 100])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_bags_of_rows(dtype: str, columns: int) -> None:
    table = (_numbers(9, columns) % 17).astype(dtype)
    places, offsets = np.array([3, 0, 8, 8, 2, 2, 1]), np.array([0, 3, 3])
    weights = np.array([1, 2, 0.5, 3, 1, 0.25, 4], dtype)
    bags = [np.arange(3), np.arange(0), np.arange(3, 7)]
    call = (vt.from_numpy(table), vt.from_numpy(places), vt.from_numpy(offsets))
    got = vt.ops.embedding_bag(*call, per_sample_weights=vt.from_numpy(weights))[0]
    _same(got, np.stack([(table[places[b]] * weights[b, None]).sum(0) for b in bags]).astype(dtype))
    got = vt.ops.embedding_bag(*call, padding_idx=8)[0]
    _same(got, np.stack([table[places[b][places[b] != 8]].sum(0) for b in bags]).astype(dtype))


@pytest.mark.parametrize("dtype", ["float32", "float16", "complex64"])
@pytest.mark.parametrize(("stride", "dilation", "padding"), [(1, 1, 1), (2, 1, 0), (2, 3, 2), (3, 2, 5)])
def test_columns_are_added_up_where_windows_lie(stride: int, dilation: int, padding: int, dtype: str) -> None:
    height, width, kernel = 11, 9, (2, 3)
    reach = [dilation * (k - 1) + 1 for k in kernel]
    down, across = ((n + 2 * padding - r) // stride + 1 for n, r in zip((height, width), reach, strict=True))
    columns = (_numbers(2, 4 * 6, down * across) % 7).astype(dtype)
    image = np.zeros((2, 4, height + 2 * padding, width + 2 * padding), dtype)
    parts = columns.reshape(2, 4, *kernel, down, across)
    for y in range(kernel[0]):
        for x in range(kernel[1]):
            rows = slice(y * dilation, y * dilation + (down - 1) * stride + 1, stride)
            image[:, :, rows, x * dilation : x * dilation + (across - 1) * stride + 1 : stride] += parts[:, :, y, x]
    expected = image[:, :, padding : padding + height, padding : padding + width]
    call = ((height, width), kernel, dilation, padding, stride)
    _same(vt.ops.col2im(vt.from_numpy(columns), *call), expected)
    _same(vt.ops.col2im(vt.from_numpy(columns[0]), *call), expected[0])


@pytest.mark.parametrize("length", [5, 60])
def test_extremes_so_far_keep_the_last_nan(length: int) -> None:
    x = np.arange(3 * length, dtype="float32").reshape(3, length) % 4
    x[1, 2], x[1, 4] = np.nan, np.nan
    for op, best in ((vt.cummax, np.maximum), (vt.cummin, np.minimum)):
        values, places = op(vt.from_numpy(x), 1)
        _same(values, best.accumulate(x, 1))
        assert places.numpy()[1, 2:].tolist() == [2, 2] + [4] * (length - 4)
        expected = [
            [np.flatnonzero(row[: i + 1] == v)[-1] for i, v in enumerate(best.accumulate(row))] for row in x[::2]
        ]
        _same(places[::2], np.array(expected))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extremes_of_rows_have_the_bits_of_strided_ones(dtype: str) -> None:
    for length in (32, 64, 65, 96, 128, 256):
        rng = np.random.default_rng(length)
        x = rng.integers(-3, 4, (40, length)).astype(dtype)
        x[:20] = np.copysign(0, rng.standard_normal((20, length)))
        x[39, length // 2] = np.nan
        apart = np.zeros((40, 2 * length), dtype)
        apart[:, ::2] = x
        for op in (vt.amax, vt.amin):
            got, expected = op(vt.from_numpy(x), 1).numpy(), op(vt.from_numpy(apart)[:, ::2], 1).numpy()
            np.testing.assert_array_equal(got, expected)
            np.testing.assert_array_equal(np.signbit(got), np.signbit(expected))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sums_without_nan_have_the_bits_of_strided_ones(dtype: str) -> None:
    for length in (3, 31, 64, 95, 700, 1100):
        x = np.random.default_rng(length).standard_normal((9, length)).astype(dtype)
        x[:, ::3] = np.nan
        apart = np.zeros((9, 2 * length), dtype)
        apart[:, ::2] = x
        _same(vt.nansum(vt.from_numpy(x), 1), vt.nansum(vt.from_numpy(apart)[:, ::2], 1).numpy())
