# SPDX-License-Identifier: Apache-2.0
"""The memory behind a tensor, as far as programs ask about it: where it is, how large, whether two tensors share it."""

from __future__ import annotations

from typing import Any

import vt_core
from vt_core import ops

__all__ = ["TypedStorage", "UntypedStorage"]


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
