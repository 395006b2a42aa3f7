# SPDX-License-Identifier: Apache-2.0
"""Making arrays."""

from __future__ import annotations

from typing import Any, Literal

import vt_core
from vt_core import _C, ops
from vt_core._C import Tensor, dtype
from vt_core.array_api._dtypes import DEFAULT_INTEGRAL, Device, Number, default_complex, default_floating

__all__ = [
    "arange",
    "asarray",
    "empty",
    "empty_like",
    "eye",
    "from_dlpack",
    "full",
    "full_like",
    "linspace",
    "meshgrid",
    "ones",
    "ones_like",
    "tril",
    "triu",
    "zeros",
    "zeros_like",
]

Shape = int | tuple[int, ...]


def _sizes(shape: Shape) -> list[int]:
    return [shape] if isinstance(shape, int) else list(shape)


def _dtype_of(number: Number) -> dtype:
    if isinstance(number, bool):
        return _C.bool
    if isinstance(number, int):
        return DEFAULT_INTEGRAL
    return default_complex() if isinstance(number, complex) else default_floating()


def asarray(
    obj: Any, /, *, dtype: dtype | None = None, device: Device | None = None, copy: bool | None = None
) -> Tensor:
    """Anything array-like as an array: see `vt_core.asarray`."""
    return vt_core.asarray(obj, dtype=dtype, device=device, copy=copy)


def arange(
    start: float,
    /,
    stop: float | None = None,
    step: float = 1,
    *,
    dtype: dtype | None = None,
    device: Device | None = None,
) -> Tensor:
    """The numbers start, start + step, ... before `stop`; with one number, from 0 to before it.

    int64 where all numbers are integers, else the default dtype. Empty where `step` leads away from `stop`.
    """
    if stop is None:
        start, stop = 0, start
    if dtype is None:
        integral = all(isinstance(each, int) for each in (start, stop, step))
        dtype = DEFAULT_INTEGRAL if integral else default_floating()
    if (stop - start) * step < 0:
        return ops.empty([0], dtype=dtype, device=device)
    return ops.arange(start, stop, step, dtype=dtype, device=device)


def empty(shape: Shape, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array whose elements are not defined; of the default dtype unless one is given."""
    return ops.empty(_sizes(shape), dtype=dtype, device=device)


def empty_like(x: Tensor, /, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array of the shape of `x` whose elements are not defined."""
    return ops.empty_like(x, dtype=dtype, device=device)


def eye(
    n_rows: int,
    n_cols: int | None = None,
    /,
    *,
    k: int = 0,
    dtype: dtype | None = None,
    device: Device | None = None,
) -> Tensor:
    """Ones on a diagonal, zeros elsewhere; `k` counts diagonals upwards from the main one."""
    n_cols = n_rows if n_cols is None else n_cols
    if k == 0:
        return ops.eye(n_rows, n_cols, dtype=dtype, device=device)
    rows = ops.arange(n_rows, device=device)
    columns = ops.arange(n_cols, device=device)
    on = ops.eq(ops.sub(ops.unsqueeze(columns, 0), ops.unsqueeze(rows, 1)), k)
    return on.to(dtype=dtype or default_floating())


def from_dlpack(x: Any, /, *, device: Device | None = None, copy: bool | None = None) -> Tensor:
    """An array of another library that speaks DLPack.

    Parameters
    ----------
    x : object with ``__dlpack__``
    device : device or str, optional
        Where the result shall be; that of `x` by default.
    copy : bool, optional
        True always copies, False raises where a copy is needed, None shares memory where it can.

    Raises
    ------
    ValueError
        If `copy` is False and the array would have to move to another device.
    """
    shared = vt_core.from_dlpack(x)
    if device is not None and shared.device != _C.device(device):
        if copy is False:
            raise ValueError(f"from_dlpack: from {shared.device} to {device} only by a copy")
        return shared.to(device=device)
    return ops.clone(shared) if copy else shared


def full(shape: Shape, fill_value: Number, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array of one number; the dtype follows from its kind by default."""
    return ops.full(_sizes(shape), fill_value, dtype=dtype or _dtype_of(fill_value), device=device)


def full_like(x: Tensor, /, fill_value: Number, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array of one number with the shape and, by default, the dtype of `x`."""
    return ops.full_like(x, fill_value, dtype=dtype, device=device)


def linspace(
    start: complex,
    stop: complex,
    /,
    num: int,
    *,
    dtype: dtype | None = None,
    device: Device | None = None,
    endpoint: bool = True,
) -> Tensor:
    """`num` numbers at equal distances from `start` to `stop`, which is left out unless `endpoint`."""
    if num < 0:
        raise ValueError(f"linspace: num must not be negative: got {num}")
    if dtype is None:
        is_complex = isinstance(start, complex) or isinstance(stop, complex)
        dtype = default_complex() if is_complex else default_floating()
    if not endpoint and num > 0:
        stop = start + (stop - start) * (num - 1) / num
    if dtype.is_complex:
        part = _C.float64 if dtype == _C.complex128 else _C.float32
        low, high = complex(start), complex(stop)
        real = ops.linspace(low.real, high.real, num, dtype=part, device=device)
        return ops.complex(real, ops.linspace(low.imag, high.imag, num, dtype=part, device=device))
    return ops.linspace(start, stop, num, dtype=dtype, device=device)


def meshgrid(*arrays: Tensor, indexing: Literal["xy", "ij"] = "xy") -> tuple[Tensor, ...]:
    """Arrays of coordinates, each given one broadcast along all others.

    Parameters
    ----------
    *arrays : Tensor
        1-dimensional and of one dtype.
    indexing : "xy" or "ij"
        "xy": the first two dimensions change places.

    Raises
    ------
    ValueError
        For another indexing, arrays of other dimensions, or of several dtypes.
    """
    if indexing not in ("xy", "ij"):
        raise ValueError(f"meshgrid: indexing must be 'xy' or 'ij': got {indexing!r}")
    if any(x.ndim != 1 for x in arrays):
        raise ValueError(f"meshgrid: arrays must have 1 dimension: got {[x.ndim for x in arrays]}")
    if len({x.dtype for x in arrays}) > 1:
        raise ValueError(f"meshgrid: arrays must have one dtype: got {[x.dtype.name for x in arrays]}")
    dims = list(range(len(arrays)))
    if indexing == "xy" and len(arrays) > 1:
        dims[:2] = 1, 0
    sizes = [0] * len(arrays)
    for x, dim in zip(arrays, dims, strict=True):
        sizes[dim] = x.shape[0]
    grids: list[Tensor] = []
    for x, dim in zip(arrays, dims, strict=True):
        place = [1] * len(arrays)
        place[dim] = x.shape[0]
        grids.append(ops.clone(x.reshape(place).expand(sizes)))
    return tuple(grids)


def ones(shape: Shape, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array of ones; of the default dtype unless one is given."""
    return ops.ones(_sizes(shape), dtype=dtype, device=device)


def ones_like(x: Tensor, /, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array of ones with the shape and, by default, the dtype of `x`."""
    return ops.ones_like(x, dtype=dtype, device=device)


def tril(x: Tensor, /, *, k: int = 0) -> Tensor:
    """The elements on and below the k-th diagonal of matrices, zeros above."""
    return ops.tril(x, k)


def triu(x: Tensor, /, *, k: int = 0) -> Tensor:
    """The elements on and above the k-th diagonal of matrices, zeros below."""
    return ops.triu(x, k)


def zeros(shape: Shape, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array of zeros; of the default dtype unless one is given."""
    return ops.zeros(_sizes(shape), dtype=dtype, device=device)


def zeros_like(x: Tensor, /, *, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """An array of zeros with the shape and, by default, the dtype of `x`."""
    return ops.zeros_like(x, dtype=dtype, device=device)
