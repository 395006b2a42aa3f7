# SPDX-License-Identifier: Apache-2.0
"""Data sets and their loading in batches."""

from __future__ import annotations

import sys as _sys

from vt_torch.utils.data.collate import default_collate, default_convert
from vt_torch.utils.data.dataset import (
    ChainDataset,
    ConcatDataset,
    Dataset,
    IterableDataset,
    StackDataset,
    Subset,
    TensorDataset,
    random_split,
)
from vt_torch.utils.data.loader import DataLoader, get_worker_info
from vt_torch.utils.data.sampler import (
    BatchSampler,
    DistributedSampler,
    RandomSampler,
    Sampler,
    SequentialSampler,
    SubsetRandomSampler,
    WeightedRandomSampler,
)

__all__ = [
    "BatchSampler",
    "ChainDataset",
    "ConcatDataset",
    "DataLoader",
    "Dataset",
    "DistributedSampler",
    "IterableDataset",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "StackDataset",
    "Subset",
    "SubsetRandomSampler",
    "TensorDataset",
    "WeightedRandomSampler",
    "default_collate",
    "default_convert",
    "get_worker_info",
    "random_split",
]

# The files in which PyTorch keeps DataLoader and DistributedSampler.
dataloader = _sys.modules[f"{__name__}.dataloader"] = _sys.modules[__name__]
distributed = _sys.modules[f"{__name__}.distributed"] = _sys.modules[__name__]
