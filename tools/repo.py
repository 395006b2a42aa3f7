# SPDX-License-Identifier: Apache-2.0
"""What the repository consists of: the packages, where they lie, and which tools of this machine can build them."""

import functools
import re
import shutil
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"


@dataclass(frozen=True)
class Package:
    """One row of packages.toml."""

    name: str
    kind: str
    knows: list[str] = field(default_factory=list[str])
    suggests: list[str] = field(default_factory=list[str])
    builds_against: dict[str, str] = field(default_factory=dict[str, str])
    needs: list[str] = field(default_factory=list[str])
    native_tests: str | None = None
    tests: list[str] = field(default_factory=list[str])

    @property
    def folder(self) -> Path:
        """Where its sources lie."""
        return ROOT / "packages" / self.name

    @property
    def import_name(self) -> str:
        """The name of its Python module, also the stem of its wheels."""
        return self.name.replace("-", "_")

    def run_time_packages(self) -> list[str]:
        """Return itself and the packages of ours that its declared dependencies bring, itself first."""
        if self.kind == "npm":
            return [self.name]
        project = tomllib.loads((self.folder / "pyproject.toml").read_text())["project"]
        found = [self.name]
        for requirement in project.get("dependencies", []):
            name = re.split(r"[^A-Za-z0-9_-]", requirement, maxsplit=1)[0].replace("_", "-").lower()
            if name in packages():
                found += packages()[name].run_time_packages()
        return list(dict.fromkeys(found))

    def missing_tool(self) -> str | None:
        """Why this machine cannot build it, or None."""
        for tool in self.needs:
            if reason := _PROBES[tool]():
                return reason
        return None


@functools.cache
def packages() -> dict[str, Package]:
    """Return every package of the table, in dependency order."""
    rows = tomllib.loads((ROOT / "tools" / "packages.toml").read_text())
    return {name: Package(name=name, **row) for name, row in rows.items()}


def buildable(names: list[str] | None = None) -> tuple[list[Package], list[str]]:
    """Return the packages this machine can build, in order, and one line for each that it cannot."""
    chosen: list[Package] = []
    left_out: list[str] = []
    for package in packages().values():
        if names and package.name not in names:
            continue
        if reason := package.missing_tool():
            left_out.append(f"{package.name} is left out: {reason}")
        else:
            chosen.append(package)
    return chosen, left_out


def _output(*command: str) -> str | None:
    if shutil.which(command[0]) is None:
        return None
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _without_nvcc() -> str | None:
    return None if _output("nvcc", "--version") else "nvcc is not on PATH; install the CUDA 13.0 toolkit to build it"


def _without_node() -> str | None:
    version = _output("node", "--version")
    if version is None or shutil.which("npm") is None:
        return "node and npm are not on PATH; install Node.js 20 or later to build it"
    major = int(re.match(r"v(\d+)", version).group(1))  # type: ignore[union-attr]
    return None if major >= 20 else f"Node.js {version.strip()} is too old; install version 20 or later"


@functools.cache
def missing_build_tools() -> list[str]:
    """Requirements that bring CMake and Ninja into a build environment where this machine has none that will do."""
    found = re.search(r"(\d+)\.(\d+)", _output("cmake", "--version") or "")
    missing = [] if found and (int(found[1]), int(found[2])) >= (3, 25) else ["cmake>=3.25"]
    return missing if shutil.which("ninja") else [*missing, "ninja"]


_PROBES = {"nvcc": functools.cache(_without_nvcc), "node": functools.cache(_without_node)}


@functools.cache
def without_cxx20() -> str | None:
    """One sentence saying what to install when no C++20 compiler works here, or None."""
    source = (
        "#include <concepts>\n#include <span>\nint main() { std::span<int> s; return static_cast<int>(s.size()); }\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "probe.cpp")
        path.write_text(source)
        command = ["c++", "-std=c++20", str(path), "-o", str(path.with_suffix(""))]
        if shutil.which("c++") and subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return None
    return "No C++20 compiler was found: install g++ 12 or later (Debian, Ubuntu: apt-get install g++)."


@functools.cache
def toolchain() -> str:
    """Identify the compilers, so that a wheel is rebuilt when they change."""
    nvcc = _output("nvcc", "--version") or ""
    return "\n".join([(_output("c++", "--version") or "").split("\n")[0], nvcc.strip().split("\n")[-1]])
