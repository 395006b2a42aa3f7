# SPDX-License-Identifier: Apache-2.0
"""What the op table's samples do not reach: NaN, ties, empties, accuracy and threads of reductions and sorts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from vt_core.testing import assert_close

NAN = float("nan")


def tensor(values: Any, dtype: str = "float32") -> vt.Tensor:
    return vt.from_numpy(np.asarray(values, dtype=dtype))


@pytest.fixture
def threads() -> Iterator[Any]:
    before = vt.get_num_threads()
    yield vt.set_num_threads
    vt.set_num_threads(before)


@pytest.mark.parametrize("length", [3, 40, 3000])
@pytest.mark.parametrize("axis", [0, 1])
def test_nan_prevails_in_extremes_and_its_first_place_is_given(length: int, axis: int) -> None:
    x = np.arange(2.0 * length, dtype=np.float32).reshape(2, length)
    x[0, length // 2] = x[0, length - 1] = NAN
    t = tensor(x if axis == 1 else x.T.copy())
    for name in ("max", "min"):
        values, indices = getattr(vt.ops, name)(t, axis)
        assert math.isnan(values[0].item())
        assert indices.tolist() == [length // 2, length - 1 if name == "max" else 0]
        assert math.isnan(getattr(vt.ops, name)(t).item())
        assert math.isnan(getattr(vt.ops, f"a{name}")(t, axis)[0].item())


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "bool", "complex64"])
@pytest.mark.parametrize("length", [*range(1, 36), 63, 64, 65, 511, 512, 513, 600])
def test_every_element_of_a_line_counts_once(dtype: str, length: int) -> None:
    x = np.random.default_rng(length).integers(0, 2 if dtype == "bool" else 9, (3, length, 2)).astype(dtype)
    apart = tensor(x, dtype)[:, :, 0]
    for t in (apart, apart.contiguous()):
        assert vt.ops.sum(t, 1).tolist() == np.sum(x[:, :, 0], 1).tolist()
        if dtype == "complex64":
            continue
        assert vt.ops.amax(t, 1).tolist() == np.max(x[:, :, 0], 1).tolist()
        assert vt.ops.count_nonzero(t, 1).tolist() == np.count_nonzero(x[:, :, 0], 1).tolist()
        if dtype.startswith("float"):
            assert_close(vt.ops.var(t, 1, correction=0), np.var(x[:, :, 0].astype("float64"), 1), check_dtype=False)
            assert_close(vt.ops.softmax(t, 1).sum(1), np.ones(3), check_dtype=False)


@pytest.mark.parametrize("rows", [1, 7, 8, 9, 16, 100])
@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "int64", "complex64", "complex128"])
def test_every_element_of_a_column_counts_once(dtype: str, rows: int) -> None:
    x = np.random.default_rng(rows).integers(-4, 5, (rows, 300))
    t = vt.from_numpy(x).to(dtype=getattr(vt, dtype))
    assert vt.ops.sum(t, 0).tolist() == x.sum(0).tolist()
    assert vt.ops.sum(t[:, ::3], 0).tolist() == x[:, ::3].sum(0).tolist()


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "int64"])
def test_sums_without_nan(dtype: str) -> None:
    x = np.random.default_rng(0).integers(-4, 5, (40, 70)).astype("float32")
    t = tensor(x).to(dtype=getattr(vt, dtype))
    if dtype != "int64":
        x[::3, ::2] = NAN
        t[::3, ::2] = NAN
    for dim in (None, 0, 1, (0, 1)):
        assert vt.ops.nansum(t, dim).tolist() == np.nansum(x, dim).tolist()
    assert vt.ops.nansum(t).dtype == t.dtype


def test_first_of_equal_elements_is_the_place() -> None:
    x = np.zeros((3, 2000), np.float32)
    x[:, 1500:] = 1
    assert vt.ops.argmax(tensor(x), 1).tolist() == [1500] * 3
    assert vt.ops.argmax(tensor(x)).item() == 1500
    assert vt.ops.argmin(tensor(x.T.copy()), 0).tolist() == [0] * 3


def test_infinities_alone_have_a_place() -> None:
    assert vt.ops.argmax(tensor([-math.inf, -math.inf])).item() == 0
    assert vt.ops.argmin(tensor([math.inf, math.inf])).item() == 0


def test_flat_index_counts_in_row_major_order() -> None:
    x = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert vt.ops.argmax(vt.ops.transpose(tensor(x), 0, 1)).item() == int(np.argmax(x.T))
    x[1, 2] = 99
    assert vt.ops.argmax(vt.ops.transpose(tensor(x), 0, 1)).item() == int(np.argmax(x.T))


def test_moments_of_a_million_stay_accurate() -> None:
    x = (np.random.default_rng(3).standard_normal(1_000_000) + 1000).astype(np.float32)
    exact = x.astype(np.float64)
    variance, mean = vt.ops.var_mean(tensor(x))
    assert abs(variance.item() / exact.var(ddof=1) - 1) < 1e-6
    assert abs(mean.item() / exact.mean() - 1) < 1e-6
    columns = vt.ops.var(tensor(x.reshape(250_000, 4)), 0)
    assert_close(columns, exact.reshape(250_000, 4).var(axis=0, ddof=1).astype(np.float32), rtol=1e-6, atol=0.0)


def test_too_few_elements_have_no_variance() -> None:
    assert math.isnan(vt.ops.var(tensor([1.0])).item())
    assert math.isnan(vt.ops.std(tensor([])).item())
    assert vt.ops.var(tensor([1.0, 2.0]), correction=3).item() == math.inf
    assert vt.ops.var(tensor([1.0]), correction=0).item() == 0


def test_reductions_of_nothing() -> None:
    empty = tensor(np.zeros((2, 0)))
    assert vt.ops.prod(empty, 1).tolist() == [1, 1]
    assert math.isnan(vt.ops.mean(empty).item())
    assert vt.ops.logsumexp(empty, [1]).tolist() == [-math.inf, -math.inf]
    assert vt.ops.all(empty).item() is True
    assert vt.ops.any(empty).item() is False
    assert vt.ops.linalg_vector_norm(empty).item() == 0


def test_zero_dim_tensors_take_dimensions_0_and_minus_1() -> None:
    x = tensor(2.5)
    for dim in (0, -1):
        assert vt.ops.mean(x, dim).item() == 2.5
        assert [t.item() for t in vt.ops.max(x, dim)] == [2.5, 0]
        assert [t.item() for t in vt.ops.topk(x, 1, dim)] == [2.5, 0]
        assert vt.ops.cumsum(x, dim).item() == 2.5
    with pytest.raises(IndexError, match="out of range"):
        vt.ops.max(x, 1)


def test_logsumexp_at_the_edges_of_the_range() -> None:
    assert vt.ops.logsumexp(tensor([1000.0, 1000.0]), 0).item() == pytest.approx(1000 + math.log(2))
    assert vt.ops.logsumexp(tensor([-math.inf, -math.inf]), 0).item() == -math.inf
    assert vt.ops.logsumexp(tensor([math.inf, 1.0]), 0).item() == math.inf
    assert math.isnan(vt.ops.logsumexp(tensor([NAN, 1.0]), 0).item())
    far = np.full((40, 600), -5000, np.float32)
    far[0, 0] = 5000
    assert vt.ops.logsumexp(tensor(far), (0, 1)).item() == 5000


def test_norm_of_large_numbers_does_not_overflow() -> None:
    assert vt.ops.linalg_vector_norm(tensor([3e30, 4e30])).item() == pytest.approx(5e30)


def test_results_do_not_depend_on_threads(threads: Any) -> None:
    x = np.random.default_rng(5).standard_normal((1000, 1300)).astype(np.float32)
    names = ("mean", "var", "logsumexp", "linalg_vector_norm", "prod", "argmax")
    expected: dict[str, Any] = {}
    for count in (1, 2, 5):
        threads(count)
        for name in names:
            out = [getattr(vt.ops, name)(tensor(x.ravel()), 0 if name != "linalg_vector_norm" else 2).tolist()]
            out += [getattr(vt.ops, name)(tensor(x), *((2,) if "norm" in name else ()), dim).tolist() for dim in (0, 1)]
            assert expected.setdefault(name, out) == out


@pytest.mark.parametrize("length", [5, 100, 5000, 70_000])
@pytest.mark.parametrize("descending", [False, True])
def test_sort_is_stable_and_puts_nan_above_all(length: int, descending: bool) -> None:
    x = np.random.default_rng(length).integers(-20, 20, length).astype(np.float32)
    x[:: length // 5] = NAN
    x[1 :: length // 5] = -0.0
    values, indices = vt.ops.sort(tensor(x), 0, descending)
    keys = np.where(np.isnan(x), 100, x)
    order = np.argsort(-keys if descending else keys, kind="stable")
    assert indices.tolist() == order.tolist()
    assert_close(values, x[order])
    assert np.array_equal(np.signbit(values.numpy()), np.signbit(x[order]))


def test_topk_takes_the_first_of_equal_elements() -> None:
    x = np.tile(np.arange(10, dtype=np.float32), 100)
    values, indices = vt.ops.topk(tensor(x), 5)
    assert values.tolist() == [9] * 5
    assert indices.tolist() == [9, 19, 29, 39, 49]
    _, indices = vt.ops.topk(tensor(x), 3, largest=False)
    assert indices.tolist() == [0, 10, 20]


def test_out_of_two_results_is_a_pair() -> None:
    x = tensor([[1.0, 3.0], [4.0, 2.0]])
    values, indices = vt.ops.empty((0,)), vt.ops.empty((0,), dtype=vt.int64)
    result = vt.ops.max(x, 1, out=(values, indices))
    assert result[0] is values
    assert result[1] is indices
    assert values.tolist() == [3, 4]
    assert indices.tolist() == [1, 0]
    with pytest.raises(RuntimeError, match="another dtype"):
        vt.ops.max(x, 1, out=(values, vt.ops.empty((0,))))
    vt.ops.max(x, 0, out=(x.select(0, 0), indices))
    assert x.tolist() == [[4, 3], [4, 2]]


def test_integers_have_no_mean_without_dtype() -> None:
    with pytest.raises(RuntimeError, match="mean: the input must be floating point"):
        vt.ops.mean(tensor([1, 2], "int64"))
    assert vt.ops.mean(tensor([1, 2], "int64"), dtype=vt.float32).item() == 1.5


@pytest.mark.parametrize("name", ["sum", "amax", "prod", "any"])
def test_the_input_may_be_the_destination(name: str) -> None:
    x = vt.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 0.0]])
    if name == "any":
        x = x.to(dtype=vt.bool)
    op = getattr(vt.ops, name)
    expected = op(x, 0).tolist()
    assert op(x, 0, out=x) is x
    assert x.tolist() == expected


def test_nothing_may_be_summed_in_itself() -> None:
    nothing = vt.ops.zeros((3, 0))
    assert vt.ops.sum(nothing, 1, out=nothing).tolist() == [0.0, 0.0, 0.0]
