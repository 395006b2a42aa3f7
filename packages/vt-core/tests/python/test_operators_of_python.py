# SPDX-License-Identifier: Apache-2.0
"""Python's operators between tensors and numbers: reflected forms, what is refused, and integers at their limits."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import pytest
import vt_core as vt


@pytest.mark.parametrize(
    "function",
    [operator.sub, operator.truediv, operator.floordiv, operator.mod, operator.pow],
    ids=lambda function: function.__name__,
)
@pytest.mark.parametrize("dtype", ["int64", "float64", "float32"])
def test_a_number_on_the_left_is_the_first_operand(function: Any, dtype: str) -> None:
    array = np.array([1, 2, 3, 5], dtype=dtype)
    result = function(7, vt.from_numpy(array.copy()))
    np.testing.assert_allclose(result.tolist(), function(7, array).tolist(), rtol=1e-6)
    assert result.dtype.name == ("float32" if function is operator.truediv and dtype == "int64" else dtype)


def test_comparison_with_what_is_no_number() -> None:
    x = vt.tensor([1.0, 2.0])
    assert (x == "text") is False
    assert (x != "text") is True
    assert (x == None) is False  # noqa: E711
    with pytest.raises(TypeError, match="not supported"):
        x < "text"  # type: ignore[operator] # noqa: B015


def test_the_truth_of_a_comparison() -> None:
    x = vt.tensor([1, 2, 3])
    assert (x == x).all()
    assert (x < 2).tolist() == [True, False, False]
    assert operator.lt(2, x).tolist() == [False, False, True]
    assert (x & 1).tolist() == [1, 0, 1]
    assert ((x > 1) & (x < 3)).tolist() == [False, True, False]
    assert (True ^ (x > 1)).tolist() == [True, False, False]


@pytest.mark.parametrize("function", [operator.floordiv, operator.mod], ids=lambda function: function.__name__)
def test_an_integer_divided_by_zero_is_refused_and_nothing_written(function: Any) -> None:
    x = vt.tensor([4, 5, 6])
    for divisor in (vt.tensor([1, 0, 2]), 0, vt.tensor(0)):
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            function(x, divisor)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        x //= vt.tensor([2, 2, 0])
    assert x.tolist() == [4, 5, 6]
    assert (vt.tensor([1.0]) // 0).tolist() == [float("inf")]


@pytest.mark.parametrize("name", ["int8", "int16", "int32", "int64"])
def test_the_smallest_integer_divided_by_minus_one_wraps(name: str) -> None:
    least = int(np.iinfo(name).min)
    x = vt.tensor([least, 7], dtype=getattr(vt, name))
    assert (x // -1).tolist() == [least, -7]
    assert (x % -1).tolist() == [0, 0]
    assert vt.ops.div(x, -1, rounding_mode="trunc").tolist() == [least, -7]


def test_numbers_beyond_the_dtype_wrap_in_comparisons() -> None:
    assert (vt.tensor([44, 1], dtype=vt.uint8) == 300).tolist() == [True, False]


def test_a_number_is_rounded_to_the_dtype_it_is_compared_in() -> None:
    assert (vt.tensor([0.1, 0.3], dtype=vt.bfloat16) == 0.1).tolist() == [True, False]


def test_in_place_division_of_integers_is_refused() -> None:
    x = vt.tensor([4, 5])
    with pytest.raises(RuntimeError, match="cannot be stored in int64"):
        x /= 2
    assert x.tolist() == [4, 5]


def test_powers_of_numbers_are_exact() -> None:
    x = vt.tensor([0.1, 3.0, -2.5])
    assert (x**2).tolist() == (x * x).tolist()
    assert (x**3).tolist() == (x * x * x).tolist()
    assert (vt.tensor([4.0, 2.25]) ** 0.5).tolist() == [2.0, 1.5]


def test_special_values_of_extremes_and_bounds() -> None:
    nan = float("nan")
    x = vt.tensor([nan, 1.0, 2.0])
    y = vt.tensor([1.0, nan, 3.0])
    for result in (vt.ops.maximum(x, y), vt.ops.minimum(x, y)):
        assert [value != value for value in result.tolist()] == [True, True, False]
    assert vt.ops.clamp(x, 3, 1).tolist()[1:] == [1.0, 1.0]
    assert all(value != value for value in x.clamp(min=nan).tolist())


def test_a_choice_takes_no_part_of_what_was_not_chosen() -> None:
    x = vt.tensor([float("nan"), 2.0])
    assert vt.ops.where(vt.tensor([False, True]), x, 0).tolist() == [0.0, 2.0]
    mask = vt.tensor([[True, False, True]]).expand((2, 3))
    assert vt.ops.zeros((2, 3)).masked_fill(mask, 1).tolist() == [[1.0, 0.0, 1.0]] * 2
