# SPDX-License-Identifier: Apache-2.0
"""Runs vt-core and vt-autograd under sanitizers.

    python -m tools.sanitize [core] [autograd] [PYTEST OPTION ...]

`core`: vt-core's native tests, then its op table and bad arguments through Python, under AddressSanitizer and
UndefinedBehaviorSanitizer. `autograd`: vt-autograd's native tests under the same, and under ThreadSanitizer. Without a name
both.

The builds have folders of their own. Their loops are compiled for one instruction set, x86-64-v3, and without the optimiser's
help, so the machine needs AVX2. Leaks are not looked for: Python keeps what it has until the process ends.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import native_tests
from tools.repo import Package, packages
from tools.wheels import build_environment

ADDRESS = "address,undefined"
THREAD = "thread"
# Each access calls AddressSanitizer rather than hold its check: loops compile in a fraction of the time. ThreadSanitizer's
# code compiles and runs slowly as it is.
FLAGS = {ADDRESS: "-O1 --param=asan-instrumentation-with-call-threshold=0", THREAD: "-O0"}
FOLDERS = {ADDRESS: "sanitize", THREAD: "sanitize-thread"}
PYTHON_TESTS = ("tests/python/test_op_table.py", "tests/python/test_bad_arguments.py")
OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=1024",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1:die_after_fork=0",
}


def main(arguments: list[str]) -> int:
    """Build, run what is asked for; return the process's exit status."""
    names = [a for a in arguments if a in ("core", "autograd")] or ["core", "autograd"]
    os.environ.update(OPTIONS)
    status = 0
    if "core" in names:
        status = check_core([a for a in arguments if a not in names])
    if "autograd" in names:
        check_autograd()
    return status


def check_core(pytest_options: list[str]) -> int:
    """Native tests, which raise when they fail, and tests in Python, whose exit status is returned."""
    package = packages()["vt-core"]
    native_tests.run(package, [], FOLDERS[ADDRESS], (*definitions(ADDRESS), "VT_BUILD_PYTHON=ON", "VT_ISA_ONLY=v3"))
    site = installed(package, ADDRESS)
    shutil.copytree(package.folder / "src" / package.import_name, site / package.import_name, dirs_exist_ok=True)
    # Without the conftest, which imports libraries that are not built this way.
    command = [sys.executable, "-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider"]
    env = dict(os.environ, PYTHONPATH=str(site), LD_PRELOAD=" ".join(_runtime("libasan.so", "libstdc++.so")))
    done = subprocess.run([*command, *PYTHON_TESTS, *pytest_options], cwd=package.folder, env=env, check=False)
    return done.returncode


def check_autograd() -> None:
    """Run native tests over a libvt_core that is built for the same sanitizer; raises when they fail."""
    core, autograd = packages()["vt-core"], packages()["vt-autograd"]
    for sanitizer in (ADDRESS, THREAD):
        alone = ("VT_BUILD_TESTS=OFF", "VT_BUILD_PYTHON=OFF", "VT_ISA_ONLY=v3")
        native_tests.configure_and_build(core, FOLDERS[sanitizer], (*definitions(sanitizer), *alone))
        site = installed(core, sanitizer)
        root = f"vt_core_ROOT={site / core.import_name}"
        # A million nodes on one thread take minutes where every access is followed, and race with nothing.
        chosen = ["--exclude-regex", "^Chain"] if sanitizer == THREAD else []
        count = native_tests.run(autograd, chosen, FOLDERS[sanitizer], (*definitions(sanitizer), root))
        print(f"sanitize: {count} native tests of vt-autograd, no report of {sanitizer}")


def definitions(sanitizer: str) -> tuple[str, ...]:
    """The CMake variables of a build for a sanitizer."""
    return ("CMAKE_BUILD_TYPE=Debug", f"CMAKE_CXX_FLAGS_DEBUG={FLAGS[sanitizer]}", f"VT_SANITIZE={sanitizer}")


def installed(package: Package, sanitizer: str) -> Path:
    """Install what was built for a sanitizer; returns the folder that Python can import it from."""
    built = package.folder / "build" / FOLDERS[sanitizer]
    site = built / "site"
    install = ["cmake", "--install", str(built), "--prefix", str(site)]
    native_tests.run_or_raise(package, install, build_environment(package), quiet=True)
    return site


def _runtime(*names: str) -> list[str]:
    """The compiler's libraries, which the interpreter has to load first: it is not built for the sanitizers itself."""
    found = [
        subprocess.run(["g++", f"-print-file-name={n}"], capture_output=True, text=True, check=True) for n in names
    ]
    return [str(Path(result.stdout.strip()).resolve()) for result in found]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
