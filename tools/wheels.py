# SPDX-License-Identifier: Apache-2.0
"""Builds the wheels into dist/ in dependency order, and only those whose inputs changed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from pathlib import Path

from tools.repo import DIST, ROOT, Package, missing_build_tools, packages, toolchain

# Note [What makes a wheel stale]
# A wheel is rebuilt when its own sources, the compilers, or what it reads of the wheels it is built against changed.
# dist/built.json holds the hash of all three beside each wheel. Packages meet through C tables only, so what a plugin
# reads of vt-core is headers and CMake files: a changed kernel in vt-core rebuilds vt-core alone.
#
# Note [Build environments]
# Each package is built in an environment of its own under .nox/build/, holding what its build-system.requires names and
# nothing else, as an isolated build would. Unlike pip's own isolated environment it keeps its path from one build to
# the next, so that neither the package's build folder nor ccache is thrown away.

RECORD = DIST / "built.json"
BUILD_ENVIRONMENTS = ROOT / ".nox" / "build"
_NOT_IN_WHEEL = ("tests", "test", "benchmarks", "abi", "CHANGELOG.md", "released")


class BuildError(Exception):
    """A package could not be built; the message says which and how."""


def _record() -> dict[str, dict[str, str]]:
    return json.loads(RECORD.read_text()) if RECORD.exists() else {}


def _hash(parts: list[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()


def _source_hash(package: Package) -> str:
    command = ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", "."]
    listing = subprocess.run(command, cwd=package.folder, capture_output=True, check=True).stdout
    parts: list[bytes] = []
    for name in sorted(set(listing.decode().split("\0")) - {""}):
        path = package.folder / name
        if name.split("/")[0] not in _NOT_IN_WHEEL and path.is_file():
            parts += [name.encode(), path.read_bytes()]
    return _hash(parts)


def wheel_path(name: str) -> Path:
    """Return the wheel (or npm archive) of a package in dist/; BuildError when there is none."""
    entry = _record().get(name)
    if entry is None or not (DIST / entry["file"]).exists():
        raise BuildError(f"{name}: dist holds no wheel of it; run `nox -s build`")
    return DIST / entry["file"]


def _read_part_hash(name: str, part: str) -> str:
    with zipfile.ZipFile(wheel_path(name)) as archive:
        names = sorted(n for n in archive.namelist() if part == "all" or "/include/" in n or "/cmake/" in n)
        return _hash([piece for n in names for piece in (n.encode(), archive.read(n))])


def inputs_hash(package: Package) -> str:
    """Hash everything the package's wheel is made from."""
    read = [f"{n}:{_read_part_hash(n, part)}" for n, part in package.builds_against.items()]
    settings = [f"{k}={v}" for k, v in sorted(os.environ.items()) if k.startswith(("VT_BUILD_", "CMAKE_CUDA_ARCH"))]
    return _hash([text.encode() for text in [_source_hash(package), toolchain(), *read, *settings]])


def is_fresh(package: Package) -> bool:
    """Whether dist/ holds a wheel made from exactly the present inputs."""
    entry = _record().get(package.name)
    try:
        return entry is not None and (DIST / entry["file"]).exists() and entry["inputs"] == inputs_hash(package)
    except BuildError:
        return False


def build_environment(package: Package) -> dict[str, str]:
    """Return the process environment of builds: one compiler for all of them, through ccache when it is installed."""
    env = dict(os.environ)
    for variable, name in (("CC", "gcc"), ("CXX", "g++")):
        if shutil.which(name):
            env.setdefault(variable, name)
    if shutil.which("ccache"):
        for language in ("C", "CXX", "CUDA"):
            env.setdefault(f"CMAKE_{language}_COMPILER_LAUNCHER", "ccache")
        env.setdefault("CCACHE_BASEDIR", str(ROOT))
        env.setdefault("CCACHE_NOHASHDIR", "1")
    if package.kind != "npm":
        env["PATH"] = f"{python_of(package).parent}{os.pathsep}{env['PATH']}"
    return env


def python_of(package: Package) -> Path:
    """Return the Python of a package's build environment."""
    return BUILD_ENVIRONMENTS / package.name / "bin" / "python"


def _run(package: Package, *command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    if subprocess.run([str(part) for part in command], env=env, cwd=cwd, check=False).returncode != 0:
        raise BuildError(f"{package.name}: the build failed in `{' '.join(str(part) for part in command)}`")


def prepare_build_environment(package: Package) -> Path:
    """Make or refresh the environment in which a package is built; return its Python."""
    python = python_of(package)
    requires: list[str] = []
    if package.kind != "npm":
        project = tomllib.loads((package.folder / "pyproject.toml").read_text())
        requires = project["build-system"]["requires"]
    if package.kind == "native":
        requires = [*requires, *missing_build_tools()]
    ours = [wheel_path(name) for name in package.builds_against]
    parts = [f"{name}:{_read_part_hash(name, part)}" for name, part in package.builds_against.items()]
    state = json.dumps([requires, parts, sys.version])
    stamp = python.parent.parent / "house-state.json"
    if stamp.exists() and stamp.read_text() == state:
        return python
    if not python.exists():
        _run(package, sys.executable, "-m", "virtualenv", "-q", python.parent.parent)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    if ours:
        _run(package, *pip, "--force-reinstall", "--no-deps", *ours)
    if requires:
        _run(package, *pip, "--find-links", DIST, *requires)
    stamp.write_text(state)
    return python


def _build_wheel(package: Package) -> Path:
    python = prepare_build_environment(package)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "wheel", "-q"]
    flags = ["--no-deps", "--no-build-isolation", "--find-links", DIST]
    with tempfile.TemporaryDirectory(dir=DIST, prefix=".new-") as fresh:
        _run(package, *pip, *flags, "-w", fresh, package.folder, env=build_environment(package))
        return _take(package, Path(fresh), "*.whl")


def _build_npm(package: Package) -> Path:
    python = prepare_build_environment(package)
    env = build_environment(package) | {"VT_PYTHON": str(python)}
    _run(package, "npm", "ci", "--no-audit", "--no-fund", env=env, cwd=package.folder)
    _run(package, "npm", "run", "build", env=env, cwd=package.folder)
    with tempfile.TemporaryDirectory(dir=DIST, prefix=".new-") as fresh:
        _run(package, "npm", "pack", "--silent", "--pack-destination", fresh, env=env, cwd=package.folder)
        return _take(package, Path(fresh), "*.tgz")


def _take(package: Package, fresh: Path, pattern: str) -> Path:
    made = list(fresh.glob(pattern))
    if len(made) != 1:
        raise BuildError(f"{package.name}: expected one {pattern} from the build, got {[m.name for m in made]}")
    for old in [*DIST.glob(f"{package.import_name}-*.whl"), *DIST.glob(f"{package.name}-*.tgz")]:
        old.unlink()
    target = DIST / made[0].name
    made[0].replace(target)
    return target


def build(package: Package, *, force: bool = False) -> bool:
    """Build one package if it is stale; return whether it was built. Prints one line with the seconds taken."""
    for name in package.builds_against:
        if not is_fresh(packages()[name]):
            build(packages()[name])
    if not force and is_fresh(package):
        return False
    DIST.mkdir(exist_ok=True)
    start = time.monotonic()
    target = _build_npm(package) if package.kind == "npm" else _build_wheel(package)
    record = _record()
    record[package.name] = {"file": target.name, "inputs": inputs_hash(package)}
    RECORD.write_text(json.dumps(record, indent=2) + "\n")
    print(f"build: {package.name} took {time.monotonic() - start:.0f} s ({target.name}, {target.stat().st_size} bytes)")
    return True
