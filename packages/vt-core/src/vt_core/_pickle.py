# SPDX-License-Identifier: Apache-2.0
"""Pickling and copying of tensors: what shares memory before shares memory after."""

from __future__ import annotations

import ctypes
from copy import deepcopy as copy_deeply
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from vt_core import _C

if TYPE_CHECKING:
    from vt_core._C import Tensor

__all__ = ["deepcopy", "reduce"]

# Note [Shared storages]
# A pickler remembers the objects it has seen, but a storage is no Python object. While a tensor is reduced, _Storage
# stands in for it: the table below gives the same _Storage to every tensor on the same memory for as long as a pickler
# (or anybody else) holds it, and the pickler writes it once. It holds a tensor on that memory, so an address in the table
# is never that of a storage freed meanwhile. Bytes are read when the pickler reaches it, not before.

_Key = tuple[int, str, str]


class _Storage:
    """All elements of one storage, as a one-dimensional tensor."""

    __slots__ = ("__weakref__", "elements")

    def __init__(self, elements: Tensor) -> None:
        self.elements = elements

    def __reduce__(self) -> tuple[Any, ...]:
        elements = self.elements
        device = str(elements.device)
        if elements.device.type == "meta":
            return _load_meta_storage, (elements.numel(), elements.dtype.name)
        host = elements.to(device="cpu")
        data = ctypes.string_at(host.data_ptr(), host.numel() * host.element_size())
        return _load_storage, (data, elements.dtype.name, device)


_storages: WeakValueDictionary[_Key, _Storage] = WeakValueDictionary()


def reduce(tensor: Tensor) -> tuple[Any, ...]:
    """Serve ``Tensor.__reduce_ex__``.

    Parameters
    ----------
    tensor : Tensor
        Any tensor. One that is not a leaf is restored as a leaf.

    Returns
    -------
    tuple
        Class, sizes, strides, offset and ``requires_grad``, with the whole storage beside them; ``__dict__`` as state.
        ``grad`` is left out.
    """
    key = _storage_key(tensor)
    storage = _storages.get(key)
    if storage is None:
        storage = _storages[key] = _Storage(_all_elements(tensor))
    layout = (tuple(tensor.shape), tuple(tensor.stride()), tensor.storage_offset())
    state = tensor.__dict__
    return _rebuild, (storage, type(tensor), *layout, tensor.requires_grad), dict(state) or None


def deepcopy(tensor: Tensor, memo: dict[Any, Any]) -> Tensor:
    """Serve ``Tensor.__deepcopy__``.

    Parameters
    ----------
    tensor : Tensor
        A leaf of its graph.
    memo : dict
        Of `copy.deepcopy`. Tensors that share a storage are copied onto one new storage.

    Returns
    -------
    Tensor
        Of the same class, with copies of ``grad`` and of every attribute.

    Raises
    ------
    RuntimeError
        If `tensor` is not a leaf.
    """
    if id(tensor) in memo:
        return memo[id(tensor)]
    if not tensor.is_leaf:
        raise RuntimeError(
            "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment: "
            f"got a result of {tensor.grad_fn.name()}; use tensor.detach().clone()"
        )
    key = ("vt_core storage", *_storage_key(tensor))
    if key not in memo:
        original = _all_elements(tensor)
        # The original stays alive with its copy, so that its address stays its own while `memo` is in use.
        memo[key] = (original.clone(), original)
    copied: Tensor = memo[key][0]
    result = _on_storage(
        copied, type(tensor), tensor.shape, tensor.stride(), tensor.storage_offset(), tensor.requires_grad
    )
    memo[id(tensor)] = result
    if tensor.grad is not None:
        result.grad = copy_deeply(tensor.grad, memo)
    if tensor.__dict__:
        result.__dict__ = copy_deeply(tensor.__dict__, memo)
    return result


def _storage_key(tensor: Tensor) -> _Key:
    return tensor._storage_data_ptr(), tensor.dtype.name, str(tensor.device)


def _all_elements(tensor: Tensor) -> Tensor:
    return tensor.detach().as_strided((tensor._storage_nbytes() // tensor.element_size(),), (1,), 0)


def _on_storage(
    elements: Tensor, cls: type[Tensor], sizes: Any, strides: Any, offset: int, requires_grad: bool
) -> Tensor:
    return _C.Tensor._make_subclass(cls, elements.as_strided(sizes, strides, offset), requires_grad)


def _rebuild(
    storage: _Storage,
    cls: type[Tensor],
    sizes: tuple[int, ...],
    strides: tuple[int, ...],
    offset: int,
    requires_grad: bool,
) -> Tensor:
    return _on_storage(storage.elements, cls, sizes, strides, offset, requires_grad)


def _load_storage(data: bytes, dtype: str, device: str) -> _Storage:
    kind = getattr(_C, dtype)
    elements = _C.get_op("empty")((len(data) // kind.itemsize,), dtype=kind)
    ctypes.memmove(elements.data_ptr(), data, len(data))
    return _Storage(elements if device == "cpu" else elements.to(device=device))


def _load_meta_storage(numel: int, dtype: str) -> _Storage:
    return _Storage(_C.get_op("empty")((numel,), dtype=getattr(_C, dtype), device="meta"))
