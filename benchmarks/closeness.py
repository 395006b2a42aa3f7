# SPDX-License-Identifier: Apache-2.0
"""When losses of two trainings count as the same.

Note [The same losses]
Each of the first steps may be apart by 1e-4 (1 + |loss|). Later rounding has grown, and means over windows of steps are compared:
they may be apart by 1 % (of bfloat16 by 2 %) and 0.01. Of what there is after the last full window nothing is asked, but of a run
that is shorter than a window, the steps after the first are one. What a program's own runs are apart, none of which is nearer the
truth than another, is taken of every two of them, in both directions (Note [Spread]).
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence

FIRST_STEPS = 20
WINDOW = 100


def window_means(losses: list[float]) -> list[float]:
    """Return the mean loss of every window."""
    if FIRST_STEPS < len(losses) < WINDOW:
        return [statistics.fmean(losses[FIRST_STEPS:])]
    return [statistics.fmean(losses[begin : begin + WINDOW]) for begin in range(0, len(losses) - WINDOW + 1, WINDOW)]


def compare(ours: list[float], theirs: list[float], dtype: str) -> tuple[float, float]:
    """Return how much of the tolerance the first steps and the windows take up: at most 1 is the same."""
    first = max(
        abs(a - b) / (1e-4 * (1 + abs(b))) for a, b in zip(ours[:FIRST_STEPS], theirs[:FIRST_STEPS], strict=True)
    )
    part = 0.02 if dtype == "bf16" else 0.01
    means = zip(window_means(ours), window_means(theirs), strict=True)
    return first, max((abs(a - b) / (part * abs(b) + 0.01) for a, b in means), default=0.0)


def is_same(parts: tuple[float, float], spread: tuple[float, float] = (0.0, 0.0)) -> bool:
    """Return whether parts of the tolerance are within it, or within what a program's own runs are apart."""
    return all(part <= max(1.0, own) for part, own in zip(parts, spread, strict=True))


def largest_distances(runs: Sequence[list[float]], dtype: str) -> tuple[float, float]:
    """Return the largest parts of the tolerance that two of the runs take up, each in turn being the one compared with.

    Of one run alone they are 0.
    """
    apart = [compare(a, b, dtype) for a, b in itertools.permutations(runs, 2)]
    return max((first for first, _ in apart), default=0.0), max((windows for _, windows in apart), default=0.0)
