# SPDX-License-Identifier: Apache-2.0
"""The registry of operators, read through the C table vt.core.dispatch."""

from __future__ import annotations

import ctypes
from ctypes import (
    CFUNCTYPE,
    POINTER,
    byref,
    c_char_p,
    c_int,
    c_int32,
    c_uint16,
    c_uint32,
    c_uint64,
    c_void_p,
    cast,
    py_object,
)

import pytest
from vt_core import _C

_GetInterface = CFUNCTYPE(c_int, c_char_p, c_uint16, c_uint16, POINTER(c_void_p))
_VisitOp = CFUNCTYPE(c_int, c_void_p, c_void_p)
_ALIAS = 1 << 11  # VT_OP_ALIAS


class _Schema(ctypes.Structure):
    # As far as the overload.
    _fields_ = (("struct_size", c_uint32), ("flags", c_uint32), ("name", c_char_p), ("overload", c_char_p))


class _DispatchApi(ctypes.Structure):
    _fields_ = (
        ("header", c_uint64 * 3),
        ("define_op", c_void_p),
        ("register_kernels", c_void_p),
        ("register_layer", c_void_p),
        ("register_derivatives", c_void_p),
        ("find_op", CFUNCTYPE(c_void_p, c_char_p)),
        ("schema", CFUNCTYPE(POINTER(_Schema), c_void_p)),
        ("derivative", c_void_p),
        ("visit_ops", CFUNCTYPE(c_int, _VisitOp, c_void_p)),
        ("next_overload", c_void_p),
        ("has_kernel", CFUNCTYPE(c_int32, c_void_p, c_int32)),
    )


class Registry:
    """Names of the operators and whether a device type has a kernel for one."""

    def __init__(self) -> None:
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = c_void_p, (py_object, c_char_p)
        get_interface = _GetInterface(pointer(_C._interface, b"vt_core._C._interface"))
        table = c_void_p()
        assert get_interface(b"vt.core.dispatch", 1, 0, byref(table)) == 0
        self._api = cast(table, POINTER(_DispatchApi)).contents

    def names(self) -> list[str]:
        """All operators, with their overloads, but for other names of one."""
        names: list[str] = []

        def visit(op: int, _: int) -> int:
            schema = self._api.schema(op).contents
            if schema.flags & _ALIAS:
                return 0
            names.append(b".".join(part for part in (schema.name, schema.overload) if part).decode())
            return 0

        assert self._api.visit_ops(_VisitOp(visit), None) == 0
        return sorted(names)

    def has_kernel(self, name: str, device_type: int) -> bool:
        """Whether a call on such a device finds a kernel."""
        op = self._api.find_op(name.encode())
        assert op, name
        return self._api.has_kernel(op, device_type) != 0


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry()
