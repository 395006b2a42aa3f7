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


def _away_from_zero(dtype: str) -> Iterator[Sample]:
    """Elements at which no function of the family has a kink or a jump."""
    for x in _values(dtype):
        yield Sample((x if dtype in BOOL + INTEGERS + COMPLEX else np.asarray(np.where(np.abs(x) < 0.1, x + 0.25, x)),))


def _function(
    name: str,
    reference: Callable[[Array], Any],
    samples: Samples,
    dtypes: tuple[str, ...] = _REAL,
) -> OpRow:
    """A row of a function of floats."""

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


def _is(reference: Callable[[Array], Any]) -> Callable[[Array], Any]:
    return lambda x: reference(x) if x.dtype.kind in "fc" else reference(x.astype(np.float64))


def _sign(x: Array) -> Any:
    return x if x.dtype == np.bool_ else np.sign(x)


def _tanh_backward(grad: Array, output: Array) -> Any:
    return grad * (1 - output * output)


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
    OpRow("abs", _away_from_zero, np.abs, dtypes=_NUMBERS + FLOAT8, differentiable=True),
    OpRow("sign", _away_from_zero, _sign, dtypes=_REAL, differentiable=True),
    _function("exp", np.exp, _GENERAL),
    _function("expm1", np.expm1, _GENERAL),
    _function("log", np.log, _POSITIVE),
    _function("log1p", np.log1p, _POSITIVE),
    _function("log2", np.log2, _POSITIVE),
    _function("sqrt", np.sqrt, _POSITIVE),
    _function("rsqrt", lambda x: 1 / np.sqrt(x), _POSITIVE),
    OpRow("square", _GENERAL, np.square, dtypes=_NUMBERS + COMPLEX, differentiable=True),
    _function("reciprocal", lambda x: 1 / x, _away_from_zero, _REAL + COMPLEX),
    _function("sin", np.sin, _GENERAL),
    _function("cos", np.cos, _GENERAL),
    _function("tanh", np.tanh, _GENERAL),
    _function("erf", _erf, _GENERAL),
    OpRow("floor", _with_specials, np.floor, dtypes=_NUMBERS, differentiable=True),
    OpRow("ceil", _with_specials, np.ceil, dtypes=_NUMBERS, differentiable=True),
    OpRow("trunc", _with_specials, np.trunc, dtypes=_NUMBERS, differentiable=True),
    OpRow("round", _with_specials, np.round, dtypes=_NUMBERS, differentiable=True),
    OpRow("isnan", _with_specials, _is(np.isnan), result_dtype=_to_bool),
    OpRow("isinf", _with_specials, _is(np.isinf), result_dtype=_to_bool),
    OpRow("isfinite", _with_specials, _is(np.isfinite), result_dtype=_to_bool),
    OpRow("logical_not", _GENERAL, np.logical_not, dtypes=ALL_DTYPES, result_dtype=_to_bool),
    OpRow("bitwise_not", _GENERAL, np.invert, dtypes=BOOL + INTEGERS),
    OpRow("conj", _GENERAL, np.conj, differentiable=True),
    OpRow("positive", _GENERAL, unchanged, dtypes=_NUMBERS + FLOAT8 + COMPLEX, differentiable=True, is_view=True),
    OpRow(
        "tanh_backward",
        _pairs,
        _tanh_backward,
        dtypes=HALVES + FLOATS,
        differentiable=True,
        errors=(error(RuntimeError, "cannot broadcast", np.ones((2, 3)), np.ones((4,))),),
    ),
)
