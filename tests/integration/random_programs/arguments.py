# SPDX-License-Identifier: Apache-2.0
"""Arguments for an operator, by the types and names of its schema, from the tensors that a program has so far."""

from __future__ import annotations

import random
from typing import Any

import torch
import vt_core

from random_programs.operators import Argument, Operator
from random_programs.values import DTYPES, Twin, elements, shape, twin

DIMS = {
    "dim",
    "dim0",
    "dim1",
    "dim2",
    "dims",
    "axis",
    "axis0",
    "axis1",
    "start_dim",
    "end_dim",
    "source",
    "destination",
}
DIMS |= {"dimension", "dims_self", "dims_other", "axes"}
SIZES = {"size", "shape", "sizes", "normalized_shape"}
STRINGS = {
    "reduction": ("none", "mean", "sum"),
    "rounding_mode": ("trunc", "floor"),
    "approximate": ("none", "tanh"),
    "UPLO": ("L", "U"),
    "mode": ("reduced", "complete", "r"),
    "indexing": ("ij", "xy"),
    "side": ("left", "right"),
    "reduce": ("sum", "prod", "mean", "amax", "amin"),
    "ord": ("fro", "nuc"),
}
INDICES = {"index", "indices", "tensor_indices_or_sections"}
MASKS = {"mask", "condition"}
# Matrices: the sizes follow those of the first tensor.
MATRICES = {"mat2", "batch1", "batch2", "vec", "vec2", "B", "mat"}


class Call:
    """The arguments of one call, in both libraries' terms."""

    def __init__(self) -> None:
        self.ours: list[Any] = []
        self.theirs: list[Any] = []
        self.our_names: dict[str, Any] = {}
        self.their_names: dict[str, Any] = {}
        self.tensors: list[Twin] = []

    def add(self, argument: Argument, value: Any) -> None:
        """A required argument by position, any other by its name, as programs pass them."""
        ours, theirs = self._both(value)
        if argument.required and not argument.keyword_only and not self.our_names:
            self.ours.append(ours)
            self.theirs.append(theirs)
        else:
            self.our_names[argument.name] = ours
            self.their_names[argument.name] = theirs

    def _both(self, value: Any) -> tuple[Any, Any]:
        if isinstance(value, Twin):
            self.tensors.append(value)
            return value.ours, value.theirs
        if isinstance(value, (list, tuple)) and any(isinstance(item, Twin) for item in value):
            pairs = [self._both(item) for item in value]
            return type(value)(o for o, _ in pairs), type(value)(t for _, t in pairs)
        if isinstance(value, torch.dtype):
            return getattr(vt_core, str(value).removeprefix("torch.")), value
        return value, value

    def __str__(self) -> str:
        return ", ".join([*map(_text, self.theirs), *(f"{k}={_text(v)}" for k, v in self.their_names.items())])


def _text(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        plain = value.detach()
        is_shown = plain.numel() <= 24 and all(size >= 0 for size in plain.shape)
        shown = str(plain.tolist()) if is_shown else "..."
        return f"{plain.dtype}{tuple(plain.shape)}/{plain.stride()}{shown}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_text, value))}]"
    return repr(value)


def draw(rng: random.Random, operator: Operator, pool: list[Twin]) -> Call:
    """Arguments that are right more often than not."""
    call = Call()
    for argument in operator.arguments:
        if argument.kind in ("device", "Generator"):
            continue
        if not argument.required and rng.random() < 0.6:
            continue
        if argument.optional and rng.random() < 0.15:
            call.add(argument, None)
            continue
        call.add(argument, _value(rng, argument, call, pool))
    return call


def _value(rng: random.Random, argument: Argument, call: Call, pool: list[Twin]) -> Any:
    kind = rng.choice(argument.kind.split("|")).strip()
    first = call.tensors[0] if call.tensors else None
    if kind.startswith("Tensor"):
        return _tensors(rng, kind, argument, first, pool)
    if kind == "Scalar":
        return rng.choice((0, 1, 2, -1, 3, 0.5, -1.5, 2.0, True, 1 + 2j) if rng.random() < 0.3 else (1, 2, 0.5, -1.5))
    if kind == "float":
        return 0.0 if argument.name == "dropout_p" else rng.choice((0.0, 0.1, 0.5, 1.0, 1.5, 2.0, 1e-5))
    if kind == "bool":
        return rng.random() < 0.5
    if kind == "int":
        return _int(rng, argument.name, first)
    if kind.startswith("int["):
        return _ints(rng, argument.name, first)
    if kind == "dtype":
        return getattr(torch, rng.choices(list(DTYPES), list(DTYPES.values()))[0])
    if kind == "str":
        return rng.choice(STRINGS.get(argument.name, ("mean",)))
    if kind == "memory_format":
        return None
    return rng.choice((0.5, 1.0, 2.0))


def _tensors(rng: random.Random, kind: str, argument: Argument, first: Twin | None, pool: list[Twin]) -> Any:
    if "[" in kind:
        one = rng.choice(pool)
        return [one if rng.random() < 0.5 else _like(rng, one) for _ in range(rng.choice((1, 2, 2, 3)))]
    if argument.name in INDICES:
        sizes = tuple(first.theirs.shape) if first and rng.random() < 0.6 else shape(rng, 2)
        high = max(1, min(first.theirs.shape, default=1)) if first else 2
        return twin(torch.randint(0, high, sizes, generator=torch.Generator().manual_seed(rng.getrandbits(32))))
    if argument.name in MASKS:
        sizes = tuple(first.theirs.shape) if first and rng.random() < 0.7 else shape(rng, 2)
        return twin(elements(rng, sizes, "bool"))
    if first is None or rng.random() < 0.25:
        return rng.choice(pool)
    if argument.name in MATRICES and first.theirs.ndim:
        return _matrix(rng, first)
    alike = [value for value in pool if value.theirs.shape == first.theirs.shape]
    return rng.choice(alike) if alike and rng.random() < 0.4 else _like(rng, first)


def _like(rng: random.Random, one: Twin) -> Twin:
    """A tensor that broadcasts with `one`, mostly of its dtype."""
    sizes = list(one.theirs.shape)
    if sizes and rng.random() < 0.4:
        sizes[rng.randrange(len(sizes))] = 1
    if sizes and rng.random() < 0.2:
        sizes = sizes[1:]
    name = one.dtype if rng.random() < 0.7 else rng.choices(list(DTYPES), list(DTYPES.values()))[0]
    return twin(elements(rng, tuple(sizes), name))


def _matrix(rng: random.Random, first: Twin) -> Twin:
    *batch, last = first.theirs.shape
    wide = (*batch[:-1], last, rng.choice((1, 2, 3))) if len(batch) else (last,)
    return twin(elements(rng, rng.choice((wide, tuple(first.theirs.shape), (last,))), first.dtype))


def _int(rng: random.Random, name: str, first: Twin | None) -> int:
    if name in DIMS and first:
        bound = max(1, first.theirs.ndim)
        return rng.randrange(-bound, bound) if rng.random() < 0.93 else rng.choice((-bound - 1, bound))
    return rng.choice((0, 1, 1, 2, 2, 3, -1, -2, 5))


def _ints(rng: random.Random, name: str, first: Twin | None) -> Any:
    if first is None:
        return shape(rng)
    ndim, numel = first.theirs.ndim, first.theirs.numel()
    if name in DIMS:
        chosen = rng.sample(range(ndim), rng.randrange(ndim + 1)) if rng.random() < 0.7 else list(range(ndim))
        rng.shuffle(chosen)
        return [dim - ndim if rng.random() < 0.3 else dim for dim in chosen]
    if name in SIZES:
        divisors = [d for d in range(1, max(numel, 1) + 1) if numel % d == 0]
        d = rng.choice(divisors)
        leading = [rng.choice(SIZES_BEFORE) for _ in range(rng.randrange(2))]
        choices = ([d, numel // d], [d, -1], [-1], [numel], leading + list(first.theirs.shape))
        return rng.choice(choices)
    return [rng.choice((0, 1, 1, 2, 2, 3, -1)) for _ in range(rng.choice((1, ndim, 2 * ndim, 2)))]


SIZES_BEFORE = (1, 2, 3)
