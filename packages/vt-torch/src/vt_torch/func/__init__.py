# SPDX-License-Identifier: Apache-2.0
"""Transforms of functions: gradients, products with Jacobians, Jacobians and Hessians, which compose.

Functions take and return tensors, or tuples, lists and dictionaries of them. Nothing is accumulated in the `grad` of a leaf.
There is no `vmap`: Jacobians are computed one row or column after the other.
"""

from __future__ import annotations

from vt_torch.func._jacobian import hessian, jacfwd, jacrev
from vt_torch.func._products import jvp, vjp
from vt_torch.func._reverse import grad, grad_and_value

__all__ = ["grad", "grad_and_value", "hessian", "jacfwd", "jacrev", "jvp", "vjp"]
