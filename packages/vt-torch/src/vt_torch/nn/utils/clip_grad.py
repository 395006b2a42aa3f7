# SPDX-License-Identifier: Apache-2.0
"""Clipping of gradients, by their common norm or element by element, in a few launches for any number of tensors."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from vt_autograd import no_grad
from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["clip_grad_norm", "clip_grad_norm_", "clip_grad_value_", "clip_grads_with_norm_", "get_total_norm"]


def _gradients(parameters: Tensor | Iterable[Tensor]) -> list[Tensor]:
    tensors = [parameters] if isinstance(parameters, Tensor) else parameters
    return [t.grad for t in tensors if t.grad is not None]


def get_total_norm(tensors: Iterable[Tensor], norm_type: float = 2.0, error_if_nonfinite: bool = False) -> Tensor:
    """Return the norm of all elements of all tensors taken as one vector.

    Parameters
    ----------
    tensors : iterable of Tensor
        On one device.
    norm_type : float
        Of the p-norm; may be infinite.
    error_if_nonfinite : bool
        Raise when the norm is not finite, which waits for the device.

    Returns
    -------
    Tensor
        0-dim. Enqueued on the current stream; nothing waits otherwise.

    Raises
    ------
    RuntimeError
        Under `error_if_nonfinite`, if the norm is infinite or NaN.
    """
    given = list(tensors)
    if not given:
        return ops.zeros(())
    with no_grad():
        norm = ops.total_norm(given, float(norm_type))
    if error_if_nonfinite and not bool(ops.isfinite(norm)):
        raise RuntimeError(
            f"The total norm of order {norm_type} for gradients from `parameters` is non-finite, so it cannot be clipped."
        )
    return norm


def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Scale the gradients in place so that their common norm is at most `max_norm`.

    Parameters
    ----------
    parameters : Tensor or iterable of Tensor
        Those without a gradient are left out.
    max_norm : float
    norm_type : float
        Of the p-norm; may be infinite.
    error_if_nonfinite : bool
        Raise when the norm is not finite, which waits for the device.
    foreach : bool, optional
        Taken for compatibility; one form serves all.

    Returns
    -------
    Tensor
        The norm before, 0-dim. Enqueued on the current stream; nothing waits.
    """
    gradients = _gradients(parameters)
    norm = get_total_norm(gradients, norm_type, error_if_nonfinite)
    if gradients:
        with no_grad():
            ops.clip_by_total_norm_(gradients, norm, float(max_norm))
    return norm


def clip_grads_with_norm_(
    parameters: Tensor | Iterable[Tensor], max_norm: float, total_norm: Tensor, foreach: bool | None = None
) -> None:
    """Scale the gradients in place so that a common norm of `total_norm` becomes at most `max_norm`.

    Parameters
    ----------
    parameters : Tensor or iterable of Tensor
        Those without a gradient are left out.
    max_norm : float
    total_norm : Tensor
        As `get_total_norm` returns it.
    foreach : bool, optional
        Taken for compatibility; one form serves all.
    """
    gradients = _gradients(parameters)
    if gradients:
        with no_grad():
            ops.clip_by_total_norm_(gradients, total_norm, float(max_norm))


def clip_grad_norm(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Do what `clip_grad_norm_` does; the old name."""
    warnings.warn(
        "`torch.nn.utils.clip_grad_norm` is now deprecated in favor of `torch.nn.utils.clip_grad_norm_`.",
        FutureWarning,
        stacklevel=2,
    )
    return clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite, foreach)


def clip_grad_value_(parameters: Tensor | Iterable[Tensor], clip_value: float, foreach: bool | None = None) -> None:
    """Clamp every element of the gradients in place to ``[-clip_value, clip_value]``.

    Parameters
    ----------
    parameters : Tensor or iterable of Tensor
        Those without a gradient are left out.
    clip_value : float
    foreach : bool, optional
        Taken for compatibility; one form serves all.
    """
    gradients = _gradients(parameters)
    if gradients:
        with no_grad():
            ops.clamp_each_(gradients, min=-float(clip_value), max=float(clip_value))
