# SPDX-License-Identifier: Apache-2.0
"""Orders in which a loader visits a data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from itertools import cycle, islice
from typing import Any, Generic, TypeVar

import vt_core
from vt_core import Generator, ops

__all__ = [
    "BatchSampler",
    "DistributedSampler",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "SubsetRandomSampler",
    "WeightedRandomSampler",
]

Index = TypeVar("Index", covariant=True)


class Sampler(Generic[Index]):
    """Base class: a subclass defines ``__iter__`` over indices and usually ``__len__``."""

    def __iter__(self) -> Iterator[Index]:
        raise NotImplementedError(f"{type(self).__name__}: __iter__ is not defined")


class SequentialSampler(Sampler[int]):
    """Indices in order."""

    def __init__(self, data_source: Sized) -> None:
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """Indices in random order, or drawn with replacement.

    Parameters
    ----------
    data_source : sized
    replacement : bool
    num_samples : int, optional
        How many to draw; the length of the data by default.
    generator : Generator, optional
        The CPU's default one when absent, so that `manual_seed` decides.
    """

    def __init__(
        self,
        data_source: Sized,
        replacement: bool = False,
        num_samples: int | None = None,
        generator: Generator | None = None,
    ) -> None:
        self.data_source = data_source
        self.replacement = replacement
        self._num_samples = num_samples
        self.generator = generator
        if len(self) <= 0 and num_samples is not None:
            raise ValueError(f"num_samples should be a positive integer value, but got num_samples={num_samples}")

    def __iter__(self) -> Iterator[int]:
        length = len(self.data_source)
        wanted = len(self)
        if self.replacement:
            yield from ops.randint(0, length, [wanted], generator=self.generator).tolist()
            return
        while wanted > 0:
            order = ops.randperm(length, generator=self.generator).tolist()
            yield from order[:wanted]
            wanted -= length

    def __len__(self) -> int:
        return len(self.data_source) if self._num_samples is None else self._num_samples


class SubsetRandomSampler(Sampler[int]):
    """Given indices in random order."""

    def __init__(self, indices: Sequence[int], generator: Generator | None = None) -> None:
        self.indices = indices
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        for place in ops.randperm(len(self.indices), generator=self.generator).tolist():
            yield self.indices[place]

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """Indices drawn with given weights, which need not sum to 1.

    Raises
    ------
    ValueError
        If the weights are no 1-d sequence or `num_samples` is not positive.
    """

    def __init__(
        self, weights: Sequence[float], num_samples: int, replacement: bool = True, generator: Generator | None = None
    ) -> None:
        if not isinstance(num_samples, int) or isinstance(num_samples, bool) or num_samples <= 0:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(f"num_samples should be a positive integer value, but got num_samples={num_samples}")
        if not isinstance(replacement, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(f"replacement should be a boolean value, but got replacement={replacement}")
        self.weights = vt_core.as_tensor(weights, dtype=vt_core.float64)
        if self.weights.dim() != 1:
            raise ValueError(
                f"weights should be a 1d sequence but given weights have shape {tuple(self.weights.shape)}"
            )
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        drawn = ops.multinomial(self.weights, self.num_samples, self.replacement, generator=self.generator)
        return iter(drawn.tolist())

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """Lists of `batch_size` indices of another sampler; a shorter last one is left out under `drop_last`."""

    def __init__(self, sampler: Iterable[int], batch_size: int, drop_last: bool) -> None:
        if batch_size <= 0:
            raise ValueError(f"batch_size should be a positive integer value, but got batch_size={batch_size}")
        self.sampler: Any = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[list[int]]:
        batch: list[int] = []
        for index in self.sampler:
            batch.append(index)
            if len(batch) == self.batch_size:
                yield batch
                batch = []
        if batch and not self.drop_last:
            yield batch

    def __len__(self) -> int:
        length = len(self.sampler)
        return length // self.batch_size if self.drop_last else -(-length // self.batch_size)


class DistributedSampler(Sampler[int]):
    """The indices of one rank: every rank visits as many, and together they visit all.

    Parameters
    ----------
    dataset : sized
    num_replicas, rank : int, optional
        Those of `vt_torch.distributed` by default.
    shuffle : bool
        A random order in each epoch (`set_epoch`), the same on all ranks.
    seed : int
        Of the random order.
    drop_last : bool
        Leave out what is left over when the indices are dealt, instead of dealing the first ones again.

    Raises
    ------
    ValueError
        If there is no such rank.
    """

    def __init__(
        self,
        dataset: Sized,
        num_replicas: int | None = None,
        rank: int | None = None,
        shuffle: bool = True,
        seed: int = 0,
        drop_last: bool = False,
    ) -> None:
        from vt_torch import distributed

        self.dataset = dataset
        self.num_replicas = distributed.get_world_size() if num_replicas is None else num_replicas
        self.rank = distributed.get_rank() if rank is None else rank
        if not 0 <= self.rank < self.num_replicas:
            raise ValueError(f"Invalid rank {self.rank}, rank should be in the interval [0, {self.num_replicas - 1}]")
        self.shuffle = shuffle
        self.seed = seed
        self.drop_last = drop_last
        self.epoch = 0
        size = len(dataset)
        self.num_samples = size // self.num_replicas if drop_last else -(-size // self.num_replicas)
        self.total_size = self.num_samples * self.num_replicas

    def __iter__(self) -> Iterator[int]:
        indices = list(range(len(self.dataset)))
        if self.shuffle:
            generator = Generator().manual_seed(self.seed + self.epoch)
            indices = [int(i) for i in ops.randperm(len(indices), generator=generator).tolist()]
        dealt = islice(cycle(indices), self.total_size) if indices else iter(indices)
        return islice(dealt, self.rank, None, self.num_replicas)

    def __len__(self) -> int:
        return self.num_samples

    def set_epoch(self, epoch: int) -> None:
        """Set the epoch, which decides the random order together with the seed."""
        self.epoch = epoch
