# SPDX-License-Identifier: Apache-2.0
"""Gradients on the device against those of the CPU."""

from collections.abc import Callable

import pytest
import vt_autograd
import vt_core as vt
import vt_cuda
from vt_core.testing import assert_close
from vt_core.testing.op_table import sample_values

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")

Program = Callable[[vt.Tensor, vt.Tensor], vt.Tensor]

# Functions of two matrices whose gradients use every kernel of the device.
PROGRAMS: dict[str, Program] = {
    "add": lambda a, b: vt.ops.add(a, b, alpha=2),
    "mul": lambda a, b: a * b,
    "broadcast": lambda a, b: a * b[0] + b[:, 0:1],
    "sum": lambda a, b: (a * b).sum(1),
    "views": lambda a, b: a.transpose(0, 1)[1:3, ::2] * b.transpose(0, 1)[1:3, ::2],
    "select": lambda a, b: a[1] * b[-1],
    "cast": lambda a, b: a.to(dtype=vt.float64) * b,
    "as_strided": lambda a, b: vt.ops.as_strided(a, [4, 3], [2, 1], 0) * vt.ops.as_strided(b, [4, 3], [1, 1], 2),
    "expand": lambda a, b: a[:, None].expand(4, 3, 5) * b[:, None],
}


def gradients(program: Program, a: vt.Tensor, b: vt.Tensor) -> list[vt.Tensor]:
    a, b = a.detach().clone().requires_grad_(True), b.detach().clone().requires_grad_(True)
    (program(a, b) * 0.5).sum().backward()
    return [a.grad, b.grad]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_gradients_are_the_cpus(name: str, dtype: str) -> None:
    a, b = (vt.from_numpy(sample_values((4, 5), dtype, seed)).to(dtype=getattr(vt, dtype)) for seed in (1, 2))
    want = gradients(PROGRAMS[name], a, b)
    got = gradients(PROGRAMS[name], a.to(device="cuda"), b.to(device="cuda"))
    for on_device, expected in zip(got, want, strict=True):
        assert on_device.device.type == "cuda"
        assert_close(on_device.to(device="cpu"), expected)


def test_backward_does_not_wait() -> None:
    a = vt.ops.ones([100, 100], device="cuda").requires_grad_(True)
    vt_autograd.backward((a * a).sum())
    before = vt_cuda.counters()["host_synchronizations"]
    vt_autograd.backward((a * a).sum())
    assert vt_cuda.counters()["host_synchronizations"] == before
    assert a.grad.sum().item() == 40_000.0
