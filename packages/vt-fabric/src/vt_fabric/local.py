# SPDX-License-Identifier: Apache-2.0
"""Groups whose ranks are threads of this process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import vt_core
from vt_core import Tensor

from vt_fabric import _C
from vt_fabric.group import ReduceOp, reduce_number

T = TypeVar("T")

DEFAULT_TIMEOUT_S = 60.0


class LocalGroup:
    """One rank of a group whose ranks are threads. Each handle is used by one thread at a time."""

    def __init__(self, handle: _C.LocalGroup) -> None:
        self._handle = handle

    @property
    def rank(self) -> int:
        """Number of the rank."""
        return self._handle.rank

    @property
    def world(self) -> int:
        """Number of ranks."""
        return self._handle.world

    def all_reduce(self, tensor: Tensor, *, op: ReduceOp = "sum") -> None:
        """Reduce `tensor` in place over all ranks; see `Group.all_reduce`."""
        self._handle.all_reduce(tensor, reduce_number(op))

    def broadcast(self, tensor: Tensor, *, root: int = 0) -> None:
        """Copy the root's elements into every rank's `tensor`; see `Group.broadcast`."""
        self._handle.broadcast(tensor, root)

    def all_gather(self, tensor: Tensor) -> Tensor:
        """Return every rank's tensor, stacked in rank order; see `Group.all_gather`."""
        out = vt_core.ops.empty((self.world, *tensor.shape), dtype=tensor.dtype, device=tensor.device)
        self._handle.all_gather(tensor, out)
        return out

    def barrier(self) -> None:
        """Wait for every rank."""
        self._handle.barrier()

    def abort(self, reason: str) -> None:
        """Make the other ranks' calls fail with `reason`."""
        self._handle.abort(reason)


def local(world: int, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> list[LocalGroup]:
    """Make a group of `world` ranks inside this process and return one handle per rank.

    Parameters
    ----------
    world : int
        Number of ranks, 1 to 1024.
    timeout_s : float
        Seconds that a rank waits for the others before its call fails with `TimeoutError`.
    """
    return [LocalGroup(handle) for handle in _C.create_local(world, timeout_s)]


def run_local(world: int, body: Callable[[LocalGroup], T], *, timeout_s: float = DEFAULT_TIMEOUT_S) -> list[T]:
    """Run `body` once per rank, each in a thread of its own, and return the results in rank order.

    A rank that raises aborts the group, so that the others fail at once instead of waiting. The first exception of the rank
    that failed by itself is raised again here; those of the ranks it took down are its notes.
    """
    groups = local(world, timeout_s=timeout_s)
    results: dict[int, T] = {}
    failures: list[tuple[int, BaseException]] = []
    lock = threading.Lock()

    def run(group: LocalGroup) -> None:
        try:
            result = body(group)
        except BaseException as error:  # whatever ends a rank must reach the caller
            with lock:
                failures.append((group.rank, error))
            group.abort(f"{type(error).__name__}: {error}")
        else:
            with lock:
                results[group.rank] = result

    threads = [threading.Thread(target=run, args=(group,), name=f"rank-{group.rank}") for group in groups]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        _, first = failures[0]
        for rank, error in failures[1:]:
            first.add_note(f"rank {rank}: {type(error).__name__}: {error}")
        raise first
    return [results[rank] for rank in range(world)]
