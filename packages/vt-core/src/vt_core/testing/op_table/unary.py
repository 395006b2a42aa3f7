# SPDX-License-Identifier: Apache-2.0
"""Rows of the unary family."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    BOOL,
    COMPLEX,
    FLOAT8,
    FLOATS,
    HALVES,
    INTEGERS,
    SHAPES,
    Array,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    sample_values,
    unchanged,
)

_NUMBERS = INTEGERS + HALVES + FLOATS
_REAL = BOOL + _NUMBERS
_SIZES = (*SHAPES, (40, 70))


def floats_where_whole(dtype: str, _: Sample) -> str:
    """Result dtype of functions to which integers are promoted."""
    return "float32" if dtype in BOOL + INTEGERS else dtype


def _values(dtype: str, low: float = -math.inf) -> Iterator[Array]:
    """Elements of each shape; reals are moved above `low`."""
    for seed, shape in enumerate(_SIZES):
        x = sample_values(shape, dtype, seed)
        if math.isfinite(low) and dtype not in COMPLEX + BOOL:
            x = np.asarray(np.abs(x) + (0 if dtype in INTEGERS else math.ceil(4 * low) / 4 + 0.25), dtype=x.dtype)
        yield x


def _each(low: float = -math.inf) -> Samples:
    return lambda dtype: (Sample((x,)) for x in _values(dtype, low))


def _with_specials(dtype: str) -> Iterator[Sample]:
    """Halves between integers, signed zeros, infinities and NaN besides the usual elements."""
    yield from _each()(dtype)
    if dtype in HALVES + FLOATS:
        # More than differences are taken of: these are the points where the functions jump.
        yield Sample((np.array([0.5, 1.5, 2.5, -0.5, -1.5, 0.0, -0.0, math.inf, -math.inf, math.nan] * 7),))


def _to_decimals(dtype: str) -> Iterator[Sample]:
    """Numbers of which none lies halfway between two multiples, to one decimal, to none and to tens; halves to more than they hold."""
    for x in _values(dtype):
        for decimals in (1, 0, -1, 5) if dtype in ("float16", "bfloat16") else (1, 0, -1):
            yield Sample((np.asarray(x + 0.013, x.dtype),), {"decimals": decimals})


def _round_decimals(x: Array, *, decimals: int) -> Array:
    return np.round(x.astype(np.float64), decimals).astype(x.dtype)


def _away_from_zero(dtype: str) -> Iterator[Sample]:
    """Elements at which no function of the family has a kink or a jump."""
    for x in _values(dtype):
        yield Sample((x if dtype in BOOL + INTEGERS + COMPLEX else np.asarray(np.where(np.abs(x) < 0.1, x + 0.25, x)),))


def _away_from_whole(dtype: str) -> Iterator[Sample]:
    """Elements at which no fraction jumps."""
    for x in _values(dtype):
        yield Sample((x if dtype in HALVES else np.asarray(np.where(np.abs(x - np.round(x)) < 0.1, x + 0.25, x)),))


def function_row(
    name: str,
    reference: Callable[[Array], Any],
    samples: Samples,
    dtypes: tuple[str, ...] = _REAL,
) -> OpRow:
    """A row of a function of floats, to which integers are promoted."""

    def on_floats(x: Array) -> Any:
        return reference(x.astype(np.float64) if x.dtype.kind in "biu" else x)

    return OpRow(
        name,
        samples,
        on_floats,
        dtypes=dtypes,
        result_dtype=floats_where_whole,
        differentiable=True,
        errors=(error(TypeError, "self", "text"),),
    )


def real_where_complex(dtype: str, _: Sample) -> str:
    """Result dtype of functions that make real numbers of complex ones."""
    return {"complex64": "float32", "complex128": "float64"}.get(dtype, dtype)


def _angle_dtype(dtype: str, sample: Sample) -> str:
    return floats_where_whole(real_where_complex(dtype, sample), sample)


def _is(reference: Callable[[Array], Any]) -> Callable[[Array], Any]:
    return lambda x: reference(x) if x.dtype.kind in "fc" else reference(x.astype(np.float64))


def _sign(x: Array) -> Any:
    return x if x.dtype == np.bool_ else np.sign(x)


def _sgn(x: Array) -> Any:
    return np.where(x == 0, 0, x / np.where(x == 0, 1, np.abs(x))) if x.dtype.kind == "c" else _sign(x)


def _frac(x: Array) -> Any:
    return x - np.trunc(x)


def _nan_to_num(x: Array, nan: Any = None, posinf: Any = None, neginf: Any = None) -> Any:
    return np.nan_to_num(x, nan=nan or 0.0, posinf=posinf, neginf=neginf) if x.dtype.kind in "fc" else x


def _replacements(dtype: str) -> Iterator[Sample]:
    """Infinities have the defaults that NumPy has in float64; the other dtypes' are in test_pointwise.py."""
    # More than differences are taken of.
    specials = np.array([1.5, -0.0, math.inf, -math.inf, math.nan] * 15)
    for x in _values(dtype):
        yield Sample((x,))
    if dtype in HALVES + FLOATS + COMPLEX:
        x = specials.astype(np.complex128 if dtype in COMPLEX else np.float64)
        if dtype in COMPLEX:
            x.imag = specials[::-1]
        yield Sample((x,), {"nan": 2.5, "posinf": 7.0, "neginf": -3.0})
    if dtype in ("float64", "complex128"):
        yield Sample((specials if dtype == "float64" else specials.astype(np.complex128),))


def _tanh_backward(grad: Array, output: Array) -> Any:
    return grad * np.conj(1 - output * output)


def _to_bool(_dtype: str, _sample: Sample) -> str:
    return "bool"


def _pairs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(_SIZES):
        yield Sample((sample_values(shape, dtype, seed), sample_values(shape, dtype, seed + 50)))
    yield Sample((sample_values((2, 3), dtype), sample_values((3,), dtype, 1)))


_GENERAL = _each()
_POSITIVE = _each(0.25)
_erf = np.vectorize(math.erf, otypes=[np.float64])

ROWS = (
    OpRow(
        "neg",
        _GENERAL,
        np.negative,
        dtypes=_NUMBERS + COMPLEX,
        differentiable=True,
        errors=(error(TypeError, "self", "text"),),
    ),
    OpRow(
        "abs",
        _away_from_zero,
        np.abs,
        dtypes=_NUMBERS + FLOAT8 + COMPLEX,
        result_dtype=real_where_complex,
        differentiable=True,
    ),
    OpRow(
        "angle",
        _away_from_zero,
        lambda x: np.angle(x if x.dtype.kind in "fc" else x.astype(np.float64)),
        dtypes=_REAL + COMPLEX,
        result_dtype=_angle_dtype,
        differentiable=True,
    ),
    OpRow("sign", _away_from_zero, _sign, dtypes=_REAL, differentiable=True),
    OpRow("sgn", _away_from_zero, _sgn, dtypes=_REAL + COMPLEX, differentiable=True),
    function_row("exp", np.exp, _GENERAL, _REAL + COMPLEX),
    function_row("exp2", lambda x: 2.0**x, _GENERAL, _REAL + COMPLEX),
    function_row("expm1", np.expm1, _GENERAL, _REAL + COMPLEX),
    function_row("log", np.log, _POSITIVE, _REAL + COMPLEX),
    function_row("log1p", np.log1p, _POSITIVE, _REAL + COMPLEX),
    function_row("log2", np.log2, _POSITIVE, _REAL + COMPLEX),
    function_row("log10", np.log10, _POSITIVE, _REAL + COMPLEX),
    function_row("sqrt", np.sqrt, _POSITIVE, _REAL + COMPLEX),
    function_row("rsqrt", lambda x: 1 / np.sqrt(x), _POSITIVE, _REAL + COMPLEX),
    OpRow(
        "square",
        _GENERAL,
        lambda x: x * 1 if x.dtype == bool else np.square(x),
        dtypes=BOOL + _NUMBERS + COMPLEX,
        result_dtype=lambda dtype, _: "int64" if dtype in BOOL else dtype,
        differentiable=True,
    ),
    function_row("reciprocal", lambda x: 1 / x, _away_from_zero, _REAL + COMPLEX),
    function_row("sin", np.sin, _GENERAL, _REAL + COMPLEX),
    function_row("cos", np.cos, _GENERAL, _REAL + COMPLEX),
    function_row("tanh", np.tanh, _GENERAL, _REAL + COMPLEX),
    function_row("erf", _erf, _GENERAL),
    OpRow("floor", _with_specials, np.floor, dtypes=_NUMBERS, differentiable=True),
    OpRow("ceil", _with_specials, np.ceil, dtypes=_NUMBERS, differentiable=True),
    OpRow("trunc", _with_specials, np.trunc, dtypes=_NUMBERS, differentiable=True),
    OpRow("round", _with_specials, np.round, dtypes=_NUMBERS, differentiable=True),
    OpRow(
        "round.decimals",
        _to_decimals,
        _round_decimals,
        dtypes=HALVES + FLOATS,
        differentiable=True,
        errors=(error(NotImplementedError, "not implemented for int64", Typed(np.array([15]), "int64"), decimals=-1),),
    ),
    OpRow("frac", _away_from_whole, _frac, dtypes=HALVES + FLOATS, differentiable=True),
    function_row("deg2rad", np.deg2rad, _GENERAL),
    function_row("rad2deg", np.rad2deg, _GENERAL),
    OpRow("nan_to_num", _replacements, _nan_to_num, dtypes=_REAL + COMPLEX, differentiable=True),
    OpRow("isnan", _with_specials, _is(np.isnan), result_dtype=_to_bool),
    OpRow("isinf", _with_specials, _is(np.isinf), result_dtype=_to_bool),
    OpRow("isfinite", _with_specials, _is(np.isfinite), result_dtype=_to_bool),
    OpRow("isreal", _GENERAL, np.isreal, result_dtype=_to_bool),
    OpRow("isposinf", _with_specials, _is(np.isposinf), dtypes=_REAL, result_dtype=_to_bool),
    OpRow("isneginf", _with_specials, _is(np.isneginf), dtypes=_REAL, result_dtype=_to_bool),
    OpRow("signbit", _with_specials, _is(np.signbit), dtypes=_REAL, result_dtype=_to_bool),
    OpRow("logical_not", _GENERAL, np.logical_not, dtypes=ALL_DTYPES, result_dtype=_to_bool),
    OpRow("bitwise_not", _GENERAL, np.invert, dtypes=BOOL + INTEGERS),
    OpRow("conj", _GENERAL, np.conj, differentiable=True),
    OpRow("conj_physical", _GENERAL, np.conj, differentiable=True),
    OpRow("positive", _GENERAL, unchanged, dtypes=_NUMBERS + FLOAT8 + COMPLEX, differentiable=True, is_view=True),
    OpRow(
        "tanh_backward",
        _pairs,
        _tanh_backward,
        dtypes=HALVES + FLOATS + COMPLEX,
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast", np.ones((2, 3)), np.ones((4,))),),
    ),
)
