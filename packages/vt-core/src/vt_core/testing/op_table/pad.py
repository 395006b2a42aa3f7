# SPDX-License-Identifier: Apache-2.0
"""Rows of padding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    COMPLEX,
    FLOATS,
    HALVES,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    error,
    sample_values,
)

_MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}

# Sizes and padding in any number of dimensions.
_CONSTANT: tuple[tuple[tuple[int, ...], list[int]], ...] = (
    ((), []),
    ((3,), [1, 2]),
    ((3,), [0, 0]),
    ((2, 3), [2, 0, 1, 1]),
    ((2, 3), [0, 0, 1, 2]),
    ((2, 0), [1, 1]),
    ((0, 3), [1, 1]),
    ((0, 3), [0, 0, 2, 0]),
    ((2, 5), [-1, -2]),
    ((2, 5), [-2, 4, 3, -1]),
    ((2, 5), [-2, -3]),
    ((2, 3, 2, 2), [1, 0, 0, 0, 0, 1]),
    ((2, 2, 3, 2), [1, 1, 0, 1, 1, 0, 0, 2]),
    ((3, 2, 200), [1, 1, 1, 1]),
)

# Sizes and padding in the last one to three dimensions.
_EDGES: tuple[tuple[tuple[int, ...], list[int]], ...] = (
    ((2, 3), [1, 2]),
    ((2, 3, 4), [0, 3]),
    ((0, 2, 3), [1, 1]),
    ((1, 2, 300), [200, 1]),
    ((2, 3, 4), [1, 1, 2, 1]),
    ((2, 1, 3, 4), [2, 0, 0, 2]),
    ((2, 3, 2, 4), [1, 2, 1, 0, 2, 1]),
    ((2, 2, 2, 2, 2), [1, 1, 1, 0, 0, 1]),
)
# With elements taken away at one end or both.
_CROPPED: tuple[tuple[tuple[int, ...], list[int]], ...] = (
    ((2, 5), [-1, 2]),
    ((2, 5), [2, -1]),
    ((2, 5), [-2, -1]),
    ((2, 3, 4), [-1, 2, 1, -1]),
)


def _constant_pad(x: Array, pad: list[int], value: float = 0) -> Array:
    lead = x.ndim - len(pad) // 2
    pairs = [(0, 0)] * lead + list(zip(pad[::2], pad[1::2], strict=True))[::-1]
    kept = x[tuple(slice(max(-a, 0), n - max(-b, 0)) for n, (a, b) in zip(x.shape, pairs, strict=True))]
    out = np.full([n + max(a, 0) + max(b, 0) for n, (a, b) in zip(kept.shape, pairs, strict=True)], value, x.dtype)
    out[tuple(slice(max(a, 0), max(a, 0) + n) for n, (a, _) in zip(kept.shape, pairs, strict=True))] = kept
    return out


def _sources(size: int, before: int, after: int, mode: str) -> Array:
    """The element that each position repeats."""
    if mode == "circular":
        kept = np.arange(size)[max(-before, 0) : size - max(-after, 0)]
        return np.pad(kept, (max(before, 0), max(after, 0)), mode="wrap")
    # Padding of the whole first, then what is dropped: a dropped edge is still what the other end mirrors.
    wide = np.pad(np.arange(size), (max(before, 0), max(after, 0)), mode=_MODES[mode])  # pyright: ignore
    return wide[max(-before, 0) : len(wide) - max(-after, 0)]


def _edges(x: Array, pad: list[int], mode: str) -> Array:
    for k in range(len(pad) // 2):
        dim = x.ndim - 1 - k
        x = np.take(x, _sources(x.shape[dim], pad[2 * k], pad[2 * k + 1], mode), axis=dim)
    return x


def _edges_backward(grad: Array, input_size: list[int], pad: list[int], mode: str) -> Array:
    for k in range(len(pad) // 2):
        dim = grad.ndim - 1 - k
        sources = _sources(input_size[dim], pad[2 * k], pad[2 * k + 1], mode)
        sums = np.zeros((input_size[dim], *np.moveaxis(grad, dim, 0).shape[1:]), grad.dtype)
        np.add.at(sums, sources, np.moveaxis(grad, dim, 0))
        grad = np.moveaxis(sums, 0, dim)
    return grad


def _pad(x: Array, pad: list[int], mode: str = "constant", value: float | None = None) -> Array:
    return _constant_pad(x, pad, value or 0) if mode == "constant" else _edges(x, pad, mode)


def _constant_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, pad) in enumerate(_CONSTANT):
        yield Sample((sample_values(shape, dtype, seed), pad, seed % 3))


def _edge_cases(cropped: bool) -> Iterator[tuple[tuple[int, ...], list[int], str]]:
    for mode in _MODES:
        for shape, pad in _EDGES:
            sizes = list(reversed(shape))
            if mode == "reflect" and any(max(pad[2 * k : 2 * k + 2]) >= sizes[k] for k in range(len(pad) // 2)):
                continue
            yield shape, pad, mode
        if mode != "circular" or cropped:
            for shape, pad in _CROPPED:
                yield shape, pad, mode


def _edge_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, pad, mode) in enumerate(_edge_cases(cropped=False)):
        yield Sample((sample_values(shape, dtype, seed), pad, mode))


def _backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, pad, mode) in enumerate(_edge_cases(cropped=False)):
        padded = _edges(np.zeros(shape), pad, mode).shape
        yield Sample((sample_values(padded, dtype, seed), list(shape), pad, mode))


def _pad_samples(dtype: str) -> Iterator[Sample]:
    for seed, (shape, pad) in enumerate(_CONSTANT):
        yield Sample((sample_values(shape, dtype, seed), pad))
    yield Sample((sample_values((2, 3), dtype), [1, 1]), {"value": 2.0})
    yield Sample((sample_values((2, 3), dtype), [1, 1], "constant", None))
    for seed, (shape, pad, mode) in enumerate(_edge_cases(cropped=True)):
        yield Sample((sample_values(shape, dtype, seed), pad, mode))


_X = sample_values((2, 3), "float32")
_HUGE = 2**62


def _shape_errors(*mode: str) -> tuple[ErrorCase, ...]:
    return (
        error(RuntimeError, "two numbers per dimension: got 1", _X, [1], *mode),
        error(RuntimeError, "at most two numbers per dimension: got 6 for 2", _X, [1] * 6, *mode),
    )


def _edge_errors(*between: Any) -> tuple[ErrorCase, ...]:
    def case(kind: type[Exception], match: str, shape: tuple[int, ...], pad: list[int], mode: str) -> ErrorCase:
        return error(kind, match, sample_values(shape, "float32"), *between, pad, mode)

    return (
        case(NotImplementedError, "unknown mode: got 'mirror'", (2, 3), [1, 1], "mirror"),
        case(NotImplementedError, "pads the last 1, 2 or 3", (3,), [1, 1], "reflect"),
        case(NotImplementedError, "pads the last 1, 2 or 3", (2, 3), [], "replicate"),
        case(NotImplementedError, "pads the last 1, 2 or 3", (2, 2, 2, 3), [1, 1], "circular"),
        case(RuntimeError, "reflected padding must be less than", (2, 3), [3, 0], "reflect"),
        case(RuntimeError, "circular padding must be from 0 to", (2, 3), [0, 4], "circular"),
        case(RuntimeError, "sizes behind the batch must not be zero", (2, 0), [1, 1], "replicate"),
        case(RuntimeError, "nothing is left", (2, 3), [-2, -1], "replicate"),
        case(RuntimeError, "nothing is left", (2, 3), [-(2**62), 2], "reflect"),
        case(RuntimeError, "do not fit in 64 bits", (2, 3), [2**62, 2**62], "replicate"),
    )


ROWS: tuple[OpRow, ...] = (
    OpRow(
        "constant_pad_nd",
        _constant_samples,
        _constant_pad,
        dtypes=ALL_DTYPES,
        differentiable=True,
        errors=(
            *_shape_errors(),
            error(RuntimeError, "nothing is left", _X, [-2, -2]),
            error(RuntimeError, "nothing is left", _X, [-4, 5]),
            error(RuntimeError, "do not fit in 64 bits", _X, [_HUGE, _HUGE]),
            ErrorCase(Sample((_X.astype(np.uint8), [1, 1], 300)), RuntimeError, "cannot be converted", "uint8"),
        ),
    ),
    OpRow(
        "native_pad",
        _edge_samples,
        _edges,
        dtypes=ALL_DTYPES,
        differentiable=True,
        errors=(*_edge_errors(), error(RuntimeError, "circular padding must be from 0", _X, [-1, 2], "circular")),
    ),
    OpRow(
        "native_pad_backward",
        _backward_samples,
        _edges_backward,
        dtypes=HALVES + FLOATS + COMPLEX,
        differentiable=True,
        errors=(
            error(RuntimeError, "grad must have the sizes of the padded input", _X, [2, 3], [1, 1], "replicate"),
            error(ValueError, "sizes must not be negative", _X, [-2, 3], [1, 1], "replicate"),
        ),
    ),
    OpRow(
        "pad",
        _pad_samples,
        _pad,
        dtypes=ALL_DTYPES,
        differentiable=True,
        errors=(
            *_shape_errors(),
            *_edge_errors(),
            error(RuntimeError, "mode 'reflect' takes no value", _X, [1, 1], "reflect", 1.0),
            error(RuntimeError, "circular padding must be from 0 to", _X, [-3, 2], "circular"),
        ),
    ),
)
