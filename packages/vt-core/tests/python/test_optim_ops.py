# SPDX-License-Identifier: Apache-2.0
"""Optimiser steps beyond the op table: many steps against PyTorch, layouts, versions, threads, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
import vt_core as vt

SIZES = ((5,), (3, 4), (), (7, 2, 3), (40_000,))


@pytest.fixture
def threads() -> Iterator[None]:
    before = vt.get_num_threads()
    yield
    vt.set_num_threads(before)


def arrays(seed: int, dtype: Any = np.float32) -> list[np.ndarray]:
    generator = np.random.default_rng(seed)
    return [np.asarray(generator.standard_normal(size)).astype(dtype) for size in SIZES]


def tensors(values: list[np.ndarray]) -> list[vt.Tensor]:
    return [vt.from_numpy(value.copy()) for value in values]


def zeros() -> list[vt.Tensor]:
    return [vt.zeros(list(size)) for size in SIZES]


def assert_near(found: list[vt.Tensor], expected: list[torch.Tensor]) -> None:
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a.numpy(), b.detach().numpy(), rtol=2e-6, atol=1e-6)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"weight_decay": 0.1, "maximize": True},
        {"momentum": 0.9, "dampening": 0.3},
        {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
    ],
    ids=str,
)
def test_sgd_follows_pytorch(options: dict[str, Any]) -> None:
    params = tensors(arrays(0))
    buffers = zeros() if "momentum" in options else []
    expected = [torch.nn.Parameter(torch.from_numpy(x.copy())) for x in arrays(0)]
    optimizer = torch.optim.SGD(expected, lr=0.05, **options)
    for step in range(4):
        grads = arrays(10 + step)
        for parameter, grad in zip(expected, grads, strict=True):
            parameter.grad = torch.from_numpy(grad)
        optimizer.step()
        vt.ops.sgd_step_(params, tensors(grads), buffers, lr=0.05, is_first_step=step == 0, **options)
        assert_near(params, expected)


@pytest.mark.parametrize("amsgrad", [False, True])
@pytest.mark.parametrize("maximize", [False, True])
@pytest.mark.parametrize("decoupled", [False, True])
def test_adam_follows_pytorch(decoupled: bool, maximize: bool, amsgrad: bool) -> None:
    params, means, squares = tensors(arrays(0)), zeros(), zeros()
    largest = zeros() if amsgrad else []
    expected = [torch.nn.Parameter(torch.from_numpy(x.copy())) for x in arrays(0)]
    kind = torch.optim.AdamW if decoupled else torch.optim.Adam
    optimizer = kind(expected, lr=0.01, weight_decay=0.1, amsgrad=amsgrad, maximize=maximize, fused=True)
    for step in range(5):
        grads = arrays(10 + step)
        for parameter, grad in zip(expected, grads, strict=True):
            parameter.grad = torch.from_numpy(grad)
        optimizer.step()
        vt.ops.adamw_step_(
            params,
            tensors(grads),
            means,
            squares,
            largest,
            lr=0.01,
            beta1=0.9,
            beta2=0.999,
            eps=1e-8,
            weight_decay=0.1,
            step=step + 1,
            decoupled=decoupled,
            maximize=maximize,
        )
        assert_near(params, expected)


def test_steps_do_not_depend_on_threads(threads: None) -> None:
    results = []
    for count in (1, 4):
        vt.set_num_threads(count)
        params, buffers = tensors(arrays(1)), zeros()
        vt.ops.sgd_step_(params, tensors(arrays(2)), buffers, lr=0.1, momentum=0.9)
        norm = vt.ops.total_norm(tensors(arrays(2)))
        results.append([norm.item(), *(p.tolist() for p in params)])
    assert results[0] == results[1]


def test_a_gradient_in_another_memory_order() -> None:
    values = arrays(3)[1]
    param = vt.from_numpy(values.copy())
    grad = vt.ops.permute(vt.from_numpy(np.ascontiguousarray(values.T)), [1, 0])
    assert not grad.is_contiguous()
    vt.ops.sgd_step_([param], [grad], [], lr=0.5)
    np.testing.assert_allclose(param.numpy(), values * 0.5)


def test_steps_raise_versions_of_what_they_write_alone() -> None:
    params, grads, buffers = tensors(arrays(0)), tensors(arrays(1)), zeros()
    vt.ops.sgd_step_(params, grads, buffers, lr=0.1, momentum=0.9)
    assert {t._version for t in (*params, *buffers)} == {1}
    assert {t._version for t in grads} == {0}


def test_a_refused_step_writes_nothing() -> None:
    params, grads = tensors(arrays(0)), tensors(arrays(1))
    grads[-1] = vt.zeros(3)
    with pytest.raises(RuntimeError, match=r"got sizes \(3,\) of grads\[4\], expected \(40000,\)"):
        vt.ops.sgd_step_(params, grads, [], lr=0.1)
    for param, value in zip(params, arrays(0), strict=True):
        assert param.tolist() == value.tolist()
        assert param._version == 0
    with pytest.raises(RuntimeError, match="several elements at one address"):
        vt.ops.sgd_step_([vt.zeros(1).expand(3)], [vt.zeros(3)], [], lr=0.1)


def test_empty_lists() -> None:
    vt.ops.sgd_step_([], [], [], lr=0.1)
    vt.ops.sgd_step_([], [], [], lr=0.1, momentum=0.9)
    vt.ops.adamw_step_([], [], [], [], [], lr=0.1, beta1=0.9, beta2=0.9, eps=1e-8, weight_decay=0.0, step=1)
    vt.ops.zero_each_([])
    vt.ops.scale_each_([], 2.0)
    vt.ops.clamp_each_([], 0.0)
    assert vt.ops.total_norm([]).item() == 0


@pytest.mark.parametrize("order", [1.0, 2.0, 3.5, float("inf")])
def test_clipping_follows_pytorch(order: float) -> None:
    grads = tensors(arrays(4))
    expected = [torch.nn.Parameter(torch.zeros(size)) for size in SIZES]
    for parameter, grad in zip(expected, arrays(4), strict=True):
        parameter.grad = torch.from_numpy(grad)
    total = torch.nn.utils.clip_grad_norm_(expected, 3.0, order)
    norm = vt.ops.total_norm(grads, order)
    assert norm.item() == pytest.approx(total.item(), rel=1e-6)
    vt.ops.clip_by_total_norm_(grads, norm, 3.0)
    for grad, parameter in zip(grads, expected, strict=True):
        np.testing.assert_allclose(grad.numpy(), parameter.grad.numpy(), rtol=2e-6)


def test_clipping_leaves_small_gradients_alone() -> None:
    grads = tensors(arrays(4))
    vt.ops.clip_by_total_norm_(grads, vt.ops.total_norm(grads), 1e9)
    for grad, value in zip(grads, arrays(4), strict=True):
        assert grad.tolist() == value.tolist()


def test_nan_reaches_norm_and_clipped_gradients() -> None:
    grads = [vt.tensor([1.0, float("nan")]), vt.ones(3)]
    for order in (2.0, 1.0, float("inf"), float("-inf")):
        assert np.isnan(vt.ops.total_norm(grads, order).item())
    vt.ops.clip_by_total_norm_(grads, vt.ops.total_norm(grads), 1.0)
    assert np.isnan(grads[1].numpy()).all()


def test_norm_of_large_values_does_not_overflow() -> None:
    assert vt.ops.total_norm([vt.full([4], 1e30)]).item() == pytest.approx(2e30)


def test_meta_tensors_are_checked_and_left() -> None:
    meta = vt.zeros(3, device="meta")
    vt.ops.sgd_step_([meta], [meta], [], lr=0.1)
    assert vt.ops.total_norm([meta]).device.type == "meta"
