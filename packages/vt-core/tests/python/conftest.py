# SPDX-License-Identifier: Apache-2.0
"""Settings and conversions that the Python tests share."""

from __future__ import annotations

import random
from collections.abc import Iterator

import hypothesis
import numpy as np
import pytest
import torch
import vt_core as vt

hypothesis.settings.register_profile("vt", deadline=None, derandomize=True, max_examples=200, print_blob=True)
hypothesis.settings.load_profile("vt")


@pytest.fixture(autouse=True)
def _seeded() -> None:
    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)
    vt.manual_seed(0)


@pytest.fixture(autouse=True)
def _printing_as_found() -> Iterator[None]:
    yield
    vt.set_printoptions(profile="default")
    torch.set_printoptions(profile="default")
