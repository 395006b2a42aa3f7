# SPDX-License-Identifier: Apache-2.0
"""Pooling into a given number of windows, even or random, as modules; the batch may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn.functional.pooling import Ints, OpenInts, spread
from vt_torch.nn.module import Module

__all__ = [
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveAvgPool3d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AdaptiveMaxPool3d",
    "FractionalMaxPool2d",
    "FractionalMaxPool3d",
]


class _AdaptiveAvgPool(Module):
    """The mean of each of `output_size` windows that cover the input.

    Parameters
    ----------
    output_size : int, or sequence of int or None
        The number of windows; None keeps the input's size, in two and three dimensions.
    """

    def __init__(self, output_size: OpenInts) -> None:
        super().__init__()
        self.output_size: Any = output_size

    def extra_repr(self) -> str:
        """Return the number of windows."""
        return f"output_size={self.output_size}"


class _AdaptiveMaxPool(_AdaptiveAvgPool):
    """The greatest element of each of `output_size` windows that cover the input.

    Parameters
    ----------
    output_size : int, or sequence of int or None
        The number of windows; None keeps the input's size, in two and three dimensions.
    return_indices : bool
        Whether the indices of the elements are returned too.
    """

    def __init__(self, output_size: OpenInts, return_indices: bool = False) -> None:
        super().__init__(output_size)
        self.return_indices = return_indices


class AdaptiveAvgPool1d(_AdaptiveAvgPool):
    """The mean of each of `output_size` windows of ``(N, C, L)`` or ``(C, L)``; parameters as in `_AdaptiveAvgPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 1 dimensions."""
        return ops.adaptive_avg_pool1d(input, self.output_size)


class AdaptiveMaxPool1d(_AdaptiveMaxPool):
    """The greatest of each of `output_size` windows of ``(N, C, L)`` or ``(C, L)``; parameters as in `_AdaptiveMaxPool`."""

    def forward(self, input: Tensor) -> Any:
        """Pool the last 1 dimensions."""
        return F.adaptive_max_pool1d(input, self.output_size, self.return_indices)


class AdaptiveAvgPool2d(_AdaptiveAvgPool):
    """The mean of each of `output_size` windows of ``(N, C, H, W)`` or ``(C, H, W)``; parameters as in `_AdaptiveAvgPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 2 dimensions."""
        return F.adaptive_avg_pool2d(input, self.output_size)


class AdaptiveMaxPool2d(_AdaptiveMaxPool):
    """The greatest of each of `output_size` windows of ``(N, C, H, W)`` or ``(C, H, W)``; parameters as in `_AdaptiveMaxPool`."""

    def forward(self, input: Tensor) -> Any:
        """Pool the last 2 dimensions."""
        return F.adaptive_max_pool2d(input, self.output_size, self.return_indices)


class AdaptiveAvgPool3d(_AdaptiveAvgPool):
    """The mean of each of `output_size` windows of ``(N, C, D, H, W)`` or ``(C, D, H, W)``; parameters as in `_AdaptiveAvgPool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Pool the last 3 dimensions."""
        return F.adaptive_avg_pool3d(input, self.output_size)


class AdaptiveMaxPool3d(_AdaptiveMaxPool):
    """The greatest of each of `output_size` windows of ``(N, C, D, H, W)`` or ``(C, D, H, W)``; parameters as in `_AdaptiveMaxPool`."""

    def forward(self, input: Tensor) -> Any:
        """Pool the last 3 dimensions."""
        return F.adaptive_max_pool3d(input, self.output_size, self.return_indices)


class _FractionalMaxPool(Module):
    """The greatest element of each window, windows at random steps: Graham, 2015, arXiv:1412.6071.

    Parameters
    ----------
    kernel_size : int or sequence of int
        The window's sizes.
    output_size : int or sequence of int, optional
        The number of windows.
    output_ratio : float or sequence of float, optional
        Their number by the input's size, between 0 and 1. One of the two is given.
    return_indices : bool
        Whether the indices of the elements are returned too.
    """

    _rank: ClassVar[int]
    _random_samples: Tensor | None

    def __init__(
        self,
        kernel_size: Ints,
        output_size: Ints | None = None,
        output_ratio: float | Sequence[float] | None = None,
        return_indices: bool = False,
        _random_samples: Tensor | None = None,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        if output_size is None and output_ratio is None:
            raise ValueError(f"{name} requires specifying either an output size, or a pooling ratio")
        if output_size is not None and output_ratio is not None:
            raise ValueError("only one of output_size and output_ratio may be specified")
        self.kernel_size = spread(self._rank, kernel_size)
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        self.output_size = None if output_size is None else spread(self._rank, output_size)
        self.output_ratio = None if output_ratio is None else spread(self._rank, output_ratio)
        if self.output_ratio is not None and not all(0 < ratio < 1 for ratio in self.output_ratio):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")

    def _arguments(self) -> tuple[Any, ...]:
        return (self.kernel_size, self.output_size, self.output_ratio, self.return_indices, self._random_samples)


class FractionalMaxPool2d(_FractionalMaxPool):
    """The greatest of each window of ``(N, C, H, W)`` or ``(C, H, W)``, at random steps; parameters as in `_FractionalMaxPool`."""

    _rank = 2

    def forward(self, input: Tensor) -> Any:
        """Pool the last 2 dimensions."""
        return F.fractional_max_pool2d(input, *self._arguments())


class FractionalMaxPool3d(_FractionalMaxPool):
    """The greatest of each window of ``(N, C, D, H, W)`` or ``(C, D, H, W)``, at random steps; parameters as in `_FractionalMaxPool`."""

    _rank = 3

    def forward(self, input: Tensor) -> Any:
        """Pool the last 3 dimensions."""
        return F.fractional_max_pool3d(input, *self._arguments())
