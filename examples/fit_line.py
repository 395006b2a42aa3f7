# SPDX-License-Identifier: Apache-2.0
"""Fits a line to noisy points by gradient descent: tensors, broadcasting and autograd in thirty lines.

Run it where vt-torch is installed: ``python examples/fit_line.py [--device cuda] [--steps N]``.
"""

from __future__ import annotations

import argparse
import random

import vt_torch as torch


def fit(*, steps: int, device: str, seed: int) -> tuple[float, float, float]:
    """Return slope, intercept and the last mean squared error."""
    rng = random.Random(seed)
    xs = [i / 50 - 1 for i in range(100)]
    ys = [3 * x - 0.5 + rng.gauss(0, 0.1) for x in xs]
    x, y = torch.tensor(xs, device=device), torch.tensor(ys, device=device)
    slope = torch.nn.Parameter(torch.zeros(1, device=device))
    intercept = torch.nn.Parameter(torch.zeros(1, device=device))
    loss = torch.zeros(1)
    for _ in range(steps):
        error = torch.add(slope * x + intercept, y, alpha=-1)
        loss = (error * error).sum() * (1 / len(xs))
        slope.grad = intercept.grad = None
        loss.backward()
        with torch.no_grad():
            for parameter in (slope, intercept):
                assert parameter.grad is not None
                parameter.add_(parameter.grad, alpha=-0.5)
    return slope.item(), intercept.item(), loss.item()


def main() -> None:
    """Read the command line and print what was fitted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=200, help="gradient steps (default 200)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default cpu)")
    parser.add_argument("--seed", type=int, default=0, help="of the noise (default 0)")
    options = parser.parse_args()
    slope, intercept, loss = fit(steps=options.steps, device=options.device, seed=options.seed)
    print(f"slope {slope:.3f} (3), intercept {intercept:.3f} (-0.5), mean squared error {loss:.4f} (0.01)")


if __name__ == "__main__":
    main()
