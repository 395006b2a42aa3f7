# SPDX-License-Identifier: Apache-2.0
"""Rows of the matrix products."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    sample_values,
)

_DTYPES = INTEGERS + HALVES + FLOATS + COMPLEX

_Shapes = tuple[tuple[int, ...], ...]

_MM: tuple[_Shapes, ...] = (
    ((2, 3), (3, 4)),
    ((1, 5), (5, 1)),
    ((7, 1), (1, 2)),
    ((0, 3), (3, 2)),
    ((2, 0), (0, 3)),
    ((3, 2), (2, 0)),
    ((17, 35), (35, 33)),
)
_BMM: tuple[_Shapes, ...] = (
    ((3, 2, 4), (3, 4, 2)),
    ((1, 2, 3), (1, 3, 2)),
    ((0, 2, 3), (0, 3, 2)),
    ((2, 3, 0), (2, 0, 2)),
    ((2, 1, 4), (2, 4, 3)),
)
_MATMUL: tuple[_Shapes, ...] = (
    ((2, 3), (3, 4)),
    ((3,), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3,)),
    ((2, 3, 4), (4,)),
    ((3,), (2, 3, 2)),
    ((2, 3, 4), (4, 2)),
    ((3, 4), (2, 4, 2)),
    ((2, 1, 2, 3), (3, 3, 2)),
    ((2, 1, 3), (2, 3, 2)),
    ((1, 2, 3), (2, 3, 2)),
    ((2, 0, 3), (3, 2)),
    ((0, 2, 3), (3, 2)),
    ((2, 2, 0), (2, 0, 2)),
    ((0,), (0,)),
)
_LINEAR: tuple[_Shapes, ...] = (
    ((2, 3), (4, 3)),
    ((2, 3), (4, 3), (4,)),
    ((3,), (4, 3), (4,)),
    ((3,), (1, 3)),
    ((2, 2, 3), (2, 3), (2,)),
    ((2, 1, 2, 3), (2, 3), (2,)),
    ((0, 3), (2, 3), (2,)),
    ((2, 0), (3, 0), (3,)),
    ((1, 20), (3, 20), (3,)),
    ((2, 3), (3,)),
    ((2, 2, 3), (3,), ()),
)


def _of_shapes(shapes: tuple[_Shapes, ...]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, case in enumerate(shapes):
            yield Sample(tuple(sample_values(shape, dtype, 3 * seed + i) for i, shape in enumerate(case)))

    return samples


def _large_too(samples: Samples) -> Samples:
    """Sizes that reach every way of multiplying as well: blocks, few rows, few columns. Float32 sums of halves are exact."""

    def more(dtype: str) -> Iterator[Sample]:
        yield from samples(dtype)
        if dtype in ("float32", "bfloat16", "int32", "complex64"):
            for m, k, n in ((40, 300, 70), (2, 300, 300), (300, 300, 3), (1, 70, 1100)):
                values = dtype if dtype in ("bfloat16", "int32") else "bfloat16"
                yield Sample((sample_values((m, k), values, 1), sample_values((k, n), values, 2)))

    return more


def _added(shapes: tuple[_Shapes, ...], addends: tuple[tuple[int, ...], ...]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        factors: tuple[dict[str, Any], ...] = ({}, {"beta": 2, "alpha": 3}, {"beta": 0})
        if dtype not in INTEGERS:
            factors += ({"beta": 0.5, "alpha": -1.5},)
        if dtype in COMPLEX:
            factors += ({"beta": 0.5 - 2j, "alpha": 1 + 0.25j}, {"beta": 0, "alpha": 0.5j})
        for seed, (left, right) in enumerate(shapes):
            full = (*left[:-1], *right[len(right) - 1 :]) if len(right) > 1 else left[:-1]
            for addend in (*addends, full):
                keywords = factors[seed % len(factors)]
                yield Sample(
                    (
                        sample_values(addend, dtype, seed),
                        sample_values(left, dtype, seed + 1),
                        sample_values(right, dtype, seed + 2),
                    ),
                    keywords,
                )

    return samples


def _matmul(left: Array, right: Array) -> Array:
    return np.asarray(np.matmul(left, right))


def _dot(left: Array, right: Array) -> Array:
    return np.asarray(np.dot(left, right))


def _add_product(addend: Array, left: Array, right: Array, *, beta: Any = 1, alpha: Any = 1) -> Array:
    kind = left.dtype
    product = np.matmul(left, right) * np.asarray(alpha).astype(kind)
    return product + addend * np.asarray(beta).astype(kind) if beta != 0 else product


def _activated(samples: Samples) -> Samples:
    """With and without gelu."""

    def activated(dtype: str) -> Iterator[Sample]:
        for number, sample in enumerate(samples(dtype)):
            yield Sample(sample.args, {**sample.kwargs, "use_gelu": number % 2 == 0})

    return activated


def _add_and_activate(addend: Array, left: Array, right: Array, *, use_gelu: bool, **factors: Any) -> Array:
    x = _add_product(addend, left, right, **factors)
    if not use_gelu:
        return np.maximum(x, 0)
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def _linear(x: Array, weight: Array, bias: Array | None = None) -> Array:
    product = np.matmul(x, weight.T)
    return np.asarray(product if bias is None else product + bias)


def _linear_relu(x: Array, weight: Array, bias: Array | None = None) -> Array:
    return np.maximum(_linear(x, weight, bias), 0)


_LINEAR_MASKS = (
    [True, True, True],
    [True, False, True],
    [False, True, True],
    [True, False, False],
    [False, False, True],
)


def _linear_backward_samples(dtype: str) -> Iterator[Sample]:
    shapes = (((2, 3), 4), ((5,), 3), ((2, 3, 4), 2), ((2, 1, 2, 3), 17), ((40, 70), 35), ((3, 1), 1), ((0, 3), 2))
    for seed, (shape, out) in enumerate(shapes):
        x = sample_values(shape, dtype, seed)
        grad = sample_values((*shape[:-1], out), dtype, seed + 1)
        weight = sample_values((out, shape[-1]), dtype, seed + 2)
        for mask in _LINEAR_MASKS[: 5 if seed < 3 else 1]:
            yield Sample((x if mask[1] else None, grad, weight if mask[0] else None, mask))
            if dtype in HALVES + FLOATS:
                output = np.maximum(sample_values(grad.shape, dtype, seed + 3), 0)
                kwargs = {"relu_output": output}
                yield Sample((x if mask[1] else None, grad, weight if mask[0] else None, mask), kwargs)


def _linear_backward(
    x: Array | None, grad: Array, weight: Array | None, mask: list[bool], *, relu_output: Array | None = None
) -> tuple[Any, Any, Any]:
    if relu_output is not None:
        grad = np.where(relu_output > 0, grad, 0)
    rows = grad.reshape(-1, grad.shape[-1])
    return (
        None if weight is None else np.matmul(grad, weight.conj()),
        None if x is None else np.matmul(rows.T, x.reshape(-1, x.shape[-1]).conj()),
        rows.sum(0) if mask[2] else None,
    )


def _f(*shape: int) -> Array:
    return sample_values(shape, "float32")


_INT = sample_values((2, 2), "int32")


def _row(name: str, samples: Samples, reference: Callable[..., Array], *errors: ErrorCase) -> OpRow:
    return OpRow(name, samples, reference, dtypes=_DTYPES, differentiable=True, errors=errors)


ROWS = (
    _row(
        "matmul",
        _large_too(_of_shapes(_MATMUL)),
        _matmul,
        error(RuntimeError, r"mat1 and mat2 shapes cannot be multiplied \(2x3 and 4x5\)", _f(2, 3), _f(4, 5)),
        error(RuntimeError, "cannot broadcast", _f(2, 2, 3), _f(3, 3, 2)),
        error(RuntimeError, "at least 1D", _f(), _f(2)),
    ),
    _row(
        "mm",
        _of_shapes(_MM),
        _matmul,
        error(RuntimeError, r"mat1 and mat2 shapes cannot be multiplied \(2x3 and 4x5\)", _f(2, 3), _f(4, 5)),
        error(RuntimeError, "mat1 must be a 2-D tensor", _f(3), _f(3, 2)),
    ),
    _row(
        "bmm",
        _of_shapes(_BMM),
        _matmul,
        error(RuntimeError, r"Expected size for first two dimensions of batch2", _f(2, 2, 3), _f(1, 3, 2)),
        error(RuntimeError, "batch2 must be a 3-D tensor", _f(2, 2, 3), _f(3, 2)),
    ),
    _row(
        "mv",
        _of_shapes((((2, 3), (3,)), ((4, 1), (1,)), ((0, 3), (3,)), ((3, 0), (0,)), ((30, 40), (40,)))),
        _matmul,
        error(RuntimeError, r"size mismatch, got mat \(2x3\), vec \(4\)", _f(2, 3), _f(4)),
    ),
    _row(
        "dot",
        _of_shapes((((3,), (3,)), ((1,), (1,)), ((0,), (0,)), ((50,), (50,)))),
        _dot,
        error(RuntimeError, "inconsistent tensor size", _f(3), _f(4)),
        error(RuntimeError, "1D tensors expected", _f(3), _f(3, 1)),
    ),
    _row(
        "addmm",
        _added(_MM[:6], ((), (1,))),
        _add_product,
        error(RuntimeError, r"shapes cannot be multiplied \(2x3 and 4x5\)", _f(2, 5), _f(2, 3), _f(4, 5)),
        error(RuntimeError, "self cannot be broadcast", _f(3, 4), _f(2, 3), _f(3, 4)),
        ErrorCase(Sample((_INT, _INT, _INT), {"alpha": 1.5}), RuntimeError, "alpha must be an integer", "int32"),
        ErrorCase(Sample((_INT, _INT, _INT), {"beta": 1.5}), RuntimeError, "beta must be an integer", "int32"),
    ),
    OpRow(
        "_addmm_activation",
        _activated(_added(_MM, ((), (1,)))),
        _add_and_activate,
        dtypes=HALVES + FLOATS,
        differentiable=True,
        errors=(
            error(RuntimeError, r"shapes cannot be multiplied \(2x3 and 4x5\)", _f(2, 5), _f(2, 3), _f(4, 5)),
            error(RuntimeError, "self cannot be broadcast", _f(3, 4), _f(2, 3), _f(3, 4)),
        ),
    ),
    _row(
        "addmv",
        _added((((2, 3), (3,)), ((4, 1), (1,)), ((0, 3), (3,)), ((3, 0), (0,)), ((30, 40), (40,))), ((), (1,))),
        _add_product,
        error(RuntimeError, r"size mismatch, got mat \(2x3\), vec \(4\)", _f(2), _f(2, 3), _f(4)),
        error(RuntimeError, "self cannot be broadcast", _f(3), _f(2, 3), _f(3)),
    ),
    _row(
        "baddbmm",
        _added(_BMM, ((), (1, 1))),
        _add_product,
        error(RuntimeError, "self cannot be broadcast", _f(2, 2, 4), _f(3, 2, 3), _f(3, 3, 4)),
    ),
    _row(
        "linear",
        _of_shapes(_LINEAR),
        _linear,
        error(RuntimeError, r"shapes cannot be multiplied \(2x3 and 5x4\)", _f(2, 3), _f(4, 5)),
        error(RuntimeError, "bias must have one element", _f(2, 3), _f(4, 3), _f(3)),
        error(RuntimeError, "weight must be a 2-D tensor", _f(2, 3), _f(1, 2, 3)),
    ),
    OpRow(
        "_linear_relu",
        _of_shapes(_LINEAR),
        _linear_relu,
        dtypes=INTEGERS + HALVES + FLOATS,
        differentiable=True,
        errors=(
            error(RuntimeError, r"shapes cannot be multiplied \(2x3 and 5x4\)", _f(2, 3), _f(4, 5)),
            error(RuntimeError, "bias must have one element", _f(2, 3), _f(4, 3), _f(3)),
        ),
    ),
    OpRow(
        "linear_backward",
        _linear_backward_samples,
        _linear_backward,
        dtypes=HALVES + FLOATS + COMPLEX,
        result_dtype=lambda dtype, _: (dtype, dtype, dtype),
        differentiable=True,
        errors=(
            error(RuntimeError, "input must have the sizes of grad_output", _f(3, 3), _f(2, 4), _f(4, 3), [True] * 3),
            error(RuntimeError, "weight must have a row for each", _f(2, 3), _f(2, 4), _f(3, 3), [True] * 3),
            error(RuntimeError, "weight must have a column for each", _f(2, 3), _f(2, 4), _f(4, 2), [True] * 3),
            error(RuntimeError, "to have the dtype of grad_output", Typed(_INT, "int32"), _f(2, 4), None, [False] * 3),
            ErrorCase(
                Sample((_f(2, 3), _f(2, 4), _f(4, 3), [True] * 3), {"relu_output": _f(2, 3)}),
                RuntimeError,
                "relu_output must have the sizes of grad_output",
            ),
            error(ValueError, "of weight needs input: got None", None, _f(2, 4), _f(4, 3), [True] * 3),
            error(ValueError, "output_mask must have three entries", _f(2, 3), _f(2, 4), _f(4, 3), [True]),
        ),
    ),
)
