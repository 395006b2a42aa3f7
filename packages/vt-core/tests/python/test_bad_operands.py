# SPDX-License-Identifier: Apache-2.0
"""Operands that do not fit, parameters out of range: the class, the operator and the value named, nothing changed."""

from __future__ import annotations

from typing import Any

import pytest
import vt_core as vt
from bad_calls import RUNTIME_OR_INDEX, RUNTIME_OR_VALUE, Bad, check

ops = vt.ops
MAX = 2**63 - 1


def images() -> tuple[Any, ...]:
    return ops.ones((1, 4, 5, 5)), ops.ones((6, 4, 3, 3)), ops.ones((6,))


def matrices() -> tuple[Any, ...]:
    return ops.ones((2, 3)), ops.ones((2, 4))


def integers() -> tuple[Any, ...]:
    return ops.full((2, 3), 5, dtype=vt.int64), ops.zeros((2, 3), dtype=vt.int64)


def with_places() -> tuple[Any, ...]:
    return ops.ones((4, 3)), vt.tensor([0, 4]), vt.tensor([[0, 1, 9]]), vt.tensor([-5])


MIXED: dict[str, Bad] = {
    "sizes that do not broadcast": Bad(lambda x: ops.mul(x, ops.ones((4,))), RuntimeError, ("mul", "(2, 3)", "(4,)")),
    "sizes that do not broadcast, of three": Bad(
        lambda x: ops.addcmul(x, x, ops.ones((4,))), RuntimeError, ("addcmul", "(2, 3)", "(4,)")
    ),
    "in place to larger sizes": Bad(
        lambda x: x.mul_(ops.ones((4, 2, 3))), RuntimeError, ("mul", "(2, 3)", "(4, 2, 3)")
    ),
    "devices that differ": Bad(
        lambda x: ops.sub(x, ops.ones((2, 3), device="meta")), RuntimeError, ("sub", "meta", "cpu")
    ),
    "dtypes that differ in a product": Bad(
        lambda a, b: ops.mm(a, b.to(dtype=vt.float64).transpose(0, 1)),
        RuntimeError,
        ("mm", "float32", "float64"),
        matrices,
    ),
    "inner sizes that differ": Bad(ops.mm, RuntimeError, ("mm", "2", "3", "4"), matrices),
    "inner sizes that differ, in batches": Bad(
        lambda a, b: ops.bmm(a[None], b[None]), RuntimeError, ("bmm", "3", "2"), matrices
    ),
    "a vector where a matrix belongs": Bad(lambda a, b: ops.mm(a[0], b), RuntimeError, ("mm", "2-D"), matrices),
    "batches that do not broadcast": Bad(
        lambda a, b: ops.matmul(ops.ones((2, 1, 3)), ops.ones((3, 3, 1))), RuntimeError, ("matmul", "2", "3"), matrices
    ),
    "linear of other features": Bad(lambda a, b: ops.linear(a, b), RuntimeError, ("linear", "3", "4"), matrices),
    "bool subtracted": Bad(lambda x: ops.sub(x > 1, x > 2), RuntimeError, ("sub", "bool")),
    "bits of floats": Bad(lambda x: ops.bitwise_and(x, x), NotImplementedError, ("bitwise_and", "float32")),
    "order of complex numbers": Bad(
        lambda x: ops.lt(x.to(dtype=vt.complex64), 1), NotImplementedError, ("lt", "complex64")
    ),
    "in place to a lower category": Bad(lambda a, b: a.mul_(2.5), RuntimeError, ("mul", "float32", "int64"), integers),
    "quotient in place of integers": Bad(lambda a, b: a.div_(2), RuntimeError, ("div", "float32", "int64"), integers),
    "out of another category": Bad(
        lambda x: ops.add(x, 1, out=ops.zeros((2, 3), dtype=vt.bool)), RuntimeError, ("add", "float32", "bool")
    ),
    "cat of sizes that differ": Bad(lambda x: ops.cat([x, ops.ones((2, 4))], 0), RuntimeError, ("cat", "3", "4")),
    "cat of nothing": Bad(lambda x: ops.cat([], 0), RUNTIME_OR_VALUE, ("cat",)),
    "stack of sizes that differ": Bad(
        lambda x: ops.stack([x, ops.ones((2, 4))]), RuntimeError, ("stack", "(2, 3)", "(2, 4)")
    ),
    "cat of what is no tensor": Bad(lambda x: ops.cat([x, 3], 0), TypeError, ("cat", "int")),
    "where with a mask of floats": Bad(lambda x: ops.where(x, x, x), RuntimeError, ("where", "float32")),
    "masked_fill with a mask of integers": Bad(
        lambda a, b: ops.masked_fill(a, b, 1), RuntimeError, ("masked_fill", "int64"), integers
    ),
    "lerp of dtypes that differ": Bad(
        lambda x: ops.lerp(x, x.to(dtype=vt.float64), 0.5), RuntimeError, ("lerp", "float64")
    ),
    "alpha of a higher category": Bad(lambda a, b: ops.add(a, b, alpha=1.5), RuntimeError, ("add", "int64"), integers),
    "number that does not fit": Bad(
        lambda a, b: ops.masked_fill(a.to(dtype=vt.int8), a > 0, 300), RuntimeError, ("masked_fill", "int8"), integers
    ),
}

RANGES: dict[str, Bad] = {
    "dim above": Bad(lambda x: ops.sum(x, 2), IndexError, ("sum", "2")),
    "dim below": Bad(lambda x: ops.softmax(x, -3), IndexError, ("softmax", "-3")),
    "dim far off": Bad(lambda x: ops.cumsum(x, MAX), IndexError, ("cumsum", str(MAX))),
    "dim of int64's least": Bad(lambda x: ops.argmax(x, -MAX - 1), IndexError, ("argmax", str(-MAX - 1))),
    "dim given twice": Bad(lambda x: ops.mean(x, (0, -2)), RuntimeError, ("mean", "-2")),
    "dim of a scalar": Bad(lambda x: ops.sum(x[0, 0], 1), IndexError, ("sum", "1")),
    "extreme of nothing": Bad(lambda x: ops.amax(x[:0], 0), RUNTIME_OR_INDEX, ("amax", "0")),
    "place of an extreme of nothing": Bad(lambda x: ops.argmax(x[:0]), IndexError, ("argmax", "(0, 3)")),
    "k above the size": Bad(lambda x: ops.topk(x, 4), RuntimeError, ("topk", "4")),
    "k negative": Bad(lambda x: ops.topk(x, -1), RuntimeError, ("topk", "-1")),
    "clamp without bounds": Bad(lambda x: ops.clamp(x), RuntimeError, ("clamp",)),
    "rounding mode": Bad(lambda x: ops.div(x, 2, rounding_mode="up"), RuntimeError, ("div", "up")),
    "approximation": Bad(lambda x: ops.gelu(x, approximate="fast"), RuntimeError, ("gelu", "fast")),
    "reduction": Bad(lambda x: ops.mse_loss(x, x, reduction="avg"), ValueError, ("mse_loss", "avg")),
    "probability above": Bad(lambda x: ops.dropout(x, 1.5, True), RUNTIME_OR_VALUE, ("dropout", "1.5")),
    "probability below": Bad(lambda x: ops.dropout(x, -0.1, True), RUNTIME_OR_VALUE, ("dropout", "-0.1")),
    "probability NaN": Bad(lambda x: ops.dropout(x, float("nan"), True), RUNTIME_OR_VALUE, ("dropout", "nan")),
    "probabilities of bernoulli": Bad(lambda x: ops.bernoulli(x + 1), RuntimeError, ("bernoulli", "[0, 1]")),
    "bounds of uniform_ exchanged": Bad(lambda x: x.uniform_(2, 1), RuntimeError, ("uniform_", "2", "1")),
    "deviation of normal_": Bad(lambda x: x.normal_(0, -1), RuntimeError, ("normal_", "-1")),
    "bounds of random_ exchanged": Bad(lambda x: x.random_(5, 5), RuntimeError, ("random_", "5")),
    "randint of nothing": Bad(lambda x: ops.randint(3, 3, (2,)), RuntimeError, ("randint", "3")),
    "randperm of a negative count": Bad(lambda x: ops.randperm(-1), RuntimeError, ("randperm", "-1")),
    "samples of a negative weight": Bad(lambda x: ops.multinomial(x - 9, 1), RuntimeError, ("multinomial",)),
    "more samples than places": Bad(lambda x: ops.multinomial(x + 1, 4), RuntimeError, ("multinomial", "4")),
    "layer_norm of other sizes": Bad(lambda x: ops.layer_norm(x, (4,)), RuntimeError, ("layer_norm", "4")),
    "group_norm of groups that do not divide": Bad(
        lambda x: ops.group_norm(x, 2), RuntimeError, ("group_norm", "3", "2")
    ),
    "embedding index above": Bad(lambda w, i, *_: ops.embedding(w, i), IndexError, ("embedding", "4"), with_places),
    "gather index above": Bad(lambda w, _, i, __: ops.gather(w, 0, i), RUNTIME_OR_INDEX, ("gather", "9"), with_places),
    "scatter index above": Bad(
        lambda w, _, i, __: w.scatter_(0, i, 1.0), RUNTIME_OR_INDEX, ("scatter", "9"), with_places
    ),
    "index_select below": Bad(
        lambda w, _, __, i: ops.index_select(w, 0, i), RUNTIME_OR_INDEX, ("index_select", "-5"), with_places
    ),
    "index of floats": Bad(lambda w, *_: ops.gather(w, 0, w), RuntimeError, ("gather", "float32"), with_places),
    "target above the classes": Bad(lambda w, i, *_: ops.nll_loss(w[:2], i), RUNTIME_OR_INDEX, ("4",), with_places),
    "one_hot class above": Bad(lambda w, i, *_: ops.one_hot(i, 3), RuntimeError, ("one_hot", "3"), with_places),
    "repeats negative": Bad(lambda x: ops.repeat_interleave(x, -1), RuntimeError, ("repeat_interleave", "-1")),
    "roll of dims and shifts of other lengths": Bad(
        lambda x: ops.roll(x, (1, 2), (0,)), RuntimeError, ("roll", "2", "1")
    ),
    "flip of a dim twice": Bad(lambda x: ops.flip(x, (0, 0)), RuntimeError, ("flip", "0")),
    "matrix_power of what is not square": Bad(
        lambda x: ops.linalg_matrix_power(x, 2), RuntimeError, ("matrix_power", "2", "3")
    ),
    "inverse of a singular matrix": Bad(
        lambda x: ops.linalg_inv(ops.zeros((2, 2))), vt.LinAlgError, ("linalg_inv", "singular")
    ),
    "cholesky of what is not positive": Bad(
        lambda x: ops.linalg_cholesky(ops.full((2, 2), -1.0)), vt.LinAlgError, ("linalg_cholesky", "1")
    ),
    "tril of a vector": Bad(lambda x: ops.tril(x[0]), RuntimeError, ("tril", "(3,)")),
    "division of integers by zero": Bad(ops.floor_divide, RuntimeError, ("floor_divide", "zero"), integers),
    "remainder of integers by zero": Bad(ops.remainder, RuntimeError, ("remainder", "zero"), integers),
    "negative power of an integer": Bad(lambda a, b: ops.pow(a, -1), RuntimeError, ("pow", "negative"), integers),
    "step of linspace": Bad(lambda x: ops.linspace(0, 1, -1), RuntimeError, ("linspace", "-1")),
    "eye of a negative size": Bad(lambda x: ops.eye(-1), RuntimeError, ("eye", "-1")),
    "attention of heads that do not divide": Bad(
        lambda x: ops.scaled_dot_product_attention(
            ops.ones((1, 3, 2, 4)), ops.ones((1, 2, 2, 4)), ops.ones((1, 2, 2, 4)), enable_gqa=True
        ),
        RuntimeError,
        ("attention", "3", "2"),
    ),
    "attention dropout": Bad(
        lambda x: ops.scaled_dot_product_attention(x[None], x[None], x[None], dropout_p=2.0),
        RUNTIME_OR_VALUE,
        ("2",),
    ),
}

WINDOWS: dict[str, Bad] = {
    "stride zero": Bad(lambda x, w, b: ops.conv2d(x, w, b, stride=0), RuntimeError, ("conv", "stride", "0"), images),
    "stride negative": Bad(
        lambda x, w, b: ops.conv2d(x, w, b, stride=-2), RuntimeError, ("conv", "stride", "-2"), images
    ),
    "padding negative": Bad(
        lambda x, w, b: ops.conv2d(x, w, b, padding=-1), RuntimeError, ("conv", "padding", "-1"), images
    ),
    "padding by an unknown word": Bad(
        lambda x, w, b: ops.conv2d(x, w, b, padding="some"), RUNTIME_OR_VALUE, ("conv", "some"), images
    ),
    "dilation zero": Bad(
        lambda x, w, b: ops.conv2d(x, w, b, dilation=0), RuntimeError, ("conv", "dilation", "0"), images
    ),
    "groups that do not divide": Bad(
        lambda x, w, b: ops.conv2d(x, w, b, groups=3), RuntimeError, ("conv", "3"), images
    ),
    "groups zero": Bad(lambda x, w, b: ops.conv2d(x, w, b, groups=0), RuntimeError, ("conv", "groups", "0"), images),
    "groups negative": Bad(
        lambda x, w, b: ops.conv2d(x, w, b, groups=-1), RuntimeError, ("conv", "groups", "-1"), images
    ),
    "kernel larger than the input": Bad(
        lambda x, w, b: ops.conv2d(x[:, :, :2], w, b), RuntimeError, ("conv", "2", "3"), images
    ),
    "channels that differ": Bad(lambda x, w, b: ops.conv2d(x[:, :3], w, b), RuntimeError, ("conv", "3", "4"), images),
    "bias of another size": Bad(lambda x, w, b: ops.conv2d(x, w, b[:5]), RuntimeError, ("conv", "bias", "5"), images),
    "dtype of the weight": Bad(
        lambda x, w, b: ops.conv2d(x, w.to(dtype=vt.float64), b), RuntimeError, ("conv", "float64"), images
    ),
    "too few dimensions": Bad(lambda x, w, b: ops.conv2d(x[0, 0], w, b), RuntimeError, ("conv", "2"), images),
    "stride of three numbers": Bad(
        lambda x, w, b: ops.conv2d(x, w, b, stride=(1, 1, 1)), RuntimeError, ("conv", "stride"), images
    ),
    "output padding not below the stride": Bad(
        lambda x, w, b: ops.conv_transpose2d(x, w.transpose(0, 1), None, stride=2, output_padding=2),
        RuntimeError,
        ("output_padding", "2"),
        images,
    ),
    "huge padding": Bad(lambda x, w, b: ops.conv2d(x, w, b, padding=MAX // 2), RuntimeError, (), images),
    "huge dilation": Bad(lambda x, w, b: ops.conv2d(x, w, b, dilation=MAX), RuntimeError, (), images),
    "pool with a kernel of zero": Bad(lambda x, *_: ops.max_pool2d(x, 0), RuntimeError, ("max_pool", "0"), images),
    "pool with a stride of zero": Bad(
        lambda x, *_: ops.avg_pool2d(x, 2, stride=0), RuntimeError, ("avg_pool", "stride", "0"), images
    ),
    "pool padding above half the kernel": Bad(
        lambda x, *_: ops.max_pool2d(x, 2, padding=2), RuntimeError, ("max_pool", "2"), images
    ),
    "pool larger than the input": Bad(lambda x, *_: ops.avg_pool2d(x, 9), RuntimeError, ("avg_pool", "9"), images),
    "pool divisor of zero": Bad(
        lambda x, *_: ops.avg_pool2d(x, 2, divisor_override=0), RuntimeError, ("avg_pool", "0"), images
    ),
    "adaptive pool to a negative size": Bad(
        lambda x, *_: ops.adaptive_avg_pool2d(x, -1), RuntimeError, ("adaptive_avg_pool", "-1"), images
    ),
    "pad by an odd count of numbers": Bad(
        lambda x, *_: ops.constant_pad_nd(x, (1, 1, 1)), RuntimeError, ("pad", "3"), images
    ),
    "pad below nothing": Bad(lambda x, *_: ops.constant_pad_nd(x, (-9, 0)), RuntimeError, ("pad", "-9"), images),
    "pad overflowing": Bad(lambda x, *_: ops.constant_pad_nd(x, (MAX, MAX)), RuntimeError, (), images),
}

TABLES = {"mixed": MIXED, "ranges": RANGES, "windows": WINDOWS}
ALL = [pytest.param(bad, id=f"{table}: {name}") for table, rows in TABLES.items() for name, bad in rows.items()]


@pytest.mark.parametrize("bad", ALL)
def test_is_refused_by_name_and_changes_nothing(bad: Bad) -> None:
    check(bad)


@pytest.mark.parametrize("name", ["int8", "int16", "int32", "int64", "uint8"])
def test_least_integer_over_minus_one_is_defined_and_the_same_on_every_path(name: str) -> None:
    """The quotient that overflows wraps; vector loops, scalar tails and numbers agree."""
    dtype = getattr(vt, name)
    least = vt.iinfo(dtype).min
    for count in (1, 3, 300):
        top, bottom = ops.full((count,), least, dtype=dtype), ops.full((count,), -1 if least else 255, dtype=dtype)
        expected = [least if least else 0] * count
        assert ops.floor_divide(top, bottom).tolist() == expected
        assert ops.remainder(top, bottom).tolist() == [0] * count
        assert ops.fmod(top, bottom).tolist() == [0] * count
        assert ops.div(top, bottom, rounding_mode="trunc").tolist() == expected
        assert ops.neg(top).tolist() == [least] * count
        assert ops.abs(top).tolist() == [least] * count
        if least:
            assert ops.floor_divide(top, -1).tolist() == expected


@pytest.mark.parametrize("name", ["int8", "int32", "int64", "uint8"])
def test_shifts_past_the_width_are_defined_and_the_same_on_every_path(name: str) -> None:
    dtype = getattr(vt, name)
    width = vt.iinfo(dtype).bits
    for by in (width, width + 1, 2 * width, 100):
        results = set()
        for count in (1, 3, 300):
            x, shift = ops.full((count,), 5, dtype=dtype), ops.full((count,), by, dtype=dtype)
            results |= {*ops.bitwise_left_shift(x, shift).tolist(), *ops.bitwise_left_shift(x, by).tolist()}
            results |= {*ops.bitwise_right_shift(x, shift).tolist(), *ops.bitwise_right_shift(x, by).tolist()}
        assert results == {0}
    negative = ops.full((300,), -1 if vt.iinfo(dtype).min else 1, dtype=dtype)
    expected = -1 if vt.iinfo(dtype).min else 0
    assert set(ops.bitwise_right_shift(negative, 100).tolist()) == {expected}


@pytest.mark.parametrize("target", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"])
def test_casts_out_of_range_are_the_same_on_every_path(target: str) -> None:
    """Whatever they give, length and layout do not change it."""
    for value in (1e300, -1e300, float("inf"), -float("inf"), float("nan"), 2.0**63, -(2.0**63), 300.0, -1.0, 2.0**31):
        for source in ("float64", "float32", "bfloat16"):
            wide = ops.full((600,), value, dtype=vt.float64).to(dtype=getattr(vt, source))
            results = [wide[:count].to(dtype=getattr(vt, target)).tolist() for count in (1, 3, 300)]
            results.append(wide[::2].to(dtype=getattr(vt, target)).tolist())
            assert len({number for result in results for number in result}) == 1, (value, source)
