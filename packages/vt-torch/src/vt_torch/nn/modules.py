# SPDX-License-Identifier: Apache-2.0
"""The names of PyTorch's `torch.nn.modules`, whose files hold what is in `vt_torch.nn`: each file's name stands for this module."""

# Classes that programs derive from, or ask for, by PyTorch's private names.
# pyright: reportPrivateUsage=false
from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any, cast

from vt_torch import nn
from vt_torch.nn.batchnorm import RunningNorm as _NormBase
from vt_torch.nn.batchnorm import _BatchNorm, _InstanceNorm
from vt_torch.nn.convolution import _ConvNd, _ConvTransposeNd
from vt_torch.nn.dropout import _Dropout as _DropoutNd
from vt_torch.nn.loss import Loss as _Loss
from vt_torch.nn.loss import WeightedLoss as _WeightedLoss

__all__ = [
    "_BatchNorm",
    "_ConvNd",
    "_ConvTransposeNd",
    "_DropoutNd",
    "_InstanceNorm",
    "_Loss",
    "_NormBase",
    "_WeightedLoss",
    "_ntuple",
    "_pair",
    "_quadruple",
    "_single",
    "_triple",
]

_FILES = (
    *("activation", "adaptive", "batchnorm", "channelshuffle", "container", "conv", "distance", "dropout", "flatten"),
    *("fold", "instancenorm", "lazy", "linear", "loss", "module", "normalization", "padding", "pixelshuffle"),
    *("pooling", "rnn", "sparse", "transformer", "upsampling", "utils"),
)


def _ntuple(n: int) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that makes a tuple of an iterable, or `n` times anything else."""

    def parse(x: Any) -> tuple[Any, ...]:
        return tuple(cast("Iterable[Any]", x)) if isinstance(x, Iterable) else tuple(repeat(x, n))

    return parse


_single, _pair, _triple, _quadruple = (_ntuple(n) for n in (1, 2, 3, 4))


def __getattr__(name: str) -> Any:
    if name in nn.__all__:
        return getattr(nn, name)
    raise AttributeError(f"module 'vt_torch.nn.modules' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *_FILES, *nn.__all__})


for _file in _FILES:
    globals()[_file] = sys.modules[f"{__name__}.{_file}"] = sys.modules[__name__]
