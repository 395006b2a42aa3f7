# SPDX-License-Identifier: Apache-2.0
"""What recording and backward did: nodes, saved bytes and time, by kind of node."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from vt_autograd import _C

__all__ = ["KindStatistics", "statistics"]

_native: Any = _C


@dataclass
class KindStatistics:
    """Counts of the nodes of one name.

    Attributes
    ----------
    recorded, run : int
        How many were recorded, and how often one ran.
    saved_bytes : int
        Of the tensors that they saved when they were recorded; a tensor saved twice counts twice, packed ones do not count.
    elapsed_ns : int
        Time of their runs on the host, in nanoseconds.
    """

    recorded: int = 0
    run: int = 0
    saved_bytes: int = 0
    elapsed_ns: int = 0


@dataclass
class statistics:  # noqa: N801
    """Counts nodes within the ``with`` block, in all threads. Printing it shows a table, what took most time first.

    Nothing is counted, and nothing costs time, outside of a block. What a `Function` saves by ``save_for_backward`` is not in
    `saved_bytes`, nor is accumulation into leaves in the counts.

    Attributes
    ----------
    kinds : dict of str to KindStatistics
        By the name of the node.

    Examples
    --------
    >>> import vt_core as vt
    >>> import vt_autograd as ag
    >>> x = vt.tensor([1.0, 2.0]).requires_grad_()
    >>> with ag.statistics() as counted:
    ...     (x * x).sum().backward()
    >>> counted.num_recorded, counted.num_run, counted.saved_bytes
    (2, 2, 16)
    """

    kinds: dict[str, KindStatistics] = field(default_factory=dict[str, KindStatistics])
    _handles: list[int] = field(default_factory=list[int], repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __enter__(self) -> statistics:
        self._handles.append(_native._add_observer(self._recorded, self._ran, None))
        return self

    def __exit__(self, *exception: object) -> None:
        _native._remove_observer(self._handles.pop())

    @property
    def num_recorded(self) -> int:
        """Nodes recorded."""
        return sum(kind.recorded for kind in self.kinds.values())

    @property
    def num_run(self) -> int:
        """Runs of nodes."""
        return sum(kind.run for kind in self.kinds.values())

    @property
    def saved_bytes(self) -> int:
        """Bytes saved by all nodes."""
        return sum(kind.saved_bytes for kind in self.kinds.values())

    @property
    def elapsed_ns(self) -> int:
        """Time of all runs, in nanoseconds."""
        return sum(kind.elapsed_ns for kind in self.kinds.values())

    def __str__(self) -> str:
        rows = [("node", "recorded", "run", "saved bytes", "us", "us per run")]
        for name, kind in sorted(self.kinds.items(), key=lambda item: -item[1].elapsed_ns):
            micros = kind.elapsed_ns / 1000
            each = f"{micros / kind.run:.2f}" if kind.run else "-"
            rows.append((name, str(kind.recorded), str(kind.run), str(kind.saved_bytes), f"{micros:.1f}", each))
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        return "\n".join(
            "  ".join(
                [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
            )
            for row in rows
        )

    def _recorded(self, node: Any) -> None:
        with self._lock:
            kind = self.kinds.setdefault(node.name(), KindStatistics())
            kind.recorded += 1
            kind.saved_bytes += node._saved_bytes

    def _ran(self, node: Any, grads: Any, elapsed_ns: int) -> None:  # noqa: ARG002
        with self._lock:
            kind = self.kinds.setdefault(node.name(), KindStatistics())
            kind.run += 1
            kind.elapsed_ns += elapsed_ns
