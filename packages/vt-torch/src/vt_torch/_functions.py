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
    "batch_norm_update_stats",
    "chain_matmul",
    "cond",
    "detach_",
    "dsmm",
    "fill",
    "frobenius_norm",
    "from_file",
    "hash_tensor",
    "lu",
    "slice_inverse",
    "split",
    "spmm",
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


def split(tensor: Tensor, split_size_or_sections: int | Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Return views of parts of a dimension: of one size, but for a smaller last one, or of the given sizes."""
    return tuple(ops.split(tensor, split_size_or_sections, dim))


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


def chain_matmul(*matrices: Any, out: Tensor | None = None) -> Tensor:
    """Return the product of matrices, given one by one or as a sequence, multiplied in the cheapest order."""
    given = matrices[0] if len(matrices) == 1 and not isinstance(matrices[0], Tensor) else matrices
    product = ops.chain_matmul(list(given))
    return product if out is None else out.resize_(product.shape).copy_(product)


def cond(pred: Any, true_fn: Callable[..., Any], false_fn: Callable[..., Any], operands: Sequence[Any] = ()) -> Any:
    """Call one of two functions with the operands, by a bool or a tensor of one."""
    return (true_fn if bool(pred) else false_fn)(*operands)


def while_loop(cond_fn: Callable[..., Any], body_fn: Callable[..., Any], carried_inputs: Sequence[Any]) -> Any:
    """Call a function with what it returned before, for as long as another one holds of that."""
    carried: Any = tuple(carried_inputs)
    while bool(cond_fn(*carried)):
        carried = body_fn(*carried)
    return carried


def detach_(input: Tensor) -> Tensor:  # noqa: A002
    """Take a tensor out of its graph, in place."""
    return input.detach_()


def spmm(input: Tensor, mat2: Tensor) -> Tensor:  # noqa: A002
    """Return the product of two matrices: `mm`, since every matrix is dense."""
    return ops.mm(input, mat2)


dsmm = spmm


def slice_inverse(
    input: Tensor,  # noqa: A002
    src: Tensor,
    dim: int = 0,
    start: int | None = None,
    end: int | None = None,
    step: int = 1,
) -> Tensor:
    """Return the whole of which `input` is a slice: a view of its memory with the sizes and strides of `src`.

    Raises
    ------
    RuntimeError
        If `input`'s memory is too small for that.
    """
    del dim, start, end, step  # sizes and strides of the whole say all
    return ops.as_strided(input, list(src.shape), list(src.stride()), src.storage_offset())


def hash_tensor(
    input: Tensor,
    dim: int | Sequence[int] = (),
    *,
    keepdim: bool = False,
    mode: int = 0,  # noqa: A002
) -> Tensor:
    """Return the exclusive or of the elements' bits as 64-bit numbers, over dimensions, all by default.

    Parameters
    ----------
    input : Tensor
        Real; floating-point elements are taken as float64, others as int64.
    dim : int or sequence of int
    keepdim : bool
        Whether to keep the dimensions with size 1.
    mode : int
        0, the only one.

    Returns
    -------
    Tensor
        Of uint64. Does not depend on the order of the elements.

    Raises
    ------
    RuntimeError
        If the mode is unknown, or everything is to be reduced and there is nothing.
    IndexError
        If a dimension is out of range or empty.
    NotImplementedError
        If the tensor is complex.
    """
    if mode != 0:
        raise RuntimeError(f"hash_tensor: the mode is unknown: got {mode}, expected 0")
    if input.dtype.is_complex:
        raise NotImplementedError(f"hash_tensor: the dtype is wrong: got {input.dtype}, expected a real one")
    dims = _dimensions("hash_tensor", input, dim)
    if not dims and input.numel() == 0:
        raise RuntimeError("hash_tensor: there is nothing to reduce: got an empty tensor, expected dim with it")
    dims = dims or tuple(range(input.ndim))
    for d in dims:
        if input.shape[d] == 0:
            raise IndexError(f"hash_tensor: dimension {d} is empty: got {tuple(input.shape)}")
    wide = vt_core.float64 if input.dtype.is_floating_point else vt_core.int64
    bits = input.detach().to(input.dtype if input.dtype is vt_core.uint64 else wide).view(vt_core.int64)
    for d in dims:
        while (size := bits.shape[d]) > 1:  # halves against each other, the odd one behind
            folded = bits.narrow(d, 0, size // 2) ^ bits.narrow(d, size // 2, size // 2)
            bits = ops.cat([folded, bits.narrow(d, size - 1, 1)], d) if size % 2 else folded
    if not keepdim:
        bits = bits.reshape([size for d, size in enumerate(bits.shape) if d not in dims])
    return bits.contiguous().view(vt_core.uint64)


def _dimensions(name: str, tensor: Tensor, dim: int | Sequence[int]) -> tuple[int, ...]:
    found: list[int] = []
    for d in [dim] if isinstance(dim, int) else dim:
        if not -max(tensor.ndim, 1) <= d < max(tensor.ndim, 1):
            raise IndexError(f"{name}: dim is out of range: got {d} for {tensor.ndim} dimensions")
        if tensor.ndim:
            found.append(d % tensor.ndim)
    if len(set(found)) < len(found):
        raise RuntimeError(f"{name}: a dimension appears twice: got {tuple(found)}")
    return tuple(found)


def batch_norm_update_stats(
    input: Tensor,  # noqa: A002
    running_mean: Tensor | None,
    running_var: Tensor | None,
    momentum: float,
) -> tuple[Tensor, Tensor]:
    """Return mean and biased variance of every channel, and move running statistics towards them.

    Parameters
    ----------
    input : Tensor ``(N, C, ...)``
    running_mean, running_var : Tensor ``(C,)``, optional
        Changed in place; the variance that goes in is the unbiased one.
    momentum : float
        The weight of the new statistics.
    """
    data = input.detach()
    dims = [d for d in range(data.ndim) if d != 1]
    count = data.numel() // data.shape[1]
    mean = data.mean(dims)
    variance = data.var(dims, correction=0)
    if running_mean is not None:
        running_mean.mul_(1 - momentum).add_(mean, alpha=momentum)
    if running_var is not None:
        running_var.mul_(1 - momentum).add_(variance, alpha=momentum * count / (count - 1))
    return mean, variance
