# SPDX-License-Identifier: Apache-2.0
"""Exchange with NumPy without copying, in both directions; NumPy is imported when first needed."""

from __future__ import annotations

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from vt_core._C import Tensor

__all__ = ["array_protocol", "from_numpy", "to_numpy"]

# Dtypes that NumPy knows only through ml_dtypes, and the integers of their width by which bits are handed over.
_EXTENSION_BITS = {"bfloat16": "uint16", "float8_e4m3fn": "uint8", "float8_e5m2": "uint8"}

_SUPPORTED = (
    "bool, uint8, uint16, uint32, uint64, int8, int16, int32, int64, float16, float32, float64, complex64, complex128, "
    "and ml_dtypes' bfloat16, float8_e4m3fn and float8_e5m2"
)


class _Exporter:
    """What NumPy reads a tensor's memory from; the array's ``base``, it keeps the tensor alive."""

    __slots__ = ("__array_interface__", "tensor")

    def __init__(self, tensor: Tensor, typestr: str) -> None:
        itemsize = tensor.element_size()
        self.tensor = tensor
        self.__array_interface__: dict[str, Any] = {
            "version": 3,
            "typestr": typestr,
            "shape": tuple(tensor.shape),
            "strides": tuple(stride * itemsize for stride in tensor.stride()),
            "data": (tensor.data_ptr(), tensor._is_read_only),
        }


def to_numpy(tensor: Tensor, *, force: bool = False) -> NDArray[Any]:
    """Return the tensor's elements as an array that shares its memory.

    Parameters
    ----------
    tensor : Tensor
        On the CPU, and not requiring grad, unless `force`.
    force : bool, optional
        Detach and copy to the host first where needed. Default False.

    Returns
    -------
    numpy.ndarray
        A view: writing to one side shows in the other (without bumping the version counter). Read-only when the tensor
        is. bfloat16 and float8 arrive as ml_dtypes' types.

    Raises
    ------
    RuntimeError
        If the tensor requires grad.
    TypeError
        If the tensor is not on the CPU.
    ImportError
        If NumPy, or for bfloat16 and float8 ml_dtypes, is not installed.
    """
    if force:
        tensor = tensor.detach()
        if not tensor.is_cpu:
            tensor = tensor.to(device="cpu")
    if tensor.requires_grad:
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
    if not tensor.is_cpu:
        raise TypeError(
            f"can't convert {tensor.device} device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host "
            "memory first."
        )
    np = _import_numpy()
    name = tensor.dtype.name
    if name in _EXTENSION_BITS:
        extension = _extension_dtype(name)
        return np.asarray(_Exporter(tensor, np.dtype(_EXTENSION_BITS[name]).str)).view(extension)
    if tensor.numel() > 0 and not tensor._is_read_only:
        array = np.from_dlpack(tensor)  # the shortest way; that of NumPy before 2.1 may not be written
        if array.flags.writeable:
            return array
    return np.asarray(_Exporter(tensor, np.dtype(name).str))


def array_protocol(tensor: Tensor, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
    """Serve ``numpy.asarray(tensor)``: NumPy's ``__array__`` protocol.

    Parameters
    ----------
    tensor : Tensor
        As for `to_numpy`.
    dtype : numpy dtype, optional
        Default: the tensor's own.
    copy : bool, optional
        True always copies, False never does, None copies where `dtype` requires it.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    ValueError
        If `copy` is False and `dtype` requires a copy.
    """
    array = to_numpy(tensor)
    if dtype is not None and array.dtype != dtype:
        if copy is False:
            raise ValueError(
                f"__array__: cannot avoid a copy: got copy=False and dtype {dtype} for a tensor of {array.dtype}"
            )
        return array.astype(dtype)
    return array.copy() if copy else array


def from_numpy(array: NDArray[Any]) -> Tensor:
    """Return a tensor that shares an array's memory.

    Parameters
    ----------
    array : numpy.ndarray
        In native byte order, with strides that are not negative and are whole elements.

    Returns
    -------
    Tensor
        Keeps the array alive. Writing to one side shows in the other; a read-only array gives a read-only tensor.

    Raises
    ------
    TypeError
        If `array` is not an ndarray or its dtype has no counterpart.
    ValueError
        If its byte order or strides cannot be expressed; make a copy first.

    Examples
    --------
    >>> import numpy as np, vt_core as vt
    >>> array = np.zeros(3, dtype=np.float32)
    >>> tensor = vt.from_numpy(array)
    >>> array[0] = 1
    >>> tensor
    tensor([1., 0., 0.])
    """
    np = _import_numpy()
    if not isinstance(array, np.ndarray):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"expected np.ndarray (got {type(array).__name__})")
    name = array.dtype.name
    if (name not in _EXTENSION_BITS and array.dtype.kind not in "biufc") or not hasattr(_C, name):
        raise TypeError(f"can't convert np.ndarray of type {array.dtype}. The only supported types are: {_SUPPORTED}.")
    if not array.dtype.isnative:
        raise ValueError(
            "given numpy array has byte order different from the native byte order. Conversion between byte orders is "
            "currently not supported; use array.astype(array.dtype.newbyteorder('=')) to convert it."
        )
    if any(stride < 0 for stride in array.strides):
        raise ValueError(
            "At least one stride in the given numpy array is negative, and tensors with negative strides are not "
            "currently supported. (You can probably work around this by making a copy of your array  with array.copy().) "
        )
    if any(stride % array.itemsize for stride in array.strides):
        raise ValueError(
            "given numpy array strides not a multiple of the element byte size. Copy the numpy array to reallocate the "
            "memory."
        )
    return _from_bits(array, name) if name in _EXTENSION_BITS else _C.from_dlpack(array)


def _from_bits(array: NDArray[Any], name: str) -> Tensor:
    # DLPack has no way past NumPy for these dtypes: the bytes that the array spans are shared instead.
    np = _import_numpy()
    dtype = getattr(_C, name)
    strides = tuple(stride // array.itemsize for stride in array.strides)
    reach = sum((size - 1) * stride for size, stride in zip(array.shape, strides)) + 1 if array.size else 0
    bits = array.view(_EXTENSION_BITS[name])
    spanned = np.lib.stride_tricks.as_strided(bits, (reach,), (array.itemsize,), writeable=bool(array.flags.writeable))
    return _C.from_buffer(spanned, dtype=dtype).as_strided(array.shape, strides, 0).detach()


def _import_numpy() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise ImportError("vt_core: NumPy is not installed: pip install numpy to exchange arrays with it") from error
    return np


def _extension_dtype(name: str) -> np.dtype[Any]:
    try:
        import ml_dtypes
    except ImportError as error:
        raise ImportError(
            f"numpy: NumPy has no {name} of its own: pip install ml_dtypes, or cast with tensor.to(vt_core.float32) first"
        ) from error
    np = _import_numpy()
    return np.dtype(getattr(ml_dtypes, name))
