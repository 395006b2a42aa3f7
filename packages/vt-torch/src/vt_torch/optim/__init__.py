# SPDX-License-Identifier: Apache-2.0
"""Optimisers and schedules of their learning rates."""

from __future__ import annotations

from vt_torch.optim import lr_scheduler, swa_utils
from vt_torch.optim.adam import Adam, AdamW
from vt_torch.optim.adam_family import Adamax, NAdam, RAdam
from vt_torch.optim.adaptive import Adadelta, Adagrad, RMSprop
from vt_torch.optim.averaged import ASGD, Rprop
from vt_torch.optim.factored import Adafactor, Muon
from vt_torch.optim.lbfgs import LBFGS
from vt_torch.optim.optimizer import Optimizer
from vt_torch.optim.sgd import SGD
from vt_torch.optim.swapping import swap_in_optimizer_params_and_state

__all__ = [
    "ASGD",
    "LBFGS",
    "SGD",
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Muon",
    "NAdam",
    "Optimizer",
    "RAdam",
    "RMSprop",
    "Rprop",
    "lr_scheduler",
    "swa_utils",
    "swap_in_optimizer_params_and_state",
]
