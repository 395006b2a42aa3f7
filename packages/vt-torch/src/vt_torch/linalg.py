# SPDX-License-Identifier: Apache-2.0
"""Linear algebra: the operators named ``linalg_...``, by the names that PyTorch has here."""

from __future__ import annotations

from vt_core import LinAlgError

from vt_torch._namespace import operators_of

__getattr__, __dir__ = operators_of("linalg_", {"LinAlgError": LinAlgError})
