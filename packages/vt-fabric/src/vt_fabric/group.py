# SPDX-License-Identifier: Apache-2.0
"""The interface that every kind of group offers."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from vt_core import Tensor

ReduceOp = Literal["sum", "product", "min", "max", "mean"]
"""How `all_reduce` combines elements. Half types are combined in float32 and rounded once."""

REDUCE_OPS: tuple[ReduceOp, ...] = ("sum", "product", "min", "max", "mean")


def reduce_number(op: str) -> int:
    """Return the number of a reduction in the C interface.

    Raises
    ------
    ValueError
        If `op` is not one of `ReduceOp`.
    """
    for number, name in enumerate(REDUCE_OPS):
        if name == op:
            return number
    raise ValueError(f"all_reduce: unknown op {op!r}, expected one of {', '.join(REDUCE_OPS)}")


@runtime_checkable
class Group(Protocol):
    """Ranks that make the same collective calls in the same order.

    A rank that raises, leaves or stays away makes the calls of the others fail, at the latest when the group's timeout is
    over; the group is unusable after that. Collectives are not differentiable and work on the tensors' contents.
    """

    @property
    def rank(self) -> int:
        """Number of the rank, 0 to `world` - 1."""
        ...

    @property
    def world(self) -> int:
        """Number of ranks."""
        ...

    def all_reduce(self, tensor: Tensor, *, op: ReduceOp = "sum") -> None:
        """Replace `tensor` on every rank by the elementwise reduction over all ranks, in rank order.

        Parameters
        ----------
        tensor : Tensor
            Contiguous; the same sizes and dtype on every rank. Written in place; its version counter goes up.
        op : {"sum", "product", "min", "max", "mean"}
            The reduction, the same on every rank.
        """
        ...

    def broadcast(self, tensor: Tensor, *, root: int = 0) -> None:
        """Copy the root's elements into every other rank's `tensor`, in place."""
        ...

    def all_gather(self, tensor: Tensor) -> Tensor:
        """Return the tensors of all ranks, stacked along a new first dimension: sizes ``(world, *tensor.shape)``."""
        ...

    def barrier(self) -> None:
        """Return when every rank has called it."""
        ...

    def abort(self, reason: str) -> None:
        """Make the other ranks' present and later calls fail with `reason`."""
        ...
