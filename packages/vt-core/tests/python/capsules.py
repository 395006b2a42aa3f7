# SPDX-License-Identifier: Apache-2.0
"""DLPack capsules made by hand, honest or not, that count how often their memory is given back."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from ctypes import (
    POINTER,
    PYFUNCTYPE,
    Structure,
    c_char_p,
    c_int32,
    c_int64,
    c_uint8,
    c_uint16,
    c_uint32,
    c_uint64,
    c_void_p,
    py_object,
)
from typing import Any

READ_ONLY, COPIED = 1, 2
INT, UINT, FLOAT, OPAQUE, BFLOAT, COMPLEX, BOOL = range(7)


class DLDevice(Structure):
    _fields_ = (("type", c_int32), ("id", c_int32))


class DLDataType(Structure):
    _fields_ = (("code", c_uint8), ("bits", c_uint8), ("lanes", c_uint16))


class DLTensor(Structure):
    _fields_ = (
        ("data", c_void_p),
        ("device", DLDevice),
        ("ndim", c_int32),
        ("dtype", DLDataType),
        ("shape", POINTER(c_int64)),
        ("strides", POINTER(c_int64)),
        ("byte_offset", c_uint64),
    )


Deleter = PYFUNCTYPE(None, c_void_p)


class Unversioned(Structure):
    _fields_ = (("tensor", DLTensor), ("context", c_void_p), ("deleter", c_void_p))


class Versioned(Structure):
    _fields_ = (
        ("major", c_uint32),
        ("minor", c_uint32),
        ("context", c_void_p),
        ("deleter", c_void_p),
        ("flags", c_uint64),
        ("tensor", DLTensor),
    )


_new = ctypes.pythonapi.PyCapsule_New
_new.restype, _new.argtypes = py_object, (c_void_p, c_char_p, c_void_p)
_name = ctypes.pythonapi.PyCapsule_GetName
_name.restype, _name.argtypes = c_char_p, (c_void_p,)


class Producer:
    """An object with ``__dlpack__`` whose every field can be set wrong.

    `deleted` counts calls of the deleter, by the consumer or, for a capsule that nobody consumed, by its destructor.
    """

    def __init__(
        self,
        shape: Sequence[int] | None = (2, 3),
        strides: Sequence[int] | None = None,
        *,
        code: int = FLOAT,
        bits: int = 32,
        lanes: int = 1,
        device: tuple[int, int] = (1, 0),
        ndim: int | None = None,
        byte_offset: int = 0,
        data: int | None = None,
        versioned: bool = True,
        version: tuple[int, int] = (1, 0),
        flags: int = 0,
        deleter: bool = True,
        name: bytes | None = None,
        memory: int = 4096,
    ) -> None:
        self.deleted = 0
        self.asked: list[dict[str, Any]] = []
        self._handed_out: list[Any] = []
        self.memory = (c_uint8 * memory)()
        aligned = ctypes.addressof(self.memory) + 63 & ~63
        self._shape = (c_int64 * len(shape))(*shape) if shape is not None else None
        self._strides = (c_int64 * len(strides))(*strides) if strides is not None else None
        self._deleter = Deleter(self._count)
        self.managed = Versioned() if versioned else Unversioned()
        if versioned:
            self.managed.major, self.managed.minor = version
            self.managed.flags = flags
        tensor = self.managed.tensor
        tensor.data = aligned if data is None else data
        tensor.device = DLDevice(*device)
        tensor.ndim = len(shape or ()) if ndim is None else ndim
        tensor.dtype = DLDataType(code, bits, lanes)
        if self._shape is not None:
            tensor.shape = self._shape
        if self._strides is not None:
            tensor.strides = self._strides
        tensor.byte_offset = byte_offset
        if deleter:
            self.managed.deleter = ctypes.cast(self._deleter, c_void_p).value
        self.name = name or (b"dltensor_versioned" if versioned else b"dltensor")
        self._destructor = PYFUNCTYPE(None, c_void_p)(self._destroy)

    def _count(self, managed: int) -> None:
        self.deleted += 1

    def _destroy(self, capsule: int) -> None:
        # As real producers do: a capsule still under its own name was never consumed.
        if _name(capsule) == self.name:
            self.deleted += 1

    def capsule(self) -> Any:
        return _new(ctypes.addressof(self.managed), self.name, ctypes.cast(self._destructor, c_void_p))

    def __dlpack__(self, **options: Any) -> Any:
        # Kept until `forget`: a destructor written in Python cannot run while the consumer's error is pending.
        self.asked.append(options)
        self._handed_out.append(self.capsule())
        return self._handed_out[-1]

    def forget(self) -> None:
        """Drops the capsules handed out, and with them what was not consumed."""
        self._handed_out.clear()

    def __dlpack_device__(self) -> tuple[int, int]:
        return self.managed.tensor.device.type, self.managed.tensor.device.id
