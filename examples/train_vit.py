# SPDX-License-Identifier: Apache-2.0
"""Trains a vision transformer on CIFAR-10: ``python examples/train_vit.py --data FILE_OR_FOLDER [--test FILE]``.

The data are CIFAR-10's binary files: one, or the folder of data_batch_*.bin and test_batch.bin. Everything it makes lies in
``runs/<name>``. Ctrl-C keeps a checkpoint, ``--resume`` goes on from it as if it had never been interrupted.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import vt_torch as torch
from images import Batches, ImageError, Images, find_images
from parallel import Ranks, Solo, run_ranks
from training import Progress, Run, RunError, add_preset_options, device_of, main, parser_of, read_options
from vit import ViT, ViTConfig
from vt_torch.utils.data import DataLoader


@dataclass(frozen=True)
class Preset:
    """A model, and how it is trained."""

    model: ViTConfig
    batch: int
    epochs: int
    lr: float
    betas: tuple[float, float] = (0.9, 0.999)
    weight_decay: float = 0.0


PRESETS = {
    "tiny": Preset(ViTConfig(dim=32, num_heads=2, num_layers=2, num_class_tokens=4), batch=8, epochs=4, lr=1e-3),
    "cifar": Preset(ViTConfig(dim=256, num_heads=8, num_layers=6), batch=256, epochs=50, lr=3e-4),
}
MEASURED_AT_ONCE = 256


def lr_at(step: int, preset: Preset, steps_per_epoch: int, num_steps: int) -> float:
    """Return the learning rate: half a cosine over all epochs, the same within each."""
    epoch, num_epochs = step // steps_per_epoch, math.ceil(num_steps / steps_per_epoch)
    return preset.lr * (1 + math.cos(math.pi * epoch / num_epochs)) / 2


class Trainer:
    """One rank of a training run: the model and its steps by AdamW.

    Parameters
    ----------
    model, preset, batches
        What is trained, how, and on what.
    device : device
    dtype : {"f32", "bf16"}
        bf16 computes under autocast.
    num_steps : int
    ranks : Solo or Ranks
        Each rank takes its part of every batch; gradients are averaged over all.
    """

    def __init__(
        self,
        model: ViT,
        preset: Preset,
        batches: Batches,
        *,
        device: torch.device,
        dtype: str,
        num_steps: int,
        ranks: Solo | Ranks,
    ) -> None:
        self.model = model.to(device)
        self.preset = preset
        self.batches = batches
        self.device = device
        self.dtype = dtype
        self.num_steps = num_steps
        self.ranks = ranks
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=preset.lr, betas=preset.betas, eps=1e-8, weight_decay=preset.weight_decay
        )

    def batches_from(self, step: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Yield the batches of a step and those after it, made ahead by a thread."""
        return iter(DataLoader(self.batches, batch_size=None, sampler=range(step, self.num_steps), num_workers=1))

    def step_on(self, number: int, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Take one step on a given batch, of which this rank learns its part; returns the loss, which is not waited for."""
        rate = lr_at(number, self.preset, self.batches.steps_per_epoch, self.num_steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        images, labels = (self.ranks.part(t).to(device=self.device, non_blocking=True) for t in (images, labels))
        self.optimizer.zero_grad()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.dtype == "bf16"):
            loss = self.model.loss(images, labels)
        loss.backward()
        loss = self.ranks.average(self.model.parameters(), loss)
        self.optimizer.step()
        return loss

    def measure(self, images: Images) -> tuple[float, float]:
        """Return the mean loss of all images and the part that is told right."""
        self.model.eval()
        losses: list[torch.Tensor] = []
        right: list[torch.Tensor] = []
        with torch.no_grad():
            for begin in range(0, len(images), MEASURED_AT_ONCE):
                pixels, labels = (t.to(self.device) for t in images.plain(begin, begin + MEASURED_AT_ONCE))
                with torch.autocast(self.device.type, torch.bfloat16, enabled=self.dtype == "bf16"):
                    logits = self.model(pixels)
                losses.append(torch.nn.functional.cross_entropy(logits.float(), labels, reduction="sum"))
                right.append((logits.argmax(-1) == labels).sum())
        self.model.train()
        return torch.stack(losses).sum().item() / len(images), torch.stack(right).sum().item() / len(images)


def train(trainer: Trainer, run: Run, progress: Progress, test: Images | None, stop_after: int | None) -> None:
    """Take all steps that are left, or as many as the user or `stop_after` lets it."""
    steps_per_epoch = trainer.batches.steps_per_epoch
    for step, batch in zip(progress.steps(), trainer.batches_from(run.step), strict=True):
        if trainer.ranks.should_stop() or step == stop_after:
            return
        progress.add(trainer.step_on(step, *batch))
        is_last = step + 1 == trainer.num_steps
        if test is not None and ((step + 1) % steps_per_epoch == 0 or is_last):
            with progress.aside():
                loss, accuracy = trainer.measure(test)
                run.history.validation.append((step + 1, loss))
                progress.say(f"epoch {step // steps_per_epoch + 1:>4}: test loss {loss:.4f}, {accuracy:.1%} right")
        progress.save_when_due()


def options_of_program() -> argparse.Namespace:
    """Read the command line."""
    parser = parser_of(__doc__, seed=42)
    parser.add_argument(
        "--data", type=Path, required=True, help="what to learn: a file, or a folder of data_batch_*.bin"
    )
    parser.add_argument(
        "--test", type=Path, help="what to be tested on: a file (default: test_batch.bin of the folder)"
    )
    add_preset_options(parser, PRESETS, "cifar")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=int, help="epochs in all (default: the preset's)")
    length.add_argument("--steps", type=int, help="steps in all, in place of epochs")
    parser.add_argument("--name", default="vit", help="of the folder under runs/ (default vit)")
    return read_options(parser, PRESETS)


def program() -> None:
    """Train as the command line says."""
    options = options_of_program()
    preset = PRESETS[options.preset]
    device = device_of(options.device)
    try:
        images, test = find_images(options.data, options.test)
        batches = Batches(images, preset.batch, options.seed)
    except ImageError as error:
        raise RunError(str(error)) from None
    num_steps = options.steps or (options.epochs or preset.epochs) * batches.steps_per_epoch

    def body(ranks: Solo | Ranks) -> None:
        torch.manual_seed(options.seed)
        model = ranks.same(lambda: ViT(preset.model))
        trainer = Trainer(model, preset, batches, device=device, dtype=options.dtype, num_steps=num_steps, ranks=ranks)
        conduct(trainer, options, test)

    run_ranks(options.ranks, preset.batch, body)


def conduct(trainer: Trainer, options: argparse.Namespace, test: Images | None) -> None:
    """Train, report and write the results; other ranks than the first train alone."""
    images, is_first = trainer.batches.images, trainer.ranks.rank == 0
    config: dict[str, Any] = {
        "preset": options.preset,
        "steps": trainer.num_steps,
        "seed": options.seed,
        "dtype": options.dtype,
        "model": asdict(trainer.model.config),
        "images": images.digest(),
    }
    run = Run(options.runs / options.name, config, trainer.model, trainer.optimizer)
    if options.resume:
        run.resume()
    progress = Progress(run, trainer.num_steps, trainer.preset.batch, unit="images", quiet=not is_first)
    num_parameters = sum(p.numel() for p in trainer.model.parameters())
    progress.say(
        f"{options.preset}: {num_parameters:,} parameters, {len(images):,} images and {0 if test is None else len(test):,} "
        f"to be tested on, {trainer.num_steps} steps of {trainer.preset.batch} images on {trainer.device} "
        f"({trainer.ranks})"
    )
    train(trainer, run, progress, test, options.stop_after)
    if not is_first:
        return
    progress.finish()
    measured = {"train": trainer.measure(images)} | ({} if test is None else {"test": trainer.measure(test)})
    plot = run.plot(f"{options.name}: {num_parameters:,} parameters", {}, unit="image")
    if options.json is not None:
        accuracy = {f"{name}_accuracy": part for name, (_, part) in measured.items()}
        run.write_json(options.json, {"num_parameters": num_parameters, **accuracy})
    told = ", ".join(
        f"{part:.1%} of the {name} images right (loss {loss:.4f})" for name, (loss, part) in measured.items()
    )
    progress.say(f"{told} after {run.step} steps and {run.history.seconds:.0f} s; {run.results(plot)}")


if __name__ == "__main__":
    main(program)
