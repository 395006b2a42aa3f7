# SPDX-License-Identifier: Apache-2.0
"""A snapshot of memory as one HTML file that needs nothing else: segments, memory over time, and who holds it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from vt_cuda.memory_history import allocator_snapshot

_TEMPLATE = Path(__file__).with_suffix(".html")
_MAX_POINTS = 4000


def save_memory_view(filename: str | Path, snapshot: dict[str, Any] | None = None) -> None:
    """Write a view of a snapshot to one HTML file, to be opened in a browser without a network.

    Parameters
    ----------
    filename : str or Path
    snapshot : dict, optional
        Of `allocator_snapshot`, or of PyTorch's. Default: one that is taken now.
    """
    import json  # needed here alone, and slow to load

    data = view_data(allocator_snapshot() if snapshot is None else snapshot)
    # A line of source may hold anything, an end of the script too.
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    Path(filename).write_text(_TEMPLATE.read_text(encoding="utf-8").replace("/*DATA*/null", text), encoding="utf-8")


def view_data(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What the view draws.

    Returns
    -------
    dict
        ``segments``: with the offset, size, state and place of each block; ``places``: live bytes and blocks by the line that
        allocated them, largest first; ``timelines``: by device, at most 4,000 points (event, microseconds, bytes with
        callers, bytes held), and what was there at the peak by place.
    """
    places: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    segments: list[dict[str, Any]] = []
    for segment in snapshot["segments"]:
        blocks: list[tuple[int, int, str, str]] = []
        offset = 0
        for block in segment["blocks"]:
            place = _place(block)
            blocks.append((offset, block["size"], block["state"], place))
            offset += block["size"]
            if block["state"] != "inactive":
                places[place][0] += block["size"]
                places[place][1] += 1
        segments.append(
            {
                "device": segment["device"],
                "address": f"{segment['address']:#x}",
                "size": segment["total_size"],
                "stream": segment["stream"],
                "kind": segment["segment_type"],
                "pool": segment["segment_pool_id"],
                "blocks": blocks,
            }
        )
    return {
        "segments": segments,
        "places": _by_bytes(places),
        "timelines": [_timeline(trace, _held(snapshot, i)) for i, trace in enumerate(snapshot["device_traces"])],
    }


def _place(item: dict[str, Any]) -> str:
    """The stack of a block or event as lines, innermost first."""
    frames: list[dict[str, Any]] = item.get("frames") or []
    return "\n".join(f"{frame['filename']}:{frame['line']} in {frame['name']}" for frame in frames) or "(no stack)"


def _by_bytes(places: dict[str, list[int]]) -> list[tuple[str, int, int]]:
    return sorted(((place, total, count) for place, (total, count) in places.items()), key=lambda p: -p[1])


def _held(snapshot: dict[str, Any], device: int) -> tuple[int, int]:
    """Bytes with callers and bytes held at the end."""
    own = [segment for segment in snapshot["segments"] if segment["device"] == device]
    live = sum(block["requested_size"] for s in own for block in s["blocks"] if block["state"] == "active_allocated")
    return live, sum(segment["total_size"] for segment in own)


_LIVE = {"alloc": 1, "free_requested": -1}
_RESERVED = {"segment_alloc": 1, "segment_map": 1, "segment_free": -1, "segment_unmap": -1}


def _timeline(trace: list[dict[str, Any]], end: tuple[int, int]) -> dict[str, Any]:
    """Memory after each event, counted back from the end, as the first events may have been overwritten."""
    changes = [(e["size"] * _LIVE.get(e["action"], 0), e["size"] * _RESERVED.get(e["action"], 0)) for e in trace]
    live = end[0] - sum(change[0] for change in changes)
    reserved = end[1] - sum(change[1] for change in changes)
    points: list[tuple[int, int, int, int]] = []
    for number, (event, (more_live, more_reserved)) in enumerate(zip(trace, changes, strict=True)):
        live += more_live
        reserved += more_reserved
        points.append((number, event["time_us"], live, reserved))
    peak = max(points, key=lambda point: point[2], default=None)
    step = max(1, -(-len(points) // _MAX_POINTS))
    # Of each run of points the highest is kept, so that no peak is lost.
    kept = [max(points[i : i + step], key=lambda point: point[2]) for i in range(0, len(points), step)]
    return {"points": kept, "peak": peak, "at_peak": _at_peak(trace, peak[0] if peak else -1)}


def _at_peak(trace: list[dict[str, Any]], last: int) -> list[tuple[str, int, int]]:
    """What the events up to one left behind, by place."""
    live: dict[int, tuple[str, int]] = {}
    for event in trace[: last + 1]:
        if event["action"] == "alloc":
            live[event["addr"]] = (_place(event), event["size"])
        elif event["action"] == "free_requested":
            live.pop(event["addr"], None)
    places: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place, size in live.values():
        places[place][0] += size
        places[place][1] += 1
    return _by_bytes(places)
