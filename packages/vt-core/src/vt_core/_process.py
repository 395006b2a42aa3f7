# SPDX-License-Identifier: Apache-2.0
"""What belongs to the process as a whole: plugins, the default random streams and settings."""

from __future__ import annotations

import os

from vt_core import _C, ops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from vt_core._C import Generator

__all__ = ["get_num_threads", "load_plugin", "manual_seed", "set_num_threads", "settings", "unload_plugin"]


def load_plugin(path: str | os.PathLike[str]) -> None:
    """Load a plugin library into this process; its operators, kernels and interfaces become visible together.

    Parameters
    ----------
    path : str or path-like
        Of a shared library with the entry point ``vt_plugin_init``. One that is loaded already changes nothing.

    Raises
    ------
    ImportError
        If there is no such library, it lacks the entry point or was built for another version of an interface.
    RuntimeError, ValueError
        If its registrations are refused. Nothing of it is then visible.
    """
    _C.load_plugin(os.fspath(path))
    ops._forget()  # pyright: ignore[reportPrivateUsage]


def unload_plugin(name: str) -> None:
    """Withdraw the operators, kernels and derivatives of a plugin.

    Parameters
    ----------
    name : str
        As `show_config` lists it. The library stays mapped, and the interfaces it published stay.

    Raises
    ------
    ValueError
        If no plugin of this name is loaded.
    """
    _C.unload_plugin(name)
    ops._forget()  # pyright: ignore[reportPrivateUsage]


def manual_seed(seed: int) -> Generator:
    """Start the CPU's default random stream anew; those of other devices through `default_generator`.

    Parameters
    ----------
    seed : int
        Any integer; taken modulo 2**64.

    Returns
    -------
    Generator
        The CPU's default generator.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.manual_seed(7).initial_seed()
    7
    """
    return _C.default_generator("cpu").manual_seed(seed)


def get_num_threads() -> int:
    """Return how many threads a CPU kernel uses at most.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.get_num_threads() >= 1
    True
    """
    return _C.num_threads()


def set_num_threads(count: int) -> None:
    """Set how many threads a CPU kernel uses at most.

    Parameters
    ----------
    count : int
        At least 1.

    Raises
    ------
    ValueError
        If `count` is less than 1.
    """
    _C.set_num_threads(count)


def settings() -> dict[str, str | None]:
    """Return every environment variable that the stack reads, with its value or None where it is unset.

    Examples
    --------
    >>> import vt_core as vt
    >>> "VT_CPU_DEVICES" in vt.settings()
    True
    """
    return {entry["name"]: entry["value"] for entry in _C.settings()}
