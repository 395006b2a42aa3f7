# SPDX-License-Identifier: Apache-2.0
"""What allocators reserve beside what is allocated, over training steps of different lengths, against PyTorch.

    python benchmarks/fragmentation.py [--steps 300] [--only ours,torch]

The trace is that of a transformer: weights and moments of the optimiser stay, a step saves activations layer by layer, frees scratch, and frees
what was saved on the way back beside its gradients. Sequences are of any length, and later ones may be longer. It is replayed with plain and with
expandable segments, each in a process of its own. `reserved / allocated` is of the peaks: 1 is the least there can be.
"""

from __future__ import annotations

import argparse
import importlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

DIM, HEADS, BATCH, LAYERS, TOKENS = 1024, 16, 8, 12, 16384
ELEMENT = 2  # bytes of bfloat16
KINDS = ("plain", "expandable")


def trace(steps: int, seed: int = 11) -> Iterator[tuple[str, int]]:
    """Yield names with bytes to allocate, or with 0 to free."""
    draw = random.Random(seed)
    for layer in range(LAYERS):
        for part, times in enumerate((3, 1, 4, 4)):
            for copy in range(3):
                yield f"weight {layer} {part} {copy}", times * DIM * DIM * (4 if copy else ELEMENT)
    for step in range(steps):
        longest = 256 + 1792 * step // steps
        length = longest // 4 + draw.randrange(longest * 3 // 4)
        tokens = BATCH * length
        saved: list[str] = []
        for layer in range(LAYERS):
            for part, times in enumerate((1, 3, 1, 1, 4, 4, 1)):
                saved.append(f"saved {layer} {part}")
                yield saved[-1], times * tokens * DIM * ELEMENT
            yield "scores", BATCH * length * length * ELEMENT
            saved.append(f"sums {layer}")
            yield saved[-1], 2 * tokens * HEADS * ELEMENT
            yield "scores", 0
        yield "logits", tokens * TOKENS * ELEMENT
        for name in reversed(saved):
            yield "gradient", tokens * DIM * draw.choice((1, 1, 3, 4)) * ELEMENT
            yield name, 0
            yield "gradient", 0
        yield "logits", 0


def allocator(library: str, kind: str) -> Any:
    """Return the module with the calls of a library's allocator, which have the same names in both."""
    if library == "torch":
        cuda: Any = importlib.import_module("torch").cuda
        cuda.memory._set_allocator_settings(f"expandable_segments:{kind == 'expandable'}")
        return cuda
    cuda = importlib.import_module("vt_cuda")
    cuda.set_memory_options(expandable=kind == "expandable")
    return cuda


def replay(library: str, kind: str, steps: int) -> str:
    """Return the figures of one configuration in a line."""
    cuda = allocator(library, kind)
    live: dict[str, int] = {}
    begin = 0.0
    num = 0
    for name, nbytes in trace(steps):
        if nbytes == 0:
            cuda.caching_allocator_delete(live.pop(name))
        else:
            live[name] = cuda.caching_allocator_alloc(nbytes)
        num += 1
        begin = begin or time.perf_counter()
    spent = time.perf_counter() - begin
    stats = cuda.memory_stats()
    allocated, reserved = (stats[f"{figure}_bytes.all.peak"] for figure in ("allocated", "reserved"))
    counts = ", ".join(f"{name} {stats[name]}" for name in ("num_device_alloc", "num_device_free", "num_alloc_retries"))
    return (
        f"{library:5s} {kind:10s} peak allocated {allocated >> 20:6d} MiB, reserved {reserved >> 20:6d} MiB, "
        f"reserved / allocated {reserved / allocated:.3f}; {1e6 * spent / num:.2f} us a call; {counts}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--only", default="ours,torch", help="libraries")
    parser.add_argument("--one", help="one configuration, as ours:plain, in this process")
    options = parser.parse_args()
    if options.one:
        library, _, kind = options.one.partition(":")
        print(replay(library, kind, options.steps), flush=True)
        return
    for library in options.only.split(","):
        for kind in KINDS:
            call = [sys.executable, __file__, "--steps", str(options.steps), "--one", f"{library}:{kind}"]
            subprocess.run(call, check=True)


if __name__ == "__main__":
    main()
