# SPDX-License-Identifier: Apache-2.0
"""Skips the tests that need a CUDA device when there is none."""

import pytest
import vt_cuda


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if vt_cuda.device_count() == 0:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="no CUDA device"))
