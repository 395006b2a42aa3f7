# SPDX-License-Identifier: Apache-2.0
"""A pytest plugin: a session must end with no more tensors, storages and graph nodes alive than it began with.

    pytest -p vt_core.testing.live ...

All of them lie in blocks of host memory, which are counted once the tests are collected, when what the modules hold has been
made, and again after the last test. What is left fails that test, with a list. A session that has failed before is not
judged: the traceback of a test keeps what it had.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Generator
from types import FrameType

import pytest

import vt_core as vt
from vt_core import _C

__all__ = ["count", "describe_more"]

_MOST_LISTED = 20
_tensors_at_start: set[int] = set()
_count_at_start: dict[str, int] | None = None


def count() -> dict[str, int]:
    """Return how many blocks are in use of each size, how many blocks of data and nodes, and their bytes.

    Garbage is collected first. Exact while no other thread makes or drops anything.
    """
    while gc.collect():
        pass
    num_blocks, num_bytes = _C._count_live()  # pyright: ignore[reportPrivateUsage]
    small = _C._count_small_blocks()  # pyright: ignore[reportPrivateUsage]
    sizes = {f"blocks of {size} bytes": number for size, number in small.items()}
    return {**sizes, "blocks of data and nodes": num_blocks, "bytes in these": num_bytes}


def describe_more(before: dict[str, int], known: Collection[int] = ()) -> list[str]:
    """Return what is alive beyond `before`, one line each, and then the tensors that Python holds but for those `known` by id."""
    more = {what: number - before.get(what, 0) for what, number in count().items()}
    lines = [f"{number} more {what}" for what, number in more.items() if number > 0]
    if not lines:
        return []
    held = {number: each for number, each in _holders_of_tensors().items() if number not in known}
    lines += [_describe(*each) for each in list(held.values())[:_MOST_LISTED]]
    if len(held) > _MOST_LISTED:
        lines.append(f"and {len(held) - _MOST_LISTED} more tensors")
    return lines


def _holders_of_tensors() -> dict[int, tuple[vt.Tensor, list[object]]]:
    """Return the tensors that objects of Python refer to, and these, by the tensor's id. The collector knows no plain tensor."""
    found: dict[int, tuple[vt.Tensor, list[object]]] = {}
    for holder in gc.get_objects():
        if type(holder) is FrameType:
            continue
        for thing in gc.get_referents(holder):
            if issubclass(type(thing), vt.Tensor):
                found.setdefault(id(thing), (thing, []))[1].append(holder)
    return found


def _describe(tensor: vt.Tensor, holders: list[object]) -> str:
    names = ", ".join(sorted({_name(holder) for holder in holders}))
    return f"{type(tensor).__name__} {list(tensor.shape)} {tensor.dtype} on {tensor.device}, held by {names}"


def _name(holder: object) -> str:
    kind = type(holder).__name__
    if isinstance(holder, dict) and "__spec__" in holder:
        return f"module {holder['__name__']}"
    return kind


def pytest_collection_finish() -> None:
    """Count what is there before the first test."""
    global _count_at_start
    _count_at_start = count()
    _tensors_at_start.update(_holders_of_tensors())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """Judge what is left once the last test's fixtures, and those of the session, are torn down."""
    yield
    if nextitem is not None or item.session.testsfailed or _count_at_start is None:
        return
    if isinstance(item, pytest.Function):
        item.funcargs.clear()  # pytest drops them a moment later
    if lines := describe_more(_count_at_start, _tensors_at_start):
        pytest.fail("alive at the end of the session beyond its start:\n  " + "\n  ".join(lines), pytrace=False)
