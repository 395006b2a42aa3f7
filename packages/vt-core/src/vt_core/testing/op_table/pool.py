# SPDX-License-Identifier: Apache-2.0
"""Rows of pooling: references that look at one window after the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    FLOATS,
    HALVES,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    sample_values,
)

_REAL = HALVES + FLOATS
_ORDERED = ("uint8", "int8", "int16", "int32", "int64", *_REAL)

# Of each dimension, the positions of its windows.
Windows = list[list[Array]]


def _each(values: Sequence[int] | int | None, rank: int) -> list[int]:
    values = [values] if isinstance(values, int) else list(values or [])
    return values * rank if len(values) == 1 else values


def _regular(
    sizes: Sequence[int], kernel: Any, stride: Any, padding: Any, dilation: Any, ceil: bool
) -> tuple[Windows, list[list[int]]]:
    """Windows, and in how many positions each lies, those of the padding included."""
    rank = len(sizes)
    kernel = _each(kernel, rank)
    windows: Windows = []
    counts: list[list[int]] = []
    for size, k, s, p, d in zip(
        sizes, kernel, _each(stride, rank) or kernel, _each(padding, rank), _each(dilation, rank), strict=True
    ):
        room = size + 2 * p - d * (k - 1) - 1
        num = (-(-room // s) if ceil else room // s) + 1
        if ceil and (num - 1) * s >= size + p:
            num -= 1
        starts = [o * s - p for o in range(num)]
        windows.append([np.array([i for i in range(b, b + d * k, d) if 0 <= i < size]) for b in starts])
        counts.append([min(b + k, size + p) - b for b in starts])
    return windows, counts


def _adaptive(sizes: Sequence[int], output: Any) -> Windows:
    return [
        [np.arange(o * size // out, -(-(o + 1) * size // out)) for o in range(out)]
        for size, out in zip(sizes, _each(output, len(sizes)), strict=True)
    ]


def _each_window(windows: Windows) -> Iterator[tuple[tuple[int, ...], tuple[Array, ...]]]:
    for at in itertools.product(*(range(len(w)) for w in windows)):
        yield at, tuple(w[o] for w, o in zip(windows, at, strict=True))


def _within(x: Array, places: tuple[Array, ...]) -> Array:
    """What a window sees of each plane, in one dimension after those before the pooled ones."""
    for d, place in enumerate(places):
        x = np.take(x, place, axis=x.ndim - len(places) + d)
    lead = x.shape[: x.ndim - len(places)]
    return x.reshape(*lead, _product(map(len, places)))


def _lead(x: Array, windows: Windows) -> tuple[int, ...]:
    return x.shape[: x.ndim - len(windows)]


def _max(x: Array, windows: Windows) -> tuple[Array, Array]:
    lead, sizes = _lead(x, windows), x.shape[x.ndim - len(windows) :]
    out = np.empty((*lead, *map(len, windows)), x.dtype)
    indices = np.empty(out.shape, np.int64)
    for at, places in _each_window(windows):
        seen = _within(x, places)
        flat = np.ravel_multi_index(np.meshgrid(*places, indexing="ij"), sizes).ravel()
        best = seen.argmax(axis=-1)  # the first of equal ones, and of NaN
        last_nan = seen.shape[-1] - 1 - np.isnan(seen)[..., ::-1].argmax(axis=-1)
        best = np.where(np.isnan(seen).any(axis=-1), last_nan, best)
        out[(..., *at)] = np.take_along_axis(seen, best[..., None], -1)[..., 0]
        indices[(..., *at)] = flat[best]
    return out, indices


def _mean(x: Array, windows: Windows, divisors: Callable[[tuple[int, ...]], int]) -> Array:
    out = np.empty((*_lead(x, windows), *map(len, windows)), x.dtype)
    for at, places in _each_window(windows):
        quotient = _within(x, places).sum(-1) / divisors(at)
        out[(..., *at)] = np.trunc(quotient) if x.dtype.kind in "iu" else quotient
    return out


def _product(numbers: Any) -> int:
    return int(np.prod(list(numbers), dtype=np.int64))


def _spread(grad: Array, sizes: list[int], windows: Windows, divisors: Callable[[tuple[int, ...]], int]) -> Array:
    out = np.zeros(sizes, grad.dtype)
    for at, places in _each_window(windows):
        out[(..., *np.ix_(*places))] += (grad[(..., *at)] / divisors(at))[(..., *(None,) * len(places))]
    return out


def _scatter(values: Array, indices: Array, sizes: Sequence[int], rank: int, *, add: bool) -> Array:
    out = np.zeros(sizes, values.dtype)
    lead = values.shape[: values.ndim - rank]
    planes = out.reshape(*lead, -1) if out.size else out.reshape(*lead, 0)
    for plane in np.ndindex(*lead):
        if add:
            np.add.at(planes[plane], indices[plane].ravel(), values[plane].ravel())
        else:
            for index, value in zip(indices[plane].ravel(), values[plane].ravel(), strict=True):
                planes[plane][index] = value
    return out


def _regular_divisor(counts: list[list[int]], windows: Windows, include_pad: bool, fixed: int | None) -> Any:
    def divisor(at: tuple[int, ...]) -> int:
        if fixed is not None:
            return fixed
        lengths = counts if include_pad else [[len(w) for w in dim] for dim in windows]
        return _product(length[o] for length, o in zip(lengths, at, strict=True))

    return divisor


def _adaptive_divisor(windows: Windows) -> Any:
    return lambda at: _product(len(w[o]) for w, o in zip(windows, at, strict=True))


# Calls on (sizes, kernel, stride, padding, dilation, ceil_mode); the rank is that of the kernel.
_REGULAR: tuple[tuple[Any, ...], ...] = (
    ((2, 7), [2], None, [0], [1], False),
    ((1, 2, 8), [3], [2], [1], [1], False),
    ((1, 2, 5), [2], [1], [1], [2], True),
    ((0, 2, 5), [2], [1], [0], [1], False),
    ((2, 4, 5), [2, 2], None, [0, 0], [1, 1], False),
    ((1, 2, 5, 6), [3, 2], [2, 1], [1, 0], [1, 2], True),
    ((1, 1, 4, 4), [3, 3], [1, 1], [1, 1], [1, 1], False),
    ((2, 2, 9, 300), [2, 3], [2, 2], [1, 1], [1, 1], True),
    ((1, 3, 13, 70), [3, 5], [3, 3], [1, 2], [1, 1], False),
    ((2, 3, 2, 4), [2, 1, 2], None, [1, 0, 1], [1, 1, 1], True),
    ((1, 2, 3, 4, 5), [2, 2, 3], [1, 2, 1], [0, 1, 1], [1, 1, 2], False),
)
_ADAPTIVE: tuple[tuple[tuple[int, ...], list[int]], ...] = (
    ((2, 7), [3]),
    ((1, 2, 6), [3]),
    ((2, 3), [5]),
    ((2, 5, 6), [2, 3]),
    ((2, 1, 4, 5), [4, 2]),
    ((0, 2, 4, 5), [1, 2]),
    ((1, 2, 4, 5), [0, 2]),
    ((1, 2, 30, 70), [7, 9]),
    ((2, 3, 2, 4), [2, 1, 3]),
)
# Sizes, kernel, output size; the number of steps is no multiple of 8, so that no window of `_samples` lies on an edge.
_FRACTIONAL: tuple[tuple[tuple[int, ...], list[int], list[int]], ...] = (
    ((2, 5, 6), [2, 2], [3, 2]),
    ((2, 1, 4, 5), [1, 2], [1, 4]),
    ((0, 2, 4, 5), [2, 2], [2, 2]),
    ((1, 2, 9, 8), [3, 2], [4, 3]),
    ((1, 3, 4, 3), [1, 2, 2], [2, 3, 2]),
)


def _regular_windows(call: tuple[Any, ...]) -> Windows:
    sizes, kernel, stride, padding, dilation, ceil = call
    return _regular(sizes[len(sizes) - len(kernel) :], kernel, stride, padding, dilation, ceil)[0]


def _max_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, *window) in enumerate(_REGULAR):
        yield Sample((sample_values(sizes, dtype, seed), *window, True))
    if dtype in _REAL and dtype != "float64":  # NaN and infinity have no differences
        x = sample_values((2, 9), dtype)
        x[:, ::3] = np.nan
        x[1, 4:] = -np.inf
        yield Sample((x, [3], [1], [1], [1], False, True))
    if dtype == "float32":
        yield Sample((sample_values((2, 4, 5), dtype), *_REGULAR[4][1:], False))


def _max_pool(
    x: Array, kernel: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1, ceil: bool = False, *_: Any
) -> Any:
    rank = len(kernel)
    return _max(x, _regular(x.shape[x.ndim - rank :], kernel, stride, padding, dilation, ceil)[0])


def _native_max_pool(*args: Any) -> Any:
    out, indices = _max_pool(*args)
    return out, indices if args[-1] else None


def _max_backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, call in enumerate(_REGULAR):
        indices = _max(sample_values(call[0], "float64", seed), _regular_windows(call))[1]
        grad = sample_values(indices.shape, dtype, seed + 1)
        yield Sample((grad, Typed(indices, "int64"), list(call[0]), *call[1:]))


def _max_backward(grad: Array, indices: Array, sizes: list[int], by_rank: Any, *_: Any) -> Array:
    return _scatter(grad, indices, sizes, len(by_rank), add=True)


def _adaptive_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, output) in enumerate(_ADAPTIVE):
        yield Sample((sample_values(sizes, dtype, seed), output))


def _adaptive_max(x: Array, output: list[int]) -> Any:
    return _max(x, _adaptive(x.shape[x.ndim - len(output) :], output))


def _adaptive_max_backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, output) in enumerate(_ADAPTIVE):
        indices = _adaptive_max(sample_values(sizes, "float64", seed), output)[1]
        grad = sample_values(indices.shape, dtype, seed + 1)
        yield Sample((grad, Typed(indices, "int64"), list(sizes), output))


def _samples(sizes: tuple[int, ...], rank: int) -> Array:
    planes = (sizes[0] if len(sizes) == rank + 2 else 1, sizes[len(sizes) - rank - 1])
    return np.random.default_rng(1).integers(0, 4, (*planes, rank)) / 4 + 0.125


def _fractional_max(x: Array, kernel: list[int], output: list[int], samples: Array) -> Any:
    rank = len(kernel)
    sizes = x.shape[x.ndim - rank :]
    lead = x.shape[: x.ndim - rank]
    out = np.empty((*lead, *output), x.dtype)
    indices = np.empty(out.shape, np.int64)
    for plane in np.ndindex(*lead):
        own = samples.reshape(*lead, rank)[plane]
        windows: Windows = []
        for d, (size, k, num) in enumerate(zip(sizes, kernel, output, strict=True)):
            u = own[rank - 1 - d] if rank == 2 else own[d]
            step = (size - k) / max(num - 1, 1)
            starts = [int((o + u) * step) - int(u * step) for o in range(num - 1)] + [size - k]
            windows.append([np.arange(b, b + k) for b in starts])
        out[plane], indices[plane] = _max(x[plane], windows)
    return out, indices


def _fractional_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, kernel, output) in enumerate(_FRACTIONAL):
        samples: Any = Typed(_samples(sizes, len(kernel)), dtype)
        yield Sample((sample_values(sizes, dtype, seed), kernel, output, samples))


def _fractional_backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, kernel, output) in enumerate(_FRACTIONAL):
        samples = _samples(sizes, len(kernel))
        indices = _fractional_max(sample_values(sizes, "float64", seed), kernel, output, samples)[1]
        grad = sample_values(indices.shape, dtype, seed + 1)
        yield Sample((grad, Typed(indices, "int64"), list(sizes), kernel, output, Typed(samples, dtype)))


def _unpool_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, output) in enumerate(
        (((2, 3), [7]), ((1, 2, 2, 3), [4, 5]), ((0, 2, 3), [4]), ((2, 1, 2, 2), [2, 3, 2]))
    ):
        volume, per_plane = _product(output), _product(sizes[len(sizes) - len(output) :])
        generator = np.random.default_rng(seed)
        lead = sizes[: len(sizes) - len(output)]
        rows = [generator.permutation(volume)[:per_plane] for _ in range(_product(lead))]
        indices = np.array(rows, np.int64).reshape(sizes)
        yield Sample((sample_values(sizes, dtype, seed), Typed(indices, "int64"), output))
    if dtype == "float32":  # one place twice: no derivative by differences
        twice = np.array([[1, 3, 1]], np.int64)
        yield Sample((sample_values((1, 3), dtype), Typed(twice, "int64"), [4]))


def _unpool(x: Array, indices: Array, output: list[int]) -> Array:
    sizes = (*x.shape[: x.ndim - len(output)], *output)
    return _scatter(x, indices, sizes, len(output), add=False)


def _mean_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, kernel, stride, padding, _, ceil) in enumerate(_REGULAR):
        fixed = (None, None, 5, -2)[seed % 4]
        yield Sample((sample_values(sizes, dtype, seed), kernel, stride, padding, ceil, seed % 2 == 0, fixed))


def _avg_pool(
    x: Array,
    kernel: list[int],
    stride: Any = None,
    padding: Any = 0,
    ceil: bool = False,
    include_pad: bool = True,
    fixed: int | None = None,
) -> Array:
    windows, counts = _regular(x.shape[x.ndim - len(kernel) :], kernel, stride, padding, 1, ceil)
    return _mean(x, windows, _regular_divisor(counts, windows, include_pad, fixed))


def _mean_backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sample, (sizes, *_)) in enumerate(zip(_mean_samples("float64"), _REGULAR, strict=True)):
        grad = sample_values(_avg_pool(*sample.args).shape, dtype, seed)
        yield Sample((grad, list(sizes), *sample.args[1:]))


def _mean_backward(
    grad: Array,
    sizes: list[int],
    kernel: list[int],
    stride: Any,
    padding: Any,
    ceil: bool,
    include_pad: bool,
    fixed: int | None,
) -> Array:
    windows, counts = _regular(sizes[len(sizes) - len(kernel) :], kernel, stride, padding, 1, ceil)
    return _spread(grad, sizes, windows, _regular_divisor(counts, windows, include_pad, fixed))


def _adaptive_mean(x: Array, output: list[int]) -> Array:
    windows = _adaptive(x.shape[x.ndim - len(output) :], output)
    return _mean(x, windows, _adaptive_divisor(windows))


def _adaptive_mean_backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, output) in enumerate(_ADAPTIVE):
        pooled = (*sizes[: len(sizes) - len(output)], *output)
        yield Sample((sample_values(pooled, dtype, seed), list(sizes), output))


def _adaptive_mean_backward(grad: Array, sizes: list[int], output: list[int]) -> Array:
    windows = _adaptive(sizes[len(sizes) - len(output) :], output)
    return _spread(grad, sizes, windows, _adaptive_divisor(windows))


def _lp_pool(x: Array, norm: float, kernel: list[int], stride: Any = None, ceil: bool = False) -> Array:
    means = _avg_pool(x.astype(np.int64) ** norm if x.dtype.kind in "bi" else x**norm, kernel, stride, 0, ceil)
    return (np.abs(means) * _product(kernel)) ** (1 / norm)


def _of_rank(rank: int, samples: Samples, by: int = 1) -> Samples:
    """Those samples whose argument `by` is a list of `rank` numbers."""
    return lambda dtype: (s for s in samples(dtype) if len(s.args[by]) == rank)


def _without(samples: Samples, end: int) -> Samples:
    """The samples without arguments from `end` on."""
    return lambda dtype: (Sample(s.args[:end]) for s in samples(dtype))


def _lp_samples(dtype: str) -> Iterator[Sample]:
    for seed, (sizes, kernel, stride, _, _, ceil) in enumerate(_REGULAR):
        x = sample_values(sizes, dtype, seed)
        yield Sample((np.abs(x) if x.dtype.kind != "b" else x, 2 if seed % 2 else 3, kernel, stride, ceil))


def _with_indices(dtype: str, _: Sample) -> tuple[str, str]:
    return dtype, "int64"


def _in_float(dtype: str, _: Sample) -> str:
    return "float32" if dtype in ("bool", "int64") else dtype


_X = sample_values((1, 2, 6, 6), "float32")
_PLANE = _X[0, 0]


def _window_errors(*rest: Any, dilated: bool) -> tuple[ErrorCase, ...]:
    """Errors of an inner op that takes a window."""

    def case(match: str, kernel: Any, stride: Any, padding: Any, dilation: Any = (1, 1), x: Array = _X) -> ErrorCase:
        further = (list(dilation),) if dilated else ()
        return error(RuntimeError, match, x, kernel, stride, padding, *further, *rest)

    cases = (
        case("kernel_size must have one to three numbers", [], None, [0]),
        case("kernel_size must be from 1 to", [0, 1], None, [0, 0]),
        case("kernel_size must be from 1 to", [2**40, 1], None, [0, 0]),
        case("stride must be from 1 to", [2, 2], [0, 1], [0, 0]),
        case("stride must be one int or 2", [2, 2], [1, 1, 1], [0, 0]),
        case("padding must be from 0 to", [2, 2], None, [-1, 0]),
        case("padding must be at most half of kernel_size", [3, 3], None, [2, 1]),
        case("no window fits", [9, 2], None, [0, 0]),
        case("expected 2 dimensions after channels", [2, 2], None, [0, 0], x=_X[:, :0]),
        case("expected 2 dimensions after channels", [2, 2], None, [0, 0], x=_PLANE),
    )
    if dilated:
        return (*cases, case("dilation must be from 1 to", [2, 2], None, [0, 0], (0, 1)))
    return cases


def _forms(
    family: str,
    samples: Samples,
    reference: Any,
    dtypes: tuple[str, ...],
    errors: Callable[[int], tuple[ErrorCase, ...]],
    ranks: tuple[int, ...] = (1, 2, 3),
    by: int = 1,
    suffix: str = "",
    **further: Any,
) -> Iterator[OpRow]:
    for rank in ranks:
        yield OpRow(
            f"{family}{rank}d{suffix}",
            _of_rank(rank, samples, by),
            reference,
            dtypes=dtypes,
            differentiable=True,
            errors=errors(rank),
            **further,
        )


def _kernel_errors(rank: int) -> tuple[ErrorCase, ...]:
    x = sample_values((1, 2, *(6,) * rank), "float32")
    return (
        error(RuntimeError, rf"pool{rank}d: kernel_size must be one int or {rank}", x, [2] * (rank + 1)),
        error(RuntimeError, "kernel_size must be from 1", x, 0),
        error(RuntimeError, "padding must be at most half", x, 2, None, 2),
    )


def _mean_errors(rank: int) -> tuple[ErrorCase, ...]:
    kind = RuntimeError if rank == 1 else IndexError  # as PyTorch
    plane = sample_values((6,) * rank, "float32")
    return (*_kernel_errors(rank), error(kind, "dimensions after channels", plane, 2))


def _lp_errors(rank: int) -> tuple[ErrorCase, ...]:
    x = sample_values((1, 2, *(6,) * rank), "float32")
    return (error(RuntimeError, "kernel_size must be from 1", x, 2.0, 0),)


def _output_errors(rank: int) -> tuple[ErrorCase, ...]:
    x = sample_values((1, 2, *(6,) * rank), "float32")
    return (
        error(RuntimeError, rf"pool{rank}d: output_size must be one int or {rank}", x, [2] * (rank + 1)),
        error(RuntimeError, "output_size must be from 0", x, -1),
        error(RuntimeError, "dimensions after channels", x[0, 0], 2),
    )


def _fractional_errors(rank: int) -> tuple[ErrorCase, ...]:
    x = sample_values((1, 2, *(6,) * rank), "float32")
    samples = np.full((1, 2, rank), 0.5)
    return (
        error(IndexError, "dimensions after channels", x[0, 0], [2], [2], samples),
        error(RuntimeError, "too large for sizes", x, [7], [2], samples),
        error(RuntimeError, "random_samples must be", x, [2], [2], samples[:, :, :1]),
        error(RuntimeError, "random_samples must have the dtype", x, [2], [2], Typed(samples, "float64")),
    )


_INDEX = Typed(np.zeros((1, 2, 6, 6), np.int64), "int64")
_NARROW = Typed(np.zeros((1, 2, 6, 6), np.int32), "int32")


def _unpool_errors(rank: int) -> tuple[ErrorCase, ...]:
    x = sample_values((1, 2, *(6,) * rank), "float32")
    return (
        error(RuntimeError, "indices must be int64", x, Typed(np.zeros(x.shape, np.int32), "int32"), [12]),
        error(RuntimeError, "indices must have the sizes", x, Typed(np.zeros((1, 2), np.int64), "int64"), [12]),
        error(
            RuntimeError, "dimensions after channels", x[0, 0], Typed(np.zeros(x[0, 0].shape, np.int64), "int64"), 12
        ),
    )


_SMALL = sample_values((1, 2, 3, 3), "float32")
_SMALL_INDEX = Typed(np.zeros((1, 2, 3, 3), np.int64), "int64")
_WINDOW = ([2, 2], None, [0, 0], [1, 1], False)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "native_max_pool",
        _max_samples,
        _native_max_pool,
        dtypes=_ORDERED,
        result_dtype=_with_indices,
        differentiable=True,
        errors=_window_errors(False, True, dilated=True),
    ),
    OpRow(
        "native_max_pool_backward",
        _max_backward_samples,
        _max_backward,
        dtypes=_REAL,
        differentiable=True,
        errors=(
            error(RuntimeError, "grad must have the sizes", _X, _INDEX, [1, 2, 6, 6], *_WINDOW),
            error(RuntimeError, "indices must be int64", _SMALL, _NARROW, [1, 2, 6, 6], *_WINDOW),
            error(RuntimeError, "indices must have the sizes", _SMALL, _INDEX, [1, 2, 6, 6], *_WINDOW),
            error(ValueError, "sizes must not be negative", _SMALL, _SMALL_INDEX, [1, -2, 6, 6], *_WINDOW),
            error(OverflowError, "does not fit in 64 bits", _SMALL, _SMALL_INDEX, [2**40, 2**40, 6, 6], *_WINDOW),
        ),
    ),
    OpRow(
        "native_adaptive_max_pool",
        _adaptive_samples,
        _adaptive_max,
        dtypes=_REAL,
        result_dtype=_with_indices,
        differentiable=True,
        errors=(
            error(RuntimeError, "output_size must have one to three numbers", _X, [1, 1, 1, 1]),
            error(RuntimeError, "output_size must be from 0", _X, [2, -1]),
            error(RuntimeError, "expected 2 dimensions after channels", _PLANE, [2, 2]),
            error(RuntimeError, "expected 2 dimensions after channels", _X[:, :0], [2, 2]),
        ),
    ),
    OpRow(
        "native_adaptive_max_pool_backward",
        _adaptive_max_backward_samples,
        _max_backward,
        dtypes=_REAL,
        differentiable=True,
        errors=(error(RuntimeError, "grad must have the sizes", _X, _INDEX, [1, 2, 6, 6], [3, 3]),),
    ),
    OpRow(
        "native_fractional_max_pool",
        _fractional_samples,
        _fractional_max,
        dtypes=_REAL,
        result_dtype=_with_indices,
        differentiable=True,
        errors=(error(RuntimeError, "output_size must have as many numbers", _X, [2, 2], [2], np.zeros((1, 2, 2))),),
    ),
    OpRow(
        "native_fractional_max_pool_backward",
        _fractional_backward_samples,
        _max_backward,
        dtypes=_REAL,
        differentiable=True,
        errors=(
            error(
                RuntimeError, "grad must have the sizes", _X, _INDEX, [1, 2, 6, 6], [2, 2], [3, 3], np.zeros((1, 2, 2))
            ),
        ),
    ),
    OpRow(
        "native_max_unpool",
        _unpool_samples,
        _unpool,
        dtypes=_REAL,
        differentiable=True,
        errors=(error(RuntimeError, "output_size must have one to three", _X, _INDEX, []),),
    ),
    OpRow(
        "native_avg_pool",
        _mean_samples,
        _avg_pool,
        dtypes=("int64", *_REAL),
        differentiable=True,
        errors=(
            *_window_errors(False, True, None, dilated=False),
            error(RuntimeError, "divisor_override must not be 0", _X, [2, 2], None, [0, 0], False, True, 0),
        ),
    ),
    OpRow(
        "native_avg_pool_backward",
        _mean_backward_samples,
        _mean_backward,
        dtypes=_REAL,
        differentiable=True,
        errors=(
            error(RuntimeError, "grad must have the sizes", _X, [1, 2, 6, 6], [2, 2], None, [0, 0], False, True, None),
        ),
    ),
    OpRow(
        "native_adaptive_avg_pool",
        _adaptive_samples,
        _adaptive_mean,
        dtypes=_REAL,
        differentiable=True,
        errors=(
            error(RuntimeError, "output_size must be from 0", _X, [2, -1]),
            error(RuntimeError, "expected 2 dimensions after channels", _X[:, :, :0], [2, 2]),
        ),
    ),
    OpRow(
        "native_adaptive_avg_pool_backward",
        _adaptive_mean_backward_samples,
        _adaptive_mean_backward,
        dtypes=_REAL,
        differentiable=True,
        errors=(error(RuntimeError, "grad must have the sizes", _X, [1, 2, 6, 6], [3, 3]),),
    ),
    *_forms("max_pool", _without(_max_samples, 6), lambda *args: _max_pool(*args)[0], _ORDERED, _kernel_errors),
    *_forms(
        "max_pool",
        _without(_max_samples, 6),
        _max_pool,
        _ORDERED,
        _kernel_errors,
        suffix="_with_indices",
        result_dtype=_with_indices,
    ),
    *_forms("adaptive_max_pool", _adaptive_samples, _adaptive_max, _REAL, _output_errors, result_dtype=_with_indices),
    *_forms(
        "fractional_max_pool",
        _fractional_samples,
        _fractional_max,
        _REAL,
        _fractional_errors,
        ranks=(2, 3),
        result_dtype=_with_indices,
    ),
    *_forms("max_unpool", _unpool_samples, _unpool, _REAL, _unpool_errors, by=2),
    *_forms("avg_pool", _without(_mean_samples, 6), _avg_pool, ("int64", *_REAL), _mean_errors, ranks=(1,)),
    *_forms("avg_pool", _mean_samples, _avg_pool, ("int64", *_REAL), _mean_errors, ranks=(2, 3)),
    *_forms("adaptive_avg_pool", _adaptive_samples, _adaptive_mean, _REAL, _output_errors),
    *_forms("lp_pool", _lp_samples, _lp_pool, ("bool", "int64", *_REAL), _lp_errors, by=2, result_dtype=_in_float),
)
