# SPDX-License-Identifier: Apache-2.0
"""Normalisations with running statistics: BatchNorm and InstanceNorm in one to three dimensions."""

from __future__ import annotations

import warnings
from typing import Any, ClassVar

from vt_core import int64, ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn import init
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = [
    "BatchNorm1d",
    "BatchNorm2d",
    "BatchNorm3d",
    "InstanceNorm1d",
    "InstanceNorm2d",
    "InstanceNorm3d",
    "SyncBatchNorm",
]


class RunningNorm(Module):
    """Parameters and running statistics of channels.

    Parameters
    ----------
    num_features : int
        The number of channels C.
    eps : float
        Added to the variance.
    momentum : float or None
        The part of a batch in the running statistics; None for the mean of all batches.
    affine : bool
        Whether the result is scaled by a learned weight (from ones) and moved by a learned bias (from zeros).
    track_running_stats : bool
        Whether statistics are kept for evaluation; else those of the batch serve there as well.
    device, dtype : optional
        Of parameters and statistics.
    bias : bool
        Whether there is a bias.

    Attributes
    ----------
    weight, bias : Parameter or None
        ``(C,)``.
    running_mean, running_var, num_batches_tracked : Tensor or None
        Buffers: ``(C,)``, from zeros and ones, and the number of batches they have seen.
    """

    weight: Parameter | None
    bias: Parameter | None
    running_mean: Tensor | None
    running_var: Tensor | None
    num_batches_tracked: Tensor | None
    # The numbers of dimensions that the input may have.
    _dims: ClassVar[tuple[int, ...]]

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats

        def make(wanted: bool) -> Tensor | None:
            return ops.empty((num_features,), dtype=dtype, device=device) if wanted else None

        for name, wanted in (("weight", affine), ("bias", affine and bias)):
            self.register_parameter(name, Parameter(make(True)) if wanted else None)
        self.register_buffer("running_mean", make(track_running_stats))
        self.register_buffer("running_var", make(track_running_stats))
        count = ops.zeros((), dtype=int64, device=device) if track_running_stats else None
        self.register_buffer("num_batches_tracked", count)
        self.reset_parameters()

    def reset_running_stats(self) -> None:
        """Forget all batches."""
        if self.running_mean is not None and self.running_var is not None and self.num_batches_tracked is not None:
            self.running_mean.zero_()
            self.running_var.fill_(1)
            self.num_batches_tracked.zero_()

    def reset_parameters(self) -> None:
        """Set weight to ones and bias to zeros, and forget all batches."""
        self.reset_running_stats()
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() not in self._dims:
            expected = " or ".join(f"{n}D" for n in self._dims)
            raise ValueError(f"expected {expected} input (got {input.dim()}D input)")

    def extra_repr(self) -> str:
        """Return sizes and options."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            f"bias={self.bias is not None}, track_running_stats={self.track_running_stats}"
        )


class _BatchNorm(RunningNorm):
    """Normalises each channel by its mean and variance over the batch and all positions."""

    def forward(self, input: Tensor) -> Tensor:
        """Normalise by the batch in training and move the running statistics; use those in evaluation."""
        self._check_input_dim(input)
        momentum = 0.0 if self.momentum is None else self.momentum
        if self.training and self.num_batches_tracked is not None:
            self.num_batches_tracked.add_(1)
            if self.momentum is None:  # The mean of all batches: reads the count, and so waits for its device.
                momentum = 1.0 / float(self.num_batches_tracked)
        by_batch = self.training or (self.running_mean is None and self.running_var is None)
        tracked = not self.training or self.track_running_stats
        mean, var = (self.running_mean, self.running_var) if tracked else (None, None)
        return F.batch_norm(input, mean, var, self.weight, self.bias, by_batch, momentum, self.eps)


class BatchNorm1d(_BatchNorm):
    """Normalises the channels of ``(N, C)`` or ``(N, C, L)`` over the batch: Ioffe and Szegedy, 2015, arXiv:1502.03167."""

    _dims = (2, 3)


class BatchNorm2d(_BatchNorm):
    """Normalises the channels of ``(N, C, H, W)`` over the batch: Ioffe and Szegedy, 2015, arXiv:1502.03167."""

    _dims = (4,)


class BatchNorm3d(_BatchNorm):
    """Normalises the channels of ``(N, C, D, H, W)`` over the batch: Ioffe and Szegedy, 2015, arXiv:1502.03167."""

    _dims = (5,)


class SyncBatchNorm(_BatchNorm):
    """Batch normalisation of ``(N, C, ...)`` over the batches of all processes; training needs there to be but one.

    Parameters
    ----------
    num_features, eps, momentum, affine, track_running_stats, device, dtype
        As those of `BatchNorm1d`.
    process_group : object, optional
        The processes; all by default.
    """

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        process_group: Any = None,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype)
        self.process_group = process_group

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() < 2:
            raise ValueError(f"expected at least 2D input (got {input.dim()}D input)")
        if self.training:
            from vt_torch import distributed

            if distributed.is_initialized() and distributed.get_world_size() > 1:
                raise NotImplementedError(
                    "SyncBatchNorm: statistics over several processes are not implemented: got "
                    f"{distributed.get_world_size()} processes; use BatchNorm"
                )

    @classmethod
    def convert_sync_batchnorm(cls, module: Module, process_group: Any = None) -> Module:
        """Replace every batch normalisation of a module by one over all processes; returns the module."""
        made = module
        if isinstance(module, _BatchNorm) and not isinstance(module, cls):
            made = cls(
                module.num_features,
                module.eps,
                module.momentum,
                module.affine,
                module.track_running_stats,
                process_group,
            )
            for kind in ("_parameters", "_buffers"):
                getattr(made, kind).update(getattr(module, kind))
            made.training = module.training
        for name, child in module.named_children():
            made.add_module(name, cls.convert_sync_batchnorm(child, process_group))
        return made


class _InstanceNorm(RunningNorm):
    """Normalises each channel of each entry of the batch by itself: Ulyanov et al., 2016, arXiv:1607.08022."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias)

    def forward(self, input: Tensor) -> Tensor:
        """Normalise by each entry's own statistics, or by the running ones in evaluation where they are kept."""
        self._check_input_dim(input)
        unbatched = input.dim() == self._dims[0]
        channels = input.shape[0 if unbatched else 1]
        if channels != self.num_features:
            text = f"expected input's size at dim={0 if unbatched else 1} to match num_features ({self.num_features})"
            if self.affine:
                raise ValueError(f"{text}, but got: {channels}.")
            warnings.warn(
                f"{text}, but got: {channels}. num_features is not used as the module is not affine", stacklevel=2
            )
        result = F.instance_norm(
            input.unsqueeze(0) if unbatched else input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not self.track_running_stats,
            0.0 if self.momentum is None else self.momentum,
            self.eps,
        )
        return result.squeeze(0) if unbatched else result


class InstanceNorm1d(_InstanceNorm):
    """Normalises ``(N, C, L)`` or ``(C, L)`` along L; Ulyanov et al., 2016, arXiv:1607.08022."""

    _dims = (2, 3)


class InstanceNorm2d(_InstanceNorm):
    """Normalises ``(N, C, H, W)`` or ``(C, H, W)`` along H and W; Ulyanov et al., 2016, arXiv:1607.08022."""

    _dims = (3, 4)


class InstanceNorm3d(_InstanceNorm):
    """Normalises ``(N, C, D, H, W)`` or ``(C, D, H, W)`` along D, H and W; Ulyanov et al., 2016, arXiv:1607.08022."""

    _dims = (4, 5)
