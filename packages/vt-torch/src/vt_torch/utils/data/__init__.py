# SPDX-License-Identifier: Apache-2.0
"""Data sets and their loading in batches."""

from __future__ import annotations

from vt_torch.utils.data.collate import default_collate
from vt_torch.utils.data.dataset import Dataset, IterableDataset, Subset, TensorDataset, random_split
from vt_torch.utils.data.loader import DataLoader
from vt_torch.utils.data.sampler import BatchSampler, RandomSampler, Sampler, SequentialSampler

__all__ = [
    "BatchSampler",
    "DataLoader",
    "Dataset",
    "IterableDataset",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "Subset",
    "TensorDataset",
    "default_collate",
    "random_split",
]
