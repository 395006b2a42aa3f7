# SPDX-License-Identifier: Apache-2.0
"""Type promotion, casts and the layout of results, compared with PyTorch at run time."""

from __future__ import annotations

import itertools
import operator
import warnings
from typing import Any

import numpy as np
import pytest
import torch
import vt_core as vt
from exchange import DTYPE_NAMES, torch_from_vt, vt_from_torch

WIDE_UNSIGNED = ("uint16", "uint32", "uint64")
FLOAT8 = ("float8_e4m3fn", "float8_e5m2")


def _torch_dtype(name: str) -> torch.dtype:
    return getattr(torch, name)


def _name(dtype: Any) -> str:
    # There is no 32-bit complex dtype here: its place is taken by complex64.
    return str(dtype).rpartition(".")[2].replace("complex32", "complex64")


def _outcome(call: Any, *operands: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _name(call(*operands).dtype)
        except RuntimeError:
            return "refused"


def _torch_result(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    return torch.empty(0, dtype=torch.result_type(left, right))


def _operand(name: str, shape: tuple[int, ...]) -> tuple[torch.Tensor, vt.Tensor]:
    tensor = torch.ones(shape).to(_torch_dtype(name))
    return tensor, vt_from_torch(tensor)


@pytest.mark.parametrize("left", DTYPE_NAMES)
def test_promote_types(left: str) -> None:
    for right in DTYPE_NAMES:
        try:
            expected = _name(torch.promote_types(_torch_dtype(left), _torch_dtype(right)))
        except RuntimeError:
            with pytest.raises(RuntimeError, match="promote"):
                vt.promote_types(getattr(vt, left), getattr(vt, right))
            continue
        assert vt.promote_types(getattr(vt, left), getattr(vt, right)).name == expected


@pytest.mark.parametrize("left", DTYPE_NAMES)
def test_dtype_of_a_sum_of_tensors(left: str) -> None:
    for right, (shape, other) in itertools.product(DTYPE_NAMES, (((2,), (2,)), ((2,), ()), ((), (2,)), ((), ()))):
        a, b = _operand(left, shape), _operand(right, other)
        expected = _outcome(operator.add, a[0], b[0])
        if expected == "refused" and _outcome(_torch_result, a[0], b[0]) in WIDE_UNSIGNED:
            continue  # PyTorch cannot add them; we can
        assert _outcome(operator.add, a[1], b[1]) == expected, (left, shape, right, other)


@pytest.mark.parametrize("left", DTYPE_NAMES)
@pytest.mark.parametrize("number", [True, 2, 2.5, 1 + 2j], ids=str)
def test_dtype_of_a_sum_with_a_number(left: str, number: Any) -> None:
    if left in WIDE_UNSIGNED and isinstance(number, int):
        assert (_operand(left, (2,))[1] + number).dtype.name == left
        return
    for shape in ((2,), ()):
        a = _operand(left, shape)
        assert _outcome(operator.add, a[1], number) == _outcome(operator.add, a[0], number)


# What PyTorch's CPU has of the operators below but for the wide unsigned dtypes, which we have too, and float8.
COMMON = tuple(name for name in DTYPE_NAMES if name not in (*WIDE_UNSIGNED, *FLOAT8))
BINARY = (
    *("add", "sub", "rsub", "mul", "div", "floor_divide", "remainder", "fmod", "pow", "float_power", "atan2", "ldexp"),
    *("maximum", "minimum", "fmax", "fmin", "copysign", "hypot", "heaviside", "nextafter", "logaddexp", "logaddexp2"),
    *("gcd", "lcm", "bitwise_left_shift", "bitwise_right_shift", "bitwise_and", "bitwise_or", "bitwise_xor"),
    *("logical_and", "logical_or", "logical_xor", "eq", "ne", "lt", "le", "gt", "ge", "isclose", "dist"),
    *("clamp_min", "clamp_max"),
)
TAKE_NUMBERS = {
    *("add", "sub", "rsub", "mul", "div", "floor_divide", "remainder", "fmod", "pow", "float_power", "copysign"),
    *("bitwise_left_shift", "bitwise_right_shift", "bitwise_and", "bitwise_or", "bitwise_xor"),
    *("eq", "ne", "lt", "le", "gt", "ge", "clamp_min", "clamp_max"),
}
TAKE_A_NUMBER_FIRST = {
    *("remainder", "pow", "float_power", "bitwise_left_shift", "bitwise_right_shift"),
    *("bitwise_and", "bitwise_or", "bitwise_xor"),
}
WITHOUT_COMPLEX = {"ldexp", "logaddexp", "isclose", "dist"}
NUMBERS = (True, 2, -3, 2.5, 1 + 2j, 300, 1e30)


def _differs_on_purpose(name: str, *operands: Any) -> bool:
    """Where we leave PyTorch: no 32-bit complex dtype, no complex logarithms and norms yet, exponents that are bool."""
    dtypes = [operand.dtype for operand in operands if isinstance(operand, torch.Tensor)]
    is_complex = any(dtype.is_complex for dtype in dtypes) or any(isinstance(value, complex) for value in operands)
    if torch.result_type(*operands) == torch.complex32 or (name in WITHOUT_COMPLEX and is_complex):
        return True
    return (name == "ldexp" and dtypes[-1] == torch.bool) or (name == "pow" and operands[1] is True)


@pytest.mark.parametrize("name", BINARY)
def test_every_pair_of_dtypes_gives_pytorchs_dtype_or_is_refused_with_it(name: str) -> None:
    ours, theirs = getattr(vt.ops, name), getattr(torch, name)
    for left, right in itertools.product(COMMON, repeat=2):
        for shape, other in (((2,), (2,)), ((2,), ()), ((), (2,)), ((), ())):
            a, b = _operand(left, shape), _operand(right, other)
            if not _differs_on_purpose(name, a[0], b[0]):
                assert _outcome(ours, a[1], b[1]) == _outcome(theirs, a[0], b[0]), (left, shape, right, other)
        a, b = _operand(left, (2,)), _operand(right, (2,))
        if hasattr(torch.Tensor, f"{name}_") and not _differs_on_purpose(name, a[0], b[0]):
            expected = _outcome(getattr(torch.Tensor, f"{name}_"), a[0], b[0])
            assert _outcome(getattr(vt.ops, f"{name}_"), a[1], b[1]) == expected, (left, right)


@pytest.mark.parametrize("name", [name for name in BINARY if name in TAKE_NUMBERS])
def test_every_number_gives_pytorchs_dtype_or_is_refused_with_it(name: str) -> None:
    ours, theirs = getattr(vt.ops, name), getattr(torch, name)
    for left, number, shape in itertools.product(COMMON, NUMBERS, ((2,), ())):
        a = _operand(left, shape)
        if _differs_on_purpose(name, a[0], number):
            continue
        assert _outcome(ours, a[1], number) == _outcome(theirs, a[0], number), (left, shape, number)
        if name in TAKE_A_NUMBER_FIRST:
            assert _outcome(ours, number, a[1]) == _outcome(theirs, number, a[0]), (number, left, shape)
        if hasattr(torch.Tensor, f"{name}_"):
            expected = _outcome(getattr(torch.Tensor, f"{name}_"), a[0], number)
            assert _outcome(getattr(vt.ops, f"{name}_"), a[1], number) == expected, (left, shape, number)


@pytest.mark.parametrize("name", ["add", "div", "fmod", "copysign", "hypot", "gcd", "eq", "bitwise_left_shift"])
def test_a_destination_is_refused_where_pytorch_refuses_it(name: str) -> None:
    for left, target in itertools.product(COMMON, repeat=2):
        if "complex64" in (left, target) and "float16" in (left, target):
            continue
        a, out = _operand(left, (2,)), _operand(target, (2,))
        expected = _outcome(lambda a, out: getattr(torch, name)(a, a, out=out), a[0], out[0])
        assert _outcome(lambda a, out: getattr(vt.ops, name)(a, a, out=out), a[1], out[1]) == expected, (left, target)


@pytest.mark.parametrize("target", DTYPE_NAMES)
@pytest.mark.parametrize("source", DTYPE_NAMES)
def test_casts_equal_pytorch(source: str, target: str) -> None:
    values = torch.tensor([0.0, 1, 2, 3, 5, 7, 100, 1.5, 0.25, 2.75, 120], dtype=torch.float64)
    if source.startswith(("float", "bfloat", "complex", "int")):
        values = torch.cat([values, -values])
    a = values.to(_torch_dtype(source))
    if target.startswith("u"):
        a = a[:11]  # of negative fractions PyTorch itself does not say what they become
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = a.to(_torch_dtype(target))
    for view, wanted in ((slice(None), expected), (slice(1, None, 2), expected[1::2])):
        result = torch_from_vt(vt_from_torch(a)[view].to(dtype=getattr(vt, target)))
        assert torch.equal(result.view(torch.uint8), wanted.contiguous().view(torch.uint8))


@pytest.mark.parametrize("target", ["float16", "bfloat16", *FLOAT8])
def test_rounding_to_small_floats_equals_pytorch(target: str) -> None:
    bits = np.random.default_rng(0).integers(0, 2**32, 300_000, dtype=np.uint64).astype(np.uint32)
    exponents = np.arange(2**16, dtype=np.uint32) << 16
    values = torch.from_numpy(
        np.concatenate([bits, exponents, exponents + 0x8000, exponents + 0x7FFF]).view(np.float32)
    )
    expected = values.to(_torch_dtype(target)).float()
    result = torch_from_vt(vt_from_torch(values).to(dtype=getattr(vt, target))).float()
    assert torch.equal(result.isnan(), expected.isnan())
    assert torch.equal(result.nan_to_num(1.0), expected.nan_to_num(1.0))


@pytest.mark.parametrize("source", ["float16", "bfloat16", *FLOAT8])
def test_every_small_float_widens_as_in_pytorch(source: str) -> None:
    codes = (
        torch.arange(2**16, dtype=torch.int32).to(torch.int16)
        if source in ("float16", "bfloat16")
        else torch.arange(256, dtype=torch.uint8)
    )
    values = codes.view(_torch_dtype(source))
    expected = values.double()
    result = torch_from_vt(vt_from_torch(values).to(dtype=vt.float64))
    assert torch.equal(result.isnan(), expected.isnan())
    assert torch.equal(result.nan_to_num(1.0), expected.nan_to_num(1.0))


def _layouts(shape: tuple[int, ...]) -> list[torch.Tensor]:
    base = torch.arange(float(torch.Size(shape).numel())).reshape(shape)
    return [
        base,
        base.permute(1, 2, 0).contiguous().permute(2, 0, 1),
        base.flip(0).transpose(1, 2).contiguous().transpose(1, 2),
        torch.stack([base, base], -1)[..., 0],
        base[:1].expand(shape),
        base[:, :1].expand(shape),
    ]


@pytest.mark.parametrize("op", [operator.add, operator.mul], ids=["add", "mul"])
def test_results_have_the_strides_of_pytorchs(op: Any) -> None:
    tensors = _layouts((2, 3, 4))
    for a, b in itertools.product(tensors, repeat=2):
        expected = op(a, b)
        result = op(vt.from_numpy(a.numpy()), vt.from_numpy(b.numpy()))
        assert result.stride() == expected.stride(), (a.stride(), b.stride())
        assert torch.equal(torch_from_vt(result), expected)


def test_half_operands_round_once() -> None:
    a = torch.arange(1, 2049, dtype=torch.float32).half()
    for number in (0.1, torch.tensor(0.1)):
        ours = vt_from_torch(a) * (number if isinstance(number, float) else vt_from_torch(number))
        assert torch.equal(torch_from_vt(ours), a * number)
        ours = vt_from_torch(a) + (number if isinstance(number, float) else vt_from_torch(number))
        assert torch.equal(torch_from_vt(ours), a + number)


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16", "float64"])
def test_sums_are_at_least_as_accurate_as_pytorchs(dtype: str) -> None:
    generator = torch.Generator().manual_seed(3)
    for shape, dim in (((200_000,), None), ((1000, 300), 0), ((300, 1000), 1), ((50, 40, 30), 1)):
        a = torch.rand(shape, generator=generator).to(_torch_dtype(dtype))
        exact = a.double().sum() if dim is None else a.double().sum(dim)
        if dtype == "float64":
            exact = torch.from_numpy(np.asarray(a.numpy().astype(np.longdouble).sum(axis=dim).astype(np.float64)))
        ours = vt_from_torch(a).sum() if dim is None else vt_from_torch(a).sum(dim)
        theirs = a.sum() if dim is None else a.sum(dim)
        error = (torch_from_vt(ours).double() - exact).abs().max()
        ulp = torch.finfo(_torch_dtype(dtype)).eps * exact.abs().max()
        assert error <= max((theirs.double() - exact).abs().max(), ulp)
