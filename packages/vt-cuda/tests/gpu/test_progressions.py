# SPDX-License-Identifier: Apache-2.0
"""Sequences are made by the device alone, of the same bits as on the CPU."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import vt_core as vt
from on_cuda import counted

DTYPES = ("uint8", "int8", "int16", "int32", "int64", "uint64", "float16", "bfloat16", "float32", "float64")

Make = Callable[..., vt.Tensor]

MAKERS: dict[str, Make] = {
    "arange": lambda **kwargs: vt.ops.arange(100, **kwargs),
    "arange of steps": lambda **kwargs: vt.ops.arange(1, 120, 7, **kwargs),
    "arange of many": lambda **kwargs: vt.ops.arange(0, 100_000, 1000, **kwargs),
    "arange of parts": lambda **kwargs: vt.ops.arange(0.1, 120.7, 1.37, **kwargs),
    "arange down": lambda **kwargs: vt.ops.arange(99.9, 0.2, -1.7, **kwargs),
    "arange of nothing": lambda **kwargs: vt.ops.arange(0, **kwargs),
    "linspace": lambda **kwargs: vt.ops.linspace(0.1, 99.3, 1003, **kwargs),
    "linspace down": lambda **kwargs: vt.ops.linspace(100, 3, 12, **kwargs),
    "linspace of one": lambda **kwargs: vt.ops.linspace(3, 9, 1, **kwargs),
    "range": lambda **kwargs: vt.ops.range(0.5, 100, 1.5, **kwargs),
    "eye": lambda **kwargs: vt.ops.eye(5, 7, **kwargs),
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", MAKERS)
def test_bits_are_those_of_the_cpu(name: str, dtype: str) -> None:
    make, kind = MAKERS[name], getattr(vt, dtype)
    expected = make(dtype=kind)
    made = make(dtype=kind, device="cuda")
    assert (made.dtype, made.shape) == (expected.dtype, expected.shape)
    assert bytes(memoryview(made.to(device="cpu").view(vt.uint8))) == bytes(memoryview(expected.view(vt.uint8)))


def test_whole_numbers_that_no_float_holds() -> None:
    first = 2**62 + 1
    assert vt.ops.arange(first, first + 3, device="cuda").tolist() == [first, first + 1, first + 2]
    assert vt.ops.arange(first + 2, first - 1, -1, device="cuda").tolist() == [first + 2, first + 1, first]


@pytest.mark.parametrize("name", ["arange", "arange of parts", "linspace"])
def test_one_launch_and_no_copy(name: str) -> None:
    make = MAKERS[name]
    make(device="cuda")
    with counted() as counts:
        make(device="cuda")
    assert (counts["launches"], counts["copies"], counts["host_synchronizations"]) == (1, 0, 0)


def test_strided_destinations() -> None:
    base = vt.ops.zeros([10], device="cuda")
    vt.ops.arange(5, out=base[::2])
    assert base.tolist() == [0, 0, 1, 0, 2, 0, 3, 0, 4, 0]
