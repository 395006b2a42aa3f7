# SPDX-License-Identifier: Apache-2.0
"""Groups of ranks and collectives between them, over threads of one process or over MPI."""

from __future__ import annotations

from pathlib import Path

import vt_core

vt_core.load_plugin(str(Path(__file__).parent / "lib" / "libvt_fabric.so"))

from vt_fabric.data_parallel import average_gradients, broadcast_parameters  # noqa: E402
from vt_fabric.group import Group, ReduceOp  # noqa: E402
from vt_fabric.local import LocalGroup, local, run_local  # noqa: E402
from vt_fabric.mpi import MpiGroup, mpi  # noqa: E402

__version__ = "0.1.0"

__all__ = [
    "Group",
    "LocalGroup",
    "MpiGroup",
    "ReduceOp",
    "average_gradients",
    "broadcast_parameters",
    "local",
    "mpi",
    "run_local",
]
