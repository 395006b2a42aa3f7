# SPDX-License-Identifier: Apache-2.0
"""NumPy's Fourier transforms as the CPU kernel of ``_fft_transform``, installed when a transform is first needed."""

from __future__ import annotations

from math import prod
from threading import Lock

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from numpy.typing import NDArray

    from vt_core._C import Tensor

__all__ = ["PLUGIN", "install"]

# The kernel's name among the plugins of the process.
PLUGIN = "numpy.fft"

_lock = Lock()


def install() -> None:
    """Let NumPy compute Fourier transforms on the CPU; nothing changes if it does already.

    float32 and complex64 are computed in single precision, on the calling thread.

    Raises
    ------
    NotImplementedError
        If NumPy is missing or older than 2, whose transforms know no float32.
    """
    from vt_core.library import install_kernels

    numpy_fft = _import_fft()

    def transform(self: Tensor, out: Tensor, dim: list[int], normalization: int, forward: bool) -> tuple[()]:
        _transform(numpy_fft, self, out, dim, normalization, forward)
        return ()

    with _lock:
        if all(plugin["name"] != PLUGIN for plugin in _C.plugins()):
            install_kernels(PLUGIN, "cpu", {"_fft_transform": transform})


def _import_fft() -> ModuleType:
    try:
        import numpy as np
    except ImportError as error:
        raise NotImplementedError(
            "fft: Fourier transforms on the CPU need NumPy 2: it is not installed; run: pip install 'vt-core[fft]'"
        ) from error
    if int(np.__version__.partition(".")[0]) < 2:
        raise NotImplementedError(
            f"fft: Fourier transforms on the CPU need NumPy 2: got {np.__version__}; run: pip install 'vt-core[fft]'"
        )
    return np.fft


_PAIRS = {
    (source, target)
    for real, both in (("float32", "complex64"), ("float64", "complex128"))
    for source, target in ((both, both), (real, both), (both, real))
}

# NumPy's names of what a sum is divided by, for transforms forwards and backwards.
_FORWARD = ("backward", "ortho", "forward")
_BACKWARD = ("forward", "ortho", "backward")
_BY_POINTS = 2


def _transform(
    numpy_fft: ModuleType, self: Tensor, out: Tensor, dim: list[int], normalization: int, forward: bool
) -> None:
    if (self.dtype.name, out.dtype.name) not in _PAIRS:
        raise NotImplementedError(f"_fft_transform: no transform from {self.dtype.name} to {out.dtype.name}")
    source = self.numpy(force=True)
    target = out.numpy(force=True)
    others = [d for d in range(source.ndim) if d != dim[-1]]
    if source.ndim != target.ndim or any(source.shape[d] != target.shape[d] for d in others):
        raise ValueError(f"_fft_transform: sizes do not fit: got {source.shape} and {target.shape}")
    # NumPy leaves single precision where it divides by nothing: the factor is the integer 1. By float32 it does not.
    scales_back = normalization == 0 and source.dtype.itemsize // (1 + self.dtype.is_complex) == 4
    normalization = _BY_POINTS if scales_back else normalization
    # NumPy's functions of one dimension have less to do before they begin.
    is_one = len(dim) == 1
    if self.dtype.is_complex and out.dtype.is_complex:
        norm = (_FORWARD if forward else _BACKWARD)[normalization]
        if is_one:
            (numpy_fft.fft if forward else numpy_fft.ifft)(source, axis=dim[0], norm=norm, out=target)
        else:
            (numpy_fft.fftn if forward else numpy_fft.ifftn)(source, axes=dim, norm=norm, out=target)
    elif self.dtype.is_complex:
        sizes = [target.shape[d] for d in dim]
        if source.shape[dim[-1]] != sizes[-1] // 2 + 1:
            raise ValueError(f"_fft_transform: sizes do not fit: got {source.shape} and {target.shape}")
        norm = _BACKWARD[normalization]
        if is_one:
            numpy_fft.irfft(source, n=sizes[0], axis=dim[0], norm=norm, out=target)
        else:
            numpy_fft.irfftn(source, s=sizes, axes=dim, norm=norm, out=target)
    elif target.shape[dim[-1]] == source.shape[dim[-1]] // 2 + 1:
        norm = _FORWARD[normalization]
        if is_one:
            numpy_fft.rfft(source, axis=dim[0], norm=norm, out=target)
        else:
            numpy_fft.rfftn(source, axes=dim, norm=norm, out=target)
    else:
        _all_coefficients(numpy_fft, source, target, dim, _FORWARD[normalization])
    if scales_back:
        signal = source if out.dtype.is_complex else target
        target *= prod(signal.shape[d] for d in dim)


def _all_coefficients(
    numpy_fft: ModuleType, source: NDArray[Any], target: NDArray[Any], dim: list[int], norm: str
) -> None:
    """Of a real signal: one half along the last dimension, its conjugates, and then the other dimensions."""
    rows = target.swapaxes(dim[-1], -1)
    size = rows.shape[-1]
    half = rows[..., : size // 2 + 1]
    numpy_fft.rfft(source.swapaxes(dim[-1], -1), norm=norm, out=half)
    behind = rows[..., size // 2 + 1 :]
    behind[...] = half[..., 1 : behind.shape[-1] + 1][..., ::-1].conj()
    if len(dim) > 1:
        numpy_fft.fftn(target, axes=dim[:-1], norm=norm, out=target)
