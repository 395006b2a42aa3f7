# SPDX-License-Identifier: Apache-2.0
"""A mode that finds the places where a program waits for a device."""

from __future__ import annotations

from vt_cuda import _C

_MODES = ("default", "warn", "error")


def set_sync_debug_mode(debug_mode: int | str) -> None:
    """Choose what happens before an operator makes the host wait for a device, in all threads from now on.

    Parameters
    ----------
    debug_mode : {"default", "warn", "error"} or int
        Nothing; a ``UserWarning``; or a ``RuntimeError``, before anything is enqueued. Or their numbers 0, 1, 2.

    Raises
    ------
    ValueError
        For another mode.

    Notes
    -----
    The text names the operator or method that the program called: `item`, `tolist`, ``to``, ``nonzero``. Waits that a program asks
    for by name, `synchronize` of anything and `elapsed_time`, are allowed in every mode, unlike PyTorch's, which warns of that
    of a stream. So are waits for memory, when there is none left. A copy of more than 64 KiB from pageable memory counts as a wait:
    it may have to wait for a buffer.

    Examples
    --------
    >>> import vt_core as vt, vt_cuda
    >>> vt_cuda.set_sync_debug_mode("error")
    >>> if vt_cuda.is_available():
    ...     try:
    ...         vt.ones([2], device="cuda").sum().item()
    ...     except RuntimeError as error:
    ...         assert str(error).startswith("item: the host waits for the device")
    >>> vt_cuda.set_sync_debug_mode("default")
    """
    mode = _MODES.index(debug_mode) if debug_mode in _MODES else debug_mode
    if isinstance(mode, str) or mode not in range(len(_MODES)):
        raise ValueError(f"set_sync_debug_mode: got {debug_mode!r}, expected one of {', '.join(_MODES)}, or 0 to 2")
    _C.set_sync_debug_mode(mode)


def get_sync_debug_mode() -> int:
    """The number of the mode: 0, 1 or 2; see `set_sync_debug_mode`."""
    return _C.sync_debug_mode()
