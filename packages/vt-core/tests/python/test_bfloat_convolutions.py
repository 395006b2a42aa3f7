# SPDX-License-Identifier: Apache-2.0
"""Convolutions of bfloat16, which some processors multiply in pairs: odd sizes, borders, gradients, threads, instruction sets."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import vt_core as vt

ops = vt.ops

# Input and weight sizes, then stride, padding, dilation and groups.
CASES = [
    ((2, 8, 9, 11), (10, 8, 3, 3), 1, 1, 1, 1),
    ((1, 3, 12, 13), (16, 3, 5, 3), 2, 2, 1, 1),
    ((2, 5, 7, 7), (17, 5, 3, 3), 1, 0, 2, 1),
    ((3, 9, 10, 10), (20, 9, 1, 1), 1, 0, 1, 1),
    ((2, 7, 16, 16), (33, 7, 4, 4), 4, 0, 1, 1),
    ((2, 12, 8, 9), (18, 4, 3, 2), 1, 1, 1, 3),
    ((2, 6, 10, 10), (6, 1, 3, 3), 1, 1, 1, 6),
    ((1, 130, 5, 5), (40, 130, 3, 3), 1, 1, 1, 1),
    ((2, 4, 9, 9), (3, 4, 3, 3), 2, 1, 1, 1),
    ((9, 32, 7, 7), (32, 32, 3, 3), 1, 1, 1, 1),
]


def drawn(shape: tuple[int, ...], seed: int) -> vt.Tensor:
    numbers = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    return vt.tensor(numbers).to(vt.bfloat16)


def wide(x: vt.Tensor) -> vt.Tensor:
    return x.to(vt.float64)


def assert_rounded_once(got: vt.Tensor, exact: vt.Tensor, absolute: vt.Tensor) -> None:
    """`absolute` is the result for the magnitudes of all operands."""
    most = 2.0**-8 * np.abs(exact.numpy()) + 2.0**-20 * absolute.numpy()
    assert got.dtype == vt.bfloat16
    assert (np.abs(wide(got).numpy() - exact.numpy()) <= most).all()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_sums_are_rounded_once(case: tuple[Any, ...]) -> None:
    sizes, weights, stride, padding, dilation, groups = case
    x, weight = drawn(sizes, 1), drawn(weights, 2)

    def convolved(a: vt.Tensor, b: vt.Tensor) -> vt.Tensor:
        return ops.conv2d(a, b, None, stride, padding, dilation, groups)

    exact = convolved(wide(x), wide(weight))
    assert_rounded_once(convolved(x, weight), exact, convolved(wide(x).abs(), wide(weight).abs()))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_gradients_are_rounded_once(case: tuple[Any, ...]) -> None:
    sizes, weights, stride, padding, dilation, groups = case
    x, weight = drawn(sizes, 1), drawn(weights, 2)
    grad = drawn(tuple(ops.conv2d(x, weight, None, stride, padding, dilation, groups).shape), 3)

    def gradients(g: vt.Tensor, a: vt.Tensor, b: vt.Tensor) -> Any:
        mask = [True, True, False]
        return ops.convolution_backward(g, a, b, None, stride, padding, dilation, False, 0, groups, mask)[:2]

    exact = gradients(wide(grad), wide(x), wide(weight))
    absolute = gradients(wide(grad).abs(), wide(x).abs(), wide(weight).abs())
    for got, value, size in zip(gradients(grad, x, weight), exact, absolute, strict=True):
        assert_rounded_once(got, value, size)


def test_other_layouts_and_numbers_of_dimensions() -> None:
    x, weight = drawn((2, 6, 7, 8), 1), drawn((12, 6, 3, 3), 2)
    plain = ops.conv2d(x, weight, None, 1, 1)
    last = ops.contiguous(x, memory_format=vt.channels_last)
    assert (wide(ops.conv2d(last, weight, None, 1, 1)).numpy() == wide(plain).numpy()).all()
    line = ops.conv1d(x.reshape(2, 6, 56), weight[:, :, 0], None, 1, 1)
    np.testing.assert_allclose(
        wide(line).numpy(),
        ops.conv1d(wide(x).reshape(2, 6, 56), wide(weight)[:, :, 0], None, 1, 1).numpy(),
        2**-8,
        1e-3,
    )
    volume, kernel = drawn((1, 3, 5, 6, 7), 3), drawn((9, 3, 2, 3, 3), 4)
    np.testing.assert_allclose(
        wide(ops.conv3d(volume, kernel)).numpy(), ops.conv3d(wide(volume), wide(kernel)).numpy(), 2**-8, 1e-3
    )
    turned = ops.conv_transpose2d(x, drawn((6, 5, 3, 3), 5), None, 2, 1)
    exact = ops.conv_transpose2d(wide(x), wide(drawn((6, 5, 3, 3), 5)), None, 2, 1)
    np.testing.assert_allclose(wide(turned).numpy(), exact.numpy(), 2**-8, 1e-3)


def test_nan_behind_a_row_of_odd_length_stays_there() -> None:
    x = wide(drawn((2, 4, 3, 4), 1)).numpy().copy()
    x[..., 3] = np.nan
    grad = drawn((2, 9, 3, 3), 2)
    weight = drawn((9, 4, 1, 2), 3)
    found = ops.convolution_backward(
        grad, vt.tensor(x).to(vt.bfloat16), weight, None, 1, 0, 1, False, 0, 1, [False, True, False]
    )[1]
    assert np.isfinite(wide(found).numpy()[..., 0]).all()
    assert np.isnan(wide(found).numpy()[..., 1]).all()


def test_nan_of_the_last_of_an_odd_number_of_channels_is_seen() -> None:
    x = wide(drawn((1, 3, 5, 5), 1)).numpy().copy()
    x[0, 2, 2, 2] = np.nan
    out = wide(ops.conv2d(vt.tensor(x).to(vt.bfloat16), drawn((8, 3, 3, 3), 2))).numpy()
    assert np.isnan(out).all()


def test_threads_do_not_change_a_bit() -> None:
    x, weight, grad = drawn((4, 19, 20, 20), 1), drawn((45, 19, 3, 3), 2), drawn((4, 45, 20, 20), 3)

    def everything() -> list[Any]:
        found = ops.convolution_backward(grad, x, weight, None, 1, 1, 1, False, 0, 1, [True, True, False])
        return [wide(t).numpy() for t in (ops.conv2d(x, weight, None, 1, 1), *found[:2])]

    before = vt.get_num_threads()
    try:
        vt.set_num_threads(1)
        alone = everything()
        vt.set_num_threads(5)
        assert all((a == b).all() for a, b in zip(alone, everything(), strict=True))
    finally:
        vt.set_num_threads(before)


CODE = """
import hashlib, vt_core as vt
digest = hashlib.sha256()
x = (vt.arange(2 * 5 * 9 * 9) * 7 % 13 - 6).to(vt.bfloat16).reshape(2, 5, 9, 9)
w = (vt.arange(12 * 5 * 3 * 3) * 5 % 11 - 5).to(vt.bfloat16).reshape(12, 5, 3, 3)
y = vt.ops.conv2d(x, w, None, 2, 1)
g = (vt.arange(y.numel()) * 3 % 7 - 3).to(vt.bfloat16).reshape(*y.shape)
for t in (y, *vt.ops.convolution_backward(g, x, w, None, 2, 1, 1, False, 0, 1, [True, True, False])[:2]):
    digest.update(repr(t.tolist()).encode())
print(digest.hexdigest())
"""


def test_exact_sums_do_not_depend_on_the_instruction_set() -> None:
    def digest(**environment: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", CODE], env={**os.environ, **environment}, capture_output=True, text=True, check=True
        ).stdout

    assert digest(VT_CPU_ISA="v2") == digest(VT_CPU_ISA="v3") == digest()
