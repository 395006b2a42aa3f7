# SPDX-License-Identifier: Apache-2.0
"""Random programs and many steps against PyTorch, and the memory slope of every op; VT_SOAK makes them longer."""

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


def unary_steps(rng: np.random.Generator, shape: tuple[int, ...]) -> list[Callable[[Any], Any]]:
    """Steps that take a tensor of this shape; the same closure runs in both libraries."""
    number = float(rng.uniform(-2, 2))
    steps: list[Callable[[Any], Any]] = [lambda x: x + number, lambda x: x * number, lambda x: x.reshape(-1)]
    if shape:
        dim = int(rng.integers(len(shape)))
        keepdim = bool(rng.integers(2))
        index = int(rng.integers(-shape[dim], shape[dim]))
        steps += [
            lambda x: x.sum(dim=dim, keepdim=keepdim),
            lambda x: x.select(dim, index),
            lambda x: x.transpose(0, dim),
            lambda x: x.expand(2, *shape),
        ]
        step = int(rng.integers(1, 3))
        steps.append(lambda x: x[::step])
    return steps


def run_program(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shapes = [(3, 1, 4), (2, 4), (4,), ()]
    values = [rng.normal(size=shape) for shape in shapes]
    ours = [vt_torch.tensor(v.tolist(), dtype=vt_torch.float64, requires_grad=True) for v in values]
    theirs = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in values]
    pool: list[tuple[Any, Any]] = list(zip(ours, theirs))
    for _ in range(12):
        a, b = (pool[int(i)] for i in rng.integers(len(pool), size=2))
        choice = int(rng.integers(3))
        if choice == 0:
            steps = unary_steps(rng, tuple(a[1].shape))
            step = steps[int(rng.integers(len(steps)))]
            pool.append((step(a[0]), step(a[1])))
            continue
        try:
            expected = a[1].add(b[1], alpha=2) if choice == 1 else a[1] * b[1]
        except RuntimeError:
            with pytest.raises((RuntimeError, ValueError)):
                _ = a[0].add(b[0], alpha=2) if choice == 1 else a[0] * b[0]
            continue
        pool.append((a[0].add(b[0], alpha=2) if choice == 1 else a[0] * b[0], expected))
    for mine, expected in pool:
        assert tuple(mine.shape) == tuple(expected.shape), seed
        np.testing.assert_allclose(mine.detach().numpy(), expected.detach().numpy(), rtol=1e-12, err_msg=str(seed))
    sum(x.sum() for x, _ in pool).backward()
    sum(x.sum() for _, x in pool).backward()
    for mine, expected in zip(ours, theirs):
        np.testing.assert_allclose(mine.grad.numpy(), expected.grad.numpy(), rtol=1e-11, err_msg=str(seed))


def test_random_programs_agree_with_pytorch() -> None:
    num_programs = 200 * FACTOR
    for seed in range(num_programs):
        run_program(seed)
    report("random programs of 12 steps, values and gradients against PyTorch", f"{num_programs:,} agree")


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
