# SPDX-License-Identifier: Apache-2.0
"""Skips the tests of this folder when there is no device."""

from __future__ import annotations

from typing import Any

import pytest
import vt_core as vt
import vt_cuda


@pytest.fixture(scope="session", autouse=True)
def _device() -> None:
    if vt_cuda.device_count() == 0:
        pytest.skip("no CUDA device")


@pytest.fixture
def cuda() -> Any:
    return vt.device("cuda", 0)
