# SPDX-License-Identifier: Apache-2.0
"""Sizes, mixtures and extremes that the op table does not reach."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from on_cuda import to_cuda
from vt_core.testing import assert_close

LARGE = 3_000_017  # odd, several blocks, several slices
DTYPES = (
    "bool",
    "uint8",
    "int8",
    "int16",
    "int32",
    "int64",
    "float16",
    "bfloat16",
    "float32",
    "float64",
    "complex64",
    "complex128",
)
ALL = (*DTYPES, "uint16", "uint32", "uint64", "float8_e4m3fn", "float8_e5m2")


def random(shape: Any, dtype: str, seed: int = 0, scale: float = 4.0) -> vt.Tensor:
    """Elements on the CPU; complex ones have both parts."""
    generator = np.random.default_rng(seed)
    values = generator.standard_normal(shape) * scale
    if dtype.startswith("complex"):
        values = values + 1j * generator.standard_normal(shape)
    return vt.from_numpy(np.asarray(values)).to(dtype=getattr(vt, dtype))


def both(call: Any, *tensors: Any, **options: Any) -> tuple[vt.Tensor, vt.Tensor]:
    """The result on the device, brought back, and the CPU's."""
    on_device = [to_cuda(t) if isinstance(t, vt.Tensor) else t for t in tensors]
    return call(*on_device, **options).to(device="cpu"), call(*tensors, **options)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["add", "mul"])
def test_large_dense_binary_is_the_cpus(name: str, dtype: str) -> None:
    a, b = random(LARGE, dtype, 1), random(LARGE, dtype, 2)
    got, want = both(getattr(vt.ops, name), a, b)
    assert_close(got, want, rtol=0.0, atol=0.0)


@pytest.mark.parametrize("left", ALL)
@pytest.mark.parametrize("right", ALL)
def test_every_pair_of_dtypes_converts_as_on_the_cpu(left: str, right: str) -> None:
    source = random((7, 33), left, 3)
    if "float8" not in left and "bool" not in left:
        source = vt.ops.mul(source, 3)
    got, want = both(lambda t: t.to(dtype=getattr(vt, right)), source)
    assert_close(got, want, rtol=0.0, atol=0.0)
    got, want = both(lambda t: t.transpose(0, 1).to(dtype=getattr(vt, right)), source)
    assert_close(got, want, rtol=0.0, atol=0.0)


@pytest.mark.parametrize(
    "target",
    ["bool", "int8", "uint8", "int32", "int64", "uint64", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2"],
)
def test_extremes_convert_as_on_the_cpu(target: str) -> None:
    values = [0.0, -0.0, 1e-9, -1e-45, 448.0, 449.0, 465.0, 57344.0, 61440.0, 65504.0, 65520.0, 1e38, 3.4e38, 9.2e18, -9.3e18,
              2.0**63, 1.8e19, 3.9, -3.9, math.inf, -math.inf, math.nan]  # fmt: skip
    for source in (vt.float64, vt.float32):
        got, want = both(lambda t: t.to(dtype=getattr(vt, target)), vt.tensor(values, dtype=source))
        assert_close(got, want, rtol=0.0, atol=0.0)


@pytest.mark.parametrize("left", ["int8", "uint8", "int64", "float16", "bfloat16", "float32", "float64", "complex64"])
@pytest.mark.parametrize("right", ["int8", "bool", "int64", "float16", "bfloat16", "float32", "float64", "complex128"])
@pytest.mark.parametrize("shapes", [((5, 300), (5, 300)), ((5, 300), (300,)), ((5, 300), ()), ((), (5, 300))])
def test_promotion_in_one_launch(left: str, right: str, shapes: Any) -> None:
    a, b = random(shapes[0], left, 5), random(shapes[1], right, 6)
    got, want = both(vt.ops.mul, a, b)
    assert_close(got, want, rtol=0.0, atol=0.0)
    got, want = both(lambda x, y: vt.ops.add(x, y, alpha=2), a, b)
    assert_close(got, want, rtol=0.0, atol=0.0)


@pytest.mark.parametrize("dtype", ["int32", "float16", "float32", "float64", "complex64"])
def test_cpu_scalars_mix_with_device_tensors(dtype: str) -> None:
    x = random((4, 9), dtype)
    for scalar in (vt.tensor(3), vt.tensor(2.5), vt.tensor(2.5, dtype=vt.float64), vt.tensor(1 + 2j), vt.tensor(True)):
        for call in (lambda t, s: vt.ops.mul(t, s), lambda t, s: vt.ops.add(s, t)):
            got = call(to_cuda(x), scalar)
            assert got.device.type == "cuda"
            assert_close(got.to(device="cpu"), call(x, scalar), rtol=0.0, atol=0.0)


def test_misaligned_operands() -> None:
    for offset in (1, 2, 3):
        a, b = random(1000, "float32", 1), random(1000, "float32", 2)
        got, want = both(lambda x, y, o=offset: vt.ops.add(x[o:], y[:-o]), a, b)
        assert_close(got, want, rtol=0.0, atol=0.0)
        got, want = both(lambda x, o=offset: x[o:].to(dtype=vt.bfloat16), a)
        assert_close(got, want, rtol=0.0, atol=0.0)
        got, want = both(lambda x, o=offset: x[o:].sum(), a)
        assert_close(got, want)
        filled = vt.ops.zeros([1000], device="cuda")
        filled[offset:-offset].fill_(2.5)
        assert filled.sum().item() == 2.5 * (1000 - 2 * offset)


def test_more_dimensions_than_the_narrow_walk_has() -> None:
    x = random((2,) * 11, "float32")
    order = [10, 0, 9, 1, 8, 2, 7, 3, 6, 4, 5]
    got, want = both(lambda t: vt.ops.permute(t, order).contiguous(), x)
    assert_close(got, want, rtol=0.0, atol=0.0)
    got, want = both(lambda t: vt.ops.add(t, vt.ops.permute(t, order)), x)
    assert_close(got, want, rtol=0.0, atol=0.0)
    got, want = both(lambda t: t.sum((0, 2, 4, 6, 8, 10)), x)
    assert_close(got, want)


SUMS = [
    ((LARGE,), None),
    ((3, 1_000_003), 1),
    ((1_000_003, 3), 0),
    ((2000, 2000), 0),
    ((2000, 2000), 1),
    ((64, 128, 65), 1),
    ((64, 128, 65), (0, 2)),
    ((100_000, 7), 1),
    ((7, 100_000), 0),
    ((1, 5), 0),
]


@pytest.mark.parametrize(
    "dtype", ["int8", "int32", "int64", "float16", "bfloat16", "float32", "float64", "complex64", "complex128"]
)
@pytest.mark.parametrize(("shape", "dim"), SUMS)
def test_sums_of_many_elements(shape: Any, dim: Any, dtype: str) -> None:
    x = random(shape, dtype, 8)
    on_device = to_cuda(x)
    got = on_device.sum() if dim is None else on_device.sum(dim)
    wide = np.asarray(x.to(dtype=vt.complex128 if "complex" in dtype else vt.int64 if "int" in dtype else vt.float64))
    # NumPy adds rows in float64 without compensation, which is less exact than the device: let it add in more bits.
    want = wide.sum(axis=dim, dtype={"f": np.longdouble, "c": np.clongdouble}.get(wide.dtype.kind, wide.dtype))
    if "int" in dtype:
        assert_close(got.to(device="cpu"), want)
        return
    # The sum of the magnitudes bounds the error of one rounding per element; half types round the result once.
    unit = {"float16": 2.0**-11, "bfloat16": 2.0**-8, "float32": 2.0**-24, "complex64": 2.0**-24}.get(dtype, 2.0**-52)
    back = np.asarray(got.to(device="cpu").to(dtype=vt.complex128 if "complex" in dtype else vt.float64))
    finite = np.abs(want) < (65504 if dtype == "float16" else np.inf)
    limit = unit * np.abs(want) * 2 + 1e-11
    assert np.all((np.abs(back - want) <= limit) | ~finite)
    again = on_device.sum() if dim is None else on_device.sum(dim)
    assert got.tolist() == again.tolist() or not np.all(finite)


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
def test_complex_reductions_of_several_slices(dtype: str) -> None:
    x = random(30_001, dtype, scale=0.5)
    calls: tuple[Any, ...] = (
        lambda t: vt.ops.var(t),
        lambda t: vt.ops.std_mean(t, 0)[1],
        lambda t: vt.ops.logsumexp(t, 0),
        lambda t: vt.ops.prod(t / t.abs()),
        *(lambda t, p=p: vt.ops.linalg_vector_norm(t, p) for p in (0, 1, 2, 3.5, math.inf, -math.inf)),
    )
    for call in calls:
        got, want = both(call, x)
        assert_close(
            got, want, rtol=1e-4 if dtype == "complex64" else 1e-9, atol=1e-4 if dtype == "complex64" else 1e-9
        )


def test_sum_of_float64_keeps_what_additions_round_off() -> None:
    x = vt.tensor([1e16, 1.0, -1e16] * 1000, dtype=vt.float64)
    assert to_cuda(x).sum().item() == 1000.0


@pytest.mark.parametrize("values", [[math.inf, 1.0], [math.inf, -math.inf], [math.nan, 1.0], [-math.inf, 2.0]])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_sum_of_infinities(values: list[float], dtype: str) -> None:
    x = vt.tensor(values, dtype=getattr(vt, dtype))
    got, want = both(lambda t: t.sum(), x)
    assert_close(got, want)


def test_sum_into_a_destination_that_overlaps_the_input() -> None:
    x = random((8, 8), "float32")
    on_device = to_cuda(x)
    want = x.sum(0)
    vt.ops.sum(on_device, 0, out=on_device[0])
    assert_close(on_device[0].to(device="cpu"), want)


@pytest.mark.parametrize(
    ("sizes", "strides"), [([4, 5], [5, 1]), ([6, 3], [2, 1]), ([7, 3], [1, 1]), ([3, 4, 2], [0, 2, 1])]
)
def test_as_strided_backward_gathers_repeats(sizes: list[int], strides: list[int]) -> None:
    grad = random(sizes, "float64")
    arguments = ([5, 4], [4, 1], 0, sizes, strides, 0)
    got, want = both(lambda g: vt.ops.as_strided_backward(g, *arguments), grad)
    assert_close(got, want)


@pytest.mark.parametrize("dtype", ALL)
def test_fill_of_every_layout(dtype: str) -> None:
    for make in (lambda t: t, lambda t: t.transpose(0, 1), lambda t: t[:, ::3], lambda t: t[1:, 1:]):
        t = vt.ops.zeros([37, 41], dtype=getattr(vt, dtype), device="cuda")
        reference = vt.ops.zeros([37, 41], dtype=getattr(vt, dtype))
        make(t).fill_(3)
        make(reference).fill_(3)
        assert_close(t.to(device="cpu"), reference, rtol=0.0, atol=0.0)
