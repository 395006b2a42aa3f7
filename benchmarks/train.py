# SPDX-License-Identifier: Apache-2.0
"""Trains the programs of examples/ beside their PyTorch twins, from the same weights on the same batches.

Prints whether the losses are the same, and step times with their ratio: steps of both alternate, so that whatever else the
machine does falls on both. ``python benchmarks/train.py reverse|vit|small|base|shakespeare [--text|--data FILE] [--steps N] ...``

How far PyTorch is from itself is measured by further twins, beside the first with ``--spread N``, or apart from it, on as many
cores as there are: ``--alone --moved SEED [--other-order] --json FILE`` trains one twin, ``--runs FILE ...`` counts those among
the twins.
``--again FILE`` takes what a comparison wrote with ``--json`` in place of training, to count further twins.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import pairs
import torch as peer
import vt_torch
from closeness import compare, is_same, largest_distances, window_means
from spread import order_of_sums


def synchronize(options: argparse.Namespace) -> None:
    if options.device == "cuda":
        vt_torch.cuda.synchronize()
    if options.peer_device == "cuda":
        peer.cuda.synchronize()


def driver_calls(options: argparse.Namespace) -> dict[str, int]:
    """Return how often our side has called the CUDA driver so far, by kind."""
    return vt_torch.cuda.counters() if options.device == "cuda" else {}


# What runs have in common that are compared.
SETTINGS = ("workload", "dtype", "steps", "batch", "seed")


def settings(options: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(options, name) for name in SETTINGS}


def runs_apart(options: argparse.Namespace) -> list[list[float]]:
    """Return the losses of twins that were trained apart."""
    runs: list[list[float]] = []
    for path in options.runs:
        record = json.loads(path.read_text())
        different = [name for name, value in settings(options).items() if record[name] != value]
        if different:
            raise SystemExit(f"error: {path}: another run: {', '.join(different)} differ")
        runs.append(record["losses"])
    return runs


def train_alone(options: argparse.Namespace) -> dict[str, Any]:
    """Train one twin of PyTorch, which counts among those of a later comparison."""
    pair = pairs.WORKLOADS[options.workload](options)
    with order_of_sums(options.peer_device, options.other_order):
        losses = [pair.theirs.step(step, *pair.batch(step)[1]).detach() for step in range(options.steps)]
    return {**settings(options), "moved": options.moved, "losses": [float(loss.item()) for loss in losses]}


def compare_again(options: argparse.Namespace, apart: list[list[float]]) -> dict[str, Any]:
    """Return the record of an earlier comparison, with the twins that were trained apart counted."""
    record: dict[str, Any] = json.loads(options.again.read_text())
    asked = {**settings(options), "device": options.device, "threads": options.threads}
    different = [name for name, value in asked.items() if record[name] != value]
    if different:
        raise SystemExit(f"error: {options.again}: another run: {', '.join(different)} differ")
    spread = largest_distances([record["losses"], *apart], options.dtype)
    record["spread"] = list(map(max, spread, record.get("spread", (0.0, 0.0))))
    return record


def run(options: argparse.Namespace) -> dict[str, Any]:
    apart = runs_apart(options)
    if options.again is not None:
        return compare_again(options, apart)
    pair = pairs.WORKLOADS[options.workload](options)
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    losses: dict[str, list[Any]] = {"ours": [], "theirs": []}
    calls: list[dict[str, int]] = []
    for step in range(options.steps):
        our_batch, their_batch = pair.batch(step)
        synchronize(options)
        jobs = [
            ("ours", lambda batch=our_batch, step=step: pair.our_step(step, *batch)),
            ("theirs", lambda batch=their_batch, step=step: pair.theirs.step(step, *batch)),
        ]
        for name, job in jobs if step % 2 == 0 else reversed(jobs):
            before = driver_calls(options)
            begin = time.perf_counter()
            loss = job()
            if name == "ours":
                calls.append({key: count - before[key] for key, count in driver_calls(options).items()})
            synchronize(options)
            times[name].append(time.perf_counter() - begin)
            losses[name].append(loss.detach())
        pair.spread.step(step, *their_batch)
    ours = [float(loss.item()) for loss in losses["ours"]]
    theirs = [float(loss.item()) for loss in losses["theirs"]]
    first, windows = compare(ours, theirs, options.dtype)
    skipped = min(10, options.steps // 2)
    medians = {name: 1e3 * statistics.median(values[skipped:]) for name, values in times.items()}
    minima = {name: 1e3 * min(values[skipped:]) for name, values in times.items()}
    record: dict[str, Any] = {
        **settings(options),
        "device": options.device,
        "threads": options.threads,
        "first_20": first,
        "windows": windows,
        "median_ms": medians,
        "minimum_ms": minima,
        "ours": ours,
        "losses": theirs,
        "window_means": [window_means(ours), window_means(theirs)],
        # The last steps: what the first ones do once, as loading code, is no part of a step.
        "driver_calls": {key: max(c[key] for c in calls[skipped:]) for key in calls[0]},
    }
    if options.spread or apart:
        record["spread"] = pair.spread.worst(theirs, options.dtype, apart)
    if options.finish:
        record["validation"] = pair.validation()
    return record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", choices=tuple(pairs.WORKLOADS))
    parser.add_argument("--text", type=Path, help="what a GPT learns (default: sources of Python's standard library)")
    parser.add_argument("--data", type=Path, help="what vit learns: CIFAR-10's binary file, or the folder of them")
    parser.add_argument("--test", type=Path, help="what vit is tested on with --finish")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--batch", type=int, help="sequences or images of a step (default: the program's)")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--peer-device", choices=("cpu", "cuda"), help="where PyTorch trains (default: as --device)")
    parser.add_argument("--dtype", default="f32", choices=("f32", "bf16"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--finish", action="store_true", help="--steps is a whole training: compare validation losses")
    parser.add_argument("--spread", type=int, default=0, help="further twins, to see how far PyTorch is from itself")
    parser.add_argument("--spread-steps", type=int, help="steps that those take (default: all)")
    parser.add_argument("--moved", type=int, metavar="SEED", help="move the twin's weights by one rounding")
    parser.add_argument(
        "--other-order", action="store_true", help="with --alone: sum in another order than PyTorch's usual"
    )
    parser.add_argument("--alone", action="store_true", help="train the twin alone, for --runs of a comparison")
    parser.add_argument("--runs", type=Path, nargs="+", default=[], help="files of --alone that count as further twins")
    parser.add_argument("--again", type=Path, metavar="FILE", help="count --runs in what an earlier --json holds")
    parser.add_argument("--json", type=Path, help="write what was measured to this file")
    options = parser.parse_args()
    if options.again is not None and not options.runs:
        parser.error("--again: name further twins with --runs")
    if options.other_order and not options.alone:
        parser.error("--other-order: is of a twin that trains --alone")
    options.peer_device = options.peer_device or options.device
    options.spread_steps = options.spread_steps or options.steps
    vt_torch.set_num_threads(options.threads)
    peer.set_num_threads(options.threads)
    if options.alone:
        if options.json is None:
            parser.error("--alone: name a file with --json")
        options.json.write_text(json.dumps(train_alone(options)))
        return
    record = run(options)
    median, minimum = record["median_ms"], record["minimum_ms"]
    first, windows = record["first_20"], record["windows"]
    if "spread" in record:
        print("Between PyTorch's own runs: {:.2f} and {:.2f} of the tolerance".format(*record["spread"]))
    same = is_same((first, windows), record.get("spread", (0.0, 0.0)))
    print(
        f"{options.workload} {options.device} {options.dtype}, PyTorch on {options.peer_device}, "
        f"{options.threads} threads, {options.steps} steps{f' of {options.batch}' if options.batch else ''}: "
        f"losses {'SAME' if same else 'DIFFERENT'} ({first:.2f} and {windows:.2f} of the tolerance); "
        f"step {median['ours']:.2f} ms, PyTorch {median['theirs']:.2f} ms (medians), "
        f"ratio {median['ours'] / median['theirs']:.2f}, of minima {minimum['ours'] / minimum['theirs']:.2f}"
    )
    if record["driver_calls"]:
        print("driver calls of a step:", ", ".join(f"{n} {key}" for key, n in record["driver_calls"].items()))
    if "validation" in record:
        ours, theirs = record["validation"]
        print(f"validation loss {ours:.4f}, PyTorch {theirs:.4f}: {100 * abs(ours / theirs - 1):.2f} % apart")
    if options.json is not None:
        options.json.write_text(json.dumps(record))


if __name__ == "__main__":
    main()
