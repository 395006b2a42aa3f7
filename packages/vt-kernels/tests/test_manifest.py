# SPDX-License-Identifier: Apache-2.0
"""The manifest's reader: what it takes, and what it says of one that is damaged or lies."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vt_kernels._runtime.declaration import Parameter, Variant
from vt_kernels._runtime.manifest import Image, ManifestError, read_manifest, write_manifest

CUBIN = b"\x7fELF and the rest of a cubin"
VARIANT = Variant("scale", "f16", (Parameter("x_ptr", "ptr", 16), Parameter("n", "i32")), {"BLOCK": 128}, 4)
IMAGE = Image(VARIANT, "scale_kernel", "scale.cubin", hashlib.sha256(CUBIN).hexdigest(), 64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / IMAGE.file).write_bytes(CUBIN)
    write_manifest(tmp_path, target="sm_90", compiler=("triton", "3.6.0"), images=(IMAGE,))
    return tmp_path


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "manifest.json"
    root = json.loads(path.read_text())
    change(root)
    path.write_text(json.dumps(root))


def test_manifest_reads_back_what_was_written(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert (manifest.target, manifest.compiler, manifest.images) == ("sm_90", "triton 3.6.0", (IMAGE,))
    assert manifest.cubin(IMAGE) == CUBIN


def test_manifest_has_the_same_text_for_the_same_build(folder: Path) -> None:
    text = (folder / "manifest.json").read_text()
    write_manifest(folder, target="sm_90", compiler=("triton", "3.6.0"), images=(IMAGE,))
    assert (folder / "manifest.json").read_text() == text


def test_manifest_rejects_every_truncation(folder: Path) -> None:
    text = (folder / "manifest.json").read_bytes().rstrip()
    for length in range(len(text)):
        (folder / "manifest.json").write_bytes(text[:length])
        with pytest.raises(ManifestError, match=r"^manifest: manifest.json is no JSON"):
            read_manifest(folder)


def test_manifest_rejects_the_lack_of_any_field(folder: Path) -> None:
    path = folder / "manifest.json"
    whole = json.loads(path.read_text())
    for trail in _trails(whole):
        root = json.loads(json.dumps(whole))
        owner = root
        for key in trail[:-1]:
            owner = owner[key]
        del owner[trail[-1]]
        path.write_text(json.dumps(root))
        with pytest.raises(ManifestError, match=rf"has no field '{trail[-1]}'"):
            read_manifest(folder)


def test_manifest_rejects_a_wrong_type_in_any_field(folder: Path) -> None:
    path = folder / "manifest.json"
    whole = json.loads(path.read_text())
    for trail in [*_trails(whole), ("images", 0, "constants", "BLOCK"), ("images", 0), ("images", 0, "parameters", 0)]:
        for wrong in (None, True, 1.5, ""):
            root = json.loads(json.dumps(whole))
            owner = root
            for key in trail[:-1]:
                owner = owner[key]
            owner[trail[-1]] = wrong
            path.write_text(json.dumps(root))
            with pytest.raises(ManifestError, match="has the wrong type: got"):
                read_manifest(folder)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"[]", b"[" * 100_000, b"null", b"3"])
def test_manifest_rejects_what_is_no_manifest(folder: Path, text: bytes) -> None:
    (folder / "manifest.json").write_bytes(text)
    with pytest.raises(ManifestError, match=r"^manifest: manifest.json "):
        read_manifest(folder)


@pytest.mark.parametrize("version", [0, 2, 99])
def test_manifest_rejects_another_format(folder: Path, version: int) -> None:
    rewrite(folder, lambda root: (root.clear(), root.update(format=version)))
    with pytest.raises(ManifestError, match=f"^manifest: unknown format: got {version}, expected 1; install"):
        read_manifest(folder)


@pytest.mark.parametrize("file", ["../scale.cubin", "/etc/passwd", "a/b", "..", "."])
def test_manifest_rejects_a_file_outside_its_folder(folder: Path, file: str) -> None:
    rewrite(folder, lambda root: root["images"][0].update(file=file))
    with pytest.raises(ManifestError, match=r"images\[0\].file leaves the folder"):
        read_manifest(folder)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("dtype", "f8", "dtype is unknown"),
        ("num_warps", 0, "num_warps is out of range"),
        ("num_warps", 33, "num_warps is out of range"),
        ("shared_bytes", -1, "shared_bytes is negative"),
        ("global_scratch_bytes", 8, "global_scratch_bytes is not supported"),
        ("profile_scratch_bytes", 8, "profile_scratch_bytes is not supported"),
    ],
)
def test_manifest_rejects_a_value_it_cannot_launch(folder: Path, field: str, value: object, message: str) -> None:
    rewrite(folder, lambda root: root["images"][0].update({field: value}))
    with pytest.raises(ManifestError, match=rf"^manifest: images\[0\].{message}: got {value!r}, expected "):
        read_manifest(folder)


@pytest.mark.parametrize(("field", "value"), [("kind", "i8"), ("divisible_by", 0)])
def test_manifest_rejects_a_parameter_it_cannot_pass(folder: Path, field: str, value: object) -> None:
    rewrite(folder, lambda root: root["images"][0]["parameters"][1].update({field: value}))
    with pytest.raises(ManifestError, match=rf"^manifest: images\[0\].parameters\[1\].{field} is .*: got {value!r}"):
        read_manifest(folder)


def test_manifest_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"^manifest: cannot read manifest.json: No such file"):
        read_manifest(tmp_path / "sm_90")


@pytest.mark.parametrize("damage", [CUBIN[:-1], CUBIN + b"\0", b"", CUBIN.replace(b"rest", b"test")])
def test_cubin_with_another_hash_is_refused(folder: Path, damage: bytes) -> None:
    (folder / IMAGE.file).write_bytes(damage)
    with pytest.raises(ManifestError, match=r"^manifest: scale.cubin is not the file that was built: got sha256 "):
        read_manifest(folder).cubin(IMAGE)


def test_cubin_that_is_missing_is_named(folder: Path) -> None:
    (folder / IMAGE.file).unlink()
    with pytest.raises(ManifestError, match=r"^manifest: cannot read scale.cubin: No such file"):
        read_manifest(folder).cubin(IMAGE)


def _trails(root: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The way to each field whose lack is an error: all of them but a constant."""
    image = ("images", 0)
    return [
        *((key,) for key in root),
        *(("compiler", key) for key in root["compiler"]),
        *((*image, key) for key in root["images"][0]),
        *((*image, "parameters", 0, key) for key in root["images"][0]["parameters"][0]),
    ]
