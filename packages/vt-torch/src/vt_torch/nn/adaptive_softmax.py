# SPDX-License-Identifier: Apache-2.0
"""Softmax over many classes in clusters, the frequent ones first: Grave et al., 2017, arXiv:1609.04309."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.nn import functional as F
from vt_torch.nn.containers import ModuleList, Sequential
from vt_torch.nn.layers import Linear
from vt_torch.nn.module import Module

__all__ = ["AdaptiveLogSoftmaxWithLoss"]


class _Output(NamedTuple):
    output: Tensor
    loss: Tensor


class AdaptiveLogSoftmaxWithLoss(Module):
    """Log-probabilities of classes sorted by how frequent they are, and the mean loss.

    Parameters
    ----------
    in_features, n_classes : int
    cutoffs : sequence of int
        Where clusters of classes start, ascending; the classes before the first one are in the head.
    div_value : float
        By which the features shrink from one cluster to the next.
    head_bias : bool
        Whether the head has a bias.
    device, dtype : optional
        Of the parameters.

    Attributes
    ----------
    head : Linear
        To the classes before the first cutoff and one for each cluster.
    tail : ModuleList
        Two maps for each cluster.
    """

    def __init__(
        self,
        in_features: int,
        n_classes: int,
        cutoffs: Sequence[int],
        div_value: float = 4.0,
        head_bias: bool = False,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        starts = list(cutoffs)
        if not starts:
            raise ValueError("cutoffs should be a sequence of length larger than 0")
        if starts != sorted({int(c) for c in starts}) or starts[0] <= 0 or starts[-1] > n_classes - 1:
            raise ValueError(
                "cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each "
                "value is between 1 and n_classes-1"
            )
        self.in_features = in_features
        self.n_classes = n_classes
        self.cutoffs = [*starts, n_classes]
        self.div_value = div_value
        self.head_bias = head_bias
        self.shortlist_size = self.cutoffs[0]
        self.n_clusters = len(self.cutoffs) - 1
        self.head_size = self.shortlist_size + self.n_clusters
        options = {"device": device, "dtype": dtype}
        self.head = Linear(in_features, self.head_size, bias=head_bias, **options)
        self.tail = ModuleList()
        for i in range(self.n_clusters):
            hidden = int(in_features // div_value ** (i + 1))
            size = self.cutoffs[i + 1] - self.cutoffs[i]
            self.tail.append(
                Sequential(
                    Linear(in_features, hidden, bias=False, **options), Linear(hidden, size, bias=False, **options)
                )
            )

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        self.head.reset_parameters()
        for first, second in self.tail:
            first.reset_parameters()
            second.reset_parameters()

    def forward(self, input_: Tensor, target_: Tensor) -> _Output:
        """Return log-probabilities ``(N,)`` of the targets ``(N,)`` of inputs ``(N, in_features)``, and the mean loss.

        Raises
        ------
        RuntimeError
            If shapes do not fit, or a target is no class.
        """
        _check_shapes(input_, target_)
        is_single = target_.dim() == 0
        input, target = (input_.unsqueeze(0), target_.unsqueeze(0)) if is_single else (input_, target_)
        low, high = (target.min().item(), target.max().item()) if target.numel() else (0, 0)
        if low < 0 or high >= self.n_classes:
            raise RuntimeError(
                f"Target values should be in [0, {self.n_classes - 1}], but values in range [{low}, {high}] were found. "
            )
        in_head = target
        own = ops.zeros((target.shape[0],), dtype=input.dtype, device=input.device)
        for i, (low, high) in enumerate(zip(self.cutoffs, self.cutoffs[1:])):
            is_member = ops.logical_and(ops.ge(target, low), ops.lt(target, high))
            rows = ops.nonzero(is_member).squeeze(1)
            if rows.numel() == 0:
                continue
            members = F.log_softmax(self.tail[i](input.index_select(0, rows)), dim=1)
            of_target = members.gather(1, ops.sub(target.index_select(0, rows), low).unsqueeze(1)).squeeze(1)
            own = ops.index_add(own, 0, rows, of_target)
            in_head = ops.masked_fill(in_head, is_member, self.shortlist_size + i)
        head = F.log_softmax(self.head(input), dim=1)
        output = ops.add(own, head.gather(1, in_head.unsqueeze(1)).squeeze(1))
        loss = ops.neg(output).mean()
        return _Output(output.squeeze(0) if is_single else output, loss)

    def log_prob(self, input: Tensor) -> Tensor:
        """Return log-probabilities ``(N, n_classes)`` of all classes."""
        return self._all(input, self.head(input))

    def predict(self, input: Tensor) -> Tensor:
        """Return the likeliest class ``(N,)`` of each input; clusters are looked at only where the head points there."""
        head = self.head(input)
        best = head.argmax(1)
        rows = ops.nonzero(ops.ge(best, self.shortlist_size)).squeeze(1)
        if rows.numel():
            full = self._all(input.index_select(0, rows), head.index_select(0, rows))
            best[rows] = full.argmax(1)
        return best

    def _all(self, input: Tensor, head_output: Tensor) -> Tensor:
        head = F.log_softmax(head_output, dim=1)
        parts = [head[:, : self.shortlist_size]]
        for i, cluster in enumerate(self.tail):
            parts.append(F.log_softmax(cluster(input), dim=1) + head[:, self.shortlist_size + i].unsqueeze(1))
        return ops.cat(parts, 1)


def _check_shapes(input: Tensor, target: Tensor) -> None:
    if target.dim() > 1:
        raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
    if input.dim() != target.dim() + 1:
        raise RuntimeError(
            f"{target.dim()}D target tensor expects {target.dim() + 1}D input tensors, but found inputs with size "
            f"{tuple(input.shape)}"
        )
    if target.dim() == 1 and input.shape[0] != target.shape[0]:
        raise RuntimeError("Input and target should have the same size in the batch dimension.")
