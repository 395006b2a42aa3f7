# SPDX-License-Identifier: Apache-2.0
"""Transforms of functions on several threads at once; `nox -s threads` runs the tests of the packages so."""

import threading
from concurrent.futures import ThreadPoolExecutor

import vt_torch
from vt_torch import func


def test_forward_mode_on_eight_threads_at_once() -> None:
    def cubes(x: vt_torch.Tensor) -> vt_torch.Tensor:
        return (x * x * x).sum()

    gate = threading.Barrier(8)

    def work(_: int) -> None:
        x = vt_torch.tensor([1.0, 2.0], dtype=vt_torch.float64)
        gate.wait()
        for _ in range(50):
            assert func.jvp(cubes, (x,), (vt_torch.ones_like(x),))[1].item() == 15.0
            assert func.hessian(cubes)(x).tolist() == [[6.0, 0.0], [0.0, 12.0]]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
