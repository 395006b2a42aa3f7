# SPDX-License-Identifier: Apache-2.0
"""Matrix products on a device at sizes and layouts that reach the library and what it cannot take as it lies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt
from numpy.typing import NDArray
from on_cuda import counted, to_cuda
from vt_core.testing import assert_close

DTYPES = ("float32", "float64", "float16", "bfloat16")
SIZES = ((1, 64, 48), (33, 65, 129), (128, 256, 64), (257, 1, 5), (64, 512, 1), (160, 130, 150))


def quarters(shape: tuple[int, ...], seed: int) -> NDArray[np.float64]:
    """Multiples of 1/4 that every dtype holds; sums of a few hundred products are exact in float32."""
    return np.asarray(np.random.default_rng(seed).integers(-4, 5, shape) / 4)


def tensor(values: NDArray[np.float64], dtype: str) -> vt.Tensor:
    return vt.from_numpy(values).to(dtype=getattr(vt, dtype))


def expect(result: vt.Tensor, expected: NDArray[np.float64], dtype: str) -> None:
    # One rounding of an exact sum.
    rtol = {"float16": 2**-10, "bfloat16": 2**-7}.get(dtype, 1e-6)
    assert_close(result.to(device="cpu", dtype=vt.float64), expected, rtol=rtol, atol=1e-6, check_dtype=False)


def layouts(values: NDArray[np.float64], dtype: str) -> list[Any]:
    """The same matrix with dense rows, dense columns, gaps between rows, and gaps between elements."""
    columns = values.shape[1]
    dense = tensor(values, dtype)
    wide = tensor(np.concatenate([values, values], axis=1), dtype)
    spread = tensor(np.repeat(values, 2, axis=1), dtype)
    return [
        to_cuda(dense),
        to_cuda(tensor(values.T.copy(), dtype)).transpose(0, 1),
        to_cuda(vt.ops.slice(wide, 1, 0, columns, 1)),
        to_cuda(vt.ops.slice(spread, 1, 0, 2 * columns, 2)),
    ]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("size", SIZES)
def test_mm_of_any_layout(dtype: str, size: tuple[int, int, int]) -> None:
    m, k, n = size
    a, b = quarters((m, k), 1), quarters((k, n), 2)
    for left in layouts(a, dtype):
        for right in layouts(b, dtype):
            expect(vt.ops.mm(left, right), a @ b, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_out_of_any_layout(dtype: str) -> None:
    a, b = quarters((20, 30), 1), quarters((30, 40), 2)
    for out in layouts(np.zeros((20, 40)), dtype):
        vt.ops.mm(to_cuda(tensor(a, dtype)), to_cuda(tensor(b, dtype)), out=out)
        expect(out, a @ b, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_linear_adds_its_bias(dtype: str) -> None:
    x, w, bias = quarters((4, 17, 64), 1), quarters((96, 64), 2), quarters((96,), 3)
    result = vt.ops.linear(*(to_cuda(tensor(values, dtype)) for values in (x, w, bias)))
    expect(result, x @ w.T + bias, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_addmm_adds_what_is_broadcast_or_strided(dtype: str) -> None:
    a, b = quarters((24, 32), 1), quarters((32, 40), 2)
    left, right = to_cuda(tensor(a, dtype)), to_cuda(tensor(b, dtype))
    for shape in ((24, 40), (40,), (24, 1), ()):
        c = quarters(shape, 3)
        result = vt.ops.addmm(to_cuda(tensor(c, dtype)), left, right, beta=2, alpha=0.5)
        expect(result, 2 * c + 0.5 * (a @ b), dtype)
    c = quarters((24, 40), 3)
    for added in layouts(c, dtype):
        expect(vt.ops.addmm(added, left, right), c + a @ b, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_addmm_in_place_of_its_addend(dtype: str) -> None:
    a, b, c = quarters((24, 32), 1), quarters((32, 40), 2), quarters((24, 40), 3)
    out = to_cuda(tensor(c, dtype))
    vt.ops.addmm(out, to_cuda(tensor(a, dtype)), to_cuda(tensor(b, dtype)), out=out)
    expect(out, c + a @ b, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_batches_of_transposed_heads(dtype: str) -> None:
    q, k = quarters((3, 20, 4, 16), 1), quarters((3, 20, 4, 16), 2)
    left = to_cuda(tensor(q, dtype)).transpose(1, 2)
    right = to_cuda(tensor(k, dtype)).permute([0, 2, 3, 1])
    expect(vt.ops.matmul(left, right), q.transpose(0, 2, 1, 3) @ k.transpose(0, 2, 3, 1), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_one_matrix_for_a_whole_batch(dtype: str) -> None:
    a, b = quarters((32, 48), 1), quarters((5, 48, 24), 2)
    expect(vt.ops.matmul(to_cuda(tensor(a, dtype)), to_cuda(tensor(b, dtype))), a @ b, dtype)
    expect(
        vt.ops.matmul(to_cuda(tensor(b, dtype)), to_cuda(tensor(quarters((24, 8), 3), dtype))),
        b @ quarters((24, 8), 3),
        dtype,
    )


def test_the_host_does_not_wait() -> None:
    a, b = to_cuda(tensor(quarters((64, 64), 1), "float32")), to_cuda(tensor(quarters((64, 64), 2), "float32"))
    vt.ops.mm(a, b)
    with counted() as counts:
        for _ in range(10):
            vt.ops.mm(a, b)
    assert counts["host_synchronizations"] == 0
    assert counts["copies"] == 0
