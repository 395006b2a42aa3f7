# SPDX-License-Identifier: Apache-2.0
"""Random programs over all operators agree with PyTorch; VT_SOAK makes it many, from where an interrupted run stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
import vt_core
import vt_torch
from random_programs.known import excused
from random_programs.program import Different, Program, Unlike

FACTOR = int(os.environ.get("VT_SOAK", "1"))
NUM_PROGRAMS = 2_000 if FACTOR == 1 else 1_000 * FACTOR
BLOCK = 1_000
# Where a long run notes how far it came.
PROGRESS = Path(os.environ["VT_SOAK_PROGRESS"]) if "VT_SOAK_PROGRESS" in os.environ else None


def identity() -> str:
    """What the programs and what they test are made of: a run of something else does not count."""
    folder = Path(__file__).with_name("random_programs")
    parts = [*sorted(folder.glob("*.py")), Path(vt_core._C.__file__), Path(vt_core.get_library_path())]
    return hashlib.sha256(b"".join(hashlib.sha256(part.read_bytes()).digest() for part in parts)).hexdigest()


def progress() -> dict[str, int]:
    if PROGRESS and PROGRESS.exists():
        found = json.loads(PROGRESS.read_text())
        if found.pop("identity") == identity():
            return found
    return {"programs": 0, "accepted": 0, "refused": 0}


@contextmanager
def one_thread() -> Iterator[None]:
    """Programs are small: threads only cost."""
    before = torch.get_num_threads(), vt_torch.get_num_threads()
    torch.set_num_threads(1)
    vt_torch.set_num_threads(1)
    yield
    torch.set_num_threads(before[0])
    vt_torch.set_num_threads(before[1])


def test_random_programs_agree_with_pytorch() -> None:
    done = progress()
    differences: list[str] = []
    with one_thread():
        for seed in range(done["programs"], NUM_PROGRAMS):
            program = Program(seed, excused)
            try:
                program.run()
            except Unlike:
                pass  # a difference that is meant, after which the tensors of both are no longer the same
            except Different as difference:
                differences.append(f"program {seed}: {difference}")
            done["programs"] += 1
            done["accepted"] += program.num_accepted
            done["refused"] += program.num_refused
            if PROGRESS and done["programs"] % BLOCK == 0 and not differences:
                PROGRESS.write_text(json.dumps({"identity": identity(), **done}))
            if len(differences) == 20:
                break
    if differences:
        pytest.fail(f"{len(differences)} programs differ\n\n" + "\n\n".join(differences))
    figure = f"{done['programs']:,} agree: {done['accepted']:,} calls accepted and {done['refused']:,} refused by both"
    print(f"\nsoak: random programs of the whole op set, values, aliases and gradients against PyTorch | {figure}")
    # Programs that are all refused would agree as well.
    assert done["accepted"] > done["programs"] * 2
