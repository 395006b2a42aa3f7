# SPDX-License-Identifier: Apache-2.0
"""Runs rows of the op table on a CUDA device, forward and backward, in one process: what `tools/gpu_sanitize.py` looks at.

    python3 tools/op_walk.py [--part I/N] [--match TEXT] [--seconds S] [--own-memory]

Each row is called in one dtype of each kind that it takes, on every other sample and layout in turn, and on its bad arguments.
Nothing is compared: the tests do that. The last line of output is JSON: rows, calls, refusals by the library, rows left out.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import vt_autograd
import vt_core as vt
import vt_cuda
from vt_core.testing.op_table import OP_TABLE, OpRow, build

# The first of each that a row takes.
KINDS = (("float32", "float64"), ("bfloat16", "float16"), ("int64", "int32", "uint8"), ("bool",), ("complex64",))
# Samples without the results that gradients are made of, or that write what must be a leaf here.
FORWARD_ALONE = {"native_max_pool", "instance_norm"}


# A pluggable allocator may not run Python: it is also called while an exception is on its way.
OWN_MEMORY = """
#include <dlfcn.h>
#include <stddef.h>
static void* of_driver(const char* name) { return dlsym(dlopen("libcuda.so.1", RTLD_LAZY), name); }
void* own_alloc(size_t bytes, int device, void* stream) {
  void* data = 0;
  int (*get)(void**, size_t) = (int (*)(void**, size_t))of_driver("cuMemAlloc_v2");
  return get(&data, bytes) == 0 ? data : 0;
}
void own_free(void* data, size_t bytes, int device, void* stream) { /* waits for the work that uses it */
  ((int (*)(void*))of_driver("cuMemFree_v2"))(data);
}
"""


def own_memory(folder: Path) -> vt_cuda.CUDAPluggableAllocator:
    """Return functions that give each block memory of its own, of its exact size, from the driver.

    Memory checkers see only what the driver gave: a block of the caching allocator has neighbours that are valid, too.
    """
    library = folder / "own_memory.so"
    command = ["cc", "-shared", "-fPIC", "-xc", "-", "-o", str(library), "-ldl"]
    subprocess.run(command, input=OWN_MEMORY, text=True, check=True)
    return vt_cuda.CUDAPluggableAllocator(str(library), "own_alloc", "own_free")


def dtypes_of(row: OpRow) -> list[str]:
    """Return one dtype of each kind that the row takes."""
    firsts = (next((dtype for dtype in kind if dtype in row.dtypes), None) for kind in KINDS)
    return [dtype for dtype in firsts if dtype is not None] or list(row.dtypes[:1])


def leaves(value: Any, found: list[vt.Tensor]) -> Any:
    """Return an argument with leaves that want gradients in place of floating tensors, which are added to `found`."""
    if isinstance(value, tuple):
        return tuple(leaves(item, found) for item in cast("tuple[Any, ...]", value))
    if isinstance(value, vt.Tensor) and value.dtype.is_floating_point:
        found.append(value.detach().clone().requires_grad_(True))
        return found[-1]
    return value


def results(value: Any) -> Iterator[vt.Tensor]:
    """Yield the tensors of a result."""
    if isinstance(value, vt.Tensor):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in cast("tuple[Any, ...]", value):
            yield from results(item)


class Walk:
    """Calls on the device, counted."""

    def __init__(self, most_samples: int) -> None:
        self.most_samples = most_samples
        self.num_calls = 0
        self.num_refused = 0
        self.failures: dict[str, None] = {}

    def visit(self, row: OpRow) -> None:
        """Call one row in all ways."""
        for dtype in dtypes_of(row):
            samples = list(row.samples(dtype))
            step = -(-len(samples) // self.most_samples)
            for i, sample in enumerate(samples[::step]):
                layout = row.layouts[i % len(row.layouts)]
                if row.is_in_place_only and row.writes_elements and layout == "expanded":
                    layout = "contiguous"
                self.call(row, build(sample, dtype, layout, "cuda")[0], dtype)
        for case in row.errors:
            self.call_badly(row, build(case.sample, case.dtype, device="cuda")[0])

    def call(self, row: OpRow, sample: Any, dtype: str) -> None:
        """Call once, and backward where there is a gradient."""
        self.num_calls += 1
        takes_device = any("device" in schema for schema in row.function.schemas)
        has_tensors = any(True for _ in results(sample.args))
        kwargs = sample.kwargs if has_tensors or not takes_device else {**sample.kwargs, "device": "cuda"}
        try:
            row.function(*sample.args, **kwargs)
            is_forward_alone = row.is_in_place_only or row.name in FORWARD_ALONE
            if row.differentiable and dtype in ("float32", "bfloat16") and not is_forward_alone:
                found: list[vt.Tensor] = []
                args = leaves(sample.args, found)
                for result in results(row.function(*args, **kwargs)):
                    if result.requires_grad:
                        real = result.abs() if result.dtype.is_complex else result
                        vt_autograd.backward(real.sum(), retain_graph=True)
            vt_cuda.synchronize()
        except NotImplementedError:
            self.num_refused += 1
        except Exception as error:
            self.failures[f"{row.name} {dtype}: {type(error).__name__}: {error}"] = None

    def call_badly(self, row: OpRow, sample: Any) -> None:
        """Call with arguments that are refused, at once or by whoever waits next; the device must go on working."""
        self.num_calls += 1
        try:
            row.function(*sample.args, **sample.kwargs)
            vt_cuda.synchronize()
        except Exception:
            self.num_refused += 1
        if vt.ops.ones([2], device="cuda").sum().item() != 2.0:
            self.failures[f"{row.name}: the device is unusable after bad arguments"] = None


def chosen(part: str, match: str) -> list[OpRow]:
    """Return the rows of a part, "I/N", in an order that mixes the families."""
    rows = [row for row in OP_TABLE if match in row.name]
    random.Random(0).shuffle(rows)
    index, count = (int(number) for number in part.split("/"))
    return rows[index::count]


def main() -> int:
    """Walk; return the process's exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="0/1", metavar="I/N", help="rows I, I + N, ...")
    parser.add_argument("--match", default="", help="only rows whose names contain this")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no row after so long")
    parser.add_argument("--samples", type=int, default=8, metavar="N", help="at most of a row and dtype")
    parser.add_argument("--own-memory", action="store_true", help="each block directly from the driver")
    options = parser.parse_args()
    if vt_cuda.device_count() == 0:
        print("op_walk: no CUDA device")
        return 1
    if options.own_memory:
        vt_cuda.synchronize()  # makes the context current
        with tempfile.TemporaryDirectory() as folder:
            vt_cuda.change_current_allocator(own_memory(Path(folder)))
    rows = chosen(options.part, options.match)
    walk, num_rows, start = Walk(options.samples), 0, time.monotonic()
    while num_rows < len(rows) and time.monotonic() - start < options.seconds:
        walk.visit(rows[num_rows])
        num_rows += 1
    print(*walk.failures, sep="\n")
    counts = {"rows": num_rows, "calls": walk.num_calls, "refused": walk.num_refused, "failed": len(walk.failures)}
    print(json.dumps({**counts, "left_out": len(rows) - num_rows}))
    return 1 if walk.failures or not num_rows else 0


if __name__ == "__main__":
    sys.exit(main())
