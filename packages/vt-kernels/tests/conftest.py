# SPDX-License-Identifier: Apache-2.0
"""Makes triton interpret kernels in this process, and offers a device that does so behind vt_core's and vt_cuda's names."""

import os

# Before anything imports triton: its decorator reads this once. Tests that compile start a process without it.
os.environ["TRITON_INTERPRET"] = "1"

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from interpreted import Device


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Device"]:
    """A device whose launches run the Triton sources on the host; `vt_kernels` finds it where it looks for vt_cuda."""
    pytest.importorskip("triton", reason="the interpreter is in the `test` extra")
    import interpreted
    from vt_kernels._runtime import launch

    softmax_module = importlib.import_module("vt_kernels.softmax")
    device = interpreted.Device()
    device.write_images(tmp_path / launch.TARGET)
    monkeypatch.setattr(launch, "CUBINS", tmp_path)
    monkeypatch.setitem(sys.modules, "vt_core", device.vt_core)
    monkeypatch.setitem(sys.modules, "vt_cuda", device.vt_cuda)
    caches = (launch._manifest, softmax_module._kernel)
    for cached in caches:
        cached.cache_clear()
    yield device
    for cached in caches:
        cached.cache_clear()
