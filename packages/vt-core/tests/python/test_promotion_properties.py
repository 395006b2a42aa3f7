# SPDX-License-Identifier: Apache-2.0
"""Type promotion and broadcasting of random operands against PyTorch: tensors, 0-dim tensors, numbers, writes, out=."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import vt_core as vt
from exchange import torch_from_vt, vt_from_torch
from hypothesis import given, settings
from hypothesis import strategies as st

# What PyTorch computes with on the CPU.
DTYPES = (
    *("bool", "uint8", "int8", "int16", "int32", "int64"),
    *("float16", "bfloat16", "float32", "float64", "complex64", "complex128"),
)
NUMBERS = (True, False, 0, 2, -3, 2.5, -0.5, 1 + 2j, 300, 2**40, 1e30)
# Exact, or rounded once: any difference is a difference of dtypes.
BINARY = (
    "add",
    "sub",
    "mul",
    "maximum",
    "minimum",
    "eq",
    "lt",
    "logical_and",
    "bitwise_xor",
    "remainder",
    "div",
    "pow",
)
TAKE_NUMBERS = tuple(name for name in BINARY if name not in ("maximum", "minimum", "logical_and"))
IN_PLACE = tuple(name for name in BINARY if hasattr(torch.Tensor, f"{name}_"))
RELATIVE = {
    "float16": 2e-3,
    "bfloat16": 2e-2,
    "float32": 1e-5,
    "complex64": 1e-5,
    "float64": 1e-12,
    "complex128": 1e-12,
}


@dataclass(frozen=True)
class Operand:
    """The same tensor or number for both libraries."""

    ours: Any
    theirs: Any

    def __repr__(self) -> str:
        if isinstance(self.theirs, torch.Tensor):
            return f"{self.theirs.dtype}{tuple(self.theirs.shape)}{self.theirs.tolist()}"
        return repr(self.theirs)


@st.composite
def tensors(draw: st.DrawFn, shapes: st.SearchStrategy[tuple[int, ...]], dtypes: tuple[str, ...] = DTYPES) -> Operand:
    shape, name = draw(shapes), draw(st.sampled_from(dtypes))
    count = int(np.prod(shape, dtype=np.int64))
    low = 0 if name in ("bool", "uint8") else -4
    values = torch.tensor(draw(st.lists(st.integers(low, 6), min_size=count, max_size=count)), dtype=torch.float64)
    theirs = values.to(getattr(torch, name)).reshape(shape)
    return Operand(vt_from_torch(theirs), theirs)


def broadcastable(sizes: tuple[int, ...]) -> st.SearchStrategy[tuple[int, ...]]:
    """Sizes that broadcast with these: some left out in front, some 1; now and then others."""

    @st.composite
    def build(draw: st.DrawFn) -> tuple[int, ...]:
        kept = sizes[draw(st.integers(0, len(sizes))) :]
        shrunk = tuple(1 if draw(st.integers(0, 3)) == 0 else size for size in kept)
        return (draw(st.sampled_from((1, 2, 3))), *shrunk) if draw(st.integers(0, 4)) == 0 else shrunk

    return build()


shapes = st.lists(st.sampled_from((0, 1, 2, 3)), max_size=3).map(tuple)
numbers = st.sampled_from(NUMBERS).map(lambda number: Operand(number, number))
pairs = shapes.flatmap(lambda sizes: st.tuples(tensors(broadcastable(sizes)), tensors(broadcastable(sizes))))


# What PyTorch has no kernel for may work here.
WIDER = re.compile("not implemented|not support|only support")


def attempt(function: Callable[[], Any]) -> Any:
    """What the call returns, or what it raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return function()
        except (RuntimeError, TypeError, IndexError, ValueError) as error:
            return error


def assert_alike(ours: Any, theirs: Any, *, same_class: bool = True) -> None:
    if isinstance(theirs, Exception):
        if WIDER.search(str(theirs)):
            return
        assert isinstance(ours, Exception), f"accepted, PyTorch raises {theirs!r}"
        assert not same_class or isinstance(ours, type(theirs)), f"raises {ours!r}, PyTorch {theirs!r}"
        return
    assert not isinstance(ours, Exception), f"raises {ours!r}, PyTorch returns {theirs}"
    name = str(theirs.dtype).removeprefix("torch.").replace("complex32", "complex64")  # which there is not here
    assert ours.dtype.name == name
    assert tuple(ours.shape) == tuple(theirs.shape)
    rtol = RELATIVE.get(name, 0)
    torch.testing.assert_close(
        torch_from_vt(ours), theirs.to(getattr(torch, name)), rtol=rtol, atol=rtol, equal_nan=True
    )


def is_excused(name: str, *operands: Operand) -> bool:
    """Where we leave PyTorch: no 32-bit complex dtype, exponents that are bool, shifts of what does not fit."""
    values = [operand.theirs for operand in operands]
    if torch.result_type(*values) == torch.complex32:
        return True
    last = values[-1]
    is_bool = last is True or last is False or (isinstance(last, torch.Tensor) and last.dtype == torch.bool)
    # Zero to the power of complex zero is one here, as in NumPy, and NaN there.
    return name == "pow" and (is_bool or torch.result_type(*values).is_complex)


@settings(max_examples=600)
@given(st.sampled_from(BINARY), pairs)
def test_two_tensors(name: str, operands: tuple[Operand, Operand]) -> None:
    a, b = operands
    if not is_excused(name, a, b):
        ours = attempt(lambda: getattr(vt.ops, name)(a.ours, b.ours))
        assert_alike(ours, attempt(lambda: getattr(torch, name)(a.theirs, b.theirs)))


@settings(max_examples=400)
@given(st.sampled_from(TAKE_NUMBERS), tensors(shapes), numbers)
def test_a_tensor_and_a_number(name: str, a: Operand, number: Operand) -> None:
    if not is_excused(name, a, number):
        ours = attempt(lambda: getattr(vt.ops, name)(a.ours, number.ours))
        assert_alike(ours, attempt(lambda: getattr(torch, name)(a.theirs, number.theirs)))


@settings(max_examples=400)
@given(st.sampled_from(IN_PLACE), pairs, st.one_of(st.none(), numbers))
def test_writes_in_place(name: str, operands: tuple[Operand, Operand], number: Operand | None) -> None:
    a, b = operands[0], number if number and name in TAKE_NUMBERS else operands[1]
    if is_excused(name, a, b):
        return
    written, expected = vt_from_torch(a.theirs), a.theirs.clone()
    ours = attempt(lambda: getattr(vt.ops, f"{name}_")(written, b.ours))
    theirs = attempt(lambda: getattr(expected, f"{name}_")(b.theirs))
    assert_alike(ours, theirs)
    if isinstance(ours, Exception):
        assert torch.equal(torch_from_vt(written), a.theirs), "written by a refused call"
        assert written._version == 0


@settings(max_examples=400)
@given(st.sampled_from(BINARY), pairs, tensors(shapes))
def test_writes_to_a_destination(name: str, operands: tuple[Operand, Operand], out: Operand) -> None:
    a, b = operands
    if is_excused(name, a, b):
        return
    written, expected = vt_from_torch(out.theirs), out.theirs.clone()
    ours = attempt(lambda: getattr(vt.ops, name)(a.ours, b.ours, out=written))
    assert_alike(ours, attempt(lambda: getattr(torch, name)(a.theirs, b.theirs, out=expected)))
    if isinstance(ours, Exception):
        assert torch.equal(torch_from_vt(written), out.theirs), "written by a refused call"
        assert written._version == 0


triples = shapes.flatmap(lambda sizes: st.tuples(*[tensors(broadcastable(sizes))] * 3))


@settings(max_examples=400)
@given(st.sampled_from(("where", "addcmul", "addcdiv", "lerp", "clamp")), triples)
def test_three_tensors(name: str, operands: tuple[Operand, Operand, Operand]) -> None:
    a, b, c = operands
    if any(operand.theirs.dtype == torch.bfloat16 for operand in operands) and name == "addcdiv":
        return  # of quotients by zero PyTorch's vector and scalar loops make different NaN and infinities
    if name == "lerp" and c.theirs.is_complex() and not a.theirs.is_complex():
        return  # real numbers are not interpolated by a complex weight
    ours = attempt(lambda: getattr(vt.ops, name)(a.ours, b.ours, c.ours))
    if isinstance(ours, NotImplementedError):
        return  # of bool and integers PyTorch interpolates and bounds some
    assert_alike(ours, attempt(lambda: getattr(torch, name)(a.theirs, b.theirs, c.theirs)))


@settings(max_examples=300)
@given(st.lists(tensors(st.sampled_from(((2,), ()))), min_size=1, max_size=4))
def test_what_types_promote_to(operands: list[Operand]) -> None:
    ours = operands[0].ours.dtype
    theirs = operands[0].theirs.dtype
    for operand in operands[1:]:
        if torch.complex32 in (theirs, torch.promote_types(theirs, operand.theirs.dtype)):
            return
        ours = vt.promote_types(ours, operand.ours.dtype)
        theirs = torch.promote_types(theirs, operand.theirs.dtype)
    assert ours.name == str(theirs).removeprefix("torch.")


@settings(max_examples=300)
@given(st.lists(shapes, min_size=1, max_size=4))
def test_sizes_broadcast_as_in_numpy(sizes: list[tuple[int, ...]]) -> None:
    arrays = [np.ones(shape) for shape in sizes]
    try:
        expected: Any = np.broadcast_shapes(*sizes)
    except ValueError:
        expected = RuntimeError
    total: Any = vt.from_numpy(arrays[0])
    try:
        for array in arrays[1:]:
            total = total + vt.from_numpy(array)
        result: Any = tuple(total.shape)
    except RuntimeError:
        result = RuntimeError
    assert result == expected


@settings(max_examples=300)
@given(shapes.flatmap(lambda sizes: st.tuples(tensors(broadcastable(sizes)), st.just(sizes))))
def test_expansion(case: tuple[Operand, tuple[int, ...]]) -> None:
    a, sizes = case
    ours = attempt(lambda: a.ours.expand(sizes))
    theirs = attempt(lambda: a.theirs.expand(sizes))
    assert_alike(ours, theirs)
    if not isinstance(ours, Exception):
        assert tuple(ours.stride()) == tuple(theirs.stride())
