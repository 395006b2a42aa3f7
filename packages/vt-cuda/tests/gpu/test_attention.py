# SPDX-License-Identifier: Apache-2.0
"""Attention on the device against the CPU: widths, tiles and their rests, packed views, dropout."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
from conftest import to_cuda
from vt_core.testing import assert_close

TOLERANCE = {"float64": 1e-10, "float32": 2e-5, "bfloat16": 3e-2, "float16": 4e-3}


def noise(shape: tuple[int, ...], seed: int, dtype: str = "float32") -> vt.Tensor:
    return vt.from_numpy(np.random.default_rng(seed).standard_normal(shape)).to(dtype=getattr(vt, dtype))


def compare(
    operands: tuple[vt.Tensor, ...], dtype: str, mask: vt.Tensor | None = None, p: float = 0.0, causal: bool = False
) -> None:
    """Results and gradients on both sides, the gradients from the CPU's results and dropout."""
    scale = 0.4
    out, lse, seed, offset = vt.ops.native_attention(*operands, mask, p, causal, scale)
    on_device = tuple(to_cuda(x) for x in operands)
    device_mask = None if mask is None else to_cuda(mask)
    close: dict[str, Any] = {"rtol": TOLERANCE[dtype], "atol": TOLERANCE[dtype]}
    if p == 0:
        result, result_lse, _, _ = vt.ops.native_attention(*on_device, device_mask, p, causal, scale)
        assert_close(result.to(device="cpu"), out, **close)
        assert_close(result_lse.to(device="cpu"), lse, rtol=1e-5, atol=1e-5)
        assert result.stride() == out.stride()
    grad = noise(tuple(out.shape), 9, dtype)
    further = (p, causal, scale, seed, offset)
    expected = vt.ops.native_attention_backward(grad, *operands, out, lse, mask, *further)
    moved = (to_cuda(grad), *on_device, to_cuda(out), to_cuda(lse), device_mask)
    for part, one in zip(vt.ops.native_attention_backward(*moved, *further), expected, strict=True):
        assert_close(part.to(device="cpu"), one, **close)
        assert part.stride() == one.stride()


@pytest.mark.parametrize("dtype", list(TOLERANCE))
@pytest.mark.parametrize("width", [16, 32, 40, 64, 100, 200])
def test_widths(dtype: str, width: int) -> None:
    shapes = ((1, 2, 37, width), (1, 2, 70, width), (1, 2, 70, max(width - 8, 8)))
    operands = tuple(noise(shape, seed, dtype) * 0.5 for seed, shape in enumerate(shapes))
    compare(operands, dtype, causal=width % 32 == 0)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("queries", "keys"), [(64, 64), (65, 33), (33, 97), (130, 64), (1, 100)])
def test_tiles_and_their_rests(queries: int, keys: int, causal: bool) -> None:
    operands = (noise((2, 4, queries, 16), 0), noise((2, 2, keys, 16), 1), noise((2, 2, keys, 16), 2))
    compare(operands, "float32", causal=causal)


def test_views_of_a_packed_projection() -> None:
    packed = noise((2, 40, 3, 2, 32), 3)
    operands = tuple(vt.ops.transpose(vt.ops.select(packed, 2, part), 1, 2) for part in range(3))
    compare(operands, "float32", causal=True)


@pytest.mark.parametrize("shape", [(33, 40), (2, 1, 1, 40), (1, 2, 33, 1)])
def test_masks(shape: tuple[int, ...]) -> None:
    operands = tuple(noise((2, 2, length, 8), seed) for seed, length in enumerate((33, 40, 40)))
    values = np.random.default_rng(4).standard_normal(shape)
    compare(operands, "float32", vt.from_numpy(values > -0.5))
    compare(operands, "float32", vt.from_numpy(values.astype(np.float32)))


def test_batch_dimensions_that_do_not_merge() -> None:
    wide = noise((3, 4, 2, 2, 5, 8), 5)
    operands = tuple(vt.ops.permute(wide, [2, 1, 0, 3, 4, 5]) for _ in range(3))
    compare(operands, "float32")


def test_dropout_takes_the_same_numbers() -> None:
    operands = tuple(noise((1, 2, length, 16), seed, "float64") for seed, length in enumerate((50, 70, 70)))
    compare(operands, "float64", p=0.3)


def test_dropout_of_the_forward_takes_the_same_numbers() -> None:
    q, k = noise((1, 2, 50, 16), 0), noise((1, 2, 70, 16), 1)
    shows = vt.from_numpy(np.broadcast_to(np.eye(70, dtype=np.float32), (1, 2, 70, 70)).copy())
    vt.manual_seed(11)
    expected = vt.ops.native_attention(q, k, shows, None, 0.4, False, 0.25)
    vt.manual_seed(11)
    result = vt.ops.native_attention(to_cuda(q), to_cuda(k), to_cuda(shows), None, 0.4, False, 0.25)
    assert result[2:] == expected[2:]
    assert_close(result[0].to(device="cpu"), expected[0], rtol=1e-5, atol=1e-5)


def test_heads_that_are_too_wide_are_refused() -> None:
    x = to_cuda(noise((1, 1, 2, 257), 0))
    with pytest.raises(NotImplementedError, match="more than 256"):
        vt.ops.native_attention(x, x, x, None, 0.0, False, 1.0)
