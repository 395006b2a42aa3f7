# SPDX-License-Identifier: Apache-2.0
"""Many steps against PyTorch, and the memory slope of calls; VT_SOAK makes them longer."""

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import vt_torch

FACTOR = int(os.environ.get("VT_SOAK", "1"))
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def report(name: str, figure: str) -> None:
    print(f"\nsoak: {name} | {figure}")


def linear_regression(lib: Any, x: np.ndarray, y: np.ndarray, num_steps: int) -> list[float]:
    inputs, target = lib.tensor(x.tolist(), dtype=lib.float64), lib.tensor(y.tolist(), dtype=lib.float64)
    weight = lib.tensor([[0.0] * x.shape[1]], dtype=lib.float64, requires_grad=True)
    bias = lib.tensor(0.0, dtype=lib.float64, requires_grad=True)
    losses: list[float] = []
    for _ in range(num_steps):
        error = (inputs * weight).sum(dim=1) + bias + target * -1.0
        loss = (error * error).sum() * (1.0 / len(y))
        loss.backward()
        with lib.no_grad():
            for parameter in (weight, bias):
                parameter.add_(parameter.grad, alpha=-0.05)
                parameter.grad = None
        losses.append(loss.item())
    return losses


def test_training_follows_pytorch_step_by_step() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(32, 5))
    y = x @ rng.normal(size=5) + 0.1 * rng.normal(size=32)
    num_steps = 100 * FACTOR
    ours = linear_regression(vt_torch, x, y, num_steps)
    theirs = linear_regression(torch, x, y, num_steps)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)
    worst = float(np.max(np.abs(np.array(ours) / np.array(theirs) - 1)))
    report("linear regression, loss of each step against PyTorch", f"{num_steps:,} steps, worst difference {worst:.1e}")


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES


def calls() -> dict[str, Callable[[], Any]]:
    a = vt_torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    w = vt_torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    wrong = vt_torch.tensor([1.0, 2.0, 3.0])

    def mismatch() -> None:
        with pytest.raises((RuntimeError, ValueError)):
            _ = a + wrong

    def backward() -> None:
        (w * a + w).sum().backward()
        w.grad = None

    return {
        "a + b": lambda: a + a,
        "add with alpha": lambda: a.add(a, alpha=2),
        "mul": lambda: a * 2.0,
        "sum": lambda: a.sum(dim=1, keepdim=True),
        "view": lambda: a.view(4),
        "index": lambda: a[0],
        "transpose": lambda: a.transpose(0, 1),
        "tensor": lambda: vt_torch.tensor([1.0, 2.0]),
        "to float64": lambda: a.to(vt_torch.float64),
        "numpy": lambda: a.numpy(),
        "in place": lambda: a.clone().add_(1.0),
        "mismatch": mismatch,
        "recorded": lambda: w + a,
        "backward": backward,
    }


@pytest.mark.parametrize("name", calls())
def test_memory_does_not_grow_with_calls(name: str) -> None:
    call = calls()[name]
    num_calls = 5_000 * min(FACTOR, 20)
    for _ in range(2_000):
        call()
    gc.collect()
    before = resident_bytes()
    for _ in range(num_calls):
        call()
    gc.collect()
    slope = (resident_bytes() - before) / num_calls * 1000
    report(f"memory slope of {name}", f"{slope:.0f} bytes per 1,000 calls over {num_calls:,}")
    # A page or two may be taken at any time; what leaks grows with the calls.
    assert slope <= 1024 + 8 * PAGE_BYTES / num_calls * 1000
