# SPDX-License-Identifier: Apache-2.0
"""The memory behind a tensor, as far as programs ask about it: where it is, how large, whether two tensors share it."""

from __future__ import annotations

from typing import Any

import vt_core
from vt_core import ops

__all__ = ["LEGACY_STORAGES", "TypedStorage", "UntypedStorage"]


class UntypedStorage:
    """The bytes that a tensor and its views share. Holds the tensor, and by it the memory."""

    def __init__(self, tensor: Any) -> None:
        self._tensor = tensor.detach()

    def data_ptr(self) -> int:
        """Return the address of the first byte; 0 where there is none."""
        return self._tensor._storage_data_ptr()

    def nbytes(self) -> int:
        """Return the number of bytes."""
        return self._tensor._storage_nbytes()

    def size(self) -> int:
        """Return the number of bytes."""
        return self.nbytes()

    def __len__(self) -> int:
        return self.nbytes()

    @property
    def device(self) -> vt_core.device:
        """Where the memory is."""
        return self._tensor.device

    @property
    def is_cuda(self) -> bool:
        """Whether the memory is on a CUDA device."""
        return self._tensor.device.type == "cuda"

    def _elements(self) -> Any:
        return ops.as_strided(self._tensor, [self.nbytes() // self._tensor.element_size()], [1], 0)

    def tolist(self) -> list[int]:
        """Return the bytes as a list of int."""
        return list(memoryview(self._elements().to("cpu")).cast("B"))

    def __repr__(self) -> str:
        return f"UntypedStorage(nbytes={self.nbytes()}, device={self.device})"


class TypedStorage(UntypedStorage):
    """A storage seen as elements of the tensor's dtype."""

    @property
    def dtype(self) -> vt_core.dtype:
        """Of the elements."""
        return self._tensor.dtype

    def size(self) -> int:
        """Return the number of elements."""
        return self.nbytes() // self._tensor.element_size()

    def __len__(self) -> int:
        return self.size()

    def __getitem__(self, index: int) -> Any:
        return self._elements()[index].item()

    def tolist(self) -> list[Any]:
        """Return the elements as a list of numbers."""
        return self._elements().tolist()

    def __repr__(self) -> str:
        return f"TypedStorage(dtype={self.dtype}, size={self.size()}, device={self.device})"

    def __setitem__(self, index: int | slice, value: Any) -> None:
        self._elements()[index] = value

    def element_size(self) -> int:
        """Return the number of bytes of an element."""
        return self._tensor.element_size()

    def fill_(self, value: Any) -> TypedStorage:
        """Write one number into every element."""
        self._elements().fill_(value)
        return self

    def copy_(self, source: TypedStorage) -> TypedStorage:
        """Write the elements of another storage, of as many, into this one."""
        self._elements().copy_(source._elements())
        return self

    def clone(self) -> TypedStorage:
        """Return a storage of the same elements in other memory."""
        return TypedStorage(self._elements().clone())

    def untyped(self) -> UntypedStorage:
        """Return the same memory as bytes."""
        return UntypedStorage(self._tensor)


class _LegacyStorage(type):
    """A type whose instances are the typed storages of one dtype on the CPU."""

    dtype: vt_core.dtype

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, TypedStorage) and instance.dtype == cls.dtype and instance.device.type == "cpu"

    def __call__(cls, *args: Any) -> Any:
        if len(args) > 1:
            raise RuntimeError(f"{cls.__name__}: too many arguments: got {len(args)}, expected a size or numbers")
        given = args[0] if args else 0
        if isinstance(given, int):
            return TypedStorage(ops.empty([given], dtype=cls.dtype))
        return TypedStorage(vt_core.tensor(list(given), dtype=cls.dtype))


def _legacy(name: str, dtype: vt_core.dtype) -> type:
    doc = (
        f"Storages of {dtype.name} on the CPU. Called with a size, undefined elements; with numbers, a storage of them."
    )
    return _LegacyStorage(name, (), {"dtype": dtype, "__doc__": doc, "__module__": "vt_torch"})


LEGACY_STORAGES = {
    f"{kind}Storage": _legacy(f"{kind}Storage", dtype)
    for kind, dtype in {
        "BFloat16": vt_core.bfloat16,
        "Bool": vt_core.bool,
        "Byte": vt_core.uint8,
        "Char": vt_core.int8,
        "ComplexDouble": vt_core.complex128,
        "ComplexFloat": vt_core.complex64,
        "Double": vt_core.float64,
        "Float": vt_core.float32,
        "Half": vt_core.float16,
        "Int": vt_core.int32,
        "Long": vt_core.int64,
        "Short": vt_core.int16,
    }.items()
}
LEGACY_STORAGES["Storage"] = LEGACY_STORAGES["FloatStorage"]
