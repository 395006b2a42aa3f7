# SPDX-License-Identifier: Apache-2.0
"""Clearing gradients, as modules and optimisers do before a backward."""

from __future__ import annotations

from collections.abc import Iterable

from vt_torch._tensor import Tensor

__all__ = ["clear_gradients"]


def clear_gradients(parameters: Iterable[Tensor], set_to_none: bool) -> None:
    """Drop the gradients of parameters, or fill them with zeros apart from their graph."""
    for parameter in parameters:
        if set_to_none:
            parameter.grad = None
        elif parameter.grad is not None:
            parameter.grad.detach_()
            parameter.grad.zero_()
