# SPDX-License-Identifier: Apache-2.0
"""What computes matrix products and convolutions on CUDA devices, and how precisely."""

from __future__ import annotations

import sys
from pathlib import Path

from vt_cuda import _C

_PRECISIONS = ("highest", "high", "medium")


def blas() -> str:
    """Say what computes matrix products of floating dtypes.

    cuBLASLt does where it is installed: looked for in the folder ``nvidia`` beside installed packages, where NVIDIA's wheels
    put it, then on the loader's path, once per process. Without it, and for integers, kernels of this package do; they give the
    same results up to the order of sums, but do not use tensor cores.

    Returns
    -------
    str
        ``"cuBLASLt 130000 (path)"``, or ``"own kernels: "`` and why no library was found.
    """
    return _C.blas_description()


def cudnn() -> str:
    """Say whether cuDNN serves convolutions and attention beside the kernels of this package.

    It is looked for as cuBLASLt is, under the name ``libcudnn_graph.so.9``, which NVIDIA's wheel ``nvidia-cudnn-cu13`` has. With it
    each shape is served by what measurements found the faster for its like; without it kernels of this package serve all. Its
    sums, too, have one order, so results are the same on each run.

    Returns
    -------
    str
        ``"cuDNN 91900 (path)"``, or ``"own kernels: "`` and why no library was found.
    """
    return _C.dnn_description()


def set_float32_matmul_precision(precision: str) -> None:
    """Choose how float32 operands enter matrix products of cuBLASLt and convolutions of cuDNN, for all threads from now on.

    Parameters
    ----------
    precision : str
        ``"highest"`` as they are, which is the default; ``"high"`` may round them to TF32, of 10 bits of mantissa, ``"medium"``
        to bfloat16, of 7. Sums are of float32 always.

    Raises
    ------
    ValueError
        For another name.
    """
    if precision not in _PRECISIONS:
        raise ValueError(f"set_float32_matmul_precision: got {precision!r}, expected one of {', '.join(_PRECISIONS)}")
    _C.set_float32_precision(_PRECISIONS.index(precision))


def get_float32_matmul_precision() -> str:
    """Say how float32 operands enter matrix products; see `set_float32_matmul_precision`."""
    return _PRECISIONS[_C.float32_precision()]


def _package_folders() -> tuple[str, ...]:
    """Where packages are installed, by name only; no folder is looked into before the library is needed."""
    beside = str(Path(__file__).parent.parent)
    installed = [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    return tuple(dict.fromkeys([beside, *installed]))


_C.set_package_folders(_package_folders())
