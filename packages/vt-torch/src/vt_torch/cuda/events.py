# SPDX-License-Identifier: Apache-2.0
"""Events with PyTorch's parameters over the CUDA backend's."""

from __future__ import annotations

from functools import cache
from typing import Any

from vt_torch import cuda

__all__ = ["event_class"]


@cache
def event_class() -> Any:
    """Return `vt_torch.cuda.Event`, which is made when it is asked for, as it is a subclass of the backend's."""
    backend: Any = cuda._needed().Event  # pyright: ignore[reportPrivateUsage]

    class Event(backend):
        """A mark in a stream's work, to wait for and to measure time between.

        Parameters
        ----------
        enable_timing : bool
            Whether `elapsed_time` may be asked.
        blocking : bool
            Whether a thread in `synchronize` sleeps instead of spinning.
        interprocess : bool
            Whether other processes may open it by its `ipc_handle`; not with timing.

        Notes
        -----
        It belongs to the device of the stream on which it is recorded first, and to the current device until then.
        """

        def __init__(self, enable_timing: bool = False, blocking: bool = False, interprocess: bool = False) -> None:
            self._options = {"enable_timing": enable_timing, "blocking": blocking, "interprocess": interprocess}
            self._is_recorded = False
            super().__init__(**self._options)  # pyright: ignore[reportUnknownMemberType]

        def record(self, stream: Any = None) -> None:
            """Move the mark to the end of what is enqueued on `stream`, by default the current device's current one."""
            stream = cuda.current_stream() if stream is None else stream
            if not self._is_recorded and stream.device_index != self.device_index:
                self.__del__()
                super().__init__(stream.device_index, **self._options)  # pyright: ignore[reportUnknownMemberType]
            self._is_recorded = True
            super().record(stream)  # pyright: ignore[reportUnknownMemberType]

    Event.__qualname__ = "Event"
    return Event
