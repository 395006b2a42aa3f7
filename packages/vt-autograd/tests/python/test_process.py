# SPDX-License-Identifier: Apache-2.0
"""The package as a whole: examples, the end of the process, memory."""

import doctest
import subprocess
import sys

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_autograd import gradcheck


@pytest.mark.parametrize("thing", [ag.Function, gradcheck])
def test_examples(thing):
    finder = doctest.DocTestFinder(recurse=False) if thing is ag.Function else doctest.DocTestFinder()
    examples = finder.find(thing, thing.__name__)
    runner = doctest.DocTestRunner()
    for example in examples:
        runner.run(example)
    assert runner.tries > 0
    assert runner.failures == 0


def test_process_ends_cleanly_with_live_graphs():
    program = """
import threading
import vt_core as vt, vt_autograd as ag

class Twice(ag.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * 2.0
    @staticmethod
    def backward(ctx, grad):
        return grad * 2.0

x = vt.tensor([1.0]).requires_grad_()
x.register_hook(lambda g: g)
y = Twice.apply(x) * x
y.grad_fn.next_functions[0][0].keep = y
kept = [y * float(i) for i in range(100)]
thread = threading.Thread(target=lambda: kept.append(Twice.apply(x)))
thread.start(); thread.join()
kept[3].backward(retain_graph=True)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_importing_again_changes_nothing():
    from importlib import reload

    reload(ag)
    x = vt.tensor([1.0]).requires_grad_()
    assert (x + 1.0).grad_fn.name() == "AddBackward0"


def resident_bytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def test_training_step_does_not_grow():
    w = vt.tensor([0.1] * 64, dtype=vt.float64).requires_grad_()

    def step():
        h = (w * w).reshape((8, 8)).transpose(0, 1)
        h = h * 2.0
        h[0].add_(w[:8])
        (h * h).sum().backward()
        with ag.no_grad():
            w.add_(w.grad, alpha=-1e-6)
        w.grad = None

    for _ in range(2000):
        step()
    before = resident_bytes()
    for _ in range(5000):
        step()
    assert resident_bytes() - before < 1_000_000
