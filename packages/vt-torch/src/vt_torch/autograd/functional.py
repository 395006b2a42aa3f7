# SPDX-License-Identifier: Apache-2.0
"""Products with Jacobians and Hessians: `vt_autograd.functional` under PyTorch's name."""

from __future__ import annotations

from vt_autograd.functional import hessian, hvp, jacobian, jvp, vhp, vjp

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]
