# SPDX-License-Identifier: Apache-2.0
"""The part of Tensor that is written in Python: printing, pickling and NumPy's protocols.

`complete` gives it to the class once, when the package is imported; what a method needs is imported at its first call.
"""

from __future__ import annotations

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from vt_core._C import Tensor, device, dtype

__all__ = ["complete"]


def _repr(self: Tensor) -> str:
    from vt_core._printing import tensor_text

    # An overlay's classes of these names print as the plain class does; other subclasses by their own name.
    name = type(self).__name__
    return tensor_text(self, prefix="tensor(" if name in ("Tensor", "Parameter") else f"{name}(")


def _format(self: Tensor, spec: str, /) -> str:
    # A 0-dim tensor formats as its number, as in f"{loss:.3f}"; a subclass only when a format is given.
    if self.ndim == 0 and self.device.type != "meta" and (spec or type(self).__name__ == "Tensor"):
        return format(self.item(), spec)
    return object.__format__(self, spec)


def _reduce_ex(self: Tensor, protocol: int, /) -> tuple[Any, ...]:  # noqa: ARG001
    from vt_core._pickle import reduce

    return reduce(self)  # every protocol is served alike


def _deepcopy(self: Tensor, memo: dict[Any, Any], /) -> Tensor:
    from vt_core._pickle import deepcopy

    return deepcopy(self, memo)


def _numpy(self: Tensor, *, force: bool = False) -> NDArray[Any]:
    """Return the elements as a NumPy array that shares the tensor's memory; see `vt_core.from_numpy` for the way back.

    Raises
    ------
    RuntimeError
        If the tensor requires grad, unless `force`.
    TypeError
        If the tensor is not on the CPU, unless `force`, which copies.
    """
    from vt_core._numpy import to_numpy

    return to_numpy(self, force=force)


def _cpu(self: Tensor) -> Tensor:
    """Return the tensor itself if it lies on the CPU, else a copy there; waits for the device."""
    return self.to(device="cpu")


def _new_tensor(
    self: Tensor,
    data: Any,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
    pin_memory: bool = False,
) -> Tensor:
    """Return a tensor of a copy of `data`, as `vt_core.tensor`; dtype and device are this one's unless given."""
    from vt_core._factories import tensor

    return tensor(
        data,
        dtype=dtype or self.dtype,
        device=device or self.device,
        requires_grad=requires_grad,
        pin_memory=pin_memory,
    )


def _array(self: Tensor, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
    from vt_core._numpy import array_protocol

    return array_protocol(self, dtype, copy)


_ARRAY_API_VERSIONS = ("2021.12", "2022.12", "2023.12", "2024.12")


def _array_namespace(self: Tensor, /, *, api_version: str | None = None) -> Any:  # noqa: ARG001
    """Return `vt_core.array_api`, the functions of the array API standard.

    Parameters
    ----------
    api_version : str, optional
        A version of the standard, of which the namespace is a superset.

    Raises
    ------
    ValueError
        If it is not one of those.
    """
    if api_version not in (None, *_ARRAY_API_VERSIONS):
        expected = ", ".join(_ARRAY_API_VERSIONS)
        raise ValueError(f"__array_namespace__: unknown version: got {api_version!r}, expected one of {expected}")
    from vt_core import array_api

    return array_api


def _to_device(self: Tensor, device: device | str, /, *, stream: Any = None) -> Tensor:
    """Return the tensor on a device, itself where it is there already; the array API standard's name of ``to``.

    Parameters
    ----------
    device : device or str
    stream : optional
        Must be None: copies are enqueued on the current stream.

    Raises
    ------
    ValueError
        If a stream is given.
    """
    if stream is not None:
        raise ValueError("to_device: stream must be None: make another stream the current one instead")
    return self.to(device=device)


def complete() -> None:
    """Give Tensor the methods of this module; later calls change nothing."""
    methods = {
        "__repr__": _repr,
        "__format__": _format,
        "__reduce_ex__": _reduce_ex,
        "__deepcopy__": _deepcopy,
        "__array__": _array,
        "__array_namespace__": _array_namespace,
        "cpu": _cpu,
        "new_tensor": _new_tensor,
        "numpy": _numpy,
        "to_device": _to_device,
    }
    for name, method in methods.items():
        method.__name__ = name
        method.__qualname__ = f"Tensor.{name}"
        setattr(_C.Tensor, name, method)
    # NumPy's operators give way to ours: array + tensor is a tensor.
    _C.Tensor.__array_priority__ = 1000
