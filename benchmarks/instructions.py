# SPDX-License-Identifier: Apache-2.0
"""Instructions per operation under callgrind, the loop subtracted: the number that CI holds, since it does not jitter.

And per op of a backward through a chain of them.

    python benchmarks/instructions.py [--check]

One process runs every program under valgrind. A small library compiled here starts, zeroes and dumps callgrind's
counters around each loop. `--check` fails when a program needs more than its ceiling.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LOOP = 500
CHAIN = 50  # ops of a graph whose backward is counted; LOOP holds several
# Statement and ceiling in instructions; None is printed only.
PROGRAMS: dict[str, int | None] = {
    "pass": None,
    "a + b": 800,
    "a + 2.0": None,
    "m + r": None,
    "w + b": 2400,
    "w * b": None,
    "add(a, b)": None,
    "add(a, b, alpha=2)": None,
    "sum(m, dim=1, keepdim=True)": None,
    "m.view(3, 2)": None,
    "m[0]": None,
    "m.shape": None,
}

# The op of a chain and the ceiling of its backward, per op.
CHAINS: dict[str, int] = {
    "o + b": 575,
    "o * b": 980,
    "o * w": 1620,
    "o.relu()": 910,
    "o.view(1)": 880,
}

REQUESTS = """
#include <valgrind/callgrind.h>
void start(void) { CALLGRIND_START_INSTRUMENTATION; }
void zero(void) { CALLGRIND_ZERO_STATS; }
void dump(const char* label) { CALLGRIND_DUMP_STATS_AT(label); }
"""

# What runs under valgrind: vt_torch tensors with every package imported, grad mode on.
MEASURED = """
import ctypes, gc, importlib.util, itertools, json, sys
for name in ("vt_cuda", "vt_kernels", "vt_fabric"):
    if importlib.util.find_spec(name): __import__(name)
import vt_torch as torch
names = {"a": torch.tensor([1.0]), "b": torch.tensor([2.0]), "add": torch.add, "sum": torch.sum,
         "m": torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "r": torch.tensor([[1.0], [2.0]]),
         "w": torch.tensor([3.0]).requires_grad_()}
requests, loop_count, programs = ctypes.CDLL(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
gc.disable()
requests.start()
for statement in programs:
    scope = {}
    exec(f"def loop(it, {', '.join(names)}):\\n for _ in it: {statement}", scope)
    scope["loop"](itertools.repeat(None, 50), **names)
    requests.zero()
    scope["loop"](itertools.repeat(None, loop_count), **names)
    requests.dump(statement.encode())
chains, length = json.loads(sys.argv[4]), int(sys.argv[5])
for statement in chains:
    for is_counted in (False, True):
        roots = []
        for _ in range(loop_count // length):
            o, b, w = names["w"], names["b"], names["w"]
            for _ in range(length): o = eval(statement)
            roots.append(o)
        requests.zero()
        for root in roots: root.backward(b)
        if is_counted: requests.dump(f"backward of {statement}".encode())
"""


def measure() -> dict[str, float]:
    """Return instructions per pass of each program, those of the empty loop subtracted, and of backward per op."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "requests.c").write_text(REQUESTS)
        library = folder / "requests.so"
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", str(folder / "requests.c"), "-o", str(library)], check=True)
        # Valgrind knows no AVX-512; hash seeds and address layout are fixed so that dictionaries probe alike.
        env = dict(os.environ, VT_CPU_ISA="v3", PYTHONHASHSEED="0")
        valgrind = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/out"]
        arguments = [str(library), str(LOOP), json.dumps(list(PROGRAMS)), json.dumps(list(CHAINS)), str(CHAIN)]
        python = [sys.executable, "-c", MEASURED, *arguments]
        done = subprocess.run([*valgrind, *python], env=env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"instructions: the measured process failed:\n{done.stderr[-4000:]}")
        counts: dict[str, float] = {}
        for path in folder.glob("out.*"):
            text = path.read_text(errors="replace")
            label = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.MULTILINE)
            total = re.search(r"^(?:totals|summary): (\d+)", text, re.MULTILINE)
            if label and total:
                counts[label.group(1)] = int(total.group(1)) / LOOP
    calls = {statement: counts[statement] - counts["pass"] for statement in PROGRAMS if statement != "pass"}
    return calls | {label: counts[label] for label in (f"backward of {op}" for op in CHAINS)}


def main() -> int:
    """Print the counts; return 1 when one is above its ceiling and that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("instructions: valgrind was not found; install it (apt-get install valgrind)")
        return 1
    over: list[str] = []
    ceilings = PROGRAMS | {f"backward of {op}": ceiling for op, ceiling in CHAINS.items()}
    for statement, count in measure().items():
        ceiling = ceilings[statement]
        print(f"{statement:<30}{count:8.0f} instructions" + (f", ceiling {ceiling}" if ceiling else ""))
        if ceiling and count > ceiling:
            over.append(statement)
    if over and options.check:
        print(f"instructions: above the ceiling: {', '.join(over)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
