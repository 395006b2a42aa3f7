# SPDX-License-Identifier: Apache-2.0
"""Indices that are out of range, too many, of wrong kinds or sizes: reading and writing refuse them and change nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
from bad_calls import Bad, check

ops = vt.ops
MAX = 2**63 - 1


class Lying:
    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int) -> int:
        if index:
            raise IndexError(index)
        return 1


def recursive() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


def places(*numbers: Any, dtype: Any = None) -> vt.Tensor:
    return vt.tensor(list(numbers), dtype=dtype)


# Into sizes (2, 3); what the text of the error has to name besides.
INDICES: dict[str, tuple[Any, Any, tuple[str, ...]]] = {
    "above": (2, IndexError, ("2",)),
    "below": (-3, IndexError, ("-3",)),
    "above in the last place": ((0, 3), IndexError, ("3",)),
    "below in the last place": ((slice(None), -4), IndexError, ("-4",)),
    "above after an Ellipsis": ((..., 3), IndexError, ("3",)),
    "int64's largest": (MAX, IndexError, (str(MAX),)),
    "int64's least": (-MAX - 1, IndexError, (str(-MAX - 1),)),
    "beyond int64": (2**70, (IndexError, OverflowError), ()),
    "too many numbers": ((0, 0, 0), IndexError, ("3",)),
    "too many slices": ((slice(None),) * 3, IndexError, ("3",)),
    "too many with None among them": ((0, None, 0, 0), IndexError, ("3",)),
    "two Ellipses": ((..., ...), IndexError, ()),
    "step zero": (slice(None, None, 0), ValueError, ("zero",)),
    "slice of text": (slice("a", "b"), TypeError, ()),
    "slice of floats": (slice(0.0, 1.0), TypeError, ()),
    "a float": (1.5, (IndexError, TypeError), ()),
    "text": ("0", (IndexError, TypeError), ()),
    "a dict": ({}, (IndexError, TypeError), ()),
    "an object": (object(), (IndexError, TypeError), ()),
    "a list of text": (["0"], (IndexError, TypeError, ValueError), ()),
    "a list within itself": (recursive(), (IndexError, TypeError, ValueError), ()),
    "a list of other lengths": ([[0, 1], [0]], (IndexError, TypeError, ValueError), ()),
    "a list above": ([0, 2], IndexError, ("2",)),
    "a tensor above": (places(0, 2), IndexError, ("2",)),
    "a tensor below": (places(-3), IndexError, ("-3",)),
    "a tensor above in the last place": ((places(0), places(3)), IndexError, ("3",)),
    "a tensor of int64's largest": (places(MAX), IndexError, (str(MAX),)),
    "a tensor of floats": (places(0.0), IndexError, ("float32",)),
    "a tensor of complex numbers": (places(1j), IndexError, ("complex64",)),
    "too many tensors": ((places(0), places(0), places(0)), IndexError, ("3",)),
    "tensors that do not broadcast": ((places(0, 1), places(0, 1, 2)), IndexError, ("2", "3")),
    "a mask of another size": (places(True, False, True), IndexError, ("3", "2")),
    "a mask of another size in the last place": ((slice(None), places(True, False)), IndexError, ("2", "3")),
    "a mask of too many dimensions": (ops.ones((2, 3, 1), dtype=vt.bool), IndexError, ()),
    "a mask transposed": (ops.ones((3, 2), dtype=vt.bool), IndexError, ("3", "2")),
    "a list of bool of another size": ([True, False, True], IndexError, ("3", "2")),
    "masks that do not broadcast": (
        (places(True, True), places(True, True, True)),
        IndexError,
        ("2", "3"),
    ),
    "an array of floats": (np.zeros(2), (IndexError, TypeError), ()),
    "more dimensions than there may be": ((None,) * 70, (IndexError, ValueError, RuntimeError), ()),
}


@pytest.mark.parametrize("name", INDICES)
def test_a_bad_index_is_refused_in_reading(name: str) -> None:
    index, error, fragments = INDICES[name]
    check(Bad(lambda x: x[index], error, fragments))


@pytest.mark.parametrize("name", INDICES)
def test_a_bad_index_is_refused_in_writing_and_nothing_is_written(name: str) -> None:
    index, error, fragments = INDICES[name]
    check(Bad(lambda x: x.__setitem__(index, 9.0), error, fragments))


WRITES: dict[str, Bad] = {
    "value of other sizes": Bad(lambda x: x.__setitem__(0, ops.ones((4,))), RuntimeError, ("(4,)", "(3,)")),
    "value of more dimensions": Bad(lambda x: x.__setitem__(0, ops.ones((2, 1, 3))), RuntimeError, ("(2, 1, 3)",)),
    "value of other sizes at places": Bad(lambda x: x.__setitem__([0, 1], ops.ones((3, 3))), RuntimeError, ("(3, 3)",)),
    "value of other sizes under a mask": Bad(lambda x: x.__setitem__(x > 2, ops.ones((2,))), RuntimeError, ("2",)),
    "value that is text": Bad(lambda x: x.__setitem__(0, "1"), TypeError, ()),
    "value that is None": Bad(lambda x: x.__setitem__(0, None), TypeError, ()),
    "value that is complex": Bad(lambda x: x.__setitem__(0, 1j), RuntimeError, ()),
    "value that does not fit": Bad(
        lambda x: x.__setitem__(0, 300), RuntimeError, ("fill_", "int8"), lambda: (ops.zeros((2, 3), dtype=vt.int8),)
    ),
    "a lying sequence": Bad(lambda x: x.__setitem__(Lying(), 1.0), (IndexError, TypeError, ValueError), ()),
    "an item is deleted": Bad(lambda x: x.__delitem__(0), (TypeError, AttributeError), ()),
    "a 0-dim tensor": Bad(lambda x: x.__setitem__(0, 1.0), IndexError, (), lambda: (ops.zeros(()),)),
    "an expanded tensor": Bad(
        lambda x: x[:1].expand(4, 3).__setitem__(places(0, 2), ops.ones((2, 3))), RuntimeError, ("one address",)
    ),
    "iteration over a 0-dim tensor": Bad(lambda x: list(x), TypeError, ("0-d",), lambda: (ops.zeros(()),)),
    "length of a 0-dim tensor": Bad(lambda x: len(x), TypeError, ("0-d",), lambda: (ops.zeros(()),)),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_bad_write_is_refused_and_nothing_is_written(name: str) -> None:
    check(WRITES[name])
