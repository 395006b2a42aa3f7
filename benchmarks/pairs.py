# SPDX-License-Identifier: Apache-2.0
"""The programs of examples/ beside their PyTorch twins: one class per workload, of the same weights and batches."""

from __future__ import annotations

import argparse
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

import torch as peer
import train_gpt
import train_reverse
import train_vit
import twins
import twins_vit
import vt_torch
from decoder import Decoder, DecoderConfig
from images import Batches, ImageError, find_images
from parallel import Solo
from spread import Spread, moved_by_rounding
from text import BytePairs, Characters, Corpus, TextError, read_text
from vit import ViT

Batch = tuple[Any, Any]


class Pair(ABC):
    """One program in both forms, with the batches of each step.

    A subclass makes `ours`, our trainer, and calls `pair_with`.
    """

    ours: Any

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.device = vt_torch.device(options.device)
        vt_torch.manual_seed(options.seed)

    def pair_with(self, twin: Any, make: Callable[[Any], Any]) -> None:
        """Let `make` give a trainer to our model's twin, and to those that show how far PyTorch is from itself."""
        options = self.options
        if options.moved is not None:
            twin = moved_by_rounding(twin, options.moved)
        self.spread = Spread(make, twin, options.peer_device, options.spread, options.spread_steps)
        self.theirs = make(twin)

    @abstractmethod
    def made(self, step: int) -> Batch:
        """Return the batch of a step on the CPU."""

    @abstractmethod
    def our_step(self, step: int, *batch: Any) -> Any:
        """Take a step of our trainer."""

    @abstractmethod
    def validation(self) -> tuple[float, float]:
        """Return both losses of what neither has learned from."""

    def batch(self, step: int) -> tuple[Batch, Batch]:
        """Return the batch of a step, ours and the twin's, each on its device."""
        batch = self.made(step)
        ours = tuple(t.to(self.device) for t in batch)
        return ours, self.for_peer(batch)  # pyright: ignore[reportReturnType]

    def for_peer(self, batch: Batch) -> Batch:
        """Return a batch as the twin's tensors."""
        x, y = (peer.from_numpy(t.numpy()).to(self.options.peer_device) for t in batch)
        return x, y


class ReversePair(Pair):
    """Reversing sequences."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        model = Decoder(train_reverse.CONFIG)
        self.pair_with(
            twins.twin_of(model, options.peer_device),
            lambda twin: twins.ReverseTwin(twin, options.peer_device, options.dtype),
        )
        self.ours = train_reverse.Trainer(model, self.device, options.dtype)

    def made(self, step: int) -> Batch:
        return train_reverse.batch_of(self.options.seed, step, batch=self.options.batch or train_reverse.BATCH)

    def our_step(self, step: int, *batch: Any) -> Any:  # noqa: ARG002
        return self.ours.step(*batch)

    def validation(self) -> tuple[float, float]:
        batch = self.made(-1)
        tokens, targets = (t.to(self.device) for t in batch)
        with vt_torch.no_grad():
            ours = self.ours.model.loss(tokens, targets).item()
        return ours, self.theirs.mean_loss([self.for_peer(batch)])


class TextPair(Pair):
    """A GPT on text."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        preset = train_gpt.PRESETS[options.workload]
        self.preset = preset = replace(preset, batch=options.batch or preset.batch)
        try:
            text = read_text(options.text)
            vocabulary = Characters.of(text) if preset.num_tokens is None else BytePairs.of(text, preset.num_tokens)
            self.corpus = Corpus(vocabulary.encode(text), preset.block)
        except TextError as error:
            raise SystemExit(f"error: {error}") from None
        num_tokens = preset.num_tokens or len(vocabulary.symbols)
        model = Decoder(DecoderConfig(num_tokens, preset.block, preset.dim, preset.num_heads, preset.num_layers))
        num_steps = options.steps if options.finish else preset.steps
        rate = lambda step: train_gpt.lr_at(step, preset, num_steps)  # noqa: E731
        self.pair_with(
            twins.twin_of(model, options.peer_device),
            lambda twin: twins.GptTwin(twin, preset, rate, options.peer_device, options.dtype),
        )
        self.ours = train_gpt.Trainer(
            model,
            preset,
            self.corpus,
            device=self.device,
            dtype=options.dtype,
            seed=options.seed,
            num_steps=num_steps,
            ranks=Solo(),
        )

    def made(self, step: int) -> Batch:
        return self.corpus.batch("train", self.preset.batch, self.options.seed, step)

    def our_step(self, step: int, *batch: Any) -> Any:
        return self.ours.step_on(step, *batch)

    def validation(self) -> tuple[float, float]:
        batches = [
            self.for_peer(self.corpus.batch("validation", self.preset.batch, train_gpt.VALIDATION_SEED, i))
            for i in range(train_gpt.NUM_VALIDATION_BATCHES)
        ]
        return self.ours.validation_loss(), self.theirs.mean_loss(batches)


class ImagePair(Pair):
    """A vision transformer on images."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        if options.data is None:
            raise SystemExit("error: vit: name CIFAR-10's binary files with --data")
        preset = train_vit.PRESETS["cifar"]
        preset = replace(preset, batch=options.batch or preset.batch)
        try:
            images, self.test = find_images(options.data, options.test)
            self.batches = Batches(images, preset.batch, options.seed)
        except ImageError as error:
            raise SystemExit(f"error: {error}") from None
        if options.finish and self.test is None:
            raise SystemExit("error: vit: --finish compares losses of test images; name a file of them with --test")
        steps_per_epoch = self.batches.steps_per_epoch
        num_steps = options.steps if options.finish else preset.epochs * steps_per_epoch
        model = ViT(preset.model)
        rate = lambda step: train_vit.lr_at(step, preset, steps_per_epoch, num_steps)  # noqa: E731
        self.pair_with(
            twins.twin_of(model, options.peer_device, twins_vit.ViT),
            lambda twin: twins_vit.ViTTwin(twin, preset, rate, options.peer_device, options.dtype),
        )
        self.ours = train_vit.Trainer(
            model, preset, self.batches, device=self.device, dtype=options.dtype, num_steps=num_steps, ranks=Solo()
        )

    def made(self, step: int) -> Batch:
        return self.batches[step]

    def our_step(self, step: int, *batch: Any) -> Any:
        return self.ours.step_on(step, *batch)

    def validation(self) -> tuple[float, float]:
        assert self.test is not None
        size = train_vit.MEASURED_AT_ONCE
        batches = [self.for_peer(self.test.plain(i, i + size)) for i in range(0, len(self.test), size)]
        return self.ours.measure(self.test)[0], self.theirs.mean_loss(batches)


WORKLOADS: dict[str, type[Pair]] = {
    "reverse": ReversePair,
    "vit": ImagePair,
    **dict.fromkeys(train_gpt.PRESETS, TextPair),
}
