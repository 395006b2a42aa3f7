# SPDX-License-Identifier: Apache-2.0
"""Norms, losses, softmax and rotary embedding beyond their rows of the op table."""

from __future__ import annotations

import math

import numpy as np
import pytest
import vt_core as vt
from vt_core import ops
from vt_core.testing import assert_close


def random(*shape: int, dtype: vt.dtype = vt.float32, seed: int = 0) -> vt.Tensor:
    return vt.from_numpy(np.random.default_rng(seed).standard_normal(shape)).to(dtype=dtype)


@pytest.mark.parametrize("target", [40, -1])
def test_cross_entropy_names_a_target_out_of_bounds(target: int) -> None:
    with pytest.raises(IndexError, match=rf"Target {target} is out of bounds: expected a class from 0 to 4"):
        ops.cross_entropy(random(2, 5), vt.tensor([1, target]))


def test_mean_of_no_targets_is_nan_and_their_sum_zero() -> None:
    ignored = vt.tensor([-100, -100])
    assert math.isnan(ops.cross_entropy(random(2, 5), ignored).item())
    assert ops.cross_entropy(random(2, 5), ignored, reduction="sum").item() == 0


def test_cross_entropy_of_large_logits_is_finite() -> None:
    logits = vt.tensor([[1e4, 0.0, -1e4]])
    assert ops.cross_entropy(logits, vt.tensor([2])).item() == pytest.approx(2e4)
    assert ops.cross_entropy(logits, vt.tensor([0])).item() == 0


@pytest.mark.parametrize("centred", [False, True])
def test_gradients_of_weights_do_not_depend_on_threads(centred: bool) -> None:
    x, grad, weight = random(3000, 40), random(3000, 40, seed=1), random(40, seed=2)
    before = vt.get_num_threads()
    results = []
    try:
        for threads in (1, 3):
            vt.set_num_threads(threads)
            if centred:
                _, mean, rstd = ops.native_layer_norm(x, [40], weight, weight, 1e-5)
                parts = ops.native_layer_norm_backward(grad, x, [40], mean, rstd, weight, weight, 7)
            else:
                _, rstd = ops.native_rms_norm(x, [40], weight, 1e-5)
                parts = ops.native_rms_norm_backward(grad, x, [40], rstd, weight, 3)
            results.append([part.tolist() for part in parts if part is not None])
    finally:
        vt.set_num_threads(before)
    assert results[0] == results[1]


def test_backward_gives_none_for_what_is_not_needed() -> None:
    x, weight = random(4, 6), random(6)
    _, rstd = ops.native_rms_norm(x, [6], weight, 1e-5)
    of_input, of_weight = ops.native_rms_norm_backward(x, x, [6], rstd, weight, 2)
    assert of_input is None
    assert tuple(of_weight.shape) == (6,)


@pytest.mark.parametrize("dtype", [vt.float16, vt.bfloat16])
def test_half_rows_take_float_weights(dtype: vt.dtype) -> None:
    x, weight = random(4, 6, dtype=dtype), random(6)
    result = ops.layer_norm(x, [6], weight, weight)
    wide = ops.layer_norm(x.to(dtype=vt.float32), [6], weight, weight)
    assert result.dtype == dtype
    assert_close(result, wide.to(dtype=dtype))


def test_double_weights_of_float_rows_are_refused() -> None:
    with pytest.raises(RuntimeError, match="weight must be computed in the dtype of the input: got float64"):
        ops.rms_norm(random(4, 6), [6], random(6, dtype=vt.float64))


def test_rms_norm_adds_the_spacing_at_one_by_default() -> None:
    assert ops.rms_norm(ops.zeros((1, 4)), [4]).tolist() == [[0.0] * 4]
    tiny = ops.full((1, 4), 2.0**-20)
    expected = 2.0**-20 / math.sqrt(2.0**-40 + 2.0**-23)
    assert ops.rms_norm(tiny, [4]).tolist()[0][0] == pytest.approx(expected, rel=1e-6)


def test_meta_rows_have_shapes() -> None:
    x = ops.empty((2, 3, 8), device="meta")
    assert tuple(ops.layer_norm(x, [3, 8]).shape) == (2, 3, 8)
    assert tuple(ops.native_rms_norm(x, [8], None, 1e-5)[1].shape) == (2, 3, 1)
    assert tuple(ops.softmax(x, 1).shape) == (2, 3, 8)
    target = ops.empty((2, 8), dtype=vt.int64, device="meta")
    assert tuple(ops.cross_entropy(x, target, reduction="none").shape) == (2, 8)


def test_a_row_of_minus_infinities_has_no_softmax() -> None:
    x = ops.full((1, 3), -math.inf)
    assert all(math.isnan(value) for value in ops.softmax(x, 1).tolist()[0])


def test_rotary_embedding_keeps_the_layout_and_turns_back() -> None:
    x = random(2, 3, 4, 6).transpose(1, 2)
    angles = random(3, 3, seed=1)
    cos, sin = ops.cos(angles), ops.sin(angles)
    turned = ops.rotary_embedding(x, cos, sin)
    assert turned.stride() == x.stride()
    assert_close(ops.rotary_embedding(turned, cos, sin, inverse=True), x)
