# SPDX-License-Identifier: Apache-2.0
"""Modules and functions of neural networks."""

from __future__ import annotations

from vt_torch.nn import functional, init, utils
from vt_torch.nn.activation import GELU, LeakyReLU, LogSoftmax, ReLU, Sigmoid, SiLU, Softmax, Softplus, Tanh
from vt_torch.nn.containers import ModuleDict, ModuleList, ParameterList, Sequential
from vt_torch.nn.layers import Dropout, Embedding, Flatten, Identity, Linear
from vt_torch.nn.loss import BCEWithLogitsLoss, CrossEntropyLoss, L1Loss, MSELoss, NLLLoss
from vt_torch.nn.module import Module
from vt_torch.nn.normalization import LayerNorm, RMSNorm
from vt_torch.nn.parameter import Parameter

__all__ = [
    "BCEWithLogitsLoss",
    "CrossEntropyLoss",
    "Dropout",
    "Embedding",
    "Flatten",
    "GELU",
    "Identity",
    "L1Loss",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "Module",
    "ModuleDict",
    "ModuleList",
    "NLLLoss",
    "Parameter",
    "ParameterList",
    "RMSNorm",
    "ReLU",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
    "functional",
    "init",
    "utils",
]
