# SPDX-License-Identifier: Apache-2.0
"""Training steps, kernels and calls on a GPU against PyTorch, interleaved in one process.

    python benchmarks/gpu.py workloads [--only reverse,vit,shakespeare] [--precision f32,tf32,bf16] [--form eager,graph]
    python benchmarks/gpu.py kernels [--only NAME,...]
    python benchmarks/gpu.py calls [--only NAME,...]

`workloads` takes whole training steps of the programs of examples/ with the same weights, batches, optimiser and clipping on both
sides, as they are and as one graph; batches are on the device before the clock starts, and the first losses have to agree. With `--profile`
nothing is timed, and the kernels of a step are listed by the time they take. `kernels` times single operators with empty caches
(products and optimisers: in a row) and gives their part of the device's ceiling, measured first. `calls` times the host.
`--device cpu` tries the programs themselves, in small sizes.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

import gpu_rows
import torch
import train_reverse
import twins
import twins_vit
import vt_torch
from decoder import Decoder, DecoderConfig
from gpu_timing import Clock
from vit import ViT, ViTConfig

LIBRARIES: dict[str, Any] = {"ours": vt_torch, "torch": torch}
PRECISIONS = ("f32", "tf32", "bf16")
FORMS = ("eager", "graph")
NUM_BATCHES = 8
LOSS_TOLERANCE = {"f32": 1e-4, "tf32": 5e-3, "bf16": 2e-2}
Step = Callable[[Any, Any], Any]
Batches = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Workload:
    """A model with its twin, its batches and how it is trained."""

    model: Callable[[], Any]
    twin: type[torch.nn.Module]
    batch: Callable[[int], tuple[Any, Any]]  # on the CPU
    optimizer: Callable[[Any, list[Any], bool], Any]  # of a library, for parameters, to be captured or not
    clip: Callable[[Any, list[Any]], Any]
    steps: int


def adamw(decay: float, lr: float, betas: tuple[float, float]) -> Callable[[Any, list[Any], bool], Any]:
    """Return what makes AdamW with weight decay on matrices alone."""

    def make(lib: Any, parameters: list[Any], captured: bool) -> Any:
        groups = [
            {"params": [p for p in parameters if p.dim() > 1], "weight_decay": decay},
            {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
        ]
        return lib.optim.AdamW(groups, lr=lr, betas=betas, eps=1e-8, fused=True, capturable=captured)

    return make


def decoder_workload(config: DecoderConfig, rows: int, **training: Any) -> Workload:
    def tokens(number: int) -> tuple[Any, Any]:
        generator = torch.Generator().manual_seed(number)
        drawn = torch.randint(0, config.num_tokens, (rows, config.block + 1), generator=generator)
        return drawn[:, :-1].contiguous(), drawn[:, 1:].contiguous()

    return Workload(lambda: Decoder(config), twins.Decoder, **({"batch": tokens} | training))


def vit_workload(config: ViTConfig, rows: int, **training: Any) -> Workload:
    def images(number: int) -> tuple[Any, Any]:
        generator = torch.Generator().manual_seed(number)
        pixels = torch.randn(rows, config.num_channels, config.image, config.image, generator=generator)
        return pixels, torch.randint(0, config.num_classes, (rows,), generator=generator)

    return Workload(lambda: ViT(config), twins_vit.ViT, batch=images, **training)


def reversals(number: int) -> tuple[Any, Any]:
    x, y = train_reverse.batch_of(123, number)
    return torch.from_numpy(x.numpy()), torch.from_numpy(y.numpy())


def workloads(small: bool) -> dict[str, Workload]:
    reverse = decoder_workload(
        train_reverse.CONFIG,
        train_reverse.BATCH,
        batch=reversals,
        optimizer=lambda lib, parameters, captured: lib.optim.SGD(parameters, lr=0.1, fused=True),  # noqa: ARG005
        clip=lambda lib, parameters: lib.nn.utils.clip_grad_value_(parameters, 1.0),
        steps=200,
    )
    vit = vit_workload(
        ViTConfig(dim=32, num_heads=2, num_layers=2) if small else ViTConfig(dim=256, num_heads=8, num_layers=6),
        2 if small else 256,
        optimizer=adamw(0.0, 3e-4, (0.9, 0.999)),
        clip=lambda lib, parameters: None,  # noqa: ARG005
        steps=60,
    )
    shakespeare = decoder_workload(
        DecoderConfig(64, 16, 32, 2, 2) if small else DecoderConfig(4096, 128, 256, 8, 6),
        2 if small else 64,
        optimizer=adamw(0.1, 1e-3, (0.9, 0.95)),
        clip=lambda lib, parameters: lib.nn.utils.clip_grad_norm_(parameters, 1.0),
        steps=100,
    )
    return {"reverse": reverse, "vit": vit, "shakespeare": shakespeare}


def set_precision(precision: str) -> None:
    name = "high" if precision == "tf32" else "highest"
    torch.set_float32_matmul_precision(name)
    vt_torch.set_float32_matmul_precision(name)


def step_of(lib: Any, model: Any, workload: Workload, precision: str, captured: bool, device: str) -> Step:
    """Return one training step of a library."""
    parameters = list(model.parameters())
    optimizer = workload.optimizer(lib, parameters, captured)

    def step(x: Any, y: Any) -> Any:
        optimizer.zero_grad()
        with lib.autocast(device, lib.bfloat16, enabled=precision == "bf16"):
            loss = model.loss(x, y)
        loss.backward()
        workload.clip(lib, parameters)
        optimizer.step()
        return loss

    return step


def graph_of(name: str, step: Step, batch: tuple[Any, Any]) -> Step:
    """Return the step as one graph, warmed up and captured."""
    if name == "ours":
        import vt_cuda

        run = vt_cuda.graph_step(step, warmup=3)
        for _ in range(4):
            run(*batch)
        return run
    inputs = [t.clone() for t in batch]
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(4):
            step(*inputs)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        loss = step(*inputs)

    def replay(*given: Any) -> Any:
        for place, tensor in zip(inputs, given, strict=True):
            place.copy_(tensor)
        graph.replay()
        return loss

    return replay


class Pair:
    """A workload in both libraries, from the same weights on the same batches."""

    def __init__(self, workload: Workload, precision: str, form: str, device: str) -> None:
        set_precision(precision)
        vt_torch.manual_seed(7)
        model = workload.model().to(vt_torch.device(device))
        models = {"ours": model, "torch": twins.twin_of(model, device, workload.twin)}
        drawn = [workload.batch(i) for i in range(NUM_BATCHES)]
        self.batches: dict[str, Batches] = {
            "ours": [tuple(vt_torch.from_numpy(t.numpy()).to(device) for t in batch) for batch in drawn],
            "torch": [tuple(t.to(device) for t in batch) for batch in drawn],
        }
        self.steps: dict[str, Step] = {}
        first: dict[str, float] = {}
        for name, lib in LIBRARIES.items():
            step = step_of(lib, models[name], workload, precision, form == "graph", device)
            first[name] = step(*self.batches[name][0]).item()
            self.steps[name] = graph_of(name, step, self.batches[name][0]) if form == "graph" else step
        if abs(first["ours"] - first["torch"]) > LOSS_TOLERANCE[precision] * (1 + abs(first["torch"])):
            raise SystemExit(
                f"error: first losses differ: {first['ours']} and {first['torch']}; figures would mean nothing"
            )

    def job(self, name: str) -> Callable[[int], Any]:
        step, batches = self.steps[name], self.batches[name]
        return lambda number: step(*batches[number % NUM_BATCHES])


def run_workloads(options: argparse.Namespace, clock: Clock) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    chosen = workloads(not clock.is_cuda)
    for name in options.only or list(chosen):
        for precision in options.precision:
            for form in options.form:
                if form == "graph" and (not clock.is_cuda or options.profile):
                    continue
                pair = Pair(chosen[name], precision, form, options.device)
                if options.profile:
                    for side in LIBRARIES:
                        profile(f"{name} {precision} {side}", pair.job(side), options.profile)
                    continue
                steps = chosen[name].steps if clock.is_cuda else 2
                jobs = {side: pair.job(side) for side in LIBRARIES}
                figures = clock.steps(jobs, steps, options.rounds, 10 if clock.is_cuda else 1)
                show(f"{name} {precision} {form}", figures, "ms")
                records.append({"row": f"{name} {precision} {form}", "unit": "ms", **figures})
    return records


def profile(title: str, job: Callable[[int], Any], most: int) -> None:
    """Print the kernels of a step by the time they take."""
    from torch.autograd import DeviceType
    from torch.profiler import ProfilerActivity
    from torch.profiler import profile as profiler

    steps = 5
    for step in range(5):
        job(step)
    torch.cuda.synchronize()
    with profiler(activities=[ProfilerActivity.CUDA]) as record:
        for step in range(steps):
            job(step)
        torch.cuda.synchronize()
    spent: dict[str, list[float]] = defaultdict(list)
    for event in record.events():
        if event.device_type == DeviceType.CUDA:
            spent[event.name].append(event.time_range.elapsed_us())
    total = sum(map(sum, spent.values())) / steps
    print(f"{title}: {sum(map(len, spent.values())) / steps:.0f} kernels, busy for {total:.0f} us a step")
    for name, times in sorted(spent.items(), key=lambda item: -sum(item[1]))[:most]:
        share = sum(times) / steps
        print(
            f"  {share:9.1f} us {share / total:6.1%} {len(times) / steps:6.1f} x {sum(times) / len(times):8.1f}  {name[:150]}"
        )


def show(row: str, figures: dict[str, float], unit: str, note: str = "") -> None:
    ratio = f"ratio {figures['ours'] / figures['torch']:6.3f}" if "torch" in figures else ""
    sides = "  ".join(f"{name} {value:9.4f} {unit}" for name, value in figures.items())
    print(f"{row:48s} {sides}  {ratio} {note}", flush=True)


def main() -> None:
    listed = lambda text: [part for part in text.split(",") if part]  # noqa: E731
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("workloads", "kernels", "calls"))
    parser.add_argument("--only", type=listed, default=[], help="rows whose name has one of these")
    parser.add_argument("--precision", type=listed, default=list(PRECISIONS), help=f"of {', '.join(PRECISIONS)}")
    parser.add_argument("--form", type=listed, default=list(FORMS), help=f"of {', '.join(FORMS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", type=int, nargs="?", const=30, default=0, help="list so many kernels of each step")
    parser.add_argument("--device", default="cuda", choices=("cuda", "cpu"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    unknown = {*options.precision} - {*PRECISIONS} | {*options.form} - {*FORMS}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    clock = Clock(options.device)
    torch.set_num_threads(1)
    machine = torch.cuda.get_device_name() if clock.is_cuda else platform.processor() or "CPU"
    print(f"{machine}, torch {torch.__version__}, vt_torch {vt_torch.__version__}", flush=True)
    with clock.shared_stream():
        if options.command == "workloads":
            records = run_workloads(options, clock)
        elif options.command == "kernels":
            records = gpu_rows.run_kernels(LIBRARIES, clock, options.only, show)
        else:
            records = gpu_rows.run_calls(LIBRARIES, clock, options.only, show)
    if options.json is not None:
        options.json.write_text(json.dumps({"machine": machine, "torch": torch.__version__, "rows": records}, indent=1))


if __name__ == "__main__":
    main()
