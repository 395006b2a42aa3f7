# SPDX-License-Identifier: Apache-2.0
"""What convolutions promise beyond their values: layouts of results, the meta device, threads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt

ops = vt.ops


def _random(*shape: int, seed: int = 0) -> Any:
    return vt.from_numpy(np.random.default_rng(seed).standard_normal(shape).astype(np.float32))


def _channels_last(x: Any) -> Any:
    return ops.contiguous(x, memory_format=vt.channels_last)


def _grad(x: Any, weight: Any, out: Any) -> tuple[Any, Any, Any]:
    return ops.convolution_backward(out, x, weight, [6], 1, 1, 1, False, 0, 1, [True, True, True])


@pytest.mark.parametrize("which", ["input", "weight"])
def test_result_is_channels_last_as_input_or_weight(which: str) -> None:
    x, weight, bias = _random(2, 4, 5, 6), _random(6, 4, 3, 3, seed=1), _random(6, seed=2)
    plain = ops.conv2d(x, weight, bias, 1, 1)
    if which == "input":
        x = _channels_last(x)
    else:
        weight = _channels_last(weight)
    out = ops.conv2d(x, weight, bias, 1, 1)
    assert out.is_contiguous(memory_format=vt.channels_last)
    assert np.array_equal(out.numpy(), plain.numpy())
    assert _grad(x, weight, out)[0].is_contiguous(memory_format=vt.channels_last)


def test_meta_has_shapes_only() -> None:
    x, weight = _random(2, 4, 9, 7).to("meta"), _random(6, 2, 3, 3).to("meta")
    out = ops.conv2d(x, weight, None, 2, 1, 1, 2)
    assert out.device.type == "meta"
    assert tuple(out.shape) == (2, 6, 5, 4)
    grads = ops.convolution_backward(out, x, weight, [6], 2, 1, 1, False, 0, 2, [True, True, True])
    assert [tuple(g.shape) for g in grads] == [(2, 4, 9, 7), (6, 2, 3, 3), (6,)]


def test_mask_leaves_gradients_out() -> None:
    x, weight = _random(2, 4, 5, 5), _random(6, 4, 3, 3, seed=1)
    grad = _random(2, 6, 5, 5, seed=2)
    assert ops.convolution_backward(grad, x, weight, None, 1, 1, 1, False, 0, 1, [False] * 3) == (None, None, None)
    of_input, of_weight, of_bias = ops.convolution_backward(
        grad, x, weight, None, 1, 1, 1, False, 0, 1, [False, True, False]
    )
    assert of_input is None
    assert of_bias is None
    assert np.array_equal(of_weight.numpy(), _grad(x, weight, grad)[1].numpy())


@pytest.mark.parametrize(
    ("sizes", "weight_sizes", "window"),
    [
        ((3, 70, 20, 21), (40, 70, 3, 3), (1, 1, 1, False, 0, 1)),
        ((1, 64, 7, 7), (96, 64, 3, 3), (1, 1, 1, False, 0, 1)),
        ((2, 32, 30, 30), (32, 1, 3, 3), (1, 1, 1, False, 0, 32)),
        ((2, 3, 64, 64), (48, 3, 16, 16), (16, 0, 1, False, 0, 1)),
        ((2, 40, 16, 16), (40, 24, 2, 2), (2, 0, 1, True, 0, 1)),
        ((2, 40, 16, 16), (40, 24, 3, 3), (2, 1, 1, True, 1, 1)),
    ],
)
def test_results_do_not_depend_on_threads(sizes: Any, weight_sizes: Any, window: Any) -> None:
    x, weight = _random(*sizes), _random(*weight_sizes, seed=1)

    def run() -> list[bytes]:
        out = ops.convolution(x, weight, None, *window)
        grads = ops.convolution_backward(out, x, weight, None, *window, [True, True, False])
        return [out.numpy().tobytes(), grads[0].numpy().tobytes(), grads[1].numpy().tobytes()]

    before = vt.get_num_threads()
    try:
        vt.set_num_threads(1)
        alone = run()
        for threads in (2, 5):
            vt.set_num_threads(threads)
            assert run() == alone
    finally:
        vt.set_num_threads(before)
