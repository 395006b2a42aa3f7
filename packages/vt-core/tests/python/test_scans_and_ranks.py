# SPDX-License-Identifier: Apache-2.0
"""What the op table's samples do not reach: NaN, infinities, ties and long lines of scans, ranks, sorts and counts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from vt_core.testing import assert_close

NAN = float("nan")
INF = math.inf


def tensor(values: Any, dtype: str = "float32") -> vt.Tensor:
    return vt.from_numpy(np.asarray(values, dtype=dtype))


def test_nan_prevails_in_running_extremes_and_the_last_of_equals_is_the_place() -> None:
    x = tensor([1.0, 3.0, 3.0, NAN, 5.0, NAN])
    values, places = vt.ops.cummax(x, 0)
    assert values.tolist()[:3] == [1.0, 3.0, 3.0]
    assert all(math.isnan(v) for v in values.tolist()[3:])
    assert places.tolist() == [0, 1, 2, 3, 3, 5]
    assert vt.ops.cummin(tensor([2.0, 1.0, 1.0, 4.0]), 0)[1].tolist() == [0, 1, 2, 2]


def test_running_exponential_sums_keep_infinities() -> None:
    values = vt.ops.logcumsumexp(tensor([-INF, -INF, 0.0, 0.0, INF, 1.0]), 0).tolist()
    assert values == [-INF, -INF, 0.0, pytest.approx(math.log(2)), INF, INF]
    assert vt.ops.logcumsumexp(tensor([1000.0, 1000.0], "float64"), 0).tolist()[1] == 1000 + math.log(2)


@pytest.mark.parametrize("step", [0.1, 10.0, 500.0])
@pytest.mark.parametrize("length", [1, 63, 64, 65, 500])
def test_running_exponential_sums_of_long_lines_keep_what_is_far_below(length: int, step: float) -> None:
    x = step * np.random.default_rng(length).standard_normal((3, length))
    expected = np.logaddexp.accumulate(x, axis=1)
    assert_close(vt.ops.logcumsumexp(tensor(x, "float64"), 1), expected, rtol=1e-13, atol=1e-13)
    x[1, length // 2], x[2, 0] = INF, -INF
    expected = np.logaddexp.accumulate(x, axis=1)
    assert_close(vt.ops.logcumsumexp(tensor(x, "float64"), 1), expected, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("length", [1, 2, 5, 47, 48, 49, 300])
@pytest.mark.parametrize("dtype", ["float32", "int64", "int8"])
def test_kth_values_of_short_lines_are_those_of_a_stable_sort(length: int, dtype: str) -> None:
    x = np.random.default_rng(length).integers(-5, 5, (4, length)).astype(dtype)
    order = np.argsort(x, axis=1, kind="stable")
    for k in range(1, length + 1, 1 + length // 7):
        values, places = vt.ops.kthvalue(tensor(x, dtype), k, 1)
        assert places.tolist() == order[:, k - 1].tolist()
        assert values.tolist() == np.take_along_axis(x, order, 1)[:, k - 1].tolist()


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
@pytest.mark.parametrize("length", [7, 8, 9, 1000])
def test_running_sums_are_rounded_once(dtype: str, length: int) -> None:
    x = np.random.default_rng(length).standard_normal((3, length)).astype(dtype)
    expected = np.cumsum(x.astype(np.longdouble), axis=1).astype(np.float64)
    tolerance = {"float16": 1e-3, "float32": 1e-7, "float64": 1e-13}[dtype]
    assert_close(vt.ops.cumsum(tensor(x, dtype), 1), expected, check_dtype=False, rtol=tolerance, atol=tolerance)


def test_median_takes_the_lower_middle_and_nan_unless_ignored() -> None:
    assert vt.ops.median(tensor([4.0, 1.0, 3.0, 2.0])).item() == 2
    value, place = vt.ops.median(tensor([4.0, NAN, 3.0, NAN]), 0)
    assert (math.isnan(value.item()), place.item()) == (True, 1)
    assert vt.ops.nanmedian(tensor([4.0, NAN, 3.0, NAN])).item() == 3
    assert math.isnan(vt.ops.nanmedian(tensor([NAN, NAN])).item())
    assert math.isnan(vt.ops.median(tensor([])).item())


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "int8", "bfloat16"])
def test_kth_values_of_long_lines_are_those_of_sort(dtype: str) -> None:
    x = vt.from_numpy(np.random.default_rng(0).integers(-90, 90, 20_000)).to(dtype=getattr(vt, dtype))
    values, places = vt.ops.sort(x)
    for k in (1, 777, 10_000, 20_000):
        value, place = vt.ops.kthvalue(x, k)
        assert (value.item(), place.item()) == (values[k - 1].item(), places[k - 1].item())


def test_mode_of_ties_is_the_smallest_at_its_last_place() -> None:
    value, place = vt.ops.mode(tensor([5.0, 2.0, 5.0, 2.0, 9.0]))
    assert (value.item(), place.item()) == (2, 3)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("length", [10, 300, 100_000])
def test_sort_keeps_the_sign_of_zero_and_the_order_of_equals(length: int, descending: bool) -> None:
    x = np.random.default_rng(1).integers(-3, 4, length).astype(np.float32)
    x[::3] *= -0.0
    x[5] = NAN
    values, places = vt.ops.sort(tensor(x), 0, descending)
    taken = x[np.asarray(places.tolist())]
    assert np.array_equal(np.asarray(values.tolist(), np.float32).view(np.int32), taken.view(np.int32))
    key = np.where(np.isnan(x), np.inf, x)
    assert np.array_equal(places.tolist(), np.argsort(-key if descending else key, kind="stable"))


def test_quantiles_at_the_ends_and_beside_nan() -> None:
    x = tensor([[3.0, 1.0, 2.0], [NAN, 1.0, 0.0]])
    ends = tensor([0.0, 1.0])
    assert_close(vt.ops.quantile(x, ends, 1), np.array([[1, NAN], [3, NAN]]), check_dtype=False)
    assert_close(vt.ops.nanquantile(x, ends, 1), np.array([[1.0, 0.0], [3.0, 1.0]]), check_dtype=False)


def test_each_nan_is_distinct() -> None:
    values, inverse, counts = vt.ops._unique2(tensor([NAN, 1.0, NAN]), True, True, True)
    assert values.tolist()[0] == 1
    assert (inverse.tolist(), counts.tolist()) == ([1, 0, 2], [1, 1, 1])


def test_nan_belongs_behind_every_boundary() -> None:
    line = tensor([1.0, 2.0])
    assert vt.ops.searchsorted(line, tensor([NAN, 2.0, 0.0])).tolist() == [2, 1, 0]
    assert vt.ops.bucketize(1.5, tensor([1, 2], "int64")).item() == 1


def test_meta_tensors_give_sizes() -> None:
    x = vt.ops.empty((2, 5), device="meta")
    assert vt.ops.cumprod(x, 1).shape == (2, 5)
    assert [t.shape for t in vt.ops.cummax(x, 0)] == [(2, 5), (2, 5)]
    assert [t.shape for t in vt.ops.median(x, 1, True)] == [(2, 1), (2, 1)]
    assert vt.ops.searchsorted(vt.ops.empty((9,), device="meta"), x).shape == (2, 5)
    assert vt.ops.quantile(x, 0.5, 1).shape == (2,)
