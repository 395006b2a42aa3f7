# SPDX-License-Identifier: Apache-2.0
"""Runs vt-core under AddressSanitizer and UndefinedBehaviorSanitizer: its native tests, then its op table through Python.

    python -m tools.sanitize [PYTEST OPTION ...]

The build has a folder of its own. Its loops are compiled for one instruction set, x86-64-v3, and without the optimiser's
help, so the machine needs AVX2. Leaks are not looked for: Python keeps what it has until the process ends.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import native_tests
from tools.repo import packages
from tools.wheels import build_environment

DEFINITIONS = (
    *("CMAKE_BUILD_TYPE=Debug", "CMAKE_CXX_FLAGS_DEBUG=-O1", "VT_BUILD_PYTHON=ON"),
    *("VT_SANITIZE=address,undefined", "VT_ISA_ONLY=v3"),
)
PYTHON_TESTS = ("tests/python/test_op_table.py", "tests/python/test_bad_arguments.py")


def main(arguments: list[str]) -> int:
    """Build, run both; return the process's exit status."""
    package = packages()["vt-core"]
    native_tests.run(package, [], "sanitize", DEFINITIONS)
    built = package.folder / "build" / "sanitize"
    site = built / "site"
    install = ["cmake", "--install", str(built), "--prefix", str(site)]
    native_tests.run_or_raise(package, install, build_environment(package), quiet=True)
    shutil.copytree(package.folder / "src" / package.import_name, site / package.import_name, dirs_exist_ok=True)
    # Without the conftest, which imports libraries that are not built this way.
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--noconftest",
        "-p",
        "no:cacheprovider",
        *PYTHON_TESTS,
        *arguments,
    ]
    env = dict(os.environ, PYTHONPATH=str(site), LD_PRELOAD=" ".join(_runtime("libasan.so", "libstdc++.so")))
    env["ASAN_OPTIONS"] = "detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=1024"
    env["UBSAN_OPTIONS"] = "halt_on_error=1:print_stacktrace=1"
    return subprocess.run(command, cwd=package.folder, env=env, check=False).returncode


def _runtime(*names: str) -> list[str]:
    """The compiler's libraries, which the interpreter has to load first: it is not built for the sanitizers itself."""
    found = [
        subprocess.run(["g++", f"-print-file-name={n}"], capture_output=True, text=True, check=True) for n in names
    ]
    return [str(Path(result.stdout.strip()).resolve()) for result in found]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
