# SPDX-License-Identifier: Apache-2.0
"""One program: a few steps in both libraries, compared after each, then gradients of all leaves."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
import vt_torch

from random_programs import arguments, operators, rows
from random_programs.known import DROPS_NAN, has_other_derivative, is_fatal
from random_programs.values import (
    Twin,
    difference,
    dtype,
    elements,
    leaf,
    shape,
    synchronise,
    to_theirs,
    twin,
)

MAX_ELEMENTS = 512
MAX_MAGNITUDE = 1e3
INTEGRAL = {torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64}


class Different(AssertionError):
    """The libraries disagree."""

    def __init__(self, operator: str, what: str, listing: list[str]) -> None:
        self.operator = operator
        self.what = what
        super().__init__("\n".join([f"{operator}: {what}", *listing]))


class Unlike(Exception):
    """The libraries differ as they are meant to, so that their tensors are no longer the same: the program ends."""


@dataclass
class Outcome:
    """What a call returned, or the error that it raised."""

    value: Any = None
    error: Exception | None = None


def attempt(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Outcome:
    try:
        return Outcome(function(*args, **kwargs))
    except Exception as error:
        return Outcome(error=error)


@cache
def _operators() -> operators.Ring[operators.Operator]:
    return operators.Ring({operator.name: operator for operator in operators.operators()})


class Program:
    """A program by its seed; `run` raises `Different`, or counts the calls that both libraries accepted."""

    def __init__(self, seed: int, excused: Callable[[str, str, Outcome, Outcome], bool]) -> None:
        self.rng = random.Random(seed)
        self.excused = excused
        self.listing: list[str] = []
        self.pool: list[Twin] = []
        self.leaves: list[Twin] = []
        self.names: set[str] = set()
        self.circumstances = ""
        self.has_integers = False
        self.num_accepted = 0
        self.num_refused = 0

    def run(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kind, sizes = dtype(self.rng), shape(self.rng)
            for _ in range(3):
                value = self.add_leaf(elements(self.rng, sizes, kind), 0.6)
                if sizes and sizes[0] and self.rng.random() < 0.1:
                    value = Twin(value.ours[:1].expand(sizes), value.theirs[:1].expand(sizes))
                self.pool.append(value)
                self.listing.append(f"{_describe(value.theirs)} strides {value.theirs.stride()}")
                if self.rng.random() < 0.4:
                    sizes = shape(self.rng)
                if self.rng.random() < 0.3:
                    kind = dtype(self.rng)
            for _ in range(self.rng.randint(3, 7)):
                self.step()
            self.backward()

    def add_leaf(self, source: torch.Tensor, probability: float) -> Twin:
        root, value = leaf(self.rng, source, self.rng.random() < probability)
        if root.theirs.requires_grad:
            self.leaves.append(root)
        return value

    def step(self) -> None:
        chance = self.rng.random()
        if chance < 0.25:
            name, ours, theirs, call = rows.draw(self.rng, lambda source: self.add_leaf(source, 0.4))
            flags: tuple[str, ...] = ()
        else:
            operator = _operators().draw(self.rng)
            name, ours, theirs, flags = operator.name, operator.ours, operator.theirs, operator.flags
            call = arguments.draw(self.rng, operator, self.pool)
        if "out" in flags and self.rng.random() < 0.2:
            self.add_out(call, "inplace" in flags)
        self.listing.append(f"{name}({call})")
        self.names.add(name.partition(".")[0])
        self.compare_call(name, ours, theirs, call)

    def history(self) -> set[str]:
        """What has rounded tensors that were not made alike since: dtypes and operators."""
        kinds = {value.dtype for value in (*self.pool, *self.leaves)} | self.names
        return kinds | {"float32"} if self.has_integers else kinds

    def add_out(self, call: arguments.Call, is_elementwise: bool) -> None:
        """A destination: of any size and dtype, now and then an operand where the operator may write over one."""
        target = self.rng.choice(self.pool)
        overlaps = any(_shares(target.theirs, value.theirs) for value in call.tensors)
        written_in_place = bool(call.tensors) and target is call.tensors[0] and target.theirs.requires_grad
        if self.rng.random() < 0.6 or (overlaps and not is_elementwise) or written_in_place:
            name = call.tensors[0].dtype if call.tensors and self.rng.random() < 0.8 else dtype(self.rng)
            sizes = tuple(call.tensors[0].theirs.shape) if call.tensors and self.rng.random() < 0.7 else (0,)
            target = twin(elements(self.rng, sizes, name))
        call.our_names["out"], call.their_names["out"] = target.ours, target.theirs
        call.tensors.append(target)

    def compare_call(self, name: str, ours: Any, theirs: Any, call: arguments.Call) -> None:
        scale = max((_magnitude(value.theirs) for value in call.tensors), default=1.0)
        kinds = {value.dtype for value in call.tensors} | {name.partition(".")[0]}
        if any(value.theirs.dtype in INTEGRAL for value in call.tensors):
            kinds.add("float32")  # in which integers are computed
        if any(value.theirs.requires_grad for value in call.tensors):
            kinds |= self.history()
        self.has_integers |= "float32" in kinds
        writes = name.partition(".")[0].endswith("_") or "out" in call.our_names
        before = [_state(value) for value in call.tensors] if writes else []
        self.circumstances = _circumstances(call)
        if is_fatal(self.listing[-1]):
            expected = Outcome(error=RuntimeError("PyTorch ends the process"))
        else:
            expected = attempt(theirs, *call.theirs, **call.their_names)
        got = attempt(ours, *call.ours, **call.our_names)
        if expected.error is not None or got.error is not None:
            self.num_refused += 1
            self.judge_errors(name, got, expected)
            self.compare_untouched(name, got, expected, before, call)
            return
        self.num_accepted += 1
        if what := difference(got.value, expected.value, scale, kinds):
            if writes or "value" not in what or not self.is_of_earlier_rounding(ours, call, expected, scale, kinds):
                self.fail(name, what, got, expected)
            raise Unlike
        self.compare_aliases(name, got, expected, call)
        if "out" in call.our_names and before[-1][0] != tuple(call.tensors[-1].theirs.shape):
            raise Unlike  # a destination that outgrows its storage leaves those it shared it with; PyTorch's does not
        for value in self.pool if writes else ():
            if what := difference(value.ours, value.theirs, scale, kinds | self.history()):
                self.fail(name, f"a tensor of the program afterwards, {what}", got, expected)
                raise Unlike
        for value in _flat(got.value, expected.value):
            synchronise(value)
            if value.theirs.numel() <= MAX_ELEMENTS and _magnitude(value.theirs) <= MAX_MAGNITUDE:
                self.pool.append(value)
        del self.pool[:-12]

    def is_of_earlier_rounding(
        self, ours: Any, call: arguments.Call, expected: Outcome, scale: float, kinds: set[str]
    ) -> bool:
        """Whether the results agree once the operands are the very same: those with a graph have been rounded apart before."""
        again = attempt(
            ours,
            *(_same(o, t) for o, t in zip(call.ours, call.theirs)),
            **{name: _same(value, call.their_names[name]) for name, value in call.our_names.items()},
        )
        if again.error is not None:
            return False
        what = difference(again.value, expected.value, scale, kinds)
        return what is None or "requires_grad" in what

    def compare_untouched(
        self, name: str, got: Outcome, expected: Outcome, before: list[Any], call: arguments.Call
    ) -> None:
        """After a refusal nothing is written; of PyTorch only that is asked which keeps both alike."""
        after = [_state(value) for value in call.tensors] if before else []
        if got.error is not None and [state[1] for state in before] != [state[1] for state in after]:
            self.fail(name, f"written by a refused call: {got.error}", got, expected)
        if before != after or (before and (got.error is None or expected.error is None)):
            raise Unlike

    def judge_errors(self, name: str, got: Outcome, expected: Outcome) -> None:
        if expected.error is None:
            self.fail(name, f"refused: {type(got.error).__name__}: {got.error}", got, expected)
        elif got.error is None:
            self.fail(name, f"accepted: {type(expected.error).__name__}: {_first_line(expected.error)}", got, expected)
        elif not isinstance(got.error, type(expected.error)):
            classes = f"{type(got.error).__name__}, expected {type(expected.error).__name__}"
            self.fail(name, f"class: {classes}: {got.error} | {_first_line(expected.error)}", got, expected)

    def compare_aliases(self, name: str, got: Outcome, expected: Outcome, call: arguments.Call) -> None:
        for result in _flat(got.value, expected.value):
            for value in call.tensors:
                shares = _shares(result.theirs, value.theirs)
                if result.ours.numel() and result.ours._is_alias_of(value.ours) != shares:
                    self.fail(name, f"alias: expected {shares}", got, expected)
                    raise Unlike
                if shares and value.has_same_strides() and not result.has_same_strides():
                    strides = f"got {tuple(result.ours.stride())}, expected {result.theirs.stride()}"
                    self.fail(name, f"strides of a view: {strides}", got, expected)
                    raise Unlike

    def backward(self) -> None:
        roots = [v for v in self.pool if v.theirs.requires_grad and v.theirs.numel() and v.ours.requires_grad]
        if not roots or any(has_other_derivative(line) for line in self.listing):
            return
        self.circumstances = ""
        seeds = [twin(elements(self.rng, tuple(v.theirs.shape), v.dtype)) for v in roots]
        if self.names & DROPS_NAN and any(seed.theirs.isnan().any() for seed in seeds):
            return
        self.listing.append(f"backward from {[_describe(v.theirs) for v in roots]}")
        expected = attempt(torch.autograd.backward, [v.theirs for v in roots], [s.theirs for s in seeds])
        got = attempt(vt_torch.autograd.backward, [v.ours for v in roots], [s.ours for s in seeds])
        if expected.error is not None or got.error is not None:
            self.judge_errors("backward", got, expected)
            return
        scale = max([1.0, *(_magnitude(v.theirs) for v in (*roots, *seeds, *self.leaves))])
        kinds = self.history()
        for value in self.leaves:
            theirs, ours = value.theirs.grad, value.ours.grad
            if _is_nothing(theirs) and _is_nothing(ours):
                continue  # no gradient is one of zeros
            if (theirs is None) != (ours is None):
                what = f"gradient of {_describe(value.theirs)}: got {ours}, expected {theirs}"
                self.fail("backward", what, got, expected)
            elif (
                theirs is not None
                and _magnitude(theirs) < 1e9
                and (what := self.gradient_difference(ours, theirs, scale, kinds))
            ):
                self.fail("backward", f"gradient of {_describe(value.theirs)}: {what}", got, expected)

    def gradient_difference(self, ours: Any, theirs: torch.Tensor, scale: float, kinds: set[str]) -> str | None:
        """Gradients have come through tensors of all dtypes of the program: the coarsest one counts."""
        return difference(ours, theirs, 100 * scale, kinds)

    def fail(self, name: str, what: str, got: Outcome, expected: Outcome) -> None:
        if not self.excused(name, what + self.circumstances, got, expected):
            raise Different(name, what + self.circumstances, self.listing)


def _circumstances(call: arguments.Call) -> str:
    """What makes a call unlike others, by which differences are told apart."""
    operands = [value.theirs for value in call.tensors]
    marks = {
        "empty": any(not operand.numel() for operand in operands),
        "expanded": any(0 in operand.stride() and _is_expanded(operand) for operand in operands),
        "of a small order": 0 < _number(call.our_names.get("p")) < 1e-4,
        "of one memory": any(_shares(a, b) for i, a in enumerate(operands) for b in operands[:i]),
    }
    return "".join(f" [{mark}]" for mark, is_so in marks.items() if is_so)


def _number(value: Any) -> float:
    return value if isinstance(value, float) else 0.0


def _is_expanded(tensor: torch.Tensor) -> bool:
    return any(size > 1 and not stride for size, stride in zip(tensor.shape, tensor.stride()))


def _same(ours: Any, theirs: Any) -> Any:
    """An argument of ours with the elements of PyTorch's."""
    if isinstance(theirs, torch.Tensor):
        return twin(theirs).ours
    if isinstance(theirs, (tuple, list)):
        return type(theirs)(_same(o, t) for o, t in zip(ours, theirs))
    return ours


def _flat(ours: Any, theirs: Any) -> list[Twin]:
    if isinstance(theirs, torch.Tensor):
        return [Twin(ours, theirs)]
    if isinstance(theirs, (tuple, list)):
        return [value for o, t in zip(ours, theirs) for value in _flat(o, t)]
    return []


def _is_nothing(gradient: Any) -> bool:
    return gradient is None or not (gradient != 0).any().item()


def _describe(value: torch.Tensor) -> str:
    try:
        name = type(value.grad_fn).__name__ if value.grad_fn is not None else "leaf"
    except RuntimeError:  # a view that an in-place write has made useless
        name = "?"
    return f"{str(value.dtype).removeprefix('torch.')}{tuple(value.shape)} {name}"


def _magnitude(value: torch.Tensor) -> float:
    if not value.numel() or not (value.is_floating_point() or value.is_complex()):
        return 1.0
    numbers = value.detach().to(torch.complex128).abs()
    largest = float(numbers.max())
    return max(1.0, largest) if largest == largest else float("inf")


def _shares(a: torch.Tensor, b: torch.Tensor) -> bool:
    return a.numel() > 0 and a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


def _state(value: Twin) -> tuple[tuple[int, ...], Any, Any]:
    """The sizes in PyTorch, and all that a refused call may not change, ours and theirs."""
    ours = value.ours
    bits = bytes(to_theirs(ours).contiguous().view(-1).view(torch.uint8))
    theirs = value.theirs.detach()
    sizes = tuple(theirs.shape)
    text = None if any(size < 0 for size in sizes) else (sizes, str(theirs.tolist()))
    return sizes, (tuple(ours.shape), tuple(ours.stride()), ours._version, bits), text


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
