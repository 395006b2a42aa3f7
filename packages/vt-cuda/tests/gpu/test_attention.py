# SPDX-License-Identifier: Apache-2.0
"""Attention on the device against the CPU: widths, tiles and their rests, packed views, dropout."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
from on_cuda import to_cuda
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


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("width", [32, 64, 20, 50])
@pytest.mark.parametrize(("queries", "keys"), [(80, 80), (81, 79), (9, 31), (33, 64), (70, 65), (200, 128), (40, 81)])
def test_gradients_of_short_rows(queries: int, keys: int, width: int, causal: bool) -> None:
    operands = (noise((2, 4, queries, width), 0), noise((2, 2, keys, width), 1), noise((2, 2, keys, width - 4), 2))
    compare(tuple(x * 0.5 for x in operands), "float32", causal=causal)


def test_gradients_of_short_rows_are_the_same_on_each_run() -> None:
    q, k, v, grad = (to_cuda(noise((2, 2, 80, 32), seed)) for seed in range(4))
    out, lse, seed, offset = vt.ops.native_attention(q, k, v, None, 0.0, False, 0.25)

    def run() -> list[bytes]:
        further = (out, lse, None, 0.0, False, 0.25, seed, offset)
        parts = vt.ops.native_attention_backward(grad, q, k, v, *further)
        return [part.to(device="cpu").numpy().tobytes() for part in parts]

    assert run() == run()


def test_gradients_of_short_rows_take_the_gradient_of_lse() -> None:
    q, k, v, grad = (noise((2, 2, 70, 32), seed) * 0.5 for seed in range(4))
    out, lse, seed, offset = vt.ops.native_attention(q, k, v, None, 0.0, True, 0.25)
    lse_grad = noise(tuple(lse.shape), 5)
    further = (None, 0.0, True, 0.25, seed, offset)
    expected = vt.ops.native_attention_backward(grad, q, k, v, out, lse, *further, lse_grad)
    moved = (to_cuda(x) for x in (grad, q, k, v, out, lse))
    for part, one in zip(vt.ops.native_attention_backward(*moved, *further, to_cuda(lse_grad)), expected, strict=True):
        assert_close(part.to(device="cpu"), one, rtol=2e-5, atol=2e-5)


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


def check_halves(
    operands: tuple[vt.Tensor, ...], dtype: str, mask: vt.Tensor | None = None, p: float = 0.0, causal: bool = False
) -> None:
    """Tensor cores against float64 on the CPU, and one run against the next, bit by bit."""
    close: dict[str, Any] = {"rtol": 2 * TOLERANCE[dtype], "atol": 2 * TOLERANCE[dtype]}
    on_device = tuple(to_cuda(x) for x in operands)
    device_mask = None if mask is None else to_cuda(mask)
    grad = noise((*operands[0].shape[:-1], operands[2].shape[-1]), 9, dtype)

    def run() -> tuple[tuple[vt.Tensor, ...], tuple[int, int]]:
        vt.manual_seed(5)
        out, lse, seed, offset = vt.ops.native_attention(*on_device, device_mask, p, causal, 0.25)
        further = (out, lse, device_mask, p, causal, 0.25, seed, offset)
        results = (out, lse, *vt.ops.native_attention_backward(to_cuda(grad), *on_device, *further))
        return tuple(part.to(device="cpu") for part in results), (seed, offset)

    (out, lse, *gradients), numbers = run()
    again, _ = run()
    for one, other in zip((out, lse, *gradients), again, strict=True):
        assert one.to(dtype=vt.float32).numpy().tobytes() == other.to(dtype=vt.float32).numpy().tobytes()
    wide = tuple(x.to(dtype=vt.float64) for x in operands)
    wide_mask = mask if mask is None or mask.dtype == vt.bool else mask.to(dtype=vt.float64)
    vt.manual_seed(5)
    expected, expected_lse, _, _ = vt.ops.native_attention(*wide, wide_mask, p, causal, 0.25)
    assert_close(out.to(dtype=vt.float64), expected, **close)
    assert_close(lse.to(dtype=vt.float64), expected_lse, rtol=1e-5, atol=1e-5)
    # The gradients of the result as the device rounded it.
    further = (out.to(dtype=vt.float64), expected_lse, wide_mask, p, causal, 0.25, *numbers)
    references = vt.ops.native_attention_backward(grad.to(dtype=vt.float64), *wide, *further)
    for part, one in zip(gradients, references, strict=True):
        assert_close(part.to(dtype=vt.float64), one, **close)


def drawn(queries: int, keys: int, width: int, dtype: str, heads: int = 2, shared: int = 2) -> tuple[vt.Tensor, ...]:
    shapes = ((1, heads, queries, width), (1, shared, keys, width), (1, shared, keys, width))
    return tuple(noise(shape, seed, dtype) for seed, shape in enumerate(shapes))


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(
    ("queries", "keys", "width"),
    [
        (80, 80, 32),
        (128, 128, 32),
        (17, 129, 32),
        (150, 40, 64),
        (33, 140, 64),
        (70, 37, 128),
        (140, 130, 128),
        (70, 140, 72),
        (40, 140, 128),
        (9, 9, 8),
    ],
)
def test_halves_off_the_tiles(queries: int, keys: int, width: int, causal: bool, dtype: str) -> None:
    check_halves(drawn(queries, keys, width, dtype), dtype, causal=causal)


@pytest.mark.parametrize("keys", [60, 140])
def test_halves_with_heads_that_share_keys(keys: int) -> None:
    check_halves(drawn(50, keys, 32, "bfloat16", heads=6, shared=2), "bfloat16", causal=True)


def test_halves_with_more_heads_that_share_keys_than_one_kernel_takes() -> None:
    check_halves(drawn(1, 9, 16, "bfloat16", heads=17, shared=1), "bfloat16")


@pytest.mark.parametrize("keys", [60, 140])
@pytest.mark.parametrize("kind", ["bool", "float32", "bfloat16"])
def test_halves_with_masks_that_hide_whole_queries(keys: int, kind: str) -> None:
    values = np.random.default_rng(4).standard_normal((2, 40, keys)) - 0.5
    values[:, 3] = -np.inf
    mask = vt.from_numpy(values > -1) if kind == "bool" else vt.from_numpy(values).to(dtype=getattr(vt, kind))
    check_halves(drawn(40, keys, 32, "bfloat16"), "bfloat16", mask)


@pytest.mark.parametrize("keys", [61, 140])
def test_halves_with_dropout(keys: int) -> None:
    check_halves(drawn(40, keys, 16, "float16"), "float16", p=0.3, causal=True)


@pytest.mark.parametrize("width", [32, 24, 20])
def test_halves_in_views_of_a_packed_projection(width: int) -> None:
    packed = noise((2, 40, 3, 2, width), 3, "bfloat16")
    operands = tuple(vt.ops.transpose(vt.ops.select(packed, 2, part), 1, 2) for part in range(3))
    check_halves(operands, "bfloat16", causal=True)


def test_halves_whose_columns_are_strided_or_unaligned() -> None:
    q, k, v = drawn(40, 50, 64, "bfloat16")
    check_halves((vt.ops.slice(q, -1, 0, 64, 2), vt.ops.slice(k, -1, 1, 33), vt.ops.slice(v, -1, 3, 40)), "bfloat16")


@pytest.mark.parametrize(("queries", "keys"), [(0, 8), (8, 0), (0, 0)])
def test_halves_of_zero_length(queries: int, keys: int) -> None:
    check_halves(drawn(queries, keys, 32, "bfloat16"), "bfloat16")


def test_heads_that_are_too_wide_are_refused() -> None:
    x = to_cuda(noise((1, 1, 2, 257), 0))
    with pytest.raises(NotImplementedError, match="more than 256"):
        vt.ops.native_attention(x, x, x, None, 0.0, False, 1.0)
