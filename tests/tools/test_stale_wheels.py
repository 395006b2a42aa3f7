# SPDX-License-Identifier: Apache-2.0
"""A wheel is rebuilt when something it is made from changed, and only then."""

import zipfile
from pathlib import Path

import pytest

from tools import wheels
from tools.repo import Package

CORE = Package(name="vt-core", kind="native")
PLUGIN = Package(name="vt-autograd", kind="native", builds_against={"vt-core": "interface"})
BUNDLE = Package(name="vt-node", kind="npm", builds_against={"vt-core": "all"})


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dist folder with one wheel of vt-core, and sources that never change."""
    monkeypatch.setattr(wheels, "DIST", tmp_path)
    monkeypatch.setattr(wheels, "RECORD", tmp_path / "built.json")
    monkeypatch.setattr(wheels, "_source_hash", lambda package: package.name)
    (tmp_path / "built.json").write_text('{"vt-core": {"file": "vt_core.whl", "inputs": ""}}')
    write_wheel(tmp_path, library="1", header="1")
    return tmp_path


def write_wheel(dist: Path, *, library: str, header: str) -> None:
    with zipfile.ZipFile(dist / "vt_core.whl", "w") as archive:
        archive.writestr("vt_core/lib/libvt_core.so.1", library)
        archive.writestr("vt_core/include/vt/abi/vt.h", header)


def test_a_new_core_library_leaves_plugins_fresh_and_bundles_stale(dist: Path) -> None:
    before = [wheels.inputs_hash(package) for package in (PLUGIN, BUNDLE)]
    write_wheel(dist, library="2", header="1")
    after = [wheels.inputs_hash(package) for package in (PLUGIN, BUNDLE)]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_a_new_header_makes_plugins_stale(dist: Path) -> None:
    before = wheels.inputs_hash(PLUGIN)
    write_wheel(dist, library="1", header="2")
    assert wheels.inputs_hash(PLUGIN) != before


def test_changed_sources_make_a_package_stale(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = wheels.inputs_hash(CORE)
    monkeypatch.setattr(wheels, "_source_hash", lambda _: "changed")
    assert wheels.inputs_hash(CORE) != before


def test_another_compiler_makes_a_package_stale(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = wheels.inputs_hash(CORE)
    monkeypatch.setattr(wheels, "toolchain", lambda: "another compiler")
    assert wheels.inputs_hash(CORE) != before


def test_a_package_without_a_wheel_is_stale(dist: Path) -> None:
    assert not wheels.is_fresh(PLUGIN)
    with pytest.raises(wheels.BuildError, match="vt-autograd: dist holds no wheel"):
        wheels.wheel_path("vt-autograd")
