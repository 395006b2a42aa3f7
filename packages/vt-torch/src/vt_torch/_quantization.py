# SPDX-License-Identifier: Apache-2.0
"""Rounding floats as integers of few bits would hold them, with the gradient of the identity inside their range.

There are no quantised tensors: results are floats, as training that is aware of quantisation uses them.
"""

from __future__ import annotations

from typing import Any

import vt_core
from vt_core import Tensor, ops

__all__ = ["dequantize", "fake_quantize_per_channel_affine", "fake_quantize_per_tensor_affine"]


def dequantize(tensor: Tensor) -> Tensor:
    """Return the tensor in float32: no tensor is quantised."""
    return tensor.to(vt_core.float32)


def fake_quantize_per_tensor_affine(
    input: Tensor,  # noqa: A002
    scale: float | Tensor,
    zero_point: int | Tensor,
    quant_min: int,
    quant_max: int,
) -> Tensor:
    """Round ``input / scale + zero_point`` into a range of integers and map it back.

    Parameters
    ----------
    input : Tensor
        Floating-point, of any shape.
    scale : float or Tensor of one element
    zero_point : int or Tensor of one element
        The integer that stands for zero.
    quant_min, quant_max : int
        The least and the greatest integer. Where the rounded value is outside, the gradient is zero.

    Raises
    ------
    RuntimeError
        If the range is empty or `zero_point` is outside of it.
    NotImplementedError
        If `input` is not floating-point.
    """
    name = "fake_quantize_per_tensor_affine"
    _check_range(name, quant_min, quant_max)
    # Tensors of scale and zero point may be outside: their values would have to be waited for.
    if not isinstance(zero_point, vt_core.Tensor) and not quant_min <= zero_point <= quant_max:
        raise RuntimeError(_outside(name, quant_min, quant_max, zero_point))
    scales = _parameter(scale, input)
    zeros = _parameter(zero_point, input)
    return _rounded(name, input, scales.reshape(()), zeros.reshape(()), True, quant_min, quant_max)


def fake_quantize_per_channel_affine(
    input: Tensor,  # noqa: A002
    scale: Tensor,
    zero_point: Tensor,
    axis: int,
    quant_min: int,
    quant_max: int,
) -> Tensor:
    """Round ``input / scale + zero_point`` into a range of integers and map it back, by a scale for each channel.

    Parameters
    ----------
    input : Tensor
        Floating-point, with `C` channels in dimension `axis`.
    scale, zero_point : Tensor ``(C,)``
        Zero points are int32, float16 or float32; floating ones need not be whole and may be out of the range.
    axis, quant_min, quant_max : int
        The range is of integers. Where the rounded value is outside, the gradient is zero.

    Raises
    ------
    RuntimeError
        If the range is empty, an int32 zero point is outside of it, `axis` is negative, or shapes or dtypes do not fit.
    IndexError
        If `axis` is too large.
    NotImplementedError
        If `input` is not floating-point.
    """
    name = "fake_quantize_per_channel_affine"
    _check_range(name, quant_min, quant_max)
    is_whole = zero_point.dtype is vt_core.int32
    if not is_whole and zero_point.dtype not in (vt_core.float16, vt_core.float32):
        raise RuntimeError(
            f"{name}: the dtype of zero_point is wrong: got {zero_point.dtype}, expected int32, float16 or float32"
        )
    shape = [1] * input.ndim
    if not 0 <= axis < input.ndim:
        kind = RuntimeError if axis < 0 else IndexError
        raise kind(f"{name}: axis is out of range: got {axis}, expected 0 to {input.ndim - 1}")
    shape[axis] = input.shape[axis]
    for label, parameter in (("scale", scale), ("zero_point", zero_point)):
        if tuple(parameter.shape) != (shape[axis],):
            raise RuntimeError(
                f"{name}: the shape of {label} is wrong: got {tuple(parameter.shape)}, expected {(shape[axis],)}"
            )
    if is_whole and not bool(((zero_point >= quant_min) & (zero_point <= quant_max)).all()):
        raise RuntimeError(_outside(name, quant_min, quant_max, zero_point.tolist()))
    scales, zeros = (_parameter(parameter, input).reshape(shape) for parameter in (scale, zero_point))
    return _rounded(name, input, scales, zeros, is_whole, quant_min, quant_max)


def _check_range(name: str, quant_min: int, quant_max: int) -> None:
    if quant_min > quant_max:
        raise RuntimeError(f"{name}: the range is empty: got quant_min {quant_min}, quant_max {quant_max}")


def _outside(name: str, quant_min: int, quant_max: int, zero_point: Any) -> str:
    return f"{name}: zero_point is out of range: got {zero_point}, expected {quant_min} to {quant_max}"


def _parameter(value: Any, like: Tensor) -> Tensor:
    """A scale or zero point as float32 apart from the graph: float32 for an input of any dtype, as PyTorch's kernels take it."""
    if isinstance(value, vt_core.Tensor):
        return value.detach().to(vt_core.float32)
    return vt_core.tensor(value, dtype=vt_core.float32, device=like.device)


def _rounded(
    name: str,
    input: Tensor,
    scale: Tensor,
    zero_point: Tensor,
    is_whole: bool,
    low: int,
    high: int,  # noqa: A002
) -> Tensor:
    if not input.dtype.is_floating_point:
        raise NotImplementedError(
            f"{name}: the dtype of input is wrong: got {input.dtype}, expected a floating-point one"
        )
    data = input.detach()
    if data.dtype.itemsize == 2:
        data = data.to(vt_core.float32)
    steps = data * ops.reciprocal(scale)
    number = ops.round(steps) + zero_point if is_whole else ops.round(steps + zero_point)
    # Comparisons are false for NaN, which the least integer stands for.
    bounded = ops.minimum(
        ops.where(number > low, number, low), vt_core.tensor(high, dtype=number.dtype, device=number.device)
    )
    result = ((bounded - zero_point) * scale).to(input.dtype)
    if not input.requires_grad:
        return result
    inside = (number >= low) & (number <= high)
    # A difference of zero carries the gradient, so that values stay exact.
    return result + ops.where(inside, input - input.detach(), 0.0)
