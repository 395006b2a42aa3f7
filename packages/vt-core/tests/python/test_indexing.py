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


def test_slice_step_must_not_be_zero() -> None:
    with pytest.raises(ValueError, match="step"):
        vt.ops.arange(3)[::0]


BACKWARDS: list[Any] = [
    np.s_[::-1],
    np.s_[::-2],
    np.s_[4:1:-1],
    np.s_[-2:-5:-2],
    np.s_[1:4:-1],
    np.s_[::-MAX],
    np.s_[2, ::-1],
    np.s_[::-1, 1],
    np.s_[..., ::-1],
    np.s_[::-1, None, ::-3],
    np.s_[1:, ::-2],
    np.s_[-1:-6:-2, :0:-1],
]


@pytest.mark.parametrize("key", BACKWARDS, ids=str)
def test_slices_backwards(key: Any) -> None:
    array = np.arange(30).reshape(5, 6)
    tensor = vt.from_numpy(array.copy())
    assert tensor[key].tolist() == array[key].tolist()
    written = array[key].shape
    for value in (7, np.arange(np.prod(written, dtype=int)).reshape(written), np.arange(written[-1])):
        expected, got = array.copy(), tensor.clone()
        expected[key] = value
        got[key] = value if isinstance(value, int) else vt.from_numpy(value.copy())
        assert got.tolist() == expected.tolist()


def test_slices_backwards_of_itself_and_in_place() -> None:
    x = vt.ops.arange(5)
    x[::-1] = x
    assert x.tolist() == [4, 3, 2, 1, 0]
    x[3::-2] += 10
    assert x.tolist() == [4, 13, 2, 11, 0]


def test_slices_backwards_beside_index_tensors_are_refused() -> None:
    x = vt.ops.ones((2, 3))
    with pytest.raises(ValueError, match="step must be greater than zero beside index tensors, got -1"):
        x[::-1, vt.tensor([0, 1])]


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


def advanced(shape: tuple[int, ...]) -> st.SearchStrategy[Any]:
    """Keys with one or more arrays or masks, beside each other or not; NumPy's and PyTorch's rules agree on them."""

    @st.composite
    def build(draw: st.DrawFn) -> Any:
        length = draw(st.integers(1, 3))
        entries: list[Any] = []
        for size in shape:
            kind = draw(st.sampled_from(["array", "slice", "mask", "list"]))
            if kind == "mask":
                count = draw(st.integers(0, 1))  # as many as arrays have, or one, which broadcasts
                chosen = draw(st.permutations(range(size)))[: length if count else 1]
                entries.append(np.isin(np.arange(size), chosen) if len(chosen) in (1, length) else slice(None))
            elif kind == "slice":
                entries.append(slice(draw(st.integers(0, size - 1)), None))
            else:
                values = draw(st.lists(st.integers(-size, size - 1), min_size=length, max_size=length))
                entries.append(np.array(values) if kind == "array" else values)
            if draw(st.integers(0, 5)) == 0:
                entries.append(None)
        return tuple(entries)

    return build()


advanced_cases = (
    st.lists(st.integers(3, 5), min_size=1, max_size=3).map(tuple).flatmap(lambda s: st.tuples(st.just(s), advanced(s)))
)


@settings(max_examples=600, deadline=None)
@given(advanced_cases)
def test_reading_by_arrays_agrees_with_numpy(case: tuple[tuple[int, ...], Any]) -> None:
    shape, key = case
    array = np.arange(int(np.prod(shape))).reshape(shape)
    result = vt.tensor(array)[key]
    assert tuple(result.shape) == array[key].shape
    assert result.tolist() == array[key].tolist()


@settings(max_examples=600, deadline=None)
@given(advanced_cases)
def test_writing_by_arrays_agrees_with_numpy(case: tuple[tuple[int, ...], Any]) -> None:
    shape, key = case
    array = np.arange(int(np.prod(shape))).reshape(shape)
    tensor = vt.tensor(array)
    values = np.arange(array[key].size).reshape(array[key].shape) * 10
    array[key] = values
    tensor[key] = values
    assert tensor.tolist() == array.tolist()
    array[key] = -1
    tensor[key] = -1
    assert tensor.tolist() == array.tolist()


@settings(max_examples=300, deadline=None)
@given(advanced_cases, st.integers(0, 2))
def test_reading_and_writing_agree_with_pytorch(case: tuple[tuple[int, ...], Any], place: int) -> None:
    torch = pytest.importorskip("torch")
    shape, key = case
    if len(key) > place and key[place] is not None:
        key = (*key[:place], 1, *key[place + 1 :])
    if not any(isinstance(entry, np.ndarray | list) for entry in key):
        return
    array = np.arange(int(np.prod(shape))).reshape(shape)
    theirs = torch.tensor(array)
    ours = vt.tensor(array)
    as_torch = tuple(torch.tensor(entry) if isinstance(entry, np.ndarray | list) else entry for entry in key)
    assert ours[key].tolist() == theirs[as_torch].tolist()
    ours[key] = vt.tensor(5.0)
    theirs[as_torch] = 5
    assert ours.tolist() == theirs.tolist()


def test_an_integer_is_a_view_first() -> None:
    torch = pytest.importorskip("torch")
    array = np.arange(24).reshape(2, 3, 4)
    rows = [0, 2]
    expected = torch.tensor(array)[1, :, rows]
    result = vt.tensor(array)[1, :, rows]
    assert tuple(result.shape) == tuple(expected.shape) == (3, 2)
    assert result.tolist() == expected.tolist()


@pytest.mark.parametrize("key", [True, False, (slice(None), True), np.True_, []])
def test_truth_values_and_empty_lists_agree_with_numpy(key: Any) -> None:
    array = np.arange(6).reshape(2, 3)
    result = vt.tensor(array)[key]
    expected = array[np.zeros(0, np.int64)] if isinstance(key, list) else array[key]
    assert tuple(result.shape) == expected.shape
    assert result.tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("key", "error", "match"),
    [
        ([3], IndexError, "index 3 is out of bounds for dimension 0 with size 3"),
        ((slice(None), [-5]), IndexError, "index -5 is out of bounds for dimension 1 with size 4"),
        ([0.5], IndexError, "must be integers or bool"),
        ("a", TypeError, "got str"),
        ([True, False], IndexError, "the mask has size 2 in dimension 0"),
        (([0, 1], [0, 1, 2]), IndexError, "cannot be broadcast"),
        (([0], [0], [0]), IndexError, "too many indices"),
    ],
)
def test_bad_keys_name_what_is_wrong_and_write_nothing(key: Any, error: type[Exception], match: str) -> None:
    tensor = vt.tensor(np.arange(12).reshape(3, 4))
    with pytest.raises(error, match=match):
        tensor[key]
    with pytest.raises(error, match=match):
        tensor[key] = 0
    assert tensor.tolist() == np.arange(12).reshape(3, 4).tolist()


def test_indices_out_of_range_name_op_index_and_bound_and_write_nothing() -> None:
    x = vt.tensor(np.zeros((2, 5)))
    index = vt.tensor([0, 7])
    for call in (
        lambda: vt.ops.index_select(x, 1, index),
        lambda: vt.ops.embedding(x.permute([1, 0]), index),
        lambda: x.gather(1, vt.tensor([[0, 7]])),
        lambda: x.scatter_(1, vt.tensor([[0, 7]]), 1.0),
        lambda: x.index_add_(1, index, x[:, :2] + 1),
        lambda: vt.ops.embedding_backward(vt.tensor(np.ones((2, 3))), index, 5),
    ):
        with pytest.raises(IndexError, match=r"\w+: index 7 is out of bounds for dimension \d with size 5"):
            call()
    with pytest.raises(IndexError, match="index -1 is out of bounds"):
        vt.ops.index_select(x, 1, vt.tensor([-1]))
    assert x.tolist() == np.zeros((2, 5)).tolist()


@pytest.mark.parametrize("place", [0, 511, 512, 1999, 40000])
def test_one_index_out_of_range_among_many_is_found(place: int) -> None:
    count = place + 1000
    x = vt.ops.zeros((7, count))
    index = vt.ops.zeros((1, count), dtype=vt.int64)
    index[0, place] = 7
    values = vt.ops.ones((1, count))
    for call in (
        lambda: x.gather(0, index),
        lambda: x.gather(0, index, out=values),
        lambda: x.scatter(0, index, values),
        lambda: x.scatter_(0, index, 1.0),
        lambda: x.scatter_add(0, index, values),
        lambda: x.scatter_add_(0, index, values),
        lambda: x.scatter_reduce(0, index, values, "amax"),
        lambda: x.scatter_reduce_(0, index, values, "amax"),
    ):
        with pytest.raises(IndexError, match="index 7 is out of bounds for dimension 0 with size 7"):
            call()
    assert not x.any()
    assert values.all()
