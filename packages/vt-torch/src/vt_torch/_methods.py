# SPDX-License-Identifier: Apache-2.0
"""Methods that PyTorch's tensors have beyond those of vt-core: moves to CUDA and names of types."""

from __future__ import annotations

from typing import Any

import vt_core

from vt_torch import _predicates, _unique
from vt_torch._construction import from_sizes_or_data, new_tensor
from vt_torch._layout import strided
from vt_torch._norms import norm

__all__ = ["complete"]


def _cuda(self: Any, device: Any = None, non_blocking: bool = False) -> Any:
    """Return the tensor on a CUDA device, the current one by default."""
    if device is None:
        device = "cuda"
    elif isinstance(device, int):
        device = f"cuda:{device}"
    return self.to(device=device, non_blocking=non_blocking)


def _type(self: Any, dtype: Any = None, non_blocking: bool = False) -> Any:
    """Return the name of the tensor's type, or the tensor cast to `dtype`."""
    if dtype is None:
        return _type_name(self)
    if not isinstance(dtype, (str, vt_core.dtype)):
        from vt_torch._legacy import LEGACY_TYPES

        if dtype not in LEGACY_TYPES.values():
            raise TypeError(f"type: expected a dtype, a type of tensors or its name: got {dtype!r}")
        dtype = dtype.dtype
    if isinstance(dtype, str):
        wanted = {name: kind for kind, name in _TYPE_NAMES.items()}.get(
            dtype.removeprefix("torch.cuda.").removeprefix("torch.")
        )
        if wanted is None:
            raise ValueError(f"type: unknown type {dtype!r}")
        dtype = wanted
    return self.to(dtype, non_blocking)


_TYPE_NAMES = {
    vt_core.float32: "FloatTensor",
    vt_core.float64: "DoubleTensor",
    vt_core.float16: "HalfTensor",
    vt_core.bfloat16: "BFloat16Tensor",
    vt_core.int64: "LongTensor",
    vt_core.int32: "IntTensor",
    vt_core.int16: "ShortTensor",
    vt_core.int8: "CharTensor",
    vt_core.uint8: "ByteTensor",
    vt_core.bool: "BoolTensor",
}


def _type_name(tensor: Any) -> str:
    module = "torch.cuda" if tensor.device.type == "cuda" else "torch"
    return f"{module}.{_TYPE_NAMES.get(tensor.dtype, 'Tensor')}"


def _get_device(self: Any) -> int:
    """Return the number of the CUDA device, -1 for the CPU."""
    return self.device.index if self.device.type == "cuda" else -1


def _untyped_storage(self: Any) -> Any:
    """Return the memory that the tensor shares with its views, as bytes."""
    from vt_torch.storage import UntypedStorage

    return UntypedStorage(self)


def _storage(self: Any) -> Any:
    """Return the memory that the tensor shares with its views, as elements of its dtype."""
    from vt_torch.storage import TypedStorage

    return TypedStorage(self)


def _const_data_ptr(self: Any) -> int:
    """Return the address of the first element."""
    return self.data_ptr()


def _where(self: Any, condition: Any, other: Any) -> Any:
    """Return the elements of the tensor where `condition` holds, and of `other` elsewhere."""
    return vt_core.ops.where(condition, self, other)


def _is_set_to(self: Any, tensor: Any) -> bool:
    """Return whether both are the same elements of the same storage in the same order."""
    return (
        self._is_alias_of(tensor)
        and self.storage_offset() == tensor.storage_offset()
        and self.shape == tensor.shape
        and self.stride() == tensor.stride()
    )


def _dim_order(self: Any) -> tuple[int, ...]:
    """Return the dimensions from the one of the largest stride to the one of the smallest."""
    strides = self.stride()
    return tuple(sorted(range(self.ndim), key=lambda d: (-strides[d], d)))


def _to_dense(self: Any, dtype: Any = None, *, masked_grad: bool = True) -> Any:  # noqa: ARG001
    """Return the tensor itself, cast to `dtype` if given: every tensor is dense."""
    return self if dtype is None else self.to(dtype)


def _apply_(self: Any, callable: Any, /) -> Any:  # noqa: A002
    """Replace every element by what a Python function makes of it; slow, and for the CPU only."""
    _refuse_device("apply_", self)
    return self.copy_(
        vt_core.tensor([callable(x) for x in self.reshape(-1).tolist()], dtype=self.dtype).view(self.shape)
    )


def _map_(self: Any, tensor: Any, callable: Any, /) -> Any:  # noqa: A002
    """Replace every element by what a Python function makes of it and of the element of `tensor`; CPU only."""
    _refuse_device("map_", self)
    pairs = zip(self.reshape(-1).tolist(), tensor.expand_as(self).reshape(-1).tolist(), strict=True)
    return self.copy_(vt_core.tensor([callable(a, b) for a, b in pairs], dtype=self.dtype).view(self.shape))


def _map2_(self: Any, x: Any, y: Any, callable: Any, /) -> Any:  # noqa: A002
    """Replace every element by what a Python function makes of it and of the elements of `x` and `y`; CPU only."""
    _refuse_device("map2_", self)
    rows = zip(*(t.expand_as(self).reshape(-1).tolist() for t in (self, x, y)), strict=True)
    return self.copy_(vt_core.tensor([callable(*row) for row in rows], dtype=self.dtype).view(self.shape))


def _refuse_device(name: str, tensor: Any) -> None:
    if tensor.device.type != "cpu":
        raise TypeError(f"{name}: only tensors of the CPU have elements that Python can visit; got {tensor.device}")
    if tensor.requires_grad:
        raise RuntimeError(f"{name}: a tensor that requires grad cannot be rewritten by a Python function; detach it")


def _as_subclass(self: Any, cls: type) -> Any:
    """Return the tensor as an instance of a subclass, sharing memory and history."""
    base: Any = vt_core.Tensor
    return base._make_subclass(cls, self.detach(), self.requires_grad)


def _record_stream(self: Any, stream: Any) -> None:
    """Keep the memory from being reused before what is enqueued on `stream` until the tensor is freed is done."""
    from vt_torch import cuda

    if self.device.type != "cuda":
        raise RuntimeError(f"record_stream: expected a tensor of a CUDA device: got one on {self.device}")
    cuda.record_stream(self, stream)


def _is_shared(self: Any) -> bool:
    """Return whether other processes may see the memory: that of CUDA tensors, by their handles."""
    return self.device.type == "cuda"


def _lu(self: Any, pivot: bool = True, get_infos: bool = False) -> Any:
    """Return the LU factors and pivots of matrices; see `vt_torch.lu`."""
    from vt_torch._functions import lu

    return lu(self, pivot, get_infos)


def _new(self: Any, *args: Any, device: Any = None) -> Any:
    """Return a tensor of the same dtype from sizes, without defined elements, or from data; the old form of `new_empty`."""
    return from_sizes_or_data(args, self.dtype, self.device if device is None else device)


def _reversed(self: Any) -> Any:
    """Return the tensor with its first dimension in reverse: what ``reversed`` gives."""
    return self.flip(0) if self.ndim else self


def _resize(self: Any, *sizes: Any) -> Any:
    """Return the elements in other sizes, of as many elements; the old form of `reshape`."""
    return self.reshape(*sizes)


def _resize_as(self: Any, tensor: Any) -> Any:
    """Return the elements in the sizes of another tensor, of as many elements."""
    return self.reshape(tensor.shape)


def _narrow_copy(self: Any, dim: int, start: int, length: int) -> Any:
    """Return a copy of a part of a dimension."""
    return vt_core.ops.narrow_copy(self, dim, start, length)


def _norm(self: Any, p: Any = "fro", dim: Any = None, keepdim: bool = False, dtype: Any = None) -> Any:
    """Return a norm of the elements, over all dimensions or some; see `vt_torch.norm`."""
    return norm(self, p, dim, keepdim, dtype=dtype)


def _array_wrap(self: Any, array: Any, context: Any = None, return_scalar: bool = False) -> Any:  # noqa: ARG001
    """Return what a function of NumPy computed of the tensor, as a tensor; truth values as uint8, as PyTorch does."""
    return vt_core.from_numpy(array.astype("uint8") if array.dtype == bool else array)


def _module_load(self: Any, other: Any, assign: bool = False) -> Any:
    """Return what a module keeps when it loads `other` in place of this tensor."""
    return other.detach() if assign else self.copy_(other).detach()


def _layout_of(self: Any) -> Any:  # noqa: ARG001
    """How the elements lie in memory: `vt_torch.strided`, as of every tensor."""
    return strided


def _never(self: Any) -> bool:  # noqa: ARG001
    """False: every tensor is dense, strided, not quantised, and on the CPU or a CUDA device."""
    return False


# Questions of programs for other libraries' kinds of tensors and devices.
_NEVER = (
    *("is_sparse", "is_sparse_csr", "is_quantized", "is_nested", "is_mkldnn"),
    *("is_mps", "is_xpu", "is_ipu", "is_xla", "is_vulkan", "is_mtia", "is_maia"),
)


def _sparse_dim(self: Any) -> int:  # noqa: ARG001
    """Return 0, the number of sparse dimensions: every tensor is dense."""
    return 0


def _dense_dim(self: Any) -> int:
    """Return the number of dimensions: every tensor is dense."""
    return self.ndim


def _dequantize(self: Any) -> Any:
    """Return the tensor in float32: no tensor is quantised."""
    return self.to(vt_core.float32)


def _hash_tensor(self: Any, dim: Any = (), *, keepdim: bool = False, mode: int = 0) -> Any:
    """Return the exclusive or of the elements' bits; see `vt_torch.hash_tensor`."""
    from vt_torch._functions import hash_tensor

    return hash_tensor(self, dim, keepdim=keepdim, mode=mode)


def _slice_inverse(
    self: Any, src: Any, dim: int = 0, start: int | None = None, end: int | None = None, step: int = 1
) -> Any:
    """Return the whole of which the tensor is a slice; see `vt_torch.slice_inverse`."""
    from vt_torch._functions import slice_inverse

    return slice_inverse(self, src, dim, start, end, step)


def _storage_type(self: Any) -> Any:
    """Return the old type of the tensor's storage, as ``FloatStorage``.

    Raises
    ------
    RuntimeError
        If there is none: for dtypes newer than these types, and other devices.
    """
    from vt_torch.storage import LEGACY_STORAGES

    storage = _storage(self)
    for kind in LEGACY_STORAGES.values():
        if isinstance(storage, kind):
            return kind
    raise RuntimeError(f"storage_type: there is no type for {self.dtype} on {self.device}")


def _sparse_only(name: str) -> Any:
    def method(self: Any) -> Any:  # noqa: ARG001
        raise RuntimeError(f"{name}: expected a sparse tensor; this one is dense, as all are")

    method.__doc__ = "Raise RuntimeError, as for every dense tensor: there are no sparse ones."
    return method


def complete(cls: Any) -> None:
    """Give the overlay's class these methods and properties."""
    methods: dict[str, Any] = {
        "apply_": _apply_,
        "as_subclass": _as_subclass,
        "is_shared": _is_shared,
        "lu": _lu,
        "module_load": _module_load,
        "narrow_copy": _narrow_copy,
        "norm": _norm,
        "record_stream": _record_stream,
        "new": _new,
        "resize": _resize,
        "resize_as": _resize_as,
        "coalesce": _sparse_only("coalesce"),
        "const_data_ptr": _const_data_ptr,
        "cuda": _cuda,
        "dense_dim": _dense_dim,
        "dequantize": _dequantize,
        "dim_order": _dim_order,
        "get_device": _get_device,
        "hash_tensor": _hash_tensor,
        "indices": _sparse_only("indices"),
        "is_coalesced": _sparse_only("is_coalesced"),
        "is_set_to": _is_set_to,
        "map2_": _map2_,
        "map_": _map_,
        "slice_inverse": _slice_inverse,
        "sparse_dim": _sparse_dim,
        "storage": _storage,
        "storage_type": _storage_type,
        "to_dense": _to_dense,
        "type": _type,
        "untyped_storage": _untyped_storage,
        "values": _sparse_only("values"),
        "where": _where,
        "__array_wrap__": _array_wrap,
        "__reversed__": _reversed,
    }
    cls.__new__ = staticmethod(new_tensor)
    cls.layout = property(_layout_of, doc=_layout_of.__doc__)
    for name in _NEVER:
        setattr(cls, name, property(_never, doc=_never.__doc__))
    methods |= {
        name: getattr(_predicates, name) for name in ("is_distributed", "is_nonzero", "is_same_size", "is_signed")
    }
    methods |= {name: getattr(_unique, name) for name in _unique.__all__}
    for name, method in methods.items():
        setattr(cls, name, method)
        if name not in (*_predicates.__all__, *_unique.__all__):
            method.__name__ = name
            method.__qualname__ = f"Tensor.{name}"
