# SPDX-License-Identifier: Apache-2.0
"""The manifest beside a folder of cubins: what each image is, how to launch it, and the hash that proves it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from vt_kernels._runtime.declaration import KERNEL_DTYPES, PARAMETER_KINDS, Parameter, Variant

FORMAT = 1
MANIFEST_NAME = "manifest.json"


class ManifestError(RuntimeError):
    """A manifest or an image that it lists is missing, cut short, of another format, or not what it says it is."""


@dataclass(frozen=True, slots=True)
class Image:
    """One compiled variant as the manifest lists it.

    Parameters
    ----------
    variant : Variant
        What was compiled.
    symbol : str
        Name of the kernel inside the cubin.
    file : str
        Name of the cubin in the manifest's folder.
    sha256 : str
        Hash of the cubin, in hexadecimal.
    shared_bytes : int
        Dynamic shared memory of a block.
    """

    variant: Variant
    symbol: str
    file: str
    sha256: str
    shared_bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The images of one target, in one folder.

    Parameters
    ----------
    folder : Path
        Where the cubins lie.
    target : str
        The architecture they were compiled for, as `sm_90`.
    compiler : str
        Name and version of what compiled them.
    images : tuple of Image
        In the order they were declared.
    """

    folder: Path
    target: str
    compiler: str
    images: tuple[Image, ...]

    def cubin(self, image: Image) -> bytes:
        """Bytes of an image, after checking its hash.

        Raises
        ------
        ManifestError
            If the file is missing or its hash is another.
        """
        path = self.folder / image.file
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ManifestError(
                f"manifest: cannot read {image.file}: {error.strerror}; reinstall vt-kernels"
            ) from error
        found = hashlib.sha256(data).hexdigest()
        if found != image.sha256:
            raise ManifestError(
                f"manifest: {image.file} is not the file that was built: got sha256 {found} of {len(data)} bytes, "
                f"expected {image.sha256}; reinstall vt-kernels"
            )
        return data


def read_manifest(folder: Path) -> Manifest:
    """Read and check `manifest.json` in a folder; the images are checked one by one as they are read.

    Parameters
    ----------
    folder : Path
        A folder of cubins, as `vt_kernels/cubins/sm_90`.

    Raises
    ------
    ManifestError
        If the file is missing, is no JSON, has another format version, or lacks or mistypes a field.
    """
    try:
        text = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
    except OSError as error:
        raise ManifestError(f"manifest: cannot read {MANIFEST_NAME}: {error.strerror}; reinstall vt-kernels") from error
    except UnicodeDecodeError as error:
        raise ManifestError(f"manifest: {MANIFEST_NAME} is not UTF-8 text; reinstall vt-kernels") from error
    try:
        root = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ManifestError(f"manifest: {MANIFEST_NAME} is no JSON: {error}; reinstall vt-kernels") from error
    root = _as_object(root, MANIFEST_NAME)
    # Before any other field: a newer format may have moved them.
    found = _integer(root, "format", MANIFEST_NAME)
    if found != FORMAT:
        raise ManifestError(
            f"manifest: unknown format: got {found}, expected {FORMAT}; install cubins of this vt-kernels version"
        )
    compiler = _as_object(_field(root, "compiler", MANIFEST_NAME), "compiler")
    images = tuple(_image(entry, f"images[{i}]") for i, entry in enumerate(_list(root, "images", MANIFEST_NAME)))
    return Manifest(
        folder=folder,
        target=_text(root, "target", MANIFEST_NAME),
        compiler=f"{_text(compiler, 'name', 'compiler')} {_text(compiler, 'version', 'compiler')}",
        images=images,
    )


def write_manifest(folder: Path, *, target: str, compiler: tuple[str, str], images: tuple[Image, ...]) -> None:
    """Write `manifest.json`; the text depends on nothing but the arguments, so equal builds give equal files.

    Parameters
    ----------
    folder : Path
        Where the cubins were written.
    target : str
        The architecture, as `sm_90`.
    compiler : tuple of str
        Name and version.
    images : tuple of Image
        What was compiled.
    """
    root = {
        "format": FORMAT,
        "target": target,
        "compiler": {"name": compiler[0], "version": compiler[1]},
        "images": [_entry(image) for image in images],
    }
    (folder / MANIFEST_NAME).write_text(json.dumps(root, indent=1) + "\n", encoding="utf-8")


def _entry(image: Image) -> dict[str, Any]:
    variant = image.variant
    return {
        "name": variant.name,
        "dtype": variant.dtype,
        "symbol": image.symbol,
        "file": image.file,
        "sha256": image.sha256,
        "parameters": [{"name": p.name, "kind": p.kind, "divisible_by": p.divisible_by} for p in variant.parameters],
        "constants": dict(variant.constants),
        "num_warps": variant.num_warps,
        "shared_bytes": image.shared_bytes,
        "global_scratch_bytes": 0,
        "profile_scratch_bytes": 0,
    }


def _image(value: object, where: str) -> Image:
    entry = _as_object(value, where)
    file = _text(entry, "file", where)
    if file != Path(file).name or file in (".", ".."):
        raise ManifestError(f"manifest: {where}.file leaves the folder: got {file!r}, expected a plain file name")
    for key in ("global_scratch_bytes", "profile_scratch_bytes"):
        # A launch passes NULL for both scratch pointers; an image that uses one would write through it.
        if (size := _integer(entry, key, where)) != 0:
            raise ManifestError(f"manifest: {where}.{key} is not supported: got {size}, expected 0")
    dtype = _text(entry, "dtype", where)
    if dtype not in KERNEL_DTYPES:
        raise ManifestError(f"manifest: {where}.dtype is unknown: got {dtype!r}, expected one of {KERNEL_DTYPES}")
    num_warps = _integer(entry, "num_warps", where)
    if not 1 <= num_warps <= 32:
        raise ManifestError(f"manifest: {where}.num_warps is out of range: got {num_warps}, expected 1 to 32")
    shared_bytes = _integer(entry, "shared_bytes", where)
    if shared_bytes < 0:
        raise ManifestError(f"manifest: {where}.shared_bytes is negative: got {shared_bytes}, expected 0 or more")
    constants = _as_object(_field(entry, "constants", where), f"{where}.constants")
    parameters = _list(entry, "parameters", where)
    variant = Variant(
        name=_text(entry, "name", where),
        dtype=dtype,
        parameters=tuple(_parameter(p, f"{where}.parameters[{i}]") for i, p in enumerate(parameters)),
        constants={key: _integer(constants, key, f"{where}.constants") for key in constants},
        num_warps=num_warps,
    )
    return Image(variant, _text(entry, "symbol", where), file, _text(entry, "sha256", where), shared_bytes)


def _parameter(value: object, where: str) -> Parameter:
    entry = _as_object(value, where)
    kind = _text(entry, "kind", where)
    if kind not in PARAMETER_KINDS:
        raise ManifestError(f"manifest: {where}.kind is unknown: got {kind!r}, expected one of {PARAMETER_KINDS}")
    divisible_by = _integer(entry, "divisible_by", where)
    if divisible_by < 1:
        raise ManifestError(f"manifest: {where}.divisible_by is out of range: got {divisible_by}, expected 1 or more")
    return Parameter(_text(entry, "name", where), kind, divisible_by)


def _field(entry: Mapping[str, object], key: str, where: str) -> object:
    if key not in entry:
        raise ManifestError(f"manifest: {where} has no field {key!r}; reinstall vt-kernels")
    return entry[key]


def _text(entry: Mapping[str, object], key: str, where: str) -> str:
    value = _field(entry, key, where)
    if not isinstance(value, str) or not value:
        raise ManifestError(f"manifest: {where}.{key} has the wrong type: got {value!r}, expected a non-empty string")
    return value


def _integer(entry: Mapping[str, object], key: str, where: str) -> int:
    value = _field(entry, key, where)
    # JSON's true is an int to Python.
    if not isinstance(value, int) or isinstance(value, bool):
        raise ManifestError(f"manifest: {where}.{key} has the wrong type: got {value!r}, expected an integer")
    return value


def _list(entry: Mapping[str, object], key: str, where: str) -> list[object]:
    value = _field(entry, key, where)
    if not isinstance(value, list):
        raise ManifestError(f"manifest: {where}.{key} has the wrong type: got {value!r}, expected a list")
    return cast(list[object], value)


def _as_object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ManifestError(f"manifest: {where} has the wrong type: got {value!r}, expected an object")
    return cast(dict[str, object], value)
