# SPDX-License-Identifier: Apache-2.0
"""Random keys of every kind, read and written, and random programs of views, against NumPy and PyTorch.

NumPy lets an integer beside arrays count as an array; here, as in PyTorch, integers are applied first, as views. So NumPy is
asked in two steps: first everything that makes a view, then the arrays and masks on that view.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from hypothesis import given, settings
from hypothesis import strategies as st

# What arrays within one key have for their shapes: parts of one of these, which broadcast with each other.
BASES = ((2,), (3, 2), (2,), (1,), (3, 2), (2, 1), (0,))


@st.composite
def index_arrays(draw: st.DrawFn, size: int, base: tuple[int, ...]) -> Any:
    """Return an array of indices into a dimension of `size`, of a shape that broadcasts to `base`, or a nested list of it."""
    dims = draw(st.integers(0 if len(base) > 1 else 1, len(base)))
    shape = tuple(1 if draw(st.integers(0, 3)) == 0 else n for n in base[len(base) - dims :]) or (1,)
    count = math.prod(shape)
    values = draw(st.lists(st.integers(-size, size - 1), min_size=count, max_size=count)) if size else []
    if len(values) < count:
        return np.zeros((0,), np.int64)
    array = np.array(values, dtype=draw(st.sampled_from([np.int64, np.int32]))).reshape(shape)
    return array.tolist() if draw(st.integers(0, 3)) == 0 and count else array


@st.composite
def keys(draw: st.DrawFn, shape: tuple[int, ...]) -> tuple[Any, ...]:
    """Return a key for a tensor of `shape`: integers, slices, arrays, lists, masks, None, ... and truth values."""
    base = draw(st.sampled_from(BASES))
    entries: list[Any] = []
    dim = 0
    stop = len(shape) - draw(st.sampled_from([0, 0, 0, 1, 2]))
    while dim < stop:
        size = shape[dim]
        kind = draw(st.sampled_from(["array", "slice", "int", "array", "mask", "slice", "mask2"]))
        if kind == "int" and size:
            entries.append(draw(st.integers(-size, size - 1)))
        elif kind == "array":
            entries.append(draw(index_arrays(size, base)))
        elif kind == "mask" or (kind == "mask2" and dim + 1 < stop):
            covered = shape[dim : dim + (2 if kind == "mask2" else 1)]
            count = math.prod(covered)
            bits = draw(st.lists(st.booleans(), min_size=count, max_size=count))
            mask = np.array(bits, dtype=np.bool_).reshape(covered)
            entries.append(mask.tolist() if draw(st.integers(0, 3)) == 0 and count else mask)
            dim += len(covered) - 1
        else:
            bound = st.one_of(st.none(), st.integers(-size - 2, size + 2))
            entries.append(slice(draw(bound), draw(bound), draw(st.sampled_from([None, 1, 2, 3]))))
        dim += 1
    if draw(st.booleans()):
        # What stands behind the dots has to fit the last dimensions: only integers and slices are moved there.
        place = draw(st.integers(0, len(entries)))
        if all(isinstance(e, (int, slice)) for e in entries[place:]):
            tail = shape[len(shape) - len(entries[place:]) :] if entries[place:] else ()
            fitted = [
                e if isinstance(e, slice) or -n <= e < n else slice(None)
                for e, n in zip(entries[place:], tail, strict=True)
            ]
            entries = [*entries[:place], Ellipsis, *fitted]
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        extra = draw(st.sampled_from([None, None, None, True, False]))
        entries.insert(draw(st.integers(0, len(entries))), extra)
    return tuple(entries)


shapes = st.lists(st.sampled_from([3, 2, 4, 1, 3, 2, 0]), max_size=4).map(tuple)
cases = shapes.flatmap(lambda shape: st.tuples(st.just(shape), keys(shape)))


def is_advanced(entry: Any) -> bool:
    return isinstance(entry, (np.ndarray, list, bool))


def as_array(entry: Any) -> np.ndarray[Any, Any]:
    array = np.asarray(entry)
    return array.astype(np.int64) if array.dtype.kind == "f" else array  # an empty list


def split(key: tuple[Any, ...], ndim: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the part of a key that makes a view, and the part that indexes the view by arrays."""
    consumed = sum(
        0
        if e is None or e is Ellipsis or isinstance(e, bool)
        else as_array(e).ndim
        if is_advanced(e) and as_array(e).dtype == np.bool_
        else 1
        for e in key
    )
    basic: list[Any] = []
    advanced: list[Any] = []
    for entry in key:
        if entry is Ellipsis:
            basic += [slice(None)] * (ndim - consumed)
            advanced += [slice(None)] * (ndim - consumed)
        elif isinstance(entry, bool):
            basic.append(None)
            advanced.append(np.array([entry]))
        elif is_advanced(entry):
            array = as_array(entry)
            basic += [slice(None)] * (array.ndim if array.dtype == np.bool_ else 1)
            advanced.append(array)
        else:
            basic.append(entry)
            if not isinstance(entry, int):
                advanced.append(slice(None))
    return tuple(basic), tuple(advanced)


def values_of(shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    return np.arange(math.prod(shape), dtype=np.int64).reshape(shape)


def numpy_view(array: np.ndarray[Any, Any], key: tuple[Any, ...]) -> tuple[np.ndarray[Any, Any], tuple[Any, ...]]:
    basic, advanced = split(key, array.ndim)
    return array[(*basic, ...)], advanced


def for_torch(key: tuple[Any, ...], torch: Any) -> tuple[Any, ...]:
    return tuple(torch.from_numpy(as_array(e)) if isinstance(e, (np.ndarray, list)) else e for e in key)


def outcome(call: Any) -> Any:
    """Return what a call gives, or IndexError when it raises that; other exceptions fail the test."""
    try:
        return call()
    except IndexError:
        return IndexError


@settings(max_examples=600, deadline=None)
@given(cases)
def test_reads_agree_with_numpy(case: tuple[tuple[int, ...], tuple[Any, ...]]) -> None:
    shape, key = case
    array = values_of(shape)
    view, advanced = numpy_view(array, key)
    expected = outcome(lambda: view[advanced])
    result = outcome(lambda: vt.tensor(array)[key])
    if expected is IndexError or result is IndexError:
        assert expected is result
        return
    assert tuple(result.shape) == expected.shape
    assert result.tolist() == expected.tolist()


@settings(max_examples=400, deadline=None)
@given(cases)
def test_reads_agree_with_pytorch(case: tuple[tuple[int, ...], tuple[Any, ...]]) -> None:
    torch = pytest.importorskip("torch")
    shape, key = case
    array = values_of(shape)
    expected = outcome(lambda: torch.from_numpy(array)[for_torch(key, torch)])
    result = outcome(lambda: vt.tensor(array)[key])
    if expected is IndexError or result is IndexError:
        assert expected is result
        return
    assert tuple(result.shape) == tuple(expected.shape)
    assert result.tolist() == expected.tolist()
    assert result._is_alias_of(vt.tensor(array)) is False


@st.composite
def written_values(draw: st.DrawFn, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """Return values of a shape that broadcasts to `shape`."""
    dims = draw(st.integers(0, len(shape)))
    part = tuple(1 if draw(st.integers(0, 2)) == 0 else n for n in shape[len(shape) - dims :])
    return -1 - np.arange(math.prod(part), dtype=np.int64).reshape(part)


@settings(max_examples=600, deadline=None)
@given(cases, st.data())
def test_writes_agree_with_numpy(case: tuple[tuple[int, ...], tuple[Any, ...]], data: st.DataObject) -> None:
    shape, key = case
    array = values_of(shape)
    tensor = vt.tensor(array)
    view, advanced = numpy_view(array, key)
    met = outcome(lambda: view[advanced].shape)
    values = data.draw(written_values(() if met is IndexError else met))

    def write() -> None:
        tensor[key] = vt.tensor(values)

    failed = outcome(write) is IndexError
    assert failed == (met is IndexError)
    if not failed:
        view[advanced] = values  # of several values for one element the last one stays, in both
    assert tensor.tolist() == array.tolist()


@settings(max_examples=300, deadline=None)
@given(cases, st.data())
def test_accumulating_writes_agree_with_numpy(
    case: tuple[tuple[int, ...], tuple[Any, ...]], data: st.DataObject
) -> None:
    shape, key = case
    array = values_of(shape)
    view, advanced = numpy_view(array, key)
    indices = [None if isinstance(e, slice) else vt.tensor(e) for e in advanced]
    met = outcome(lambda: view[advanced].shape)
    if met is IndexError or all(index is None for index in indices):
        return
    values = data.draw(written_values(met))
    tensor = vt.tensor(view.copy())
    vt.ops.index_put_(tensor, indices, vt.tensor(values), True)
    expected = view.copy()
    np.add.at(expected, advanced, values)
    assert tensor.tolist() == expected.tolist()


@settings(max_examples=200, deadline=None)
@given(cases, st.sampled_from([-1, 1]), st.data())
def test_an_index_out_of_range_writes_nothing(
    case: tuple[tuple[int, ...], tuple[Any, ...]], side: int, data: st.DataObject
) -> None:
    shape, key = case
    places = [i for i, e in enumerate(key) if isinstance(e, np.ndarray) and e.dtype != np.bool_ and e.size]
    array = values_of(shape)
    view, advanced = numpy_view(array, key)
    met = outcome(lambda: view[advanced].size)
    if not places or met is IndexError or met == 0:
        return
    place = data.draw(st.sampled_from(places))
    dim = sum(
        as_array(e).ndim if is_advanced(e) and as_array(e).dtype == np.bool_ else e is not None for e in key[:place]
    )
    if Ellipsis in [e for e in key[:place] if not isinstance(e, (np.ndarray, list))]:
        return
    dim -= sum(isinstance(e, bool) for e in key[:place])
    bad = key[place].copy()
    bad.reshape(-1)[data.draw(st.integers(0, bad.size - 1))] = shape[dim] if side > 0 else -shape[dim] - 1
    tensor = vt.tensor(array)
    wrong = (*key[:place], bad, *key[place + 1 :])
    with pytest.raises(IndexError, match="out of bounds"):
        tensor[wrong]
    with pytest.raises(IndexError, match="out of bounds"):
        tensor[wrong] = 0
    assert tensor.tolist() == array.tolist()


# One step of a program of views: a name and the arguments, drawn for the sizes at hand.
STEPS = (
    "as_strided",
    "diagonal",
    "expand",
    "flatten",
    "index",
    "narrow",
    "permute",
    "reshape",
    "select",
    "squeeze",
    "transpose",
    "unfold",
    "unsqueeze",
    "view",
    "write",
)


@st.composite
def factored(draw: st.DrawFn, numel: int) -> list[int]:
    """Return sizes whose product is `numel`."""
    if numel == 0:
        return draw(st.sampled_from([[0], [0, 2], [3, 0], [0, -1] if draw(st.booleans()) else [1, 0]]))
    sizes = []
    while numel > 1:
        size = draw(st.sampled_from([d for d in range(2, numel + 1) if numel % d == 0]))
        sizes.append(size)
        numel //= size
    for _ in range(draw(st.integers(0, 1))):
        sizes.insert(draw(st.integers(0, len(sizes))), 1)
    if sizes and draw(st.booleans()):
        sizes[draw(st.integers(0, len(sizes) - 1))] = -1
    return sizes


@st.composite
def arguments(draw: st.DrawFn, step: str, shape: tuple[int, ...], storage: int) -> tuple[Any, ...] | None:
    """Return arguments for a step, or None when it does not apply."""
    ndim = len(shape)
    if step in ("reshape", "view"):
        return (draw(factored(math.prod(shape))),)
    if step == "unsqueeze":
        return (draw(st.integers(-ndim - 1, ndim)),) if ndim < 6 else None
    if step == "as_strided":
        sizes = draw(st.lists(st.integers(0, 3), max_size=3))
        strides = draw(st.lists(st.integers(0, 5), min_size=len(sizes), max_size=len(sizes)))
        return sizes, strides, draw(st.integers(0, max(storage, 1)))  # not always within the storage
    if step == "expand":
        lead = draw(st.lists(st.integers(0, 2), max_size=1)) if ndim < 5 else []
        return (
            [*lead, *(draw(st.sampled_from([2, 3, -1])) if n == 1 else draw(st.sampled_from([n, -1])) for n in shape)],
        )
    if step == "flatten":
        return ()
    if step == "squeeze":
        return (draw(st.integers(-ndim, ndim - 1)),) if ndim and draw(st.booleans()) else ()
    if ndim == 0:
        return None
    dim = draw(st.integers(-ndim, ndim - 1))
    size = shape[dim]
    if step == "permute":
        return (list(draw(st.permutations(range(ndim)))),)
    if step == "transpose":
        return dim, draw(st.integers(-ndim, ndim - 1))
    if step == "select":
        return dim, draw(st.integers(-size - 1, size))  # not always within the dimension
    if step == "narrow":
        start = draw(st.integers(-size, size))
        return dim, start, draw(st.integers(0, size + 1))
    if step == "unfold":
        return (dim, draw(st.integers(0, size + 1)), draw(st.integers(1, 3))) if ndim < 6 else None
    if step == "diagonal":
        return (draw(st.integers(-2, 2)), dim, draw(st.integers(-ndim, ndim - 1)))
    return None


def lies_as(result: Any, expected: Any) -> bool:
    """Whether two tensors begin at one place of their storage and walk it alike."""
    if expected.numel() == 0:
        return True
    walks = [[(n, s) for n, s in zip(t.shape, t.stride(), strict=True) if n > 1] for t in (result, expected)]
    return walks[0] == walks[1] and result.storage_offset() == expected.storage_offset()


@settings(max_examples=400, deadline=None)
@given(st.lists(st.integers(1, 4), max_size=3).map(tuple), st.data())
def test_programs_of_views_agree_with_pytorch(shape: tuple[int, ...], data: st.DataObject) -> None:
    torch = pytest.importorskip("torch")
    array = values_of(shape)
    theirs = their_base = torch.from_numpy(array.copy())
    ours = our_base = vt.tensor(array)
    for step in data.draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=6)):
        if step == "write":
            number = data.draw(st.integers(1, 99))
            refusals = []
            for write in (lambda: theirs.add_(number), lambda: ours.add_(number)):  # noqa: B023
                try:
                    write()
                    refusals.append(False)
                except RuntimeError:
                    refusals.append(True)
            assert refusals[0] == refusals[1], (tuple(theirs.shape), theirs.stride())
            assert our_base.tolist() == their_base.tolist()
            continue
        if step == "index":
            args: tuple[Any, ...] | None = (slice(None, None, data.draw(st.integers(1, 3))),) if theirs.dim() else None
            step = "__getitem__"
        else:
            args = data.draw(arguments(step, tuple(theirs.shape), math.prod(shape)))
        if args is None:
            continue
        error: type[Exception] | None = None
        try:
            expected = getattr(theirs, step)(*args)
        except Exception as raised:  # whatever PyTorch raises, ours is of that class
            error = type(raised)
        if error:
            with pytest.raises(error):
                getattr(ours, step)(*args)
            continue
        result = getattr(ours, step)(*args)
        assert tuple(result.shape) == tuple(expected.shape)
        assert result.tolist() == expected.tolist()
        is_view = expected.untyped_storage().data_ptr() == theirs.untyped_storage().data_ptr()
        if expected.numel():
            assert result._is_alias_of(ours) == is_view
        assert lies_as(result, expected) or not is_view, (step, args, result.stride(), expected.stride())
        theirs, ours = expected, result
        if not is_view:
            their_base, our_base = theirs, ours
            shape = tuple(theirs.shape)
    assert our_base.tolist() == their_base.tolist()
