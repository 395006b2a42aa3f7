# SPDX-License-Identifier: Apache-2.0
"""Each built wheel by itself: its tag, its size, what its libraries need and what they export."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from wheelhouse import NATIVE_WHEELS, WHEELS

# Limits in bytes: what a user is promised to download, and far below what debug information or a bundled library would take.
MAX_WHEEL_BYTES = {
    "vt-core": 15_000_000,
    "vt-autograd": 1_000_000,
    "vt-cuda": 40_000_000,
    "vt-kernels": 2_000_000,
    "vt-fabric": 1_000_000,
    "vt-torch": 500_000,
}
SYSTEM_LIBRARIES = re.compile(r"^(libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+|ld-linux-x86-64)\.so\.\d+$")
EXPORTED = re.compile(r"^(vt_\w+|PyInit_\w+)(@@?\w+)?$")
PURE = {"vt-kernels", "vt-torch"}


def libraries(name: str, folder: Path) -> list[Path]:
    """Unpack a wheel; return its shared libraries and extension modules."""
    with zipfile.ZipFile(WHEELS[name]) as archive:
        archive.extractall(folder)
    return sorted(path for path in folder.rglob("*") if re.search(r"\.so(\.\d+)*$", path.name))


def tool_output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", WHEELS)
def test_wheel_tag_is_stable_abi_or_any(name: str) -> None:
    tag = "-".join(WHEELS[name].stem.split("-")[-3:-1])
    assert tag == ("py3-none" if name in PURE else "cp311-abi3")


@pytest.mark.parametrize("name", WHEELS)
def test_wheel_is_small(name: str) -> None:
    assert WHEELS[name].stat().st_size <= MAX_WHEEL_BYTES[name]


@pytest.mark.parametrize("name", NATIVE_WHEELS)
def test_wheel_needs_only_the_system_and_itself(name: str, tmp_path: Path) -> None:
    paths = libraries(name, tmp_path)
    own = {path.name for path in paths}
    assert paths, f"{name} holds no library"
    for path in paths:
        needed = re.findall(r"\(NEEDED\).*\[(.+)\]", tool_output("readelf", "-d", str(path)))
        foreign = [n for n in needed if n not in own and not SYSTEM_LIBRARIES.match(n)]
        assert not foreign, f"{path.name} needs {foreign}"


@pytest.mark.parametrize("name", NATIVE_WHEELS)
def test_wheel_exports_only_vt_and_module_init(name: str, tmp_path: Path) -> None:
    for path in libraries(name, tmp_path):
        lines = tool_output("nm", "-D", "--defined-only", str(path)).splitlines()
        # "A" marks the version node that a version script makes; it names no function.
        symbols = [line.split()[-1] for line in lines if line.split()[-2] != "A"]
        assert symbols, f"{path.name} exports nothing"
        assert not [s for s in symbols if not EXPORTED.match(s)], f"{path.name} exports more than its interface"


def test_core_library_exports_one_symbol(tmp_path: Path) -> None:
    library = next(path for path in libraries("vt-core", tmp_path) if path.name.startswith("libvt_core"))
    lines = tool_output("nm", "-D", "--defined-only", str(library)).splitlines()
    assert [re.sub("@.*", "", line.split()[-1]) for line in lines if line.split()[-2] != "A"] == ["vt_get_interface"]


@pytest.mark.parametrize("name", NATIVE_WHEELS)
def test_no_library_is_linked_with_fast_math(name: str, tmp_path: Path) -> None:
    # crtfastm.o, which -ffast-math puts on a link line, makes the host process flush denormals to zero.
    for path in libraries(name, tmp_path):
        assert "set_fast_math" not in tool_output("readelf", "-Ws", str(path))


@pytest.mark.parametrize("name", NATIVE_WHEELS)
def test_static_thread_local_space_is_spared(name: str, tmp_path: Path) -> None:
    # All thread-local data of a library with the initial-exec model must fit into what glibc keeps for libraries that are loaded
    # late: 1664 bytes for all of a process.
    for path in libraries(name, tmp_path):
        if "STATIC_TLS" in tool_output("readelf", "-d", str(path)):
            sizes = re.findall(
                r"^ +TLS(?: +0x[0-9a-f]+){4} +(0x[0-9a-f]+)", tool_output("readelf", "-lW", str(path)), re.M
            )
            assert sum(int(size, 16) for size in sizes) <= 256, path.name


@pytest.mark.parametrize("name", WHEELS)
def test_wheel_ships_types_and_no_tests(name: str) -> None:
    with zipfile.ZipFile(WHEELS[name]) as archive:
        names = archive.namelist()
    module = name.replace("-", "_")
    assert f"{module}/py.typed" in names
    assert not [n for n in names if n.startswith(("tests/", f"{module}/tests/"))]
    assert not [n for n in names if not n.startswith((f"{module}/", f"{module}-"))], "files outside its own module"
