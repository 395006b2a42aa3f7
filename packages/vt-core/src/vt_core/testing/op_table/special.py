# SPDX-License-Identifier: Apache-2.0
"""Rows of the special functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing import _special as of
from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
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
)
from vt_core.testing.op_table.unary import floats_where_whole, function_row

__all__ = ["ROWS"]

_REAL = BOOL + INTEGERS + HALVES + FLOATS


def _rounded(x: Any, dtype: str) -> Array:
    return np.asarray(x).astype(dtype).astype(np.float64)


def _general(dtype: str) -> Iterator[Sample]:
    """Elements off zero, at which some functions have a kink."""
    for seed, shape in enumerate(SHAPES):
        x = sample_values(shape, dtype, seed)
        yield Sample((np.asarray(np.where(np.abs(x) < 0.1, x + 0.25, x)) if dtype in FLOATS + COMPLEX else x,))


def _within(low: float, high: float) -> Samples:
    """Floats strictly between two numbers; halves and integers as they are, poles and all."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(SHAPES):
            x = sample_values(shape, dtype, seed)
            if dtype in FLOATS:
                x = _rounded(low + (high - low) * (0.5 + 0.45 * x / (1 + np.abs(x))), dtype)
            elif dtype in HALVES:
                x = np.asarray(low + (high - low) * (x + 2) / 4)
            yield Sample((x,))

    return samples


def _call_on_floats(reference: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        wide = (np.asarray(a, np.float64) if np.asarray(a).dtype.kind in "biu" else a for a in args)
        return reference(*wide, **kwargs)

    return call


def _entr(x: Array) -> Any:
    return np.where(x == 0, 0, np.where(x < 0, -np.inf, -x * np.log(x)))


def _logit(x: Array, eps: float | None = None) -> Any:
    inside = x if eps is None else np.clip(x, eps, 1 - eps)
    return np.log(inside / (1 - inside))


def _probabilities(dtype: str) -> Iterator[Sample]:
    yield from _within(0, 1)(dtype)
    for sample in _within(0, 1)(dtype):
        yield Sample((*sample.args, 0.125))


def _polygamma(n: int, x: Array) -> Any:
    return np.where((x == 0) & (n % 2 == 0), -np.inf, of.polygamma(int(n), x))


def _orders(dtype: str) -> Iterator[Sample]:
    for n in (1, 0, 2, 4):
        for sample in _positive(dtype):
            yield Sample((n, *sample.args))


def _orders_last(dtype: str) -> Iterator[Sample]:
    return (Sample(sample.args[::-1]) for sample in _orders(dtype))


def _positive(dtype: str) -> Iterator[Sample]:
    """Elements above zero, integers with it."""
    for seed, shape in enumerate(SHAPES):
        x = np.asarray(np.abs(sample_values(shape, dtype, seed)))
        yield Sample((np.asarray(x + 0.25) if dtype in HALVES + FLOATS else x,))


def _mvlgamma(x: Array, p: int) -> Any:
    return p * (p - 1) / 4 * np.log(np.pi) + sum(of.lgamma(x - k / 2) for k in range(int(p)))


def _dimensions(dtype: str) -> Iterator[Sample]:
    for p in (1, 3):
        for sample in _positive(dtype):
            yield Sample((np.asarray(sample.args[0] + 1), p))


def _pairs(dtype: str) -> Iterator[Sample]:
    for seed, (left, right) in enumerate(
        (((), ()), ((2, 3), (2, 3)), ((2, 3), (3,)), ((0, 3), (1, 3)), ((40, 7), (7,)))
    ):
        y = np.asarray(np.abs(sample_values(right, dtype, seed + 100)))
        yield Sample((np.asarray(sample_values(left, dtype, seed)), np.asarray(y + 0.25) if dtype in FLOATS else y))
    for number in (True, 2, 0.5):
        yield Sample((sample_values((2, 3), dtype, 7), number))


def _numbers_first(dtype: str) -> Iterator[Sample]:
    for number in (2, -0.5):
        yield from (Sample((number, *sample.args)) for sample in _positive(dtype))


def _xlogy(x: Any, y: Any) -> Any:
    return np.where(x == 0, 0, x * np.log(y))


def _xlog1py(x: Any, y: Any) -> Any:
    return np.where(x == 0, 0, x * np.log1p(y))


def _row(
    name: str, samples: Samples, reference: Callable[..., Any], dtypes: tuple[str, ...] = _REAL, **kwargs: Any
) -> OpRow:
    return OpRow(
        name,
        samples,
        _call_on_floats(reference),
        dtypes=dtypes,
        result_dtype=floats_where_whole,
        differentiable=True,
        **kwargs,
    )


_X = sample_values((2, 3), "float32")
ROWS = (
    OpRow(
        "frexp",
        _general,
        np.frexp,
        dtypes=HALVES + FLOATS,
        result_dtype=lambda dtype, _: (dtype, "int32"),
        differentiable=True,
        errors=(error(TypeError, "self", "text"),),
    ),
    function_row("erfc", of.erfc, _general),
    function_row("erfinv", of.erfinv, _within(-1, 1)),
    function_row("lgamma", of.lgamma, _within(0, 6)),
    function_row("digamma", of.digamma, _within(0, 6)),
    function_row("i0", of.i0, _general),
    function_row("sinc", np.sinc, _general, _REAL + COMPLEX),
    _row("logit", _probabilities, _logit),
    function_row("special_erfcx", of.erfcx, _within(-2, 3)),
    function_row("special_ndtr", of.ndtr, _general),
    function_row("special_log_ndtr", of.log_ndtr, _general),
    function_row("special_ndtri", of.ndtri, _within(0, 1)),
    function_row("special_i0e", lambda x: of.i0(x) * np.exp(-np.abs(x)), _general),
    function_row("special_i1", of.i1, _general),
    function_row("special_i1e", lambda x: of.i1(x) * np.exp(-np.abs(x)), _general),
    function_row("special_entr", _entr, _within(0, 3)),
    _row(
        "xlogy",
        _pairs,
        _xlogy,
        errors=(error(RuntimeError, "cannot broadcast", _X, sample_values((4,), "float32")),),
    ),
    _row("xlogy.Scalar_Self", _numbers_first, _xlogy),
    _row("special_xlog1py", _pairs, _xlog1py),
    _row("special_xlog1py.self_scalar", _numbers_first, _xlog1py),
    _row(
        "polygamma",
        _orders,
        _polygamma,
        errors=(error(RuntimeError, "n must not be negative: got -1", -1, _X),),
    ),
    _row(
        "polygamma.of",
        _orders_last,
        lambda x, n: _polygamma(n, x),
    ),
    _row(
        "mvlgamma",
        _dimensions,
        _mvlgamma,
        tuple(d for d in _REAL if d != "bool"),
        errors=(error(RuntimeError, "p must be at least 1: got 0", _X, 0),),
    ),
)
