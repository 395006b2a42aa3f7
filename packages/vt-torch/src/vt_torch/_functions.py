# SPDX-License-Identifier: Apache-2.0
"""Functions that are a few operators, or Python control flow, under PyTorch's names."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Sequence
from typing import Any

import vt_core
from vt_core import DeviceError as AcceleratorError
from vt_core import Tensor, ops

__all__ = [
    "AcceleratorError",
    "cond",
    "fill",
    "frobenius_norm",
    "from_file",
    "lu",
    "to_dlpack",
    "while_loop",
]


def fill(input: Tensor, value: Any) -> Tensor:  # noqa: A002
    """Return a tensor like `input` with every element `value`, a number or a 0-dim tensor."""
    return ops.fill_(ops.clone(input), value)


def frobenius_norm(input: Tensor, dim: int | Sequence[int] = (), keepdim: bool = False) -> Tensor:  # noqa: A002
    """Return the root of the sum of squares over dimensions, all by default."""
    dims = [dim] if isinstance(dim, int) else list(dim)
    return ops.linalg_vector_norm(input, 2, dims or None, keepdim)


def lu(A: Tensor, pivot: bool = True, get_infos: bool = False) -> tuple[Tensor, ...]:
    """Return the LU factors and pivots of matrices ``(..., m, n)``, and where `get_infos` how each factorisation went."""
    factors, pivots, infos = ops.linalg_lu_factor_ex(A, pivot=pivot)
    return (factors, pivots, infos) if get_infos else (factors, pivots)


def to_dlpack(tensor: Tensor) -> Any:
    """Return a DLPack capsule that shares the tensor's memory; it can be taken once."""
    return tensor.__dlpack__()


def from_file(
    filename: str, shared: bool | None = None, size: int = 0, *, dtype: Any = None, requires_grad: bool = False
) -> Tensor:
    """Return the first elements of a file as a 1-dim tensor.

    Parameters
    ----------
    filename : str
    shared : bool
        Whether what is written into the tensor is written into the file, which is made long enough; else it is the tensor's.
    size : int
        The number of elements.
    dtype : dtype, optional
        The default one by default.

    Raises
    ------
    RuntimeError
        If the file is too short and not shared.
    """
    dtype = vt_core.get_default_dtype() if dtype is None else dtype
    length = size * dtype.itemsize
    with open(filename, "a+b" if shared else "rb") as file:
        file.seek(0, 2)
        if file.tell() < length:
            if not shared:
                raise RuntimeError(f"from_file: file {filename!r} has {file.tell()} bytes, expected at least {length}")
            file.truncate(length)
    with open(filename, "r+b" if shared else "rb") as file:
        if length == 0:
            return ops.empty((0,), dtype=dtype)
        memory = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_WRITE if shared else mmap.ACCESS_COPY)
    made = vt_core.from_buffer(memory, dtype=dtype)
    return made.requires_grad_() if requires_grad else made


def cond(pred: Any, true_fn: Callable[..., Any], false_fn: Callable[..., Any], operands: Sequence[Any] = ()) -> Any:
    """Call one of two functions with the operands, by a bool or a tensor of one."""
    return (true_fn if bool(pred) else false_fn)(*operands)


def while_loop(cond_fn: Callable[..., Any], body_fn: Callable[..., Any], carried_inputs: Sequence[Any]) -> Any:
    """Call a function with what it returned before, for as long as another one holds of that."""
    carried: Any = tuple(carried_inputs)
    while bool(cond_fn(*carried)):
        carried = body_fn(*carried)
    return carried
