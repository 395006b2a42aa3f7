# SPDX-License-Identifier: Apache-2.0
"""Pooling by windows of a given size, as modules in one to three dimensions; the batch may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn.functional.pooling import Ints, spread
from vt_torch.nn.module import Module

__all__ = [
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "LPPool1d",
    "LPPool2d",
    "LPPool3d",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
    "MaxUnpool1d",
    "MaxUnpool2d",
    "MaxUnpool3d",
]


class _MaxPool(Module):
    """The greatest element of each window.

    Parameters
    ----------
    kernel_size : int or sequence of int
        The window's sizes.
    stride : int or sequence of int, optional
        From window to window; `kernel_size` by default.
    padding : int or sequence of int
        Positions before and after the input that never win; at most half of `kernel_size`.
    dilation : int or sequence of int
        From element to element of a window.
    return_indices : bool
        Whether the indices of the elements are returned too, as `MaxUnpool1d` and its kin take them.
    ceil_mode : bool
        Whether a last window may leave the padded input.
    """

    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Ints = 0,
        dilation: Ints = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def _arguments(self) -> tuple[Any, ...]:
        return (self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode, self.return_indices)

    def extra_repr(self) -> str:
        """Return the window."""
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, dilation={self.dilation}, "
            f"ceil_mode={self.ceil_mode}"
        )


class MaxPool1d(_MaxPool):
    """The greatest element of each window of ``(N, C, L)`` or ``(C, L)``; parameters as in `_MaxPool`."""

    def forward(self, input: Tensor) -> Any:
        """Pool the last 1 dimensions."""
        return F.max_pool1d(input, *self._arguments())


class MaxPool2d(_MaxPool):
    """The greatest element of each window of ``(N, C, H, W)`` or ``(C, H, W)``; parameters as in `_MaxPool`."""

    def forward(self, input: Tensor) -> Any:
        """Pool the last 2 dimensions."""
        return F.max_pool2d(input, *self._arguments())


class MaxPool3d(_MaxPool):
    """The greatest element of each window of ``(N, C, D, H, W)`` or ``(C, D, H, W)``; parameters as in `_MaxPool`."""

    def forward(self, input: Tensor) -> Any:
        """Pool the last 3 dimensions."""
        return F.max_pool3d(input, *self._arguments())


class _MaxUnpool(Module):
    """Zeros with the elements where max pooling had found them.

    Parameters
    ----------
    kernel_size, stride, padding : int or sequence of int
        As of the pooling.
    """

    _rank: ClassVar[int]

    def __init__(self, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0) -> None:
        super().__init__()
        self.kernel_size = spread(self._rank, kernel_size)
        self.stride = spread(self._rank, kernel_size if stride is None else stride)
        self.padding = spread(self._rank, padding)

    def extra_repr(self) -> str:
        """Return the window."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class MaxUnpool1d(_MaxUnpool):
    """Zeros with the elements where `MaxPool1d` had found them; parameters as in `_MaxUnpool`."""

    _rank = 1

    def forward(self, input: Tensor, indices: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Give back the size that was pooled, or `output_size` where several are possible."""
        return F.max_unpool1d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class MaxUnpool2d(_MaxUnpool):
    """Zeros with the elements where `MaxPool2d` had found them; parameters as in `_MaxUnpool`."""

    _rank = 2

    def forward(self, input: Tensor, indices: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Give back the size that was pooled, or `output_size` where several are possible."""
        return F.max_unpool2d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class MaxUnpool3d(_MaxUnpool):
    """Zeros with the elements where `MaxPool3d` had found them; parameters as in `_MaxUnpool`."""

    _rank = 3

    def forward(self, input: Tensor, indices: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Give back the size that was pooled, or `output_size` where several are possible."""
        return F.max_unpool3d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class _AvgPool(Module):
    """The mean of each window.

    Parameters
    ----------
    kernel_size : int or sequence of int
        The window's sizes.
    stride : int or sequence of int, optional
        From window to window; `kernel_size` by default.
    padding : int or sequence of int
        Zeros before and after the input; at most half of `kernel_size`.
    ceil_mode : bool
        Whether a last window may leave the padded input.
    count_include_pad : bool
        Whether the zeros count.
    divisor_override : int, optional
        By which the sums are divided, rather than by their counts; not in one dimension.
    """

    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Ints = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def _arguments(self) -> tuple[Any, ...]:
        return (self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)

    def extra_repr(self) -> str:
        """Return the window."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AvgPool1d(_AvgPool):
    """The mean of each window of ``(N, C, L)`` or ``(C, L)``; parameters as in `_AvgPool`."""

    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Ints = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        step = spread(1, kernel_size if stride is None else stride)
        super().__init__(spread(1, kernel_size), step, spread(1, padding), ceil_mode, count_include_pad)

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last dimension."""
        return ops.avg_pool1d(input, *self._arguments())


class AvgPool2d(_AvgPool):
    """The mean of each window of ``(N, C, H, W)`` or ``(C, H, W)``; parameters as in `_AvgPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 2 dimensions."""
        return ops.avg_pool2d(input, *self._arguments(), divisor_override=self.divisor_override)


class AvgPool3d(_AvgPool):
    """The mean of each window of ``(N, C, D, H, W)`` or ``(C, D, H, W)``; parameters as in `_AvgPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 3 dimensions."""
        return ops.avg_pool3d(input, *self._arguments(), divisor_override=self.divisor_override)


class _LPPool(Module):
    """``sum(x ** p) ** (1 / p)`` of each window.

    Parameters
    ----------
    norm_type : float
        p; 1 is a sum, and the greater, the closer to the maximum.
    kernel_size : int or sequence of int
        The window's sizes.
    stride : int or sequence of int, optional
        From window to window; `kernel_size` by default.
    ceil_mode : bool
        Whether a last window may leave the input.
    """

    def __init__(
        self, norm_type: float, kernel_size: Ints, stride: Ints | None = None, ceil_mode: bool = False
    ) -> None:
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def _arguments(self) -> tuple[Any, ...]:
        return (float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)

    def extra_repr(self) -> str:
        """Return p and the window."""
        return (
            f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, "
            f"ceil_mode={self.ceil_mode}"
        )


class LPPool1d(_LPPool):
    """``sum(x ** p) ** (1 / p)`` of each window of ``(N, C, L)`` or ``(C, L)``; parameters as in `_LPPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 1 dimensions."""
        return ops.lp_pool1d(input, *self._arguments())


class LPPool2d(_LPPool):
    """``sum(x ** p) ** (1 / p)`` of each window of ``(N, C, H, W)`` or ``(C, H, W)``; parameters as in `_LPPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 2 dimensions."""
        return ops.lp_pool2d(input, *self._arguments())


class LPPool3d(_LPPool):
    """``sum(x ** p) ** (1 / p)`` of each window of ``(N, C, D, H, W)`` or ``(C, D, H, W)``; parameters as in `_LPPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 3 dimensions."""
        return ops.lp_pool3d(input, *self._arguments())
