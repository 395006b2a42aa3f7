# SPDX-License-Identifier: Apache-2.0
"""How many launches a training step takes: each costs the host a few microseconds, whatever its size."""

from __future__ import annotations

import pytest
import vt_cuda
import vt_torch as torch
from vt_torch import nn

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")


def test_a_step_of_a_small_network_takes_few_launches() -> None:
    layers = nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)
    model = nn.Sequential(*layers).to("cuda")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    x, y = torch.randn(32, 64, device="cuda"), torch.randint(0, 10, (32,), device="cuda")

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    first = step().item()
    before = vt_cuda.counters()["launches"]
    loss = step()
    # Three maps, two of them with their activations, and the loss with its gradient; the gradients of the maps; the step.
    assert vt_cuda.counters()["launches"] - before == 4 + 3 + 1
    assert loss.item() < first
