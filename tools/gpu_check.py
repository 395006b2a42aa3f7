# SPDX-License-Identifier: Apache-2.0
"""Checks built wheels on a machine with a GPU; plain Python and pip, so that it also runs where no index is reachable.

    python3 tools/gpu_check.py --wheels FOLDER [--tests NAME ...] [--examples FILE ...] [--bench NAME ...] [--out DIR]

Installs the wheels that fit the Python at hand into a fresh folder, runs the GPU tests, then the examples and benchmarks
asked for, and prints one table last. Exit status 0 means that everything asked for ran and passed.
"""

import argparse
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = {
    "vt-cuda": ROOT / "packages" / "vt-cuda" / "tests" / "gpu",
    "vt-kernels": ROOT / "packages" / "vt-kernels" / "tests" / "gpu",
    "integration": ROOT / "tests" / "integration" / "gpu",
}


@dataclass
class Row:
    """One line of the table."""

    name: str
    passed: bool
    detail: str
    seconds: float


def num_gpus() -> int:
    """Count CUDA devices by asking the driver itself; 0 without a driver."""
    try:
        driver = ctypes.CDLL("libcuda.so.1")
    except OSError:
        return 0
    count = ctypes.c_int(0)
    if driver.cuInit(0) != 0 or driver.cuDeviceGetCount(ctypes.byref(count)) != 0:
        return 0
    return count.value


def fits(wheel: Path) -> bool:
    """Whether a wheel's tags name the Python at hand: its exact version, an older stable ABI, or any Python 3."""
    pythons, abi = wheel.stem.split("-")[-3:-1]
    minor = sys.version_info.minor
    for python in pythons.split("."):
        if python in {"py3", f"py3{minor}", f"cp3{minor}"}:
            return True
        match = re.fullmatch(r"cp3(\d+)", python)
        if match and "abi3" in abi.split(".") and int(match.group(1)) <= minor:
            return True
    return False


def install(folder: Path, target: Path) -> None:
    """Install the wheels of a folder into a target folder, without an index and without resolving anything."""
    chosen = sorted(str(wheel) for wheel in folder.glob("*.whl") if fits(wheel))
    left_out = sorted(wheel.name for wheel in folder.glob("*.whl") if not fits(wheel))
    if left_out:
        print(f"gpu_check: not for Python 3.{sys.version_info.minor}: {', '.join(left_out)}")
    if not chosen:
        sys.exit(f"gpu_check: {folder} holds no wheel for Python 3.{sys.version_info.minor}")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-cache-dir"]
    subprocess.run([*command, "--target", str(target), *chosen], check=True)


def run(name: str, command: list[str], env: dict[str, str], out: Path, cwd: Path) -> tuple[int, str, float]:
    """Run a command, show its output and keep it as a file; return status, output and seconds."""
    print(f"\n== {name}: {' '.join(command)}", flush=True)
    start = time.monotonic()
    process = subprocess.Popen(command, env=env, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    status = process.wait()
    (out / f"{name.replace('/', '_')}.txt").write_text("".join(lines))
    return status, "".join(lines), time.monotonic() - start


def run_tests(name: str, env: dict[str, str], out: Path) -> Row:
    """Run one folder of GPU tests; a folder in which nothing passed has failed."""
    report = out / f"{name}-tests.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", str(TESTS[name])]
    status, _, seconds = run(f"{name}-tests", command, env, out, ROOT)
    if not report.exists():
        return Row(f"tests {name}", False, f"pytest ended with status {status} and no report", seconds)
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        for key in counts:
            counts[key] += int(suite.get(key, "0"))
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    detail = f"{passed} passed, {failed} failed, {counts['skipped']} skipped"
    return Row(f"tests {name}", status == 0 and passed > 0, detail, seconds)


def run_script(kind: str, script: Path, env: dict[str, str], out: Path) -> Row:
    """Run an example or a benchmark; its last line of output is what the table shows."""
    status, output, seconds = run(f"{kind}-{script.stem}", [sys.executable, str(script)], env, out, ROOT)
    last = ([line for line in output.splitlines() if line.strip()] or ["no output"])[-1]
    return Row(
        f"{kind} {script.stem}", status == 0, last[:70] if status == 0 else f"status {status}: {last[:60]}", seconds
    )


def print_table(rows: list[Row]) -> None:
    """Print the rows, widest name first in mind."""
    width = max(len(row.name) for row in rows)
    print()
    for row in rows:
        print(f"{'PASS' if row.passed else 'FAIL'}  {row.name:<{width}}  {row.seconds:7.1f} s  {row.detail}")
    num_failed = sum(not row.passed for row in rows)
    print(f"gpu_check: {len(rows) - num_failed} of {len(rows)} passed", flush=True)


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--tests", nargs="*", choices=list(TESTS), default=list(TESTS), help="default: all")
    parser.add_argument("--examples", nargs="*", type=Path, default=[], metavar="FILE")
    parser.add_argument("--bench", nargs="*", default=[], metavar="NAME", help="benchmarks/NAME.py")
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="where logs and reports are written")
    return parser.parse_args()


def main() -> int:
    """Run what was asked for; return the process's exit status."""
    options = parse_arguments()
    scripts = [("example", path.resolve()) for path in options.examples]
    scripts += [("bench", ROOT / "benchmarks" / f"{name}.py") for name in options.bench]
    if missing := [str(path) for _, path in scripts if not path.is_file()]:
        print(f"gpu_check: no such file: {', '.join(missing)}")
        return 2
    if num_gpus() == 0:
        print("gpu_check: no CUDA device: the driver (libcuda.so.1) is absent or reports none")
        return 1
    scratch = Path(tempfile.mkdtemp(prefix="gpu_check_"))
    out: Path = (options.out or scratch / "out").resolve()
    out.mkdir(parents=True, exist_ok=True)
    try:
        install(options.wheels, scratch / "site")
        path = os.pathsep.join(filter(None, [str(scratch / "site"), os.environ.get("PYTHONPATH", "")]))
        env = dict(os.environ, PYTHONPATH=path, PYTHONUNBUFFERED="1", PYTHONDONTWRITEBYTECODE="1")
        rows = [run_tests(name, env, out) for name in options.tests]
        rows += [run_script(kind, script, env, out) for kind, script in scripts]
    finally:
        shutil.rmtree(scratch / "site", ignore_errors=True)
    if not rows:
        print("gpu_check: nothing was asked for")
        return 2
    print_table(rows)
    return 0 if all(row.passed for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
