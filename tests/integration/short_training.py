# SPDX-License-Identifier: Apache-2.0
"""Training workloads in sizes of a few milliseconds a step: reversing sequences by SGD, text in byte pairs and images by AdamW.

As a program, `python short_training.py NAME STEPS [DEVICE DTYPE]`, it trains and prints a line of JSON: the losses as exact
hexadecimal numbers and a digest of the weights.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))

import train_gpt
import train_reverse
import train_vit
import vt_torch
from decoder import Decoder, DecoderConfig
from images import NUM_CLASSES, Batches, read_images
from parallel import Solo
from text import BytePairs, Corpus, read_text
from vit import ViT

ROOT = Path(__file__).resolve().parents[2]
SEED = 123
REVERSED = {"batch": 16, "block": 16, "max_length": 6}
PRESET = train_gpt.Preset(
    block=24, dim=48, num_heads=3, num_layers=2, batch=8, steps=3000, lr=1e-3, num_tokens=300, warmup=0, final_lr=1.0
)
IMAGES = train_vit.PRESETS["tiny"]


@dataclass(frozen=True)
class Workload:
    """A model, the batch of each step, and the step that takes it on its device; `rate` is the learning rate of a step."""

    model: Any
    batch: Callable[[int], tuple[Any, Any]]
    step: Callable[[int, Any, Any], Any]
    rate: Callable[[int], float]


def reverse(num_steps: int, device: str = "cpu", dtype: str = "f32") -> Workload:
    """Workload A: sequences to be reversed, SGD on clamped gradients."""
    del num_steps
    vt_torch.manual_seed(SEED)
    model = Decoder(DecoderConfig(4 + train_reverse.NUM_SYMBOLS, REVERSED["block"], 32, 2, 2))
    trainer = train_reverse.Trainer(model, vt_torch.device(device), dtype)
    return Workload(
        model,
        lambda number: train_reverse.batch_of(SEED, number, **REVERSED),
        lambda _, tokens, targets: trainer.step(tokens.to(device), targets.to(device)),
        lambda _: 0.1,
    )


def text(num_steps: int, device: str = "cpu", dtype: str = "f32") -> Workload:
    """Workload C: text in byte pairs, AdamW with weight decay on gradients of bounded norm."""
    source = read_text(None, 60_000)
    corpus = Corpus(BytePairs.of(source, PRESET.num_tokens or 0).encode(source), PRESET.block)
    vt_torch.manual_seed(SEED)
    model = Decoder(
        DecoderConfig(PRESET.num_tokens or 0, PRESET.block, PRESET.dim, PRESET.num_heads, PRESET.num_layers)
    )
    trainer = train_gpt.Trainer(
        model,
        PRESET,
        corpus,
        device=vt_torch.device(device),
        dtype=dtype,
        seed=SEED,
        num_steps=num_steps,
        ranks=Solo(),
    )
    return Workload(
        model,
        lambda number: corpus.batch("train", PRESET.batch, SEED, number),
        lambda number, tokens, targets: trainer.step_on(number, tokens.to(device), targets.to(device)),
        lambda number: train_gpt.lr_at(number, PRESET, num_steps),
    )


def image_file(num_images: int) -> bytes:
    """Images in CIFAR-10's binary format: noise around a colour that tells the class."""
    rng = random.Random(SEED)
    records: list[bytes] = []
    for i in range(num_images):
        label = i % NUM_CLASSES
        colour = (20 * label, 180 - 20 * label, 60 * (label % 4))
        planes = (bytes(level + noise // 4 for noise in rng.randbytes(32 * 32)) for level in colour)
        records.append(bytes([label]) + b"".join(planes))
    return b"".join(records)


def images(num_steps: int, device: str = "cpu", dtype: str = "f32") -> Workload:
    """Workload B: images changed at random, AdamW whose rate falls from epoch to epoch."""
    with tempfile.NamedTemporaryFile(suffix=".bin") as file:
        file.write(image_file(160))
        file.flush()
        batches = Batches(read_images(Path(file.name)), IMAGES.batch, SEED)
    vt_torch.manual_seed(SEED)
    model = ViT(IMAGES.model)
    trainer = train_vit.Trainer(
        model,
        IMAGES,
        batches,
        device=vt_torch.device(device),
        dtype=dtype,
        num_steps=num_steps,
        ranks=Solo(),
    )
    return Workload(
        model,
        batches.__getitem__,
        trainer.step_on,
        lambda number: train_vit.lr_at(number, IMAGES, batches.steps_per_epoch, num_steps),
    )


WORKLOADS = {"reverse": reverse, "text": text, "images": images}


def digest(model: Any) -> str:
    """Of every bit of the weights."""
    found = hashlib.sha256()
    for parameter in model.parameters():
        found.update(parameter.detach().cpu().numpy().tobytes())
    return found.hexdigest()


def train(name: str, num_steps: int, device: str = "cpu", dtype: str = "f32") -> dict[str, Any]:
    """Train alone."""
    workload = WORKLOADS[name](num_steps, device, dtype)
    losses = [workload.step(number, *workload.batch(number)) for number in range(num_steps)]
    return {"losses": [loss.item().hex() for loss in losses], "weights": digest(workload.model)}


if __name__ == "__main__":
    print(json.dumps(train(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])))
