# SPDX-License-Identifier: Apache-2.0
"""install: the kernels of this package as the CUDA kernels of the operators they serve."""

from __future__ import annotations

from vt_kernels.rms_norm import native_rms_norm, native_rms_norm_backward
from vt_kernels.softmax import softmax_backward_kernel, softmax_kernel

__all__ = ["NAME", "install"]

NAME = "vt-kernels"


def install() -> None:
    """Serve ``softmax``, ``native_rms_norm`` and their gradients on CUDA; what a kernel does not take goes to vt-cuda's.

    The entry point ``kernels`` of the group ``vt.plugins``; calling it again changes nothing. Nothing is loaded onto a device
    before the first call. ``vt_core.unload_plugin("vt-kernels")`` brings vt-cuda's kernels back.
    """
    import vt_cuda  # noqa: F401  # pyright: ignore[reportUnusedImport] (brings the kernels that ours are laid over)
    from vt_core import _C
    from vt_core.library import install_kernels

    if any(plugin["name"] == NAME for plugin in _C.plugins()):
        return
    install_kernels(
        NAME,
        "cuda",
        {
            "softmax": softmax_kernel,
            "softmax_backward": softmax_backward_kernel,
            "native_rms_norm": native_rms_norm,
            "native_rms_norm_backward": native_rms_norm_backward,
        },
    )
