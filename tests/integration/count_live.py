# SPDX-License-Identifier: Apache-2.0
"""A pytest plugin that counts, over a whole run, the blocks of host memory and the nodes that are not gone at its end.

    pytest -p count_live ...

Every tensor with data holds a block, and so does every recorded node. What is alive once the tests are collected stays:
tensors of the modules. The report is the last line of the output.
"""

import gc

import pytest
import vt_autograd
import vt_core

alive_before: tuple[int, int, int] | None = None


def count() -> tuple[int, int, int]:
    """Blocks, their bytes, and nodes that are alive."""
    for _ in range(3):
        gc.collect()
    return (*vt_core._C._count_live(), vt_autograd._C._count_nodes())


def pytest_collection_finish() -> None:
    global alive_before
    alive_before = count()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if alive_before:
        more = [now - before for now, before in zip(count(), alive_before, strict=True)]
        print("\nalive at the end beyond the start: {} blocks, {} bytes, {} nodes".format(*more))
