# SPDX-License-Identifier: Apache-2.0
"""Transforms of functions: gradients, products with Jacobians, Jacobians and Hessians, which compose.

Functions take and return tensors, or tuples, lists and dictionaries of them. Nothing is accumulated in the `grad` of a leaf.
`vmap` computes the entries of a batch one after the other, as Jacobians are computed row by row or column by column.
"""

from __future__ import annotations

from vt_torch.func._jacobian import hessian, jacfwd, jacrev
from vt_torch.func._module_state import functional_call, stack_module_state
from vt_torch.func._products import jvp, vjp
from vt_torch.func._reverse import grad, grad_and_value
from vt_torch.func._vmap import vmap

__all__ = [
    "functional_call",
    "grad",
    "grad_and_value",
    "hessian",
    "jacfwd",
    "jacrev",
    "jvp",
    "stack_module_state",
    "vjp",
    "vmap",
]
