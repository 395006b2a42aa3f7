# SPDX-License-Identifier: Apache-2.0
# ruff: noqa
# fmt: off
# Every operator of the core as a typed function; written by vt_core.stubs.
from typing import overload

from vt_core._C import Bool, DeviceLike, DtypeLike, Int, Ints, Number, Op, Tensor

# Operators of plugins.
def __getattr__(name: str) -> Op: ...  # pyright: ignore[reportIncompleteStub]
def __dir__() -> list[str]: ...
def _keep(namespace: dict[str, object], name: str, op: Op) -> None: ...
def _forget() -> None: ...
def _copy_within_(self: Tensor, src: Tensor) -> Tensor:
    """copy_ between tensors of one device: what a device implements of it."""
def add(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Boolean tensors add as logical or.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    ShapeError
        If the shapes cannot be broadcast.
    RuntimeError
        If the in-place or out destination cannot hold the result, or overlaps an input partially.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def add_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Boolean tensors add as logical or.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    ShapeError
        If the shapes cannot be broadcast.
    RuntimeError
        If the in-place or out destination cannot hold the result, or overlaps an input partially.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def alias(self: Tensor) -> Tensor:
    """Another handle on the same elements."""
@overload
def arange(end: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor:
    """The values start, start + step, ... below `end` (above it when `step` is negative).

    Without `dtype` the result is int64 when all limits are integers, else float32. Element i is `start + i * step`,
    computed in int64 or float64 and rounded once.
    """
@overload
def arange(start: Number, end: Number, step: Number = 1, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor: ...
def as_strided(self: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
    """A view of the storage of `self` by sizes and strides in elements.

    `storage_offset` counts from the start of the storage; by default it is that of `self`.

    Raises
    ------
    RuntimeError
        If the view leaves the storage or a stride is negative.
    """
def as_strided_backward(grad: Tensor, input_size: Ints, input_stride: Ints, input_offset: Int, size: Ints, stride: Ints, storage_offset: Int) -> Tensor:
    """The gradient of as_strided.

    Elements that the view saw several times gather all their gradients; elements of the input that share memory share the
    gradient evenly. Offsets count from the start of the storage.
    """
def clone(self: Tensor) -> Tensor:
    """A copy of `self` with elements of its own; dense, in the order of the dimensions' strides."""
def contiguous(self: Tensor) -> Tensor:
    """`self` in row-major layout: the tensor itself when it has it already, else a copy."""
def copy_(self: Tensor, src: Tensor, non_blocking: Bool = False) -> Tensor:
    """Copies `src` into `self`, broadcasting it and converting its dtype.

    Floats become integers by truncation, complex numbers lose their imaginary part, anything but zero becomes True.

    Parameters
    ----------
    self : Tensor
    src : Tensor
        Broadcastable to the sizes of `self`; on any device.
    non_blocking : bool
        Do not wait for a copy from or to host memory; that memory must then stay untouched until the stream has passed it.

    Notes
    -----
    Enqueues on the current streams of both devices. Bumps the version of `self`.
    """
def detach(self: Tensor) -> Tensor:
    """The same elements, cut off from the autograd graph. Shares storage and version counter."""
@overload
def empty(size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor:
    """A tensor whose elements are not initialised.

    Parameters
    ----------
    size : sequence of int
    dtype : dtype, optional
        float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If a size is negative.
    OverflowError
        If the byte size does not fit in 63 bits.
    """
@overload
def empty(*size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor: ...
def empty_like(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given.
    """
def empty_strided(size: Ints, stride: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False) -> Tensor:
    """A tensor of the given sizes and strides (in elements), not initialised.

    Strides may make elements overlap, as those of an expanded tensor do.
    """
@overload
def expand(self: Tensor, size: Ints) -> Tensor:
    """A view in which dimensions of size one, and new leading ones, repeat to `size`.

    -1 keeps the size of a dimension. The repeated elements share memory: clone the result before writing to it.
    """
@overload
def expand(self: Tensor, *size: Int) -> Tensor: ...
def fill_(self: Tensor, value: Number) -> Tensor:
    """Sets every element of `self` to `value`.

    Raises
    ------
    RuntimeError
        If the dtype of `self` cannot hold the value.
    """
def full(size: Ints, fill_value: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor:
    """A tensor filled with `fill_value`.

    Without `dtype` the value decides: bool, int64, float32 or complex64.

    Raises
    ------
    RuntimeError
        If the dtype cannot hold the value.
    """
def full_like(self: Tensor, fill_value: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given.
    """
def mul(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype. Boolean tensors multiply as logical and.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def mul_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype. Boolean tensors multiply as logical and.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
@overload
def ones(size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor:
    """A tensor filled with ones; float32 on the CPU by default."""
@overload
def ones(*size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor: ...
def ones_like(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given.
    """
@overload
def permute(self: Tensor, dims: Ints) -> Tensor:
    """A view with the dimensions in the order of `dims`."""
@overload
def permute(self: Tensor, *dims: Int) -> Tensor: ...
@overload
def reshape(self: Tensor, shape: Ints) -> Tensor:
    """As `view`, but copies where strides do not allow a view."""
@overload
def reshape(self: Tensor, *shape: Int) -> Tensor: ...
def rsub(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Subtracts `alpha * self` from `other`: `sub` with its operands exchanged, as in ``2 - x``."""
def select(self: Tensor, dim: Int, index: Int) -> Tensor:
    """A view of the elements at one index of a dimension, without that dimension.

    Raises
    ------
    IndexError
        If the index is out of range.
    """
def select_backward(grad: Tensor, input_size: Ints, dim: Int, index: Int) -> Tensor:
    """The gradient of select: zeros of `input_size` with `grad` where the selection was."""
def slice(self: Tensor, dim: Int = 0, start: Int | None = None, end: Int | None = None, step: Int = 1) -> Tensor:
    """A view of the elements start, start + step, ... below `end` along one dimension.

    Negative limits count from the end; limits out of range are clamped. `step` is positive.
    """
def slice_backward(grad: Tensor, input_size: Ints, dim: Int, start: Int | None, end: Int | None, step: Int) -> Tensor:
    """The gradient of slice: zeros of `input_size` with `grad` where the slice was."""
@overload
def squeeze(self: Tensor) -> Tensor:
    """A view without the dimensions of size one, or without those of `dim` that have size one."""
@overload
def squeeze(self: Tensor, dim: Ints) -> Tensor: ...
@overload
def squeeze(self: Tensor, *dim: Int) -> Tensor: ...
def sub(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    NotImplementedError
        If both operands are boolean.
    ShapeError
        If the shapes cannot be broadcast.
    """
def sub_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    NotImplementedError
        If both operands are boolean.
    ShapeError
        If the shapes cannot be broadcast.
    """
@overload
def sum(self: Tensor, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The sum of the elements of `self`, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
    dim : int or sequence of int, optional
        The dimensions to sum over; all when absent or empty.
    keepdim : bool
        Keep the summed dimensions with size one.
    dtype : dtype, optional
        Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

    Returns
    -------
    Tensor
        Half types and float32 accumulate in float32 blocks that are gathered in float64; the result does not depend on the
        number of threads.

    Raises
    ------
    IndexError
        If a dimension is out of range.
    RuntimeError
        If a dimension is given twice.
    """
@overload
def sum(self: Tensor, dim: Ints | None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor: ...
@overload
def sum_to_size(self: Tensor, size: Ints) -> Tensor:
    """Sums `self` over the dimensions along which `size` would be broadcast to it.

    The inverse of broadcasting, as gradients need it. Integers keep their dtype.
    """
@overload
def sum_to_size(self: Tensor, *size: Int) -> Tensor: ...
@overload
def to(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, non_blocking: Bool = False, copy: Bool = False) -> Tensor:
    """`self` with another dtype or on another device.

    Parameters
    ----------
    dtype : dtype, optional
    device : device, optional
    non_blocking : bool
        As in `copy_`.
    copy : bool
        Copy even when nothing changes; otherwise the result is then `self` itself.

    Notes
    -----
    Also ``to(device, dtype=None)``, ``to(dtype)`` and ``to(other)``, which takes both from another tensor.
    """
@overload
def to(self: Tensor, device: DeviceLike | None, dtype: DtypeLike | None = None, non_blocking: Bool = False, copy: Bool = False) -> Tensor: ...
@overload
def to(self: Tensor, dtype: DtypeLike, non_blocking: Bool = False, copy: Bool = False) -> Tensor: ...
@overload
def to(self: Tensor, other: Tensor, non_blocking: Bool = False, copy: Bool = False) -> Tensor: ...
def transpose(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
    """A view with two dimensions exchanged."""
def unsqueeze(self: Tensor, dim: Int) -> Tensor:
    """A view with a new dimension of size one at `dim`."""
@overload
def view(self: Tensor, size: Ints) -> Tensor:
    """The same elements with other sizes.

    Parameters
    ----------
    self : Tensor
    size : sequence of int
        One entry may be -1 and is inferred.

    Raises
    ------
    ShapeError
        If the sizes do not hold the elements of `self`.
    RuntimeError
        If the strides of `self` do not allow it without a copy; use `reshape`.
    """
@overload
def view(self: Tensor, *size: Int) -> Tensor: ...
def zero_(self: Tensor) -> Tensor:
    """Sets every element of `self` to zero."""
@overload
def zeros(size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor:
    """A tensor filled with zeros; float32 on the CPU by default."""
@overload
def zeros(*size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False) -> Tensor: ...
def zeros_like(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given.
    """
