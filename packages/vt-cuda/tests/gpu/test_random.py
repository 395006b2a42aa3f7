# SPDX-License-Identifier: Apache-2.0
"""Random numbers and optimiser steps of the device have the bits of the CPU's."""

from __future__ import annotations

from typing import Any

import pytest
import vt_core as vt
from on_cuda import to_cuda

DRAWS = {
    "uniform_": (-1.0, 2.0),
    "normal_": (0.5, 2.0),
    "exponential_": (2.0,),
    "bernoulli_": (0.25,),
    "random_": (5, 200),
}
DTYPES = (vt.float32, vt.float64, vt.bfloat16, vt.float16)


def drawn(name: str, x: vt.Tensor) -> Any:
    generator = vt.Generator(x.device).manual_seed(17)
    return getattr(x, name)(*DRAWS[name], generator=generator).to(device="cpu").tolist()


@pytest.mark.parametrize("name", DRAWS)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_draws(name: str, dtype: vt.dtype) -> None:
    for size in ([1027], [3, 5, 7]):
        assert drawn(name, vt.empty(size, dtype=dtype, device="cuda")) == drawn(name, vt.empty(size, dtype=dtype))


@pytest.mark.parametrize("name", DRAWS)
def test_draws_into_strided_memory(name: str) -> None:
    expected = drawn(name, vt.empty([6, 10]))
    assert drawn(name, vt.ops.permute(vt.empty([10, 6], device="cuda"), [1, 0])) == expected
    assert drawn(name, vt.empty([6, 20], device="cuda")[:, ::2]) == expected
    assert drawn(name, vt.empty([61], device="cuda")[1:].view(6, 10)) == expected


def test_manual_seed_reaches_the_device() -> None:
    vt.manual_seed(3)
    first = vt.rand(5, device="cuda").to(device="cpu").tolist()
    assert vt.rand(5).tolist() == first
    assert vt.default_generator("cuda").get_state() == (3, 2)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_dropout(dtype: vt.dtype) -> None:
    x = vt.randn([1027], generator=vt.Generator().manual_seed(1)).to(dtype=dtype)
    vt.manual_seed(5)
    on_cpu = vt.ops.native_dropout(x, 0.3)
    on_device = vt.ops.native_dropout(to_cuda(x), 0.3)
    for a, b in zip(on_cpu, on_device, strict=True):
        assert a.tolist() == b.to(device="cpu").tolist()


def lists(dtype: vt.dtype, count: int, seed: int) -> list[vt.Tensor]:
    generator = vt.Generator().manual_seed(seed)
    return [vt.rand([3 + i % 5, 1 + i], generator=generator).to(dtype=dtype) for i in range(count)]


@pytest.mark.parametrize("count", [3, 150])
@pytest.mark.parametrize("dtype", [vt.float32, vt.bfloat16], ids=str)
def test_steps_on_more_tensors_than_one_launch_takes(dtype: vt.dtype, count: int) -> None:
    results = []
    for move in (lambda t: t, to_cuda):
        params, grads, means, squares = ([move(t) for t in lists(dtype, count, seed)] for seed in range(4))
        vt.ops.adamw_step_(
            params, grads, means, squares, [], lr=0.1, beta1=0.9, beta2=0.99, eps=1e-8, weight_decay=0.1, step=2
        )
        vt.ops.sgd_step_(params, grads, means, lr=0.1, momentum=0.9, nesterov=True)
        results.append([t.to(device="cpu").tolist() for t in (*params, *means, *squares)])
    assert results[0] == results[1]


def test_one_tensor_of_several_chunks() -> None:
    x = vt.rand([20_001], generator=vt.Generator().manual_seed(2))
    moved = to_cuda(x)[1:]
    norm = vt.ops.total_norm([moved, to_cuda(x)])
    assert norm.item() == pytest.approx(vt.ops.total_norm([x[1:], x]).item(), rel=1e-6)
    vt.ops.clip_by_total_norm_([moved], norm, 1.0)
    vt.ops.zero_each_([moved[:10_000]])
    scaled = moved.to(device="cpu")
    assert scaled[:10_000].tolist() == [0.0] * 10_000
    assert scaled[10_000:].tolist() == pytest.approx((x[10_001:] * (1 / norm.item())).tolist(), rel=1e-5)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_numbers_made_by_rejection(dtype: vt.dtype) -> None:
    rates = (vt.randn([1027], generator=vt.Generator().manual_seed(2)).abs() * 30).to(dtype=dtype)
    chances = vt.rand(1027, generator=vt.Generator().manual_seed(3)).to(dtype=dtype)

    def numbers(name: str, *parameters: vt.Tensor) -> list[float]:
        generator = vt.Generator(parameters[0].device).manual_seed(17)
        return getattr(vt.ops, name)(*parameters, generator).to(device="cpu").tolist()

    for name, parameters in (
        ("poisson", (rates,)),
        ("_standard_gamma", (rates,)),
        ("binomial", (vt.ops.floor(rates * 4), chances)),
    ):
        assert numbers(name, *(to_cuda(p) for p in parameters)) == numbers(name, *parameters)
    slope: Any = getattr(vt.ops, "_standard_gamma_grad")  # noqa: B009
    drawn = rates * 0.75
    assert slope(to_cuda(rates), to_cuda(drawn)).to(device="cpu").tolist() == slope(rates, drawn).tolist()
