# SPDX-License-Identifier: Apache-2.0
"""Rows of recurrent layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.row import (
    FLOATS,
    HALVES,
    Array,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    sample_values,
)

__all__ = ["ROWS"]

_GATES = {"lstm": 4, "gru": 3, "rnn_tanh": 1, "rnn_relu": 1}
# Batch sizes of each time: alike, packed, one time, none.
_BATCHES = ((2, 2, 2), (3, 2, 2, 1), (2,), ())
_EVERY_ROW_APART = ("contiguous", "transposed", "sliced")


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def _values(shape: tuple[int, ...], dtype: str, seed: int) -> Array:
    x = sample_values(shape, dtype, seed)
    return x / 4 if dtype in HALVES else x


def _samples(has_bias: bool, sizes: tuple[tuple[int, int], ...] = ((2, 0), (2, 1), (17, 0), (16, 5))) -> Samples:
    """Layers of each mode, with (width, width of a projection)."""

    def samples(dtype: str) -> Iterator[Sample]:
        for mode, num_gates in _GATES.items():
            for seed, (width, projected) in enumerate(sizes):
                if projected and mode != "lstm":
                    continue
                out_width = projected or width
                for k, batches in enumerate(_BATCHES):
                    batch = batches[0] if batches else 2
                    c0 = _values((batch, width), dtype, seed + 1) if mode == "lstm" else None
                    bias = _values((num_gates * width,), dtype, seed + 2)
                    yield Sample(
                        (
                            _values((sum(batches), num_gates * width), dtype, seed + k),
                            _values((batch, out_width), dtype, seed + 3),
                            c0,
                            _values((num_gates * width, out_width), dtype, seed + 4) / 2,
                            bias if mode == "gru" or (has_bias and k % 2) else None,
                            _values((out_width, width), dtype, seed + 5) if projected else None,
                            batches,
                            mode,
                            k % 3 == 1 or (seed + k) % 2 == 1,
                        )
                    )

    return samples


def _step(gates: Array, h: Array, c: Any, weight: Array, bias: Any, projection: Any, mode: str) -> tuple[Array, Any]:
    p = h @ weight.T + (0 if bias is None else bias)
    if mode == "lstm":
        i, f, g, o = np.split(gates + p, 4, -1)
        c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
        h = _sigmoid(o) * np.tanh(c)
        return h if projection is None else h @ projection.T, c
    if mode == "gru":
        (a_r, a_z, a_n), (p_r, p_z, p_n) = np.split(gates, 3, -1), np.split(p, 3, -1)
        z = _sigmoid(a_z + p_z)
        return (1 - z) * np.tanh(a_n + _sigmoid(a_r + p_r) * p_n) + z * h, None
    return np.tanh(gates + p) if mode == "rnn_tanh" else np.maximum(gates + p, 0), None


def _layer(
    gates: Array,
    h0: Array,
    c0: Any,
    weight: Array,
    bias: Any,
    projection: Any,
    batches: Any,
    mode: Any,
    reverse: Any = False,
) -> tuple[Any, ...]:
    starts = np.cumsum([0, *batches])
    h, c = h0.copy(), None if c0 is None else c0.copy()
    out = np.zeros((len(gates), h0.shape[1]))
    for t in reversed(range(len(batches))) if reverse else range(len(batches)):
        n, rows = batches[t], slice(starts[t], starts[t + 1])
        cells = None if c is None else c[:n]
        h[:n], after = _step(gates[rows], h[:n], cells, weight, bias, projection, mode)
        if c is not None:
            c[:n] = after
        out[rows] = h[:n]
    return out, h, c


def _native(*args: Any) -> tuple[Any, ...]:
    gates, mode = args[0], args[7]
    width = gates.shape[1] // _GATES[mode]
    itemsize = 8 if args[0].dtype == np.float64 else 4
    return (*_layer(*args), np.zeros(len(gates) * width * {"lstm": 5, "gru": 4}.get(mode, 0) * itemsize))


def _result_dtypes(dtype: str, _: Sample) -> tuple[str, ...]:
    return dtype, dtype, dtype


_BACKWARD = _samples(has_bias=False, sizes=((2, 0), (3, 2)))


def _backward_samples(dtype: str) -> Iterator[Sample]:
    for k, sample in enumerate(_BACKWARD(dtype)):
        tensors: list[Any] = [
            vt.from_numpy(x.astype(dtype)) if isinstance(x, np.ndarray) else list(x) if isinstance(x, tuple) else x
            for x in sample.args
        ]
        out, h_n, c_n, workspace = vt.ops.native_recurrent_layer(*tensors)
        grads = [None if x is None else _values(tuple(x.shape), dtype, k + i) for i, x in enumerate((out, h_n, c_n))]
        if k % 3:
            grads[k % 3 - 1] = None
        found = [np.array(out.tolist()).reshape(tuple(out.shape)), Typed(np.array(workspace.tolist()), "uint8")]
        yield Sample((*grads, *found, *sample.args[1:]))


def _gates_of(weight: Array, rest: list[Any]) -> Array:
    """The gates of the sample that gave what the backward reads."""
    for sample in _BACKWARD("float64"):
        if sample.args[3].shape == weight.shape and list(sample.args[6:]) == rest:
            return sample.args[0]
    raise AssertionError("no such sample")


def _gradients(*args: Any) -> tuple[Any, ...]:
    """Differences of the results weighted by their gradients."""
    grads, (h0, c0, weight, bias, projection, *rest) = args[:3], args[5:]
    gates = _gates_of(weight, rest)
    inputs: list[Any] = [gates, h0, c0, weight, bias, projection]
    step = 1e-6

    def total() -> float:
        results = _layer(*inputs, *rest)
        return sum(float((g * r).sum()) for g, r in zip(grads, results, strict=True) if g is not None)

    found: list[Any] = []
    for x in inputs:
        if x is None:
            found.append(None)
            continue
        slopes = np.zeros(x.shape)
        for at in np.ndindex(*x.shape):
            kept = x[at]
            x[at] = kept + step
            above = total()
            x[at] = kept - step
            slopes[at] = (above - total()) / (2 * step)
            x[at] = kept
        found.append(slopes)
    return tuple(found)


def _backward_dtypes(dtype: str, _: Sample) -> tuple[str, ...]:
    return (dtype,) * 6


_A = sample_values((4, 8), "float32")
_H = sample_values((2, 2), "float32")
_W = sample_values((8, 2), "float32")


def _errors(*rest: Any) -> tuple[Any, ...]:
    return (
        error(ValueError, "mode must be", _A, _H, _H, _W, None, None, (2, 2), "lstn", *rest),
        error(RuntimeError, "weight must be \\(4 H, H\\)", _A, _H, _H, _W[:6], None, None, (2, 2), "lstm", *rest),
        error(RuntimeError, "h0 does not fit: got \\(1, 2\\)", _A, _H[:1], _H, _W, None, None, (2, 2), "lstm", *rest),
        error(RuntimeError, "starts with cells c0", _A, _H, None, _W, None, None, (2, 2), "lstm", *rest),
        error(RuntimeError, "gates must have a row for each", _A[:3], _H, _H, _W, None, None, (2, 2), "lstm", *rest),
        error(
            RuntimeError, "batch_sizes must be positive and not asc", _A, _H, _H, _W, None, None, (2, 3), "lstm", *rest
        ),
    )


ROWS: tuple[OpRow, ...] = (
    OpRow(
        "recurrent_layer",
        _samples(has_bias=True),
        _layer,
        dtypes=HALVES + FLOATS,
        result_dtype=_result_dtypes,
        layouts=_EVERY_ROW_APART,
        differentiable=True,
        errors=_errors(),
    ),
    OpRow(
        "composed_recurrent_layer",
        _samples(has_bias=True, sizes=((2, 0), (2, 1), (5, 3))),
        _layer,
        dtypes=FLOATS,
        result_dtype=_result_dtypes,
        layouts=_EVERY_ROW_APART,
        differentiable=True,
        errors=_errors(),
    ),
    OpRow(
        "native_recurrent_layer",
        _samples(has_bias=False),
        _native,
        dtypes=FLOATS,
        result_dtype=lambda dtype, _: (dtype, dtype, dtype, "uint8"),
        layouts=_EVERY_ROW_APART,
        checked_results=(0, 1, 2),
        differentiable=True,
        errors=_errors(False),
    ),
    OpRow(
        "native_recurrent_layer_backward",
        _backward_samples,
        _gradients,
        dtypes=FLOATS,
        result_dtype=_backward_dtypes,
        layouts=_EVERY_ROW_APART,
        differentiable=True,
        errors=(
            error(
                RuntimeError,
                "out_grad has the wrong sizes",
                _H,
                None,
                None,
                sample_values((4, 2), "float32"),
                Typed(np.zeros(160), "uint8"),
                _H,
                _H,
                _W,
                None,
                None,
                (2, 2),
                "lstm",
                False,
            ),
        ),
    ),
)
