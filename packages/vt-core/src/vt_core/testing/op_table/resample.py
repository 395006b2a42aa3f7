# SPDX-License-Identifier: Apache-2.0
"""Rows of resampling: the inner operator, its gradient and PyTorch's names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import FLOATS, HALVES, Array, ErrorCase, OpRow, Sample, Samples, error, sample_values

_DTYPES = HALVES + FLOATS

# Input, output sizes, scales.
_CASES: tuple[tuple[tuple[int, ...], list[int], list[float] | None], ...] = (
    ((2, 2, 5), [8], None),
    ((1, 2, 7), [3], [0.45]),
    ((1, 1, 4), [4], None),
    ((1, 2, 3, 4), [6, 3], None),
    ((2, 1, 4, 2), [4, 5], [1.0, 2.6]),
    ((1, 1, 3, 3), [1, 1], None),
    ((0, 2, 3, 3), [2, 2], None),
    ((1, 1, 2, 3, 2), [3, 2, 5], None),
    ((2, 1, 2, 1, 3), [4, 2, 2], [2.0, 2.0, 0.7]),
)


def _keys(x: float, a: float) -> float:
    x = abs(x)
    if x < 1:
        return (a + 2) * x**3 - (a + 3) * x**2 + 1
    return a * (x**3 - 5 * x**2 + 8 * x - 4) if x < 2 else 0.0


def _filter(mode: str, x: float) -> float:
    if mode == "linear":
        return max(1 - abs(x), 0.0)
    if mode == "cubic":
        return _keys(x, -0.5)
    return float(np.sinc(x) * np.sinc(x / 3)) if abs(x) < 3 else 0.0


def _matrix(n: int, out: int, mode: str, corners: bool, scale: float, antialias: bool) -> Array:
    """The result of a dimension by its input."""
    is_nearest = mode.startswith("nearest")
    step = 1 / scale if scale > 0 else n / out
    if corners and not is_nearest:
        step = (n - 1) / (out - 1) if out > 1 else 0.0
    matrix = np.zeros((out, n))
    for o in range(out):
        if is_nearest:
            at = np.float32(o + 0.5 if mode == "nearest-exact" else o) * np.float32(step)
            matrix[o, min(int(np.floor(at)), n - 1)] = 1
        elif antialias:
            width = max(step, 1.0)
            reach = {"linear": 1, "cubic": 2, "lanczos": 3}[mode] * width
            centre = step * (o + 0.5)
            begin, end = max(int(centre - reach + 0.5), 0), min(int(centre + reach + 0.5), n)
            weights = [_filter(mode, (i - centre + 0.5) / width) for i in range(begin, end)]
            matrix[o, begin:end] = np.array(weights) / sum(weights)
        else:
            x = step * o if corners else step * (o + 0.5) - 0.5
            x = max(x, 0.0) if mode == "linear" else x
            first = int(np.floor(x))
            for j in range(-1, 3):
                weight = _filter("linear", x - first - j) if mode == "linear" else _keys(x - first - j, -0.75)
                matrix[o, min(max(first + j, 0), n - 1)] += weight
    return matrix


def _resample(
    x: Array, output: list[int], mode: str, corners: bool, scales: list[float] | None, antialias: bool
) -> Array:
    out = x
    for d, size in enumerate(output):
        matrix = _matrix(x.shape[2 + d], size, mode, corners, scales[d] if scales else 0.0, antialias)
        out = np.moveaxis(np.tensordot(out, matrix, axes=(2 + d, 1)), -1, 2 + d)
    return np.rint(out) if x.dtype == np.uint8 else out


def _backward(
    grad: Array, sizes: list[int], mode: str, corners: bool, scales: list[float] | None, antialias: bool
) -> Array:
    out = grad
    for d, size in enumerate(sizes):
        matrix = _matrix(size, grad.shape[2 + d], mode, corners, scales[d] if scales else 0.0, antialias)
        out = np.moveaxis(np.tensordot(out, matrix, axes=(2 + d, 0)), -1, 2 + d)
    return out


def _methods() -> Iterator[tuple[str, bool, bool]]:
    yield "nearest", False, False
    yield "nearest-exact", False, False
    for mode in ("linear", "cubic"):
        for corners in (False, True):
            yield mode, corners, False
            yield mode, corners, True
    yield "lanczos", False, True


def _samples(dtype: str) -> Iterator[Sample]:
    for mode, corners, antialias in _methods():
        for seed, (sizes, output, scales) in enumerate(_CASES):
            if dtype == "uint8" and not mode.startswith("nearest") and len(output) != 2:
                continue
            yield Sample((_image(sizes, dtype, seed, mode), output, mode, corners, scales, antialias))


def _image(sizes: tuple[int, ...], dtype: str, seed: int, mode: str) -> Array:
    """Of bytes an even one: its sums are themselves, however weights are rounded."""
    image = sample_values(sizes, dtype, seed)
    return image if dtype != "uint8" or mode.startswith("nearest") else np.full_like(image, 200 + seed)


def _backward_samples(dtype: str) -> Iterator[Sample]:
    for mode, corners, antialias in _methods():
        for seed, (sizes, output, scales) in enumerate(_CASES):
            grad = sample_values((*sizes[:2], *output), dtype, seed)
            yield Sample((grad, list(sizes[2:]), mode, corners, scales, antialias))


def _form_samples(rank: int, has_corners: bool, mode: str) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, (sizes, output, scales) in enumerate(_CASES):
            if len(output) == rank:
                corners = (seed % 2 == 0,) if has_corners else ()
                yield Sample((_image(sizes, dtype, seed, mode), output, *corners, *(scales or ())))

    return samples


def _form(name: str, mode: str, rank: int, antialias: bool = False) -> OpRow:
    has_corners = not mode.startswith("nearest")

    def reference(x: Array, output: list[int], *further: Any) -> Array:
        corners, scales = (further[0], further[1:]) if has_corners else (False, further)
        return _resample(x, output, mode, corners, list(scales) or None, antialias)

    x = sample_values((2, 2, *(4,) * rank), "float32")
    corners = (False,) if has_corners else ()
    errors: tuple[ErrorCase, ...] = (
        error(RuntimeError, f"equals to {rank}, but got size {rank + 1}", x, [2] * (rank + 1), *corners),
        error(RuntimeError, "should be greater than 0", x, [0] * rank, *corners),
        error(RuntimeError, "Non-empty", x[:, :0], [2] * rank, *corners),
        error(RuntimeError, "dimensions after batch and channels", x[0], [2] * rank, *corners),
    )
    return OpRow(
        name,
        _form_samples(rank, has_corners, mode),
        reference,
        dtypes=_DTYPES if has_corners and rank != 2 else ("uint8", *_DTYPES),
        differentiable=True,
        errors=errors,
    )


_X = sample_values((2, 2, 4, 4), "float32")

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "native_resample",
        _samples,
        _resample,
        dtypes=("uint8", *_DTYPES),
        differentiable=True,
        errors=(
            error(NotImplementedError, "unknown mode", _X, [2, 2], "area", False, None, False),
            error(RuntimeError, "one number per dimension", _X, [2, 2], "linear", False, [0.5], False),
            error(RuntimeError, "antialias is for", _X, [2, 2], "nearest", False, None, True),
            error(RuntimeError, "needs antialias", _X, [2, 2], "lanczos", False, None, False),
        ),
    ),
    OpRow(
        "native_resample_backward",
        _backward_samples,
        _backward,
        dtypes=_DTYPES,
        differentiable=True,
        errors=(
            error(RuntimeError, "input_size must have one number", _X, [4], "linear", False, None, False),
            error(RuntimeError, "dimensions after batch and channels", _X[0, 0], [4], "linear", False, None, False),
        ),
    ),
    *(_form(f"upsample_nearest{rank}d", "nearest", rank) for rank in (1, 2, 3)),
    *(_form(f"_upsample_nearest_exact{rank}d", "nearest-exact", rank) for rank in (1, 2, 3)),
    _form("upsample_linear1d", "linear", 1),
    _form("upsample_bilinear2d", "linear", 2),
    _form("upsample_trilinear3d", "linear", 3),
    _form("upsample_bicubic2d", "cubic", 2),
    _form("_upsample_bilinear2d_aa", "linear", 2, True),
    _form("_upsample_bicubic2d_aa", "cubic", 2, True),
    _form("_upsample_lanczos2d_aa", "lanczos", 2, True),
)
