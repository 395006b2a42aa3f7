# SPDX-License-Identifier: Apache-2.0
"""Nothing stays alive: memory of tensors and nodes after programs of many kinds.

Sessions of the packages are held to it by `vt_core.testing.live`.
"""

import gc
import threading
from collections.abc import Callable

import pytest
import vt_autograd as ag
import vt_core
import vt_torch as torch
from vt_core.testing import run_forked


def count() -> tuple[int, int, int]:
    """Blocks, their bytes, and nodes that are alive. Every tensor with data holds a block, and so does every node."""
    for _ in range(3):
        gc.collect()
    return (*vt_core._C._count_live(), ag._C._count_nodes())


def train() -> None:
    net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.GELU(), torch.nn.LayerNorm(8), torch.nn.Linear(8, 2))
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
    for _ in range(3):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(torch.ones(5, 4)), torch.tensor([0, 1, 0, 1, 0])).backward()
        optimizer.step()


def second_order() -> None:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (slope,) = torch.autograd.grad((x * x * x).sum(), x, create_graph=True)
    slope.sum().backward()


def function_in_a_cycle() -> None:
    class Keeps(ag.Function):
        @staticmethod
        def forward(ctx, x):
            out = x * 2.0
            ctx.save_for_backward(x, out)
            return out

        @staticmethod
        def backward(ctx, grad):
            return grad * ctx.saved_tensors[1]

    x = torch.ones(3, requires_grad=True)
    y = Keeps.apply(x)
    y.grad_fn.keeps = y
    y.sum().backward()


def hooks_and_views() -> None:
    x = torch.ones(4, requires_grad=True)
    y = x * 1.0
    y.retain_grad()
    y.register_hook(lambda grad: grad * 2.0)
    y.view(2, 2)[0].mul_(3.0)
    y.sum().backward()


def errors() -> None:
    x = torch.ones(2, 3, requires_grad=True)
    y = (x * x).sum()
    y.backward()
    for call in (y.backward, lambda: x + torch.ones(4), lambda: x.add_(1.0), lambda: (x * 2.0).backward()):
        with pytest.raises((RuntimeError, ValueError)):
            call()


def graph_never_run() -> None:
    x = torch.ones(8, requires_grad=True)
    for _ in range(2000):
        x = x.relu() * x


def on_threads() -> None:
    x = torch.ones(8, requires_grad=True)
    threads = [threading.Thread(target=lambda: (x * x).sum().backward()) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


PROGRAMS = (train, second_order, function_in_a_cycle, hooks_and_views, errors, graph_never_run, on_threads)


@pytest.mark.parametrize("program", PROGRAMS)
def test_program_leaves_nothing(program: Callable[[], None]) -> None:
    def case() -> list[int]:
        program()  # what is made once
        before = count()
        for _ in range(10):
            program()
        return [now - then for now, then in zip(count(), before, strict=True)]

    outcome = run_forked(case, timeout_s=60)
    assert outcome.value == "[0, 0, 0]", outcome


def test_counts_see_what_is_kept() -> None:
    before = count()
    kept = [torch.ones(2, requires_grad=True) * 2.0 for _ in range(5)]
    blocks, nbytes, nodes = (now - then for now, then in zip(count(), before, strict=True))
    # Of each a result, and the nodes of the product and of its leaf.
    assert (blocks, nodes) == (15, 10)
    assert nbytes > 5 * 8
    del kept
    assert count() == before
