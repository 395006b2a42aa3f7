# SPDX-License-Identifier: Apache-2.0
"""The operators that both libraries have, with their arguments as the schemas declare them."""

from __future__ import annotations

import hashlib
import random
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import torch
import vt_core
import vt_torch

T = TypeVar("T")
# Results that are drawn from a generator of random numbers, or memory as it was found; other arguments in PyTorch; range, by
# whose integral steps of zero PyTorch divides, which ends the process.
UNDEFINED = re.compile(
    r"(rand|bernoulli|multinomial|normal|dropout|feature_dropout|alpha_dropout|feature_alpha|uniform|exponential|geometric|cauchy|log_normal|random|rrelu|empty|new_empty"
    r"|resize|poisson|binomial|fractional_|set_|tensordot|range$|cov$|corrcoef$|special_\w+_polynomial)"
)
# Functions of nn that PyTorch has by the same name and another signature outside it.
FUNCTIONAL = re.compile(
    r"(binary_)?cross_entropy(_with_logits)?$|kl_div$|\w+_loss$|cosine_similarity$|pairwise_distance$"
)


@dataclass(frozen=True)
class Argument:
    """One argument of a schema: `kind` is its type without the question mark."""

    name: str
    kind: str
    optional: bool
    required: bool
    keyword_only: bool


@dataclass(frozen=True)
class Operator:
    """One overload, callable in both libraries."""

    name: str
    ours: Callable[..., Any]
    theirs: Callable[..., Any]
    arguments: tuple[Argument, ...]
    flags: tuple[str, ...]

    @property
    def base(self) -> str:
        return self.name.partition(".")[0]

    @property
    def is_in_place(self) -> bool:
        return self.base.endswith("_")


class Ring(Generic[T]):
    """Things drawn by numbers so that one more of them changes few of the draws: programs stay the same as operators come.

    Each stands at several places of a ring that its name gives; a draw takes the next one from a random place on.
    """

    def __init__(self, things: dict[str, T]) -> None:
        digests = ((hashlib.sha256(name.encode()).digest(), thing) for name, thing in things.items())
        places = [(digest[i : i + 4], thing) for digest, thing in digests for i in range(0, 32, 4)]
        places.sort(key=lambda place: place[0])
        self.keys = [key for key, _ in places]
        self.things = [thing for _, thing in places]

    def draw(self, rng: random.Random) -> T:
        return self.things[bisect_left(self.keys, rng.randbytes(4)) % len(self.things)]


def operators() -> list[Operator]:
    """Every overload of every operator that PyTorch has by the same name, its in-place form included."""
    return [operator for name in vt_core._C.op_names() for operator in _overloads(name)]


def _overloads(name: str) -> Iterator[Operator]:
    if name.startswith("_") or UNDEFINED.match(name):
        return
    found = _counterpart(name)
    if found is None:
        return
    ours, theirs = found
    op = vt_core._C.get_op(name)
    for schema, flags in zip(op.schemas, op.flags):
        qualified, _, rest = schema.partition("(")
        overload = qualified.partition(".")[2]
        # An in-place form may carry the schema of the plain one: it is called by its own name.
        yield Operator(
            f"{name}.{overload}" if overload else name,
            ours,
            theirs,
            tuple(_parse(rest[: rest.rindex(") ->")])),
            () if name.endswith("_") else flags,
        )


def _counterpart(name: str) -> tuple[Callable[..., Any], Callable[..., Any]] | None:
    ours = getattr(vt_core.ops, name)
    for prefix in ("linalg", "special"):
        if name.startswith(f"{prefix}_"):
            owner = getattr(torch, prefix)
            plain = name.removeprefix(f"{prefix}_")
            theirs = getattr(owner, plain, None)
            return (getattr(getattr(vt_torch, prefix), plain, ours), theirs) if theirs else None
    if FUNCTIONAL.match(name) and hasattr(torch.nn.functional, name):
        return getattr(vt_torch.nn.functional, name), getattr(torch.nn.functional, name)
    for owner in (torch.Tensor,) if name.endswith("_") else (torch, torch.Tensor, torch.nn.functional):
        theirs = getattr(owner, name, None)
        if callable(theirs):
            faces = {torch: vt_torch, torch.Tensor: vt_torch.Tensor, torch.nn.functional: vt_torch.nn.functional}
            return getattr(faces[owner], name, ours), theirs
    return None


def _parse(listed: str) -> Iterator[Argument]:
    keyword_only = False
    for text in re.split(r",(?![^\[(]*[\])])", listed):
        declared, equals, _ = text.strip().partition("=")
        if declared == "*":
            keyword_only = True
        elif declared:
            kind, _, name = declared.rpartition(" ")
            plain = re.sub(r"\(\w+!?\)", "", kind)
            optional = plain.endswith("?")
            yield Argument(name, plain.rstrip("?"), optional, not equals, keyword_only)
