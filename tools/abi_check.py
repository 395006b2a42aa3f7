# SPDX-License-Identifier: Apache-2.0
"""Holds the C ABI: headers that compile alone, layouts and schemas against golden files, abidiff against the kept dumps.

`packages/vt-core/abi/<version>/` keeps of each release its headers, its layout, the schemas of its operators, the ABI
dumps and a plugin built against it (the integration tests run the plugin). `--update` rewrites the folder of the version
being made; a released folder is never rewritten.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import abi_layout
from tools.abi_schemas import schema_changes, schemas
from tools.native_tests import configure_and_build
from tools.repo import ROOT, packages
from tools.wheels import BuildError, prepare_build_environment

CORE = ROOT / "packages" / "vt-core"
HEADERS = CORE / "include" / "vt" / "abi"
PLUGIN = ROOT / "tests" / "integration" / "plugin_c" / "twice_plus.c"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
LANGUAGES = {"c11": ("cc", "c"), "c++17": ("c++", "c++"), "c++20": ("c++", "c++")}
# What abidiff's exit status means: bit 2 a change of the ABI, bit 3 an incompatible one; lower bits are usage errors.
_ABI_CHANGE, _ABI_INCOMPATIBLE = 4, 8


class AbiError(Exception):
    """The ABI is not what it has to be; the message says where."""


def _compile(standard: str, source: Path, includes: list[Path], *options: str) -> None:
    compiler, language = LANGUAGES[standard]
    flags = [f"-std={standard}", "-x", language, *WARNINGS, *(f"-I{path}" for path in includes)]
    if language == "c++":
        flags.append("-Wno-invalid-offsetof")
    done = subprocess.run([compiler, *flags, str(source), *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AbiError(f"{source.name} does not compile as {standard}:\n{done.stderr}")


def dlpack_include() -> Path:
    """Return the folder with dlpack/dlpack.h that vt-core's build requires."""
    python = prepare_build_environment(packages()["vt-core"])
    found = list(python.parent.parent.glob("lib/python*/site-packages/*/include/dlpack/dlpack.h"))
    if not found:
        raise AbiError("no build requirement of vt-core brings dlpack/dlpack.h")
    return found[0].parent.parent


def check_headers_alone(includes: list[Path], scratch: Path) -> int:
    """Compile each header by itself in each language it is written for; return how many compilations ran."""
    count = 0
    jobs = [(header, standard) for header in sorted(HEADERS.glob("*.h")) for standard in LANGUAGES]
    jobs += [(header, "c++20") for header in sorted((HEADERS.parent / "cpp").glob("*.hpp"))]
    for header, standard in jobs:
        source = scratch / f"alone_{header.stem}.c"
        # An empty translation unit is an error of its own in C, hence the declaration.
        source.write_text(f"#include <vt/{header.parent.name}/{header.name}>\nint vt_header_alone;\n")
        _compile(standard, source, includes, "-fsyntax-only")
        count += 1
    return count


def layout(standard: str, includes: list[Path], scratch: Path, headers: Path = HEADERS) -> str:
    """Return the layout of all structs as one compiler sees it."""
    source, program = scratch / "layout.c", scratch / "layout"
    source.write_text(abi_layout.program(headers))
    _compile(standard, source, includes, "-o", str(program))
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout


def layout_changes(golden: str, current: str) -> list[str]:
    """Return what in `current` breaks the promise of `golden`: only tables and argument structs may grow, at their end."""
    now = dict(line.rsplit(" size ", 1) if " = " not in line else line.split(" = ") for line in current.splitlines())
    broken: list[str] = []
    for line in golden.splitlines():
        is_constant = " = " in line
        key, value = line.split(" = ") if is_constant else line.rsplit(" size ", 1)
        may_grow = key.endswith("_MINOR") if is_constant else " at " not in key
        if key not in now:
            broken.append(f"{key} is gone")
        elif now[key] != value and not (may_grow and int(now[key]) > int(value)):
            broken.append(f"{key} was {value} and is {now[key]}")
    return broken


def check_ledger(headers: Path = HEADERS) -> int:
    """Compare ledger.md with the tables: each entry in one row, none that is gone; return how many there are."""
    rows = [
        line.split("|")[1:4] for line in (headers / "ledger.md").read_text().splitlines() if line.startswith("| `Vt")
    ]
    listed = [(name.strip(" `"), entry.strip(" `")) for name, _, entries in rows for entry in entries.split(",")]
    present = [(name, entry) for name, entries in abi_layout.read_tables(headers).items() for entry in entries]
    if wrong := sorted(set(listed) ^ set(present)) or sorted(pair for pair in set(listed) if listed.count(pair) > 1):
        names = ", ".join(f"{table}.{entry}" for table, entry in wrong)
        raise AbiError(f"ledger.md and the headers differ, or an entry is listed twice: {names}")
    return len(present)


def write_dumps(folder: Path, includes: list[Path], scratch: Path) -> None:
    """Write ABI dumps of libvt_core and of every struct in the headers."""
    probe_source, probe = scratch / "probe.c", scratch / "libprobe.so"
    probe_source.write_text(abi_layout.probe(HEADERS))
    _compile("c11", probe_source, includes, "-g", "-fPIC", "-shared", "-o", str(probe))
    build = configure_and_build(packages()["vt-core"])
    library = next(path for path in sorted(build.rglob("libvt_core.so*")) if path.is_file() and not path.is_symlink())
    for name, binary in (("tables", probe), ("libvt_core", library)):
        flags = ["--exported-interfaces-only", "--no-corpus-path", "--no-show-locs", "--no-comp-dir-path"]
        command = ["abidw", *flags, str(binary)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or (name == "libvt_core" and "<parameter " not in done.stdout):
            raise AbiError(f"abidw failed on {binary.name}: {done.stderr}")
        (folder / f"{name}.abi").write_text(done.stdout)


def check_against(kept: Path, dumps: Path, includes: list[Path], scratch: Path) -> str:
    """Compare the present ABI with one kept version; return a line, raise AbiError when it is broken."""
    golden = (kept / "layout.txt").read_text()
    if broken := layout_changes(golden, layout("c11", includes, scratch)):
        raise AbiError(f"the layout breaks {kept.name}: " + "; ".join(broken))
    if broken := schema_changes((kept / "schemas.txt").read_text(), schemas()):
        raise AbiError(f"operators break {kept.name}: " + "; ".join(broken))
    changed = False
    for name in ("tables", "libvt_core"):
        command = ["abidiff", "--no-unreferenced-symbols", str(kept / f"{name}.abi"), str(dumps / f"{name}.abi")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode & ~_ABI_CHANGE:
            raise AbiError(
                f"abidiff of {name} against {kept.name} (status {done.returncode}):\n{done.stdout}{done.stderr}"
            )
        changed |= bool(done.returncode & _ABI_CHANGE)
    return f"abi: compatible with {kept.name}" + (", with additions or changes in place" if changed else "")


def current_version() -> str:
    """Return major.minor of vt-core."""
    text = (CORE / "pyproject.toml").read_text()
    version = next(line.split('"')[1] for line in text.splitlines() if line.startswith("version"))
    return ".".join(version.split(".")[:2])


def update(folder: Path, dumps: Path, golden: str, includes: list[Path]) -> None:
    """Write what is kept of the version being made: headers, layout, schemas, dumps, a plugin as source and as binary."""
    headers = folder / "include" / "vt" / "abi"
    shutil.rmtree(headers, ignore_errors=True)
    shutil.copytree(HEADERS, headers)
    (folder / "layout.txt").write_text(golden)
    (folder / "schemas.txt").write_text(schemas())
    for dump in dumps.glob("*.abi"):
        shutil.copy(dump, folder / dump.name)
    plugin = folder / "plugin"
    plugin.mkdir(exist_ok=True)
    source = plugin / PLUGIN.name
    shutil.copy(PLUGIN, source)
    options = ["-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-Wl,--build-id=none", "-s"]
    _compile("c11", source, includes, *options, "-o", str(source.with_suffix(".so")))


def main() -> int:
    """Run the checks; return the process's exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="rewrite what is kept of the version being made")
    options = parser.parse_args()
    if missing := [tool for tool in ("abidw", "abidiff") if shutil.which(tool) is None]:
        print(f"abi: {' and '.join(missing)} not found; install abigail-tools (apt-get install abigail-tools)")
        return 1
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        try:
            includes = [HEADERS.parent.parent, dlpack_include()]
            print(f"abi: {check_headers_alone(includes, scratch)} compilations of headers alone")
            print(f"abi: {check_ledger()} table entries, each with the version that added it")
            layouts = {standard: layout(standard, includes, scratch) for standard in LANGUAGES}
            if len(set(layouts.values())) != 1:
                raise AbiError("the layout differs between C11, C++17 and C++20")
            write_dumps(scratch, includes, scratch)
            if options.update:
                update(CORE / "abi" / current_version(), scratch, layouts["c11"], includes)
            for kept in sorted(path for path in (CORE / "abi").iterdir() if path.is_dir()):
                print(check_against(kept, scratch, includes, scratch))
            for kind, text in (("layout", layouts["c11"]), ("schemas", schemas())):
                if (CORE / "abi" / current_version() / f"{kind}.txt").read_text() != text:
                    raise AbiError(f"{kind}.txt kept for {current_version()} is out of date: `nox -s abi -- --update`")
        except (AbiError, BuildError) as error:
            print(f"abi: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
