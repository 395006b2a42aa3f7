# SPDX-License-Identifier: Apache-2.0
"""Every kernel begins with the wait of csrc/device/dependent_launch.cuh, by which alone it may be launched as a dependent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

KERNELS = Path(__file__).resolve().parents[2] / "csrc" / "kernels"


def bodies(text: str) -> Iterator[str]:
    """What follows the opening brace of each function that runs on the device."""
    for found in re.finditer("__global__", text):
        depth = 0
        for at in range(found.end(), len(text)):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth == 0 and text[at] == ";":  # a declaration
                break
            if depth == 0 and text[at] == "{":
                yield text[at + 1 :].lstrip()
                break


def test_every_kernel_waits_for_the_one_before_it_first() -> None:
    sources = sorted([*KERNELS.glob("*.cu"), *KERNELS.glob("*.cuh")])
    kernels = [(path.name, body) for path in sources for body in bodies(path.read_text())]
    assert len(kernels) > 100
    assert [(name, body[:40]) for name, body in kernels if not body.startswith("wait_for_previous_kernel();")] == []
