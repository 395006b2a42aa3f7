# SPDX-License-Identifier: Apache-2.0
"""Learning rates that change from step to step."""

from __future__ import annotations

from vt_torch.optim.lr_scheduler.composed import ChainedScheduler, SequentialLR
from vt_torch.optim.lr_scheduler.cosine import CosineAnnealingLR, CosineAnnealingWarmRestarts
from vt_torch.optim.lr_scheduler.cycles import CyclicLR, OneCycleLR
from vt_torch.optim.lr_scheduler.factors import (
    ConstantLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    MultiplicativeLR,
    MultiStepLR,
    PolynomialLR,
    StepLR,
)
from vt_torch.optim.lr_scheduler.plateau import ReduceLROnPlateau
from vt_torch.optim.lr_scheduler.scheduler import LRScheduler

_LRScheduler = LRScheduler

__all__ = [
    "ChainedScheduler",
    "ConstantLR",
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "MultiplicativeLR",
    "OneCycleLR",
    "PolynomialLR",
    "ReduceLROnPlateau",
    "SequentialLR",
    "StepLR",
]
