# SPDX-License-Identifier: Apache-2.0
"""Broken and lying safetensors files: each ends in SafetensorError, in its own process, and nothing is returned."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
import vt_core as vt
from vt_core.testing import run_forked


def framed(header: bytes | str | dict[str, Any], data: bytes = b"", length: int | None = None) -> bytes:
    if isinstance(header, dict):
        header = json.dumps(header)
    raw = header.encode() if isinstance(header, str) else header
    return struct.pack("<Q", len(raw) if length is None else length) + raw + data


def entry(dtype: Any = "F32", shape: Any = (2,), offsets: Any = (0, 8)) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in entry().items() if name != key}


EIGHT = bytes(8)
GOOD = framed({"a": entry()}, EIGHT)

BROKEN: dict[str, bytes] = {
    "empty file": b"",
    "seven bytes": b"\x02\0\0\0\0\0\0",
    "length without a header": struct.pack("<Q", 2),
    "header of length zero": struct.pack("<Q", 0),
    "header longer than the file": framed("{}", length=1000),
    "header of 2**63 bytes": framed("{}", length=2**63),
    "header of 2**64-1 bytes": framed("{}", length=2**64 - 1),
    "header above the cap": framed("{}", length=100_000_001),
    "header cut short": GOOD[:20],
    "data cut short by one byte": GOOD[:-1],
    "no data at all": GOOD[:-8],
    "one byte too many": GOOD + b"\0",
    "trailing junk": GOOD + b"junk" * 4,
    "header does not begin with a brace": framed('[{"a": 1}]'),
    "leading space": framed(" " + json.dumps({"a": entry()}), EIGHT),
    "header is a string": framed('"tensors"'),
    "header is a number": framed("12345678"),
    "header is null": framed("null"),
    "unclosed object": framed('{"a": ' + json.dumps(entry()), EIGHT),
    "unclosed string": framed('{"a', EIGHT),
    "missing colon": framed('{"a" ' + json.dumps(entry()) + "}", EIGHT),
    "trailing comma": framed('{"a": ' + json.dumps(entry()) + ",}", EIGHT),
    "text after the object": framed('{"a": ' + json.dumps(entry()) + "} x", EIGHT),
    "second object": framed('{"a": ' + json.dumps(entry()) + "}{}", EIGHT),
    "single quotes": framed("{'a': 1}"),
    "bad utf-8": framed(b'{"\xff\xfe": 1}'),
    "overlong utf-8": framed(b'{"\xc0\x80": 1}'),
    "surrogate in utf-8": framed(b'{"\xed\xa0\x80": 1}'),
    "lone surrogate escape": framed('{"\\ud800": ' + json.dumps(entry()) + "}", EIGHT),
    "control character in a name": framed(b'{"a\x01": ' + json.dumps(entry()).encode() + b"}", EIGHT),
    "unknown escape": framed('{"\\x": ' + json.dumps(entry()) + "}", EIGHT),
    "deep nesting": framed('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}"),
    "deep objects": framed('{"a":' * 50_000 + "1" + "}" * 50_000),
    "duplicate names": framed('{"a": ' + json.dumps(entry()) + ', "a": ' + json.dumps(entry()) + "}", EIGHT),
    "tensor is a number": framed({"a": 1}),
    "tensor is a list": framed({"a": []}),
    "tensor is null": framed({"a": None}),
    "no dtype": framed({"a": without("dtype")}, EIGHT),
    "no shape": framed({"a": without("shape")}, EIGHT),
    "no offsets": framed({"a": without("data_offsets")}, EIGHT),
    "unknown dtype": framed({"a": entry("F33")}, EIGHT),
    "dtype in lower case": framed({"a": entry("f32")}, EIGHT),
    "dtype is a number": framed({"a": entry(32)}, EIGHT),
    "dtype is null": framed({"a": entry(None)}, EIGHT),
    "empty dtype": framed({"a": entry("")}, EIGHT),
    "shape is a number": framed({"a": entry(shape=2)}, EIGHT),
    "shape is text": framed({"a": entry(shape="2")}, EIGHT),
    "negative size": framed({"a": entry(shape=[-2])}, EIGHT),
    "two negative sizes": framed({"a": entry(shape=[-1, -2])}, EIGHT),
    "fraction as size": framed({"a": entry(shape=[2.5])}, EIGHT),
    "whole float as size": framed({"a": entry(shape=[2.0])}, EIGHT),
    "exponent as size": framed('{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}', EIGHT),
    "bool as size": framed({"a": entry(shape=[True, 2])}, EIGHT),
    "null as size": framed({"a": entry(shape=[None])}, EIGHT),
    "NaN as size": framed('{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}}', EIGHT),
    "size above 64 bits": framed({"a": entry(shape=[2**64])}, EIGHT),
    "leading zero in a size": framed('{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}', EIGHT),
    "size product wraps": framed({"a": entry(shape=[2**32, 2**32 + 2])}, EIGHT),
    "byte size wraps": framed({"a": entry(shape=[2**62 + 2])}, EIGHT),
    "65 dimensions": framed({"a": entry(shape=[1] * 63 + [2, 1])}, EIGHT),
    "one offset": framed({"a": entry(offsets=[0])}, EIGHT),
    "three offsets": framed({"a": entry(offsets=[0, 8, 8])}, EIGHT),
    "no offset": framed({"a": entry(offsets=[])}, EIGHT),
    "offsets are text": framed({"a": entry(offsets=["0", "8"])}, EIGHT),
    "fraction as offset": framed({"a": entry(offsets=[0, 8.0])}, EIGHT),
    "negative offset": framed({"a": entry(offsets=[-8, 0])}, EIGHT),
    "bool as offset": framed({"a": entry(offsets=[False, 8])}, EIGHT),
    "offsets in reverse": framed({"a": entry(offsets=[8, 0])}, EIGHT),
    "offset past the end": framed({"a": entry(shape=[4], offsets=[0, 16])}, EIGHT),
    "huge offset": framed({"a": entry(offsets=[0, 2**64 - 1])}, EIGHT),
    "first tensor not at zero": framed({"a": entry(shape=[1], offsets=[4, 8])}, EIGHT),
    "hole between tensors": framed(
        {"a": entry(shape=[1], offsets=[0, 4]), "b": entry(shape=[1], offsets=[8, 12])}, bytes(12)
    ),
    "tensors overlap": framed({"a": entry(), "b": entry(offsets=[4, 12])}, bytes(12)),
    "same bytes twice": framed({"a": entry(), "b": entry()}, EIGHT),
    "uncovered tail": framed({"a": entry(shape=[1], offsets=[0, 4])}, EIGHT),
    "size mismatch below": framed({"a": entry(shape=[1])}, EIGHT),
    "size mismatch above": framed({"a": entry(shape=[3])}, EIGHT),
    "size mismatch by dtype": framed({"a": entry("F64")}, EIGHT),
    "empty shape with eight bytes": framed({"a": entry(shape=[])}, EIGHT),
    "metadata is a list": framed({"__metadata__": [], "a": entry()}, EIGHT),
    "metadata is text": framed({"__metadata__": "x", "a": entry()}, EIGHT),
    "metadata value is a number": framed({"__metadata__": {"k": 1}, "a": entry()}, EIGHT),
    "metadata value is null": framed({"__metadata__": {"k": None}, "a": entry()}, EIGHT),
    "metadata value is an object": framed({"__metadata__": {"k": {}}, "a": entry()}, EIGHT),
    "data without tensors": framed("{}", EIGHT),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_broken_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.safetensors"
    path.write_bytes(content)

    def case() -> None:
        try:
            vt.load_file(path)
        except Exception:
            good = tmp_path / "good.safetensors"
            good.write_bytes(GOOD)
            assert vt.load_file(good)["a"].tolist() == [0.0, 0.0]
            raise

    outcome = run_forked(case)
    assert outcome.kind == "raised", outcome
    assert "SafetensorError" in outcome.classes, outcome
    assert outcome.message


@pytest.mark.parametrize("cut", range(0, len(GOOD), 3))
def test_truncated_file_is_refused(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.safetensors"
    path.write_bytes(GOOD[:cut])
    with pytest.raises(vt.SafetensorError):
        vt.load_file(path)


@pytest.mark.parametrize("position", range(8 + len(json.dumps({"a": entry()}))))
def test_flipped_bits_never_end_the_process(position: int, tmp_path: Path) -> None:
    path = tmp_path / "flipped.safetensors"

    def case() -> None:
        for bit in range(8):
            damaged = bytearray(GOOD)
            damaged[position] ^= 1 << bit
            path.write_bytes(damaged)
            try:
                loaded = vt.load_file(path)
            except vt.SafetensorError:
                continue
            for tensor in loaded.values():
                tensor.tolist()

    outcome = run_forked(case)
    assert outcome.kind == "returned", outcome


def test_many_entries_are_read() -> None:
    def case() -> int:
        count = 100_000
        listed = (f'"t{i}":{{"dtype":"U8","shape":[1],"data_offsets":[{i},{i + 1}]}}' for i in range(count))
        content = framed("{" + ",".join(listed) + "}", bytes(count))
        return len(vt._C.load_bytes(content).keys())

    assert run_forked(case).value == "100000"


@pytest.mark.parametrize("kind", ["missing", "folder", "device"])
def test_special_paths_are_refused(kind: str, tmp_path: Path) -> None:
    path = {"missing": tmp_path / "none", "folder": tmp_path, "device": Path("/dev/null")}[kind]
    outcome = run_forked(lambda: vt.load_file(path))
    assert outcome.kind == "raised", outcome
    assert {"OSError", "SafetensorError"} & set(outcome.classes), outcome
    assert str(path) in outcome.message


def test_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    vt.save_file({"w": vt.tensor([1.0])}, path)
    before = path.read_bytes()
    for bad in [{"w": vt.tensor([2.0]), "x": 3}, {"w": vt.tensor([2.0]), 4: vt.tensor([1.0])}]:
        with pytest.raises(TypeError):
            vt.save_file(bad, path)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        vt.save_file({"w": vt.tensor([2.0])}, path, metadata={"k": 1})  # type: ignore[dict-item]
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_save_to_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    path = tmp_path / "none" / "model.safetensors"
    with pytest.raises(OSError, match="none"):
        vt.save_file({"w": vt.tensor([1.0])}, path)


def test_save_to_a_full_disk_is_an_os_error(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    vt.save_file({"w": vt.tensor([1.0])}, path)

    def case() -> None:
        import resource
        import signal

        # A limit on file size stands for the full disk: write fails half-way.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        vt.save_file({"w": vt.ops.zeros((100_000,))}, path)

    outcome = run_forked(case)
    assert outcome.kind == "raised", outcome
    assert "OSError" in outcome.classes, outcome
    assert vt.load_file(path)["w"].tolist() == [1.0]
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
