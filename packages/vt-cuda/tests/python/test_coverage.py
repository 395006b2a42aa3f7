# SPDX-License-Identifier: Apache-2.0
"""Every operator that runs on the CPU runs on CUDA too.

Rows are registered without a driver, so none can go missing.
"""

from __future__ import annotations

import pytest
import vt_cuda  # noqa: F401

CPU = 1
CUDA = 2


def test_every_operator_has_a_cuda_kernel(registry) -> None:
    on_cpu = [name for name in registry.names() if registry.has_kernel(name, CPU)]
    assert len(on_cpu) >= 30
    assert [name for name in on_cpu if not registry.has_kernel(name, CUDA)] == []


@pytest.mark.parametrize("name", ["add", "mul", "sum", "sum.dims", "sum_to_size", "fill_", "_copy_within_"])
def test_a_device_without_rows_is_told_apart(registry, name: str) -> None:
    unknown_device = 100
    assert registry.has_kernel(name, CUDA)
    assert not registry.has_kernel(name, unknown_device)
