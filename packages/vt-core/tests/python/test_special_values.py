# SPDX-License-Identifier: Apache-2.0
"""Functions of one tensor at special values, dense and not, against PyTorch in float64."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
import torch
import vt_core as vt
from exchange import torch_from_vt, vt_from_torch
from vt_core.testing.special_values import FUNCTIONS, SLOPES, Function, special_values, strided_copy

# By dtype: relative and absolute differences.
TOLERANCES = {"float16": (1e-3, 1e-6), "bfloat16": (8e-3, 1e-6), "float32": (3e-6, 1e-6), "float64": (1e-12, 1e-12)}


def _is_infinite(x: float) -> bool:
    return math.isinf(x)


# Where PyTorch has no limit, or gives up accuracy.
OTHERWISE: dict[str, Callable[[float], bool]] = {
    "i0": _is_infinite,
    "special_i1": _is_infinite,
    "special_modified_bessel_i0": _is_infinite,
    "special_modified_bessel_i1": _is_infinite,
    "special_bessel_j0": _is_infinite,
    "special_bessel_j1": _is_infinite,
    "special_bessel_y0": _is_infinite,
    "special_bessel_y1": _is_infinite,
    "special_airy_ai": lambda x: math.isinf(x) or x < -1e8,
    "hardswish": lambda x: x > 2e307,  # which it multiplies with 6 first
    "sinc": lambda x: abs(x) > 5e307,  # whose product with pi overflows
}


def _theirs(function: Function) -> Callable[[torch.Tensor], torch.Tensor]:
    name = {"log_sigmoid": "logsigmoid"}.get(function.name, function.name).removeprefix("special_")
    owners = (torch.nn.functional, torch, torch.special)
    found: Any = next(getattr(owner, name) for owner in owners if hasattr(owner, name))
    return lambda x: found(x, *function.args, **function.kwargs)


def _values(dtype: str) -> torch.Tensor:
    return torch.tensor(special_values(dtype), dtype=torch.float64).to(getattr(torch, dtype))


def _same(function: Function, ours: torch.Tensor, expected: torch.Tensor, dtype: str) -> torch.Tensor:
    relative, absolute = TOLERANCES[dtype]
    if function.name.startswith(("special_bessel", "special_airy")):
        relative, absolute = max(relative, 1e-5), max(absolute, 1e-6)  # PyTorch's have no more digits
    return torch.isclose(ours.double(), expected.double(), rtol=relative, atol=absolute, equal_nan=True)


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("function", FUNCTIONS, ids=str)
def test_values_are_pytorchs_in_float64(function: Function, dtype: str) -> None:
    x = _values(dtype)
    ours = torch_from_vt(function(vt_from_torch(x)))
    expected = _theirs(function)(x.double()).to(x.dtype)
    is_other = OTHERWISE.get(function.name, lambda _: False)
    wrong = [
        f"{at}: got {got}, expected {want}"
        for at, got, want, same in zip(
            x.tolist(), ours.tolist(), expected.tolist(), _same(function, ours, expected, dtype)
        )
        if not same and not is_other(at)
    ]
    assert not wrong, "; ".join(wrong)


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("function", [*FUNCTIONS, *SLOPES], ids=str)
def test_layouts_and_lengths_make_no_difference(function: Function, dtype: str) -> None:
    x = vt_from_torch(_values(dtype).repeat(60))
    operands = (x,) if function in FUNCTIONS else (vt.ops.full_like(x, 1.5), x)
    dense = torch_from_vt(function(*operands))
    strided = torch_from_vt(function(*map(strided_copy, operands)))
    single = torch.cat([torch_from_vt(function(*(t[i : i + 1] for t in operands))) for i in range(x.numel() // 60)])
    for other in (strided, single.repeat(60)):
        torch.testing.assert_close(dense, other, rtol=0, atol=0, equal_nan=True)
