# SPDX-License-Identifier: Apache-2.0
"""Time of common operators against PyTorch, interleaved in one process: ratios, the worst first.

    python benchmarks/ops.py [--only REGEX] [--threads N] [--above RATIO] [--rounds N] [--json FILE]

A row is a statement over tensors of the same values in both libraries (`op_rows.py`). Windows of about a millisecond are timed
in turns, first one library then the other, so that a slow phase of the machine falls on both; a row's figure is the fastest
window of each. With one thread a window counts its processor time, which leaves out what other processes took. A row above
the ratio is measured again with twice the rounds before it is believed, twice.
"""

from __future__ import annotations

import argparse
import collections
import gc
import itertools
import json
import math
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
import vt_torch
from op_rows import Recipe, Row, all_rows

WINDOW_S = 1e-3
DTYPES = {
    "f32": "float32", "f64": "float64", "bf16": "bfloat16", "i64": "int64", "i32": "int32", "u8": "uint8", "bool": "bool", "c64": "complex64",
}  # fmt: skip


def array_of(recipe: Recipe) -> np.ndarray[Any, Any]:
    """Return the values of a recipe, drawn with a fixed seed."""
    dtype, sizes, *kinds = recipe.split()
    shape = tuple(map(int, sizes.split(",")))
    rng = np.random.default_rng(0)
    below = next((int(k[1:]) for k in kinds if k.startswith("<")), None)
    if dtype == "bool":
        return rng.random(shape) < 0.5
    if below is not None or dtype in ("i64", "i32", "u8"):
        return rng.integers(1 if "+1" in kinds else 0, below or 100, shape)
    if dtype == "c64":
        return rng.standard_normal(shape) + 1j * rng.standard_normal(shape)
    drawn: dict[str, Callable[[], np.ndarray[Any, Any]]] = {
        "positive": lambda: 4 * (1 - rng.random(shape)),
        "unit": lambda: rng.uniform(-0.999, 0.999, shape),
        "fraction": lambda: rng.uniform(0.001, 0.999, shape),
        "probability": lambda: rng.uniform(0.001, 0.999, shape),
        "above": lambda: rng.uniform(1, 5, shape),
        "sorted": lambda: np.sort(rng.standard_normal(shape)),
        "spd": lambda: _positive_definite(rng.standard_normal(shape)),
    }
    return next((drawn[k]() for k in kinds if k in drawn), rng.standard_normal(shape))


def _positive_definite(a: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    n = a.shape[-1]
    return a @ np.swapaxes(a, -1, -2) / n + np.eye(n)


def names_of(row: Row, library: Any) -> dict[str, Any]:
    """Return what the row's statement sees."""
    names: dict[str, Any] = {"T": library, "F": library.nn.functional}
    for name, recipe in row.tensors.items():
        dtype = getattr(library, DTYPES[recipe.split()[0]])
        tensor = library.from_numpy(array_of(recipe)).to(dtype).clone()
        names[name] = tensor.requires_grad_() if recipe.endswith("grad") else tensor
    return names


class Loop:
    """A statement of one library as a loop, and the shortest time it took."""

    def __init__(self, row: Row, library: Any, clock: Callable[[], float]) -> None:
        names = names_of(row, library)
        source = f"def loop(it, {', '.join(names)}):\n for _ in it:\n  {row.statement}\n"
        scope: dict[str, Any] = {}
        exec(source, scope)
        self.run = lambda count: scope["loop"](itertools.repeat(None, count), **names)
        self.clock = clock
        self.best_s = math.inf
        self.count = 1
        self.run(2)
        while self.window() < WINDOW_S / 2 and self.count < 1 << 20:
            self.count = max(self.count + 1, min(4 * self.count, int(WINDOW_S / max(self.best_s, 1e-9)) + 1))

    def window(self) -> float:
        """Time one window; return its seconds."""
        start = self.clock()
        self.run(self.count)
        taken = self.clock() - start
        self.best_s = min(self.best_s, taken / self.count)
        return taken


def measure(row: Row, rounds: int, above: float, clock: Callable[[], float]) -> tuple[float, float]:
    """Return seconds per statement, ours and PyTorch's."""
    loops = [Loop(row, library, clock) for library in (vt_torch, torch)]
    for attempt in range(3):
        # Slow statements get fewer rounds, but at least four.
        longest = max(loop.best_s * loop.count for loop in loops)
        for _ in range(max(4, min(rounds << attempt, int(rounds * 8 * WINDOW_S / longest)))):
            for loop in loops:
                loop.window()
        if loops[0].best_s <= above * loops[1].best_s:
            break
    return loops[0].best_s, loops[1].best_s


def shown(seconds: float) -> str:
    """Return a time with its unit."""
    for unit, scale in (("ns", 1e9), ("us", 1e6)):
        if seconds * scale < 9999:
            return f"{seconds * scale:.0f} {unit}"
    return f"{seconds * 1e3:.1f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="rows whose family or label matches")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--above", type=float, default=1.5, help="print rows above this ratio")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", type=Path, default=None)
    options = parser.parse_args()
    for library in (vt_torch, torch):
        library.set_num_threads(options.threads)
    clock = time.process_time if options.threads == 1 else time.perf_counter
    rows = [row for row in all_rows() if re.search(options.only, f"{row.family}: {row.label}")]
    results: dict[str, tuple[float, float]] = {}
    failed: dict[str, str] = {}
    gc.disable()
    for row in rows:
        label = f"{row.family}: {row.label}"
        try:
            results[label] = measure(row, options.rounds, options.above, clock)
        except Exception as error:
            failed[label] = f"{type(error).__name__}: {error}"
        gc.collect()
    ratios = {label: ours / theirs for label, (ours, theirs) in results.items()}
    for label in sorted(ratios, key=ratios.__getitem__, reverse=True):
        if ratios[label] > options.above:
            print(f"{ratios[label]:6.2f}x {shown(results[label][0]):>9} / {shown(results[label][1]):>9}  {label}")
    of_family: dict[str, list[float]] = collections.defaultdict(list)
    for label, ratio in ratios.items():
        of_family[label.split(":")[0]].append(ratio)
    for family, values in of_family.items():
        mean = math.exp(sum(map(math.log, values)) / len(values))
        print(f"# {family}: {len(values)} rows, geometric mean {mean:.2f}, worst {max(values):.2f}")
    for label, reason in failed.items():
        print(f"# not measured: {label}: {reason[:160]}")
    if options.json:
        options.json.write_text(json.dumps({"results": results, "failed": failed}))


if __name__ == "__main__":
    main()
