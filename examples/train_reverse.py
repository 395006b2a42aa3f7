# SPDX-License-Identifier: Apache-2.0
"""Trains a two-layer decoder to reverse sequences: ``python examples/train_reverse.py [--steps N] [--device cuda]``.

A sequence is ``bos a1 .. an sep an .. a1 eos``; only the part after ``sep`` counts. Everything it makes lies in
``runs/reverse``. Ctrl-C keeps a checkpoint, ``--resume`` goes on from it.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import asdict

import vt_torch as torch
from decoder import Decoder, DecoderConfig
from parallel import Solo, run_ranks
from training import Progress, Run, device_of, main, parser_of, read_options

BOS, SEP, EOS, PAD = range(4)
NUM_SYMBOLS = 32
MAX_LENGTH = 16
BLOCK = 64
BATCH = 64
IGNORED = -100
CONFIG = DecoderConfig(num_tokens=4 + NUM_SYMBOLS, block=BLOCK, dim=128, num_heads=4, num_layers=2)


def batch_of(
    seed: int, step: int, *, batch: int = BATCH, block: int = BLOCK, max_length: int = MAX_LENGTH
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return tokens and targets, both ``(batch, block)``; the same for the same seed and step."""
    rng = random.Random(f"{seed}/{step}")
    tokens = [[PAD] * block for _ in range(batch)]
    targets = [[IGNORED] * block for _ in range(batch)]
    for row, target in zip(tokens, targets, strict=True):
        symbols = [4 + rng.randrange(NUM_SYMBOLS) for _ in range(rng.randint(1, max_length))]
        sequence = [BOS, *symbols, SEP, *reversed(symbols), EOS]
        row[: len(sequence)] = sequence
        target[len(symbols) + 1 : len(sequence) - 1] = sequence[len(symbols) + 2 :]
    return torch.tensor(tokens), torch.tensor(targets)


class Trainer:
    """The model and its steps: SGD on gradients whose elements are clamped to [-1, 1].

    Parameters
    ----------
    model : Decoder
    device : device
    dtype : {"f32", "bf16"}
        bf16 computes under autocast.
    """

    def __init__(self, model: Decoder, device: torch.device, dtype: str) -> None:
        self.model = model.to(device)
        self.device = device
        self.dtype = dtype
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    def step(self, tokens: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Take one step; returns the loss, which is not waited for."""
        self.optimizer.zero_grad()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.dtype == "bf16"):
            loss = self.model.loss(tokens, targets)
        loss.backward()
        torch.nn.utils.clip_grad_value_(self.model.parameters(), 1.0)
        self.optimizer.step()
        return loss

    def accuracy(self, seed: int) -> tuple[float, float]:
        """Return the parts of symbols and of whole sequences that are reversed right, of a batch never seen."""
        tokens, targets = batch_of(seed, -1)
        with torch.no_grad():
            guessed = self.model(tokens.to(self.device)).argmax(-1).cpu()
        counted = targets != IGNORED
        right = (guessed == targets).logical_and(counted)
        whole = (right.sum(1) == counted.sum(1)).float().mean()
        return (right.sum() / counted.sum()).item(), whole.item()


def program() -> None:
    """Train as the command line says."""
    parser = parser_of(__doc__, seed=123)
    parser.add_argument("--steps", type=int, default=2000, help="steps in all (default 2000)")
    parser.add_argument("--name", default="reverse", help="of the folder under runs/ (default reverse)")
    options = read_options(parser)
    device = device_of(options.device)
    run_ranks(1, BATCH, lambda ranks: conduct(options, device, ranks))


def conduct(options: argparse.Namespace, device: torch.device, ranks: Solo) -> None:
    """Train, report and write the results."""
    torch.manual_seed(options.seed)
    trainer = Trainer(Decoder(CONFIG), device, options.dtype)
    config = {"steps": options.steps, "seed": options.seed, "dtype": options.dtype, "model": asdict(CONFIG)}
    run = Run(options.runs / options.name, config, trainer.model, trainer.optimizer)
    if options.resume:
        run.resume()
    progress = Progress(run, options.steps, BATCH * BLOCK)
    num_parameters = sum(p.numel() for p in trainer.model.parameters())
    progress.say(f"reverse: {num_parameters:,} parameters, {options.steps} steps of {BATCH} sequences on {device}")
    for step in progress.steps():
        if ranks.should_stop():
            break
        tokens, targets = batch_of(options.seed, step)
        progress.add(trainer.step(tokens.to(device), targets.to(device)))
    progress.finish()
    symbols, whole = trainer.accuracy(options.seed)
    plot = run.plot("reversing sequences", {})
    if options.json is not None:
        run.write_json(options.json, {"num_parameters": num_parameters, "accuracy": symbols, "whole": whole})
    progress.say(
        f"loss {run.history.train[-1]:.4f} after {run.step} steps and {run.history.seconds:.0f} s: {symbols:.1%} of symbols "
        f"and {whole:.1%} of sequences right; {run.results(plot)}"
    )


if __name__ == "__main__":
    main(program)
