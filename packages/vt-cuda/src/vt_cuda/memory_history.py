# SPDX-License-Identifier: Apache-2.0
"""What the caching allocators hold and did: snapshots in PyTorch's form, for its viewers and ours."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vt_cuda import _C

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACTIONS = (
    "alloc",
    "free_requested",
    "free_completed",
    "segment_alloc",
    "segment_free",
    "segment_map",
    "segment_unmap",
    "snapshot",
    "oom",
)
_STATES = ("inactive", "active_allocated", "active_awaiting_free")
_CONTEXTS = (None, "state", "alloc", "all")


def record_memory_history(
    enabled: str | bool | None = "all",
    context: str | None = "all",
    stacks: str = "all",
    max_entries: int = sys.maxsize,
    device: Any = None,
    clear_history: bool = False,
    compile_context: bool = False,
    global_record_annotations: bool = False,
    skip_actions: Sequence[str] | None = None,
) -> None:
    """Remember from which lines memory comes, and what the allocators of all devices do.

    Parameters
    ----------
    enabled : {None, "state", "all"}
        None stops it; ``"state"`` remembers what allocated the blocks that are there; ``"all"`` keeps the latest events too.
    context : {None, "state", "alloc", "all"}
        Whose stack of calls is kept: nobody's, that of blocks, of the events that allocate too, of those that free too.
    stacks : {"python", "all"}
        Whether frames of native code are kept beside those of Python.
    max_entries : int
        Events that are kept; later ones replace the earliest.
    device : None
        All devices are concerned, as in PyTorch.
    clear_history : bool
        Whether to forget the events up to now.
    compile_context, global_record_annotations : bool
        Nothing is compiled and nothing annotated here; they are taken as PyTorch's.
    skip_actions : sequence of str, optional
        Actions of events that are not kept.

    Raises
    ------
    ValueError
        For other values.

    Notes
    -----
    An allocation takes some microseconds longer. Stacks stay in memory for good, each different one once.
    """
    del device, compile_context, global_record_annotations
    if isinstance(enabled, bool):  # the form of PyTorch 2.0
        enabled = "all" if enabled else None
    for name, value, known in (
        ("enabled", enabled, (None, "state", "all")),
        ("context", context, _CONTEXTS),
        ("stacks", stacks, ("python", "all")),
    ):
        if value not in known:
            raise ValueError(f"record_memory_history: {name} is not known: got {value!r}, expected one of {known}")
    if max_entries < 0:
        raise ValueError(f"record_memory_history: max_entries is negative: got {max_entries}, expected at least 0")
    skipped = 0
    for action in skip_actions or ():
        if action not in _ACTIONS:
            raise ValueError(
                f"record_memory_history: action to skip is not known: got {action!r}, expected one of {_ACTIONS}"
            )
        skipped |= 1 << _ACTIONS.index(action)
    level = _CONTEXTS.index(context) if enabled is not None else 0
    _C.record_memory_history(
        enabled is not None,
        level >= 1,
        level >= 2,
        level >= 3,
        stacks == "all",
        max_entries if enabled == "all" else 0,
        clear_history,
        skipped,
    )


class _Frames:
    """Frames of stacks by number; the same list for the same number."""

    def __init__(self) -> None:
        self._known: dict[int, list[dict[str, Any]]] = {}

    def of(self, context: int) -> list[dict[str, Any]]:
        if context not in self._known:
            self._known[context] = [
                {"name": name, "filename": filename, "line": line} for name, filename, line in _C.memory_frames(context)
            ]
        return self._known[context]


def _block(block: tuple[Any, ...], frames: _Frames) -> dict[str, Any]:
    address, nbytes, requested, context, state = block
    return {
        "address": address,
        "size": nbytes,
        "requested_size": requested,
        "state": _STATES[state],
        "frames": frames.of(context),
    }


def _segment(device: int, segment: tuple[Any, ...], frames: _Frames) -> dict[str, Any]:
    address, nbytes, allocated, active, requested, stream, pool, context, is_small, is_expandable, blocks = segment
    return {
        "device": device,
        "address": address,
        "total_size": nbytes,
        "allocated_size": allocated,
        "active_size": active,
        "requested_size": requested,
        "stream": stream,
        "segment_type": "small" if is_small else "large",
        "segment_pool_id": (0, pool),
        "is_expandable": bool(is_expandable),
        "frames": frames.of(context),
        "blocks": [_block(block, frames) for block in blocks],
    }


def _event(event: tuple[Any, ...], frames: _Frames) -> dict[str, Any]:
    action, address, nbytes, stream, pool, context, free_bytes, time_us = event
    place = {"device_free": free_bytes} if action == "oom" else {"addr": address}
    return {
        "action": action,
        **place,
        "size": nbytes,
        "stream": stream,
        "pool_id": (0, pool),
        "time_us": time_us,
        "frames": frames.of(context),
        "compile_context": "N/A",
        "user_metadata": "",
    }


def allocator_snapshot(device: Any = None, augment_with_fx_traces: bool = False) -> dict[str, Any]:
    """Return what the allocators of all devices hold, and their latest events, as PyTorch's ``allocator_snapshot`` does.

    Parameters
    ----------
    device : None
        All devices are concerned, as in PyTorch.
    augment_with_fx_traces : bool
        There are no such traces here; taken as PyTorch's.

    Returns
    -------
    dict
        ``segments``, ``device_traces`` (a list of events per device), ``allocator_settings``, ``external_annotations``.
    """
    del device, augment_with_fx_traces
    frames = _Frames()
    segments: list[dict[str, Any]] = []
    traces: list[list[dict[str, Any]]] = []
    for index in range(_C.device_count()):
        found, events = _C.memory_snapshot(index) if _C.has_memory(index) else ([], [])
        segments += [_segment(index, segment, frames) for segment in found]
        traces.append([_event(event, frames) for event in events])
    return {
        "segments": segments,
        "device_traces": traces,
        "allocator_settings": _settings(),
        "external_annotations": [],
    }


def _settings() -> dict[str, Any]:
    max_split_bytes, collect_above = _C.memory_options()
    return {
        "PYTORCH_CUDA_ALLOC_CONF": "",
        "max_split_size": -1 if max_split_bytes == 2**64 - 1 else max_split_bytes,
        "garbage_collection_threshold": collect_above,
        "expandable_segments": _C.memory_segments() != 1,
        "pinned_num_register_threads": 1,
        "release_lock_on_cudamalloc": False,
        "pinned_use_cuda_host_register": False,
        "roundup_power2_divisions": {},
    }


def memory_snapshot(mempool_id: tuple[int, int] | None = None, include_traces: bool = True) -> list[dict[str, Any]]:
    """Return the segments of `allocator_snapshot`, those of one pool alone if it is given."""
    del include_traces  # they are not part of it
    segments = allocator_snapshot()["segments"]
    if mempool_id is None:
        return segments
    return [segment for segment in segments if segment["segment_pool_id"] == tuple(mempool_id)]


def dump_allocator_snapshot(
    filename: str | Path = "dump_snapshot.pickle", augment_with_fx_traces: bool = False
) -> None:
    """Write `allocator_snapshot` to a file, for PyTorch's viewer at pytorch.org/memory_viz and its ``_memory_viz``."""
    import pickle  # needed here alone, and slow to load

    Path(filename).write_bytes(pickle.dumps(allocator_snapshot(augment_with_fx_traces=augment_with_fx_traces)))
