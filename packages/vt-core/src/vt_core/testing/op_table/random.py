# SPDX-License-Identifier: Apache-2.0
"""Rows of the random family: what each word of a generator becomes, computed a second time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import vt_core as vt
from vt_core.testing.op_table.row import (
    ALL_DTYPES,
    BOOL,
    FLOATS,
    HALVES,
    INTEGERS,
    SHAPES,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    Samples,
    Typed,
    error,
    error_of_elements,
    sample_values,
)

_FLOATING = HALVES + FLOATS
_REAL = BOOL + INTEGERS + _FLOATING
_DIGITS = {"float16": 11, "bfloat16": 8, "float32": 24}


def seeded(dtype: str) -> vt.Generator:
    """A generator whose seed is the number of the dtype, by which references know it, and that is not at its start."""
    return vt.Generator().set_state((ALL_DTYPES.index(dtype), 3))


def words(generator: vt.Generator, count: int) -> Array:
    """The next words of a generator, as uint64; it stays where it is."""
    seed, offset = generator.get_state()
    low = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    index = np.arange(offset, offset + -(-count // 4), dtype=np.uint64)
    c = [index & low, index >> shift, np.zeros_like(index), np.zeros_like(index)]
    keys = [seed & 0xFFFFFFFF, seed >> 32]
    for _ in range(10):
        first = c[0] * np.uint64(0xD2511F53)
        second = c[2] * np.uint64(0xCD9E8D57)
        c = [
            (second >> shift) ^ c[1] ^ np.uint64(keys[0]),
            second & low,
            (first >> shift) ^ c[3] ^ np.uint64(keys[1]),
            first & low,
        ]
        keys = [(keys[0] + 0x9E3779B9) & 0xFFFFFFFF, (keys[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return np.stack(c, axis=1).reshape(-1)


def _dtype(generator: vt.Generator) -> str:
    return ALL_DTYPES[generator.initial_seed()]


def _pairs(generator: vt.Generator, count: int) -> Array:
    each = words(generator, 2 * count)
    return (each[0::2] << np.uint64(32) | each[1::2])[: count + count % 2]


def _uniform(shape: tuple[int, ...], generator: vt.Generator, start: float = 0, stop: float = 1) -> Array:
    count = int(np.prod(shape))
    dtype = _dtype(generator)
    if dtype == "float64":
        unit = (_pairs(generator, count) >> np.uint64(11)) * 2.0**-53
    else:
        digits = _DIGITS[dtype]
        unit = (words(generator, count) >> np.uint64(32 - digits)) * 2.0**-digits
    return np.asarray(start + unit[:count] * (stop - start)).reshape(shape)


def _lengths(generator: vt.Generator, count: int) -> Array:
    """Numbers in (0, 1] as float32 and float64 round them."""
    if _dtype(generator) == "float64":
        return (_pairs(generator, count) >> np.uint64(11)) * 2.0**-53 + 2.0**-54
    single = words(generator, count + count % 2).astype(np.float32) * np.float32(2.0**-32) + np.float32(2.0**-33)
    return single.astype(np.float64)


def _normal(shape: tuple[int, ...], generator: vt.Generator, mean: float = 0, std: float = 1) -> Array:
    count = int(np.prod(shape))
    pairs = -(-count // 2)
    if _dtype(generator) == "float64":
        turns = _pairs(generator, 2 * pairs)[1::2] * 2.0**-64
    else:
        turns = words(generator, 2 * pairs)[1::2] * 2.0**-32
    radius = np.sqrt(-2 * np.log(_lengths(generator, 2 * pairs)[0::2][:pairs]))
    turns = turns[:pairs]
    both = np.stack([radius * np.cos(2 * np.pi * turns), radius * np.sin(2 * np.pi * turns)], axis=1)
    return np.asarray(both.reshape(-1)[:count] * std + mean).reshape(shape)


def _exponential(x: Array, rate: float = 1, *, generator: vt.Generator) -> Array:
    return np.asarray(-np.log(_lengths(generator, x.size)[: x.size]) / rate).reshape(x.shape)


def _integers(shape: tuple[int, ...], generator: vt.Generator, low: int, high: int) -> list[int]:
    count = int(np.prod(shape))
    return [low + (int(x) * (high - low) >> 64) for x in _pairs(generator, count)[:count]]


def _integer_array(shape: tuple[int, ...], generator: vt.Generator, low: int, high: int) -> Array:
    drawn = _integers(shape, generator, low, high)
    dtype = _dtype(generator)
    kind: Any = dtype if dtype in BOOL + INTEGERS else np.float64
    return np.array(drawn, dtype=kind).reshape(shape)


def _largest(dtype: str) -> int:
    """The largest integer up to which the dtype has them all."""
    if dtype == "bool":
        return 1
    if dtype == "uint64":
        return 2**63 - 1
    if dtype in INTEGERS:
        return int(np.iinfo(dtype).max)
    return 2 ** {"float16": 11, "bfloat16": 8, "float32": 24, "float64": 53}[dtype]


def _chance(x: Array, p: float = 0.5, *, generator: vt.Generator) -> Array:
    hits = words(generator, x.size)[: x.size] < round(p * 2**32)
    return hits.astype(x.dtype).reshape(x.shape)


def _on_tensors(*calls: tuple[Any, ...]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(SHAPES):
            for call in calls:
                yield Sample((sample_values(shape, dtype, seed), *call), {"generator": seeded(dtype)})

    return samples


def _makers(*leading: tuple[int, ...]) -> Samples:
    def samples(dtype: str) -> Iterator[Sample]:
        for shape in ((), (3,), (2, 3), (0, 3), (5, 7, 3), (1100,)):
            for arguments in leading:
                yield Sample((*arguments, list(shape)), {"dtype": DTypeName(), "generator": seeded(dtype)})

    return samples


def _chances(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(SHAPES):
        p = np.abs(np.tanh(sample_values(shape, "float32", seed)))
        eighths = np.asarray(np.round(p * 8) / 8)
        yield Sample((eighths,), {"generator": seeded(dtype)})


def _bernoulli(p: Array, *, generator: vt.Generator) -> Array:
    return np.asarray(words(generator, p.size)[: p.size] * 2.0**-32 < p.reshape(-1), np.float64).reshape(p.shape)


def _permutations(dtype: str) -> Iterator[Sample]:
    for n in (0, 1, 2, 100):
        if n - 1 <= _largest(dtype):
            yield Sample((n,), {"dtype": DTypeName(), "generator": seeded(dtype)})


def _randperm(n: int, *, generator: vt.Generator, dtype: str) -> Array:
    order = np.argsort(_pairs(generator, n)[:n], kind="stable")
    return order.astype(dtype if dtype in BOOL + INTEGERS else np.float64)


def _weights(*calls: tuple[Any, ...]) -> Samples:
    """Calls on rows of weights that every floating dtype holds, some of them zero."""

    def samples(dtype: str) -> Iterator[Sample]:
        for shape in ((7,), (3, 5), (2, 700)):
            weights = np.abs(sample_values(shape, "float16", 5))
            weights[..., -1] = 1
            for call in calls:
                yield Sample((weights, *call), {"generator": seeded(dtype)})

    return samples


def _with_replacement(p: Array, num_samples: int, *, generator: vt.Generator) -> Array:
    rows = p.reshape(-1, p.shape[-1])
    numbers = (_pairs(generator, rows.shape[0] * num_samples) >> np.uint64(11)) * 2.0**-53
    out = np.zeros((rows.shape[0], num_samples), np.int64)
    for i, row in enumerate(rows):
        ends = np.cumsum(row)
        targets = numbers[i * num_samples : (i + 1) * num_samples] * ends[-1]
        out[i] = np.searchsorted(ends, targets, side="right")
    return out.reshape(*p.shape[:-1], num_samples)


def _multinomial(p: Array, num_samples: int, replacement: bool = False, *, generator: vt.Generator) -> Array:
    if replacement or num_samples == 1:
        return _with_replacement(p, num_samples, generator=generator)
    numbers = (_pairs(generator, p.size)[: p.size] >> np.uint64(11)) * 2.0**-53 + 2.0**-54
    with np.errstate(divide="ignore"):
        keys = p / -np.log(numbers).reshape(p.shape)
    return np.argsort(-keys, axis=-1, kind="stable")[..., :num_samples]


def _uniform_like(x: Array, start: float = 0, stop: float = 1, *, generator: vt.Generator) -> Array:
    return _uniform(x.shape, generator, start, stop)


def _normal_like(x: Array, mean: float = 0, std: float = 1, *, generator: vt.Generator) -> Array:
    return _normal(x.shape, generator, mean, std)


def _integers_between(x: Array, low: int, to: int | None, *, generator: vt.Generator) -> Array:
    return _integer_array(x.shape, generator, low, _largest(_dtype(generator)) + 1 if to is None else to)


def _integers_below(x: Array, to: int | None = None, *, generator: vt.Generator) -> Array:
    return _integers_between(x, 0, to, generator=generator)


def _rand(size: list[int], *, generator: vt.Generator, **_: str) -> Array:
    return _uniform(tuple(size), generator)


def _randn(size: list[int], *, generator: vt.Generator, **_: str) -> Array:
    return _normal(tuple(size), generator)


def _randint(low: int, high: int, size: list[int], *, generator: vt.Generator, **_: str) -> Array:
    return _integer_array(tuple(size), generator, low, high)


def _randint_below(high: int, size: list[int], *, generator: vt.Generator, **_: str) -> Array:
    return _randint(0, high, size, generator=generator)


def _randint_like(x: Array, low: int, high: int, *, generator: vt.Generator, **_: str) -> Array:
    return _integer_array(x.shape, generator, low, high)


def _like(*calls: tuple[int, ...]) -> Samples:
    """Calls on tensors, of whose elements nothing is read, that give the dtype too."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(SHAPES):
            for call in calls:
                x = sample_values(shape, dtype, seed)
                yield Sample((x, *call), {"dtype": DTypeName(), "generator": seeded(dtype)})

    return samples


def _log_normal(x: Array, mean: float = 1, std: float = 2, *, generator: vt.Generator) -> Array:
    return np.exp(_normal(x.shape, generator, mean, std))


def _chances_of_their_own(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(SHAPES):
        p = np.asarray(np.round(np.abs(np.tanh(sample_values(shape[-1:], "float32", seed))) * 8) / 8)
        yield Sample((sample_values(shape, dtype, seed), Typed(p, "float32")), {"generator": seeded(dtype)})


def _bernoulli_by_tensor(x: Array, p: Array, *, generator: vt.Generator) -> Array:
    hits = words(generator, x.size)[: x.size].reshape(x.shape) * 2.0**-32 < p
    return hits.astype(x.dtype)


def _mean_and_std(first: bool, second: bool) -> Samples:
    """Means and standard deviations, each a tensor or a number."""

    def samples(dtype: str) -> Iterator[Sample]:
        for left, right in (((), ()), ((2, 3), (2, 3)), ((4, 1, 5), (5,)), ((0, 3), (3,)), ((300,), (1,))):
            mean = np.asarray(sample_values(left, dtype, 1)) if first else 0.5
            std = np.asarray(np.abs(sample_values(right if first else left, dtype, 2))) if second else 2.0
            yield Sample((mean, std), {"generator": seeded(dtype)})

    return samples


def _normal_of(mean: Any, std: Any, *, generator: vt.Generator) -> Any:
    shape = np.broadcast_shapes(np.shape(mean), np.shape(std))
    return _normal(shape, generator) * std + mean


def _normal_of_size(mean: float, std: float, size: list[int], *, generator: vt.Generator, **_: str) -> Array:
    return _normal(tuple(size), generator, mean, std)


_X = np.zeros(3)

ROWS: tuple[OpRow, ...] = (
    OpRow(
        "uniform_",
        _on_tensors((), (-2.0, 3.0), (1.5, 1.5)),
        _uniform_like,
        dtypes=_FLOATING,
        errors=(
            error(RuntimeError, "from must not be greater than to", _X, 1.0, 0.0),
            error(RuntimeError, "the bounds must be numbers of float32", _X, 0.0, float("nan")),
            error(RuntimeError, "to - from", _X, -3e38, 3e38),
            ErrorCase(Sample((_X, 0.0, 1e6)), RuntimeError, "numbers of float16", "float16"),
        ),
    ),
    OpRow(
        "normal_",
        _on_tensors((), (-1.0, 0.5), (2.0, 0.0)),
        _normal_like,
        dtypes=_FLOATING,
        errors=(error(RuntimeError, "std must not be negative", _X, 0.0, -1.0),),
    ),
    OpRow(
        "exponential_",
        _on_tensors((), (2.5,)),
        _exponential,
        dtypes=_FLOATING,
        errors=(error(RuntimeError, "lambd must be greater than 0", _X, 0.0),),
    ),
    OpRow(
        "bernoulli_",
        _on_tensors((), (0.0,), (1.0,), (0.3,)),
        _chance,
        dtypes=_REAL,
        errors=(
            error(RuntimeError, r"p must be in \[0, 1\]", _X, -0.1),
            error(RuntimeError, r"p must be in \[0, 1\]", _X, float("nan")),
        ),
    ),
    OpRow(
        "random_",
        _on_tensors(()),
        _integers_below,
        dtypes=_REAL,
    ),
    OpRow(
        "random_.to",
        _on_tensors((1,), (2,)),
        _integers_below,
        dtypes=_REAL,
        errors=(
            error(RuntimeError, "from must be less than to", _X, 0),
            ErrorCase(Sample((np.zeros(3, np.int8), 300)), RuntimeError, "outside int8", "int8"),
        ),
    ),
    OpRow(
        "random_.from",
        _on_tensors((0, 2), (1, None)),
        _integers_between,
        dtypes=_REAL,
        errors=(error(RuntimeError, "from must be less than to", _X, 3, 3),),
    ),
    OpRow(
        "rand",
        _makers(()),
        _rand,
        dtypes=_FLOATING,
        errors=(error(RuntimeError, "negative", [-1]),),
    ),
    OpRow(
        "randn",
        _makers(()),
        _randn,
        dtypes=_FLOATING,
        errors=(error(RuntimeError, "negative", [-1]),),
    ),
    OpRow(
        "randint",
        _makers((0, 1), (0, 2)),
        _randint,
        dtypes=_REAL,
        errors=(
            error(RuntimeError, "randint: from must be less than to", 3, 3, [2]),
            error(RuntimeError, "outside uint8", 0, 257, [2], dtype=DTypeName("uint8")),
        ),
    ),
    OpRow(
        "randint.high",
        _makers((2,)),
        _randint_below,
        dtypes=_REAL,
        errors=(error(RuntimeError, "randint: from must be less than to", 0, [2]),),
    ),
    OpRow(
        "rand_like",
        _on_tensors(()),
        _uniform_like,
        dtypes=_FLOATING,
    ),
    OpRow(
        "randn_like",
        _on_tensors(()),
        _normal_like,
        dtypes=_FLOATING,
    ),
    OpRow(
        "bernoulli",
        _chances,
        _bernoulli,
        dtypes=_FLOATING,
    ),
    OpRow(
        "randperm",
        _permutations,
        _randperm,
        dtypes=_REAL,
        errors=(
            error(RuntimeError, "n must not be negative", -1),
            error(RuntimeError, "n is too large for uint8", 257, dtype=DTypeName("uint8")),
        ),
    ),
    OpRow(
        "multinomial_with_replacement",
        _weights((1,), (20,)),
        _with_replacement,
        dtypes=_FLOATING,
        result_dtype=lambda _dtype, _sample: "int64",
        errors=(
            error(RuntimeError, "must have 1 or 2 dimensions", np.ones((2, 2, 2)), 1),
            error(RuntimeError, "the number of categories", np.ones((2, 0)), 1),
            error(RuntimeError, "num_samples must be positive", np.ones(3), 0),
        ),
    ),
    OpRow(
        "multinomial",
        _weights((1,), (9, True), (4,)),
        _multinomial,
        dtypes=_FLOATING,
        result_dtype=lambda _dtype, _sample: "int64",
        errors=(error(RuntimeError, "cannot draw 4 of 3 categories", np.ones(3), 4),),
    ),
    OpRow(
        "log_normal_",
        _on_tensors((), (0.5, 0.25)),
        _log_normal,
        dtypes=_FLOATING,
        errors=(error(RuntimeError, "std must be greater than 0", _X, 0.0, 0.0),),
    ),
    OpRow(
        "bernoulli_.Tensor",
        _chances_of_their_own,
        _bernoulli_by_tensor,
        dtypes=_REAL,
    ),
    OpRow(
        "bernoulli.p",
        _on_tensors((0.0,), (1.0,), (0.3,)),
        _chance,
        dtypes=_REAL,
        errors=(error(RuntimeError, r"p must be in \[0, 1\]", _X, 1.5),),
    ),
    OpRow(
        "normal",
        _mean_and_std(True, True),
        _normal_of,
        dtypes=_FLOATING,
        errors=(
            error_of_elements(RuntimeError, "all elements of std must not be negative", _X, np.array([1.0, -1.0, 0.0])),
            error(RuntimeError, "cannot broadcast", _X, np.ones(4)),
        ),
    ),
    OpRow(
        "normal.Tensor_float",
        _mean_and_std(True, False),
        _normal_of,
        dtypes=_FLOATING,
        errors=(error(RuntimeError, "std must not be negative: got -1", _X, -1.0),),
    ),
    OpRow(
        "normal.float_Tensor",
        _mean_and_std(False, True),
        _normal_of,
        dtypes=_FLOATING,
    ),
    OpRow(
        "normal.float_float",
        _makers((0, 1), (2, 0)),
        _normal_of_size,
        dtypes=_FLOATING,
        errors=(error(RuntimeError, "std must not be negative: got -1", 0.0, -1.0, [2]),),
    ),
    OpRow(
        "randint_like",
        _like((2,)),
        lambda x, high, **rest: _randint_like(x, 0, high, **rest),
        dtypes=_REAL,
        errors=(error(RuntimeError, "randint_like: from must be less than to", _X, 0),),
    ),
    OpRow(
        "randint_like.low_dtype",
        _like((0, 1), (0, 2)),
        _randint_like,
        dtypes=_REAL,
        errors=(error(RuntimeError, "randint_like: from must be less than to", _X, 3, 3),),
    ),
)
