# SPDX-License-Identifier: Apache-2.0
"""Whole training steps as graphs: replays are the eager steps, bit by bit, and what a failed capture leaves."""

from __future__ import annotations

import gc
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import vt_core
import vt_cuda
import vt_torch as torch
from vt_torch import nn
from vt_torch.nn import functional as F

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")

Step = Callable[..., Any]


def example(name: str) -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "examples" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Dropping(nn.Module):
    """A small network with dropout, so that every step draws random numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(16, 32), nn.GELU(), nn.Dropout(0.3), nn.Linear(32, 5))

    def loss(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(self.layers(x), y)


def decoder() -> tuple[nn.Module, list[tuple[torch.Tensor, torch.Tensor]]]:
    module = example("decoder")
    torch.manual_seed(1)
    model = module.Decoder(module.DecoderConfig(num_tokens=17, block=8, dim=32, num_heads=2, num_layers=2))
    tokens = [torch.randint(0, 17, (3, 9)) for _ in range(7)]
    return model, [(t[:, :-1].contiguous(), t[:, 1:].contiguous()) for t in tokens]


def dropping() -> tuple[nn.Module, list[tuple[torch.Tensor, torch.Tensor]]]:
    torch.manual_seed(2)
    model = Dropping()
    return model, [(torch.randn(8, 16), torch.randint(0, 5, (8,))) for _ in range(7)]


OPTIMIZERS: dict[str, Callable[[Any], torch.optim.Optimizer]] = {
    "AdamW": lambda p: torch.optim.AdamW(p, lr=1e-2),
    "Adam amsgrad": lambda p: torch.optim.Adam(p, lr=1e-2, weight_decay=0.1, amsgrad=True, capturable=True),
    "SGD": lambda p: torch.optim.SGD(p, lr=1e-2),
    "SGD nesterov": lambda p: torch.optim.SGD(p, lr=1e-2, momentum=0.9, nesterov=True, weight_decay=0.01),
}


def train(make: Any, optimizer: str, graphed: bool, dtype: Any = None) -> dict[str, Any]:
    """Seven steps, with clipping and a schedule; the third is captured and the four after it replayed."""
    model, batches = make()
    model = model.to("cuda")
    moved = OPTIMIZERS[optimizer](model.parameters())
    schedule = torch.optim.lr_scheduler.StepLR(moved, 2, 0.5)
    torch.manual_seed(9)

    def step(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        moved.zero_grad(set_to_none=True)
        with torch.autocast("cuda", dtype=dtype or torch.bfloat16, enabled=dtype is not None):
            loss = model.loss(x, y)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        moved.step()
        schedule.step()
        return loss, norm

    run: Step = vt_cuda.graph_step(step, warmup=2) if graphed else step
    seen = []
    for x, y in batches:
        loss, norm = run(x, y) if graphed else run(x.to("cuda"), y.to("cuda"))
        seen.append((loss.item(), norm.item(), moved.param_groups[0]["lr"]))
    state = moved.state_dict()["state"]
    return {
        "seen": seen,
        "parameters": [p.detach().cpu().tolist() for p in model.parameters()],
        "grads": [p.grad.cpu().tolist() for p in model.parameters()],
        "steps": [entry["step"] for entry in state.values() if "step" in entry],
        "random": vt_core.default_generator("cuda:0").get_state(),
    }


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("make", [decoder, dropping])
def test_replayed_steps_are_the_eager_ones(make: Any, optimizer: str) -> None:
    assert train(make, optimizer, True) == train(make, optimizer, False)


def test_replayed_steps_are_the_eager_ones_under_autocast() -> None:
    assert train(decoder, "AdamW", True, torch.bfloat16) == train(decoder, "AdamW", False, torch.bfloat16)


def test_replay_of_a_step_neither_waits_nor_launches_more_than_once() -> None:
    model, batches = dropping()
    model = model.to("cuda")
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)

    @vt_cuda.graph_step
    def step(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        optimizer.zero_grad()
        loss = model.loss(x, y)
        loss.backward()
        optimizer.step()
        return loss

    on_device = [(x.to("cuda"), y.to("cuda")) for x, y in batches]
    for x, y in on_device[:3]:
        step(x, y)
    before = vt_cuda.counters()
    for x, y in on_device[3:]:
        step(x, y)
    after = vt_cuda.counters()
    assert after["host_synchronizations"] == before["host_synchronizations"]
    assert after["raw_allocations"] == before["raw_allocations"]


def test_graph_of_ones_own_with_the_overlay_names() -> None:
    model, batches = dropping()
    model = model.to("cuda")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x, y = (part.to("cuda") for part in batches[0])

    def step() -> torch.Tensor:
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss(x, y)
        loss.backward()
        optimizer.step()
        return loss

    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    assert not torch.cuda.is_current_stream_capturing()
    with torch.cuda.graph(graph, pool=torch.cuda.graph_pool_handle()):
        assert torch.cuda.is_current_stream_capturing()
        loss = step()
    seen = []
    for new_x, new_y in batches[1:4]:
        x.copy_(new_x)
        y.copy_(new_y)
        graph.replay()
        seen.append(loss.item())
    assert len(set(seen)) == 3
    graph.reset()


REFUSED: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "item": ("item: cannot copy to pageable host memory", lambda loss: loss.item()),
    "numpy": ("cannot copy to pageable host memory", lambda loss: loss.detach().cpu().numpy()),
    "branch": ("item: cannot copy to pageable host memory", lambda loss: bool(loss > 0)),
    "synchronize": ("synchronize: the host cannot wait", lambda _: torch.cuda.synchronize()),
    "host tensor": ("cannot copy from pageable host memory", lambda loss: loss + torch.ones(2).to("cuda").sum()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_failed_capture_of_a_step_leaves_nothing_behind(name: str) -> None:
    model, batches = dropping()
    model = model.to("cuda")
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    match, spoil = REFUSED[name]
    spoiled = False

    def step(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss(x, y)
        loss.backward()
        optimizer.step()
        if spoiled:
            spoil(loss)
        return loss

    graphed = vt_cuda.graph_step(step)
    for x, y in batches[:2]:
        graphed(x, y)
    grads = [p.grad for p in model.parameters()]
    contents = [(p.tolist(), g.tolist()) for p, g in zip(model.parameters(), grads, strict=True)]
    generator = vt_core.default_generator("cuda:0")
    before = generator.get_state()
    gc.collect()
    allocated = vt_cuda.memory_allocated()
    spoiled = True
    with pytest.raises(RuntimeError, match=match):
        graphed(*batches[2])
    gc.collect()
    assert not torch.cuda.is_current_stream_capturing()
    assert generator.get_state() == before
    assert all(p.grad is g for p, g in zip(model.parameters(), grads, strict=True))
    assert [(p.tolist(), g.tolist()) for p, g in zip(model.parameters(), grads, strict=True)] == contents
    assert {entry["step"] for entry in optimizer.state_dict()["state"].values()} == {2}
    assert vt_cuda.memory_allocated() <= allocated
    spoiled = False
    assert graphed(*batches[2]).item() > 0


def test_first_step_and_host_counts_are_refused_by_name() -> None:
    def stepping(optimizer: Callable[[Any], torch.optim.Optimizer]) -> Step:
        p = torch.ones(4, device="cuda").requires_grad_(True)
        moved = optimizer([p])

        def step(x: torch.Tensor) -> None:
            (p * x).sum().backward()
            moved.step()

        return vt_cuda.graph_step(step, warmup=0)

    x = torch.ones(4)
    with pytest.raises(RuntimeError, match=r"AdamW\.step: a parameter has no state yet"):
        stepping(lambda p: torch.optim.AdamW(p))(x)
    with pytest.raises(RuntimeError, match=r"SGD\.step: a parameter has no state yet"):
        stepping(lambda p: torch.optim.SGD(p, momentum=0.9))(x)
    with pytest.raises(RuntimeError, match=r"NAdam\.step: it keeps counts on the host"):
        stepping(lambda p: torch.optim.NAdam(p))(x)


def test_learning_rate_in_a_tensor_is_read_by_the_device() -> None:
    rate = torch.tensor(0.5, dtype=torch.float64, device="cuda")
    p = torch.ones(4, device="cuda").requires_grad_(True)
    optimizer = torch.optim.SGD([p], lr=rate)

    @vt_cuda.graph_step
    def step(x: torch.Tensor) -> None:
        optimizer.zero_grad()
        (p * x).sum().backward()
        optimizer.step()

    for value in (0.5, 0.25, 1.0, 2.0):
        rate.fill_(value)
        step(torch.ones(4))
    assert p.tolist() == [1 - 3.75] * 4


def test_loaded_state_must_be_captured_anew() -> None:
    p = torch.ones(4, device="cuda").requires_grad_(True)
    optimizer = torch.optim.AdamW([p], lr=0.1)

    @vt_cuda.graph_step
    def step(x: torch.Tensor) -> None:
        optimizer.zero_grad()
        (p * x).sum().backward()
        optimizer.step()

    for _ in range(4):
        step(torch.ones(4))
    optimizer.load_state_dict(optimizer.state_dict())
    with pytest.raises(RuntimeError, match="capture anew"):
        step(torch.ones(4))
    step.reset()
    step(torch.ones(4))


def test_gradients_alone_in_a_graph() -> None:
    p = torch.ones(4, device="cuda").requires_grad_(True)

    @vt_cuda.graph_step
    def backward(x: torch.Tensor) -> torch.Tensor:
        loss = (p * x * x).sum()
        loss.backward()
        return loss

    for i in range(5):
        p.grad = None
        loss = backward(torch.full((4,), float(i)))
        assert loss.item() == 4.0 * i * i
        assert p.grad.tolist() == [float(i * i)] * 4


def graphed_parts(graphed: bool) -> list[Any]:
    torch.manual_seed(4)
    first = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Dropout(0.25)).to("cuda")
    second = nn.Linear(16, 4).to("cuda")
    x = torch.randn(5, 8, device="cuda")
    hidden = torch.randn(5, 16, device="cuda").requires_grad_(True)
    torch.manual_seed(5)
    if graphed:
        state = vt_core.default_generator("cuda:0").get_state()
        first, second = torch.cuda.make_graphed_callables((first, second), ((x,), (hidden,)))
        vt_core.default_generator("cuda:0").set_state(state)
    optimizer = torch.optim.SGD([*first.parameters(), *second.parameters()], lr=0.1)
    seen = []
    for i in range(4):
        optimizer.zero_grad(set_to_none=True)
        given = torch.full((5, 8), 0.1 * i, device="cuda")
        loss = (second(first(given)) ** 2).mean()
        loss.backward()
        optimizer.step()
        seen += [
            loss.item(),
            *(p.tolist() for p in first.parameters()),
            *(p.grad.tolist() for p in second.parameters()),
        ]
    return seen


def test_graphed_modules_train_as_they_are() -> None:
    assert graphed_parts(True) == graphed_parts(False)


def test_graphed_function_of_several_results() -> None:
    def function(a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        return a * b, (a + b).sum(), a > b

    a = torch.ones(3, device="cuda").requires_grad_(True)
    graphed = torch.cuda.make_graphed_callables(function, (a, torch.ones(3, device="cuda")))
    u = torch.tensor([1.0, 2.0, 3.0], device="cuda").requires_grad_(True)
    v = torch.tensor([2.0, 2.0, 2.0], device="cuda")
    product, total, greater = graphed(u, v)
    assert (product.tolist(), total.item(), greater.tolist()) == ([2.0, 4.0, 6.0], 12.0, [False, False, True])
    assert not greater.requires_grad
    (product * product).sum().backward()
    assert u.grad.tolist() == [8.0, 16.0, 24.0]
    product, total, _ = graphed(u, v)
    total.backward()  # adds to what the last replay wrote
    assert u.grad.tolist() == [9.0, 17.0, 25.0]
    with pytest.raises(ValueError, match=r"sizes \(2,\), expected"):
        graphed(torch.ones(2, device="cuda"), v)


def test_graphed_module_runs_as_it_is_in_the_other_mode() -> None:
    layer = nn.Dropout(0.5)
    module = torch.cuda.make_graphed_callables(layer, (torch.ones(1000, device="cuda"),))
    x = torch.ones(1000, device="cuda")
    drawn = [module(x).sum().item() for _ in range(3)]
    assert len(set(drawn)) > 1
    module.eval()
    assert module(x).sum().item() == 1000.0


def test_what_cannot_be_graphed_is_refused() -> None:
    x = torch.ones(3, device="cuda")
    with pytest.raises(RuntimeError, match="item: cannot copy to pageable host memory"):
        torch.cuda.make_graphed_callables(lambda a: a * a.sum().item(), (x,))
    with pytest.raises(TypeError, match="must be a tuple of tensors"):
        torch.cuda.make_graphed_callables(lambda a: a, (3,))
    with pytest.raises(ValueError, match="must be on a CUDA device"):
        torch.cuda.make_graphed_callables(lambda a: a, (torch.ones(3),))
    with pytest.raises(TypeError, match="must return a tensor"):
        torch.cuda.make_graphed_callables(lambda _: 3, (x,))
