# SPDX-License-Identifier: Apache-2.0
"""Convolutions large enough for a library's products and for sums in parts: values, repeatability, graphs, no waiting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted
from vt_core.testing import assert_close

ops = vt.ops

# Input, weight, stride, padding, dilation, transposed, output padding, groups: a plain one, strides that make phases, a
# pointwise one, a patch for each position, long sums of few results, a depthwise one, groups, three dimensions.
CASES = (
    ((2, 32, 20, 20), (32, 32, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 1),
    ((2, 24, 19, 18), (40, 24, 3, 3), [2, 2], [1, 1], [1, 1], False, [0, 0], 1),
    ((4, 64, 24, 24), (64, 64, 3, 3), [2, 2], [1, 1], [1, 1], False, [0, 0], 1),
    ((3, 64, 15, 15), (48, 64, 1, 1), [1, 1], [0, 0], [1, 1], False, [0, 0], 1),
    ((2, 16, 32, 32), (64, 16, 8, 8), [8, 8], [0, 0], [1, 1], False, [0, 0], 1),
    ((1, 256, 4, 4), (16, 256, 3, 3), [1, 1], [2, 2], [2, 2], False, [0, 0], 1),
    ((2, 24, 17, 17), (24, 1, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 24),
    ((2, 32, 12, 12), (32, 16, 3, 3), [1, 1], [1, 1], [1, 1], False, [0, 0], 2),
    ((2, 40, 10, 11), (40, 24, 3, 3), [2, 2], [1, 1], [1, 1], True, [1, 0], 1),
    ((1, 16, 6, 9, 9), (24, 16, 3, 3, 3), [1, 1, 1], [1, 1, 1], [1, 1, 1], False, [0, 0, 0], 1),
    ((2, 16, 700), (24, 16, 9), [3], [4], [2], False, [0], 1),
)
DTYPES = ("float16", "bfloat16", "float32", "float64")


def whole(shape: tuple[int, ...], dtype: str, seed: int) -> vt.Tensor:
    """Few of them are not zero, so that sums are whole numbers that every dtype holds."""
    random = np.random.default_rng(seed)
    values = random.integers(-1, 2, shape) * (random.random(shape) < 0.2)
    return vt.tensor(values.astype(np.float32)).to(dtype=getattr(vt, dtype))


def in_format(tensor: vt.Tensor, channels_last: bool) -> vt.Tensor:
    if not channels_last or tensor.ndim != 4:
        return tensor
    return ops.permute(ops.contiguous(ops.permute(tensor, [0, 2, 3, 1])), [0, 3, 1, 2])


def operands(case: tuple[Any, ...], dtype: str, channels_last: bool = False) -> tuple[Any, ...]:
    input_size, weight_size, *window = case
    out = weight_size[1] * window[-1] if window[3] else weight_size[0]
    x = in_format(whole(input_size, dtype, 1), channels_last)
    return x, whole(weight_size, dtype, 2), whole((out,), dtype, 3), *window


def on_device(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value.to(device="cuda") if isinstance(value, vt.Tensor) else value for value in values)


@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", CASES)
def test_results_and_gradients_are_those_of_the_cpu(case: tuple[Any, ...], dtype: str, channels_last: bool) -> None:
    values = operands(case, dtype, channels_last)
    on_cuda = on_device(values)
    expected = ops.convolution(*values)
    result = ops.convolution(*on_cuda)
    assert result.stride() == expected.stride()
    assert_close(result.to(device="cpu"), expected)
    grad = whole(tuple(expected.shape), dtype, 4)
    bias_sizes = list(values[2].shape)
    wanted = ops.convolution_backward(grad, *values[:2], bias_sizes, *values[3:], [True, True, True])
    found = ops.convolution_backward(grad.to(device="cuda"), *on_cuda[:2], bias_sizes, *values[3:], [True, True, True])
    for one, other in zip(found, wanted, strict=True):
        assert one.stride() == other.stride()
        assert_close(one.to(device="cpu"), other)


@pytest.mark.parametrize("case", CASES)
def test_a_convolution_gives_the_same_bits_every_time(case: tuple[Any, ...]) -> None:
    input_size, weight_size, *window = case
    random = np.random.default_rng(0)
    x = vt.tensor(random.standard_normal(input_size).astype(np.float32)).to(device="cuda")
    weight = vt.tensor(random.standard_normal(weight_size).astype(np.float32)).to(device="cuda")
    out = ops.convolution(x, weight, None, *window)
    first = ops.convolution_backward(out, x, weight, None, *window, [True, True, False])
    for _ in range(3):
        assert ops.convolution(x, weight, None, *window).tolist() == out.tolist()
        again = ops.convolution_backward(out, x, weight, None, *window, [True, True, False])
        assert [t.tolist() for t in again[:2]] == [t.tolist() for t in first[:2]]


@pytest.mark.parametrize("case", CASES)
def test_a_graph_replays_a_convolution(case: tuple[Any, ...]) -> None:
    values = operands(case, "float32")
    x, *others = on_device(values)
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        out = ops.convolution(x, *others)
    ops.copy_(x, whole(case[0], "float32", 7).to(device="cuda"))
    graph.replay()
    expected = ops.convolution(x.to(device="cpu"), *values[1:])
    assert_close(out.to(device="cpu"), expected)


def test_nothing_waits() -> None:
    values = on_device(operands(CASES[1], "float32"))
    with counted() as counts:
        out = ops.convolution(*values)
        ops.convolution_backward(out, *values[:2], None, *values[3:], [True, True, False])
    assert counts["host_synchronizations"] == 0
