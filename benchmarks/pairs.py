# SPDX-License-Identifier: Apache-2.0
"""The programs of examples/ beside their PyTorch twins: one class per workload, of the same weights and batches."""

from __future__ import annotations

import argparse
from abc import ABC, abstractmethod
from typing import Any

import programs
import torch as peer
import train_gpt
import train_vit
import twins
import twins_vit
import vt_torch
from programs import Batch
from spread import Spread, moved_by_rounding


class Pair(ABC):
    """One program in both forms, with the batches of each step: `ours` and `theirs`, trainers that start from the same weights."""

    program: Any
    form: type[Any] = twins.Decoder  # of the twin's model

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.program = programs.PROGRAMS[options.workload](options)
        self.ours = self.program.trainer
        twin = twins.twin_of(self.program.model, options.peer_device, self.form)
        if options.moved is not None:
            twin = moved_by_rounding(twin, options.moved)
        self.spread = Spread(self.trainer_of, twin, options.peer_device, options.spread, options.spread_steps)
        self.theirs = self.trainer_of(twin)

    @abstractmethod
    def trainer_of(self, twin: Any) -> Any:
        """Return a trainer of a twin's model."""

    @abstractmethod
    def validation(self) -> tuple[float, float]:
        """Return both losses of what neither has learned from."""

    def our_step(self, step: int, *batch: Any) -> Any:
        """Take a step of our trainer."""
        return self.program.step(step, *batch)

    def batch(self, step: int) -> tuple[Batch, Batch]:
        """Return the batch of a step, ours and the twin's, each on its device."""
        batch = self.program.made(step)
        return self.program.on_device(batch), self.for_peer(batch)

    def for_peer(self, batch: Batch) -> Batch:
        """Return a batch as the twin's tensors."""
        x, y = (peer.from_numpy(t.numpy()).to(self.options.peer_device) for t in batch)
        return x, y


class ReversePair(Pair):
    """Reversing sequences."""

    def trainer_of(self, twin: Any) -> Any:
        return twins.ReverseTwin(twin, self.options.peer_device, self.options.dtype)

    def validation(self) -> tuple[float, float]:
        batch = self.program.made(-1)
        tokens, targets = self.program.on_device(batch)
        with vt_torch.no_grad():
            ours = self.ours.model.loss(tokens, targets).item()
        return ours, self.theirs.mean_loss([self.for_peer(batch)])


class TextPair(Pair):
    """A GPT on text."""

    def trainer_of(self, twin: Any) -> Any:
        program, options = self.program, self.options
        rate = lambda step: train_gpt.lr_at(step, program.preset, program.num_steps)  # noqa: E731
        return twins.GptTwin(twin, program.preset, rate, options.peer_device, options.dtype)

    def validation(self) -> tuple[float, float]:
        program = self.program
        batches = [
            self.for_peer(program.corpus.batch("validation", program.preset.batch, train_gpt.VALIDATION_SEED, i))
            for i in range(train_gpt.NUM_VALIDATION_BATCHES)
        ]
        return self.ours.validation_loss(), self.theirs.mean_loss(batches)


class ImagePair(Pair):
    """A vision transformer on images."""

    form = twins_vit.ViT

    def trainer_of(self, twin: Any) -> Any:
        program, options = self.program, self.options
        per_epoch = program.batches.steps_per_epoch
        rate = lambda step: train_vit.lr_at(step, program.preset, per_epoch, program.num_steps)  # noqa: E731
        return twins_vit.ViTTwin(twin, program.preset, rate, options.peer_device, options.dtype)

    def validation(self) -> tuple[float, float]:
        test = self.program.test
        assert test is not None
        size = train_vit.MEASURED_AT_ONCE
        batches = [self.for_peer(test.plain(i, i + size)) for i in range(0, len(test), size)]
        return self.ours.measure(test)[0], self.theirs.mean_loss(batches)


WORKLOADS: dict[str, type[Pair]] = {
    "reverse": ReversePair,
    "vit": ImagePair,
    **dict.fromkeys(train_gpt.PRESETS, TextPair),
}
