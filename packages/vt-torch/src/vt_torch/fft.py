# SPDX-License-Identifier: Apache-2.0
"""Fourier transforms: the operators named ``fft_...``, by the names that PyTorch has here."""

from __future__ import annotations

from vt_torch._namespace import operators_of

__getattr__, __dir__ = operators_of("fft_")
