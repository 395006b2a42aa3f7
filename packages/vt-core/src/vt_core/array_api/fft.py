# SPDX-License-Identifier: Apache-2.0
"""The standard's extension for Fourier transforms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from vt_core import ops
from vt_core._C import Tensor, dtype
from vt_core.array_api._dtypes import Device

__all__ = [
    "fft",
    "fftfreq",
    "fftn",
    "fftshift",
    "hfft",
    "ifft",
    "ifftn",
    "ifftshift",
    "ihfft",
    "irfft",
    "irfftn",
    "rfft",
    "rfftfreq",
    "rfftn",
]

Norm = Literal["backward", "ortho", "forward"]


class _OfOneDimension(Protocol):
    def __call__(self, x: Tensor, /, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Tensor: ...


class _OfDimensions(Protocol):
    def __call__(
        self,
        x: Tensor,
        /,
        *,
        s: Sequence[int] | None = None,
        axes: Sequence[int] | None = None,
        norm: Norm = "backward",
    ) -> Tensor: ...


def _named(function: Any, name: str) -> Any:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = (
        f"See `vt_core.ops.fft_{name}`, of whose arguments `axis` is the `dim`."
        if not name.endswith("n")
        else f"See `vt_core.ops.fft_{name}`, of whose arguments `axes` is the `dim`."
    )
    return function


def _of_one_dimension(name: str) -> _OfOneDimension:
    def function(x: Tensor, /, *, n: int | None = None, axis: int = -1, norm: Norm = "backward") -> Tensor:
        return getattr(ops, f"fft_{name}")(x, n, axis, norm)

    return _named(function, name)


def _of_dimensions(name: str) -> _OfDimensions:
    def function(
        x: Tensor,
        /,
        *,
        s: Sequence[int] | None = None,
        axes: Sequence[int] | None = None,
        norm: Norm = "backward",
    ) -> Tensor:
        sizes, dims = (None if each is None else list(each) for each in (s, axes))
        return getattr(ops, f"fft_{name}")(x, sizes, dims, norm)

    return _named(function, name)


fft: _OfOneDimension = _of_one_dimension("fft")
ifft: _OfOneDimension = _of_one_dimension("ifft")
rfft: _OfOneDimension = _of_one_dimension("rfft")
irfft: _OfOneDimension = _of_one_dimension("irfft")
hfft: _OfOneDimension = _of_one_dimension("hfft")
ihfft: _OfOneDimension = _of_one_dimension("ihfft")
fftn: _OfDimensions = _of_dimensions("fftn")
ifftn: _OfDimensions = _of_dimensions("ifftn")
rfftn: _OfDimensions = _of_dimensions("rfftn")
irfftn: _OfDimensions = _of_dimensions("irfftn")


def fftfreq(n: int, /, *, d: float = 1.0, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """The frequencies of the coefficients of `fft`: 0, 1, ..., then the negative ones, over n d."""
    return ops.fft_fftfreq(n, d, dtype=dtype, device=device)


def rfftfreq(n: int, /, *, d: float = 1.0, dtype: dtype | None = None, device: Device | None = None) -> Tensor:
    """The frequencies of the coefficients of `rfft`: 0, 1, ..., n / 2 over n d."""
    return ops.fft_rfftfreq(n, d, dtype=dtype, device=device)


def fftshift(x: Tensor, /, *, axes: int | Sequence[int] | None = None) -> Tensor:
    """Coefficients with frequency zero in the middle, along dimensions or all."""
    return ops.fft_fftshift(x, _dims(axes))


def ifftshift(x: Tensor, /, *, axes: int | Sequence[int] | None = None) -> Tensor:
    """Undoes `fftshift`."""
    return ops.fft_ifftshift(x, _dims(axes))


def _dims(axes: int | Sequence[int] | None) -> list[int] | None:
    return axes if axes is None else [axes] if isinstance(axes, int) else list(axes)
