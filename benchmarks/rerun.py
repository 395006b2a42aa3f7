# SPDX-License-Identifier: Apache-2.0
"""Trains the programs of examples/ in full size more than once and says whether all bits are the same.

``python benchmarks/rerun.py [reverse vit shakespeare] [--device cuda] [--dtype f32 bf16] [--steps N] [--cpu [--spread N]] --data FILE --text FILE``

Each runs three times, in processes of their own: as it is, again, and with memory that is full of NaN whenever it is handed out or
freed (VT_FILL_MEMORY). With --cpu the losses in float32 are compared with those of the CPU too: Note [The same losses]. How far
PyTorch is from itself on the device, by N + 1 twins, is allowed with --spread.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import programs
import vt_torch
from closeness import compare, is_same, largest_distances

TRAIN = Path(__file__).with_name("train.py")
WORKLOADS = ("reverse", "vit", "shakespeare")
RUNS = {"first": {}, "rerun": {}, "in memory full of NaN": {"VT_FILL_MEMORY": "1"}}


def digest(model: Any) -> str:
    """Of every bit of the weights."""
    found = hashlib.sha256()
    for parameter in model.parameters():
        found.update(parameter.detach().cpu().contiguous().view(-1))
    return found.hexdigest()


def train(options: argparse.Namespace) -> dict[str, Any]:
    """Train one program in this process."""
    vt_torch.set_num_threads(options.threads)
    program = programs.PROGRAMS[options.workload](options)
    losses = [
        program.step(step, *program.on_device(program.made(step))).detach().cpu() for step in range(options.steps)
    ]
    return {"losses": [loss.item().hex() for loss in losses], "weights": digest(program.model)}


def trained(options: argparse.Namespace, environment: dict[str, str]) -> dict[str, Any]:
    """Train one program in a process of its own."""
    command = [sys.executable, __file__, "--alone", json.dumps(vars(options), default=str)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"error: {options.workload} {options.device} {options.dtype}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def same_bits(first: dict[str, Any], other: dict[str, Any]) -> str:
    """Say whether two runs are the same, or from where on they are not."""
    if first == other:
        return "SAME bits"
    steps = [i for i, pair in enumerate(zip(first["losses"], other["losses"], strict=True)) if pair[0] != pair[1]]
    return f"DIFFERENT from step {steps[0]} on" if steps else "DIFFERENT weights after the same losses"


def floats(run: dict[str, Any]) -> list[float]:
    return [float.fromhex(loss) for loss in run["losses"]]


def twin(options: argparse.Namespace, moved: int | None) -> list[float]:
    """Return the losses of a program's twin in PyTorch, trained in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "twin.json")
        command = [sys.executable, str(TRAIN), options.workload, "--alone", "--json", str(out)]
        for name in ("device", "dtype", "threads", "steps", "seed", "batch", "text", "data"):
            if (value := getattr(options, name)) is not None:
                command += [f"--{name}", str(value)]
        command += [] if moved is None else ["--moved", str(moved)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"error: {options.workload} in PyTorch: {done.stderr[-2000:]}")
        return json.loads(out.read_text())["losses"]


def report(case: argparse.Namespace, runs: dict[str, Any], cpu: Any, twins: list[list[float]]) -> bool:
    """Print what a program's runs have in common; return whether that is what it must be."""
    first = runs["first"]
    told = {name: same_bits(first, run) for name, run in runs.items() if name != "first"}
    losses = floats(first)
    if cpu is not None:
        parts = compare(losses, floats(cpu), case.dtype)
        spread = largest_distances(twins, case.dtype)
        word = "SAME losses" if is_same(parts, spread) else "DIFFERENT losses"
        told["on the CPU"] = f"{word}, {parts[0]:.3f} and {parts[1]:.3f} of the tolerance"
        if twins:
            told["on the CPU"] += f" (between {len(twins)} runs of PyTorch {spread[0]:.3f} and {spread[1]:.3f})"
    text = "; ".join(f"{name}: {what}" for name, what in told.items())
    print(f"{case.workload} {case.device} {case.dtype}, {case.steps} steps to {losses[-1]:.4f}: {text}", flush=True)
    return all(what.startswith("SAME") for what in told.values())


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=f"default: {' '.join(WORKLOADS)}")
    parser.add_argument("--device", default="cuda", choices=("cpu", "cuda"))
    parser.add_argument("--dtype", nargs="+", default=["f32", "bf16"], choices=("f32", "bf16"))
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--batch", type=int, help="sequences or images of a step (default: the program's)")
    parser.add_argument("--cpu", action="store_true", help="compare with the CPU")
    parser.add_argument("--spread", type=int, default=0, help="with --cpu: further twins in PyTorch, on the device")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of the CPU's runs")
    parser.add_argument("--jobs", type=int, default=3, help="processes at a time, not counting that on the CPU")
    parser.add_argument("--text", type=Path, help="what a GPT learns (default: sources of Python's standard library)")
    parser.add_argument("--data", type=Path, help="what vit learns: CIFAR-10's binary file, or the folder of them")
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    if unknown := sorted(set(options.workloads) - set(programs.PROGRAMS)):
        parser.error(f"no such workload: {', '.join(unknown)}")
    if options.spread and not options.cpu:
        parser.error("--spread: allows for what is compared with the CPU; name --cpu too")
    return options


def main() -> int:
    options = parse_arguments()
    shared = {name: getattr(options, name) for name in ("steps", "batch", "text", "data", "seed")}
    shared |= {"test": None, "finish": False}

    def case(workload: str, device: str, dtype: str, threads: int) -> argparse.Namespace:
        return argparse.Namespace(**shared, workload=workload, device=device, dtype=dtype, threads=threads)

    workloads = options.workloads or WORKLOADS
    all_same = True
    with ThreadPoolExecutor(options.jobs) as pool, ThreadPoolExecutor(1) as on_cpu:
        references: dict[str, Future[Any]] = {}
        if options.cpu:
            cpu_cases = {w: case(w, "cpu", "f32", options.threads) for w in workloads}
            references = {w: on_cpu.submit(trained, c, {}) for w, c in cpu_cases.items()}
        # Batches of a run on a GPU are made by one thread.
        threads = 1 if options.device == "cuda" else options.threads
        cases = [case(w, options.device, d, threads) for w in workloads for d in options.dtype]
        runs = [{name: pool.submit(trained, c, env) for name, env in RUNS.items()} for c in cases]
        seeds = [None, *range(options.spread)] if options.spread else []
        twins = {c.workload: [pool.submit(twin, c, seed) for seed in seeds] for c in cases if c.dtype == "f32"}
        for c, futures in zip(cases, runs, strict=True):
            compared = options.cpu and c.dtype == "f32"
            cpu = references[c.workload].result() if compared else None
            theirs = [future.result() for future in twins[c.workload]] if compared else []
            all_same &= report(c, {name: future.result() for name, future in futures.items()}, cpu, theirs)
    return 0 if all_same else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        given = json.loads(sys.argv[2])
        given |= {name: given[name] and Path(given[name]) for name in ("text", "data")}
        print(json.dumps(train(argparse.Namespace(**given))))
    else:
        sys.exit(main())
