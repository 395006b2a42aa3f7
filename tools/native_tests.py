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


def expected_counts() -> dict[str, int]:
    """Return the committed number of native tests of each package."""
    lines = [line.split() for line in COUNTS.read_text().splitlines() if line and not line.startswith("#")]
    return {name: int(count) for name, count in lines}


def configure_and_build(package: Package, name: str = "native", definitions: tuple[str, ...] = ()) -> Path:
    """Build a package and its native tests with CMake alone, against what its build requirements bring.

    Returns the build folder, of this name. It lies as deep as the wheel's and is compiled with the same flags unless there
    are definitions of CMake variables, so that ccache serves each from what the other compiled.
    """
    if package.native_tests is None:
        raise BuildError(f"{package.name} has no native tests")
    folder = package.folder / "build" / name
    env = build_environment(package)
    configure = ["cmake", "-S", str(package.folder / package.native_tests), "-B", str(folder), "-G", "Ninja"]
    configure += ["-DCMAKE_BUILD_TYPE=Release", "-DVT_BUILD_TESTS=ON", "-DVT_BUILD_PYTHON=OFF"]
    configure.append("--no-warn-unused-cli")
    if package.native_tests == ".":
        python = prepare_build_environment(package)
        site = next(python.parent.parent.glob("lib/python*/site-packages"))
        configure.append(f"-DPython_EXECUTABLE={python}")
        configure += [f"-D{n}_ROOT={site / n}" for n in (other.replace("-", "_") for other in package.builds_against)]
    configure += [f"-D{definition}" for definition in definitions]  # the last of two definitions counts
    start = time.monotonic()
    run_or_raise(package, configure, env, quiet=True)
    build = ["cmake", "--build", str(folder), "--parallel", str(os.cpu_count() or 2)]
    run_or_raise(package, build, env, quiet=True)
    print(f"build: {name} tests of {package.name} took {time.monotonic() - start:.0f} s")
    return folder


def run(package: Package, arguments: list[str], name: str = "native", definitions: tuple[str, ...] = ()) -> int:
    """Build and run the native tests of one package, as `configure_and_build` does; return how many ran.

    Raises
    ------
    BuildError
        When it does not build, a test fails or none ran.
    """
    folder = configure_and_build(package, name, definitions)
    command = ["ctest", "--test-dir", str(folder), "--output-on-failure", "--parallel", "2", *arguments]
    output = run_or_raise(package, command, build_environment(package), quiet=True)
    print("\n".join(line for line in output.splitlines()[-4:] if line))
    if not (total := re.search(r"tests passed(?:, 0 tests failed)? out of (\d+)", output)):
        raise BuildError(f"{package.name}: ctest ran no test")
    return int(total.group(1))


def run_or_raise(package: Package, command: list[str], env: dict[str, str], *, quiet: bool = False) -> str:
    """Run a command and return its output, shown as it comes, or when quiet only if the command fails."""
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
