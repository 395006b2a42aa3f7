# SPDX-License-Identifier: Apache-2.0
"""Basic indexing against NumPy: integers, slices, Ellipsis and None."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
from hypothesis import given, settings
from hypothesis import strategies as st


def indices(shape: tuple[int, ...]) -> st.SearchStrategy[Any]:
    def one(size: int) -> st.SearchStrategy[Any]:
        bound = st.one_of(st.none(), st.integers(-size - 3, size + 3))
        cut = st.builds(slice, bound, bound, st.one_of(st.none(), st.integers(1, 4)))
        return st.one_of(cut, st.integers(-size, size - 1)) if size else cut

    @st.composite
    def build(draw: st.DrawFn) -> Any:
        count = draw(st.integers(0, len(shape)))
        entries = [draw(one(size)) for size in shape[:count]]
        if draw(st.booleans()):
            kept = draw(st.integers(0, count))
            entries = [*entries[:kept], Ellipsis]
            tail = draw(st.integers(0, len(shape) - kept))
            entries += [draw(one(size)) for size in shape[len(shape) - tail :]]
        for _ in range(draw(st.integers(0, 2))):
            entries.insert(draw(st.integers(0, len(entries))), None)
        return entries[0] if len(entries) == 1 and draw(st.booleans()) else tuple(entries)

    return build()


cases = st.lists(st.integers(0, 5), max_size=4).map(tuple).flatmap(lambda s: st.tuples(st.just(s), indices(s)))


@settings(max_examples=1500)
@given(cases)
def test_reading_agrees_with_numpy(case: tuple[tuple[int, ...], Any]) -> None:
    shape, index = case
    array = np.arange(int(np.prod(shape))).reshape(shape)
    tensor = vt.tensor(array)
    result = tensor[index]
    assert tuple(result.shape) == array[index].shape
    assert result.tolist() == array[index].tolist()
    assert result._is_alias_of(tensor)


@settings(max_examples=800)
@given(cases)
def test_writing_agrees_with_numpy(case: tuple[tuple[int, ...], Any]) -> None:
    shape, index = case
    array = np.arange(int(np.prod(shape))).reshape(shape)
    tensor = vt.tensor(array)
    array[index] = -1
    tensor[index] = -1
    assert tensor.tolist() == array.tolist()


def test_writing_broadcasts_and_casts() -> None:
    tensor = vt.ops.zeros((2, 3), dtype=vt.int32)
    tensor[:, 1:] = vt.tensor([1.0, 2.0])
    assert tensor.tolist() == [[0, 1, 2], [0, 1, 2]]
    assert tensor.dtype is vt.int32


def test_writing_bumps_the_version() -> None:
    tensor = vt.ops.zeros((2, 3))
    before = tensor._version
    tensor[0] = 1
    assert tensor._version > before


def test_integers_of_other_kinds() -> None:
    tensor = vt.ops.arange(5)
    for index in [np.int64(3), np.uint8(3), vt.tensor(3), vt.tensor(3, dtype=vt.int8), 3]:
        assert tensor[index].item() == 3


def test_iteration_and_length() -> None:
    tensor = vt.ops.arange(6).reshape(3, 2)
    assert len(tensor) == 3
    assert [row.tolist() for row in tensor] == [[0, 1], [2, 3], [4, 5]]
    with pytest.raises(TypeError, match="0-d"):
        len(vt.tensor(1))
    with pytest.raises(TypeError, match="0-d"):
        iter(vt.tensor(1))


MAX = 2**63 - 1


@pytest.mark.parametrize(
    ("shape", "index"),
    [
        ((3,), 3),
        ((3,), -4),
        ((3,), MAX),
        ((3,), -MAX - 1),
        ((3,), 2**64),
        ((0,), 0),
        ((2, 3), (0, 3)),
        ((2, 3), (0, -4)),
        ((2, 3), (-3, 0)),
        ((2, 3), (0, 0, 0)),
        ((2, 3), (slice(None),) * 3),
        ((2, 3), (Ellipsis, 0, 0, 0)),
        ((2, 3), (Ellipsis, Ellipsis)),
        ((), 0),
        ((), (slice(None),)),
        ((), -1),
    ],
    ids=str,
)
def test_index_out_of_range_is_refused(shape: tuple[int, ...], index: Any) -> None:
    tensor = vt.ops.ones(shape)
    with pytest.raises(IndexError) as reading:
        tensor[index]
    with pytest.raises(IndexError):
        tensor[index] = 5
    assert str(reading.value)
    assert tensor.tolist() == vt.ops.ones(shape).tolist()


@pytest.mark.parametrize(
    "index", ["a", 1.0, 1j, object(), {}, b"x", slice("a"), slice(0.5, None), (0, "b"), vt.float32]
)
def test_index_of_a_wrong_type_is_refused(index: Any) -> None:
    tensor = vt.ops.ones((2, 3))
    with pytest.raises((TypeError, IndexError)):
        tensor[index]
    with pytest.raises((TypeError, IndexError)):
        tensor[index] = 5
    assert tensor.tolist() == [[1.0] * 3] * 2


@pytest.mark.parametrize("step", [0, -1, -MAX])
def test_slice_step_must_be_positive(step: int) -> None:
    with pytest.raises(ValueError, match="step"):
        vt.ops.arange(3)[::step]


@pytest.mark.parametrize(
    "cut", [slice(-MAX, MAX), slice(None, None, MAX), slice(2**70, None), slice(None, -(2**70)), slice(MAX, -MAX)]
)
def test_huge_slices_are_clamped(cut: slice) -> None:
    assert vt.ops.arange(3)[cut].tolist() == np.arange(3)[cut].tolist()


def test_write_of_a_wrong_shape_changes_nothing() -> None:
    tensor = vt.ops.zeros((2, 3))
    for value in [vt.ops.ones((4,)), vt.ops.ones((3, 3)), vt.ops.ones((2, 2))]:
        with pytest.raises(vt.ShapeError, match=r"\(2, 3\)|\[2, 3\]"):
            tensor[:] = value
    with pytest.raises(TypeError):
        tensor[0] = "x"
    assert tensor.tolist() == [[0.0] * 3] * 2


def test_items_cannot_be_deleted() -> None:
    tensor = vt.ops.zeros((2,))
    with pytest.raises(TypeError):
        del tensor[0]
