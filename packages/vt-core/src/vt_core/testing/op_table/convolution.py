# SPDX-License-Identifier: Apache-2.0
"""Rows of convolutions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    HALVES,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Typed,
    error,
    sample_values,
)

_DTYPES = ("uint8", "int8", "int16", "int32", "int64", *HALVES, *FLOATS, *COMPLEX)
_Ints = list[int]


def _correlate(x: Array, weight: Array, stride: _Ints, padding: _Ints, dilation: _Ints, groups: int) -> Array:
    """Windows of the padded input times the weight, tap by tap."""
    rank = len(stride)
    padded = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)])
    kernel = weight.shape[2:]
    sizes = [
        (size - d * (k - 1) - 1) // s + 1
        for size, k, s, d in zip(padded.shape[2:], kernel, stride, dilation, strict=True)
    ]
    out = np.zeros((x.shape[0], weight.shape[0], *sizes), dtype=x.dtype)
    per_group, channels = weight.shape[0] // groups, weight.shape[1]
    for tap in np.ndindex(*kernel):
        window = tuple(
            slice(j * d, j * d + s * (n - 1) + 1, s) for j, d, s, n in zip(tap, dilation, stride, sizes, strict=True)
        )
        seen = padded[(slice(None), slice(None), *window)]
        for g in range(groups):
            rows = slice(g * per_group, (g + 1) * per_group)
            part = seen[:, g * channels : (g + 1) * channels]
            product = np.tensordot(part, weight[(rows, slice(None), *tap)], axes=(1, 1))
            out[:, rows] += np.moveaxis(product, -1, 1)
    assert out.ndim == rank + 2
    return out


def _spread(
    x: Array, weight: Array, stride: _Ints, padding: _Ints, dilation: _Ints, output_padding: _Ints, groups: int
) -> Array:
    """Each position times the weight, tap by tap, then what was padded is cut off."""
    kernel = weight.shape[2:]
    whole = [
        (size - 1) * s + d * (k - 1) + 1 + o
        for size, k, s, d, o in zip(x.shape[2:], kernel, stride, dilation, output_padding, strict=True)
    ]
    per_group, channels = weight.shape[0] // groups, weight.shape[1]
    out = np.zeros((x.shape[0], groups * channels, *whole), dtype=x.dtype)
    for tap in np.ndindex(*kernel):
        window = tuple(
            slice(j * d, j * d + s * (n - 1) + 1, s)
            for j, d, s, n in zip(tap, dilation, stride, x.shape[2:], strict=True)
        )
        for g in range(groups):
            rows = slice(g * per_group, (g + 1) * per_group)
            product = np.tensordot(x[:, rows], weight[(rows, slice(None), *tap)], axes=(1, 0))
            out[(slice(None), slice(g * channels, (g + 1) * channels), *window)] += np.moveaxis(product, -1, 1)
    kept = [slice(p, size - p) for p, size in zip(padding, whole, strict=True)]
    return out[(slice(None), slice(None), *kept)]


def _listed(value: Any, rank: int) -> _Ints:
    values = [value] if isinstance(value, int) else list(value)
    return values * rank if len(values) == 1 else values


def _convolution(
    x: Array,
    weight: Array,
    bias: Array | None,
    stride: Any,
    padding: Any,
    dilation: Any,
    transposed: bool,
    output_padding: Any,
    groups: int,
) -> Array:
    rank = weight.ndim - 2
    s, p, d, o = (_listed(v, rank) for v in (stride, padding, dilation, output_padding))
    out = _spread(x, weight, s, p, d, o, groups) if transposed else _correlate(x, weight, s, p, d, groups)
    return out if bias is None else out + bias.reshape(-1, *(1,) * rank)


# Input, weight, stride, padding, dilation, transposed, output padding, groups.
_Case = tuple[tuple[int, ...], tuple[int, ...], _Ints, _Ints, _Ints, bool, _Ints, int]
_CASES: tuple[_Case, ...] = (
    ((2, 2, 5), (3, 2, 3), [1], [1], [1], False, [0], 1),
    ((1, 4, 7), (2, 2, 2), [2], [3], [2], False, [0], 2),
    ((1, 2, 4, 3), (2, 2, 3, 2), [1, 1], [1, 0], [1, 1], False, [0, 0], 1),
    ((2, 3, 2, 2), (2, 3, 1, 1), [1], [0], [1], False, [0], 1),
    ((1, 2, 5, 4), (2, 1, 2, 2), [2, 1], [0, 1], [2, 1], False, [0, 0], 2),
    ((1, 1, 4, 4), (3, 1, 2, 2), [2, 2], [0, 0], [1, 1], False, [0, 0], 1),
    ((1, 1, 3, 2, 3), (2, 1, 2, 1, 2), [1, 1, 2], [0, 1, 0], [1, 1, 1], False, [0, 0, 0], 1),
    ((0, 2, 4), (3, 2, 2), [1], [0], [1], False, [0], 1),
    ((2, 3, 4), (3, 2, 3), [2], [1], [1], True, [1], 1),
    ((1, 4, 3), (4, 1, 2), [1], [0], [2], True, [1], 2),
    ((1, 2, 2, 3), (2, 3, 2, 2), [2, 2], [0, 0], [1, 1], True, [0, 0], 1),
    ((1, 2, 3, 2), (2, 1, 3, 2), [3, 1], [1, 1], [1, 2], True, [2, 0], 1),
    ((2, 2, 2, 2), (2, 3, 1, 1), [1, 1], [0, 0], [1, 1], True, [0, 0], 1),
    ((1, 1, 2, 1, 2), (1, 2, 2, 2, 1), [1, 2, 3], [1, 0, 0], [1, 1, 1], True, [0, 0, 1], 1),
)
# Larger than a box of results, a piece of channels, a strip of columns; of small integers, whose sums are exact.
_LARGE: tuple[_Case, ...] = (
    ((1, 90, 6, 40), (20, 90, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 1),
    ((9, 5, 3, 3), (40, 5, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 1),
    ((1, 2, 1100), (9, 2, 3), [1], [0], [300], False, [0], 1),
    ((2, 6, 9, 35), (6, 1, 3, 5), [2, 2], [1, 2], [1, 1], False, [0, 0], 6),
    ((1, 20, 5, 18), (20, 33, 3, 3), [2, 2], [1, 1], [1, 1], True, [1, 0], 1),
    ((2, 3, 4, 6, 17), (10, 3, 2, 3, 3), [1, 1, 1], [1, 1, 1], [1, 1, 1], False, [0, 0, 0], 1),
)


def _cases(dtype: str) -> tuple[_Case, ...]:
    return _CASES if dtype in COMPLEX else _CASES + _LARGE


def _values(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    if np.prod(shape) < 500 or dtype not in FLOATS + HALVES:
        return sample_values(shape, dtype, seed)
    return np.random.default_rng(seed).integers(-2, 3, shape).astype(np.float64)


def _samples(dtype: str) -> Iterator[Sample]:
    for seed, (input_size, weight_size, stride, padding, dilation, transposed, output_padding, groups) in enumerate(
        _cases(dtype)
    ):
        x, weight = _values(input_size, dtype, seed), _values(weight_size, dtype, seed + 1)
        out = weight_size[1] * groups if transposed else weight_size[0]
        bias = sample_values((out,), dtype, seed + 2) if seed % 2 else None
        yield Sample((x, weight, bias, stride, padding, dilation, transposed, output_padding, groups))


def _backward_samples(dtype: str) -> Iterator[Sample]:
    for seed, sample in enumerate(_samples(dtype)):
        grad = _values(_convolution(*sample.args).shape, dtype, seed + 3)
        x, weight, bias, *window = sample.args
        sizes = None if bias is None else list(bias.shape)
        for mask in ([True, True, bias is not None], [seed % 2 == 0, seed % 2 == 1, False]):
            yield Sample((grad, x, weight, sizes, *window, mask))


def _backward(
    grad: Array,
    x: Array,
    weight: Array,
    _: Any,
    stride: _Ints,
    padding: _Ints,
    dilation: _Ints,
    transposed: bool,
    _output_padding: _Ints,
    groups: int,
    mask: list[bool],
) -> tuple[Any, Any, Any]:
    rank = weight.ndim - 2
    s, p, d = (_listed(v, rank) for v in (stride, padding, dilation))
    of_input = None
    if mask[0]:
        if transposed:
            of_input = _correlate(grad, weight.conj(), s, p, d, groups)[(..., *(slice(n) for n in x.shape[2:]))]
        else:
            # What no window reaches is behind the last one.
            reached = _spread(grad, weight.conj(), s, [0] * rank, d, [0] * rank, groups)
            padded = np.zeros((*x.shape[:2], *(n + 2 * q for n, q in zip(x.shape[2:], p, strict=True))), x.dtype)
            padded[(..., *(slice(n) for n in reached.shape[2:]))] = reached
            of_input = padded[(..., *(slice(q, q + n) for n, q in zip(x.shape[2:], p, strict=True)))]
    of_weight = _weigh(grad, x, weight, s, p, d, transposed, groups) if mask[1] else None
    over = (0, *range(2, grad.ndim))
    return of_input, of_weight, grad.sum(axis=over, dtype=grad.dtype) if mask[2] else None


def _weigh(grad: Array, x: Array, weight: Array, s: _Ints, p: _Ints, d: _Ints, transposed: bool, groups: int) -> Array:
    large, small = (grad, x.conj()) if transposed else (x.conj(), grad)
    padded = np.pad(large, [(0, 0), (0, 0), *((q, q) for q in p)])
    out = np.zeros_like(weight)
    per_group, channels = weight.shape[0] // groups, weight.shape[1]
    axes = (0, *range(2, x.ndim))
    for tap in np.ndindex(*weight.shape[2:]):
        window = tuple(
            slice(j * e, j * e + t * (n - 1) + 1, t) for j, e, t, n in zip(tap, d, s, small.shape[2:], strict=True)
        )
        seen = padded[(slice(None), slice(None), *window)]
        for g in range(groups):
            rows = slice(g * per_group, (g + 1) * per_group)
            part = seen[:, g * channels : (g + 1) * channels]
            out[(rows, slice(None), *tap)] = np.tensordot(small[:, rows], part, axes=(axes, axes))
    return out


def _backward_dtypes(dtype: str, _: Sample) -> tuple[str, str, str]:
    return dtype, dtype, dtype


# Unbatched, spread over numbers and words for padding.
def _form_samples(rank: int, transposed: bool) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, case in enumerate(_CASES):
            input_size, weight_size, stride, padding, dilation, is_transposed, output_padding, groups = case
            if len(input_size) != rank + 2 or is_transposed != transposed:
                continue
            x, weight = sample_values(input_size, dtype, seed), sample_values(weight_size, dtype, seed + 1)
            bias = sample_values((weight_size[1] * groups if transposed else weight_size[0],), dtype, seed + 2)
            first: tuple[Any, ...] = (x[0], weight) if input_size[0] == 1 else (x, weight)
            if transposed:
                yield Sample((*first, bias, stride, padding, output_padding, groups, dilation))
            else:
                yield Sample((*first, bias, stride, padding, dilation, groups))
        if groups_of_one := [s for s in _CASES if len(s[0]) == rank + 2 and s[5] == transposed and s[7] == 1]:
            input_size, weight_size = groups_of_one[0][:2]
            yield Sample((sample_values(input_size, dtype), sample_values(weight_size, dtype, 1)))

    return samples


def _conv(rank: int) -> Any:
    def reference(
        x: Array,
        weight: Array,
        bias: Array | None = None,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
    ) -> Array:
        batch = x if x.ndim == rank + 2 else x[None]
        out = _convolution(batch, weight, bias, stride, padding, dilation, False, 0, groups)
        return out if x.ndim == rank + 2 else out[0]

    return reference


def _conv_transpose(rank: int) -> Any:
    def reference(
        x: Array,
        weight: Array,
        bias: Array | None = None,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        dilation: Any = 1,
    ) -> Array:
        batch = x if x.ndim == rank + 2 else x[None]
        out = _convolution(batch, weight, bias, stride, padding, dilation, True, output_padding, groups)
        return out if x.ndim == rank + 2 else out[0]

    return reference


def _named_samples(rank: int) -> Any:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, kernel in enumerate((3, 2)):
            x = sample_values((1, 2, *(4, 3, 2)[:rank]), dtype, seed)
            weight = sample_values((2, 2, *(kernel, 1, 2)[:rank]), dtype, seed + 1)
            bias = sample_values((2,), dtype, seed + 2)
            yield Sample((x, weight, bias, 1, "same", 1))
            yield Sample((x[0], weight, None, 1, "same", 2))
            yield Sample((x, weight, None, 2, "valid", 1, 1))

    return samples


def _named(rank: int) -> Any:
    plain = _conv(rank)

    def reference(
        x: Array, weight: Array, bias: Array | None, stride: int, padding: str, dilation: int, groups: int = 1
    ) -> Array:
        if padding == "same":
            total = [dilation * (k - 1) for k in weight.shape[2:]]
            ends = [(t // 2, t - t // 2) for t in total]
            x = np.pad(x, [*[(0, 0)] * (x.ndim - rank), *ends])
        return plain(x, weight, bias, stride, 0, dilation, groups)

    return reference


def _tbc_samples(dtype: str) -> Iterator[Sample]:
    for pad in (0, 1):
        yield Sample(
            (
                sample_values((4, 2, 3), dtype),
                sample_values((2, 3, 2), dtype, 1),
                sample_values((2,), dtype, 2),
                pad,
            )
        )


def _tbc(x: Array, weight: Array, bias: Array, pad: int) -> Array:
    out = _convolution(x.transpose(1, 2, 0), weight.transpose(2, 1, 0), bias, 1, pad, 1, False, 0, 1)
    return out.transpose(2, 0, 1)


_X = sample_values((2, 4, 6, 6), "float32")
_W = sample_values((6, 4, 3, 3), "float32", 1)
_HALF = sample_values((6, 2, 3, 3), "float32", 1)
_T = sample_values((4, 6, 3, 3), "float32", 1)


def _call(match: str, *args: Any, kind: type[Exception] = RuntimeError) -> ErrorCase:
    defaults = (None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)
    return error(kind, match, *args, *defaults[len(args) - 2 :])


_ERRORS = (
    _call("non-positive stride is not supported", _X, _W, None, [0, 1]),
    _call("non-positive stride is not supported", _X, _W, None, [-1, 1]),
    _call("negative padding is not supported", _X, _W, None, [1, 1], [0, -1]),
    _call("non-positive dilation is not supported", _X, _W, None, [1, 1], [0, 0], [0, 0]),
    _call("above 2147483647 is not supported", _X, _W, None, [1, 1], [2**40, 0]),
    _call("expected stride to be a single integer value or a list of 2", _X, _W, None, [1, 1, 1]),
    _call("expected padding to be a single integer value or a list of 2", _X, _W, None, [1, 1], []),
    _call("non-positive groups is not supported", _X, _W, None, [1], [0], [1], False, [0], 0),
    _call("expected weight to be divisible by 4 at dimension 0", _X, _HALF, None, [1], [0], [1], False, [0], 4),
    _call("expected weight to be at least 8 at dimension 0", _X, _HALF, None, [1], [0], [1], False, [0], 8),
    _call("to have 2 channels, but got 4 channels instead", _X, _HALF),
    _call("Kernel size can't be greater than actual input size", _X, sample_values((6, 4, 7, 7), "float32")),
    _call("Kernel size can't be greater than actual input size", _X, _W, None, [1], [0], [5]),
    _call("weight should have at least three dimensions", _X, _W[:, :, 0, 0]),
    _call("one to three dimensions are convolved", _X, _W.reshape(6, 4, 3, 3, 1, 1), None, [1], [0], [1], False, [0]),
    _call("Expected 4-dimensional input for 4-dimensional weight", _X[0], _W),
    _call("a kernel without elements is not supported", _X, _W[:, :, :0]),
    _call("Only zero batch or zero channel inputs are supported", _X[:, :, :0], _W, None, [1], [2]),
    _call("expected bias to be 1-dimensional with 6 elements", _X, _W, sample_values((5,), "float32")),
    _call("expected bias to be 1-dimensional with 6 elements", _X, _W, sample_values((6, 1), "float32")),
    _call(r"Input type \(float32\) and weight type \(float64\) should be the same", _X, Typed(_W, "float64")),
    _call(
        r"Input type \(float32\) and bias type \(float64\) should be the same", _X, _W, Typed(np.zeros(6), "float64")
    ),
    _call("to have 3 channels", _X, _T[:3], None, [1], [0], [1], True),
    _call("negative output_padding is not supported", _X, _T, None, [1], [0], [1], True, [-1]),
    _call("output padding must be smaller than either stride or dilation", _X, _T, None, [2], [0], [1], True, [2]),
    _call("nothing is left of the result", _X[:, :, :1, :1], _T, None, [1], [3], [1], True),
)
_WINDOW = ([1, 1], [0, 0], [1, 1], False, [0, 0], 1)
_G = sample_values((2, 6, 4, 4), "float32")
_BACKWARD_ERRORS = (
    error(RuntimeError, "grad_output must have the sizes of the result", _X, _X, _W, None, *_WINDOW, [True] * 3),
    error(RuntimeError, "output_mask must have three entries", _G, _X, _W, None, *_WINDOW, [True]),
    error(RuntimeError, "expected bias to be 1-dimensional", _G, _X, _W, [5], *_WINDOW, [True] * 3),
    error(RuntimeError, "should be the same", Typed(_G, "float64"), _X, _W, None, *_WINDOW, [True] * 3),
)


def _form_errors(rank: int, transposed: bool) -> tuple[ErrorCase, ...]:
    name = f"conv_transpose{rank}d" if transposed else f"conv{rank}d"
    weight = sample_values((2, 2, *(2,) * rank), "float32")
    return (
        error(
            RuntimeError,
            rf"Expected {rank + 1}D \(unbatched\) or {rank + 2}D \(batched\) input to {name}, but got",
            sample_values((3,) * rank, "float32"),
            weight,
        ),
        error(
            RuntimeError,
            f"expected stride to be a single integer value or a list of {rank} values",
            sample_values((2, *(3,) * rank), "float32"),
            weight,
            None,
            [1] * (rank + 1),
        ),
    )


def _named_errors(rank: int) -> tuple[ErrorCase, ...]:
    x, weight = sample_values((2, *(3,) * rank), "float32"), sample_values((2, 2, *(2,) * rank), "float32")
    return (
        error(RuntimeError, "padding='same' is not supported for strided convolutions", x, weight, None, 2, "same"),
        error(RuntimeError, "Invalid padding string: 'full'", x, weight, None, 1, "full"),
    )


ROWS: tuple[OpRow, ...] = (
    OpRow(
        "convolution",
        _samples,
        _convolution,
        dtypes=_DTYPES,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "convolution_backward",
        _backward_samples,
        _backward,
        dtypes=_DTYPES,
        result_dtype=_backward_dtypes,
        differentiable=True,
        errors=_BACKWARD_ERRORS,
    ),
    *(
        OpRow(
            f"conv{rank}d",
            _form_samples(rank, False),
            _conv(rank),
            dtypes=_DTYPES,
            differentiable=True,
            errors=_form_errors(rank, False),
        )
        for rank in (1, 2, 3)
    ),
    *(
        OpRow(
            f"conv{rank}d.padding",
            _named_samples(rank),
            _named(rank),
            dtypes=_DTYPES,
            differentiable=True,
            errors=_named_errors(rank),
        )
        for rank in (1, 2, 3)
    ),
    *(
        OpRow(
            f"conv_transpose{rank}d",
            _form_samples(rank, True),
            _conv_transpose(rank),
            dtypes=_DTYPES,
            differentiable=True,
            errors=_form_errors(rank, True),
        )
        for rank in (1, 2, 3)
    ),
    OpRow(
        "conv_tbc",
        _tbc_samples,
        _tbc,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(error(RuntimeError, "must have 3 dimensions", _X, _W[0], sample_values((2,), "float32")),),
    ),
)
