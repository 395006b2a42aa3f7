# SPDX-License-Identifier: Apache-2.0
"""DataLoader: batches of a data set, made ahead by threads."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from vt_core import Generator

from vt_torch.utils.data.collate import default_collate, default_convert
from vt_torch.utils.data.dataset import IterableDataset
from vt_torch.utils.data.pinning import pin
from vt_torch.utils.data.sampler import BatchSampler, RandomSampler, SequentialSampler

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["DataLoader", "get_worker_info"]


def get_worker_info() -> None:
    """Return None, as PyTorch does outside of its workers: a stream is read once, whatever the number of threads."""


class DataLoader:
    """Iterates over a data set in batches.

    Parameters
    ----------
    dataset : Dataset or IterableDataset
        By index, or a stream.
    batch_size : int, optional
        None gives single items, not collated.
    shuffle : bool
        A new random order in each pass; needs a data set by index.
    sampler : iterable of int, optional
        The order, in place of `shuffle`.
    batch_sampler : iterable of list of int, optional
        Order and batches, in place of `batch_size`, `shuffle`, `sampler` and `drop_last`.
    num_workers : int
        Threads that make batches ahead; 0 makes each when it is asked for. Operators and file reads let other threads run,
        so threads serve where PyTorch takes processes, and nothing is pickled.
    collate_fn : callable, optional
        From a list of items to a batch.
    drop_last : bool
        Leave out a shorter last batch.
    generator : Generator, optional
        Of the random order.
    prefetch_factor : int
        Batches made ahead per worker.
    worker_init_fn : callable, optional
        Called with the worker's number in each thread.
    pin_memory : bool
        Put batches in pinned memory, where they are made, so that ``batch.to("cuda", non_blocking=True)`` does not wait. Without
        a CUDA device a warning says that it does nothing.
    timeout, persistent_workers, multiprocessing_context, pin_memory_device, in_order : optional
        Taken for compatibility: threads neither hang nor cost much to start, and batches come in order.

    Raises
    ------
    ValueError
        If arguments exclude each other or a number is out of range.
    """

    def __init__(
        self,
        dataset: Any,
        batch_size: int | None = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[list[int]] | None = None,
        num_workers: int = 0,
        collate_fn: Callable[[list[Any]], Any] | None = None,
        pin_memory: bool = False,
        drop_last: bool = False,
        timeout: float = 0,
        worker_init_fn: Callable[[int], Any] | None = None,
        multiprocessing_context: Any = None,
        generator: Generator | None = None,
        *,
        prefetch_factor: int | None = None,
        persistent_workers: bool = False,
        pin_memory_device: str = "",
        in_order: bool = True,
    ) -> None:
        if num_workers < 0:
            raise ValueError("num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.")
        if sampler is not None and shuffle:
            raise ValueError("sampler option is mutually exclusive with shuffle")
        streams = isinstance(dataset, IterableDataset)
        if streams and (shuffle or sampler is not None or batch_sampler is not None):
            raise ValueError("DataLoader with IterableDataset: expected neither shuffle, sampler nor batch_sampler")
        if batch_sampler is not None:
            if batch_size != 1 or shuffle or sampler is not None or drop_last:
                raise ValueError(
                    "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last"
                )
            batch_size = None
        elif batch_size is None and drop_last:
            raise ValueError("batch_size=None option disables auto-batching and is mutually exclusive with drop_last")
        self.dataset: Any = dataset
        self.batch_size = batch_size
        self.drop_last = drop_last
        self.num_workers = num_workers
        self.pin_memory = pin_memory
        self.prefetch_factor = 2 if prefetch_factor is None else prefetch_factor
        self.worker_init_fn = worker_init_fn
        self.generator = generator
        self.timeout = timeout
        self.persistent_workers = persistent_workers
        self.multiprocessing_context = multiprocessing_context
        self.pin_memory_device = pin_memory_device
        self.in_order = in_order
        self._streams = streams
        self._single = batch_size is None and batch_sampler is None
        self.collate_fn = collate_fn or (default_convert if self._single else default_collate)
        self.sampler: Any = sampler
        if not streams and sampler is None:
            self.sampler = RandomSampler(dataset, generator=generator) if shuffle else SequentialSampler(dataset)
        self.batch_sampler: Any = batch_sampler
        if not streams and batch_sampler is None and batch_size is not None:
            self.batch_sampler = BatchSampler(self.sampler, batch_size, drop_last)

    def __len__(self) -> int:
        if self._streams:
            length = len(self.dataset)
            if self.batch_size is None:
                return length
            return length // self.batch_size if self.drop_last else -(-length // self.batch_size)
        return len(self.sampler if self._single else self.batch_sampler)

    def __iter__(self) -> Iterator[Any]:
        jobs = self._jobs()
        if self.pin_memory and self._can_pin():
            jobs = (_pinned(job) for job in jobs)
        return (job() for job in jobs) if self.num_workers == 0 else self._made_ahead(jobs)

    @staticmethod
    def _can_pin() -> bool:
        from vt_torch import cuda

        if cuda.is_available():
            return True
        warnings.warn(
            "DataLoader: pin_memory is set, but there is no CUDA device; batches stay in ordinary memory",
            UserWarning,
            stacklevel=3,
        )
        return False

    def _jobs(self) -> Iterator[Callable[[], Any]]:
        """Yield one call per batch; those of a data set by index may run in any thread."""
        if self._streams:
            stream: Iterator[Any] = iter(self.dataset)
            if self.batch_size is None:
                for item in stream:
                    yield lambda item=item: self.collate_fn(item)
                return
            while items := list(islice(stream, self.batch_size)):
                if len(items) == self.batch_size or not self.drop_last:
                    yield lambda items=items: self.collate_fn(items)
        elif self._single:
            for index in self.sampler:
                yield lambda index=index: self.collate_fn(self.dataset[index])
        else:
            for indices in self.batch_sampler:
                yield lambda indices=indices: self.collate_fn([self.dataset[i] for i in indices])

    def _made_ahead(self, jobs: Iterator[Callable[[], Any]]) -> Iterator[Any]:
        from concurrent.futures import ThreadPoolExecutor

        numbers = iter(range(self.num_workers))

        def start() -> None:
            if self.worker_init_fn is not None:
                self.worker_init_fn(next(numbers))

        pool = ThreadPoolExecutor(self.num_workers, thread_name_prefix="DataLoader", initializer=start)
        waiting: deque[Future[Any]] = deque()
        try:
            for job in jobs:
                waiting.append(pool.submit(job))
                if len(waiting) > self.num_workers * self.prefetch_factor:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _pinned(job: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: pin(job())
