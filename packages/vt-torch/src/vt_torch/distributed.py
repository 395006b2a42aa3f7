# SPDX-License-Identifier: Apache-2.0
"""Collectives between ranks under PyTorch's names, by the plugin that offers ``fabric`` (vt-fabric).

Ranks are the processes of an MPI job, or threads of one process that were each given a group (`init_process_group`).
"""

from __future__ import annotations

import os
import threading
from enum import Enum
from importlib.metadata import entry_points
from typing import Any

from vt_core import ops

__all__ = [
    "ReduceOp",
    "all_gather",
    "all_reduce",
    "barrier",
    "broadcast",
    "destroy_process_group",
    "get_rank",
    "get_world_size",
    "init_process_group",
    "is_available",
    "is_initialized",
    "reduce",
]


class ReduceOp(Enum):
    """How `all_reduce` and `reduce` combine elements."""

    SUM = "sum"
    PRODUCT = "product"
    MIN = "min"
    MAX = "max"
    AVG = "mean"


class _Groups(threading.local):
    group: Any = None


# Threads that are ranks have a group each; otherwise the process is the rank.
_of_thread = _Groups()
_of_process: Any = None


class _Alone:
    """The only rank there is."""

    rank, world = 0, 1

    def all_reduce(self, tensor: Any, *, op: str = "sum") -> None:
        """Nothing to combine with."""

    def broadcast(self, tensor: Any, *, root: int = 0) -> None:
        """Nobody to send to."""
        if root != 0:
            raise ValueError(f"broadcast: there is no rank {root}: got a group of 1 rank")

    def all_gather(self, tensor: Any) -> Any:
        return ops.unsqueeze(ops.clone(tensor), 0)

    def barrier(self) -> None:
        """Nobody to wait for."""


def _fabric() -> Any:
    for entry in entry_points(group="vt.plugins", name="fabric"):
        return entry.load()
    return None


def is_available() -> bool:
    """Return whether a plugin that offers ``fabric`` is installed."""
    return bool(entry_points(group="vt.plugins", name="fabric"))


def init_process_group(backend: str | None = None, *, group: Any = None, world_size: int = -1, rank: int = -1) -> None:
    """Make this process, or the calling thread, a rank.

    Parameters
    ----------
    backend : {"mpi"}, optional
        How ranks reach each other. Without it MPI is taken in a job that ``mpirun`` started, otherwise the process is the
        only rank.
    group : vt_fabric.Group, optional
        A group for the calling thread alone, as `vt_fabric.run_local` hands to its ranks.
    world_size, rank : int, optional
        What the program expects; another group than that is an error.

    Raises
    ------
    RuntimeError
        If there is a group already, none can be made, or it is not the expected one.
    ValueError
        If the backend is unknown.
    """
    global _of_process
    if is_initialized():
        raise RuntimeError("init_process_group: there is a process group already; call destroy_process_group first")
    if backend not in (None, "mpi"):
        raise ValueError(f"init_process_group: got backend {backend!r}, expected 'mpi' or None")
    made = group
    if made is None:
        if backend == "mpi" or "OMPI_COMM_WORLD_SIZE" in os.environ or "PMI_SIZE" in os.environ:
            fabric = _fabric()
            if fabric is None:
                raise RuntimeError("init_process_group: ranks over MPI need a fabric; install vt-fabric[mpi]")
            made = fabric.mpi()
        else:
            made = _Alone()
    if world_size not in (-1, made.world) or rank not in (-1, made.rank):
        raise RuntimeError(
            f"init_process_group: got rank {made.rank} of {made.world}, expected rank {rank} of {world_size}; "
            "start the program with mpirun -n N"
        )
    if group is None:
        _of_process = made
    else:
        _of_thread.group = made


def _group() -> Any:
    group = _of_thread.group or _of_process
    if group is None:
        raise ValueError("there is no process group; call init_process_group first")
    return group


def is_initialized() -> bool:
    """Return whether the calling thread is a rank."""
    return _of_thread.group is not None or _of_process is not None


def destroy_process_group() -> None:
    """Leave the group of the calling thread, or else of the process."""
    global _of_process
    if _of_thread.group is not None:
        _of_thread.group = None
    else:
        _of_process = None


def get_rank() -> int:
    """Return the number of this rank."""
    return _group().rank


def get_world_size() -> int:
    """Return the number of ranks."""
    return _group().world


def barrier() -> None:
    """Return when every rank has called it."""
    _group().barrier()


def all_reduce(tensor: Any, op: ReduceOp = ReduceOp.SUM) -> None:
    """Replace `tensor` on every rank by the elementwise reduction over all ranks."""
    _group().all_reduce(tensor, op=op.value)


def reduce(tensor: Any, dst: int, op: ReduceOp = ReduceOp.SUM) -> None:
    """Replace `tensor` on rank `dst` by the elementwise reduction over all ranks; on others it keeps its elements."""
    group = _group()
    if not 0 <= dst < group.world:
        raise ValueError(f"reduce: there is no rank {dst}: got a group of {group.world} ranks")
    combined = tensor if group.rank == dst else ops.clone(tensor.detach())
    group.all_reduce(combined, op=op.value)


def broadcast(tensor: Any, src: int) -> None:
    """Copy the elements of rank `src` into every other rank's `tensor`."""
    _group().broadcast(tensor, root=src)


def all_gather(tensor_list: list[Any], tensor: Any) -> None:
    """Copy each rank's `tensor` into the entry of `tensor_list` of its number.

    Raises
    ------
    ValueError
        If the list does not have an entry for every rank.
    """
    group = _group()
    if len(tensor_list) != group.world:
        raise ValueError(f"all_gather: got {len(tensor_list)} tensors for {group.world} ranks")
    gathered = group.all_gather(tensor)
    for i, target in enumerate(tensor_list):
        ops.copy_(target, gathered[i])
