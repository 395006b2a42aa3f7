# SPDX-License-Identifier: Apache-2.0
"""Norms of channels whose statistics are taken by several blocks each, in pieces of 16 bytes and in single elements."""

from __future__ import annotations

import numpy as np
import pytest
import vt_core as vt
from on_cuda import counted, to_cuda
from vt_core import ops

SHAPES = [(3, 3, 96, 96), (3, 3, 97, 97), (2, 4, 131, 128), (40, 7, 5, 5)]


def drawn(*shape: int, seed: int, shift: float = 0.0) -> np.ndarray:
    return (np.random.default_rng(seed).standard_normal(shape) + shift).astype(np.float32)


def close(result: vt.Tensor, expected: np.ndarray, atol: float) -> None:
    np.testing.assert_allclose(result.to(device="cpu").float().numpy(), expected, rtol=atol, atol=atol)


def normalised(x: np.ndarray, axes: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mean, rstd = x.mean(axes, keepdims=True), 1 / np.sqrt(x.var(axes, keepdims=True) + 1e-5)
    return (x - mean) * rstd, mean, rstd


def gradient(h: np.ndarray, rstd: np.ndarray, gw: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    return rstd * (gw - gw.mean(axes, keepdims=True) - h * (gw * h).mean(axes, keepdims=True))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("dtype", "atol"), [(vt.float32, 2e-5), (vt.bfloat16, 3e-2)])
def test_batch_norm_and_its_gradients(shape: tuple[int, ...], dtype: vt.dtype, atol: float) -> None:
    channels, axes = shape[1], (0, 2, 3)
    x, grad = (vt.from_numpy(drawn(*shape, seed=s, shift=3 - 3 * s)).to(dtype) for s in (0, 1))
    weight, bias = drawn(channels, seed=2), drawn(channels, seed=3)
    running = [to_cuda(vt.from_numpy(np.ones(channels, np.float32))) for _ in range(2)]
    on_device = [to_cuda(t) for t in (x, vt.from_numpy(weight), vt.from_numpy(bias))]
    out, mean, rstd = ops.batch_norm_train(*on_device, *running, 0.25, 1e-5)
    wide_x, wide_grad = (t.float().numpy().astype(np.float64) for t in (x, grad))
    h, wide_mean, wide_rstd = normalised(wide_x, axes)
    w, b = (p.reshape(1, -1, 1, 1) for p in (weight, bias))
    close(out, h * w + b, 4 * atol)
    close(mean, wide_mean.ravel(), 2e-5)
    close(rstd, wide_rstd.ravel(), 2e-5)
    count = wide_x.size // channels
    close(running[0], 0.75 + 0.25 * wide_mean.ravel(), 2e-5)
    close(running[1], 0.75 + 0.25 * wide_x.var(axes).ravel() * count / (count - 1), 2e-5)

    grads = ops.batch_norm_backward(to_cuda(grad), on_device[0], mean, rstd, *on_device[1:], True, 7)
    close(grads[0], gradient(h, wide_rstd, wide_grad * w, axes), 2 * atol)
    close(grads[1], (wide_grad * h).sum(axes), 2e-2)
    close(grads[2], wide_grad.sum(axes), 2e-2)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_group_norm_of_one_group_and_its_gradients(shape: tuple[int, ...]) -> None:
    axes = (1, 2, 3)
    x, grad = drawn(*shape, seed=0, shift=3), drawn(*shape, seed=1)
    weight, bias = drawn(shape[1], seed=2), drawn(shape[1], seed=3)
    on_device = [to_cuda(vt.from_numpy(part)) for part in (x, weight, bias)]
    sizes = shape[0], shape[1], shape[2] * shape[3], 1
    out, mean, rstd = ops.native_group_norm(*on_device, *sizes, 1e-5)
    wide_grad = grad.astype(np.float64)
    h, _, wide_rstd = normalised(x.astype(np.float64), axes)
    w, b = (p.reshape(1, -1, 1, 1) for p in (weight, bias))
    close(out, h * w + b, 2e-5)
    given = (to_cuda(vt.from_numpy(grad)), on_device[0], mean, rstd, *on_device[1:])
    grads = ops.native_group_norm_backward(*given, *sizes, 7)
    close(grads[0], gradient(h, wide_rstd, wide_grad * w, axes), 2e-5)
    close(grads[1], (wide_grad * h).sum((0, 2, 3)), 2e-2)
    close(grads[2], wide_grad.sum((0, 2, 3)), 2e-2)


def test_statistics_of_many_elements_take_one_launch_more() -> None:
    launches = []
    for side in (8, 100):
        x = to_cuda(vt.from_numpy(drawn(2, 3, side, side, seed=0)))
        with counted() as counts:
            ops.batch_norm_train(x, None, None, None, None, 0.1, 1e-5)
        launches.append(counts["launches"])
    assert launches == [2, 3]
