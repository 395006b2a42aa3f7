# SPDX-License-Identifier: Apache-2.0
"""What PyTorch programs ask and set about libraries below the operators."""

from __future__ import annotations

from vt_torch.backends import cuda, cudnn, mkldnn, mps, openmp

__all__ = ["cuda", "cudnn", "mkldnn", "mps", "openmp"]
