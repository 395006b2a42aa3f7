# SPDX-License-Identifier: Apache-2.0
"""Images of other sizes, at other places, as columns of windows: the functions whose arguments are not the operators' own."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = [
    "affine_grid",
    "fold",
    "grid_sample",
    "interpolate",
    "unfold",
    "upsample",
    "upsample_bilinear",
    "upsample_nearest",
]

Ints = int | Sequence[int]

# Of each mode and number of resampled dimensions: the operator.
_RESAMPLED = {
    "nearest": ("upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d"),
    "nearest-exact": ("_upsample_nearest_exact1d", "_upsample_nearest_exact2d", "_upsample_nearest_exact3d"),
    "linear": ("upsample_linear1d", None, None),
    "bilinear": (None, "upsample_bilinear2d", None),
    "bicubic": (None, "upsample_bicubic2d", None),
    "trilinear": (None, None, "upsample_trilinear3d"),
    "lanczos": (None, "_upsample_lanczos2d_aa", None),
}
_ANTIALIASED = {
    "bilinear": "_upsample_bilinear2d_aa",
    "bicubic": "_upsample_bicubic2d_aa",
    "lanczos": "_upsample_lanczos2d_aa",
}
_AREA = ("adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d")
_MODES = "nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact"
_NEEDED_RANK = {"linear": 1, "bilinear": 2, "bicubic": 2, "lanczos": 2, "trilinear": 3}


def unfold(input: Tensor, kernel_size: Ints, dilation: Ints = 1, padding: Ints = 0, stride: Ints = 1) -> Tensor:
    """Each window of ``(N, C, H, W)`` or ``(C, H, W)`` as a column: ``(N, C * kernel, windows)``."""
    return ops.im2col(input, _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride))


def fold(
    input: Tensor,
    output_size: Ints,
    kernel_size: Ints,
    dilation: Ints = 1,
    padding: Ints = 0,
    stride: Ints = 1,
) -> Tensor:
    """Columns ``(N, C * kernel, windows)`` added up where their windows lie: ``(N, C, *output_size)``."""
    return ops.col2im(input, _pair(output_size), _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride))


def interpolate(
    input: Tensor,
    size: Ints | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Tensor:
    """An image ``(N, C, ...)`` of other sizes, of one to three dimensions.

    Parameters
    ----------
    size : int or sequence of int, optional
        The sizes to reach; or `scale_factor`, by which the input's are multiplied.
    mode : str
        'nearest', 'nearest-exact', 'linear', 'bilinear', 'bicubic', 'trilinear', 'lanczos' or 'area'.
    align_corners : bool, optional
        Whether the middles of the outermost elements stay where they are; else their outer edges.
    recompute_scale_factor : bool, optional
        Whether positions are computed by the sizes that `scale_factor` led to instead of by itself.
    antialias : bool
        Whether as many elements count as the result is coarser than the input: 'bilinear', 'bicubic' and 'lanczos'.

    Raises
    ------
    ValueError, NotImplementedError
        If arguments do not go together, as in PyTorch.
    """
    rank = input.dim() - 2
    if mode in ("nearest", "area", "nearest-exact"):
        if align_corners is not None:
            raise ValueError(
                "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | "
                "trilinear"
            )
        align_corners = False
    elif align_corners is None:
        align_corners = False
    sizes, factors = _target(rank, input, size, scale_factor)
    if recompute_scale_factor and size is not None:
        raise ValueError("recompute_scale_factor is not meaningful with an explicit size.")
    if factors is not None and (recompute_scale_factor or mode == "area"):
        factors = None
    if antialias and not (mode in _ANTIALIASED and input.dim() == 4):
        raise ValueError(
            "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires a 4-D tensor as input"
        )
    if (mode not in _RESAMPLED and mode != "area") or rank not in (1, 2, 3):
        raise NotImplementedError(
            f"Input Error: Only 3D, 4D and 5D input Tensors supported (got {input.dim()}D) for the modes: {_MODES} "
            f"(got {mode})"
        )
    needed = _NEEDED_RANK.get(mode, rank)
    if needed != rank:
        raise NotImplementedError(f"Got {input.dim()}D input, but {mode} mode needs {needed + 2}D input")
    if mode == "lanczos" and align_corners:
        raise ValueError("Lanczos mode does not support align_corners=True")
    if mode == "lanczos" and not antialias:
        raise ValueError("Lanczos mode requires antialias=True")
    if mode == "area":
        return getattr(ops, _AREA[rank - 1])(input, sizes)
    name = _ANTIALIASED[mode] if antialias else _RESAMPLED[mode][rank - 1]
    assert name is not None
    corners = () if mode.startswith("nearest") else (align_corners,)
    return getattr(ops, name)(input, sizes, *corners, *(factors or ()))


def _target(
    rank: int, input: Tensor, size: Ints | None, scale_factor: float | Sequence[float] | None
) -> tuple[list[int], list[float] | None]:
    """Return the sizes to reach and the factors that led there, if any."""
    if size is not None and scale_factor is not None:
        raise ValueError("only one of size or scale_factor should be defined")
    spatial = list(input.shape[2:])
    if size is not None:
        sizes = list(size) if isinstance(size, Sequence) else [size] * rank
        _check_count("output size", sizes, rank, spatial, "output size in (o1, o2, ...,oK) format")
        return sizes, None
    if scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    factors = list(scale_factor) if isinstance(scale_factor, Sequence) else [scale_factor] * rank
    _check_count("scale_factor", factors, rank, spatial, "scale_factor in (s1, s2, ...,sK) format")
    factors = [float(factor) for factor in factors]
    return [math.floor(n * factor) for n, factor in zip(spatial, factors)], factors


def _check_count(what: str, values: list[Any], rank: int, spatial: list[int], wanted: str) -> None:
    if len(values) != rank:
        raise ValueError(
            f"Input and {what.split()[0]} must have the same number of spatial dimensions, but got input with spatial "
            f"dimensions of {spatial} and {what} of {tuple(values)}. Please provide input tensor in (N, C, d1, d2, "
            f"...,dK) format and {wanted}."
        )


def upsample(
    input: Tensor,
    size: Ints | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    """`interpolate` under its former name."""
    warnings.warn("`nn.functional.upsample` is deprecated. Use `nn.functional.interpolate` instead.", stacklevel=2)
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(
    input: Tensor, size: Ints | None = None, scale_factor: float | Sequence[float] | None = None
) -> Tensor:
    """`interpolate` with nearest neighbours, under its former name."""
    warnings.warn(
        "`nn.functional.upsample_nearest` is deprecated. Use `nn.functional.interpolate` instead.", stacklevel=2
    )
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(
    input: Tensor, size: Ints | None = None, scale_factor: float | Sequence[float] | None = None
) -> Tensor:
    """`interpolate` with bilinear weights and aligned corners, under its former name."""
    warnings.warn(
        "`nn.functional.upsample_bilinear` is deprecated. Use `nn.functional.interpolate` instead.", stacklevel=2
    )
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)


def grid_sample(
    input: Tensor,
    grid: Tensor,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Tensor:
    """The values of an image ``(N, C, H, W)`` or ``(N, C, D, H, W)`` at the places of a grid ``(N, ..., 2 or 3)``.

    Parameters
    ----------
    grid : Tensor
        Places, x first; -1 and 1 are the ends of the image.
    mode : str
        'bilinear', 'nearest' or, for images, 'bicubic'.
    padding_mode : str
        What lies outside: 'zeros', the 'border', or a 'reflection'.
    align_corners : bool, optional
        Whether the ends are the middles of the outermost elements; else, as by default, their outer edges.
    """
    modes = ("bilinear", "nearest", "bicubic")
    if mode not in modes:
        raise ValueError(
            f"nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '{mode}'"
        )
    paddings = ("zeros", "border", "reflection")
    if padding_mode not in paddings:
        raise ValueError(
            "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: "
            f"'{padding_mode}'"
        )
    return ops.grid_sampler(input, grid, modes.index(mode), paddings.index(padding_mode), bool(align_corners))


def affine_grid(theta: Tensor, size: Sequence[int], align_corners: bool | None = None) -> Tensor:
    """The places that affine maps ``(N, 2, 3)`` or ``(N, 3, 4)`` send the elements of images of `size` to, for `grid_sample`."""
    if not theta.is_floating_point():
        raise ValueError(f"Expected theta to have floating point type, but got {theta.dtype}")
    if len(size) not in (4, 5):
        raise NotImplementedError(
            "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got size "
            f"{list(size)}."
        )
    rank = len(size) - 2
    if theta.dim() != 3 or tuple(theta.shape[-2:]) != (rank, rank + 1):
        raise ValueError(
            f"Expected a batch of {rank}D affine matrices of shape Nx{rank}x{rank + 1} for size {list(size)}. Got "
            f"{tuple(theta.shape)}."
        )
    if min(size) <= 0:
        raise ValueError(f"Expected non-zero, positive output size. Got {list(size)}")
    return ops.affine_grid_generator(theta, list(size), bool(align_corners))


def _pair(value: Ints) -> list[int]:
    return list(value) if isinstance(value, Sequence) else [value, value]
