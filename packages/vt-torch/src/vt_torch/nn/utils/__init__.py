# SPDX-License-Identifier: Apache-2.0
"""Work on the parameters of a model as a whole."""

from __future__ import annotations

from vt_torch.nn.utils import rnn
from vt_torch.nn.utils.clip_grad import clip_grad_norm_, clip_grad_value_, get_total_norm
from vt_torch.nn.utils.vector import parameters_to_vector, vector_to_parameters
from vt_torch.nn.utils.weight_norm import remove_weight_norm, weight_norm

__all__ = [
    "clip_grad_norm_",
    "clip_grad_value_",
    "get_total_norm",
    "parameters_to_vector",
    "remove_weight_norm",
    "rnn",
    "vector_to_parameters",
    "weight_norm",
]
