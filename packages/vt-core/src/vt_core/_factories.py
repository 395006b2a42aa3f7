# SPDX-License-Identifier: Apache-2.0
"""Tensors from Python data and from whatever other libraries hold."""

from __future__ import annotations

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from vt_core._C import Tensor, device, dtype

__all__ = ["as_tensor", "asarray", "tensor"]


def tensor(
    data: Any,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
    pin_memory: bool = False,
) -> Tensor:
    """Make a tensor from a copy of some data.

    Parameters
    ----------
    data : number, nested sequence, array or Tensor
        Sequences must be rectangular.
    dtype : dtype, optional
        Default: that of an array or tensor; for Python numbers bool, int64, float32 or complex64, by what they hold.
    device : device or str, optional
        Default: that of a tensor, else the CPU.
    requires_grad : bool, optional
        Record operations on the result; needs vt-autograd. Default False.
    pin_memory : bool, optional
        Keep it in pinned memory, of the CPU alone; needs vt-cuda. Default False.

    Returns
    -------
    Tensor
        A leaf with memory of its own.

    Raises
    ------
    ValueError
        If the sequences are ragged or nested too deeply.
    TypeError
        If something in `data` is no number.
    OverflowError, RuntimeError
        If a number does not fit `dtype`.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.tensor([[1, 2], [3, 4]])
    tensor([[1, 2],
            [3, 4]])
    """
    result = _C.tensor_from_data(data, dtype, device)
    if pin_memory:
        result = result.pin_memory()
    if requires_grad:
        result.requires_grad = True
    return result


def as_tensor(data: Any, *, dtype: dtype | None = None, device: device | str | None = None) -> Tensor:
    """Return data as a tensor, copying only when dtype, device or the kind of `data` require it.

    Parameters
    ----------
    data : Tensor, array or nested sequence
        A tensor of the right dtype and device is returned itself, graph included. Memory of a NumPy array is shared.
    dtype, device : optional
        Default: those of `data`.

    Returns
    -------
    Tensor

    Examples
    --------
    >>> import vt_core as vt
    >>> x = vt.tensor([1.0])
    >>> vt.as_tensor(x) is x
    True
    """
    if isinstance(data, _C.Tensor):
        result = data
    elif type(data).__module__ == "numpy" and hasattr(data, "__array_interface__") and getattr(data, "ndim", 0):
        from vt_core._numpy import from_numpy

        result = from_numpy(data)
    else:
        return _C.tensor_from_data(data, dtype, device)
    return result if dtype is None and device is None else result.to(dtype=dtype, device=device)


def asarray(
    obj: Any,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    copy: bool | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Return anything array-like as a tensor.

    Parameters
    ----------
    obj : Tensor, array, object with ``__dlpack__`` or the buffer protocol, scalar or nested sequence
        Tried in this order.
    dtype, device : optional
        Default: those of `obj`.
    copy : bool, optional
        True always copies, False raises where a copy is needed, None copies where it is needed.
    requires_grad : bool, optional
        True makes a leaf that requires grad. False keeps a tensor as it is, graph included.

    Returns
    -------
    Tensor

    Raises
    ------
    ValueError
        If `copy` is False and memory cannot be shared.

    Examples
    --------
    >>> import array, vt_core as vt
    >>> memory = array.array("f", [1.0, 2.0])
    >>> x = vt.asarray(memory)
    >>> memory[0] = 5.0
    >>> x
    tensor([5., 2.])
    """
    shared = _shared(obj)
    if shared is None:
        if copy is False:
            raise ValueError(f"asarray: cannot avoid a copy: got copy=False for {type(obj).__name__}")
        result = _C.tensor_from_data(obj, dtype, device)
    else:
        result = as_tensor(shared, dtype=dtype, device=device)
        if result is not shared and copy is False:
            raise ValueError(
                f"asarray: cannot avoid a copy: got copy=False, and {shared.dtype} on {shared.device} is to become "
                f"{result.dtype} on {result.device}"
            )
        if copy and result is shared:
            result = result.clone()
    if requires_grad:
        result = result.detach()
        result.requires_grad = True
    return result


def _shared(obj: Any) -> Tensor | None:
    """A tensor on the memory of `obj`, or None where that has to be copied."""
    if isinstance(obj, _C.Tensor):
        return obj
    if type(obj).__module__ == "numpy":
        from vt_core._numpy import from_numpy

        return from_numpy(obj) if getattr(obj, "ndim", 0) else None
    if hasattr(obj, "__dlpack__"):
        return _C.from_dlpack(obj)
    try:
        contiguous = memoryview(obj).c_contiguous
    except TypeError:
        return None
    return _C.from_buffer(obj) if contiguous else None
