# SPDX-License-Identifier: Apache-2.0
"""Safetensors files against the reference implementation, both ways."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest
import safetensors
import safetensors.torch
import torch
import vt_core as vt
from exchange import DTYPE_NAMES, torch_from_vt, vt_from_torch
from hypothesis import given, settings
from hypothesis import strategies as st

# The format has no code for complex128.
FILE_NAMES = [name for name in DTYPE_NAMES if name != "complex128"]


def samples(shape: tuple[int, ...]) -> dict[str, torch.Tensor]:
    numel = int(torch.tensor(shape).prod()) if shape else 1
    return {name: torch.arange(numel).reshape(shape).to(getattr(torch, name)) for name in FILE_NAMES}


def assert_same(actual: torch.Tensor, expected: torch.Tensor) -> None:
    assert actual.dtype == expected.dtype
    assert actual.shape == expected.shape
    assert repr(actual) == repr(expected)


@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (5,), (2, 3)])
def test_reference_reads_what_is_saved(shape: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "ours.safetensors"
    wanted = samples(shape)
    vt.save_file({name: vt_from_torch(value) for name, value in wanted.items()}, path, metadata={"made": "by vt"})
    loaded = safetensors.torch.load_file(path)
    assert loaded.keys() == wanted.keys()
    for name, value in wanted.items():
        assert_same(loaded[name], value)
    with safetensors.safe_open(path, "pt") as file:
        assert file.metadata() == {"made": "by vt"}


@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (5,), (2, 3)])
def test_what_the_reference_saved_is_read(shape: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "theirs.safetensors"
    wanted = samples(shape)
    safetensors.torch.save_file(wanted, path, metadata={"k": "v", "unicode": "äß✓"})
    loaded = vt.load_file(path)
    assert set(loaded) == set(wanted)
    for name, value in wanted.items():
        assert_same(torch_from_vt(loaded[name]), value)
    with vt.safe_open(path) as file:
        assert file.metadata() == {"k": "v", "unicode": "äß✓"}


@settings(max_examples=50)
@given(st.dictionaries(st.text(max_size=20).filter(lambda s: s != "__metadata__"), st.integers(0, 5), max_size=5))
def test_any_name_survives(sizes: dict[str, int]) -> None:
    import tempfile

    sizes = {name: size for name, size in sizes.items() if name.isprintable()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.safetensors"
        vt.save_file({name: vt.ops.arange(size) for name, size in sizes.items()}, path)
        assert {name: list(t.shape) for name, t in vt.load_file(path).items()} == {n: [s] for n, s in sizes.items()}
        assert set(safetensors.torch.load_file(path)) == set(sizes)


def test_views_are_saved_by_value(tmp_path: Path) -> None:
    path = tmp_path / "views.safetensors"
    base = vt.ops.arange(6).reshape(2, 3)
    vt.save_file({"t": base.transpose(0, 1), "e": vt.tensor([7]).expand(3), "base": base}, path)
    loaded = safetensors.torch.load_file(path)
    assert loaded["t"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert loaded["e"].tolist() == [7, 7, 7]
    assert loaded["base"].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_data_is_aligned_to_eight_bytes(tmp_path: Path) -> None:
    path = tmp_path / "aligned.safetensors"
    vt.save_file({"a": vt.tensor([1], dtype=vt.int8), "b": vt.tensor([1.0], dtype=vt.float64)}, path)
    (length,) = struct.unpack("<Q", path.read_bytes()[:8])
    assert length % 8 == 0
    header = json.loads(path.read_bytes()[8 : 8 + length])
    # The widest element first, so that every tensor starts at a multiple of its element.
    assert header["b"]["data_offsets"] == [0, 8]
    assert header["a"]["data_offsets"] == [8, 9]


def test_writing_to_a_loaded_tensor_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "private.safetensors"
    vt.save_file({"w": vt.tensor([1.0, 2.0])}, path)
    vt.load_file(path)["w"].fill_(9)
    assert vt.load_file(path)["w"].tolist() == [1, 2]


def test_loaded_tensors_survive_close_and_removal(tmp_path: Path) -> None:
    path = tmp_path / "gone.safetensors"
    vt.save_file({"w": vt.tensor([1.0, 2.0])}, path)
    with vt.safe_open(path) as file:
        tensor = file.get_tensor("w")
    path.unlink()
    assert tensor.tolist() == [1, 2]


def test_saving_over_a_loaded_file(tmp_path: Path) -> None:
    path = tmp_path / "again.safetensors"
    vt.save_file({"w": vt.tensor([1.0, 2.0])}, path)
    loaded = vt.load_file(path)
    vt.save_file({"w": loaded["w"] + 1}, path)
    assert loaded["w"].tolist() == [1, 2]
    assert vt.load_file(path)["w"].tolist() == [2, 3]


def test_unknown_name_is_a_key_error(tmp_path: Path) -> None:
    path = tmp_path / "one.safetensors"
    vt.save_file({"w": vt.tensor([1.0])}, path)
    with vt.safe_open(path) as file:
        assert list(file.keys()) == ["w"]
        with pytest.raises(KeyError, match="v"):
            file.get_tensor("v")


def test_closed_file_refuses(tmp_path: Path) -> None:
    path = tmp_path / "closed.safetensors"
    vt.save_file({"w": vt.tensor([1.0])}, path)
    with vt.safe_open(path) as file:
        pass
    with pytest.raises(ValueError, match="closed"):
        file.get_tensor("w")


def test_complex128_cannot_be_saved(tmp_path: Path) -> None:
    with pytest.raises((TypeError, ValueError, RuntimeError), match="complex128"):
        vt.save_file({"w": vt.ops.zeros((1,), dtype=vt.complex128)}, tmp_path / "no.safetensors")
    assert not list(tmp_path.iterdir())


def test_bytes_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "bytes.safetensors"
    vt.save_file({"w": vt.tensor([1.0, 2.0])}, path, metadata={"k": "v"})
    assert vt._C.load_bytes(path.read_bytes())["w"].tolist() == [1, 2]
