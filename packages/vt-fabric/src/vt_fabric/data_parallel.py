# SPDX-License-Identifier: Apache-2.0
"""Data parallelism: every rank computes on its part of a batch, gradients are averaged over all."""

from __future__ import annotations

from collections.abc import Iterable

import vt_core
from vt_core import Tensor, ops

from vt_fabric.group import Group

__all__ = ["average_gradients", "broadcast_parameters"]


def _buckets(tensors: Iterable[Tensor]) -> list[list[Tensor]]:
    """Tensors by dtype and device, in order: what can travel in one message."""
    buckets: dict[tuple[vt_core.dtype, str], list[Tensor]] = {}
    for tensor in tensors:
        buckets.setdefault((tensor.dtype, str(tensor.device)), []).append(tensor)
    return list(buckets.values())


def _flat(tensors: list[Tensor]) -> Tensor:
    return ops.cat([tensor.detach().reshape((-1,)) for tensor in tensors])


def _parts(flat: Tensor, tensors: list[Tensor]) -> list[Tensor]:
    """Views of a flat tensor with the sizes of `tensors`."""
    parts: list[Tensor] = []
    begin = 0
    for tensor in tensors:
        end = begin + tensor.numel()
        parts.append(flat[begin:end].view(tuple(tensor.shape)))
        begin = end
    return parts


def average_gradients(group: Group, parameters: Iterable[Tensor]) -> None:
    """Replace the gradient of every parameter by its mean over all ranks, in one message for each dtype.

    With a loss that is the mean over a rank's part of the batch, and parts of one size, the result is the gradient of the
    whole batch. Gradients become views of the message's memory, so nothing is copied back.

    Parameters
    ----------
    group : Group
        Every rank of it must make the call.
    parameters : iterable of Tensor
        The same on every rank, in the same order, with gradients on the same ones.

    Raises
    ------
    ShapeError
        If the ranks' gradients differ in number or sizes; all gradients are then unchanged.
    """
    with_grad = [parameter for parameter in parameters if parameter.grad is not None]
    done: list[tuple[Tensor, Tensor]] = []
    for bucket in _buckets(with_grad):
        gradients = [parameter.grad for parameter in bucket if parameter.grad is not None]
        flat = _flat(gradients)
        group.all_reduce(flat, op="mean")
        done += zip(bucket, _parts(flat, gradients), strict=True)
    for parameter, gradient in done:
        parameter.grad = gradient


def broadcast_parameters(group: Group, parameters: Iterable[Tensor], *, root: int = 0) -> None:
    """Copy the root's parameters, or any tensors, into every other rank's, in one message for each dtype.

    Parameters
    ----------
    group : Group
        Every rank of it must make the call.
    parameters : iterable of Tensor
        The same sizes and dtypes on every rank, in the same order.
    root : int
        Whose elements all get.
    """
    for bucket in _buckets(parameters):
        flat = _flat(bucket)
        group.broadcast(flat, root=root)
        for tensor, part in zip(bucket, _parts(flat, bucket), strict=True):
            tensor.detach().copy_(part)
