# SPDX-License-Identifier: Apache-2.0
"""Activations of half types, dense and not: every element that the type has, against results in float64."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from on_cuda import to_cuda

ops = vt.ops

# By name: the call on (x) or on (grad, x).
FORWARD: dict[str, Callable[[Any], Any]] = {
    "sigmoid": ops.sigmoid,
    "silu": ops.silu,
    "gelu": ops.gelu,
    "gelu tanh": lambda x: ops.gelu(x, approximate="tanh"),
}
BACKWARD: dict[str, Callable[[Any, Any], Any]] = {
    "silu": ops.silu_backward,
    "gelu": ops.gelu_backward,
    "gelu tanh": lambda grad, x: ops.gelu_backward(grad, x, approximate="tanh"),
}
# What rounding changes at most, relative to the number, and below which number it changes more: of float16 half of the least
# one; of bfloat16 80 times float's least, since a sigmoid below that is 0.
ROUNDING = {"bfloat16": (2.0**-8, 2.0**-119), "float16": (2.0**-11, 2.0**-25)}


def elements(dtype: str, most: float) -> vt.Tensor:
    """All elements of a half type up to a magnitude."""
    bits = vt.from_numpy(np.arange(65536, dtype=np.uint16).view(np.int16))
    x = bits.view(getattr(vt, dtype)).to(dtype=vt.float64)
    values = np.asarray(x)
    return vt.from_numpy(values[np.abs(values) <= most]).to(dtype=getattr(vt, dtype))


def check(got: vt.Tensor, want: vt.Tensor, dtype: str, slack: float) -> None:
    relative, least = ROUNDING[dtype]
    difference = np.abs(np.asarray(got.to(device="cpu").to(dtype=vt.float64)) - np.asarray(want))
    assert np.all(difference <= 1.125 * relative * np.abs(np.asarray(want)) + 1.125 * least + slack)


@pytest.mark.parametrize("dtype", ROUNDING)
@pytest.mark.parametrize("name", FORWARD)
def test_every_element_is_rounded_as_if_once(name: str, dtype: str) -> None:
    x = elements(dtype, 80.0)
    check(FORWARD[name](to_cuda(x)), FORWARD[name](x.to(dtype=vt.float64)), dtype, 0.0)


@pytest.mark.parametrize("dtype", ROUNDING)
@pytest.mark.parametrize("name", BACKWARD)
def test_every_slope_is_rounded_as_if_once(name: str, dtype: str) -> None:
    x = elements(dtype, 80.0)
    grad = vt.full([x.numel()], 1.5, dtype=x.dtype)
    want = BACKWARD[name](grad.to(dtype=vt.float64), x.to(dtype=vt.float64))
    # Where a slope crosses 0 its parts cancel.
    check(BACKWARD[name](to_cuda(grad), to_cuda(x)), want, dtype, 4e-5)


@pytest.mark.parametrize("dtype", ROUNDING)
def test_elements_that_are_not_dense_are_about_the_same(dtype: str) -> None:
    x = elements(dtype, 8.0)
    pairs = to_cuda(x[: x.numel() // 2 * 2].reshape(-1, 2))
    for call in FORWARD.values():
        want = call(x[: x.numel() // 2 * 2].reshape(-1, 2)[:, 0].to(dtype=vt.float64))
        check(call(pairs[:, 0]), want, dtype, 1e-6)


@pytest.mark.parametrize("dtype", ROUNDING)
def test_infinities_and_nan(dtype: str) -> None:
    x = to_cuda(vt.tensor([math.inf, math.nan] * 8, dtype=getattr(vt, dtype)))
    for name, call in FORWARD.items():
        got = call(x).tolist()
        assert got[0] == (1.0 if name == "sigmoid" else math.inf)
        assert math.isnan(got[1])
    for call in BACKWARD.values():
        assert math.isnan(call(ops.ones_like(x), x).tolist()[1])
    least = to_cuda(vt.tensor([-30000.0] * 16, dtype=getattr(vt, dtype)))
    for call in FORWARD.values():
        assert call(least).tolist() == [0.0] * 16
