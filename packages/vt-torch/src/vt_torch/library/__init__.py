# SPDX-License-Identifier: Apache-2.0
"""Operators of one's own: kernels per device, shapes without elements, and a backward."""

from __future__ import annotations

from vt_torch.library._checks import OpCheckError, opcheck
from vt_torch.library._custom_op import CustomOpDef, custom_op, register_autograd, register_fake, register_kernel
from vt_torch.library._schema import infer_schema

__all__ = [
    "CustomOpDef",
    "OpCheckError",
    "custom_op",
    "infer_schema",
    "opcheck",
    "register_autograd",
    "register_fake",
    "register_kernel",
]
