# SPDX-License-Identifier: Apache-2.0
"""Runs the native packages under sanitizers.

    python -m tools.sanitize [core] [autograd] [cuda] [PYTEST OPTION ...]

Native tests run under AddressSanitizer with UndefinedBehaviorSanitizer, and under ThreadSanitizer: `core` those of vt-core,
`autograd` those of vt-autograd, `cuda` those of vt-cuda's allocator, graphs and runtime on the simulated driver. `core` then runs
its op table and bad arguments through Python under the former. Without a name all three.

The builds have folders of their own. Their loops are compiled for one instruction set, x86-64-v3, and without the optimiser's
help, so the machine needs AVX2. Native tests must leak nothing either.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import native_tests
from tools.repo import Package, packages
from tools.wheels import build_environment

PARTS = ("core", "autograd", "cuda")
ADDRESS = "address,undefined"
THREAD = "thread"
# Each access calls AddressSanitizer rather than hold its check: loops compile in a fraction of the time. ThreadSanitizer's
# code compiles and runs slowly as it is.
FLAGS = {ADDRESS: "-O1 --param=asan-instrumentation-with-call-threshold=0", THREAD: "-O0"}
FOLDERS = {ADDRESS: "sanitize", THREAD: "sanitize-thread"}
# What one thread does alone races with nothing: a million nodes and each failure of twenty traces take minutes where every
# access is followed, and ThreadSanitizer leaves no room for the 5 TB of addresses of Fragmentation.
CHOICE = {ADDRESS: [], THREAD: ["--exclude-regex", "^Chain|^Fragmentation|FailedCallOfTwentyTraces"]}
PYTHON_TESTS = ("tests/python/test_op_table.py", "tests/python/test_bad_arguments.py")
OPTIONS = {
    "ASAN_OPTIONS": "allocator_may_return_null=1:max_allocation_size_mb=1024",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1:die_after_fork=0",
}


def main(arguments: list[str]) -> int:
    """Build, run what is asked for; return the process's exit status."""
    names = [a for a in arguments if a in PARTS] or list(PARTS)
    os.environ.update(OPTIONS)
    status = 0
    if "core" in names:
        status = check_core([a for a in arguments if a not in names])
    if "autograd" in names:
        check_autograd()
    if "cuda" in names:
        check_cuda()
    return status


def check_core(pytest_options: list[str]) -> int:
    """Native tests, which raise when they fail, and tests in Python, whose exit status is returned."""
    package = packages()["vt-core"]
    for sanitizer, python in ((THREAD, "OFF"), (ADDRESS, "ON")):
        chosen = (*definitions(sanitizer), f"VT_BUILD_PYTHON={python}", "VT_ISA_ONLY=v3")
        count = native_tests.run(package, CHOICE[sanitizer], FOLDERS[sanitizer], chosen)
        print(f"sanitize: {count} native tests of vt-core, no report of {sanitizer}")
    site = installed(package, ADDRESS)
    shutil.copytree(package.folder / "src" / package.import_name, site / package.import_name, dirs_exist_ok=True)
    # Without the conftest, which imports libraries that are not built this way.
    command = [sys.executable, "-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider"]
    # NumPy's part of a test takes several times as long as well.
    command += ["-n", str(min(os.cpu_count() or 1, 8)), "--timeout", "600"]
    env = dict(os.environ, PYTHONPATH=str(site), LD_PRELOAD=" ".join(_runtime("libasan.so", "libstdc++.so")))
    env["ASAN_OPTIONS"] += ":detect_leaks=0"  # Python keeps what it has until the process ends
    done = subprocess.run([*command, *PYTHON_TESTS, *pytest_options], cwd=package.folder, env=env, check=False)
    return done.returncode


def check_autograd() -> None:
    """Run native tests over a libvt_core that is built for the same sanitizer; raises when they fail."""
    core, autograd = packages()["vt-core"], packages()["vt-autograd"]
    for sanitizer in (ADDRESS, THREAD):
        alone = ("VT_BUILD_TESTS=OFF", "VT_BUILD_PYTHON=OFF", "VT_ISA_ONLY=v3")
        native_tests.configure_and_build(core, FOLDERS[sanitizer], (*definitions(sanitizer), *alone))
        site = installed(core, sanitizer)
        # Over a library that is not instrumented, counts that it keeps order nothing: memory used again is reported as a race.
        # So its place is said in the way that a folder configured before cannot remember otherwise.
        found = f"vt_core_DIR={site / core.import_name / 'cmake'}"
        count = native_tests.run(autograd, CHOICE[sanitizer], FOLDERS[sanitizer], (*definitions(sanitizer), found))
        print(f"sanitize: {count} native tests of vt-autograd, no report of {sanitizer}")


def check_cuda() -> None:
    """Run the native tests that need no GPU; raises when they fail."""
    for sanitizer in (ADDRESS, THREAD):
        count = native_tests.run(packages()["vt-cuda"], CHOICE[sanitizer], FOLDERS[sanitizer], definitions(sanitizer))
        print(f"sanitize: {count} native tests of vt-cuda, no report of {sanitizer}")


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
