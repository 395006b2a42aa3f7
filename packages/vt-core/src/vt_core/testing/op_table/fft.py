# SPDX-License-Identifier: Apache-2.0
"""Rows of Fourier transforms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
    FLOATS,
    INTEGERS,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    calls,
    error,
    sample_values,
)

__all__ = ["ROWS"]

_REAL = BOOL + INTEGERS + FLOATS
_NORMS = ("backward", "ortho", "forward")


def _complex_of(dtype: str, _sample: Sample) -> str:
    return {"float64": "complex128", "complex128": "complex128"}.get(dtype, "complex64")


def _real_of(dtype: str, _sample: Sample) -> str:
    return {"float64": "float64", "complex128": "float64"}.get(dtype, "float32")


def _same(dtype: str, _sample: Sample) -> str:
    return dtype


def _f(*shape: int) -> Array:
    return sample_values(shape, "float32")


# The three that compute, and what a device implements.
_SHAPE = (4, 3, 5)
_HOW = (((2,), 0), ((-1,), 1), ((0,), 2), ((1, 2), 0), ((0, -1), 1), ((2, 0, 1), 2))


def _numpy_norm(normalization: int, forward: bool) -> str:
    return _NORMS[normalization] if forward else _NORMS[2 - normalization]


def _c2c(x: Array, dim: Any, normalization: int, forward: bool) -> Array:
    function = np.fft.fftn if forward else np.fft.ifftn
    return function(x, axes=dim, norm=_numpy_norm(normalization, forward)) if dim else x  # type: ignore[arg-type]


def _r2c(x: Array, dim: Any, normalization: int, onesided: bool) -> Array:
    function = np.fft.rfftn if onesided else np.fft.fftn
    return np.asarray(function(x, axes=dim, norm=_numpy_norm(normalization, True)))  # type: ignore[arg-type]


def _c2r(x: Array, dim: Any, normalization: int, size: int) -> Array:
    sizes = [x.shape[d] for d in dim[:-1]] + [size]
    return np.fft.irfftn(x, sizes, dim, norm=_numpy_norm(normalization, False))  # type: ignore[arg-type]


def _transform(x: Array, out: Array, dim: Any, normalization: int, forward: bool) -> tuple[Array]:
    assert out.shape == x.shape
    return (_c2c(x, dim, normalization, forward),)


def _transforms(dtype: str) -> Iterator[Sample]:
    for seed, (dim, normalization) in enumerate(_HOW):
        dims = tuple(d % 3 for d in dim)
        for forward in (True, False):
            x = sample_values(_SHAPE, dtype, seed)
            yield Sample((x, np.zeros_like(x), dims, normalization, forward))


def _flagged(flag: tuple[Any, ...]) -> Samples:
    how = (*_HOW, ((0,), 0))
    return lambda dtype: (
        Sample((sample_values(_SHAPE, dtype, seed), dim, normalization, each))
        for seed, (dim, normalization) in enumerate(how)
        for each in flag
    )


def _c2rs(dtype: str) -> Iterator[Sample]:
    for seed, (dim, normalization) in enumerate(_HOW):
        half = _SHAPE[dim[-1]]
        for size in (2 * half - 2, 2 * half - 1):
            yield Sample((sample_values(_SHAPE, dtype, seed), dim, normalization, size))
    yield Sample((sample_values((3, 1), dtype), (1,), 0, 1))


_Z = np.ones((2, 3))  # errors are of calls on float32
_CORE_ERRORS = (error(NotImplementedError, "Only supports complex dtypes", _Z, (0,), 0, True),)


def _complex_error(kind: type[Exception], match: str, *args: Any) -> ErrorCase:
    return ErrorCase(Sample((np.ones((2, 3), dtype=np.complex128), *args)), kind, match, "complex64")


# The public functions.
def _one_dim(*further: tuple[tuple[int, ...], dict[str, Any]]) -> Samples:
    cases: tuple[tuple[tuple[int, ...], dict[str, Any]], ...] = (
        ((5,), {}),
        ((2, 6), {"n": 4}),
        ((2, 3), {"n": 5, "norm": "ortho"}),
        ((4, 1, 3), {"dim": 0, "norm": "forward"}),
        ((3, 2, 2), {"dim": -3, "norm": "backward"}),
        ((0, 4), {}),
        *further,
    )
    return lambda dtype: (
        Sample((sample_values(shape, dtype, seed),), keywords) for seed, (shape, keywords) in enumerate(cases)
    )


def _several_dims(*further: tuple[tuple[int, ...], dict[str, Any]]) -> Samples:
    return _one_shape(
        ((2, 3), {}),
        ((2, 3, 4), {"dim": (0, 2)}),
        ((2, 3, 4), {"s": (4, 2)}),
        ((3, 4), {"s": (-1, 5), "dim": (1, 0), "norm": "ortho"}),
        ((2, 3, 4), {"dim": (1,), "norm": "forward"}),
        ((0, 3, 4), {"dim": (1, 2)}),
        *further,
    )


def _one_shape(*cases: tuple[tuple[int, ...], dict[str, Any]]) -> Samples:
    return lambda dtype: (
        Sample((sample_values(shape, dtype, seed),), keywords) for seed, (shape, keywords) in enumerate(cases)
    )


def _two_dims() -> Samples:
    return _one_shape(
        ((3, 4), {}),
        ((2, 3, 4), {"s": (2, 6)}),
        ((2, 3, 4), {"dim": (0, 1), "norm": "ortho"}),
        ((2, 2, 3), {"s": (3, -1), "norm": "forward"}),
    )


def _numpys(function: Callable[..., Any], dims: int | None = 1, real_result: bool = False) -> Callable[..., Array]:
    """NumPy's function with PyTorch's arguments."""

    def one(x: Array, n: int | None = None, dim: int = -1, norm: str | None = None) -> Array:
        if x.size == 0:  # NumPy's own shapes are right
            return np.asarray(function(x, n, dim, norm))
        return np.asarray(function(x.astype(np.float64) if x.dtype.kind in "biu" else x, n, dim, norm))

    def several(x: Array, s: Any = None, dim: Any = None, norm: str | None = None) -> Array:
        x, given = x.astype(np.float64) if x.dtype.kind in "biu" else x, s
        if dim is None:
            count = len(s) if s is not None else dims or x.ndim
            dim = tuple(range(x.ndim - count, x.ndim))
        if s is not None:
            s = [x.shape[d] if size == -1 else size for size, d in zip(s, dim, strict=True)]
            if real_result and given[-1] == -1:
                s[-1] = 2 * s[-1] - 2
        return np.asarray(function(x, s, dim, norm) if dim else x)

    return one if dims == 1 else several


def _opposite(norm: str | None) -> str:
    return {"ortho": "ortho", "forward": "backward"}.get(norm or "", "forward")


def _hfftn(x: Array, s: Any, dim: Any, norm: str | None) -> Array:
    """NumPy has them of one dimension only."""
    if s is None:
        s = [x.shape[d] for d in dim[:-1]] + [2 * x.shape[dim[-1]] - 2]
    return np.fft.irfftn(x.conj(), s, dim, _opposite(norm))  # type: ignore[arg-type]


def _ihfftn(x: Array, s: Any, dim: Any, norm: str | None) -> Array:
    return np.fft.rfftn(x, s, dim, _opposite(norm)).conj()  # type: ignore[arg-type]


_DIM_ERRORS = (
    error(RuntimeError, "Invalid number of data points \\(0\\)", _f(2, 3), 0),
    error(RuntimeError, "Invalid number of data points \\(-1\\)", _f(2, 3), -1),
    error(IndexError, "imension", _f(2, 3), dim=2),
    error(IndexError, "no dimensions", _f()),
    error(RuntimeError, "Invalid normalization mode", _f(3), norm="foo"),
)
_DIMS_ERRORS = (
    error(RuntimeError, "Got shape with 3 values", _f(2, 3), (2, 3, 4)),
    error(RuntimeError, "must have the same length", _f(2, 3), (2, 3), (0,)),
    error(RuntimeError, "must be unique", _f(2, 3), None, (0, -2)),
    error(RuntimeError, "Invalid number of data points \\(0\\)", _f(2, 3), (0, 3)),
    error(IndexError, "imension", _f(2, 3), None, (2,)),
    error(RuntimeError, "Invalid normalization mode", _f(2, 3), None, None, "foo"),
)
_TWO_ERRORS = (error(IndexError, "imension", _f(3)),)
_NO_AXIS = (error(RuntimeError, "at least one axis", _f(2, 3), None, ()),)
_COMPLEX_INPUT = (
    ErrorCase(Sample((np.ones(3, dtype=np.complex128),)), NotImplementedError, "expects a real input", "complex64"),
)


def _row(name: str, samples: Samples, reference: Any, dtypes: tuple[str, ...], result_dtype: Any, errors: Any) -> OpRow:
    return OpRow(
        name,
        samples,
        reference,
        dtypes=dtypes,
        result_dtype=result_dtype,
        differentiable=True,
        errors=errors,
        cuda_library="cuFFT",
    )


def _functions(name: str, one: Any, several: Any, real_input: bool, real_result: bool) -> Iterator[OpRow]:
    """The rows of a transform over one, two and several dimensions."""
    dtypes = _REAL if real_input else _REAL + COMPLEX
    result = _real_of if real_result else _complex_of
    input_errors = _COMPLEX_INPUT if real_input else ()
    axis_errors = _NO_AXIS if real_input or real_result else ()
    odd = (((4,), {"n": 7}), ((1,), {"n": 1})) if real_result else ()
    yield _row(f"fft_{name}", _one_dim(*odd), _numpys(one), dtypes, result, _DIM_ERRORS + input_errors)
    none: tuple[tuple[tuple[int, ...], dict[str, Any]], ...] = (((2, 3), {"dim": ()}), ((), {}))
    yield _row(
        f"fft_{name}n",
        _several_dims(*(() if real_input or real_result else none)),
        _numpys(several, None, real_result),
        dtypes,
        result,
        _DIMS_ERRORS + input_errors + axis_errors,
    )
    yield _row(
        f"fft_{name}2", _two_dims(), _numpys(several, 2, real_result), dtypes, result, _TWO_ERRORS + input_errors
    )


# Frequencies.
def _frequencies(function: Any) -> Callable[..., Array]:
    def reference(n: int, d: float = 1.0, *, dtype: str = "float32") -> Array:
        del dtype
        if n == 0:
            return np.zeros(0 if function is np.fft.fftfreq else 1) / (1 if function is np.fft.fftfreq else 0.0)
        return np.asarray(function(n, d))

    return reference


def _frequency_row(name: str, function: Any) -> OpRow:
    return OpRow(
        name,
        calls(
            *(Sample((n,), {"dtype": DTypeName()}) for n in (1, 2, 5, 8)),
            Sample((4, 0.25), {"dtype": DTypeName()}),
        ),
        _frequencies(function),
        dtypes=("float16", "bfloat16", *FLOATS),
        errors=(
            error(RuntimeError, "must not be negative", -1),
            error(NotImplementedError, "requires a floating point", 4, dtype=DTypeName("int32")),
        ),
    )


def _shift_row(name: str, function: Any) -> OpRow:
    def samples(dtype: str) -> Iterator[Sample]:
        for shape, dim in (((3,), None), ((2, 5), None), ((4, 3), 0), ((2, 3, 4), (0, -1)), ((0, 3), None)):
            yield Sample((sample_values(shape, dtype), *(() if dim is None else (dim,))))

    def reference(x: Array, dim: Any = None) -> Array:
        return np.asarray(function(x, dim))

    return OpRow(
        name,
        samples,
        reference,
        differentiable=True,
        errors=(
            error(RuntimeError, "no dimension", _f()),
            error(IndexError, "imension", _f(2, 3), (0, 2)),
        ),
    )


ROWS = (
    OpRow(
        "_fft_transform",
        _transforms,
        _transform,
        dtypes=COMPLEX,
        layouts=("contiguous", "transposed", "sliced"),
        written=(1,),
        cuda_library="cuFFT",
        errors=(
            error(NotImplementedError, "from float32 to float32", _f(2, 3), _f(2, 3), (1,), 0, True),
            _complex_error(ValueError, "sizes", np.ones((3, 2), dtype=np.complex128), (1,), 0, True),
        ),
    ),
    _row("_fft_c2c", _flagged((True, False)), _c2c, COMPLEX, _same, _CORE_ERRORS),
    _row(
        "_fft_r2c",
        _flagged((True, False)),
        _r2c,
        FLOATS,
        _complex_of,
        (
            error(RuntimeError, "at least one axis", _Z, (), 0, True),
            error(RuntimeError, "must be unique", _Z, (0, 0), 0, True),
            error(ValueError, "unknown normalization", _Z, (0,), 3, True),
            _complex_error(NotImplementedError, "Only supports floating-point dtypes", (0,), 0, True),
        ),
    ),
    _row(
        "_fft_c2r",
        _c2rs,
        _c2r,
        COMPLEX,
        _real_of,
        (
            error(NotImplementedError, "Only supports complex dtypes", _Z, (0,), 0, 2),
            _complex_error(RuntimeError, "expected 5", (0,), 0, 9),
            _complex_error(RuntimeError, "Invalid number of data points", (0,), 0, 0),
        ),
    ),
    *_functions("fft", np.fft.fft, np.fft.fftn, False, False),
    *_functions("ifft", np.fft.ifft, np.fft.ifftn, False, False),
    *_functions("rfft", np.fft.rfft, np.fft.rfftn, True, False),
    *_functions("irfft", np.fft.irfft, np.fft.irfftn, False, True),
    *_functions("hfft", np.fft.hfft, _hfftn, False, True),
    *_functions("ihfft", np.fft.ihfft, _ihfftn, True, False),
    _frequency_row("fft_fftfreq", np.fft.fftfreq),
    _frequency_row("fft_rfftfreq", np.fft.rfftfreq),
    _shift_row("fft_fftshift", np.fft.fftshift),
    _shift_row("fft_ifftshift", np.fft.ifftshift),
)
