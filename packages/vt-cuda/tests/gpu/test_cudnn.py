# SPDX-License-Identifier: Apache-2.0
"""Convolutions and attention by cuDNN: values, precision, repeatability, graphs, no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted, to_cuda

ops = vt.ops

pytestmark = pytest.mark.skipif(vt_cuda.cudnn().startswith("own kernels"), reason="no cuDNN")

# Of the largest element. Sums have one rounding to the dtype, TF32's inputs one to 10 bits.
TOLERANCE = {"float16": 1e-3, "bfloat16": 8e-3, "float32": 1e-5, "tf32": 2e-3}

# Input, weight, stride, padding, dilation, transposed, output padding, groups: each large enough for the library in some dtype.
CASES = (
    ((2, 32, 20, 20), (32, 32, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 1),
    ((4, 24, 19, 18), (40, 24, 3, 3), [2, 2], [1, 1], [1, 1], False, [0, 0], 1),
    ((3, 64, 15, 15), (64, 64, 1, 1), [1, 1], [0, 0], [1, 1], False, [0, 0], 1),
    ((2, 16, 33, 33), (64, 16, 8, 8), [8, 8], [0, 0], [1, 1], False, [0, 0], 1),
    ((4, 48, 17, 17), (48, 48, 3, 3), [1, 1], [2, 2], [2, 2], False, [0, 0], 1),
    ((4, 64, 34, 34), (64, 1, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 64),
    ((4, 64, 15, 15), (64, 16, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 4),
    ((4, 40, 10, 11), (40, 48, 3, 3), [2, 2], [1, 1], [1, 1], True, [1, 0], 1),
    ((2, 16, 6, 9, 9), (24, 16, 3, 3, 3), [1, 1, 1], [1, 1, 1], [1, 1, 1], False, [0, 0, 0], 1),
    ((4, 32, 700), (24, 32, 9), [3], [4], [2], False, [0], 1),
)
# Query, key and value heads, rows, columns, width.
ATTENTION = ((2, 8, 8, 512, 512, 128, False), (1, 8, 4, 1000, 1056, 64, True), (3, 4, 2, 544, 672, 128, True))


def noise(shape: tuple[int, ...], dtype: str, seed: int) -> vt.Tensor:
    values = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    return vt.tensor(values).to(dtype=getattr(vt, dtype))


def channels_last(tensor: vt.Tensor) -> vt.Tensor:
    order = [0, *range(2, tensor.ndim), 1]
    back = [0, tensor.ndim - 1, *range(1, tensor.ndim - 1)]
    return ops.permute(ops.contiguous(ops.permute(tensor, order)), back)


def on_device(*tensors: vt.Tensor) -> list[vt.Tensor]:
    return [to_cuda(t) for t in tensors]


def check(found: vt.Tensor, expected: vt.Tensor, tolerance: float) -> None:
    assert found.stride() == expected.stride()
    got, want = (t.to(device="cpu", dtype=vt.float64).numpy() for t in (found, expected))
    assert np.abs(got - want).max() <= tolerance * np.abs(want).max()


def run_case(x: vt.Tensor, weight: vt.Tensor, bias: vt.Tensor, grad: vt.Tensor, window: list[Any]) -> list[vt.Tensor]:
    """The result and the three gradients."""
    out = ops.convolution(x, weight, bias, *window)
    mask = [True, True, True]
    return [out, *ops.convolution_backward(grad, x, weight, list(bias.shape), *window, mask)]


@cache
def operands_and_results(number: int, dtype: str) -> tuple[tuple[vt.Tensor, ...], tuple[vt.Tensor, ...]]:
    x_size, w_size, *window = CASES[number]
    x, weight = noise(x_size, dtype, 1), noise(w_size, dtype, 2)
    bias = noise((w_size[1] * window[-1] if window[3] else w_size[0],), dtype, 3)
    grad = noise(tuple(ops.convolution(x, weight, None, *window).shape), dtype, 4)
    return (x, weight, bias, grad), tuple(run_case(x, weight, bias, grad, window))


@pytest.fixture(autouse=True, scope="module")
def _nothing_is_kept() -> Iterator[None]:
    yield
    operands_and_results.cache_clear()


@pytest.mark.parametrize("is_last", [False, True])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32"])
@pytest.mark.parametrize("number", range(len(CASES)))
def test_convolutions_and_their_gradients_are_those_of_the_cpu(number: int, dtype: str, is_last: bool) -> None:
    operands, expected = operands_and_results(number, dtype)
    if is_last:
        x, weight, bias, grad = operands
        operands = (channels_last(x), channels_last(weight), bias, channels_last(grad)) if x.ndim > 3 else operands
        expected = tuple(run_case(*operands, CASES[number][2:]))
    for found, wanted in zip(run_case(*on_device(*operands), CASES[number][2:]), expected, strict=True):
        check(found, wanted, TOLERANCE[dtype])


def test_operands_may_lie_anyhow() -> None:
    (x, weight, bias, grad), expected = operands_and_results(0, "bfloat16")
    d_x, d_weight, d_bias, d_grad = on_device(x, weight, bias, grad)
    room = ops.zeros([x.numel() + 1], dtype=x.dtype, device="cuda")
    shifted = ops.as_strided(room, list(x.shape), list(x.stride()), 1)
    ops.copy_(shifted, d_x)
    rows = channels_last(ops.permute(d_grad, [0, 1, 3, 2]))
    for a, g in ((shifted, d_grad), (d_x, ops.permute(rows, [0, 1, 3, 2])), (channels_last(d_x), d_grad)):
        found = run_case(a, d_weight, d_bias, g, CASES[0][2:])
        for one, wanted in zip(found, expected, strict=True):
            check(ops.contiguous(one), wanted, TOLERANCE["bfloat16"])


def test_float32_is_rounded_where_that_is_asked_for() -> None:
    operands, expected = operands_and_results(0, "float32")
    moved = on_device(*operands)
    try:
        vt_cuda.set_float32_matmul_precision("high")
        rounded = run_case(*moved, CASES[0][2:])
    finally:
        vt_cuda.set_float32_matmul_precision("highest")
    exact = run_case(*moved, CASES[0][2:])
    for one, other, wanted in zip(rounded[:3], exact[:3], expected[:3], strict=True):
        check(one, wanted, TOLERANCE["tf32"])
        check(other, wanted, TOLERANCE["float32"])
    # The gradient of the weight; small sums of the other kinds may take an engine that does not round.
    assert rounded[2].tolist() != exact[2].tolist()


@pytest.mark.parametrize("dtype", ["bfloat16", "float32"])
@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_convolution_gives_the_same_bits_every_time(number: int, dtype: str) -> None:
    operands, _ = operands_and_results(number, dtype)
    moved = on_device(*operands)
    first = [t.tolist() for t in run_case(*moved, CASES[number][2:])]
    for _ in range(3):
        assert [t.tolist() for t in run_case(*moved, CASES[number][2:])] == first


def test_nothing_waits() -> None:
    operands, _ = operands_and_results(1, "bfloat16")
    moved = on_device(*operands)
    with counted() as counts:
        run_case(*moved, CASES[1][2:])
    assert counts["host_synchronizations"] == 0


@pytest.mark.parametrize("is_warm", [False, True])
def test_a_graph_replays_convolutions(is_warm: bool) -> None:
    size, weight_size = (2, 32, 21 + is_warm, 21), (32, 32, 3, 3)
    window = CASES[0][2:]
    bias, weight, grad = noise((32,), "bfloat16", 3), noise(weight_size, "bfloat16", 2), noise(size, "bfloat16", 4)
    x, *others = on_device(noise(size, "bfloat16", 1), weight, bias, grad)
    if is_warm:
        run_case(x, *others, window)
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        captured = run_case(x, *others, window)
    other = noise(size, "bfloat16", 7)
    ops.copy_(x, other.to(device="cuda"))
    graph.replay()
    for found, wanted in zip(captured, run_case(other, weight, bias, grad, window), strict=True):
        check(found, wanted, TOLERANCE["bfloat16"])


def attend(q: vt.Tensor, k: vt.Tensor, v: vt.Tensor, grad: vt.Tensor, causal: bool) -> list[vt.Tensor]:
    """The result, lse and the three gradients."""
    out, lse, seed, offset = ops.native_attention(q, k, v, None, 0.0, causal, 0.125)
    gradients = ops.native_attention_backward(grad, q, k, v, out, lse, None, 0.0, causal, 0.125, seed, offset)
    return [out, lse, *gradients]


def heads_of(case: tuple[Any, ...], dtype: str, is_inside: bool) -> list[vt.Tensor]:
    batch, heads, shared, rows, columns, width, _ = case

    def one(num: int, length: int, seed: int) -> vt.Tensor:
        if is_inside:
            return ops.permute(noise((batch, length, num, width), dtype, seed), [0, 2, 1, 3])
        return noise((batch, num, length, width), dtype, seed)

    return [one(heads, rows, 0), one(shared, columns, 1), one(shared, columns, 2), one(heads, rows, 3)]


@pytest.mark.parametrize("is_inside", [False, True])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
@pytest.mark.parametrize("case", ATTENTION)
def test_attention_and_its_gradients_are_those_of_the_cpu(case: tuple[Any, ...], dtype: str, is_inside: bool) -> None:
    operands = heads_of(case, dtype, is_inside)
    expected = attend(*operands, case[-1])
    moved = on_device(*operands)
    found = attend(*moved, case[-1])
    tolerances = [TOLERANCE[dtype], 1e-5, *[2 * TOLERANCE[dtype]] * 3]
    for one, wanted, tolerance in zip(found, expected, tolerances, strict=True):
        check(one, wanted, tolerance)
    assert [t.tolist() for t in attend(*moved, case[-1])] == [t.tolist() for t in found]


@pytest.mark.parametrize(("heads", "shared"), [(4, 4), (8, 4)])
def test_a_backward_in_parts_is_that_of_its_parts(heads: int, shared: int) -> None:
    q, k, v, grad = on_device(*heads_of((8 * 32 // heads, heads, shared, 2048, 2048, 64, True), "bfloat16", True))
    whole = attend(q, k, v, grad, True)
    half = q.shape[0] // 2
    for first in (0, half):
        parts = attend(*(ops.slice(t, 0, first, first + half, 1) for t in (q, k, v, grad)), True)
        for one, other in zip(parts, whole, strict=True):
            same_part = ops.slice(other, 0, first, first + half, 1)
            assert np.array_equal(*(t.to(device="cpu", dtype=vt.float32).numpy() for t in (one, same_part)))


def test_a_graph_replays_attention() -> None:
    case = (2, 8, 8, 544, 512, 128, True)
    q, *others = on_device(*heads_of(case, "bfloat16", False))
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        captured = attend(q, *others, True)
    ops.copy_(q, noise(tuple(q.shape), "bfloat16", 7).to(device="cuda"))
    graph.replay()
    for found, wanted in zip(captured, attend(q, *others, True), strict=True):
        assert found.tolist() == wanted.tolist()
