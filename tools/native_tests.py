# SPDX-License-Identifier: Apache-2.0
"""Builds and runs the GoogleTests of the native packages, and holds their number."""

import os
import re
import subprocess
import time
from pathlib import Path

from tools.repo import ROOT, Package
from tools.wheels import BuildError, build_environment, prepare_build_environment

COUNTS = ROOT / "tools" / "native_test_count.txt"
BUILD = ROOT / "build" / "ctest"


def expected_counts() -> dict[str, int]:
    """Return the committed number of native tests of each package."""
    lines = [line.split() for line in COUNTS.read_text().splitlines() if line and not line.startswith("#")]
    return {name: int(count) for name, count in lines}


def has_native_tests(package: Package) -> bool:
    """Whether a package has GoogleTests."""
    return (package.folder / "tests" / "cpp").is_dir() and (package.folder / "CMakeLists.txt").exists()


def run(package: Package, arguments: list[str]) -> int:
    """Configure, build and run the native tests of one package; return how many ran.

    Raises
    ------
    BuildError
        When it does not build, or a test fails.
    """
    folder = BUILD / package.name
    python = prepare_build_environment(package)
    site = next(python.parent.parent.glob("lib/python*/site-packages"))
    env = build_environment(package)
    configure = ["cmake", "-S", str(package.folder), "-B", str(folder), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"]
    configure += ["-DVT_BUILD_TESTS=ON", f"-DPython_EXECUTABLE={python}"]
    configure += [f"-D{name.replace('-', '_')}_ROOT={site / name.replace('-', '_')}" for name in package.builds_against]
    start = time.monotonic()
    _checked(package, configure, env, quiet=True)
    _checked(package, ["cmake", "--build", str(folder), "--parallel", str(os.cpu_count() or 2)], env, quiet=True)
    print(f"ctest: {package.name} was built in {time.monotonic() - start:.0f} s")
    output = _checked(package, ["ctest", "--test-dir", str(folder), "--output-on-failure", *arguments], env)
    if not (total := re.search(r"tests passed, 0 tests failed out of (\d+)", output)):
        raise BuildError(f"{package.name}: ctest ran no test")
    return int(total.group(1))


def _checked(package: Package, command: list[str], env: dict[str, str], *, quiet: bool = False) -> str:
    process = subprocess.Popen(command, env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if not quiet:
            print(line, end="", flush=True)
    if process.wait() != 0:
        if quiet:
            print("".join(lines[-200:]))
        raise BuildError(f"{package.name}: `{' '.join(command)}` failed")
    return "".join(lines)


def folder_of(package: Package) -> Path:
    """Where the native build of a package lies."""
    return BUILD / package.name
