# SPDX-License-Identifier: Apache-2.0
"""Fused kernels for VibeTensor on NVIDIA GPUs, shipped as compiled images; neither torch nor triton is imported."""

from vt_kernels.install import install
from vt_kernels.softmax import softmax

__version__ = "0.1.0"

__all__ = ["__version__", "install", "softmax"]
