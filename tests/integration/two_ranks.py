# SPDX-License-Identifier: Apache-2.0
"""One model trained by one rank on whole batches and by two on halves of them; a program for mpirun, and a module."""

from __future__ import annotations

import sys
from typing import Any

import vt_fabric
import vt_torch as torch

CASES = {
    "sgd": (torch.float32, 5, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), 1e-6),
    "adamw": (torch.float64, 20, lambda p: torch.optim.AdamW(p, lr=1e-2), 1e-9),
}


def trained(case: str, group: Any = None) -> list[Any]:
    """Return the parameters after some steps; with a group, of its rank."""
    dtype, num_steps, make, _ = CASES[case]
    generator = torch.Generator().manual_seed(7)

    def drawn(*sizes: int) -> Any:
        return torch.randn(list(sizes), generator=generator, dtype=dtype)

    parameters = [torch.nn.Parameter(t * 0.5) for t in (drawn(16, 8), drawn(16), drawn(4, 16), drawn(4))]
    w1, b1, w2, b2 = parameters
    optimizer = make(parameters)
    functional = torch.nn.functional
    for _ in range(num_steps):
        x, y = drawn(32, 8), torch.randint(0, 4, [32], generator=generator)
        if group is not None:
            size = 32 // group.world
            part = slice(group.rank * size, (group.rank + 1) * size)
            x, y = x[part], y[part]
        hidden = functional.gelu(functional.linear(x, w1, b1))
        loss = functional.cross_entropy(functional.linear(hidden, w2, b2), y)
        optimizer.zero_grad()
        loss.backward()
        if group is not None:
            vt_fabric.average_gradients(group, parameters)
        optimizer.step()
    return parameters


def worst_difference(case: str, group: Any) -> float:
    """Return the largest difference between what a rank of the group learned and what a single rank did."""
    alone, together = trained(case), trained(case, group)
    return max((a - b).abs().max().item() for a, b in zip(alone, together, strict=True))


if __name__ == "__main__":
    world = vt_fabric.mpi()
    assert world.world == 2
    for name, (_, _, _, tolerance) in CASES.items():
        worst = worst_difference(name, world)
        print(f"{name}: {worst:.1e}")
        if not worst <= tolerance:
            sys.exit(f"{name}: rank {world.rank} is {worst} off, expected at most {tolerance}")
