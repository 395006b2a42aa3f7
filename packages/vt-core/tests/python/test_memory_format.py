# SPDX-License-Identifier: Apache-2.0
"""Memory formats: layouts asked for, kept and recognised."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import vt_core as vt

ops = vt.ops
LAST = (60, 1, 15, 3)
LAST_3D = (360, 1, 90, 18, 3)


@pytest.mark.parametrize(
    "make",
    [
        lambda x, f: x.contiguous(memory_format=f),
        lambda x, f: x.clone(memory_format=f),
        lambda x, f: x.to(memory_format=f),
        lambda x, f: x.to(vt.float64, memory_format=f),
        lambda x, f: x.to("cpu", memory_format=f),
        lambda x, f: x.to(ops.zeros((), dtype=vt.int32), memory_format=f),
        lambda x, f: x.half(memory_format=f),
        lambda x, f: ops.empty(x.shape, memory_format=f),
        lambda x, f: ops.empty_like(x, memory_format=f),
        lambda x, f: ops.zeros_like(x, memory_format=f),
        lambda x, f: ops.ones_like(x, memory_format=f),
        lambda x, f: ops.full_like(x, 2, memory_format=f),
    ],
)
def test_layout_asked_for(make: Any) -> None:
    x = ops.zeros((2, 3, 4, 5))
    y = make(x, vt.channels_last)
    assert y.stride() == LAST
    assert y.is_contiguous(memory_format=vt.channels_last)
    assert not y.is_contiguous()
    assert not x.is_contiguous(memory_format=vt.channels_last)
    assert make(ops.zeros((2, 3, 4, 5, 6)), vt.channels_last_3d).stride() == LAST_3D
    assert make(y, vt.contiguous_format).stride() == (60, 20, 5, 1)
    with pytest.raises(RuntimeError, match="required rank 4"):
        make(ops.zeros((2, 3)), vt.channels_last)


def test_layout_kept() -> None:
    x = ops.zeros((2, 3, 4, 5)).contiguous(memory_format=vt.channels_last)
    for y in (x.clone(), x.to(vt.float64), ops.zeros_like(x), x + 1, x.clone(memory_format=vt.preserve_format)):
        assert y.stride() == LAST
    assert x.contiguous(memory_format=vt.channels_last) is x
    assert x.to(memory_format=vt.channels_last) is x
    assert x.float() is x


def test_layouts_that_are_both() -> None:
    x = ops.zeros((2, 1, 4, 5))
    assert x.is_contiguous()
    assert x.is_contiguous(memory_format=vt.channels_last)
    assert x.is_contiguous(vt.contiguous_format)


def test_formats_are_values() -> None:
    assert repr(vt.channels_last) == "vt_core.channels_last"
    assert pickle.loads(pickle.dumps(vt.channels_last_3d)) is vt.channels_last_3d
    assert isinstance(vt.preserve_format, vt.memory_format)
    x = ops.zeros((2, 3))
    with pytest.raises(TypeError, match="memory_format"):
        x.clone(memory_format="channels_last")
    with pytest.raises(ValueError, match="unknown memory format"):
        x.clone(memory_format=9)
    with pytest.raises(ValueError, match="no layout"):
        x.is_contiguous(memory_format=vt.preserve_format)
    with pytest.raises(RuntimeError, match="preserve"):
        x.contiguous(memory_format=vt.preserve_format)


@pytest.mark.parametrize(
    ("method", "dtype"),
    [
        ("float", vt.float32),
        ("double", vt.float64),
        ("half", vt.float16),
        ("bfloat16", vt.bfloat16),
        ("int", vt.int32),
        ("long", vt.int64),
        ("short", vt.int16),
        ("char", vt.int8),
        ("byte", vt.uint8),
        ("bool", vt.bool),
        ("cfloat", vt.complex64),
        ("cdouble", vt.complex128),
    ],
)
def test_conversions_by_name(method: str, dtype: vt.dtype) -> None:
    x = vt.tensor([0, 1, 2])
    y = getattr(x, method)()
    assert y.dtype is dtype
    assert y.tolist() == [
        complex(v) if dtype.is_complex else (dtype is not vt.bool and v) or bool(v) for v in (0, 1, 2)
    ]
    assert getattr(y, method)() is y
