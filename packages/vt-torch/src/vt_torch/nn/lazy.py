# SPDX-License-Identifier: Apache-2.0
"""Modules that learn the sizes of their parameters from their first input, or from the state they load: convolutions."""

from __future__ import annotations

from typing import Any, ClassVar

from vt_torch._tensor import Tensor
from vt_torch.nn.convolution import (
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
)
from vt_torch.nn.functional.pooling import Ints
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import UninitializedParameter, is_lazy

__all__ = [
    "LazyConv1d",
    "LazyConv2d",
    "LazyConv3d",
    "LazyConvTranspose1d",
    "LazyConvTranspose2d",
    "LazyConvTranspose3d",
    "LazyModuleMixin",
]


class LazyModuleMixin(Module):
    """What is lazy about a module: before its first call it makes its parameters and becomes `cls_to_become`.

    A subclass makes each such parameter an `UninitializedParameter` and defines `initialize_parameters`, which is called with
    the arguments of the first call.
    """

    cls_to_become: ClassVar[type[Module] | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._initialize_hook = self.register_forward_pre_hook(_infer_parameters, with_kwargs=True)

    def has_uninitialized_params(self) -> bool:
        """Return whether some parameter or buffer has no size yet."""
        return any(is_lazy(member) for member in (*self._parameters.values(), *self._buffers.values()))

    def initialize_parameters(self, *args: Any, **kwargs: Any) -> None:
        """Make the parameters fit the arguments of a call."""
        raise NotImplementedError(f"{type(self).__name__}: initialize_parameters is not defined")


def _infer_parameters(module: LazyModuleMixin, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    module.initialize_parameters(*args, **kwargs)
    if module.has_uninitialized_params():
        raise RuntimeError(f"module {type(module).__name__} has not been fully initialized")
    module.__dict__.pop("_initialize_hook").remove()
    if module.cls_to_become is not None:
        module.__class__ = module.cls_to_become  # pyright: ignore[reportAttributeAccessIssue]


class _LazyConvMixin(LazyModuleMixin):
    """A convolution whose `in_channels` is that of its first input."""

    # What a convolution has beside.
    in_channels: int
    out_channels: int
    groups: int
    kernel_size: tuple[int, ...]
    transposed: bool
    weight: Any
    bias: Any
    _rank: ClassVar[int]

    def _make_parameters(self, size: tuple[int, ...], bias: bool, device: Any, dtype: Any) -> None:  # noqa: ARG002
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.register_parameter("bias", UninitializedParameter(device=device, dtype=dtype) if bias else None)

    def initialize_parameters(self, input: Tensor, *_args: Any, **_kwargs: Any) -> None:
        """Make weight and bias for the input's channels."""
        rank = self._rank
        if input.dim() not in (rank + 1, rank + 2):
            raise RuntimeError(
                f"Expected {rank + 1}D (unbatched) or {rank + 2}D (batched) input to {type(self).__name__}, but got "
                f"input of size: {tuple(input.shape)}"
            )
        self.in_channels = input.shape[-rank - 1]
        if self.in_channels % self.groups != 0:
            raise ValueError(f"in_channels must be divisible by groups: got {self.in_channels} and {self.groups}")
        if not self.has_uninitialized_params():
            return
        channels = (self.in_channels, self.out_channels)
        first, second = channels if self.transposed else channels[::-1]
        if isinstance(self.weight, UninitializedParameter):
            self.weight.materialize((first, second // self.groups, *self.kernel_size))
        if isinstance(self.bias, UninitializedParameter):
            self.bias.materialize((self.out_channels,))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew, once they have sizes."""
        if not self.has_uninitialized_params():
            super().reset_parameters()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


class _LazyConv(_LazyConvMixin):
    """Arguments of `Conv1d` and its kin without `in_channels`."""

    def __init__(
        self,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints = 1,
        padding: Ints = 0,
        dilation: Ints = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(
            0, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype
        )


class _LazyConvTranspose(_LazyConvMixin):
    """Arguments of `ConvTranspose1d` and its kin without `in_channels`."""

    def __init__(
        self,
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
        super().__init__(
            0,
            out_channels,
            kernel_size,
            stride,
            padding,
            output_padding,
            groups,
            bias,
            dilation,
            padding_mode,
            device,
            dtype,
        )


class LazyConv1d(_LazyConv, Conv1d):
    """`Conv1d` that takes `in_channels` from its first input."""

    cls_to_become = Conv1d


class LazyConv2d(_LazyConv, Conv2d):
    """`Conv2d` that takes `in_channels` from its first input."""

    cls_to_become = Conv2d


class LazyConv3d(_LazyConv, Conv3d):
    """`Conv3d` that takes `in_channels` from its first input."""

    cls_to_become = Conv3d


class LazyConvTranspose1d(_LazyConvTranspose, ConvTranspose1d):
    """`ConvTranspose1d` that takes `in_channels` from its first input."""

    cls_to_become = ConvTranspose1d


class LazyConvTranspose2d(_LazyConvTranspose, ConvTranspose2d):
    """`ConvTranspose2d` that takes `in_channels` from its first input."""

    cls_to_become = ConvTranspose2d


class LazyConvTranspose3d(_LazyConvTranspose, ConvTranspose3d):
    """`ConvTranspose3d` that takes `in_channels` from its first input."""

    cls_to_become = ConvTranspose3d
