# SPDX-License-Identifier: Apache-2.0
"""Small products, gradients of small maps and small losses: one launch each, with the results of the large forms."""

from __future__ import annotations

import numpy as np
import pytest
import vt_core as vt
from numpy.typing import NDArray
from on_cuda import counted, to_cuda
from vt_core.testing import assert_close

DTYPES = ("float32", "float64", "float16", "bfloat16")
# Rows, inner and columns: within a tile, across tiles and steps, at the bounds of what is small, and beyond them.
SMALL = ((1, 1, 1), (5, 7, 3), (16, 64, 16), (33, 130, 17), (64, 512, 64), (2, 3, 1000))
LARGE = ((160, 130, 150), (3, 600, 4))


def quarters(shape: tuple[int, ...], seed: int) -> NDArray[np.float64]:
    """Multiples of 1/4, whose sums of products are exact in float32."""
    return np.asarray(np.random.default_rng(seed).integers(-4, 5, shape) / 4)


def on_device(values: NDArray[np.float64], dtype: str, transposed: bool = False) -> vt.Tensor:
    """The matrix with dense rows, or with dense columns."""
    made = vt.from_numpy(values.T.copy() if transposed else values).to(dtype=getattr(vt, dtype))
    return to_cuda(made).transpose(0, 1) if transposed else to_cuda(made)


def expect(result: vt.Tensor | None, expected: NDArray[np.float64], dtype: str) -> None:
    assert result is not None
    rtol = {"float16": 2**-10, "bfloat16": 2**-7}.get(dtype, 1e-6)
    assert_close(result.to(device="cpu", dtype=vt.float64), expected, rtol=rtol, atol=1e-6, check_dtype=False)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("sizes", SMALL)
@pytest.mark.parametrize("transposed", [False, True])
def test_a_small_linear_is_one_launch(sizes: tuple[int, int, int], dtype: str, transposed: bool) -> None:
    rows, inner, columns = sizes
    x, w, b = quarters((rows, inner), 1), quarters((columns, inner), 2), quarters((columns,), 3)
    operands = on_device(x, dtype, transposed), on_device(w, dtype, transposed), on_device(b, dtype)
    with counted() as counts:
        result = vt.ops.linear(*operands)
    assert counts["launches"] == 1
    expect(result, x @ w.T + b, dtype)


@pytest.mark.parametrize("sizes", [*SMALL, *LARGE])
@pytest.mark.parametrize("use_gelu", [False, True])
def test_addmm_and_activation(sizes: tuple[int, int, int], use_gelu: bool) -> None:
    rows, inner, columns = sizes
    x, w, b = quarters((rows, inner), 1), quarters((inner, columns), 2) / 8, quarters((columns,), 3)
    operands = [on_device(values, "float32") for values in (b, x, w)]
    with counted() as counts:
        result = vt.ops._addmm_activation(*operands, use_gelu=use_gelu)
    assert counts["launches"] <= (1 if sizes in SMALL else 2)
    sums = x @ w + b
    gelu = sums / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (sums + 0.044715 * sums**3)))
    assert_close(result.to(device="cpu"), (gelu if use_gelu else np.maximum(sums, 0)).astype("float32"))


@pytest.mark.parametrize("dtype", DTYPES)
def test_addmm_and_activation_into_what_is_added(dtype: str) -> None:
    for rows, inner, columns in (SMALL[3], LARGE[0]):
        x, w, d = quarters((rows, inner), 1), quarters((inner, columns), 2), quarters((rows, columns), 3)
        out = on_device(d, dtype)
        operands = out, on_device(x, dtype), on_device(w, dtype)
        assert vt.ops._addmm_activation(*operands, beta=2, alpha=0.5, out=out) is out
        expect(out, np.maximum(2 * d + x @ w / 2, 0), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "sizes", [(1, 1, 1), (32, 64, 10), (7, 33, 129), (128, 128, 128), (300, 20, 16), (160, 130, 150)]
)
@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("mask", [(True, True, True), (True, True, False), (False, True, True), (True, False, True)])
def test_gradients_of_linear(
    sizes: tuple[int, int, int], dtype: str, transposed: bool, mask: tuple[bool, bool, bool]
) -> None:
    rows, inner, columns = sizes
    x, w, grad = quarters((rows, inner), 1), quarters((columns, inner), 2), quarters((rows, columns), 3)
    operands = [on_device(values, dtype, transposed) for values in (x, grad, w)]
    with counted() as counts:
        results = vt.ops.linear_backward(operands[0], operands[1], operands[2], list(mask))
    if sizes != (160, 130, 150) and mask[1]:
        assert counts["launches"] == 1
    expected = (grad @ w, grad.T @ x, grad.sum(0))
    for result, values, wanted in zip(results, expected, mask, strict=True):
        if wanted:
            expect(result, values, dtype)
        else:
            assert result is None


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
@pytest.mark.parametrize("sizes", [(32, 64, 10), (7, 33, 129), (160, 130, 150)])
@pytest.mark.parametrize("transposed", [False, True])
def test_relu_of_a_linear_map_and_its_gradients(sizes: tuple[int, int, int], dtype: str, transposed: bool) -> None:
    rows, inner, columns = sizes
    x, w, b = quarters((rows, inner), 1), quarters((columns, inner), 2), quarters((columns,), 4)
    grad = quarters((rows, columns), 3)
    operands = [on_device(values, dtype, transposed) for values in (x, w)]
    bias, gradient = on_device(b, dtype, False), on_device(grad, dtype, transposed)
    with counted() as counts:
        output = vt.ops._linear_relu(*operands, bias)
    if sizes != (160, 130, 150):
        assert counts["launches"] == 1
    assert (output == vt.ops.relu(vt.ops.linear(*operands, bias))).to(device="cpu").tolist() == [
        [True] * columns
    ] * rows
    mask = [True, True, True]
    with counted() as counts:
        results = vt.ops.linear_backward(operands[0], gradient, operands[1], mask, relu_output=output)
    if sizes != (160, 130, 150):
        assert counts["launches"] == 1
    apart = vt.ops.linear_backward(operands[0], vt.ops.relu_backward(gradient, output), operands[1], mask)
    for result, expected in zip(results, apart, strict=True):
        assert (result == expected).to(device="cpu").sum().item() == result.numel()


def test_gradients_of_linear_keep_leading_dimensions() -> None:
    x, w, grad = quarters((2, 3, 5), 1), quarters((4, 5), 2), quarters((2, 3, 4), 3)
    operands = [to_cuda(vt.from_numpy(values)) for values in (x, grad, w)]
    results = vt.ops.linear_backward(operands[0], operands[1], operands[2], [True, True, True])
    for result, values in zip(results, (grad @ w, np.einsum("bto,bti->oi", grad, x), grad.sum((0, 1))), strict=True):
        expect(result, values, "float64")


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("weighted", [False, True])
def test_a_small_cross_entropy_is_one_launch(reduction: str, smoothing: float, weighted: bool) -> None:
    rng = np.random.default_rng(4)
    for rows, classes in ((1, 1), (32, 10), (13, 200), (64, 256)):
        logits = vt.from_numpy(rng.standard_normal((rows, classes)).astype("float32"))
        target = vt.from_numpy(np.where(np.arange(rows) % 5 == 3, -100, rng.integers(0, classes, rows)))
        weight = vt.from_numpy(rng.random(classes).astype("float32")) if weighted else None
        on_host = vt.ops.native_cross_entropy(logits, target, weight, -100, reduction, smoothing)
        moved = [None if t is None else to_cuda(t) for t in (logits, target, weight)]
        with counted() as counts:
            results = vt.ops.native_cross_entropy(*moved, -100, reduction, smoothing)
        assert counts["launches"] == 1
        assert results[3] is None
        for result, expected in zip(results[:3], on_host[:3], strict=True):
            assert_close(result.to(device="cpu"), expected)
        with counted() as counts:
            *again, gradient = vt.ops.native_cross_entropy(*moved, -100, reduction, smoothing, True)
        assert counts["launches"] == 1
        assert [t.tolist() for t in again] == [t.tolist() for t in results[:3]]
        if reduction == "none":
            assert gradient is None
            continue
        one = vt.ones((), device="cuda")
        made = vt.ops.native_cross_entropy_backward(one, *moved, *again[1:], reduction, -100, smoothing)
        assert gradient.tolist() == made.tolist()
        made = vt.ops.native_cross_entropy_backward(None, *moved, *again[1:], reduction, -100, smoothing)
        assert gradient.tolist() == made.tolist()
