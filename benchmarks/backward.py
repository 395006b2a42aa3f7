# SPDX-License-Identifier: Apache-2.0
"""Recording and backward against PyTorch, interleaved in one process: chains, a training step, two threads, saved bytes.

    python benchmarks/backward.py [--rounds N] [--json FILE]

Chains of 50 and of 100,000 ops: nanoseconds per op of the forward, the backward and the release of the graph. A training step
of a small network, whose kernels take little of it. Two threads that run backward on graphs of their own: their time in parts
of the time one thread needs for both. Graphs made where others have freed what they saved and keep their nodes. What a
transformer block keeps for its backward, beside its inputs, weights and result. Minima count where other programs run on the
machine; long chains, which it never leaves alone for so long, are measured in processor time.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

import decoder
import numpy as np
import torch
import twins
import vt_core
import vt_torch

Times = dict[str, dict[str, list[float]]]
LIBRARIES: dict[str, Any] = {"vt_torch": vt_torch, "torch": torch}
LENGTHS = {50: 100, 100_000: 1}  # ops of a chain, and chains per round
# Of what has been computed, a constant, and the leaf.
OPS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "o + b": lambda o, b, w: o + b,  # noqa: ARG005
    "o * b": lambda o, b, w: o * b,  # noqa: ARG005
    "o * w": lambda o, b, w: o * w,  # noqa: ARG005
    "o.relu()": lambda o, b, w: o.relu(),  # noqa: ARG005
    "o.view(8)": lambda o, b, w: o.view(8),  # noqa: ARG005
}


def time_chain(lib: Any, op: Callable[[Any, Any, Any], Any], length: int) -> tuple[float, float, float]:
    """Return nanoseconds per op of forward, backward and release."""
    now = time.perf_counter_ns if length < 1000 else time.thread_time_ns
    w, b = lib.ones(8).requires_grad_(), lib.ones(8)
    out = w
    start = now()
    for _ in range(length):
        out = op(out, b, w)
    recorded = now()
    out.backward(b)
    done = now()
    del out
    freed = now()
    return (recorded - start) / length, (done - recorded) / length, (freed - done) / length


def measure_chains(rounds: int) -> Times:
    """Time every chain."""
    results: Times = {}
    for length, repeats in LENGTHS.items():
        for label, op in OPS.items():
            phases = [f"{length:,} x o = {label}: {phase}" for phase in ("forward", "backward", "free")]
            for phase in phases:
                results[phase] = {name: [] for name in LIBRARIES}
            for _ in range(rounds if length < 1000 else max(rounds // 4, 3)):
                for name, lib in LIBRARIES.items():
                    for _ in range(repeats):
                        for phase, value in zip(phases, time_chain(lib, op, length), strict=True):
                            results[phase][name].append(value)
    return results


def training_step(lib: Any) -> Callable[[], Any]:
    """A network of 32, 64 and 10 units on 16 samples, cross-entropy, SGD."""
    rng = np.random.default_rng(0)
    x = lib.tensor(rng.normal(size=(16, 32)).astype("float32").tolist())
    y = lib.tensor(rng.integers(0, 10, 16).tolist())
    weights = [
        lib.tensor((0.1 * rng.normal(size=size)).astype("float32").tolist()).requires_grad_()
        for size in ((64, 32), (64,), (10, 64), (10,))
    ]
    functional = lib.nn.functional
    optimizer = lib.optim.SGD(weights, lr=1e-3)

    def step() -> Any:
        optimizer.zero_grad()
        hidden = functional.relu(functional.linear(x, weights[0], weights[1]))
        loss = functional.cross_entropy(functional.linear(hidden, weights[2], weights[3]), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def measure_steps(rounds: int) -> Times:
    """Time the training step."""
    steps = {name: training_step(lib) for name, lib in LIBRARIES.items()}
    results: Times = {"training step of a small network": {name: [] for name in LIBRARIES}}
    for _ in range(rounds * 5):
        for name, step in steps.items():
            start = time.perf_counter_ns()
            for _ in range(20):
                step()
            results["training step of a small network"][name].append((time.perf_counter_ns() - start) / 20)
    return results


Graph = tuple[Any, Any]  # a root and the gradient of its backward


def product_graphs(lib: Any, count: int, length: int = 1_000) -> list[Graph]:
    """Make graphs of so many products each, of 256 elements."""

    def graph() -> Graph:
        factor = lib.ones(256)
        out = lib.ones(256).requires_grad_()
        for _ in range(length):
            out = out * factor
        return out, factor

    return [graph() for _ in range(count)]


def run_backwards(graphs: list[Graph]) -> float:
    """Return seconds of the backwards of graphs, which keep their nodes."""
    start = time.perf_counter()
    for out, factor in graphs:
        out.backward(factor)
    return time.perf_counter() - start


def two_threads(lib: Any, num_graphs: int = 20) -> tuple[float, float]:
    """Return seconds of the backwards of two lists of graphs, one list after the other, and side by side.

    Each side runs one graph before the clock starts: a new thread has neither memory at hand nor a processor that is awake.
    The graphs of both are made while no others live, so that they lie alike.
    """

    def lists() -> list[list[Graph]]:
        return [product_graphs(lib, num_graphs + 1) for _ in range(2)]

    parts = lists()
    for part in parts:
        run_backwards(part[:1])
    serial = sum(run_backwards(part[1:]) for part in parts)
    parts.clear()
    parts = lists()
    gate = threading.Barrier(2)
    spans: list[tuple[float, float]] = []

    def work(part: list[Graph]) -> None:
        run_backwards(part[:1])
        gate.wait()
        begin = time.perf_counter()
        run_backwards(part[1:])
        spans.append((begin, time.perf_counter()))

    threads = [threading.Thread(target=work, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return serial, max(end for _, end in spans) - min(begin for begin, _ in spans)


def among_nodes(lib: Any, num_graphs: int = 40) -> tuple[float, float]:
    """Return seconds of the backwards of graphs, and of as many that are made when these have run and their nodes live."""
    first = product_graphs(lib, num_graphs)
    alone = run_backwards(first)
    return alone, run_backwards(product_graphs(lib, num_graphs))


def best_pairs(measured: Callable[[Any], tuple[float, float]], rounds: int) -> dict[str, tuple[float, float]]:
    """Return the best of each of two times for each library.

    Two threads run side by side only while both processors are theirs, which takes many rounds on a machine with others. Linux
    may also leave both on one processor for as long as a round takes: a ratio of one says that it always did, not that they
    waited for each other.
    """
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in LIBRARIES}
    for _ in range(rounds):
        for name, lib in LIBRARIES.items():
            samples[name].append(measured(lib))
    return {name: (min(s for s, _ in each), min(p for _, p in each)) for name, each in samples.items()}


@dataclass(frozen=True)
class BlockSizes:
    """Of the block whose saved bytes are counted: those of GPT-2's smallest."""

    dim: int = 768
    num_heads: int = 12

    @property
    def head_dim(self) -> int:
        return self.dim // self.num_heads


def block_and_inputs(lib: Any, module: Any) -> tuple[Any, tuple[Any, ...]]:
    sizes = BlockSizes()
    x = lib.ones((4, 256, sizes.dim)).requires_grad_()
    angles = lib.ones((256, sizes.head_dim // 2))
    return module(sizes), (x, angles.cos(), angles.sin())


def host_bytes() -> int:
    """What our host allocator has handed out, by its table `vt.core.alloc`."""
    core = ctypes.CDLL(str(vt_core.get_library_path()))
    table = ctypes.c_void_p()
    assert core.vt_get_interface(b"vt.core.alloc", 1, 0, ctypes.byref(table)) == 0
    # The header of 24 bytes, allocate, free, stats.
    stats = ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p))[5]
    counts = (ctypes.c_uint64 * 6)(48)  # struct_size, current_bytes, ...
    ctypes.CFUNCTYPE(None, ctypes.c_void_p)(stats)(ctypes.addressof(counts))
    return counts[1]


def saved_bytes_of_ours() -> int:
    """What the host allocator has handed out more of once the block was recorded, less the result."""
    block, inputs = block_and_inputs(vt_torch, decoder.Block)
    with vt_torch.no_grad():
        block(*inputs)  # what is made once
    gc.collect()
    before = host_bytes()
    out = block(*inputs)
    gc.collect()
    return host_bytes() - before - 4 * out.numel()


def saved_bytes_of_theirs() -> int:
    """The storages that PyTorch saves, each once, less those of inputs, weights and the result."""
    block, inputs = block_and_inputs(torch, twins.Block)
    saved: dict[int, int] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        saved[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        out = block(*inputs)
    own = (*inputs, *block.parameters(), out)
    return sum(nbytes for data, nbytes in saved.items() if data not in {t.untyped_storage().data_ptr() for t in own})


def print_times(results: Times) -> None:
    """Print minimum and median, and the ratio of minima."""
    width = max(map(len, results))
    print(f"{'ns: minimum (median)':<{width}}" + "".join(f"{name:>20}" for name in LIBRARIES) + "   ratio of minima")
    for label, times in results.items():
        cells = [f"{min(times[n]):.0f} ({statistics.median(times[n]):.0f})" for n in LIBRARIES]
        ratio = min(times["torch"]) / max(min(times["vt_torch"]), 0.1)
        print(f"{label:<{width}}" + "".join(f"{cell:>20}" for cell in cells) + f"   {ratio:.1f}x")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    for lib in LIBRARIES.values():
        lib.set_num_threads(1)
    gc.disable()
    times = measure_chains(options.rounds) | measure_steps(options.rounds)
    print_times(times)
    threads = best_pairs(two_threads, 3 * options.rounds)
    for name, (serial, parallel) in threads.items():
        print(
            f"{name}: two backwards {1e3 * serial:.1f} ms, in two threads {1e3 * parallel:.1f} ms: {parallel / serial:.2f}"
        )
    among = best_pairs(among_nodes, options.rounds)
    for name, (alone, beside) in among.items():
        print(f"{name}: graphs {1e3 * alone:.1f} ms, made among the nodes of others {1e3 * beside:.1f} ms")
    saved = {"vt_torch": saved_bytes_of_ours(), "torch": saved_bytes_of_theirs()}
    for name, nbytes in saved.items():
        print(f"{name}: a transformer block of (4, 256, 768) saves {nbytes / 2**20:.1f} MiB")
    if options.json:
        options.json.write_text(
            json.dumps({"times": times, "threads": threads, "among_nodes": among, "saved_bytes": saved})
        )


if __name__ == "__main__":
    main()
