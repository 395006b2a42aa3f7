# SPDX-License-Identifier: Apache-2.0
"""How far PyTorch is from itself: twins that differ from the first one by rounding alone.

Note [Spread]
Training amplifies rounding: Adam divides small gradients by their own size, so a last bit of a sum becomes a whole step of a
weight. Losses of two programs that are both right therefore part after some steps. How far is measured, not assumed: further
twins start from weights moved by one rounding, and every second one sums in another order too, by another number of threads
on the CPU, by the unfused attention and another matrix library on CUDA. The spread is the largest distance between any two. A few
twins understate it: a run that is like all others has two chances in five to lie outside four of them, one in eight outside fifteen.
How many there are is decided before runs are compared, for a search that ends when it succeeds proves nothing.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from closeness import largest_distances
from torch.nn.attention import SDPBackend, sdpa_kernel


def moved_by_rounding(twin: Any, seed: int) -> Any:
    """Return a copy of a twin whose weights are moved by about one rounding of float32."""
    moved = copy.deepcopy(twin)
    with torch.no_grad():
        for i, parameter in enumerate(moved.parameters()):
            generator = torch.Generator(parameter.device).manual_seed(1000 * seed + i)
            noise = torch.randn(parameter.shape, generator=generator, device=parameter.device)
            parameter.mul_(1 + 6e-8 * noise)
    return moved


@contextlib.contextmanager
def order_of_sums(device: str, is_other: bool) -> Iterator[None]:
    """Within it PyTorch adds in its usual order, or in another."""
    if not is_other:
        yield
    elif device == "cpu":
        threads = torch.get_num_threads()
        torch.set_num_threads(threads // 2 if threads > 1 else 2)
        try:
            yield
        finally:
            torch.set_num_threads(threads)
    else:
        library = torch.backends.cuda.preferred_blas_library()
        torch.backends.cuda.preferred_blas_library("cublaslt")
        try:
            with sdpa_kernel(SDPBackend.MATH):
                yield
        finally:
            torch.backends.cuda.preferred_blas_library(library)


class Spread:
    """`count` further twins, trained for `num_steps` steps beside the first.

    Parameters
    ----------
    make : callable
        From a model to the trainer of its twin.
    twin : Decoder
        The first twin's model, not yet trained.
    """

    def __init__(self, make: Callable[[Any], Any], twin: Any, device: str, count: int, num_steps: int) -> None:
        self.trainers = [make(moved_by_rounding(twin, seed)) for seed in range(count)]
        self.losses: list[list[Any]] = [[] for _ in self.trainers]
        self.device, self.num_steps = device, num_steps

    def step(self, number: int, tokens: Any, targets: Any) -> None:
        """Take one step of each twin, if there are any left to take."""
        if number >= self.num_steps:
            return
        for i, (trainer, losses) in enumerate(zip(self.trainers, self.losses, strict=True)):
            with order_of_sums(self.device, is_other=i % 2 == 1):
                losses.append(trainer.step(number, tokens, targets).detach())

    def worst(self, theirs: list[float], dtype: str, apart: Sequence[list[float]] = ()) -> tuple[float, float]:
        """Return how far any two twins are apart: the first, of losses `theirs`, ours and those trained apart."""
        beside = [[float(loss.item()) for loss in losses] for losses in self.losses]
        return largest_distances([losses[: self.num_steps] for losses in (theirs, *beside, *apart)], dtype)
