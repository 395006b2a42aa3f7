# SPDX-License-Identifier: Apache-2.0
"""The simulated asynchronous device, stepped from Python: work takes effect only when its turn is drawn."""

from __future__ import annotations

import ctypes
from ctypes import (
    CFUNCTYPE,
    POINTER,
    PYFUNCTYPE,
    byref,
    c_char_p,
    c_int,
    c_int32,
    c_int64,
    c_uint16,
    c_uint32,
    c_uint64,
    c_void_p,
    py_object,
)
from pathlib import Path
from typing import Any

from vt_core import _C

__all__ = ["Simulation", "load_simulated", "simulated_library"]


class _Header(ctypes.Structure):
    _fields_ = (
        ("struct_size", c_uint32),
        ("major", c_uint16),
        ("minor", c_uint16),
        ("features", c_uint64),
        ("prev_major", c_void_p),
    )


class _SimulatedApi(ctypes.Structure):
    _fields_ = (
        ("header", _Header),
        ("seed", CFUNCTYPE(None, c_uint64)),
        ("step", CFUNCTYPE(c_int, POINTER(c_int32))),
        ("step_all", CFUNCTYPE(c_int)),
        ("pending", CFUNCTYPE(c_int64)),
        ("num_races", CFUNCTYPE(c_int64)),
        ("race", CFUNCTYPE(c_char_p, c_int64)),
        ("clear_races", CFUNCTYPE(None)),
        ("ignore_wait", CFUNCTYPE(None, c_int64)),
    )


class _PythonApi(ctypes.Structure):
    # Only as far as raise_error, through which a failed call becomes a Python exception.
    _fields_ = (
        ("header", _Header),
        ("tensor_from_pyobject", c_void_p),
        ("tensor_to_pyobject", c_void_p),
        ("is_tensor", c_void_p),
        ("raise_error", PYFUNCTYPE(None)),
    )


class Simulation:
    """Control over the simulated devices ``sim:0`` and ``sim:1``."""

    def __init__(self) -> None:
        self._api: Any = _interface("vt.simulated", _SimulatedApi)
        self._python: Any = _interface("vt.python", _PythonApi)

    def seed(self, seed: int) -> None:
        """Restart the generator from which the order of steps is drawn; pending work stays pending."""
        self._api.seed(seed)

    def step(self) -> bool:
        """Run one piece of work; False when none is pending. Raises the error of the work."""
        ran = c_int32()
        self._check(self._api.step(byref(ran)))
        return bool(ran.value)

    def step_all(self) -> None:
        """Run everything that is pending. Raises the first error of the work."""
        self._check(self._api.step_all())

    def pending(self) -> int:
        """Return the number of kernels, copies and waits that have not run."""
        return self._api.pending()

    def races(self) -> tuple[str, ...]:
        """Return what was found since the last `clear_races`: accesses that nothing orders, each naming both sides."""
        return tuple(self._api.race(index).decode() for index in range(self._api.num_races()))

    def clear_races(self) -> None:
        """Forget the races found so far."""
        self._api.clear_races()

    def ignore_wait(self, nth: int) -> None:
        """Make the nth wait for an event from now do nothing (0 is the next one); -1 takes the fault back."""
        self._api.ignore_wait(nth)

    def _check(self, status: int) -> None:
        if status:
            self._python.raise_error()


def simulated_library() -> Path:
    """Return where the plugin library of the simulated device lies."""
    return Path(_C.__file__).parent / "lib" / "libvt_simulated.so"


def load_simulated() -> Simulation:
    """Load the simulated device into this process, once, and return its control.

    Raises
    ------
    ImportError
        If the plugin library is missing or of another version.
    """
    _C.load_plugin(str(simulated_library()))
    return Simulation()


def _interface(name: str, table: Any) -> Any:
    get_pointer: Any = ctypes.pythonapi.PyCapsule_GetPointer
    get_pointer.restype, get_pointer.argtypes = c_void_p, (py_object, c_char_p)
    address = get_pointer(_C._interface, b"vt_core._C._interface")  # pyright: ignore[reportPrivateUsage]
    lookup: Any = CFUNCTYPE(c_int, c_char_p, c_uint16, c_uint16, c_void_p)(address or 0)
    found = c_void_p()
    if lookup(name.encode(), 1, 0, byref(found)) != 0:
        raise ImportError(f"vt_core.testing: interface {name} 1.0 is not available")
    return table.from_address(found.value)
