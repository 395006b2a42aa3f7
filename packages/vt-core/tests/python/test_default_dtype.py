# SPDX-License-Identifier: Apache-2.0
"""The dtype of tensors that are made without one is a setting of the process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import vt_core as vt


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    vt.set_default_dtype(vt.float32)


def test_makers_take_it_where_no_dtype_is_given() -> None:
    vt.set_default_dtype(vt.float64)
    assert vt.get_default_dtype() is vt.float64
    for made in (vt.zeros(1), vt.rand(1), vt.tensor(1.0), vt.full((1,), 2.5), vt.arange(1.0), vt.fft_fftfreq(2)):
        assert made.dtype is vt.float64
    assert vt.tensor(1j).dtype is vt.complex128
    assert (vt.tensor(1).dtype, vt.arange(2).dtype, vt.zeros(1, dtype=vt.float16).dtype) == (
        vt.int64,
        vt.int64,
        vt.float16,
    )
    assert vt.tensor(1.5).to(vt.float32).dtype is vt.float32


def test_half_dtypes_have_float32_complex_ones() -> None:
    vt.set_default_dtype(vt.bfloat16)
    assert (vt.ones(1).dtype, vt.tensor([1j]).dtype) == (vt.bfloat16, vt.complex64)


@pytest.mark.parametrize("dtype", [vt.int64, vt.bool, vt.complex64, vt.float8_e5m2])
def test_only_floating_dtypes_can_be_it(dtype: vt.dtype) -> None:
    with pytest.raises(TypeError, match=r"set_default_dtype: only floating-point types.*got " + dtype.name):
        vt.set_default_dtype(dtype)
    assert vt.zeros(1).dtype is vt.float32


def test_what_is_no_dtype_is_refused() -> None:
    with pytest.raises(TypeError, match="invalid dtype object"):
        vt.set_default_dtype("float64")  # type: ignore[arg-type]
