# SPDX-License-Identifier: Apache-2.0
"""Trains a small GPT on text and lets it write: ``python examples/train_gpt.py [--preset small|base|shakespeare]``.

Everything it makes lies in ``runs/<name>``: the checkpoint, the losses as a plot, generated text. Ctrl-C keeps a checkpoint,
``--resume`` goes on from it as if it had never been interrupted.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import vt_torch as torch
from decoder import Decoder, DecoderConfig
from parallel import Ranks, Solo, run_ranks
from text import BytePairs, Characters, Corpus, TextError, read_text
from training import Progress, Run, RunError, add_preset_options, device_of, main, parser_of, read_options


@dataclass(frozen=True)
class Preset:
    """A model, and how it is trained."""

    block: int
    dim: int
    num_heads: int
    num_layers: int
    batch: int
    steps: int
    lr: float
    num_tokens: int | None = None  # of a byte-pair vocabulary; None takes characters
    warmup: int = 100
    final_lr: float = 0.1  # part of `lr` that is left at the end; 1 keeps it constant
    betas: tuple[float, float] = (0.9, 0.95)
    weight_decay: float = 0.1
    max_norm: float = 1.0


PRESETS = {
    "tiny": Preset(block=16, dim=32, num_heads=2, num_layers=1, batch=8, steps=50, lr=1e-2, warmup=5),
    "small": Preset(block=128, dim=128, num_heads=4, num_layers=4, batch=16, steps=2500, lr=2e-3),
    "base": Preset(block=256, dim=384, num_heads=6, num_layers=6, batch=32, steps=5000, lr=1e-3),
    "shakespeare": Preset(
        block=128,
        dim=256,
        num_heads=8,
        num_layers=6,
        batch=64,
        steps=5000,
        lr=1e-3,
        num_tokens=4096,
        warmup=0,
        final_lr=1.0,
    ),
}
NUM_VALIDATION_BATCHES = 16
VALIDATION_SEED = 1 << 20


def optimizer_of(model: torch.nn.Module, preset: Preset) -> torch.optim.AdamW:
    """Return AdamW with weight decay on matrices alone."""
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": preset.weight_decay},
        {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=preset.lr, betas=preset.betas, eps=1e-8)


def lr_at(step: int, preset: Preset, num_steps: int) -> float:
    """Return the learning rate: a linear start, then half a cosine."""
    if step < preset.warmup:
        return preset.lr * (step + 1) / preset.warmup
    done = (step - preset.warmup) / max(num_steps - preset.warmup, 1)
    return preset.lr * (preset.final_lr + (1 - preset.final_lr) * (1 + math.cos(math.pi * done)) / 2)


class Trainer:
    """One rank of a training run.

    Parameters
    ----------
    model, preset, corpus
        What is trained, how, and on what.
    device : device
    dtype : {"f32", "bf16"}
        bf16 computes under autocast.
    seed, num_steps : int
    ranks : Solo or Ranks
        Each rank takes its part of every batch; gradients are averaged over all.
    """

    def __init__(
        self,
        model: Decoder,
        preset: Preset,
        corpus: Corpus,
        *,
        device: torch.device,
        dtype: str,
        seed: int,
        num_steps: int,
        ranks: Solo | Ranks,
    ) -> None:
        self.model = model.to(device)
        self.optimizer = optimizer_of(model, preset)
        self.preset = preset
        self.corpus = corpus
        self.device = device
        self.dtype = dtype
        self.seed = seed
        self.num_steps = num_steps
        self.ranks = ranks

    def loss(self, tokens: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Return the loss of one batch."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.dtype == "bf16"):
            return self.model.loss(tokens, targets)

    def step(self, number: int) -> torch.Tensor:
        """Take one step; returns the loss, which is not waited for."""
        batch = self.corpus.batch("train", self.preset.batch, self.seed, number)
        return self.step_on(number, *(self._mine(t) for t in batch))

    def step_on(self, number: int, tokens: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Take one step on a given batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = lr_at(number, self.preset, self.num_steps)
        self.optimizer.zero_grad()
        loss = self.loss(tokens, targets)
        loss.backward()
        loss = self.ranks.average(self.model.parameters(), loss)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.preset.max_norm)
        self.optimizer.step()
        return loss

    def _mine(self, batch: torch.Tensor) -> torch.Tensor:
        return self.ranks.part(batch).to(device=self.device, non_blocking=True)

    def validation_loss(self) -> float:
        """Return the mean loss over the same batches each time."""
        self.model.eval()
        losses: list[torch.Tensor] = []
        with torch.no_grad():
            for i in range(NUM_VALIDATION_BATCHES):
                tokens, targets = self.corpus.batch("validation", self.preset.batch, VALIDATION_SEED, i)
                losses.append(self.loss(tokens.to(self.device), targets.to(self.device)).float())
        self.model.train()
        return torch.stack(losses).mean().item()


def train(trainer: Trainer, run: Run, progress: Progress, validate_every: int, stop_after: int | None) -> None:
    """Take all steps that are left, or as many as the user or `stop_after` lets it."""
    for step in progress.steps():
        if trainer.ranks.should_stop() or step == stop_after:
            return
        progress.add(trainer.step(step))
        if (step + 1) % validate_every == 0 or step + 1 == trainer.num_steps:
            with progress.aside():
                loss = trainer.validation_loss()
                run.history.validation.append((step + 1, loss))
                progress.say(f"step {step + 1:>6}: validation loss {loss:.4f}")
        progress.save_when_due()


def written_by(trainer: Trainer, vocabulary: Characters | BytePairs, prompt: str, num_new: int) -> str:
    """Return a text that the model makes of a beginning."""
    trainer.model.eval()
    tokens = vocabulary.encode(prompt)[None].to(trainer.device)
    generator = torch.Generator(trainer.device).manual_seed(trainer.seed)
    return vocabulary.decode(trainer.model.generate(tokens, num_new, generator)[0].tolist())


def options_of_program() -> argparse.Namespace:
    """Read the command line."""
    parser = parser_of(__doc__, seed=42)
    add_preset_options(parser, PRESETS, "small")
    parser.add_argument("--steps", type=int, help="steps in all (default: the preset's)")
    parser.add_argument("--text", type=Path, help="what to learn (default: sources of Python's standard library)")
    parser.add_argument("--name", help="of the folder under runs/ (default: the preset's)")
    return read_options(parser, PRESETS)


def program() -> None:
    """Train as the command line says."""
    options = options_of_program()
    preset = PRESETS[options.preset]
    device = device_of(options.device)
    try:
        text = read_text(options.text)
        vocabulary = Characters.of(text) if preset.num_tokens is None else BytePairs.of(text, preset.num_tokens)
        corpus = Corpus(vocabulary.encode(text), preset.block)
    except TextError as error:
        raise RunError(str(error)) from None
    num_tokens = len(vocabulary.symbols) if preset.num_tokens is None else preset.num_tokens
    config = DecoderConfig(num_tokens, preset.block, preset.dim, preset.num_heads, preset.num_layers)
    num_steps = options.steps or preset.steps

    def body(ranks: Solo | Ranks) -> None:
        torch.manual_seed(options.seed)
        trainer = Trainer(
            ranks.same(lambda: Decoder(config)),
            preset,
            corpus,
            device=device,
            dtype=options.dtype,
            seed=options.seed,
            num_steps=num_steps,
            ranks=ranks,
        )
        conduct(trainer, options, vocabulary, text)

    run_ranks(options.ranks, preset.batch, body)


def conduct(trainer: Trainer, options: argparse.Namespace, vocabulary: Characters | BytePairs, text: str) -> None:
    """Train, report and write the results; other ranks than the first train alone."""
    preset, model, is_first = trainer.preset, trainer.model, trainer.ranks.rank == 0
    config: dict[str, Any] = {
        "preset": options.preset,
        "steps": trainer.num_steps,
        "seed": options.seed,
        "dtype": options.dtype,
        "model": asdict(model.config),
        "vocabulary": "".join(vocabulary.symbols),
    }
    name = options.name or options.preset
    run = Run(options.runs / name, config, model, trainer.optimizer)
    if options.resume:
        run.resume()
    progress = Progress(run, trainer.num_steps, preset.batch * preset.block, quiet=not is_first)
    num_parameters = sum(p.numel() for p in model.parameters())
    bigram = trainer.corpus.bigram_loss(model.config.num_tokens) if is_first else 0.0
    progress.say(
        f"{options.preset}: {num_parameters:,} parameters, {len(vocabulary.symbols)} symbols, {len(text):,} characters, "
        f"{trainer.num_steps} steps of {preset.batch * preset.block} tokens on {trainer.device} ({trainer.ranks})"
    )
    progress.say(f"a table of pairs has a validation loss of {bigram:.4f}")
    train(trainer, run, progress, max(trainer.num_steps // 10, 1), options.stop_after)
    if not is_first:
        return
    progress.finish()
    sample = written_by(trainer, vocabulary, text[: preset.block // 4], 300)
    (run.folder / "sample.txt").write_text(sample, encoding="utf-8")
    plot = run.plot(f"{name}: {num_parameters:,} parameters", {"table of pairs": bigram})
    if options.json is not None:
        extra = {"num_parameters": num_parameters, "bigram_loss": bigram, "sample": sample}
        run.write_json(options.json, extra)
    progress.say(f"\n{sample}\n")
    progress.say(
        f"validation loss {run.history.validation[-1][1]:.4f} after {run.step} steps and {run.history.seconds:.0f} s; "
        f"{run.results(plot)}"
    )


if __name__ == "__main__":
    main(program)
