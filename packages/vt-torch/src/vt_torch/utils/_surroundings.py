# SPDX-License-Identifier: Apache-2.0
"""What a function's result depends on besides its arguments: random streams and autocast modes, kept and brought back."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import vt_core
from vt_core import Tensor

from vt_torch.amp import autocast, get_autocast_dtype, is_autocast_available, is_autocast_enabled
from vt_torch.random import fork_rng

__all__ = ["Surroundings"]


@dataclass(frozen=True)
class Surroundings:
    """The state of the random streams, none where it is not kept, and the autocast modes.

    Attributes
    ----------
    streams : dict of str to (int, int)
        By device.
    modes : dict of str to (bool, dtype)
        By device type.
    """

    streams: dict[str, tuple[int, int]]
    modes: dict[str, tuple[bool, vt_core.dtype]]

    @classmethod
    def of_now(cls, arguments: Any, keep_streams: bool) -> Surroundings:
        """Return the present ones; random streams of the CPU and of the devices that tensors of `arguments` lie on."""
        devices = {"cpu", *_devices(arguments)}
        streams = {d: vt_core.default_generator(d).get_state() for d in devices} if keep_streams else {}
        kinds = {"cpu", "cuda", *(d.split(":")[0] for d in devices)}
        modes = {k: (is_autocast_enabled(k), get_autocast_dtype(k)) for k in kinds if is_autocast_available(k)}
        return cls(streams, modes)

    @contextlib.contextmanager
    def restored(self) -> Generator[None, None, None]:
        """Bring them back for a ``with`` block."""
        with contextlib.ExitStack() as stack:
            if self.streams:
                stack.enter_context(fork_rng([d for d in self.streams if d != "cpu"]))
            for device, state in self.streams.items():
                vt_core.default_generator(device).set_state(state)
            for kind, (enabled, dtype) in self.modes.items():
                stack.enter_context(autocast(kind, dtype=dtype, enabled=enabled))
            yield


def _devices(arguments: Any) -> set[str]:
    """Return the devices of the tensors in nested arguments that have random streams of their own."""
    if isinstance(arguments, Tensor):
        kind = arguments.device.type
        return set() if kind in ("cpu", "meta") else {str(arguments.device)}
    if isinstance(arguments, dict):
        arguments = arguments.values()  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    elif not isinstance(arguments, (list, tuple)):
        return set()
    found: set[str] = set()
    for item in arguments:  # pyright: ignore[reportUnknownVariableType]
        found |= _devices(item)
    return found
