# SPDX-License-Identifier: Apache-2.0
"""Rows of every form, a warp's, a block's and longer ones, aligned and not; targets that are no class."""

from __future__ import annotations

import math

import numpy as np
import pytest
import vt_core as vt
from conftest import counted, to_cuda
from vt_core import ops
from vt_core.testing import assert_close

SIZES = (300, 700, 701, 5000, 5001)


def random(*shape: int, seed: int = 0) -> vt.Tensor:
    return vt.from_numpy(np.random.default_rng(seed).standard_normal(shape).astype(np.float32))


def check(op, *args) -> None:
    """The same call on the CPU and on the device."""
    expected = op(*args)
    result = op(*(to_cuda(arg) if isinstance(arg, vt.Tensor) else arg for arg in args))
    for one, part in zip(
        expected if isinstance(expected, tuple) else (expected,),
        result if isinstance(result, tuple) else (result,),
        strict=True,
    ):
        assert_close(part.to(device="cpu"), one, atol=2e-5, rtol=2e-5)


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


@pytest.mark.parametrize("size", SIZES)
def test_cross_entropy_of_rows(size: int) -> None:
    x, target, weight = random(4, size), vt.tensor([0, size - 1, -100, 7]), random(size, seed=1) ** 2
    for arguments in ((None, -100, "mean", 0.0), (weight, -100, "mean", 0.1)):
        check(ops.native_cross_entropy, x, target, *arguments)
        loss, lse, total = ops.native_cross_entropy(x, target, *arguments)
        check(
            lambda *args, given=arguments: ops.native_cross_entropy_backward(*args, given[2], given[1], given[3]),
            loss,
            x,
            target,
            arguments[0],
            lse,
            total,
        )


def test_a_target_that_is_no_class_gives_nan() -> None:
    x = to_cuda(random(3, 5))
    target = to_cuda(vt.tensor([1, 40, -3]))
    loss, lse, total = ops.native_cross_entropy(x, target, None, -100, "none", 0.0)
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
