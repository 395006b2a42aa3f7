# SPDX-License-Identifier: Apache-2.0
"""What belongs to the process as a whole: plugins, the default random streams and settings."""

from __future__ import annotations

import os

from vt_core import _C, ops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from vt_core._C import Generator, Tensor, dtype

__all__ = [
    "get_default_dtype",
    "get_num_threads",
    "get_rng_state",
    "initial_seed",
    "load_plugin",
    "manual_seed",
    "seed",
    "set_default_dtype",
    "set_num_threads",
    "set_rng_state",
    "settings",
    "unload_plugin",
]


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
    """Start the default random stream of every device anew, also of devices that are first used later.

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
    _C.seed_all(seed)
    return _C.default_generator("cpu")


def seed() -> int:
    """Start the default random stream of every device from the system's entropy; return the seed."""
    number = int.from_bytes(os.urandom(8), "little")
    _C.seed_all(number)
    return number


def initial_seed() -> int:
    """Return the seed of the CPU's default random stream.

    Examples
    --------
    >>> import vt_core as vt
    >>> _ = vt.manual_seed(7)
    >>> vt.initial_seed()
    7
    """
    return _C.default_generator("cpu").initial_seed()


def get_rng_state() -> Tensor:
    """Return where the CPU's default random stream stands.

    Returns
    -------
    Tensor
        uint8 of 16 elements: seed and offset, each of 64 bits, little end first.

    Examples
    --------
    >>> import vt_core as vt
    >>> _ = vt.manual_seed(7)
    >>> state = vt.get_rng_state()
    >>> first = vt.rand(2).tolist()
    >>> vt.set_rng_state(state)
    >>> vt.rand(2).tolist() == first
    True
    """
    halves = _C.default_generator("cpu").get_state()
    data = bytearray(b"".join(half.to_bytes(8, "little") for half in halves))
    return _C.from_buffer(data, dtype=_C.uint8)


def set_rng_state(state: Tensor) -> None:
    """Put the CPU's default random stream where `get_rng_state` found it.

    Parameters
    ----------
    state : Tensor
        As `get_rng_state` returns it.

    Raises
    ------
    TypeError
        If it is not a uint8 tensor of the CPU.
    ValueError
        If it does not have 16 elements.
    """
    if not isinstance(state, _C.Tensor) or state.dtype != _C.uint8 or state.device.type != "cpu":  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("set_rng_state: the state must be a uint8 tensor of the CPU; use what get_rng_state returned")
    if state.numel() != 16:
        raise ValueError(f"set_rng_state: got {state.numel()} bytes, expected 16; use what get_rng_state returned")
    data = bytes(state.tolist())
    halves = int.from_bytes(data[:8], "little"), int.from_bytes(data[8:], "little")
    _C.default_generator("cpu").set_state(halves)


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


def get_default_dtype() -> dtype:
    """Return the floating dtype of tensors that are made without one.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.get_default_dtype()
    vt_core.float32
    """
    return _C.default_dtype()


def set_default_dtype(d: dtype, /) -> None:
    """Set the floating dtype of tensors that are made without one, and by it the complex one.

    In type promotion it stands for Python's floats, and it is what quotients, roots and the like of integers are in.

    Parameters
    ----------
    d : dtype
        float16, bfloat16, float32 or float64.

    Raises
    ------
    TypeError
        If it is another one.
    """
    _C.set_default_dtype(d)
