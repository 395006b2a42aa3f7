# SPDX-License-Identifier: Apache-2.0
"""Functions of one tensor and their slopes at special values, dense and not, against the CPU."""

from __future__ import annotations

import math

import numpy as np
import pytest
import vt_core as vt
from on_cuda import to_cuda
from vt_core.testing.special_values import FUNCTIONS, SLOPES, Function, special_values, strided_copy

# By dtype: relative and absolute differences. Half types have forms of their own on devices.
TOLERANCES = {"float16": (2e-3, 1e-4), "bfloat16": (1.6e-2, 1e-4), "float32": (1e-6, 1e-37), "float64": (1e-13, 1e-307)}


def _numbers(x: vt.Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(x.to(device="cpu").to(dtype=vt.float64))


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("function", [*FUNCTIONS, *SLOPES], ids=str)
def test_devices_agree_with_the_cpu(function: Function, dtype: str) -> None:
    x = vt.tensor([v for v in special_values(dtype) for _ in range(2)], dtype=getattr(vt, dtype))
    operands = (x,) if function in FUNCTIONS else (vt.ops.full_like(x, 1.5), x)
    expected = _numbers(function(*operands))
    on_device = [to_cuda(operand) for operand in operands]
    relative, absolute = TOLERANCES[dtype]
    for got in (function(*on_device), function(*map(strided_copy, on_device))):
        np.testing.assert_allclose(_numbers(got), expected, rtol=relative, atol=absolute, equal_nan=True)


@pytest.mark.parametrize("approximate", ["none", "tanh"])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_gelu_of_minus_infinity_is_nan_as_in_float32(dtype: str, approximate: str) -> None:
    x = to_cuda(vt.tensor([-math.inf] * 16, dtype=getattr(vt, dtype)))
    assert all(math.isnan(y) for y in vt.ops.gelu(x, approximate=approximate).tolist())
