# SPDX-License-Identifier: Apache-2.0
"""save and load."""

from __future__ import annotations

import io
from collections import OrderedDict
from pathlib import Path

import pytest
import vt_core
import vt_torch
from vt_torch import nn


def test_a_checkpoint_comes_back(tmp_path: Path) -> None:
    model = nn.Linear(2, 3)
    optimizer = vt_torch.optim.AdamW(model.parameters())
    model(vt_torch.ones(1, 2)).sum().backward()
    optimizer.step()
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": 10**12,
        "rate": 0.1,
        "names": ["a", ("b", None, True)],
        7: vt_torch.float16,
        "seen": {1, "a"},
        "sizes": [vt_torch.Size([2, 3]), frozenset([(1,)])],
        "place": vt_torch.device("cpu"),
        "raw": [b"\x00a", bytearray(b"b")],
        "root": 1 - 2j,
    }
    vt_torch.save(state, tmp_path / "state.pt")
    loaded = vt_torch.load(tmp_path / "state.pt")
    assert loaded["step"] == 10**12
    assert loaded["rate"] == 0.1
    assert loaded["names"] == ["a", ("b", None, True)]
    assert loaded[7] is vt_torch.float16
    for name in ("seen", "place", "root"):
        assert loaded[name] == state[name]
    for name in ("sizes", "raw"):
        assert repr(loaded[name]) == repr(state[name])
    assert isinstance(loaded["model"], OrderedDict)
    other = nn.Linear(2, 3)
    other.load_state_dict(loaded["model"])
    assert other.weight.tolist() == model.weight.tolist()
    vt_torch.optim.AdamW(other.parameters()).load_state_dict(loaded["optimizer"])


def test_a_state_dict_is_a_plain_safetensors_file(tmp_path: Path) -> None:
    model = nn.Linear(2, 3)
    vt_torch.save(model.state_dict(), tmp_path / "model.safetensors")
    assert set(vt_core.load_file(tmp_path / "model.safetensors")) == {"weight", "bias"}
    assert vt_torch.load(tmp_path / "model.safetensors")["bias"].tolist() == model.bias.tolist()


def test_shared_tensors_and_parameters(tmp_path: Path) -> None:
    t = vt_torch.nn.Parameter(vt_torch.ones(2))
    vt_torch.save([t, t, vt_torch.zeros(1, requires_grad=True)], tmp_path / "x")
    a, b, c = vt_torch.load(tmp_path / "x")
    assert isinstance(a, nn.Parameter)
    assert a._is_alias_of(b)
    assert c.requires_grad


def test_open_files_are_written_and_read(tmp_path: Path) -> None:
    model = nn.Linear(2, 3)
    buffer = io.BytesIO()
    vt_torch.save(model.state_dict(), buffer)
    buffer.seek(0)
    assert vt_torch.load(buffer)["weight"].tolist() == model.weight.tolist()
    with open(tmp_path / "x", "wb") as file:
        vt_torch.save({"step": 3, "weight": model.weight}, file)
    with open(tmp_path / "x", "rb") as file:
        loaded = vt_torch.load(file, map_location=lambda storage, place: storage)  # noqa: ARG005
    assert loaded["step"] == 3
    assert loaded["weight"].tolist() == model.weight.tolist()


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x"
    vt_torch.save({"a": vt_torch.ones(1)}, path)
    with pytest.raises(TypeError, match=r"object\['a'\]\[1\] cannot be written: got object"):
        vt_torch.save({"a": [1, object()]}, path)
    assert vt_torch.load(path)["a"].tolist() == [1.0]


def test_bad_files_are_named_errors(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with pytest.raises(FileNotFoundError):
        vt_torch.load(path)
    path.write_bytes(b"not a file of ours at all")
    with pytest.raises(vt_core.SafetensorError):
        vt_torch.load(path)
    vt_torch.save([1, vt_torch.ones(100)], path)
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(vt_core.SafetensorError):
        vt_torch.load(path)
    vt_core.save_file({"a": vt_core.ops.ones(1)}, path, metadata={"vt_torch.structure": '["tensor", "b", false]'})
    with pytest.raises(vt_core.SafetensorError, match="structure is malformed"):
        vt_torch.load(path)
