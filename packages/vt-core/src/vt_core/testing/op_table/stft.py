# SPDX-License-Identifier: Apache-2.0
"""Rows of the short-time Fourier transform and its inverse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import COMPLEX, FLOATS, Array, ErrorCase, OpRow, Sample, error, sample_values

__all__ = ["ROWS"]


def _window(length: int, dtype: str) -> Array:
    """A window without zeros, so that every inverse exists."""
    values = 0.5 + np.sin(np.pi * (np.arange(length) + 0.5) / length)
    return values.astype(np.complex128 if dtype in COMPLEX else np.float64)


def _stfts(dtype: str) -> Iterator[Sample]:
    real = {"return_complex": True} if dtype in FLOATS else {}
    for shape, n_fft, keywords in (
        ((12,), 4, {}),
        ((2, 12), 4, {"hop_length": 2, "center": False}),
        ((12,), 5, {"hop_length": 3, "window": _window(5, dtype)}),
        ((2, 12), 6, {"hop_length": 2, "win_length": 3, "window": _window(3, dtype), "normalized": True}),
        ((12,), 4, {"onesided": False, "pad_mode": "constant"}),
        ((12,), 6, {"center": False, "win_length": 3, "hop_length": 3, "align_to_window": True}),
        ((12,), 6, {"win_length": 4}),
    ):
        yield Sample((sample_values(shape, dtype), n_fft), {**keywords, **real})
    yield Sample((sample_values((12,), dtype), 4), {"return_complex": False})


def _padded(x: Array, sides: tuple[int, int], mode: Any = "constant") -> Array:
    """Both sides of the last dimension."""
    return np.asarray(np.pad(x, [(0, 0)] * (x.ndim - 1) + [sides], mode))


def _stft(
    x: Array,
    n_fft: int,
    *,
    hop_length: int | None = None,
    win_length: int | None = None,
    window: Array | None = None,
    center: bool = True,
    pad_mode: str = "reflect",
    normalized: bool = False,
    onesided: bool | None = None,
    return_complex: bool | None = None,
    align_to_window: bool | None = None,
) -> Array:
    hop, length = hop_length or n_fft // 4, win_length or n_fft
    before = (n_fft - length) // 2
    sides = (before, n_fft - length - before)
    full = _padded(np.ones(length) if window is None else window, sides)
    rows = x[None] if x.ndim == 1 else x
    if center:
        rows = _padded(rows, (n_fft // 2, n_fft // 2), pad_mode)
    if align_to_window:
        rows = _padded(rows, sides)
    starts = range(0, rows.shape[1] - n_fft + 1, hop)
    frames = np.stack([rows[:, start : start + n_fft] * full for start in starts], 1)
    out = np.fft.fft(frames, norm="ortho" if normalized else "backward")
    if onesided is None:
        onesided = x.dtype.kind != "c"
    out = np.moveaxis(out[..., : n_fft // 2 + 1] if onesided else out, 1, 2)
    out = out[0] if x.ndim == 1 else out
    return np.stack([out.real, out.imag], -1) if return_complex is False else out


def _stft_dtype(dtype: str, sample: Sample) -> str:
    real = {"float64": "float64", "complex128": "float64"}.get(dtype, "float32")
    return real if sample.kwargs.get("return_complex") is False else f"complex{2 * int(real[5:])}"


def _istfts(dtype: str) -> Iterator[Sample]:
    for shape, n_fft, keywords in (
        ((3, 5), 4, {}),
        ((2, 3, 5), 4, {"hop_length": 2, "center": False}),
        ((4, 4), 6, {"hop_length": 2, "normalized": True}),
        ((4, 5), 6, {"hop_length": 2, "win_length": 4}),
        ((3, 5), 5, {"hop_length": 3, "length": 7}),
        ((3, 5), 4, {"hop_length": 2, "length": 20}),
        ((4, 5), 4, {"hop_length": 2}),
        ((2, 4, 5), 4, {"hop_length": 2, "onesided": False, "return_complex": True}),
    ):
        # A window would be of the dtype under test, which a real result cannot have: test_fft has them.
        yield Sample((sample_values(shape, dtype), n_fft), keywords)


def _istft(
    z: Array,
    n_fft: int,
    *,
    hop_length: int | None = None,
    win_length: int | None = None,
    center: bool = True,
    normalized: bool = False,
    onesided: bool | None = None,  # noqa: ARG001
    length: int | None = None,
    return_complex: bool = False,
) -> Array:
    hop, win = hop_length or n_fft // 4, win_length or n_fft
    before = (n_fft - win) // 2
    window = _padded(np.ones(win), (before, n_fft - win - before))
    frames = np.moveaxis(z, -1, -2)
    norm: Any = "ortho" if normalized else "backward"
    # Of a real signal the first half of the coefficients is read.
    rows = np.fft.ifft(frames, norm=norm) if return_complex else np.fft.irfft(frames, n_fft, norm=norm)
    num = rows.shape[-2]
    full = n_fft + hop * (num - 1)
    signal, weight = np.zeros((*z.shape[:-2], full), rows.dtype), np.zeros(full)
    for i in range(num):
        signal[..., i * hop : i * hop + n_fft] += rows[..., i, :] * window
        weight[i * hop : i * hop + n_fft] += window**2
    start = n_fft // 2 if center else 0
    end = start + length if length is not None else full - start
    out = signal[..., start:end] / weight[start:end]
    return _padded(out, (0, max(0, end - full)))


def _istft_dtype(dtype: str, sample: Sample) -> str:
    return dtype if sample.kwargs.get("return_complex") else {"complex128": "float64"}.get(dtype, "float32")


def _f(*shape: int) -> Array:
    return sample_values(shape, "float32")


def _bad_inverse(match: str, shape: tuple[int, ...], n_fft: int, **keywords: Any) -> ErrorCase:
    return ErrorCase(Sample((np.ones(shape, dtype=np.complex128), n_fft), keywords), RuntimeError, match, "complex64")


ROWS = (
    OpRow(
        "stft",
        _stfts,
        _stft,
        dtypes=FLOATS + COMPLEX,
        result_dtype=_stft_dtype,
        differentiable=True,
        cuda_library="cuFFT",
        errors=(
            error(RuntimeError, "must be given for real inputs", _f(12), 4),
            error(RuntimeError, "1D or 2D", _f(1, 2, 12), 4, return_complex=True),
            error(RuntimeError, "0 < n_fft <= 12", _f(12), 13, center=False, return_complex=True),
            error(RuntimeError, "hop_length > 0", _f(12), 4, 0, return_complex=True),
            error(RuntimeError, "0 < win_length <= n_fft", _f(12), 4, win_length=5, return_complex=True),
            error(RuntimeError, "window tensor of size equal to", _f(12), 4, window=_f(3), return_complex=True),
            error(RuntimeError, "when center = false", _f(12), 4, return_complex=True, align_to_window=True),
            ErrorCase(
                Sample((np.ones(12, dtype=np.complex128), 4), {"onesided": True}), RuntimeError, "onesided", "complex64"
            ),
        ),
    ),
    OpRow(
        "istft",
        _istfts,
        _istft,
        dtypes=COMPLEX,
        result_dtype=_istft_dtype,
        layouts=("contiguous", "transposed", "sliced"),
        differentiable=True,
        cuda_library="cuFFT",
        errors=(
            error(NotImplementedError, "complex-valued input", _f(3, 5), 4),
            _bad_inverse("cannot be empty", (3, 0), 4),
            _bad_inverse("2 or 3 dimensions", (1, 1, 3, 5), 4),
            _bad_inverse("frequency dimension", (3, 5), 8),
            _bad_inverse("frequency dimension", (3, 5), 4, onesided=False),
            _bad_inverse("0 < hop_length <= win_length", (3, 5), 4, hop_length=5),
            _bad_inverse("0 < win_length <= n_fft", (3, 5), 4, win_length=5),
            _bad_inverse("onesided", (3, 5), 4, return_complex=True),
            _bad_inverse("window overlap add min", (3, 5), 4, hop_length=2, win_length=2, length=12),
            _bad_inverse("would be empty", (3, 5), 4, length=0),
        ),
    ),
)
