# ruff: noqa: N999
# SPDX-License-Identifier: Apache-2.0
from typing import final

from vt_core import Tensor

@final
class LocalGroup:
    """One rank of a group whose ranks are threads of this process."""

    @property
    def rank(self) -> int:
        """Number of the rank."""
    @property
    def world(self) -> int:
        """Number of ranks."""
    def all_reduce(self, tensor: Tensor, op: int, /) -> None:
        """Reduce in place over all ranks."""
    def broadcast(self, tensor: Tensor, root: int, /) -> None:
        """Copy the root's elements into every rank's."""
    def all_gather(self, tensor: Tensor, out: Tensor, /) -> None:
        """Put every rank's elements into `out`, in rank order."""
    def barrier(self) -> None:
        """Return when every rank has called it."""
    def abort(self, reason: str, /) -> None:
        """Make the other ranks' calls fail."""

def create_local(world: int, timeout_s: float, /) -> list[LocalGroup]:
    """Make one `LocalGroup` per rank."""
