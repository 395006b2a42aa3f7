# SPDX-License-Identifier: Apache-2.0
"""The programs of examples/ step by step: one class per workload, with its model, its batches and its trainer."""

from __future__ import annotations

import argparse
import sys
from abc import ABC, abstractmethod
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

import train_gpt
import train_reverse
import train_vit
import vt_torch
from decoder import Decoder, DecoderConfig
from images import Batches, ImageError, find_images
from parallel import Solo
from text import BytePairs, Characters, Corpus, TextError, read_text
from vit import ViT

Batch = tuple[Any, Any]


class Program(ABC):
    """One program, of `options` as those of `train.py`.

    A subclass makes `model` and `trainer`.
    """

    model: Any
    trainer: Any

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.device = vt_torch.device(options.device)
        vt_torch.manual_seed(options.seed)

    @abstractmethod
    def made(self, step: int) -> Batch:
        """Return the batch of a step on the CPU."""

    def step(self, number: int, *batch: Any) -> Any:
        """Take a step on a batch on the device; returns its loss."""
        return self.trainer.step_on(number, *batch)

    def on_device(self, batch: Batch) -> Batch:
        """Return a batch on the device."""
        x, y = (t.to(self.device) for t in batch)
        return x, y


class ReverseProgram(Program):
    """Reversing sequences."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        self.model = Decoder(train_reverse.CONFIG)
        self.trainer = train_reverse.Trainer(self.model, self.device, options.dtype)

    def made(self, step: int) -> Batch:
        return train_reverse.batch_of(self.options.seed, step, batch=self.options.batch or train_reverse.BATCH)

    def step(self, number: int, *batch: Any) -> Any:  # noqa: ARG002
        return self.trainer.step(*batch)


class TextProgram(Program):
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
        self.num_steps = options.steps if options.finish else preset.steps
        self.model = Decoder(DecoderConfig(num_tokens, preset.block, preset.dim, preset.num_heads, preset.num_layers))
        self.trainer = train_gpt.Trainer(
            self.model,
            preset,
            self.corpus,
            device=self.device,
            dtype=options.dtype,
            seed=options.seed,
            num_steps=self.num_steps,
            ranks=Solo(),
        )

    def made(self, step: int) -> Batch:
        return self.corpus.batch("train", self.preset.batch, self.options.seed, step)


class ImageProgram(Program):
    """A vision transformer on images."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        if options.data is None:
            raise SystemExit("error: vit: name CIFAR-10's binary files with --data")
        preset = train_vit.PRESETS["cifar"]
        self.preset = preset = replace(preset, batch=options.batch or preset.batch)
        try:
            images, self.test = find_images(options.data, options.test)
            self.batches = Batches(images, preset.batch, options.seed)
        except ImageError as error:
            raise SystemExit(f"error: {error}") from None
        if options.finish and self.test is None:
            raise SystemExit("error: vit: --finish compares losses of test images; name a file of them with --test")
        self.num_steps = options.steps if options.finish else preset.epochs * self.batches.steps_per_epoch
        self.model = ViT(preset.model)
        self.trainer = train_vit.Trainer(
            self.model,
            preset,
            self.batches,
            device=self.device,
            dtype=options.dtype,
            num_steps=self.num_steps,
            ranks=Solo(),
        )

    def made(self, step: int) -> Batch:
        return self.batches[step]


PROGRAMS: dict[str, type[Program]] = {
    "reverse": ReverseProgram,
    "vit": ImageProgram,
    **dict.fromkeys(train_gpt.PRESETS, TextProgram),
}
