# SPDX-License-Identifier: Apache-2.0
"""Every operator that runs on the CPU runs on CUDA too, but for those of which the op table says that it does not.

Rows are registered without a driver, so none can go missing.
"""

from __future__ import annotations

import pytest
import vt_cuda  # noqa: F401
from vt_core.testing.op_table import OP_TABLE

CPU = 1
CUDA = 2


def test_every_operator_has_a_cuda_kernel(registry) -> None:
    on_cpu = [name for name in registry.names() if registry.has_kernel(name, CPU)]
    assert len(on_cpu) >= 30
    expected = {row.name for row in OP_TABLE if "cuda" in row.missing_on}
    missing = [name for name in on_cpu if not registry.has_kernel(name, CUDA) and name not in expected]
    assert missing == []


@pytest.mark.parametrize("name", ["add", "mul", "sum", "sum.dims", "sum_to_size", "fill_", "_copy_within_"])
def test_a_device_without_rows_is_told_apart(registry, name: str) -> None:
    unknown_device = 100
    assert registry.has_kernel(name, CUDA)
    assert not registry.has_kernel(name, unknown_device)
