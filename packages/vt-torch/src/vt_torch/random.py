# SPDX-License-Identifier: Apache-2.0
"""Seeds and states of the default random streams, and a context that leaves them as they were."""

from __future__ import annotations

from collections.abc import Generator as Iterator
from collections.abc import Iterable
from contextlib import contextmanager
from typing import Any

from vt_core import (
    default_generator as _default_generator,
)
from vt_core import (
    get_rng_state,
    initial_seed,
    manual_seed,
    seed,
    set_rng_state,
)

__all__ = ["default_generator", "fork_rng", "get_rng_state", "initial_seed", "manual_seed", "seed", "set_rng_state"]

default_generator = _default_generator("cpu")


@contextmanager
def fork_rng(devices: Iterable[Any] | None = None, enabled: bool = True, device_type: str = "cuda") -> Iterator[None]:
    """Give the default streams back as they were when the context is left.

    Parameters
    ----------
    devices : iterable of device or int, optional
        Devices whose streams are kept besides the CPU's; by default all there are of `device_type`.
    enabled : bool
        Whether to do anything.
    device_type : str
        The type of devices that are given by their index.
    """
    if not enabled:
        yield
        return
    places = list(_all_of(device_type)) if devices is None else list(devices)
    named = [f"{device_type}:{place}" if isinstance(place, int) else place for place in places]
    streams = [_default_generator(place) for place in ("cpu", *named)]
    states = [stream.get_state() for stream in streams]
    try:
        yield
    finally:
        for stream, state in zip(streams, states, strict=True):
            stream.set_state(state)


def _all_of(device_type: str) -> Iterable[int]:
    if device_type != "cuda":
        return ()
    from vt_torch import cuda

    return range(cuda.device_count())
