# SPDX-License-Identifier: Apache-2.0
"""Optimisers and schedules of their learning rates."""

from __future__ import annotations

from vt_torch.optim import lr_scheduler
from vt_torch.optim.adam import Adam, AdamW
from vt_torch.optim.optimizer import Optimizer
from vt_torch.optim.sgd import SGD

__all__ = ["SGD", "Adam", "AdamW", "Optimizer", "lr_scheduler"]
