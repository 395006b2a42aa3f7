# SPDX-License-Identifier: Apache-2.0
"""DistributedDataParallel: one model on every rank, whose gradients are averaged as they come."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from vt_autograd import no_grad

from vt_torch import distributed
from vt_torch.nn.module import Module

__all__ = ["DistributedDataParallel"]


class DistributedDataParallel(Module):
    """Calls a module, and averages over all ranks what a backward leaves in the gradients of its parameters.

    Parameters
    ----------
    module : Module
        The same on every rank; parameters and buffers become those of rank 0.
    broadcast_buffers : bool
        Make buffers those of rank 0 before every call in training.
    find_unused_parameters : bool
        Must be False where there is more than one rank: every parameter needs a gradient in every backward.
    device_ids, output_device, dim, process_group, bucket_cap_mb, check_reduction, gradient_as_bucket_view, static_graph
        Taken for compatibility: a rank has the device that the module is on, and each gradient is averaged by itself.

    Raises
    ------
    RuntimeError
        If no parameter requires grad.
    ValueError
        If there is no process group.
    NotImplementedError
        If parameters may be unused and there is more than one rank.

    Notes
    -----
    A gradient is averaged when it is complete, in the order of the backward, which must be the same on every rank.
    """

    module: Module

    def __init__(
        self,
        module: Module,
        device_ids: Any = None,  # noqa: ARG002
        output_device: Any = None,  # noqa: ARG002
        dim: int = 0,  # noqa: ARG002
        broadcast_buffers: bool = True,
        process_group: Any = None,
        bucket_cap_mb: float | None = None,  # noqa: ARG002
        find_unused_parameters: bool = False,
        check_reduction: bool = False,  # noqa: ARG002
        gradient_as_bucket_view: bool = False,  # noqa: ARG002
        static_graph: bool = False,  # noqa: ARG002
    ) -> None:
        super().__init__()
        learned = [p for p in module.parameters() if p.requires_grad]
        if not learned:
            raise RuntimeError(
                "DistributedDataParallel is not needed when a module doesn't have any parameters that require a gradient."
            )
        if process_group is not None:
            raise NotImplementedError("DistributedDataParallel: groups of some ranks are not implemented")
        self.module = module
        self.broadcast_buffers = broadcast_buffers
        self.find_unused_parameters = find_unused_parameters
        self.require_backward_grad_sync = True
        self._is_alone = distributed.get_world_size() == 1
        if self._is_alone:
            return
        if find_unused_parameters:
            raise NotImplementedError(
                "DistributedDataParallel: find_unused_parameters is not implemented; freeze what is not used"
            )
        for tensor in [*module.parameters(), *module.buffers()]:
            _broadcast(tensor)
        for parameter in learned:
            parameter.register_post_accumulate_grad_hook(self._average)

    def _average(self, parameter: Any) -> None:
        if not self.require_backward_grad_sync:
            return
        grad = parameter.grad.detach()
        dense = grad.contiguous()
        distributed.all_reduce(dense, op=distributed.ReduceOp.AVG)
        if dense.data_ptr() != grad.data_ptr():
            grad.copy_(dense)

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Call the module."""
        if self.broadcast_buffers and self.training and self.require_backward_grad_sync and not self._is_alone:
            for buffer in self.module.buffers():
                _broadcast(buffer)
        return self.module(*args, **kwargs)

    @contextmanager
    def no_sync(self) -> Generator[None]:
        """Leave gradients apart inside of the context, to accumulate them; the first backward after it averages the sums."""
        before = self.require_backward_grad_sync
        self.require_backward_grad_sync = False
        try:
            yield
        finally:
            self.require_backward_grad_sync = before


def _broadcast(tensor: Any) -> None:
    """Make a tensor that of rank 0."""
    with no_grad():
        dense = tensor.detach().contiguous()
        distributed.broadcast(dense, src=0)
        if dense.data_ptr() != tensor.data_ptr():
            tensor.copy_(dense)
