# SPDX-License-Identifier: Apache-2.0
"""float32 beside a half dtype: computed in float32, the half as it is, in any layout."""

from __future__ import annotations

import numpy as np
import pytest
import vt_core as vt
from on_cuda import counted, to_cuda
from vt_core import ops
from vt_core.testing import assert_close


def numbers(*shape: int, seed: int = 0) -> vt.Tensor:
    return vt.from_numpy(np.random.default_rng(seed).standard_normal(shape).astype(np.float32))


@pytest.mark.parametrize("half", [vt.bfloat16, vt.float16])
@pytest.mark.parametrize("size", [1, 7, 64, 5000])
def test_results_are_those_of_the_widened_half(half: vt.dtype, size: int) -> None:
    x, h = numbers(size), numbers(size, seed=1).to(half)
    calls = (
        lambda a, b: ops.add(a, b),
        lambda a, b: ops.add(a, b, alpha=0.3),
        lambda a, b: ops.sub(a, b),
        lambda a, b: ops.mul(a, b),
    )
    for call in calls:
        for a, b in ((x, h), (h, x)):
            result = call(to_cuda(a), to_cuda(b))
            assert result.dtype == vt.float32
            assert_close(result.to(device="cpu"), call(a.float(), b.float()), atol=0, rtol=0)


def test_layouts_and_destinations() -> None:
    x, h = numbers(12, 8), numbers(12, 8, seed=1).bfloat16()
    expected = x + h.float()
    for cut in (lambda t: t, lambda t: ops.transpose(t, 0, 1), lambda t: t[:, 1:], lambda t: t[::2]):
        assert_close((cut(to_cuda(x)) + cut(to_cuda(h))).to(device="cpu"), cut(expected), atol=0, rtol=0)
    row = h[3]
    assert_close((to_cuda(x) + to_cuda(row)).to(device="cpu"), x + row.float(), atol=0, rtol=0)
    on_device = to_cuda(x)
    halves = to_cuda(h)
    with counted() as counts:
        ops.add_(on_device, halves)
    assert_close(on_device.to(device="cpu"), expected, atol=0, rtol=0)
    assert counts["launches"] == 1
