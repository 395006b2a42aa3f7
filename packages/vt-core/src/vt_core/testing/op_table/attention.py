# SPDX-License-Identifier: Apache-2.0
"""Rows of the attention family."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import FLOATS, HALVES, Array, OpRow, Sample, Typed, error, sample_values

_DTYPES = FLOATS + HALVES
# Tensor cores take weights of at most 1 and their gradients in the half type: half a unit of the last place of each. Gradients
# sum them over hundreds of queries.
_DEVICE_ATOL = {"float16": 1e-3, "bfloat16": 8e-3}
_DEVICE_GRAD_ATOL = {"float16": 4e-3, "bfloat16": 3.2e-2}


def _scores(q: Array, k: Array, mask: Array | None, causal: bool, scale: float) -> Array:
    """Scaled and masked scores, key heads repeated."""
    scores = scale * q @ np.swapaxes(k, -1, -2)
    if causal:
        scores = np.where(np.tri(q.shape[-2], k.shape[-2], dtype=bool), scores, -np.inf)
    if mask is None:
        return scores
    return np.where(mask, scores, -np.inf) if mask.dtype == np.bool_ else scores + mask


def _per_query_head(x: Array, heads: int) -> Array:
    return np.repeat(x, heads // x.shape[-3], axis=-3) if x.ndim > 2 and x.shape[-3] else x


def _heads(q: Array) -> int:
    return q.shape[-3] if q.ndim > 2 else 1


def _native(q: Array, k: Array, v: Array, mask: Array | None, _p: float, causal: bool, scale: float) -> tuple[Any, ...]:
    scores = _scores(q, _per_query_head(k, _heads(q)), mask, causal, scale)
    top: Array = np.max(scores, axis=-1, keepdims=True, initial=-np.inf)
    top = np.where(np.isneginf(top), 0, top)
    weights = np.exp(scores - top)
    total = weights.sum(axis=-1, keepdims=True)
    out = weights @ _per_query_head(v, _heads(q)) / np.where(total == 0, 1, total)
    with np.errstate(divide="ignore"):
        return out, (np.log(total) + top)[..., 0], 0, 0


def _attention(
    q: Array, k: Array, v: Array, mask: Array | None = None, p: float = 0.0, causal: bool = False, **kw: Any
):
    scale = kw.get("scale")
    if not kw.get("enable_gqa"):
        lead = np.broadcast_shapes(*(x.shape[:-2] for x in (q, k, v)))
        q, k, v = (np.broadcast_to(x, (*lead, *x.shape[-2:])) for x in (q, k, v))
    return _native(q, k, v, mask, p, causal, q.shape[-1] ** -0.5 if scale is None else scale)[0]


def _summed(x: Array, like: Array) -> Array:
    """Gradients of query heads summed per key head."""
    if x.ndim < 3 or not like.shape[-3]:
        return x.reshape(like.shape)
    group = x.shape[-3] // like.shape[-3]
    return x.reshape(*like.shape[:-2], group, *like.shape[-2:]).sum(axis=-3)


def _native_backward(
    grad: Array, q: Array, k: Array, v: Array, out: Array, lse: Array, mask: Array | None, *rest: Any
) -> tuple[Array, ...]:
    _p, causal, scale, _seed, _offset, *given = rest
    k_all, v_all = (_per_query_head(x, _heads(q)) for x in (k, v))
    weights = np.exp(_scores(q, k_all, mask, causal, scale) - lse[..., None])
    delta = (grad * out).sum(axis=-1, keepdims=True)
    if given:
        delta = delta - given[0][..., None]
    scores = weights * (grad @ np.swapaxes(v_all, -1, -2) - delta) * scale
    return (
        scores @ k_all,
        _summed(np.swapaxes(scores, -1, -2) @ q, k),
        _summed(np.swapaxes(weights, -1, -2) @ grad, v),
    )


# Sizes of query, key and value; further arguments of native_attention after the mask's sizes.
_SIZES: tuple[tuple[tuple[int, ...], ...], ...] = (
    ((1, 2, 3, 2), (1, 2, 4, 2), (1, 2, 4, 3)),
    ((2, 1, 4, 2), (2, 1, 3, 2), (2, 1, 3, 1)),
    ((1, 4, 3, 2), (1, 2, 3, 2), (1, 2, 3, 2)),
    ((2, 3, 2), (2, 3, 2), (2, 3, 2)),
    ((3, 2), (2, 2), (2, 2)),
    ((2, 2, 1, 2, 2), (2, 2, 1, 2, 2), (2, 2, 1, 2, 2)),
    ((1, 2, 70, 5), (1, 2, 67, 5), (1, 2, 67, 3)),
    ((1, 2, 130, 32), (1, 1, 150, 32), (1, 1, 150, 16)),
    ((1, 1, 0, 2), (1, 1, 3, 2), (1, 1, 3, 2)),
    ((1, 1, 2, 2), (1, 1, 0, 2), (1, 1, 0, 2)),
)


def _operands(sizes: tuple[tuple[int, ...], ...], dtype: str) -> tuple[Array, ...]:
    return tuple(sample_values(shape, dtype, seed) / 2 for seed, shape in enumerate(sizes))


def _bool_mask(shape: tuple[int, ...]) -> Typed:
    mask = np.random.default_rng(7).random(shape) < 0.6
    mask[..., 0] = True
    return Typed(mask, "bool")


def _without_keys(mask: Typed | None) -> Typed | None:
    """The mask with a query that sees no key."""
    if mask is None or mask.dtype != "bool":
        return mask
    array = mask.array.copy()
    array[..., 1, :] = False
    return Typed(array, "bool")


def _float_mask(shape: tuple[int, ...], dtype: str) -> Typed:
    mask = sample_values(shape, "float16", 5)
    mask[..., -1] = -np.inf
    return Typed(mask, "float32" if dtype == "float64" else dtype)


def _masks(sizes: tuple[tuple[int, ...], ...], dtype: str) -> Iterator[Typed | None]:
    yield None
    queries, keys = sizes[0][-2], sizes[1][-2]
    if queries > 1 and keys > 0:
        yield _bool_mask((queries, keys))
        yield _float_mask((*sizes[0][:-2], 1, keys), dtype)


def _native_samples(dtype: str) -> Iterator[Sample]:
    for sizes in _SIZES:
        if sizes[1][-2] == 0:
            continue  # lse is -inf, which has no differences
        for mask in _masks(sizes, dtype):
            for causal in (False, True):
                yield Sample((*_operands(sizes, dtype), mask, 0.0, causal, 0.75))
    sizes = _SIZES[6]
    for mask in _masks(sizes, dtype):
        yield Sample((*_operands(sizes, dtype), _without_keys(mask), 0.0, True, 0.75))


def _composed_samples(dtype: str) -> Iterator[Sample]:
    yield from _native_samples(dtype)
    if dtype != "float64":  # lse is -inf, which has no differences
        yield Sample((*_operands(_SIZES[9], dtype), None, 0.0, False, 0.75))
    # A mask whose gradient is checked.
    for sizes in _SIZES[:6]:
        mask = sample_values((sizes[0][-2], sizes[1][-2]), dtype, 5)
        yield Sample((*_operands(sizes, dtype), mask, 0.0, True, 0.75))


def _lse_dtype(dtype: str) -> str:
    return "float64" if dtype == "float64" else "float32"


def _backward_samples(dtype: str) -> Iterator[Sample]:
    for sample in _native_samples(dtype):
        q, k, v, mask, *rest = sample.args
        values = mask.array if mask else None
        out, lse, _, _ = _native(q, k, v, values, *rest)
        if not np.isfinite(lse).all():
            continue
        grad = sample_values(out.shape, dtype, 8)
        given = sample_values(out.shape, dtype, 9)
        lse = Typed(lse + 0.25, _lse_dtype(dtype))
        yield Sample((grad, q, k, v, given, lse, mask, *rest, 0, 0))
        yield Sample((grad, q, k, v, given, lse, mask, *rest, 0, 0, lse))


def _samples(dtype: str) -> Iterator[Sample]:
    for sizes in _SIZES:
        shares = len(sizes[0]) > 2 and sizes[0][-3] != sizes[1][-3]
        for mask in _masks(sizes, dtype):
            yield Sample((*_operands(sizes, dtype), _without_keys(mask), 0.0, True), {"enable_gqa": shares})
    for sizes in (
        ((2, 2, 3, 2), (1, 2, 2, 2), (2, 1, 2, 2)),
        ((1, 3, 2), (2, 2, 2, 2), (2, 2, 2, 2)),
    ):
        yield Sample(_operands(sizes, dtype), {"scale": -0.5})
    yield Sample(_operands(((1, 4, 2, 2), (1, 2, 2, 2), (1, 4, 2, 1)), dtype), {"enable_gqa": True})


def _native_dtypes(dtype: str, _: Sample) -> tuple[str, ...]:
    return (dtype, _lse_dtype(dtype), "int64", "int64")


_Q, _K, _V = _operands(((1, 4, 3, 2), (1, 2, 5, 2), (1, 2, 5, 2)), "float32")
_REST = (None, 0.0, False, 1.0)

_ERRORS = (
    error(RuntimeError, "batch sizes do not broadcast", _Q, _K, _V),
    error(RuntimeError, "no multiple", _Q[:, :3], _K, _V, enable_gqa=True),
    error(RuntimeError, "too few dimensions", _Q[0, 0, 0], _K, _V),
    error(RuntimeError, "sizes do not fit", _Q, _K[..., :1], _V, enable_gqa=True),
    error(RuntimeError, "sizes do not fit", _Q, _K, _V[..., :4, :], enable_gqa=True),
    error(RuntimeError, "differ in dtype", _Q, Typed(_K, "float64"), _V, enable_gqa=True),
    error(RuntimeError, "attn_mask has the wrong dtype", _Q, _K, _V, Typed(np.ones((3, 5)), "int64"), enable_gqa=True),
    error(
        RuntimeError, "attn_mask has the wrong dtype", _Q, _K, _V, Typed(np.ones((3, 5)), "float64"), enable_gqa=True
    ),
    error(RuntimeError, "attn_mask does not broadcast", _Q, _K, _V, np.ones((4, 5)), enable_gqa=True),
    error(RuntimeError, "dropout_p", _Q, _K, _V, None, 1.5, enable_gqa=True),
)

ROWS = (
    OpRow(
        "scaled_dot_product_attention",
        _samples,
        _attention,
        dtypes=_DTYPES,
        device_atol=_DEVICE_ATOL,
        differentiable=True,
        errors=_ERRORS,
    ),
    OpRow(
        "native_attention",
        _native_samples,
        _native,
        dtypes=_DTYPES,
        result_dtype=_native_dtypes,
        device_atol=_DEVICE_ATOL,
        differentiable=True,
        checked_results=(0, 1),
        errors=(
            error(RuntimeError, "no multiple", _Q, np.repeat(_K, 3, 1)[:, :3], np.repeat(_V, 3, 1)[:, :3], *_REST),
            error(RuntimeError, "sizes do not fit", _Q, _K, _V[:, :1], *_REST),
            error(RuntimeError, "numbers of dimensions", _Q, _K[0], _V[0], *_REST),
        ),
    ),
    OpRow(
        "composed_attention",
        _composed_samples,
        lambda *args: _native(*args)[:2],
        dtypes=_DTYPES,
        result_dtype=lambda dtype, _: (dtype, _lse_dtype(dtype)),
        differentiable=True,
        errors=(error(RuntimeError, "sizes do not fit", _Q, _K, _V[:, :1], *_REST),),
    ),
    OpRow(
        "native_attention_backward",
        _backward_samples,
        _native_backward,
        dtypes=_DTYPES,
        result_dtype=lambda dtype, _: (dtype,) * 3,
        device_atol=_DEVICE_GRAD_ATOL,
        differentiable=True,
        twice_differentiable=False,
        errors=(
            error(RuntimeError, "grad does not fit", _Q[..., :1], _Q, _K, _V, _Q, _Q[..., 0], *_REST, 0, 0),
            error(RuntimeError, "lse does not fit", _Q, _Q, _K, _V, _Q, _Q, *_REST, 0, 0),
        ),
    ),
)
