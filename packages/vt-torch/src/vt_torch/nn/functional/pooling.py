# SPDX-License-Identifier: Apache-2.0
"""Pooling in one to three dimensions: the functions whose arguments are not the operators' own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = [
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool1d_with_indices",
    "adaptive_max_pool2d",
    "adaptive_max_pool2d_with_indices",
    "adaptive_max_pool3d",
    "adaptive_max_pool3d_with_indices",
    "fractional_max_pool2d",
    "fractional_max_pool2d_with_indices",
    "fractional_max_pool3d",
    "fractional_max_pool3d_with_indices",
    "max_pool1d",
    "max_pool1d_with_indices",
    "max_pool2d",
    "max_pool2d_with_indices",
    "max_pool3d",
    "max_pool3d_with_indices",
    "max_unpool1d",
    "max_unpool2d",
    "max_unpool3d",
]

Ints = int | Sequence[int]
# Sizes of which None is the input's own.
OpenInts = int | Sequence[int | None]


def max_pool1d(
    input: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """The greatest element of each window of ``(C, L)`` or ``(N, C, L)``, and where it stood under `return_indices`."""
    pool = ops.max_pool1d_with_indices if return_indices else ops.max_pool1d
    return pool(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool1d_with_indices(
    input: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """`max_pool1d` with the indices, whatever `return_indices` is."""
    return ops.max_pool1d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d(
    input: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """The greatest element of each window of ``(C, H, W)`` or ``(N, C, H, W)``, and where it stood under `return_indices`."""
    pool = ops.max_pool2d_with_indices if return_indices else ops.max_pool2d
    return pool(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """`max_pool2d` with the indices, whatever `return_indices` is."""
    return ops.max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d(
    input: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """The greatest element of each window of ``(C, D, H, W)`` or ``(N, C, D, H, W)``, and where it stood under `return_indices`."""
    pool = ops.max_pool3d_with_indices if return_indices else ops.max_pool3d
    return pool(input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """`max_pool3d` with the indices, whatever `return_indices` is."""
    return ops.max_pool3d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)


def adaptive_max_pool1d(input: Tensor, output_size: Ints, return_indices: bool = False) -> Any:
    """The greatest element of each of `output_size` windows of ``(C, L)`` or ``(N, C, L)``, and where it stood under `return_indices`."""
    both = adaptive_max_pool1d_with_indices(input, output_size)
    return both if return_indices else both[0]


def adaptive_max_pool1d_with_indices(
    input: Tensor, output_size: Ints, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """`adaptive_max_pool1d` with the indices, whatever `return_indices` is."""
    return ops.adaptive_max_pool1d(input, output_size)


def adaptive_max_pool2d(input: Tensor, output_size: OpenInts, return_indices: bool = False) -> Any:
    """The greatest element of each of `output_size` windows of ``(C, H, W)`` or ``(N, C, H, W)``, and where it stood under `return_indices`."""
    both = adaptive_max_pool2d_with_indices(input, output_size)
    return both if return_indices else both[0]


def adaptive_max_pool2d_with_indices(
    input: Tensor, output_size: OpenInts, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """`adaptive_max_pool2d` with the indices, whatever `return_indices` is."""
    return ops.adaptive_max_pool2d(input, _filled_in(output_size, input))


def adaptive_max_pool3d(input: Tensor, output_size: OpenInts, return_indices: bool = False) -> Any:
    """The greatest element of each of `output_size` windows of ``(C, D, H, W)`` or ``(N, C, D, H, W)``, and where it stood under `return_indices`."""
    both = adaptive_max_pool3d_with_indices(input, output_size)
    return both if return_indices else both[0]


def adaptive_max_pool3d_with_indices(
    input: Tensor, output_size: OpenInts, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """`adaptive_max_pool3d` with the indices, whatever `return_indices` is."""
    return ops.adaptive_max_pool3d(input, _filled_in(output_size, input))


def adaptive_avg_pool2d(input: Tensor, output_size: OpenInts) -> Tensor:
    """The mean of each of `output_size` windows of ``(C, H, W)`` or ``(N, C, H, W)``; None keeps the input's size."""
    return ops.adaptive_avg_pool2d(input, _filled_in(output_size, input))


def adaptive_avg_pool3d(input: Tensor, output_size: OpenInts) -> Tensor:
    """The mean of each of `output_size` windows of ``(C, D, H, W)`` or ``(N, C, D, H, W)``; None keeps the input's size."""
    return ops.adaptive_avg_pool3d(input, _filled_in(output_size, input))


def fractional_max_pool2d(
    input: Tensor,
    kernel_size: Ints,
    output_size: Ints | None = None,
    output_ratio: Sequence[float] | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Any:
    """The greatest element of each window of ``(C, H, W)`` or ``(N, C, H, W)``, windows at steps that vary: Graham, 2015, arXiv:1412.6071.

    Parameters
    ----------
    output_size : int or sequence of int
        The number of windows; or `output_ratio`, their number by the input's size.
    return_indices : bool
        Whether the indices of the elements are returned too.
    """
    both = fractional_max_pool2d_with_indices(
        input, kernel_size, output_size, output_ratio, return_indices, _random_samples
    )
    return both if return_indices else both[0]


def fractional_max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Ints,
    output_size: Ints | None = None,
    output_ratio: Sequence[float] | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """`fractional_max_pool2d` with the indices, whatever `return_indices` is."""
    size = _fractional_size(2, input, output_size, output_ratio)
    if _random_samples is None:
        batch = 1 if input.dim() == 3 else input.shape[0]
        _random_samples = ops.rand((batch, input.shape[-3], 2), dtype=input.dtype, device=input.device)
    return ops.fractional_max_pool2d(input, kernel_size, size, _random_samples)


def fractional_max_pool3d(
    input: Tensor,
    kernel_size: Ints,
    output_size: Ints | None = None,
    output_ratio: Sequence[float] | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Any:
    """The greatest element of each window of ``(C, D, H, W)`` or ``(N, C, D, H, W)``, windows at steps that vary: Graham, 2015, arXiv:1412.6071.

    Parameters
    ----------
    output_size : int or sequence of int
        The number of windows; or `output_ratio`, their number by the input's size.
    return_indices : bool
        Whether the indices of the elements are returned too.
    """
    both = fractional_max_pool3d_with_indices(
        input, kernel_size, output_size, output_ratio, return_indices, _random_samples
    )
    return both if return_indices else both[0]


def fractional_max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Ints,
    output_size: Ints | None = None,
    output_ratio: Sequence[float] | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """`fractional_max_pool3d` with the indices, whatever `return_indices` is."""
    size = _fractional_size(3, input, output_size, output_ratio)
    if _random_samples is None:
        batch = 1 if input.dim() == 4 else input.shape[0]
        _random_samples = ops.rand((batch, input.shape[-4], 3), dtype=input.dtype, device=input.device)
    return ops.fractional_max_pool3d(input, kernel_size, size, _random_samples)


def max_unpool1d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Zeros with the elements of `input` where `max_pool1d` had found them.

    Parameters
    ----------
    output_size : sequence of int, optional
        Of the pooled input, when more than one size gives that of `input`.
    """
    return ops.max_unpool1d(input, indices, _unpooled_size(1, input, kernel_size, stride, padding, output_size))


def max_unpool2d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Zeros with the elements of `input` where `max_pool2d` had found them.

    Parameters
    ----------
    output_size : sequence of int, optional
        Of the pooled input, when more than one size gives that of `input`.
    """
    return ops.max_unpool2d(input, indices, _unpooled_size(2, input, kernel_size, stride, padding, output_size))


def max_unpool3d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Ints,
    stride: Ints | None = None,
    padding: Ints = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Zeros with the elements of `input` where `max_pool3d` had found them.

    Parameters
    ----------
    output_size : sequence of int, optional
        Of the pooled input, when more than one size gives that of `input`.
    """
    return ops.max_unpool3d(input, indices, _unpooled_size(3, input, kernel_size, stride, padding, output_size))


def _filled_in(output_size: OpenInts, input: Tensor) -> Ints:
    """Return the sizes with the input's own in the place of None."""
    if isinstance(output_size, int):
        return output_size
    if input.dim() <= len(output_size):
        raise ValueError(f"Input dimension should be at least {len(output_size) + 1}")
    own = input.shape[-len(output_size) :] if output_size else ()
    return [known if size is None else size for size, known in zip(output_size, own)]


def _fractional_size(rank: int, input: Tensor, output_size: Ints | None, output_ratio: Sequence[float] | None) -> Ints:
    name = f"fractional_max_pool{rank}d"
    if output_size is not None:
        return output_size
    if output_ratio is None:
        raise ValueError(f"{name} requires specifying either an output_size or an output_ratio")
    if len(output_ratio) != rank:
        raise ValueError(f"{name} requires output_ratio to have {rank} elements: got {tuple(output_ratio)}")
    return [int(size * ratio) for size, ratio in zip(input.shape[-rank:], output_ratio)]


def _unpooled_size(
    rank: int, input: Tensor, kernel_size: Ints, stride: Ints | None, padding: Ints, output_size: Sequence[int] | None
) -> list[int]:
    """Return the size that was pooled: the least that fits, or one asked for that fits as well."""
    kernel = spread(rank, kernel_size)
    step = kernel if stride is None else spread(rank, stride)
    least = [
        (size - 1) * s + k - 2 * p for size, s, k, p in zip(input.shape[-rank:], step, kernel, spread(rank, padding))
    ]
    if output_size is None:
        return least
    if len(output_size) not in (rank, rank + 2):
        raise ValueError(
            f"output_size should be a sequence containing {rank} or {rank + 2} elements, but it has a length of "
            f"'{len(output_size)}'"
        )
    wanted = list(output_size[-rank:])
    for d, (size, fits, s) in enumerate(zip(wanted, least, step)):
        if not fits - s < size < fits + s:
            raise ValueError(f'invalid output_size "{wanted}" (dim {d} must be between {fits - s} and {fits + s})')
    return wanted


def spread(rank: int, value: Any) -> tuple[Any, ...]:
    """Return `value` itself as a tuple, or once for every dimension."""
    return tuple(cast("Sequence[Any]", value)) if isinstance(value, Sequence) else (value,) * rank
