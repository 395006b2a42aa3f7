# SPDX-License-Identifier: Apache-2.0
"""Every operator with arguments of wrong kinds, shapes, dtypes and magnitudes: an error of a documented class, no harm."""

from __future__ import annotations

import ctypes
import os
import random
import re
import resource
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from vt_core.testing import run_forked

ops = vt.ops
# Errors that bad arguments may end in; OutOfMemoryError, NotImplementedError and the classes of ours are among them.
DOCUMENTED = (TypeError, ValueError, RuntimeError, IndexError, OverflowError)
CALLS_PER_OPERATOR = 60
OPERATORS_PER_PROCESS = 20
# What a call may take at most: the huge sizes among the arguments end in OutOfMemoryError.
HEADROOM_BYTES = 1 << 30


class Lying:
    """A sequence that says it has three items and has one."""

    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int) -> int:
        if index:
            raise IndexError(index)
        return 1


class Raising:
    def __index__(self) -> int:
        raise ValueError("no number today")

    __float__ = __len__ = __bool__ = __iter__ = __index__  # type: ignore[assignment]


def _recursive() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


def _tensors() -> list[vt.Tensor]:
    """Tensors that fit each other by chance: few sizes, every category of dtype, odd layouts."""
    x = ops.arange(6.0).reshape(2, 3)
    return [
        *(x, x.to(dtype=vt.int64), x.to(dtype=vt.bool), x.to(dtype=vt.float16), x.to(dtype=vt.complex64)),
        *(x.to(dtype=vt.float8_e5m2), x.to(dtype=vt.uint16), x.to(dtype=vt.int8)),
        *(
            ops.zeros(()),
            ops.zeros((0,)),
            ops.zeros((2, 0, 3)),
            ops.ones((3,)),
            ops.ones((3, 3)),
            ops.ones((2, 2, 3, 3)),
        ),
        *(ops.zeros((), dtype=vt.int64), ops.full((3,), 7, dtype=vt.int64), ops.full((2,), -9, dtype=vt.int64)),
        *(x.transpose(0, 1), x[:1].expand(2, 3), ops.zeros((3, 7))[:, 1::2], ops.zeros((1,) * 64)),
        *(ops.full((2, 3), float("nan")), ops.full((3, 3), float("inf")), ops.empty((2, 3), device="meta")),
    ]


def _odd() -> list[Any]:
    """What no argument should be, or at the end of what one may be."""
    return [
        *(None, True, 0, 1, -1, 2, -3, 64, 2**31, -(2**31), 2**63 - 1, -(2**63), 2**64, -(2**70)),
        *(0.0, -0.0, 0.5, 1e308, float("nan"), float("inf"), -float("inf"), 1j, complex("nan")),
        *("", "mean", "x" * 200, "\0", "\udc80", b"x", [], [[]], [None], [1, "2"], [2**63], [-1], [0, 0], [1] * 70),
        *((), {}, {1}, object(), type, len, range(3), Ellipsis, slice(None), Lying(), Raising(), _recursive()),
        *(vt.float32, vt.bool, vt.complex64, vt.device("meta"), np.zeros((2, 3)), np.float32(2), np.int64(3)),
    ]


def _plausible(rng: random.Random, kind: str, tensors: list[vt.Tensor]) -> Any:
    if kind.startswith("Tensor"):
        return [rng.choice(tensors) for _ in range(rng.randrange(3))] if "[" in kind else rng.choice(tensors)
    if kind.startswith("int["):
        return [rng.choice((0, 1, 2, 3, -1)) for _ in range(rng.randrange(4))]
    return {
        "int": rng.choice((0, 1, 2, -1)),
        "float": rng.choice((0.5, 1.0, 2.0)),
        "bool": rng.random() < 0.5,
        "Scalar": rng.choice((1, 2.5, True, -1)),
        "str": rng.choice(("mean", "sum", "none", "floor", "L")),
        "dtype": rng.choice((vt.float32, vt.int64, None)),
    }.get(kind)


def _arguments(schema: str) -> Iterator[tuple[str, list[str], bool, bool]]:
    """Name, kinds, whether it is given by name alone, and whether it may be left out."""
    by_name = False
    for text in re.split(r",(?![^\[(]*[\])])", schema[schema.index("(") + 1 : schema.rindex(") ->")]):
        declared, equals, _ = text.strip().partition("=")
        if declared == "*":
            by_name = True
        elif declared:
            kind, _, name = declared.rpartition(" ")
            kinds = re.sub(r"\(\w+!?\)|\?$", "", kind).split("|")
            yield name, [one.strip() for one in kinds], by_name, bool(equals)


def _call(rng: random.Random, schema: str, tensors: list[vt.Tensor]) -> tuple[list[Any], dict[str, Any]]:
    """Arguments of which one or two are odd."""
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    for name, kinds, by_name, optional in _arguments(schema):
        if optional and rng.random() < 0.5:
            by_name = True
            continue
        value = _plausible(rng, rng.choice(kinds), tensors)
        if by_name or kwargs:
            kwargs[name] = value
        else:
            args.append(value)
    odd = [*_odd(), *tensors]
    for _ in range(rng.choice((0, 1, 1, 2))):
        place = rng.randrange(len(args) + len(kwargs) + 2)
        if place < len(args):
            args[place] = rng.choice(odd)
        elif place < len(args) + len(kwargs):
            kwargs[list(kwargs)[place - len(args)]] = rng.choice(odd)
        elif rng.random() < 0.3:
            kwargs["out"] = rng.choice(odd)
        elif rng.random() < 0.2:
            args.append(rng.choice(odd))
    return args, kwargs


def _state(tensor: vt.Tensor) -> tuple[Any, ...]:
    shown = None if tensor.is_meta or "float8" in tensor.dtype.name else repr(tensor.tolist())
    return tensor.dtype, tensor.shape, tensor.stride(), tensor._version, shown


def _held_bytes() -> int:
    """Resident memory, or under AddressSanitizer, which keeps what was freed from use for a while, what was not freed."""
    if count := getattr(ctypes.CDLL(None), "__sanitizer_get_current_allocated_bytes", None):
        count.restype = ctypes.c_size_t
        return int(count())
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _attempt(name: str, args: list[Any], kwargs: dict[str, Any], watched: list[vt.Tensor]) -> bool:
    """Whether the call was accepted; fails on an undocumented error, or when a refused call changed something."""
    before = [_state(tensor) for tensor in watched]
    text = None
    try:
        getattr(ops, name)(*args, **kwargs)
    except DOCUMENTED as error:
        text = f"{type(error).__name__}: {error}"
    if text is None:
        return True
    assert not text.endswith(": "), f"{text} has no text"
    for tensor, state in zip(watched, before):
        assert _state(tensor) == state, f"{text}: changed {state} to {_state(tensor)}"
    return False


def _run_all(names: list[str]) -> None:
    if "libasan" not in os.environ.get("LD_PRELOAD", ""):  # whose shadow memory is larger than any limit
        limit = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + HEADROOM_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    warnings.simplefilter("ignore")
    vt.set_num_threads(1)
    for name in names:
        rng = random.Random(name)
        schemas = getattr(ops, name).schemas
        refused: list[tuple[list[Any], dict[str, Any]]] = []
        for i in range(CALLS_PER_OPERATOR):
            tensors = _tensors()
            args, kwargs = _call(rng, rng.choice(schemas), tensors)
            try:
                if not _attempt(
                    name, args, kwargs, [t for t in tensors if any(t is a for a in (*args, *kwargs.values()))]
                ):
                    refused.append((args, kwargs))
            except BaseException as error:
                raise AssertionError(f"{name}, call {i}: {args} {kwargs}: {type(error).__name__}: {error}") from error
        _check_memory(name, refused)
    assert (ops.ones((2,)) + 1).tolist() == [2, 2]


def _check_memory(name: str, refused: list[tuple[list[Any], dict[str, Any]]]) -> None:
    """What is refused leaves nothing behind."""
    function: Callable[..., Any] = getattr(ops, name)

    def repeat(count: int) -> None:
        for _ in range(count):
            for args, kwargs in refused:
                with suppress(DOCUMENTED):
                    function(*args, **kwargs)

    repeat(2)
    before = _held_bytes()
    repeat(8)
    grown = _held_bytes() - before
    assert grown < 1 << 20, f"{name}: {grown} bytes more after {8 * len(refused)} refused calls"


# Recurrences of as many steps as the degree says, which no argument bounds; PyTorch's do the same.
BY_DEGREE = {"special_laguerre_polynomial_l", "special_legendre_polynomial_p"}
NAMES = [name for name in dir(ops) if not name.startswith("__") and name not in BY_DEGREE]
CHUNKS = [NAMES[i : i + OPERATORS_PER_PROCESS] for i in range(0, len(NAMES), OPERATORS_PER_PROCESS)]


@pytest.mark.parametrize("names", CHUNKS, ids=lambda names: f"{names[0]}-{names[-1]}")
def test_bad_arguments_do_no_harm(names: list[str]) -> None:
    outcome = run_forked(lambda: _run_all(names), timeout_s=60)
    if outcome.kind == "raised":
        pytest.fail(outcome.message)
    if outcome.kind != "returned":  # which of them
        alone = {name: run_forked(lambda name=name: _run_all([name])) for name in names}
        pytest.fail(str({name: o for name, o in alone.items() if o.kind != "returned"} or outcome))
