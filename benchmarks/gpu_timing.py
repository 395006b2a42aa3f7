# SPDX-License-Identifier: Apache-2.0
"""Clocks for both libraries at once: their work goes to one stream, where events of one library time it.

On the CPU the same calls are timed by the host, so that the programs which use this can be tried without a GPU; figures
mean nothing then.
"""

from __future__ import annotations

import contextlib
import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch

Jobs = dict[str, Callable[[], Any]]
Figures = dict[str, float]

FLUSH_BYTES = 512 << 20  # more than any cache
AHEAD_CYCLES = 4_000_000  # about 2 ms in which the host gets ahead of the device


class Clock:
    """Times jobs, in turns within each round so that a slow phase of the machine falls on all of them."""

    def __init__(self, device: str) -> None:
        self.is_cuda = device == "cuda"
        self._flushed: Any = None

    @contextlib.contextmanager
    def shared_stream(self) -> Iterator[None]:
        """Within it both libraries use one stream."""
        if not self.is_cuda:
            yield
            return
        import vt_cuda

        theirs = torch.cuda.Stream()
        ours = vt_cuda.Stream.from_native(theirs.cuda_stream)
        with torch.cuda.stream(theirs), vt_cuda.stream(ours):
            yield

    def synchronize(self) -> None:
        if self.is_cuda:
            torch.cuda.synchronize()

    def mark(self) -> Any:
        """Return the present place in the stream."""
        if not self.is_cuda:
            return time.perf_counter()
        event = torch.cuda.Event(enable_timing=True)
        event.record()
        return event

    def ms_between(self, begin: Any, end: Any) -> float:
        return begin.elapsed_time(end) if self.is_cuda else 1e3 * (end - begin)

    def _get_ahead(self, cycles: int) -> None:
        if self.is_cuda:
            torch.cuda._sleep(cycles)

    def cold(self, jobs: Jobs, samples: int, rounds: int = 3) -> Figures:
        """Return the median ms of single calls, each with empty caches."""
        if self.is_cuda and self._flushed is None:
            self._flushed = torch.empty(FLUSH_BYTES, dtype=torch.int8, device="cuda")
        marks: dict[str, list[tuple[Any, Any]]] = {name: [] for name in jobs}
        for job in jobs.values():
            job()
        for _ in range(rounds):
            self.synchronize()
            for name, job in jobs.items():
                for _ in range(samples):
                    if self.is_cuda:
                        self._flushed.zero_()
                    self._get_ahead(AHEAD_CYCLES)
                    begin = self.mark()
                    job()
                    marks[name].append((begin, self.mark()))
                self.synchronize()
        return {name: statistics.median(self.ms_between(*pair) for pair in pairs) for name, pairs in marks.items()}

    def sustained(self, jobs: Jobs, calls: int, samples: int = 4, rounds: int = 3) -> Figures:
        """Return the median ms of a call among `calls` in a row."""
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for job in jobs.values():
            job()
        for _ in range(rounds):
            for name, job in jobs.items():
                for _ in range(samples):
                    self._get_ahead(4 * AHEAD_CYCLES)
                    begin = self.mark()
                    for _ in range(calls):
                        job()
                    end = self.mark()
                    self.synchronize()
                    times[name].append(self.ms_between(begin, end) / calls)
        return {name: statistics.median(values) for name, values in times.items()}

    def steps(self, jobs: dict[str, Callable[[int], Any]], steps: int, rounds: int, warmup: int) -> Figures:
        """Return the median ms from step to step; the host never waits within a round."""
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for number in range(rounds):
            order = list(jobs.items())
            for name, job in order if number % 2 == 0 else reversed(order):
                for step in range(warmup):
                    job(step)
                self.synchronize()
                marks = [self.mark()]
                for step in range(steps):
                    job(step)
                    marks.append(self.mark())
                self.synchronize()
                times[name] += [self.ms_between(*pair) for pair in itertools.pairwise(marks)]
        return {name: statistics.median(values) for name, values in times.items()}

    def host(self, jobs: Jobs, calls: int = 400, rounds: int = 15) -> Figures:
        """Return the median us that the host needs for a call; bursts are too short to fill the queue."""
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for number in range(-2, rounds):
            for name, job in jobs.items():
                self.synchronize()
                begin = time.perf_counter()
                for _ in range(calls):
                    job()
                spent = 1e6 * (time.perf_counter() - begin) / calls
                if number >= 0:
                    times[name].append(spent)
        self.synchronize()
        return {name: statistics.median(values) for name, values in times.items()}
