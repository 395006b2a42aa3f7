# SPDX-License-Identifier: Apache-2.0
"""Gathers what tools/gpu_check.py needs into one folder: our wheels of dist/ and the binding backend for another Python.

python3 -m tools.prepare_gpu_wheels --python 3.12 FOLDER
"""

import argparse
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tools.repo import packages
from tools.wheels import BuildError, wheel_path

# Dependencies of ours that a GPU machine with PyTorch on it does not have already, and whose wheels are per Python.
CARRIED = ("nanobind-backend",)


def requirements(wheel: Path) -> list[str]:
    """Return the unconditional requirements of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode().split("\n\n")[0].splitlines()
    found = [line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires-Dist: ")]
    return [requirement for requirement in found if "extra ==" not in requirement]


def main() -> int:
    """Fill the folder; return the process's exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default="3.12", help="version on the GPU machine (default: 3.12)")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    needed: set[str] = set()
    for package in packages().values():
        if package.kind == "npm":
            continue
        try:
            wheel = wheel_path(package.name)
        except BuildError as error:
            print(f"prepare_gpu_wheels: {error}")
            return 1
        shutil.copy(wheel, options.folder / wheel.name)
        needed.update(r for r in requirements(wheel) if r.startswith(CARRIED))
    if needed:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
        command += ["--python-version", options.python, "-d", str(options.folder)]
        command += [flag for n in (17, 27, 28, 34) for flag in ("--platform", f"manylinux_2_{n}_x86_64")]
        subprocess.run([*command, "--platform", "manylinux2014_x86_64", *sorted(needed)], check=True)
    total = sum(path.stat().st_size for path in options.folder.iterdir())
    print(
        f"prepare_gpu_wheels: {len(list(options.folder.iterdir()))} wheels, {total / 2**20:.1f} MiB in {options.folder}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
