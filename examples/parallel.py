# SPDX-License-Identifier: Apache-2.0
"""Ranks of a training run: one, several threads of this process, or the processes that mpirun started."""

from __future__ import annotations

import copy
import os
import signal
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import vt_torch as torch
from training import RunError

if TYPE_CHECKING:
    import vt_fabric

T = TypeVar("T", bound=torch.nn.Module)

# Set by Ctrl-C; ranks agree on it between steps.
_stop = threading.Event()


class Solo:
    """A single rank."""

    rank = 0

    def __str__(self) -> str:
        return "one rank"

    def same(self, make: Callable[[], T]) -> T:
        """Return a model."""
        return make()

    def part(self, batch: torch.Tensor) -> torch.Tensor:
        """Return this rank's part of a batch."""
        return batch

    def average(self, parameters: Iterable[torch.Tensor], loss: torch.Tensor) -> torch.Tensor:  # noqa: ARG002
        """Average gradients over all ranks; returns the mean loss."""
        return loss.detach()

    def should_stop(self) -> bool:
        """Return whether the user wants to stop; the same answer on every rank."""
        return _stop.is_set()


class Ranks:
    """One rank of several, each with its part of every batch."""

    def __init__(self, group: vt_fabric.Group, kind: str, models: dict[str, torch.nn.Module] | None = None) -> None:
        self.group = group
        self.rank = group.rank
        self._kind = kind
        self._models = models

    def __str__(self) -> str:
        return f"{self.group.world} ranks, {self._kind}"

    def same(self, make: Callable[[], T]) -> T:
        """Return a model that is the same on every rank."""
        import vt_fabric

        model = make() if self._models is None else copy.deepcopy(self._first(make))
        vt_fabric.broadcast_parameters(self.group, (p.detach() for p in model.parameters()))
        return model

    def _first(self, make: Callable[[], T]) -> T:
        """The model that rank 0 makes: threads share one generator, so only one of them draws from it."""
        assert self._models is not None
        if self.rank == 0:
            self._models["first"] = make()
        self.group.barrier()
        return self._models["first"]  # pyright: ignore[reportReturnType]

    def part(self, batch: torch.Tensor) -> torch.Tensor:
        """Return this rank's part of a batch."""
        size = batch.shape[0] // self.group.world
        return batch[self.rank * size : (self.rank + 1) * size]

    def average(self, parameters: Iterable[torch.Tensor], loss: torch.Tensor) -> torch.Tensor:
        """Average gradients over all ranks; returns the mean loss."""
        import vt_fabric

        vt_fabric.average_gradients(self.group, parameters)
        mean = loss.detach().clone()
        self.group.all_reduce(mean, op="mean")
        return mean

    def should_stop(self) -> bool:
        """Return whether the user wants to stop; the same answer on every rank."""
        wish = torch.tensor([int(_stop.is_set())])
        self.group.all_reduce(wish, op="max")
        return bool(wish.item())


def run_ranks(num_ranks: int, batch: int, body: Callable[[Solo | Ranks], None]) -> None:
    """Run `body` once per rank: of this process, or of the MPI job that this process belongs to.

    Ctrl-C is turned into a wish to stop, which `should_stop` tells; a second one interrupts at once.
    """
    world = int(os.environ.get("OMPI_COMM_WORLD_SIZE") or os.environ.get("PMI_SIZE") or 1)
    count = world if world > 1 else num_ranks
    if world > 1 and num_ranks > 1:
        raise RunError(f"ranks {num_ranks}: the MPI job has {world} processes already; leave --ranks out")
    if count < 1 or batch % count:
        raise RunError(f"ranks {count}: expected a number that divides the batch of {batch}")
    _stop.clear()
    before = signal.signal(signal.SIGINT, _wish_to_stop)
    try:
        if count == 1:
            body(Solo())
            return
        try:
            import vt_fabric
        except ImportError as error:
            raise RunError(f"ranks {count}: vt-fabric is needed: {error}") from None
        if world > 1:
            body(Ranks(vt_fabric.mpi(), "MPI"))
        else:
            models: dict[str, torch.nn.Module] = {}
            vt_fabric.run_local(count, lambda group: body(Ranks(group, "threads", models)))
    finally:
        signal.signal(signal.SIGINT, before)


def _wish_to_stop(*_: object) -> None:
    _stop.set()
    signal.signal(signal.SIGINT, signal.default_int_handler)
