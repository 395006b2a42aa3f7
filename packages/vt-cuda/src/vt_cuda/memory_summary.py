# SPDX-License-Identifier: Apache-2.0
"""The figures of the caching allocator as a table to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from vt_cuda.devices import index_of
from vt_cuda.memory import memory_stats_as_nested_dict

if TYPE_CHECKING:
    from collections.abc import Callable

    import vt_core

_BYTES = {
    "allocated_bytes": "Allocated memory",
    "active_bytes": "Active memory",
    "requested_bytes": "Requested memory",
    "reserved_bytes": "Reserved memory",
    "inactive_split_bytes": "Non-releasable memory",
}
_COUNTS = {
    "allocation": "Allocations",
    "active": "Active allocations",
    "segment": "Reserved segments",
    "inactive_split": "Non-releasable blocks",
}
_POOLS = {"all": "", "large_pool": "from large pool", "small_pool": "from small pool"}
_COLUMNS = {"current": "Cur Usage", "peak": "Peak Usage", "allocated": "Tot Alloc", "freed": "Tot Freed"}
_NAME_WIDTH = 23
_WIDTH = 12


def memory_summary(device: int | str | vt_core.device | None = None, abbreviated: bool = False) -> str:
    """Return a table of `memory_stats`, to be printed.

    Parameters
    ----------
    device : int, str or vt_core.device, optional
        Default: the current device.
    abbreviated : bool
        Whether to leave the small and the large pool out.
    """
    stats = memory_stats_as_nested_dict(device)
    width = _NAME_WIDTH + len(_COLUMNS) * (_WIDTH + 3) + 2
    rule = "-" * width
    lines = ["=" * width, f" CUDA memory of device {index_of(device)}".ljust(width)]
    lines.append(f" out of memory: {stats['num_ooms']}, retries: {stats['num_alloc_retries']}".ljust(width))
    lines += ["=" * width, _row("Metric", list(_COLUMNS.values())), rule]
    for names, text in ((_BYTES, _size), (_COUNTS, str)):
        for name, title in names.items():
            lines += _rows(title, stats[name], abbreviated, text)
            lines.append(rule)
    for name, title in (("oversize_allocations", "Oversize allocations"), ("oversize_segments", "Oversize segments")):
        lines.append(_row(title, [str(stats[name][column]) for column in _COLUMNS]))
    lines.append("=" * width)
    return "".join(f"|{line}|\n" for line in lines)


def _rows(title: str, figures: Any, abbreviated: bool, text: Callable[[int], str]) -> list[str]:
    rows: list[str] = []
    for pool, suffix in _POOLS.items():
        if abbreviated and pool != "all":
            continue
        values = cast("dict[str, int]", figures[pool])
        name = f"   {suffix}" if suffix else title
        rows.append(_row(name, [text(values[column]) for column in _COLUMNS]))
    return rows


def _row(name: str, values: list[str]) -> str:
    return f" {name:<{_NAME_WIDTH}} " + "".join(f"| {value:>{_WIDTH}} " for value in values)


def _size(nbytes: int) -> str:
    size, unit = float(nbytes), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if size < 10 * 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:.0f} {unit}"
