# SPDX-License-Identifier: Apache-2.0
"""Runs the op table under NVIDIA's compute-sanitizer, each of its four tools over all rows, on as many processes as there are cores.

    python3 tools/gpu_sanitize.py [--tools NAME ...] [--jobs N] [--seconds S] [--match TEXT] [--out DIR]

Needs the packages importable (PYTHONPATH) and a GPU. Prints a line per tool, with what was found by operator, and ends with
status 0 when every tool ran over every row and found nothing. Rows that did not fit in `--seconds` are counted and fail.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

WALK = Path(__file__).resolve().parent / "op_walk.py"
TOOLS = ("memcheck", "initcheck", "racecheck", "synccheck")
SAMPLES = {"racecheck": 4}  # of a row and dtype: it takes ten times as long as the others
FOUND = 99  # exit status of a run with findings
SUMMARY = re.compile(r"(?:ERROR SUMMARY|RACECHECK SUMMARY): (\d+)")
FINDING = re.compile(r"(Invalid|Uninitialized|Error: |Race reported|Barrier|Program hit)")
# Kernels of NVIDIA's libraries, by what is found in them: cuSOLVER copies whole matrices of which it reads one triangle.
OF_LIBRARIES = {"Uninitialized": ("lacpy_kernel",)}


@dataclass
class Part:
    """A walk over some rows under one tool."""

    tool: str
    status: int
    seconds: float
    log: str  # of the tool
    output: str  # of the walk

    @property
    def counts(self) -> dict[str, int]:
        """What the walk counted; empty when it did not come to its end."""
        lines = self.output.splitlines()
        try:
            return json.loads(lines[-1])
        except (IndexError, ValueError):
            return {}

    @property
    def findings(self) -> list[str]:
        """What the tool tells of each finding: the first line, and the kernel where there is one."""
        lines = [re.sub(r"^=+ *", "", line) for line in self.log.splitlines()]
        found: list[str] = []
        for line, following in pairwise([*lines, ""]):
            if FINDING.match(line):
                kernel = re.sub(r"\+0x[0-9a-f]+", "", following) if following.startswith("at ") else ""
                found.append(f"{re.sub(r'0x[0-9a-f]+', 'X', line)[:110]} {kernel[:160]}".rstrip())
        return found

    @property
    def num_of_libraries(self) -> int:
        """Findings that are no concern of ours."""
        return sum(
            finding.startswith(kind) and any(name in finding for name in names)
            for finding in self.findings
            for kind, names in OF_LIBRARIES.items()
        )

    @property
    def num_found(self) -> int:
        """Findings of the tool in our kernels and calls."""
        return sum(int(number) for number in SUMMARY.findall(self.log)) - self.num_of_libraries

    @property
    def is_whole(self) -> bool:
        """Whether both the tool and the walk came to their ends."""
        return bool(self.counts) and SUMMARY.search(self.log) is not None


def run_part(sanitizer: str, tool: str, part: str, options: argparse.Namespace, out: Path) -> Part:
    """Run one walk under one tool."""
    log = out / f"{tool}-{part.replace('/', '-')}.txt"
    command = [sanitizer, "--tool", tool, "--error-exitcode", str(FOUND), "--print-limit", "50", "--log-file", str(log)]
    command += ["--target-processes", "application-only"]
    command += [sys.executable, str(WALK), "--part", part, "--match", options.match, "--seconds", str(options.seconds)]
    command += ["--own-memory", "--samples", str(SAMPLES.get(tool, 8))]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    log.with_suffix(".out").write_text(done.stdout + done.stderr)
    text = log.read_text() if log.exists() else ""
    return Part(tool, done.returncode, time.monotonic() - start, text, done.stdout)


def summary(tool: str, parts: list[Part]) -> tuple[bool, str]:
    """Return whether a tool found nothing anywhere, and the line that says so."""
    totals = {name: sum(part.counts.get(name, 0) for part in parts) for name in ("rows", "calls", "failed", "left_out")}
    num_found = sum(part.num_found for part in parts)
    num_broken = sum(not part.is_whole for part in parts)
    clean = totals["rows"] > 0 and num_found == num_broken == totals["failed"] == totals["left_out"] == 0
    text = f"{totals['rows']} rows, {totals['calls']} calls in {len(parts)} processes, {num_found} findings"
    if num_of_libraries := sum(part.num_of_libraries for part in parts):
        text += f" and {num_of_libraries} in NVIDIA's libraries"
    if totals["failed"]:
        text += f", {totals['failed']} calls failed"
    if totals["left_out"]:
        text += f", {totals['left_out']} rows LEFT OUT"
    if num_broken:
        text += f", {num_broken} processes did not come to their end"
    slowest = max(part.seconds for part in parts)
    return clean, f"{'PASS' if clean else 'FAIL'}  {tool:<9}  {slowest:6.1f} s  {text}"


def findings(parts: list[Part], most: int = 12) -> list[str]:
    """Return the kinds of findings, commonest first: what was found, and in which kernel."""
    kinds: dict[str, int] = {}
    for part in parts:
        for finding in part.findings:
            kinds[finding] = kinds.get(finding, 0) + 1
        kinds |= {line[:200]: 1 for line in part.output.splitlines()[:-1] if line}
    return [f"      {count} x {kind}" for kind, count in sorted(kinds.items(), key=lambda k: -k[1])[:most]]


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--seconds", type=float, default=360.0, help="a process begins no row after so long")
    parser.add_argument("--match", default="", help="only rows whose names contain this")
    parser.add_argument("--sanitizer", default=None, metavar="PATH", help="compute-sanitizer (default: on PATH)")
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="where the tools' logs are written")
    return parser.parse_args()


def main() -> int:
    """Run the tools one after the other; return the process's exit status."""
    options = parse_arguments()
    path = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/local/cuda/bin"
    sanitizer = options.sanitizer or shutil.which("compute-sanitizer", path=path)
    if sanitizer is None:
        print("gpu_sanitize: compute-sanitizer is not on PATH; it is part of the CUDA toolkit")
        return 2
    out: Path = options.out or Path(tempfile.mkdtemp(prefix="gpu_sanitize_"))
    out.mkdir(parents=True, exist_ok=True)
    all_clean = True
    for tool in options.tools:
        names = [f"{i}/{options.jobs}" for i in range(options.jobs)]
        with ThreadPoolExecutor(options.jobs) as pool:
            futures = [pool.submit(run_part, sanitizer, tool, name, options, out) for name in names]
            parts = [future.result() for future in futures]
        clean, line = summary(tool, parts)
        all_clean &= clean
        print(line, *findings(parts), sep="\n", flush=True)
    print(f"gpu_sanitize: logs are in {out}")
    return 0 if all_clean else 1


if __name__ == "__main__":
    sys.exit(main())
