# SPDX-License-Identifier: Apache-2.0
"""The tools of the tests themselves: comparison, forked cases and the simulated device."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pytest
import torch
import vt_core as vt
from vt_core.testing import TOLERANCES, assert_close, run_forked
from vt_core.testing.simulated import load_simulated, simulated_library


def test_forked_case_returns_raises_dies_and_hangs() -> None:
    assert run_forked(lambda: 1 + 1).value == "2"
    raised = run_forked(lambda: 1 / 0)
    assert (raised.kind, raised.message) == ("raised", "division by zero")
    assert raised.classes[:2] == ("ZeroDivisionError", "ArithmeticError")
    assert run_forked(lambda: ctypes.string_at(0)).message == "ended by SIGSEGV"
    assert run_forked(lambda: os._exit(3)).message == "exit status 3 without a report"
    assert run_forked(lambda: sys.exit(3)).classes[0] == "SystemExit"
    begun = time.monotonic()
    assert run_forked(lambda: time.sleep(60), timeout_s=0.2).kind == "hung"
    assert time.monotonic() - begun < 30
    assert run_forked(lambda: "x" * 100_000).kind == "returned"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (vt.tensor([1.0, float("nan")]), [1.0, float("nan")]),
        (vt.tensor([float("inf"), -float("inf")]), np.array([np.inf, -np.inf], dtype=np.float32)),
        (vt.tensor([1.0]), torch.tensor([1.0000001])),
        (vt.tensor([-0.0]), [0.0]),
        (vt.tensor([1.0]).to(dtype=vt.bfloat16), vt.tensor([1.005]).to(dtype=vt.bfloat16)),
        (vt.tensor([2**63 - 1]), np.array([2**63 - 1])),
        (vt.tensor(2**64 - 1, dtype=vt.uint64), np.uint64(2**64 - 1)),
        (vt.tensor([True]), [True]),
        (vt.tensor([1 + 2j]), np.array([1 + 2j], dtype=np.complex64)),
        (vt.ops.ones((0, 3)), np.ones((0, 3), dtype=np.float32)),
        (1.0, 1.0 + 1e-9),
    ],
)
def test_close_values_pass(actual: object, expected: object) -> None:
    assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "message"),
    [
        (vt.tensor([1.0, 2.0]), [1.0, 2.1], r"1 of 2 elements differ.*worst at \(1,\)"),
        (vt.tensor([1.0]), [float("nan")], "got 1.0, expected nan"),
        (vt.tensor([float("inf")]), [1.0], "got inf"),
        (vt.tensor([float("inf")]), [-float("inf")], "got inf"),
        (vt.tensor([1.0]), torch.tensor([1.0], dtype=torch.float64), "dtypes differ: got float32, expected float64"),
        (vt.tensor([1.0]), [[1.0]], r"shapes differ: got \(1,\), expected \(1, 1\)"),
        (vt.tensor([2**63 - 1]), np.array([2**63 - 2]), "exact equality"),
        (vt.tensor([1 + 2j]), np.array([1 + 3j], dtype=np.complex64), "1 of 1"),
        (vt.tensor([True]), [False], "exact equality"),
        (vt.tensor([1.0]).to(dtype=vt.float16), vt.tensor([1.01]).to(dtype=vt.float16), "1 of 1"),
    ],
)
def test_far_values_fail(actual: object, expected: object, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        assert_close(actual, expected)


def test_tolerances_can_be_given() -> None:
    assert_close(vt.tensor([1.0]), [1.1], rtol=0.2, atol=0)
    with pytest.raises(AssertionError):
        assert_close(vt.tensor([1.0]), [1.0 + 1e-6], rtol=0, atol=0)
    with pytest.raises(ValueError, match="go together"):
        assert_close(1.0, 1.0, rtol=1e-3)


def test_tolerances_name_dtypes_of_the_stack() -> None:
    for name in TOLERANCES:
        assert getattr(vt, name).name == name


@pytest.fixture
def simulation():
    return load_simulated()


def test_simulated_work_takes_effect_when_stepped(simulation) -> None:
    simulation.step_all()
    x = vt.tensor([1.0, 2.0]).to(device="sim")
    simulation.step_all()
    y = x + 1
    assert simulation.pending() > 0
    simulation.step_all()
    assert simulation.pending() == 0
    assert not simulation.step()
    assert y.tolist() == [2, 3]
    assert y.device.type == "sim"
    assert repr(y) == "tensor([2., 3.], device='sim:0')"


def test_simulated_results_do_not_depend_on_the_order(simulation) -> None:
    for seed in range(20):
        simulation.seed(seed)
        x = vt.ops.arange(10.0).to(device="sim")
        y = x + x
        z = y + 1
        del x, y
        assert z.tolist() == [2 * i + 1 for i in range(10)]
    assert simulation.races() == ()


def test_simulated_library_is_installed() -> None:
    assert simulated_library().is_file()


@pytest.mark.parametrize(
    "view",
    [
        lambda x: x[:, ::2],
        lambda x: x[::2, 1],
        lambda x: x.transpose(0, 1)[1:, ::3],
        lambda x: x[:1].expand(3, 6),
        lambda x: vt.ops.as_strided(x, [3, 3], [1, 1], 2),
    ],
)
def test_views_of_a_device_give_their_elements(simulation, view: Callable[[vt.Tensor], vt.Tensor]) -> None:
    host = vt.ops.arange(24).reshape(4, 6)
    on_device = host.to(device="sim")
    assert view(on_device).tolist() == view(host).tolist()
    assert (8 in view(on_device)) == (8 in view(host))
    assert simulation.races() == ()


def test_pinned_memory_needs_a_backend_that_has_it() -> None:
    x = vt.ops.ones([2])
    assert not x.is_pinned()
    code = "import vt_core as vt\nfor f in (vt.ops.ones([2]).pin_memory, lambda: vt.empty([2], pin_memory=True)):\n"
    code += "    try: f()\n    except ImportError as error: print(error)\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.count("install and import vt-cuda") == 2, done.stderr
