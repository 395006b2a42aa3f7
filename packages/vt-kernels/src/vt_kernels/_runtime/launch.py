# SPDX-License-Identifier: Apache-2.0
"""Finds a compiled variant in the shipped manifest, loads it through vt_cuda and launches it; checks every argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vt_kernels._runtime.declaration import KernelDtype, Parameter
from vt_kernels._runtime.manifest import Image, Manifest, ManifestError, read_manifest

if TYPE_CHECKING:
    from vt_core import Tensor

CUBINS = Path(__file__).resolve().parent.parent / "cubins"
# The one target that wheels are built for; an sm_90 image runs on compute capability 9.x.
TARGET = "sm_90"

_THREADS_PER_WARP = 32
_INT_BITS = {"i32": 32, "i64": 64}
# A Triton kernel ends in two scratch pointers; the manifest admits only images that use neither.
_SCRATCH = (("ptr", None), ("ptr", None))


class LoadedKernel:
    """An image that is loaded and ready to launch.

    Parameters
    ----------
    image : Image
        What was loaded, with the parameters that a launch checks against.
    function : vt_cuda.Function
        The loaded kernel; it keeps its module alive.
    """

    __slots__ = ("_block", "_function", "image")

    def __init__(self, image: Image, function: Any) -> None:
        self.image = image
        self._function = function
        self._block = (_THREADS_PER_WARP * image.variant.num_warps, 1, 1)

    def launch(
        self, grid: tuple[int, int, int], values: Sequence[Tensor | int | float | None], *, stream: Any = None
    ) -> None:
        """Enqueue the kernel; does not synchronise.

        Parameters
        ----------
        grid : tuple of int
            Blocks along x, y and z.
        values : sequence
            One value per declared parameter, in order: tensors for pointers, numbers for the rest.
        stream : vt_cuda.Stream, optional
            Default: the current stream of the tensors' device.

        Raises
        ------
        TypeError
            If the number of values or the type of one is wrong.
        ValueError
            If a number does not fit its width, or a value breaks a promise the image was compiled with.
        """
        variant = self.image.variant
        if len(values) != len(variant.parameters):
            raise TypeError(
                f"{variant.name}: wrong number of arguments: got {len(values)}, expected {len(variant.parameters)}"
            )
        packed = [_pack(variant.name, p, value) for p, value in zip(variant.parameters, values, strict=True)]
        self._function.launch(grid, self._block, self.image.shared_bytes, [*packed, *_SCRATCH], stream=stream)


def load_kernel(
    name: str, *, dtype: KernelDtype, constants: Mapping[str, int], alignment: int, device_index: int
) -> LoadedKernel:
    """Find a variant, check its hash and load it for a device.

    Parameters
    ----------
    name : str
        The kernel's name.
    dtype : {"f32", "f16", "bf16"}
        Element type behind its pointers.
    constants : mapping of str to int
        Its compile-time constants.
    alignment : int
        The largest of its promises (`Variant.alignment`).
    device_index : int
        The CUDA device.

    Raises
    ------
    ManifestError
        If the manifest or the image is damaged, or there is no such variant.
    """
    # Imported here, so that building and inspecting the cubins needs no vt-cuda.
    import vt_cuda

    manifest = _manifest(TARGET)
    image = find_image(manifest, name, dtype=dtype, constants=constants, alignment=alignment)
    with vt_cuda.device(device_index):
        module = vt_cuda.load_module(manifest.cubin(image))
    return LoadedKernel(image, module.function(image.symbol))


def find_image(
    manifest: Manifest, name: str, *, dtype: KernelDtype, constants: Mapping[str, int], alignment: int
) -> Image:
    """The image with exactly these properties; see `load_kernel` for the parameters.

    Raises
    ------
    ManifestError
        If there is none.
    """
    for image in manifest.images:
        variant = image.variant
        if (
            variant.name == name
            and variant.dtype == dtype
            and variant.constants == constants
            and variant.alignment == alignment
        ):
            return image
    raise ManifestError(
        f"{name}: no image for {manifest.target}: got dtype {dtype}, constants {dict(constants)}, "
        f"alignment {alignment}, expected one that the manifest lists; reinstall vt-kernels"
    )


@cache
def _manifest(target: str) -> Manifest:
    return read_manifest(CUBINS / target)


def _pack(name: str, parameter: Parameter, value: Any) -> tuple[str, Any]:
    """Tag a value with its kind, as vt_cuda's launch takes it."""
    kind = parameter.kind
    if kind in ("ptr", "ptr_f32"):
        kind = "ptr"
        if value is not None and not hasattr(value, "data_ptr"):
            raise TypeError(f"{name}: {parameter.name} is no tensor: got {type(value).__name__}")
        number = 0 if value is None else value.data_ptr()
    elif kind == "f32":
        return (kind, float(value))
    else:
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name}: {parameter.name} is no int: got {type(value).__name__}")
        limit = 1 << (_INT_BITS[kind] - 1)
        if not -limit <= value < limit:
            raise ValueError(f"{name}: {parameter.name} does not fit {kind}: got {value}")
        number = value
    if number % parameter.divisible_by:
        raise ValueError(
            f"{name}: {parameter.name} is not aligned: got {number}, expected a multiple of {parameter.divisible_by}"
        )
    return (kind, value)
