# SPDX-License-Identifier: Apache-2.0
"""Bad shapes, data, factories and views: a named error before any write, never the end of the process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import vt_core as vt
from vt_core.testing import run_forked

MAX = 2**63 - 1
ops = vt.ops


class LyingLength:
    """A sequence that says it has three items and has one."""

    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int) -> int:
        if index:
            raise IndexError(index)
        return 1


class Shrinking(list):
    """A sequence that loses an item each time its length is asked."""

    def __len__(self) -> int:
        if list.__len__(self):
            self.pop()
        return list.__len__(self)


class RaisingIndex:
    def __index__(self) -> int:
        raise RuntimeError("no number today")


def recursive() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


ERRORS = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "OverflowError",
    "IndexError",
    "NotImplementedError",
    "ImportError",
}

FACTORIES: dict[str, Callable[[], Any]] = {
    "negative size": lambda: ops.empty((-1,)),
    "negative size among others": lambda: ops.zeros((2, -3, 4)),
    "most negative size": lambda: ops.empty((-MAX - 1,)),
    "negative size beside zero": lambda: ops.empty((0, -1)),
    "size above int64": lambda: ops.empty((2**63,)),
    "product overflows": lambda: ops.empty((2**32, 2**32)),
    "product wraps to small": lambda: ops.empty((2**32, 2**32 + 1)),
    "byte size overflows": lambda: ops.empty((2**61,), dtype=vt.float64),
    "byte size overflows with strides": lambda: ops.empty_strided((2, 2), (2**61, 2**61)),
    "negative stride": lambda: ops.empty_strided((2,), (-1,)),
    "strides of another length": lambda: ops.empty_strided((2, 2), (1,)),
    "65 dimensions": lambda: ops.empty((1,) * 65),
    "10000 dimensions": lambda: ops.empty((1,) * 10_000),
    "size is a float": lambda: ops.empty((2.0,)),
    "size is text": lambda: ops.empty("23"),
    "size is None": lambda: ops.empty(None),
    "size is nested": lambda: ops.empty(((2,),)),
    "size raises": lambda: ops.empty((RaisingIndex(),)),
    "size is a set": lambda: ops.empty({2}),
    "no size": lambda: ops.empty(),
    "unknown keyword": lambda: ops.zeros((2,), colour="red"),
    "dtype is text": lambda: ops.zeros((2,), dtype="floaty"),
    "dtype is a number": lambda: ops.zeros((2,), dtype=7),
    "unknown device": lambda: ops.zeros((2,), device="quantum"),
    "device with a bad index": lambda: ops.zeros((2,), device="cpu:x"),
    "device with an index too high": lambda: ops.zeros((2,), device="cpu:99"),
    "device with a negative index": lambda: ops.zeros((2,), device="cpu:-1"),
    "device with a huge index": lambda: ops.zeros((2,), device="cpu:99999999999999999999"),
    "empty device": lambda: ops.zeros((2,), device=""),
    "device of a missing backend": lambda: ops.zeros((2,), device="cuda:0"),
    "fill is text": lambda: ops.full((2,), "x"),
    "fill is a list": lambda: ops.full((2,), [1]),
    "fill does not fit": lambda: ops.full((2,), 300, dtype=vt.uint8),
    "fill with a huge int": lambda: ops.full((2,), 2**70),
    "arange step zero": lambda: ops.arange(0, 5, 0),
    "arange wrong direction": lambda: ops.arange(0, 5, -1),
    "arange to infinity": lambda: ops.arange(float("inf")),
    "arange to NaN": lambda: ops.arange(float("nan")),
    "arange step NaN": lambda: ops.arange(0.0, 5.0, float("nan")),
    "arange too many": lambda: ops.arange(0.0, 1e300, 1e-300),
    "arange of text": lambda: ops.arange("5"),
}

DATA: dict[str, Callable[[], Any]] = {
    "ragged": lambda: vt.tensor([[1, 2], [3]]),
    "ragged in depth": lambda: vt.tensor([[1, 2], 3]),
    "number before a list": lambda: vt.tensor([1, [2]]),
    "ragged far down": lambda: vt.tensor([[[1], [2]], [[3], [4, 5]]]),
    "recursive": lambda: vt.tensor(recursive()),
    "65 deep": lambda: vt.tensor(deep(65)),
    "100000 deep": lambda: vt.tensor(deep(100_000)),
    "text": lambda: vt.tensor("12"),
    "text inside": lambda: vt.tensor([1, "2"]),
    "None": lambda: vt.tensor(None),
    "None inside": lambda: vt.tensor([1.0, None]),
    "dict": lambda: vt.tensor({"a": 1}),
    "set": lambda: vt.tensor({1, 2}),
    "object": lambda: vt.tensor(object()),
    "no data": lambda: vt.tensor(),
    "lying length": lambda: vt.tensor(LyingLength()),
    "shrinking": lambda: vt.tensor(Shrinking([1, 2, 3, 4])),
    "int above uint8": lambda: vt.tensor([256], dtype=vt.uint8),
    "int below uint8": lambda: vt.tensor([-1], dtype=vt.uint8),
    "int above int8": lambda: vt.tensor(128, dtype=vt.int8),
    "int above int64": lambda: vt.tensor([2**63]),
    "int above uint64": lambda: vt.tensor([2**64], dtype=vt.uint64),
    "NaN as int": lambda: vt.tensor([float("nan")], dtype=vt.int32),
    "inf as int": lambda: vt.tensor([float("inf")], dtype=vt.int64),
    "complex as float": lambda: vt.tensor([1j], dtype=vt.float32),
    "raising number": lambda: vt.tensor([RaisingIndex()], dtype=vt.int32),
    "tensor of several inside": lambda: vt.tensor([vt.tensor([1, 2])]),
}

VIEWS: dict[str, Callable[[vt.Tensor], Any]] = {
    "view of another size": lambda x: x.view(5),
    "view with two unknown sizes": lambda x: x.view(-1, -1),
    "view with size -2": lambda x: x.view(-2, 3),
    "view whose unknown size does not divide": lambda x: x.view(4, -1),
    "view whose product overflows": lambda x: x.view(2**32, 2**32),
    "view of a transposed tensor": lambda x: x.transpose(0, 1).view(6),
    "reshape of another size": lambda x: x.reshape(7),
    "reshape unknown beside zero": lambda x: x[:0].reshape(0, -1),
    "transpose out of range": lambda x: x.transpose(0, 2),
    "transpose out of range below": lambda x: x.transpose(-3, 0),
    "transpose by a huge dim": lambda x: x.transpose(MAX, 0),
    "permute with too few dims": lambda x: x.permute(0),
    "permute with a dim twice": lambda x: x.permute(0, 0),
    "permute out of range": lambda x: x.permute(0, 5),
    "expand of another size": lambda x: x.expand(4, 3),
    "expand to fewer dims": lambda x: x.expand(3),
    "expand with a new unknown size": lambda x: x.expand(-1, 2, 3),
    "expand negative": lambda x: x.expand(-3, 2, 3),
    "select out of range": lambda x: x.select(0, 2),
    "select below range": lambda x: x.select(0, -3),
    "select dim out of range": lambda x: x.select(2, 0),
    "slice step zero": lambda x: ops.slice(x, 0, 0, 2, 0),
    "slice step negative": lambda x: ops.slice(x, 0, 0, 2, -1),
    "slice dim out of range": lambda x: ops.slice(x, 3),
    "slice of a 0-dim tensor": lambda x: ops.slice(x[0, 0], 0),
    "as_strided past the end": lambda x: x.as_strided((2, 4), (3, 1)),
    "as_strided offset past the end": lambda x: x.as_strided((1,), (1,), 6),
    "as_strided negative offset": lambda x: x.as_strided((1,), (1,), -1),
    "as_strided negative stride": lambda x: x.as_strided((2,), (-1,), 3),
    "as_strided span overflows": lambda x: x.as_strided((2, 2), (MAX, MAX)),
    "as_strided span wraps to small": lambda x: x.as_strided((3,), (2**63 // 4 * 3,)),
    "as_strided huge offset": lambda x: x.as_strided((1,), (1,), MAX),
    "as_strided negative size": lambda x: x.as_strided((-1,), (1,)),
    "as_strided strides of another length": lambda x: x.as_strided((2, 2), (1,)),
    "unsqueeze out of range": lambda x: x.unsqueeze(4),
    "squeeze out of range": lambda x: x.squeeze(5),
    "view of no elements with a huge product": lambda x: x[:0].view(0, 2**40, 2**40),
    "as_strided with stride zero past the end": lambda x: x.as_strided((5, 2), (0, 6)),
    "as_strided with stride zero and offset past the end": lambda x: x.as_strided((5,), (0,), 6),
    "as_strided_ past the end": lambda x: x.as_strided_((7,), (1,)),
    "as_strided_ negative stride": lambda x: x.as_strided_((2,), (-1,), 3),
    "as_strided_scatter past the end": lambda x: ops.as_strided_scatter(x, ops.zeros((2,)), (2,), (6,)),
    "dtype view with a last dim that does not divide": lambda x: x.view(vt.float64),
    "dtype view of unaligned offset": lambda x: x.view(6)[1:5].view(vt.float64),
    "dtype view of a strided last dim": lambda x: x.transpose(0, 1).view(vt.int16),
    "dtype view of no dims": lambda x: x[0, 0].view(vt.int64),
    "dtype view as text": lambda x: x.view("float64"),
    "complex view of an odd last dim": lambda x: ops.view_as_complex(x),
    "complex view of an odd offset": lambda x: ops.view_as_complex(x.view(6)[1:5].view(2, 2)),
    "complex view of integers": lambda x: ops.view_as_complex(x.to(dtype=vt.int32).view(3, 2)),
    "real view of real numbers": lambda x: ops.view_as_real(x),
    "imag of real numbers": lambda x: x.imag,
    "adjoint of a vector": lambda x: x[0].mH,
    "diagonal of one dim twice": lambda x: x.diagonal(0, 1, -1),
    "diagonal of a dim out of range": lambda x: x.diagonal(0, 0, 2),
    "diag_embed with a huge offset": lambda x: ops.diag_embed(x, MAX),
    "diag_embed with the most negative offset": lambda x: ops.diag_embed(x, -MAX - 1),
    "diag of three dims": lambda x: ops.diag(x.view(1, 2, 3)),
    "trace of three dims": lambda x: ops.trace(x.view(1, 2, 3)),
    "fill_diagonal_ of a vector": lambda x: x.view(6).fill_diagonal_(1),
    "fill_diagonal_ with what does not fit": lambda x: x.to(dtype=vt.int8).fill_diagonal_(300),
    "unfold with a window too large": lambda x: x.unfold(0, 3, 1),
    "unfold with a huge window": lambda x: x.unfold(0, MAX, 1),
    "unfold with step zero": lambda x: x.unfold(0, 1, 0),
    "unfold with a negative step": lambda x: x.unfold(0, 1, -MAX - 1),
    "unfold with a negative window": lambda x: x.unfold(0, -1, 1),
    "unfold of a dim out of range": lambda x: x.unfold(2, 1, 1),
    "split into nothing": lambda x: x.split(0),
    "split by a negative size": lambda x: x.split(-1),
    "split by sizes that do not add up": lambda x: x.split((1, 2)),
    "split by sizes that overflow": lambda x: x.split((MAX, MAX, 4)),
    "chunk into nothing": lambda x: x.chunk(0),
    "chunk of nothing into too many": lambda x: x[:0].chunk(MAX),
    "tensor_split into nothing": lambda x: x.tensor_split(0),
    "tensor_split into too many": lambda x: x.tensor_split(MAX),
    "hsplit that does not divide": lambda x: x.hsplit(2),
    "vsplit of a vector": lambda x: x[0].vsplit(1),
    "unbind of too many": lambda x: x[0, 0].expand(2**40).unbind(),
    "squeeze_ out of range": lambda x: x.squeeze_(5),
    "unsqueeze_ out of range": lambda x: x.unsqueeze_(9),
    "transpose_ out of range": lambda x: x.transpose_(0, 2),
    "t_ of three dims": lambda x: x.view(1, 2, 3).t_(),
    "resize_ to a negative size": lambda x: x.resize_(-1),
    "resize_ whose product overflows": lambda x: x.resize_(2**32, 2**32),
    "resize_ to channels of two dims": lambda x: x.resize_((2, 3), memory_format=vt.channels_last),
    "set_ to another dtype": lambda x: x.set_(ops.zeros((2,), dtype=vt.int8)),
    "set_ past the end": lambda x: x.set_(x, 5, (2,)),
    "set_ with a negative stride": lambda x: x.set_(x, 5, (2,), (-1,)),
    "set_ to a number": lambda x: x.set_(3),
    "select_scatter of another size": lambda x: ops.select_scatter(x, ops.zeros((2,)), 0, 0),
    "slice_scatter with step zero": lambda x: ops.slice_scatter(x, x, 0, 0, 2, 0),
    "contiguous in an unknown format": lambda x: x.contiguous(memory_format=17),
    "contiguous in a format for four dims": lambda x: x.contiguous(memory_format=vt.channels_last),
    "complex of two dtypes": lambda x: ops.complex(x, x.to(dtype=vt.float64)),
    "complex of unrelated shapes": lambda x: ops.complex(x, ops.zeros((4,))),
    "view of 65 dimensions": lambda x: x.view((1,) * 63 + (2, 3)),
    "expand to 65 dimensions": lambda x: x.expand((1,) * 63 + (2, 3)),
    "unsqueeze to 65 dimensions": lambda x: x.view((1,) * 62 + (2, 3)).unsqueeze(0),
    "unsqueeze_ to 65 dimensions": lambda x: x.view((1,) * 62 + (2, 3)).unsqueeze_(0),
    "unflatten to 65 dimensions": lambda x: x.view((1,) * 62 + (2, 3)).unflatten(0, (1, 1)),
    "index by None to 65 dimensions": lambda x: x.view((1,) * 62 + (2, 3))[None],
    "a Size of a fraction": lambda _: vt.Size([1.5]),
    "a Size of text": lambda _: vt.Size(["a"]),
    "a tensor of None": lambda _: vt.tensor([1, None]),
    "a tensor of an object": lambda _: vt.tensor(object()),
    "a device of an unknown type": lambda _: vt.device("gpu"),
    "size of a dim out of range": lambda x: x.size(2),
    "stride of a dim out of range": lambda x: x.stride(-3),
}

WRITES: dict[str, Callable[[vt.Tensor], Any]] = {
    "in-place shape": lambda x: x.add_(ops.ones((4, 2, 3))),
    "in-place operand of another shape": lambda x: x.add_(ops.ones((4,))),
    "in-place to a lower category": lambda x: x.to(dtype=vt.int32).add_(1.5),
    "in-place on an expanded tensor": lambda x: x[:1].expand(2, 3).add_(x),
    "in-place with a partial overlap": lambda x: x.view(6)[1:].add_(x.view(6)[:-1]),
    "out of a lower category": lambda x: ops.add(x, x, out=ops.zeros((2, 3), dtype=vt.int32)),
    "out is no tensor": lambda x: ops.add(x, x, out=3),
    "out partly overlaps": lambda x: ops.add(x.view(6)[:5], 1, out=x.view(6)[1:]),
    "copy of a larger shape": lambda x: x.copy_(ops.ones((2, 2, 3))),
    "fill with text": lambda x: x.fill_("x"),
    "fill with a list": lambda x: x.fill_([1]),
}

OPERATORS: dict[str, Callable[[vt.Tensor], Any]] = {
    "add of unrelated shapes": lambda x: x + ops.ones((4,)),
    "add of None": lambda x: x + None,
    "add of text": lambda x: x + "1",
    "add of a list": lambda x: x + [1],  # noqa: RUF005
    "text plus tensor": lambda x: "1" + x,
    "add without operand": lambda x: ops.add(x),
    "add with too many": lambda x: ops.add(x, x, x),
    "add with an unknown keyword": lambda x: ops.add(x, x, beta=2),
    "alpha given twice": lambda x: x.add(x, alpha=1, other=x),
    "alpha is a tensor of several": lambda x: ops.add(x, x, alpha=x),
    "alpha is float for ints": lambda x: ops.add(x.to(dtype=vt.int32), 1, alpha=1.5),
    "float8 promotes with nothing": lambda x: x + x.to(dtype=vt.float8_e5m2),
    "uint16 with int32": lambda x: x.to(dtype=vt.uint16) + x.to(dtype=vt.int32),
    "sum over a dim out of range": lambda x: x.sum(2),
    "sum over a dim twice": lambda x: x.sum((0, 0)),
    "sum over the same dim by both signs": lambda x: x.sum((0, -2)),
    "sum over a huge dim": lambda x: x.sum(2**70),
    "sum into text": lambda x: x.sum(dtype="f"),
    "truth of several": lambda x: bool(x),
    "number of several": lambda x: float(x),
    "item of several": lambda x: x.item(),
    "meta and cpu": lambda x: x + ops.empty((2, 3), device="meta"),
    "unknown op": lambda x: ops.no_such_op(x),
    "unknown method": lambda x: x.no_such_method(),
    "assign shape": lambda x: setattr(x, "shape", (6,)),
    "delete dtype": lambda x: delattr(x, "dtype"),
    "assign data of another kind": lambda x: setattr(x, "data", 3),
}


def refused(case: Callable[[], Any]) -> str:
    """Runs the case in its own process twice, so that damage done by the first shows, and returns the message."""

    def twice() -> None:
        kinds: list[type] = []
        for _ in range(2):
            try:
                case()
            except Exception as error:
                kinds.append(type(error))
                last = error
        assert len(kinds) == 2, "accepted"
        assert kinds[0] is kinds[1], kinds
        assert (ops.ones((2,)) + 1).tolist() == [2, 2]
        raise last

    outcome = run_forked(twice)
    assert outcome.kind == "raised", outcome
    assert {*ERRORS, "AttributeError"} & set(outcome.classes), outcome
    assert "SystemError" not in outcome.classes, outcome
    assert "AssertionError" not in outcome.classes, outcome
    return outcome.message


def unchanged(case: Callable[[vt.Tensor], Any]) -> Callable[[], Any]:
    def run() -> None:
        x = ops.arange(6.0).reshape(2, 3)
        version = x._version
        try:
            case(x)
        finally:
            assert x.tolist() == [[0, 1, 2], [3, 4, 5]], "an operand was written"
            assert x._version == version, "a version was bumped"

    return run


@pytest.mark.parametrize("case", FACTORIES.values(), ids=FACTORIES.keys())
def test_bad_factory_call_is_refused(case: Callable[[], Any]) -> None:
    assert refused(case)


@pytest.mark.parametrize("case", DATA.values(), ids=DATA.keys())
def test_bad_data_is_refused(case: Callable[[], Any]) -> None:
    assert refused(case)


@pytest.mark.parametrize("case", VIEWS.values(), ids=VIEWS.keys())
def test_bad_view_is_refused(case: Callable[[vt.Tensor], Any]) -> None:
    assert refused(unchanged(case))


@pytest.mark.parametrize("case", WRITES.values(), ids=WRITES.keys())
def test_bad_write_changes_nothing(case: Callable[[vt.Tensor], Any]) -> None:
    assert refused(unchanged(case))


@pytest.mark.parametrize("case", OPERATORS.values(), ids=OPERATORS.keys())
def test_bad_operands_are_refused(case: Callable[[vt.Tensor], Any]) -> None:
    assert refused(unchanged(case))


@pytest.mark.parametrize("numel", [2**45, 2**58])
def test_too_large_for_memory_is_out_of_memory(numel: int) -> None:
    outcome = run_forked(lambda: ops.empty((numel,), dtype=vt.int8))
    assert outcome.kind == "raised", outcome
    assert "OutOfMemoryError" in outcome.classes, outcome
    assert str(numel) in outcome.message.replace(",", "") or "TiB" in outcome.message or "bytes" in outcome.message


def test_library_goes_on_after_out_of_memory() -> None:
    def case() -> list[float]:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        for _ in range(10):
            try:
                ops.zeros((1 << 33,), dtype=vt.int8)
            except vt.OutOfMemoryError:
                continue
            raise AssertionError("8 GiB under a limit of 2 GiB")
        return (ops.ones((3,)) + 1).tolist()

    assert run_forked(case).value == "[2.0, 2.0, 2.0]"


def test_messages_name_operator_and_operands() -> None:
    x = ops.ones((2, 3))
    with pytest.raises(vt.ShapeError, match=r"add.*[\(\[]2, 3[\)\]].*[\(\[]4,?[\)\]]"):
        x + ops.ones((4,))
    with pytest.raises(IndexError, match=r"transpose.*2"):
        x.transpose(0, 2)
    with pytest.raises(RuntimeError, match=r"view.*[\(\[]5"):
        x.view(5)
    with pytest.raises(TypeError, match=r"add.*str"):
        ops.add(x, "1")


def test_requires_grad_without_autograd_names_the_wheel() -> None:
    with pytest.raises(RuntimeError, match="vt-autograd"):
        vt.tensor([1.0], requires_grad=True)
    with pytest.raises(RuntimeError, match="vt-autograd"):
        ops.ones((2,)).requires_grad = True
    assert vt.tensor([1.0]).requires_grad is False
