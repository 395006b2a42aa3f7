# SPDX-License-Identifier: Apache-2.0
"""Rows of every form, a warp's, a block's and longer ones, aligned and not; targets that are no class."""

from __future__ import annotations

import math

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted, to_cuda
from vt_core import ops
from vt_core.testing import assert_close

SIZES = (300, 700, 701, 5000, 5001)


def random(*shape: int, seed: int = 0) -> vt.Tensor:
    return vt.from_numpy(np.random.default_rng(seed).standard_normal(shape).astype(np.float32))


def check(op, *args, scale: float = 1.0) -> None:
    """The same call on the CPU and on the device; `scale` is that of the results."""
    expected = op(*args)
    result = op(*(to_cuda(arg) if isinstance(arg, vt.Tensor) else arg for arg in args))
    for one, part in zip(
        expected if isinstance(expected, tuple) else (expected,),
        result if isinstance(result, tuple) else (result,),
        strict=True,
    ):
        if one is not None:
            assert_close(part.to(device="cpu"), one, atol=2e-5 * scale, rtol=2e-5)


@pytest.mark.parametrize("size", SIZES)
def test_softmax_of_rows(size: int) -> None:
    x, grad = random(3, size), random(3, size, seed=1)
    for forward, backward in (
        (ops.softmax, ops.softmax_backward),
        (ops.log_softmax, ops.log_softmax_backward),
    ):
        check(forward, x, 1)
        check(backward, grad, forward(x, 1), 1)


@pytest.mark.parametrize("size", SIZES)
def test_norms_of_rows(size: int) -> None:
    x, grad, weight, bias = random(5, size), random(5, size, seed=1), random(size, seed=2), random(size, seed=3)
    check(ops.native_layer_norm, x, [size], weight, bias, 1e-5)
    _, mean, rstd = ops.native_layer_norm(x, [size], weight, bias, 1e-5)
    check(ops.native_layer_norm_backward, grad, x, [size], mean, rstd, weight, bias, 7)
    check(ops.native_rms_norm, x, [size], weight, 1e-5)
    _, rstd = ops.native_rms_norm(x, [size], weight, 1e-5)
    check(ops.native_rms_norm_backward, grad, x, [size], rstd, weight, 3)


MANY_ROWS = [
    (5000, 3),
    (4000, 12),
    (3000, 40),
    (2000, 100),
    (2500, 129),
    (2300, 256),
    (1200, 300),
    (600, 1500),
    (200, 4000),
]


@pytest.mark.parametrize(("num_rows", "size"), MANY_ROWS)
def test_gradients_of_norms_over_more_rows_than_blocks_take_at_once(num_rows: int, size: int) -> None:
    x, grad = random(num_rows, size), random(num_rows, size, seed=1)
    weight, bias = random(size, seed=2), random(size, seed=3)
    _, mean, rstd = ops.native_layer_norm(x, [size], weight, bias, 1e-5)
    for outputs in (7, 6, 4, 2):
        arguments = (grad, x, [size], mean, rstd, weight, bias, outputs)
        check(ops.native_layer_norm_backward, *arguments, scale=num_rows**0.5)
    _, rstd = ops.native_rms_norm(x, [size], weight, 1e-5)
    for outputs in (3, 2):
        check(ops.native_rms_norm_backward, grad, x, [size], rstd, weight, outputs, scale=num_rows**0.5)


@pytest.mark.parametrize("dtype", [vt.bfloat16, vt.float16])
@pytest.mark.parametrize("parameter_dtype", [vt.bfloat16, vt.float16, vt.float32])
@pytest.mark.parametrize("size", [24, 328, 1031, 1032, 9000])
def test_norms_of_half_types_read_parameters_of_any_computed_dtype(
    dtype: vt.dtype, parameter_dtype: vt.dtype, size: int
) -> None:
    num_rows = 300 if size < 2000 else 20
    x, grad = random(num_rows, size).to(dtype), random(num_rows, size, seed=1).to(dtype)
    weight, bias = (random(size, seed=seed).to(parameter_dtype) for seed in (2, 3))
    wide = tuple(t.float() for t in (x, grad, weight, bias))

    def layer(x: vt.Tensor, grad: vt.Tensor, weight: vt.Tensor, bias: vt.Tensor) -> tuple[vt.Tensor, ...]:
        out, mean, rstd = ops.native_layer_norm(x, [size], weight, bias, 1e-5)
        return out, *ops.native_layer_norm_backward(grad, x, [size], mean, rstd, weight, bias, 7)

    def rms(x: vt.Tensor, grad: vt.Tensor, weight: vt.Tensor, _: vt.Tensor) -> tuple[vt.Tensor, ...]:
        out, rstd = ops.native_rms_norm(x, [size], weight, 1e-5)
        return out, *ops.native_rms_norm_backward(grad, x, [size], rstd, weight, 3)

    for function in (layer, rms):
        results = function(*(to_cuda(t) for t in (x, grad, weight, bias)))
        for result, expected, spread in zip(results, function(*wide), (1, 1, 17, 17), strict=False):
            tolerance = 4e-3 if parameter_dtype == dtype == vt.float16 else 2e-2
            assert_close(result.to(device="cpu").float(), expected, atol=tolerance * spread, rtol=tolerance)


def test_a_norm_of_half_types_is_one_launch_and_its_gradients_two() -> None:
    x, grad = to_cuda(random(40, 512).to(vt.bfloat16)), to_cuda(random(40, 512, seed=1).to(vt.bfloat16))
    weight, bias = to_cuda(random(512, seed=2).to(vt.bfloat16)), to_cuda(random(512, seed=3).to(vt.bfloat16))
    with counted() as counts:
        _, mean, rstd = ops.native_layer_norm(x, [512], weight, bias, 1e-5)
    assert counts["launches"] == 1
    with counted() as counts:
        ops.native_layer_norm_backward(grad, x, [512], mean, rstd, weight, bias, 7)
    assert counts["launches"] == 2


@pytest.mark.parametrize("size", [60, 500, 5000, 20000])
def test_statistics_of_rows_far_from_zero(size: int) -> None:
    numbers = np.random.default_rng(0).standard_normal((4, size)) + 3000
    numbers[:, 0] = 3100
    numbers = numbers.astype(np.float32)
    _, mean, rstd = ops.native_layer_norm(to_cuda(vt.from_numpy(numbers)), [size], None, None, 0.0)
    wide = numbers.astype(np.float64)
    np.testing.assert_allclose(mean.to(device="cpu").numpy()[:, 0], wide.mean(1), rtol=1e-6)
    np.testing.assert_allclose(rstd.to(device="cpu").numpy()[:, 0], 1 / wide.std(1), rtol=1e-4)


@pytest.mark.parametrize("dtype", [vt.bfloat16, vt.float16])
def test_rows_of_half_types_round_once(dtype: vt.dtype) -> None:
    size = 1032
    x, grad, weight = (random(*shape).to(dtype) for shape in ((9, size), (9, size), (size,)))
    wide = tuple(t.float() for t in (x, grad, weight))
    for function in (
        lambda x, grad, weight: ops.softmax(x, 1),
        lambda x, grad, weight: ops.log_softmax(x, 1),
        lambda x, grad, weight: ops.softmax_backward(grad, ops.softmax(x, 1), 1),
        lambda x, grad, weight: ops.native_rms_norm(x, [size], weight, 1e-5)[0],
    ):
        on_device = function(*(to_cuda(t) for t in (x, grad, weight))).to(device="cpu")
        assert_close(on_device.float(), function(*wide), atol=2e-2, rtol=2e-2)
    target = vt.tensor([i * 7 % size for i in range(9)])
    lse = ops.native_cross_entropy(to_cuda(x), to_cuda(target), None, -100, "mean", 0.0)[1].to(device="cpu")
    assert_close(lse, ops.native_cross_entropy(wide[0], target, None, -100, "mean", 0.0)[1], atol=1e-5, rtol=1e-5)


def test_rows_with_infinities_and_nan() -> None:
    inf, nan = math.inf, math.nan
    rows = [[-inf] * 20, [-inf] * 19 + [1.0], [1.0] * 19 + [inf], [nan] + [1.0] * 19, [-inf, nan] + [0.0] * 18]
    for dtype in (vt.float32, vt.bfloat16):
        x = vt.tensor(rows).to(dtype)
        for call in (lambda x: ops.softmax(x, 1), lambda x: ops.log_softmax(x, 1)):
            expected, result = call(x), call(to_cuda(x)).to(device="cpu")
            np.testing.assert_allclose(result.float().tolist(), expected.float().tolist(), rtol=1e-2)
        target = vt.tensor([0, 19, 0, 1, 2])
        expected = ops.native_cross_entropy(x, target, None, -100, "none", 0.0)
        result = ops.native_cross_entropy(to_cuda(x), to_cuda(target), None, -100, "none", 0.0)
        assert expected[3] is result[3] is None  # no gradient is asked for
        for one, part in zip(expected[:3], result[:3], strict=True):
            np.testing.assert_allclose(part.to(device="cpu").float().tolist(), one.float().tolist(), rtol=1e-2)


@pytest.mark.parametrize("size", SIZES)
def test_cross_entropy_of_rows(size: int) -> None:
    x, target, weight = random(4, size), vt.tensor([0, size - 1, -100, 7]), random(size, seed=1) ** 2
    for arguments in ((None, -100, "mean", 0.0), (weight, -100, "mean", 0.1)):
        check(ops.native_cross_entropy, x, target, *arguments)
        loss, lse, total, _ = ops.native_cross_entropy(x, target, *arguments)
        check(
            lambda *args, given=arguments: ops.native_cross_entropy_backward(*args, given[2], given[1], given[3]),
            loss,
            x,
            target,
            arguments[0],
            lse,
            total,
        )


def test_a_target_that_is_no_class_is_told_and_gives_nan() -> None:
    x = to_cuda(random(3, 5))
    target = to_cuda(vt.tensor([1, 40, -3]))
    loss, lse, total, _ = ops.native_cross_entropy(x, target, None, -100, "none", 0.0)
    with pytest.raises(IndexError, match=r"^cross_entropy: Target (40|-3) is out of bounds"):
        vt_cuda.synchronize()
    assert [math.isnan(value) for value in loss.to(device="cpu").tolist()] == [False, True, True]
    grad = ops.native_cross_entropy_backward(
        ops.ones((3,), device="cuda"), x, target, None, lse, total, "none", -100, 0.0
    )
    rows = grad.to(device="cpu").tolist()
    assert [any(math.isnan(value) for value in row) for row in rows] == [False, True, True]


def test_a_softmax_is_one_launch() -> None:
    x = to_cuda(random(3, 300))
    with counted() as counts:
        ops.softmax(x, 1)
    assert counts["launches"] == 1
