# SPDX-License-Identifier: Apache-2.0
"""Convolutions in one to three dimensions as modules, plain and transposed; the batch may be left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import init
from vt_torch.nn.functional.pooling import Ints, spread
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"]

_MODES = ("zeros", "reflect", "replicate", "circular")


class _ConvNd(Module):
    """Parameters and options of a convolution.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and of the result.
    kernel_size : int or sequence of int
    stride : int or sequence of int
        From position to position of the result.
    padding : int, sequence of int or str
        Positions added on both sides; 'valid' for none, 'same' for as many as keep the size.
    dilation : int or sequence of int
        From position to position of the kernel.
    groups : int
        Channels fall into as many parts that meet each other only.
    bias : bool
        Whether a learned number is added to each channel.
    padding_mode : str
        What the positions hold: 'zeros', or elements of the input by 'reflect', 'replicate' or 'circular'.
    device, dtype : optional
        Of the parameters.

    Attributes
    ----------
    weight : Parameter
        ``(out_channels, in_channels / groups, kernel_size...)``, drawn from U(-k, k) with
        ``k = 1 / sqrt(in_channels / groups * product of kernel_size)``.
    bias : Parameter or None
        ``(out_channels,)``, drawn alike.
    """

    weight: Parameter
    bias: Parameter | None
    _rank: ClassVar[int]
    _transposed: ClassVar[bool] = False

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints,
        padding: Ints | str,
        dilation: Ints,
        output_padding: Ints,
        groups: int,
        bias: bool,
        padding_mode: str,
        device: Any,
        dtype: Any,
    ) -> None:
        super().__init__()
        rank = self._rank
        if groups <= 0:
            raise ValueError(f"groups must be a positive integer: got {groups}")
        if in_channels % groups != 0:
            raise ValueError(f"in_channels must be divisible by groups: got {in_channels} and {groups}")
        if out_channels % groups != 0:
            raise ValueError(f"out_channels must be divisible by groups: got {out_channels} and {groups}")
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = spread(rank, kernel_size)
        self.stride = spread(rank, stride)
        self.padding = padding if isinstance(padding, str) else spread(rank, padding)
        self.dilation = spread(rank, dilation)
        self.transposed = self._transposed
        self.output_padding = spread(rank, output_padding)
        self.groups = groups
        self.padding_mode = padding_mode
        self._reversed_padding_repeated_twice = self._sides()
        channels = (in_channels, out_channels) if self.transposed else (out_channels, in_channels)
        self._make_parameters((channels[0], channels[1] // groups, *self.kernel_size), bias, device, dtype)

    def _sides(self) -> list[int]:
        """Return the padding before and after each dimension, the last one first."""
        if isinstance(self.padding, str):
            if self.padding not in ("same", "valid"):
                raise ValueError(f"Invalid padding string {self.padding!r}, should be one of 'valid', 'same'")
            if self.padding == "same" and any(s != 1 for s in self.stride):
                raise ValueError("padding='same' is not supported for strided convolutions")
        if self.padding_mode not in _MODES:
            raise ValueError(f"padding_mode must be one of {_MODES}, but got padding_mode='{self.padding_mode}'")
        if self.padding == "same":
            totals = [d * (k - 1) for d, k in zip(self.dilation, self.kernel_size)]
            return [side for total in reversed(totals) for side in (total // 2, total - total // 2)]
        numbers = (0,) * self._rank if isinstance(self.padding, str) else self.padding
        return [p for p in reversed(numbers) for _ in range(2)]

    def _make_parameters(self, size: tuple[int, ...], bias: bool, device: Any, dtype: Any) -> None:
        self.weight = Parameter(ops.empty(size, dtype=dtype, device=device))
        if bias:
            self.bias = Parameter(ops.empty((self.out_channels,), dtype=dtype, device=device))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in = math.prod(self.weight.shape[1:])
            if fan_in != 0:
                bound = 1 / math.sqrt(fan_in)
                init.uniform_(self.bias, -bound, bound)

    def extra_repr(self) -> str:
        """Return channels and those options that are not the default."""
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        zeros, ones = (0,) * self._rank, (1,) * self._rank
        if self.padding != zeros:
            text += f", padding={self.padding}"
        if self.dilation != ones:
            text += f", dilation={self.dilation}"
        if self.output_padding != zeros:
            text += f", output_padding={self.output_padding}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        if self.bias is None:
            text += ", bias=False"
        if self.padding_mode != "zeros":
            text += f", padding_mode={self.padding_mode}"
        return text


class _Conv(_ConvNd):
    """Each channel of the result is the sum over the input's channels of correlations with a kernel."""

    _op: ClassVar[str]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints = 1,
        padding: Ints | str = 0,
        dilation: Ints = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            dilation,
            0,
            groups,
            bias,
            padding_mode,
            device,
            dtype,
        )

    def _conv_forward(self, input: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """Convolve with a weight and a bias that need not be the module's own."""
        padding = self.padding
        if self.padding_mode != "zeros":
            input = ops.pad(input, self._reversed_padding_repeated_twice, self.padding_mode)
            padding = 0
        return getattr(ops, self._op)(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def forward(self, input: Tensor) -> Tensor:
        """Convolve the input with the weight."""
        return self._conv_forward(input, self.weight, self.bias)


class Conv1d(_Conv):
    """Convolves ``(N, C, L)`` or ``(C, L)``; parameters as in `_ConvNd`."""

    _rank = 1
    _op = "conv1d"


class Conv2d(_Conv):
    """Convolves ``(N, C, H, W)`` or ``(C, H, W)``; parameters as in `_ConvNd`."""

    _rank = 2
    _op = "conv2d"


class Conv3d(_Conv):
    """Convolves ``(N, C, D, H, W)`` or ``(C, D, H, W)``; parameters as in `_ConvNd`."""

    _rank = 3
    _op = "conv3d"


class _ConvTransposeNd(_ConvNd):
    """Spreads each position of the input by a kernel: the gradient of a convolution for its input.

    Parameters beyond those of `_ConvNd`:

    output_padding : int or sequence of int
        Positions added to one side of the result, less than the stride or the dilation.

    The weight is ``(in_channels, out_channels / groups, kernel_size...)``.
    """

    _op: ClassVar[str]
    _transposed = True

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints = 1,
        padding: Ints = 0,
        output_padding: Ints = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Ints = 1,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        if padding_mode != "zeros":
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')
        super().__init__(
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            dilation,
            output_padding,
            groups,
            bias,
            padding_mode,
            device,
            dtype,
        )

    def _output_padding(self, input: Tensor, output_size: Sequence[int] | None) -> tuple[int, ...]:
        """Return what must be added to the least size of the result to reach the wanted one."""
        if output_size is None:
            return self.output_padding
        rank = self._rank
        has_batch = input.dim() == rank + 2
        num_others = 2 if has_batch else 1
        if len(output_size) == rank + num_others:
            output_size = output_size[num_others:]
        if len(output_size) != rank:
            raise ValueError(
                f"ConvTranspose{rank}D: for {input.dim()}D input, output_size must have {rank} or {num_others + rank} "
                f"elements (got {len(output_size)})"
            )
        assert not isinstance(self.padding, str)
        least = [
            (size - 1) * s - 2 * p + d * (k - 1) + 1
            for size, s, p, d, k in zip(input.shape[-rank:], self.stride, self.padding, self.dilation, self.kernel_size)
        ]
        most = [size + s - 1 for size, s in zip(least, self.stride)]
        if any(not low <= size <= high for low, size, high in zip(least, output_size, most)):
            raise ValueError(
                f"requested an output size of {list(output_size)}, but valid sizes range from {least} to {most} (for an "
                f"input of {tuple(input.shape[-rank:])})"
            )
        return tuple(size - low for size, low in zip(output_size, least))

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Spread the input by the weight.

        Parameters
        ----------
        output_size : sequence of int, optional
            Of the result, when more than one size was convolved to that of the input.
        """
        return getattr(ops, self._op)(
            input,
            self.weight,
            self.bias,
            self.stride,
            self.padding,
            self._output_padding(input, output_size),
            self.groups,
            self.dilation,
        )


class ConvTranspose1d(_ConvTransposeNd):
    """Spreads ``(N, C, L)`` or ``(C, L)``; parameters as in `_ConvTransposeNd`."""

    _rank = 1
    _op = "conv_transpose1d"


class ConvTranspose2d(_ConvTransposeNd):
    """Spreads ``(N, C, H, W)`` or ``(C, H, W)``; parameters as in `_ConvTransposeNd`."""

    _rank = 2
    _op = "conv_transpose2d"


class ConvTranspose3d(_ConvTransposeNd):
    """Spreads ``(N, C, D, H, W)`` or ``(C, D, H, W)``; parameters as in `_ConvTransposeNd`."""

    _rank = 3
    _op = "conv_transpose3d"
