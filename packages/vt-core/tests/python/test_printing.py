# SPDX-License-Identifier: Apache-2.0
"""The text of a tensor against PyTorch's, character by character."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
import vt_core as vt
from exchange import DTYPE_NAMES, vt_from_torch
from hypothesis import given, settings
from hypothesis import strategies as st

SPECIALS = [0.0, -0.0, math.nan, math.inf, -math.inf]


@st.composite
def torch_tensors(draw: st.DrawFn, max_size: int = 12) -> torch.Tensor:
    dtype = getattr(torch, draw(st.sampled_from(DTYPE_NAMES)))
    shape = draw(st.lists(st.integers(0, max_size), max_size=4))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**32)))

    def floats() -> torch.Tensor:
        values = torch.randn(shape, generator=generator) * draw(st.sampled_from([1.0, 10.0, 1e-5, 1e5, 1e9]))
        if draw(st.booleans()):
            values = values.round()
        if draw(st.booleans()):
            special = torch.tensor(draw(st.sampled_from(SPECIALS)))
            values = torch.where(torch.rand(shape, generator=generator) < 0.3, special, values)
        return values

    if dtype.is_complex:
        result = torch.complex(floats(), floats()).to(dtype)
    elif dtype.is_floating_point:
        result = floats().to(dtype)
    elif dtype == torch.bool:
        result = torch.randint(0, 2, shape, generator=generator).to(dtype)
    else:
        low = 0 if not dtype.is_signed else -draw(st.sampled_from([1, 10, 120]))
        result = torch.randint(low, draw(st.sampled_from([1, 2, 100, 127])), shape, generator=generator).to(dtype)
    return result


print_options = st.fixed_dictionaries(
    {
        "precision": st.integers(0, 8),
        "threshold": st.sampled_from([0, 1, 5, 10, 100, 1000]),
        "edgeitems": st.integers(0, 4),
        "linewidth": st.sampled_from([1, 20, 40, 80, 200]),
        "sci_mode": st.sampled_from([None, True, False]),
    }
)


@settings(max_examples=3000)
@given(torch_tensors())
def test_text_equals_torch(source: torch.Tensor) -> None:
    assert repr(vt_from_torch(source)) == repr(source)


@settings(max_examples=1500)
@given(torch_tensors(), print_options)
def test_text_equals_torch_under_options(source: torch.Tensor, options: dict[str, Any]) -> None:
    vt.set_printoptions(**options)
    torch.set_printoptions(**options)
    assert repr(vt_from_torch(source)) == repr(source)


@settings(max_examples=300)
@given(torch_tensors(max_size=5), st.sampled_from(["short", "full", "default"]))
def test_text_equals_torch_under_profiles(source: torch.Tensor, profile: Any) -> None:
    vt.set_printoptions(profile=profile)
    torch.set_printoptions(profile=profile)
    assert repr(vt_from_torch(source)) == repr(source)


@pytest.mark.parametrize("name", DTYPE_NAMES)
@pytest.mark.parametrize(
    "shape", [(), (0,), (2, 0), (0, 3), (1,), (7,), (2, 3), (1001,), (40, 30), (3, 400), (11, 10, 10)]
)
def test_text_of_counted_elements(name: str, shape: tuple[int, ...]) -> None:
    source = torch.arange(math.prod(shape)).reshape(shape).to(getattr(torch, name))
    assert repr(vt_from_torch(source)) == repr(source)


@pytest.mark.parametrize(
    "values",
    [
        [0.0, -0.0],
        [1.0, math.nan],
        [math.inf, -math.inf, math.nan],
        [1e-4, 1.0],
        [9.9e-5, 1.0],
        [1e8, 1.0],
        [1.0e5, 1.0],
        [1000.0, 1.0],
        [1001.0, 1.0],
        [1000.5, 1.0],
        [0.1, 200.0],
        [1e300, 1e-300],
        [1.00005],
        [123456789.0],
        [1e8],
        [1e8 + 8],
        [1e-4],
        [9.9e-5],
    ],
)
@pytest.mark.parametrize("name", ["float16", "bfloat16", "float32", "float64", "complex64"])
def test_text_of_chosen_values(values: list[float], name: str) -> None:
    source = torch.tensor(values, dtype=getattr(torch, name))
    assert repr(vt_from_torch(source)) == repr(source)
    if name == "complex64":
        source = torch.complex(torch.tensor(values), torch.tensor(values[::-1]))
        assert repr(vt_from_torch(source)) == repr(source)


def test_text_of_non_contiguous_views() -> None:
    source = torch.arange(24.0).reshape(4, 6)
    tensor = vt_from_torch(source)
    assert repr(tensor.transpose(0, 1)) == repr(source.transpose(0, 1))
    assert repr(tensor[1:3]) == repr(source[1:3])
    assert repr(tensor.expand(3, 4, 6)) == repr(source.expand(3, 4, 6))


def test_text_of_meta_tensors() -> None:
    for shape in [(), (2, 3)]:
        for name in ["float32", "int64"]:
            source = torch.empty(shape, dtype=getattr(torch, name), device="meta")
            assert repr(vt.ops.empty(shape, dtype=getattr(vt, name), device="meta")) == repr(source)


def test_str_equals_repr_and_format() -> None:
    tensor = vt.tensor([1.5, 2.0])
    assert str(tensor) == repr(tensor) == f"{tensor}" == "tensor([1.5000, 2.0000])"
    # As PyTorch does, a 0-dim tensor formats as its number.
    assert f"{vt.tensor(1.5):.2f}" == "1.50"
    assert f"{vt.tensor(1.5)}" == "1.5"


def test_subclass_is_named() -> None:
    class Celsius(vt.Tensor):
        pass

    assert repr(Celsius([20.0])) == "Celsius([20.])"
    assert f"{Celsius(20.0)}" == "Celsius(20.)"
    assert f"{Celsius(20.0):.1f}" == "20.0"


def test_show_shape_adds_the_shape() -> None:
    vt.set_printoptions(show_shape=True)
    assert repr(vt.tensor([[1.0, 2.0]])) == "tensor([[1., 2.]], shape=(1, 2))"
    assert repr(vt.ops.empty((2, 0))) == "tensor([], shape=(2, 0))"
    vt.set_printoptions(profile="default", show_shape=False)
    assert repr(vt.tensor([1.0])) == "tensor([1.])"


def test_large_tensor_reads_only_its_edges() -> None:
    # One element expanded to 2**40: reading all of it would not end.
    tensor = vt.tensor([[1.0]]).expand(2**20, 2**20)
    assert repr(tensor) == repr(torch.tensor([[1.0]]).expand(2**20, 2**20))


@pytest.mark.parametrize("options", [{"precision": -1}, {"edgeitems": -1}, {"threshold": -1}, {"linewidth": -5}])
def test_printoptions_rejects_negative_numbers(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"negative {next(iter(options))}"):
        vt.set_printoptions(**options)
    assert repr(vt.tensor([1.5])) == "tensor([1.5000])"


def test_printoptions_rejects_an_unknown_profile() -> None:
    with pytest.raises(ValueError, match="unknown profile: got 'long'"):
        vt.set_printoptions(profile="long")  # type: ignore[arg-type]
