# SPDX-License-Identifier: Apache-2.0
"""Data sets: by index or as streams."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from vt_core import Generator, ops

from vt_torch._tensor import Tensor

__all__ = ["Dataset", "IterableDataset", "Subset", "TensorDataset", "random_split"]

Item = TypeVar("Item", covariant=True)


class Dataset(Generic[Item]):
    """Base class of data sets by index: a subclass defines ``__getitem__`` and usually ``__len__``."""

    def __getitem__(self, index: Any) -> Item:
        raise NotImplementedError(f"{type(self).__name__}: __getitem__ is not defined")


class IterableDataset(Dataset[Item]):
    """Base class of data sets as streams: a subclass defines ``__iter__``."""

    def __iter__(self) -> Iterator[Item]:
        raise NotImplementedError(f"{type(self).__name__}: __iter__ is not defined")


class TensorDataset(Dataset[tuple[Tensor, ...]]):
    """Rows of tensors of one length: item i is the tuple of their i-th entries."""

    def __init__(self, *tensors: Tensor) -> None:
        if not tensors or any(t.shape[0] != tensors[0].shape[0] for t in tensors):
            raise ValueError("TensorDataset: size mismatch between tensors; all must have the same first size")
        self.tensors = tensors

    def __getitem__(self, index: Any) -> tuple[Tensor, ...]:
        return tuple(t[index] for t in self.tensors)

    def __len__(self) -> int:
        return self.tensors[0].shape[0]


class Subset(Dataset[Item]):
    """The items of a data set at given indices."""

    def __init__(self, dataset: Dataset[Item], indices: Sequence[int]) -> None:
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, index: int) -> Item:
        return self.dataset[self.indices[index]]

    def __len__(self) -> int:
        return len(self.indices)


def random_split(dataset: Any, lengths: Sequence[int | float], generator: Generator | None = None) -> list[Subset[Any]]:
    """Part a data set at random into subsets of given lengths, or of given fractions that sum to 1.

    Raises
    ------
    ValueError
        If the lengths do not sum to the data set's.
    """
    total = len(dataset)
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1 + 1e-9:
        sizes = [math.floor(total * fraction) for fraction in lengths]
        for i in range(total - sum(sizes)):
            sizes[i % len(sizes)] += 1
    else:
        sizes = [int(length) for length in lengths]
    if sum(sizes) != total:
        raise ValueError("Sum of input lengths does not equal the length of the input dataset!")
    order = ops.randperm(total, generator=generator).tolist()
    subsets: list[Subset[Any]] = []
    for size in sizes:
        subsets.append(Subset(dataset, order[:size]))
        order = order[size:]
    return subsets
