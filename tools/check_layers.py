# SPDX-License-Identifier: Apache-2.0
"""Fails when a package knows another that tools/packages.toml does not allow it to know.

Looked at: imports of Python files, #include of native files, find_package and target names of CMake files, requirements
of pyproject.toml (extras and build requirements too) and dependencies of package.json. Beside the arrows between
packages: Python.h only under csrc/python, CUDA headers only in vt-cuda and vt-fabric.
"""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from tools.repo import ROOT, Package, packages

_NATIVE = {".h", ".hpp", ".c", ".cpp", ".cu", ".cuh"}
_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
_FIND_PACKAGE = re.compile(r"find_package\s*\(\s*(\w+)|\b(vt_\w+)::\w+")
_CUDA_HEADER = re.compile(r"^(cuda\w*|cublas\w*|cudnn\w*|nccl\w*|nvrtc\w*|cub/.*|thrust/.*)\.(h|hpp|cuh)$")
_CUDA_PACKAGES = {"vt-cuda", "vt-fabric"}


def imported_modules(source: str) -> Iterator[str]:
    """Yield the top-level modules that a Python source imports, by statement or by a constant name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called.endswith(("import_module", "__import__", "importorskip")):
                yield str(node.args[0].value).split(".")[0]


def _requirement_name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9_-]", requirement.strip(), maxsplit=1)[0].replace("_", "-").lower()


def declared_requirements(pyproject: str) -> Iterator[tuple[str, bool]]:
    """Yield each distribution that a pyproject.toml asks for, and whether only an extra does."""
    table = tomllib.loads(pyproject)
    project: dict[str, Any] = table.get("project", {})
    extras: dict[str, list[str]] = project.get("optional-dependencies", {})
    required: list[str] = [*project.get("dependencies", []), *table.get("build-system", {}).get("requires", [])]
    yield from ((_requirement_name(requirement), False) for requirement in required)
    for group in extras.values():
        yield from ((_requirement_name(requirement), True) for requirement in group)


def _known_by(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (distribution, how) for each of our packages that a file mentions as something it uses."""
    text = path.read_text(errors="replace")
    if path.suffix in {".py", ".pyi"}:
        yield from ((name.replace("_", "-"), f"imports {name}") for name in imported_modules(text))
    elif path.suffix in _NATIVE:
        for header in cast(list[str], _INCLUDE.findall(text)):
            owner = header.split("/")[0].replace("_", "-")
            yield ("vt-core" if owner == "vt" else owner), f"includes {header}"
    elif path.name == "CMakeLists.txt" or path.suffix == ".cmake":
        for match in _FIND_PACKAGE.finditer(text):
            name = match.group(1) or match.group(2)
            yield name.replace("_", "-"), f"finds {name}"
    elif path.name == "pyproject.toml":
        for name, only_extra in declared_requirements(text):
            yield name, f"suggests {name}" if only_extra else f"requires {name}"
    elif path.name == "package.json":
        table = json.loads(text)
        for group in ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies"):
            yield from ((name, f"requires {name}") for name in table.get(group, {}))


def _foreign_headers(package: Package, path: Path) -> Iterator[str]:
    if path.suffix not in _NATIVE:
        return
    inside = path.relative_to(package.folder).as_posix()
    for header in cast(list[str], _INCLUDE.findall(path.read_text(errors="replace"))):
        if header == "Python.h" and not inside.startswith("csrc/python/"):
            yield "includes Python.h outside csrc/python"
        beside = (path.parent / header).exists()
        if _CUDA_HEADER.match(header) and not beside and package.name not in _CUDA_PACKAGES:
            yield f"includes the CUDA header {header}"


def violations(package: Package, files: list[Path]) -> Iterator[str]:
    """Yield one line for each thing in `files` that the package must not know."""
    names = set(packages())
    for path in files:
        where = path.relative_to(ROOT).as_posix()
        for other, how in _known_by(path):
            allowed = [*package.knows, *(package.suggests if how.startswith("suggests") else [])]
            if other in names and other != package.name and other not in allowed:
                yield f"{where}: {how}, but {package.name} may know only {', '.join(allowed) or 'itself'}"
            elif other == "torch" and "src" in path.parts:
                yield f"{where}: {how}; PyTorch is a peer of the tests, no part of a package"
        yield from (f"{where}: {fault}" for fault in _foreign_headers(package, path))


def _files(package: Package) -> list[Path]:
    command = ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", "."]
    listing = subprocess.run(command, cwd=package.folder, capture_output=True, check=True).stdout.decode()
    paths = [package.folder / name for name in listing.split("\0") if name]
    return [path for path in paths if path.is_file()]


def main() -> int:
    """Check every package; return the process's exit code."""
    found: list[str] = []
    num_files = 0
    for package in packages().values():
        if not package.folder.is_dir():
            found.append(f"packages/{package.name}: the table names it, the folder is missing")
            continue
        files = _files(package)
        num_files += len(files)
        found += list(violations(package, files))
    print("\n".join([*found, f"layers: {num_files} files looked at, {len(found)} wrong arrows"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
