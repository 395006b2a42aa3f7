# SPDX-License-Identifier: Apache-2.0
"""Rows of the operators that make and fill tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np

from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    SHAPES,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    calls,
    calls_on,
    error,
    of_each_shape,
    sample_values,
)


def _of_sizes(*further: Any) -> Samples:
    return calls(*(Sample((list(shape), *further), {"dtype": DTypeName()}) for shape in SHAPES))


def _of_limits(*limits: tuple[int, ...]) -> Samples:
    return calls(*(Sample(each, {"dtype": DTypeName()}) for each in limits))


def _full(size: Any, value: Any, *, dtype: str = "float32") -> Array:
    kind: Any = dtype if dtype in BOOL + INTEGERS else np.complex128 if dtype in COMPLEX else np.float64
    out = cast("Array", np.zeros(size, dtype=kind))
    out[...] = value
    return out


def _filled(value: Any) -> Callable[..., Array]:
    def reference(size: Any, *, dtype: str = "float32") -> Array:
        return _full(size, value, dtype=dtype)

    return reference


def _empty_strided(size: Any, stride: Any, *, dtype: str = "float32") -> Array:
    assert len(size) == len(stride)
    return _full(size, 0, dtype=dtype)


def _like(value: Any) -> Callable[..., Array]:
    def reference(x: Array) -> Array:
        return np.full(x.shape, value, dtype=x.dtype)

    return reference


def _full_like(x: Array, value: Any) -> Array:
    return np.full(x.shape, value, dtype=x.dtype)


def _range(*limits: Any, dtype: str) -> Array:
    return np.arange(*limits, dtype=dtype if dtype in INTEGERS else np.float64)


def _of_progressions(dtype: str) -> Iterator[Sample]:
    for size, start, step, end, num_from_start in (
        (5, 3, 2, 0, 5),
        (7, 0, 1, 6, 4),
        (600, 1, 0, 1, 300),
        (0, 0, 1, 0, 0),
    ):
        x = sample_values((size,), dtype)
        yield Sample((x, start, step, end, num_from_start))
        yield Sample((x, float(start), float(step), float(end), num_from_start))


def _progression(x: Array, start: float, step: float, end: float, num_from_start: int) -> Array:
    places = np.arange(len(x))
    values = np.where(places < num_from_start, start + places * step, end + (places - (len(x) - 1)) * step)
    return values.astype(x.dtype)


def _eye(n: int, m: int | None = None, *, dtype: str) -> Array:
    zeros = _full((n, n if m is None else m), 0, dtype=dtype)
    return zeros + np.eye(n, m).astype(zeros.dtype)


def _linspace(start: float, end: float, steps: int, *, dtype: str) -> Array:
    exact = dtype if dtype in INTEGERS else np.complex128 if dtype in COMPLEX else np.float64
    return np.linspace(start, end, steps).astype(exact)


def _new_of_sizes(*further: Any) -> Samples:
    return calls_on((3,), *((list(shape), *further) for shape in SHAPES))


def _new_full(x: Array, size: Any, value: Any) -> Array:
    return np.full(size, value if np.isscalar(value) else 0, dtype=x.dtype)


def _new_filled(value: Any) -> Callable[..., Array]:
    def reference(x: Array, size: Any) -> Array:
        return np.full(size, value, dtype=x.dtype)

    return reference


_OVERFLOW = "without overflow"
_NEGATIVE_NEW = (error(RuntimeError, "negative", sample_values((2,), "float32"), [-1]),)

ROWS = (
    OpRow(
        "empty",
        _of_sizes(),
        _filled(0),
        has_contents=False,
        errors=(
            error(RuntimeError, "negative", [-1]),
            error(OverflowError, "does not fit", [2**62, 2**62]),
        ),
    ),
    OpRow(
        "empty_strided",
        calls(
            Sample(([2, 3], [1, 2]), {"dtype": DTypeName()}),
            Sample(([2, 3], [0, 1]), {"dtype": DTypeName()}),
            Sample(([], []), {"dtype": DTypeName()}),
        ),
        _empty_strided,
        has_contents=False,
        errors=(error(RuntimeError, "negative stride", [2], [-1]),),
    ),
    OpRow("zeros", _of_sizes(), _filled(0)),
    OpRow("ones", _of_sizes(), _filled(1)),
    OpRow(
        "full",
        _of_sizes(1),
        _full,
        errors=(
            error(RuntimeError, _OVERFLOW, [2], 300, dtype=DTypeName("int8")),
            error(RuntimeError, _OVERFLOW, [2], 1j, dtype=DTypeName("float32")),
            error(RuntimeError, _OVERFLOW, [2], 1e5, dtype=DTypeName("float16")),
        ),
    ),
    OpRow("new_empty", _new_of_sizes(), _new_filled(0), has_contents=False, errors=_NEGATIVE_NEW),
    OpRow("new_zeros", _new_of_sizes(), _new_filled(0), errors=_NEGATIVE_NEW),
    OpRow("new_ones", _new_of_sizes(), _new_filled(1), errors=_NEGATIVE_NEW),
    OpRow("new_full", _new_of_sizes(1), _new_full),
    OpRow(
        "new_empty_strided",
        calls_on((3,), ([2, 3], [1, 2]), ([2, 3], [0, 1])),
        _new_full,
        has_contents=False,
        errors=(error(RuntimeError, "negative stride", sample_values((2,), "float32"), [2], [-1]),),
    ),
    OpRow("empty_like", of_each_shape(), _like(0), has_contents=False),
    OpRow("zeros_like", of_each_shape(), _like(0)),
    OpRow("ones_like", of_each_shape(), _like(1)),
    OpRow("full_like", of_each_shape(1), _full_like),
    OpRow(
        "arange",
        _of_limits((0,), (1,), (5,), (100,)),
        _range,
        dtypes=INTEGERS + HALVES + FLOATS,
        errors=(
            error(RuntimeError, "leads away", -1),
            error(RuntimeError, "must be finite", float("inf")),
        ),
    ),
    OpRow(
        "arange.start",
        _of_limits((1, 5), (2, 11, 3), (9, 0, -2), (4, 4)),
        _range,
        dtypes=INTEGERS + HALVES + FLOATS,
        errors=(error(RuntimeError, "must not be zero", 0, 5, 0),),
    ),
    OpRow(
        "eye",
        calls(
            *(Sample((n,), {"dtype": DTypeName()}) for n in (0, 1, 3)),
            *(Sample(each, {"dtype": DTypeName()}) for each in ((2, 5), (5, 2), (0, 3), (3, None))),
        ),
        _eye,
        errors=(error(RuntimeError, "sizes must not be negative", -1), error(RuntimeError, "negative", 2, -1)),
    ),
    OpRow(
        "linspace",
        _of_limits((0, 10, 5), (3, 3, 4), (100, 2, 8), (1, 2, 1), (1, 2, 0), (0, 120, 121)),
        _linspace,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        errors=(
            error(RuntimeError, "steps must not be negative", 0, 1, -1),
            error(RuntimeError, "need a complex dtype", 0, 1j, 3, dtype=DTypeName("float32")),
        ),
    ),
    OpRow(
        "_fill_progression_",
        _of_progressions,
        _progression,
        dtypes=INTEGERS + HALVES + FLOATS,
        layouts=("contiguous",),
        errors=(
            error(TypeError, "must be int, or all of them float", sample_values((3,), "float32"), 0, 1.0, 2, 3),
            error(TypeError, "must be int, or all of them float", sample_values((3,), "float32"), 1j, 1j, 2j, 3),
        ),
    ),
    OpRow(
        "fill_",
        of_each_shape(1),
        _full_like,
        differentiable=True,
        errors=(
            ErrorCase(Sample((sample_values((3,), "int8"), 300)), RuntimeError, _OVERFLOW, "int8"),
            error(RuntimeError, _OVERFLOW, sample_values((3,), "float32"), 1j),
        ),
    ),
    OpRow("zero_", of_each_shape(), _like(0), differentiable=True),
)
