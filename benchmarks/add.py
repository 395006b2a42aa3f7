# SPDX-License-Identifier: Apache-2.0
"""Eager overhead per operation against PyTorch (one thread) and NumPy, interleaved in one process.

    python benchmarks/add.py [--core] [--rounds N] [--json FILE]

The tensors have one to six elements, so what is measured is the way to the kernel and back. Each row is timed in rounds,
one library after the other within a round, so that a slow phase of the machine falls on all of them; the empty loop is
subtracted. `--core` measures vt_core tensors without vt_torch in the process; otherwise they are vt_torch tensors with
every package imported, grad mode on.
"""

import argparse
import contextlib
import gc
import importlib.util
import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CHAIN_LENGTH = 50
LOOP = 2000


class Library:
    """One library under measurement: the names its statements see, and how it runs backward."""

    def __init__(self, name: str, names: dict[str, Any], backward: Callable[[Any], None] | None) -> None:
        self.name = name
        self.names = names
        self.backward = backward
        self.no_grad: Callable[[], Any] = contextlib.nullcontext


def _torch_like(name: str, module: Any, backward: Callable[[Any], None]) -> Library:
    names: dict[str, Any] = {"a": module.tensor([1.0]), "b": module.tensor([2.0]), "error": RuntimeError}
    names["m"] = module.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    names["r"] = module.tensor([[1.0], [2.0]])
    names["q"] = module.tensor([[1.0, 2.0], [3.0, 4.0]])
    names["w"] = module.tensor([3.0]).requires_grad_()
    functions = module if hasattr(module, "add") else module.ops
    names["add"], names["sum"] = functions.add, functions.sum
    return Library(name, names, backward)


def libraries(core_only: bool) -> list[Library]:
    """Return ours first, then PyTorch and NumPy."""
    import numpy as np
    import torch
    import vt_autograd

    torch.set_num_threads(1)
    if core_only:
        import vt_core as ours

        mine = _torch_like("vt_core", ours, vt_autograd.backward)
        mine.no_grad = vt_autograd.no_grad
    else:
        for optional in ("vt_cuda", "vt_kernels", "vt_fabric"):
            if importlib.util.find_spec(optional):
                importlib.import_module(optional)
        import vt_torch as ours

        mine = _torch_like("vt_torch", ours, lambda root: root.backward())
        mine.no_grad = ours.no_grad
    peer = _torch_like("torch", torch, lambda root: root.backward())
    peer.no_grad = torch.no_grad
    arrays = {k: v.detach().numpy().copy() for k, v in peer.names.items() if isinstance(v, torch.Tensor) and k != "w"}
    array_names = arrays | {"add": np.add, "sum": np.sum, "error": ValueError}
    return [mine, peer, Library("numpy", array_names, None)]


# Label, statement, statement for NumPy where it is written otherwise (None: NumPy has no such thing).
ROWS: list[tuple[str, str, str | None]] = [
    ("a + b", "a + b", "a + b"),
    ("(2,3) + (2,1)", "m + r", "m + r"),
    ("a + 2.0", "a + 2.0", "a + 2.0"),
    ("w + b, recorded", "w + b", None),
    ("w * b, one saved", "w * b", None),
    ("w * w, two saved", "w * w", None),
    ("w + b, no_grad", "w + b", None),
    ("add(a, b)", "add(a, b)", "add(a, b)"),
    ("add(a, b, alpha=2)", "add(a, b, alpha=2)", None),
    ("a.add(b)", "a.add(b)", None),
    ("a.add(b, alpha=2)", "a.add(b, alpha=2)", None),
    ("sum(m, dim=1, keepdim=True)", "sum(m, dim=1, keepdim=True)", "sum(m, axis=1, keepdims=True)"),
    ("m.view(3, 2)", "m.view(3, 2)", "m.reshape(3, 2)"),
    ("m[0]", "m[0]", "m[0]"),
    ("m.shape", "m.shape", "m.shape"),
    ("size mismatch, caught", "\n  try: m + q\n  except error: pass", "\n  try: m + q\n  except error: pass"),
]


def compile_loop(statement: str, names: dict[str, Any]) -> Callable[[Iterator[None]], None]:
    """Return a function that runs the statement once per item, its names as locals."""
    used = [name for name in names if name in statement]
    source = f"def loop(it, {', '.join(used)}):\n for _ in it:\n  {statement}\n"
    scope: dict[str, Any] = {}
    exec(source, scope)
    values = [names[name] for name in used]
    return lambda it: scope["loop"](it, *values)


def time_loop(loop: Callable[[Iterator[None]], None]) -> float:
    """Return nanoseconds per pass."""
    start = time.perf_counter_ns()
    loop(itertools.repeat(None, LOOP))
    return (time.perf_counter_ns() - start) / LOOP


def measure_rows(libs: list[Library], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Time every row for every library that has it."""
    empty = compile_loop("pass", {})
    results: dict[str, dict[str, list[float]]] = {}
    for label, statement, for_numpy in ROWS:
        loops: list[tuple[Library, Callable[[Iterator[None]], None]]] = []
        for lib in libs:
            text = for_numpy if lib.name == "numpy" else statement
            if text is not None:
                loops.append((lib, compile_loop(text, lib.names)))
        times: dict[str, list[float]] = {lib.name: [] for lib, _ in loops}
        for _ in range(rounds):
            overhead = min(time_loop(empty) for _ in range(3))
            for lib, loop in loops:
                with lib.no_grad() if "no_grad" in label else contextlib.nullcontext():
                    times[lib.name].append(time_loop(loop) - overhead)
        results[label] = times
    return results


def time_chain(lib: Library, operator: str, other: str) -> tuple[float, float, float]:
    """Return nanoseconds per op of a chain's forward, backward and release."""
    w, b = lib.names["w"], lib.names["w" if other == "w" else "b"]
    w.grad = None
    out = w
    start = time.perf_counter_ns()
    if operator == "+":
        for _ in range(CHAIN_LENGTH):
            out = out + b
    else:
        for _ in range(CHAIN_LENGTH):
            out = out * b
    recorded = time.perf_counter_ns()
    assert lib.backward is not None
    lib.backward(out)
    done = time.perf_counter_ns()
    del out
    freed = time.perf_counter_ns()
    return tuple(t / CHAIN_LENGTH for t in (recorded - start, done - recorded, freed - done))  # type: ignore[return-value]


def measure_chains(libs: list[Library], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Time chains of fifty recorded ops."""
    results: dict[str, dict[str, list[float]]] = {}
    for operator, other in (("+", "b"), ("*", "b"), ("*", "w")):
        phases = [f"{CHAIN_LENGTH} x o = o {operator} {other}: {p}" for p in ("forward", "backward", "free")]
        for phase in phases:
            results[phase] = {lib.name: [] for lib in libs if lib.backward}
        for _ in range(rounds * 20):
            for lib in libs:
                if lib.backward:
                    for phase, value in zip(phases, time_chain(lib, operator, other)):
                        results[phase][lib.name].append(value)
    return results


def print_table(results: dict[str, dict[str, list[float]]], names: list[str]) -> None:
    """Print minimum and median nanoseconds, and how many times slower the others are than the first library."""
    width = max(map(len, results))
    print(f"{'ns: minimum (median)':<{width}}" + "".join(f"{name:>20}" for name in names) + "   ratio of minima")
    for label, times in results.items():
        cells = [f"{min(times[n]):.0f} ({statistics.median(times[n]):.0f})" if n in times else "" for n in names]
        base = max(min(times[names[0]]), 0.1)
        ratios = [f"{n} {min(times[n]) / base:.1f}x" for n in names[1:] if n in times]
        print(f"{label:<{width}}" + "".join(f"{cell:>20}" for cell in cells) + "   " + ", ".join(ratios))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--core", action="store_true", help="vt_core tensors, without vt_torch in the process")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", type=Path, default=None)
    options = parser.parse_args()
    libs = libraries(options.core)
    gc.disable()
    results = measure_rows(libs, options.rounds) | measure_chains(libs, options.rounds)
    print_table(results, [lib.name for lib in libs])
    if options.json:
        options.json.write_text(json.dumps(results))


if __name__ == "__main__":
    main()
