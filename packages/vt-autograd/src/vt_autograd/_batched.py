# SPDX-License-Identifier: Apache-2.0
"""Gradients of a batch of weights, one after the other: `grad` with `is_grads_batched`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vt_core as vt

from vt_autograd import _C

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["grad_of_batch"]


def grad_of_batch(
    outputs: vt.Tensor | Sequence[vt.Tensor],
    inputs: vt.Tensor | Sequence[vt.Tensor],
    grad_outputs: vt.Tensor | Sequence[vt.Tensor | None] | None,
    retain_graph: bool | None,
    create_graph: bool,
    allow_unused: bool | None,
    materialize_grads: bool,
) -> tuple[vt.Tensor | None, ...]:
    """Return gradients with a first dimension, that of every tensor of `grad_outputs`.

    Raises
    ------
    RuntimeError
        If no gradient is given, or one has other sizes than its output behind the first.
    """
    outs = (outputs,) if isinstance(outputs, vt.Tensor) else tuple(outputs)
    points = (inputs,) if isinstance(inputs, vt.Tensor) else tuple(inputs)
    given = (grad_outputs,) if grad_outputs is None or isinstance(grad_outputs, vt.Tensor) else tuple(grad_outputs)
    if len(given) != len(outs):
        raise RuntimeError(f"grad: got {len(outs)} tensors and {len(given)} gradients")
    count = _batch_size(outs, given)
    keep = create_graph if retain_graph is None else retain_graph
    entries: list[tuple[vt.Tensor | None, ...]] = [
        _C.grad(
            outs,
            points,
            [None if g is None else g[k] for g in given],
            retain_graph=keep or k + 1 < count,
            create_graph=create_graph,
            allow_unused=allow_unused,
            materialize_grads=materialize_grads,
        )
        for k in range(count)
    ]
    if not entries:
        return tuple(vt.ops.zeros((0, *x.shape), dtype=x.dtype, device=x.device) for x in points)
    return tuple(_stacked([entry[i] for entry in entries]) for i in range(len(points)))


def _batch_size(outputs: tuple[vt.Tensor, ...], given: tuple[vt.Tensor | None, ...]) -> int:
    sizes: set[int] = set()
    for index, (out, gradient) in enumerate(zip(outputs, given)):
        if gradient is None:
            continue
        if not gradient.shape or tuple(gradient.shape[1:]) != tuple(out.shape):
            raise RuntimeError(
                "grad: If is_grads_batched=True, we interpret the first dimension of each grad_output as the batch dimension. "
                "The sizes of the remaining dimensions are expected to match the shape of corresponding output, but a mismatch "
                f"was detected: grad_output[{index}] has a shape of {tuple(gradient.shape)} and output[{index}] has a shape of "
                f"{tuple(out.shape)}."
            )
        sizes.add(gradient.shape[0])
    if len(sizes) != 1:
        what = f"batches of {sorted(sizes)}" if sizes else "no gradient"
        raise RuntimeError(f"grad: is_grads_batched=True needs gradients of one batch size: got {what}")
    return sizes.pop()


def _stacked(gradients: list[vt.Tensor | None]) -> vt.Tensor | None:
    present = [g for g in gradients if g is not None]
    return vt.ops.stack(present) if len(present) == len(gradients) else None
