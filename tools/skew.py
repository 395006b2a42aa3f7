# SPDX-License-Identifier: Apache-2.0
"""Runs each package's tests with the previous release of the others, one environment per package.

    python -m tools.skew [FOLDER]

Wheels of the previous release are taken from FOLDER, else from `packages/*/released/`. Each environment holds one package
as it is now and the others as they were; its tests pass there, or its import raises an ImportError that names a wheel to
install. Before there is an earlier release, the handshake itself is tested: the refusals, and the plugin kept of each
released ABI.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tools.repo import DIST, ROOT, Package, packages
from tools.wheels import wheel_path

ENVIRONMENTS = ROOT / "build" / "skew"
HANDSHAKE = ["tests/integration/test_handshake.py", "tests/integration/test_plugin_c.py"]
TOOLS = ["pytest>=8", "pytest-timeout>=2.3"]


def released_wheels(folder: Path | None) -> dict[str, Path]:
    """Return the newest earlier wheel of each package."""
    found: dict[str, Path] = {}
    for package in packages().values():
        place = folder or package.folder / "released"
        if wheels := sorted(place.glob(f"{package.import_name}-*.whl"), key=lambda path: path.name):
            found[package.name] = wheels[-1]
    return found


def run_with_previous(package: Package, previous: dict[str, Path]) -> str:
    """Test one package as it is against the others as they were; return what came out, or an empty string on failure."""
    folder = ENVIRONMENTS / package.name
    python = str(folder / "bin" / "python")
    subprocess.run([sys.executable, "-m", "virtualenv", "-q", "--clear", str(folder)], check=True)
    others = [str(wheel) for name, wheel in previous.items() if name in package.knows]
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--find-links", str(DIST)]
    subprocess.run([*pip, f"{wheel_path(package.name)}[test]", *TOOLS], check=True)
    if others:
        subprocess.run([*pip, "--force-reinstall", "--no-deps", *others], check=True)
    probe = subprocess.run(
        [python, "-c", f"import {package.import_name}"], capture_output=True, text=True, cwd="/", check=False
    )
    last = (probe.stderr.strip().splitlines() or [""])[-1]
    if probe.returncode != 0:
        names_a_wheel = last.startswith("ImportError") and any(name in last for name in packages())
        return f"refused by name ({last})" if names_a_wheel else ""
    command = [python, "-m", "pytest", "-q", "--ignore=tests/gpu", *package.tests]
    return "tests passed" if subprocess.run(command, cwd=package.folder, check=False).returncode == 0 else ""


def main() -> int:
    """Run the matrix, or the handshake before there is one; return the process's exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="where the wheels of the previous release lie")
    previous = released_wheels(parser.parse_args().folder)
    if not previous:
        print("skew: no earlier release is kept: testing the ABI handshake and the kept plugins in its place")
        return subprocess.run([sys.executable, "-m", "pytest", "-q", *HANDSHAKE], cwd=ROOT, check=False).returncode
    failed: list[str] = []
    for package in packages().values():
        if package.kind == "npm" or package.missing_tool() or not set(package.knows) & set(previous):
            continue
        others = ", ".join(previous[name].name for name in package.knows if name in previous)
        outcome = run_with_previous(package, previous)
        print(f"skew: {package.name} with {others}: {outcome or 'FAILED'}")
        if not outcome:
            failed.append(package.name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
