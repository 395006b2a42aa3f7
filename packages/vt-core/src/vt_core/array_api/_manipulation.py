# SPDX-License-Identifier: Apache-2.0
"""Shapes and the order of elements."""

from __future__ import annotations

from collections.abc import Sequence

from vt_core import _C, ops
from vt_core._C import Tensor
from vt_core.array_api._dtypes import result_type

__all__ = [
    "broadcast_arrays",
    "broadcast_to",
    "concat",
    "expand_dims",
    "flip",
    "moveaxis",
    "permute_dims",
    "repeat",
    "reshape",
    "roll",
    "squeeze",
    "stack",
    "take",
    "take_along_axis",
    "tile",
    "unstack",
]

Axes = int | tuple[int, ...]


def _tuple(axis: Axes) -> tuple[int, ...]:
    return (axis,) if isinstance(axis, int) else axis


def _dim(name: str, axis: int, ndim: int) -> int:
    if not -ndim <= axis < ndim:
        raise IndexError(f"{name}: axis out of range: got {axis}, expected {-ndim} to {ndim - 1}")
    return axis % ndim


def broadcast_arrays(*arrays: Tensor) -> tuple[Tensor, ...]:
    """Views of all arrays in their common shape."""
    sizes: list[int] = []
    for x in arrays:
        sizes = _broadcast(sizes, list(x.shape))
    return tuple(x.expand(sizes) for x in arrays)


def _broadcast(a: list[int], b: list[int]) -> list[int]:
    ndim = max(len(a), len(b))
    a, b = [1] * (ndim - len(a)) + a, [1] * (ndim - len(b)) + b
    if any(x != y and 1 not in (x, y) for x, y in zip(a, b, strict=True)):
        raise ValueError(f"broadcast_arrays: shapes cannot be broadcast: got {tuple(a)} and {tuple(b)}")
    return [y if x == 1 else x for x, y in zip(a, b, strict=True)]


def broadcast_to(x: Tensor, /, shape: tuple[int, ...]) -> Tensor:
    """A view in another shape, in which new and size-one dimensions repeat.

    Raises
    ------
    ValueError
        If the shape does not fit.
    """
    if _broadcast(list(x.shape), list(shape)) != list(shape):
        raise ValueError(f"broadcast_to: {tuple(x.shape)} cannot be broadcast to {tuple(shape)}")
    return x.expand(list(shape))


def concat(arrays: Sequence[Tensor], /, *, axis: int | None = 0) -> Tensor:
    """The arrays one after the other along a dimension, flattened first without one, in their common dtype.

    Raises
    ------
    ValueError
        If there is no array.
    """
    if axis is None:
        arrays = [x.reshape([-1]) for x in arrays]
        axis = 0
    if any(x.ndim == 0 for x in arrays):
        raise ValueError("concat: 0-dim arrays cannot be joined: reshape them or pass axis=None")
    common = result_type(*arrays)
    return ops.cat([x.to(dtype=common) for x in arrays], axis)


def stack(arrays: Sequence[Tensor], /, *, axis: int = 0) -> Tensor:
    """The arrays side by side in a new dimension, in their common dtype."""
    common = result_type(*arrays)
    return ops.stack([x.to(dtype=common) for x in arrays], axis)


def unstack(x: Tensor, /, *, axis: int = 0) -> tuple[Tensor, ...]:
    """The parts of a dimension, as views without it."""
    return tuple(ops.unbind(x, axis))


def expand_dims(x: Tensor, /, axis: int = 0) -> Tensor:
    """A view with a new dimension of size one at `axis`."""
    _dim("expand_dims", axis, x.ndim + 1)
    return ops.unsqueeze(x, axis)


def squeeze(x: Tensor, /, axis: Axes) -> Tensor:
    """A view without dimensions of size one.

    Raises
    ------
    ValueError
        If one of the dimensions has another size.
    """
    dims = [_dim("squeeze", each, x.ndim) for each in _tuple(axis)]
    if any(x.shape[dim] != 1 for dim in dims):
        raise ValueError(f"squeeze: sizes must be one: got {tuple(x.shape)} with axis={axis}")
    return ops.squeeze(x, dims) if dims else x


def flip(x: Tensor, /, *, axis: Axes | None = None) -> Tensor:
    """The elements in the opposite order along dimensions, by default along all."""
    return ops.flip(x, list(range(x.ndim)) if axis is None else list(_tuple(axis)))


def moveaxis(x: Tensor, source: Axes, destination: Axes, /) -> Tensor:
    """A view with dimensions at other places; the others keep their order."""
    return ops.movedim(x, list(_tuple(source)), list(_tuple(destination)))


def permute_dims(x: Tensor, /, axes: tuple[int, ...]) -> Tensor:
    """A view with the dimensions in another order."""
    return ops.permute(x, list(axes))


def reshape(x: Tensor, /, shape: int | tuple[int, ...], *, copy: bool | None = None) -> Tensor:
    """The elements in another shape; one size may be -1.

    Parameters
    ----------
    copy : bool, optional
        True always copies, False raises where a copy is needed, None copies where it is needed.

    Raises
    ------
    ValueError
        If `copy` is False and no view has the shape.
    """
    sizes = list(_tuple(shape))
    result = x.reshape(sizes)
    shares = x.numel() == 0 or result.data_ptr() == x.data_ptr()
    if copy is False and not shares:
        raise ValueError(f"reshape: {tuple(x.shape)} to {tuple(result.shape)} only by a copy")
    return ops.clone(result) if copy and shares else result


def roll(x: Tensor, /, shift: Axes, *, axis: Axes | None = None) -> Tensor:
    """The elements moved along dimensions, what falls out coming in at the other end; flattened without an axis."""
    if axis is None:
        if not isinstance(shift, int):
            raise ValueError("roll: several shifts need as many axes")
        return ops.roll(x, [shift], [])
    axes = _tuple(axis)
    shifts = _tuple(shift) if not isinstance(shift, int) else (shift,) * len(axes)
    return ops.roll(x, list(shifts), list(axes))


def tile(x: Tensor, repetitions: tuple[int, ...], /) -> Tensor:
    """The array laid side by side, so often along each dimension."""
    return ops.tile(x, list(repetitions))


def repeat(x: Tensor, repeats: int | Tensor, /, *, axis: int | None = None) -> Tensor:
    """Every element so often after itself, along a dimension or flattened.

    Parameters
    ----------
    x : Tensor
    repeats : int or Tensor
        One number, or one for each position along the dimension.
    axis : int, optional

    Raises
    ------
    ValueError
        If there are neither one nor as many numbers as positions.
    """
    if axis is None:
        x, axis = x.reshape([-1]), 0
    axis = _dim("repeat", axis, x.ndim)
    if isinstance(repeats, int):
        return ops.repeat_interleave(x, repeats, axis)
    size = x.shape[axis]
    if repeats.numel() == 1:
        repeats = repeats.reshape([1]).expand([size])
    if repeats.ndim != 1 or repeats.shape[0] != size:
        raise ValueError(f"repeat: expected {size} numbers of repeats, got {tuple(repeats.shape)}")
    # Position p of the result holds the first element whose repeats, counted up to it, exceed p.
    ends = ops.cumsum(repeats.to(dtype=_C.int64), 0)
    total = int(ends[-1]) if size else 0
    marks = ops.zeros([total + 1], dtype=_C.int64, device=x.device)
    marks.scatter_add_(0, ends, ops.ones([size], dtype=_C.int64, device=x.device))
    source = ops.cumsum(ops.slice(marks, 0, 0, total), 0)
    return ops.index_select(x, axis, source)


def take(x: Tensor, indices: Tensor, /, *, axis: int | None = None) -> Tensor:
    """The elements at positions along a dimension.

    Parameters
    ----------
    x : Tensor
    indices : Tensor
        Of an integer dtype; negative ones count from the end. Its dimensions replace the dimension.
    axis : int, optional
        May be left out for one dimension.

    Raises
    ------
    ValueError
        If there are several dimensions and no axis.
    """
    if axis is None:
        if x.ndim != 1:
            raise ValueError(f"take: axis must be given: got {x.ndim} dimensions")
        axis = 0
    axis = _dim("take", axis, x.ndim)
    flat = _positions(indices.reshape([-1]), x.shape[axis])
    result = ops.index_select(x, axis, flat)
    return result.reshape([*x.shape[:axis], *indices.shape, *x.shape[axis + 1 :]])


def take_along_axis(x: Tensor, indices: Tensor, /, *, axis: int = -1) -> Tensor:
    """The elements at positions along a dimension, each row with positions of its own.

    Parameters
    ----------
    x : Tensor
    indices : Tensor
        Of an integer dtype and as many dimensions; the other dimensions are broadcast. Negative ones count from the end.
    axis : int, optional

    Raises
    ------
    ValueError
        If the numbers of dimensions differ.
    """
    if x.ndim != indices.ndim:
        raise ValueError(f"take_along_axis: expected as many dimensions of both: got {x.ndim} and {indices.ndim}")
    axis = _dim("take_along_axis", axis, x.ndim)
    x_sizes, index_sizes = list(x.shape), list(indices.shape)
    x_sizes[axis] = index_sizes[axis] = 1
    sizes = _broadcast(x_sizes, index_sizes)
    x_sizes, index_sizes = sizes.copy(), sizes
    x_sizes[axis], index_sizes[axis] = x.shape[axis], indices.shape[axis]
    return ops.gather(x.expand(x_sizes), axis, _positions(indices, x.shape[axis]).expand(index_sizes))


def _positions(indices: Tensor, size: int) -> Tensor:
    """Positions counted from the front."""
    indices = indices.to(dtype=_C.int64)
    return ops.where(ops.lt(indices, 0), ops.add(indices, size), indices)
