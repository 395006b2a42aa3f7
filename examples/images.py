# SPDX-License-Identifier: Apache-2.0
"""Images of CIFAR-10's binary files: reading them, batches of them changed at random.

A file is a row of records: a byte of the label, then 1024 bytes each of red, green and blue, row by row.
Reference: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import vt_torch as torch

SIDE = 32
NUM_CHANNELS = 3
NUM_CLASSES = 10
RECORD = 1 + NUM_CHANNELS * SIDE * SIDE
MEAN = (0.4914, 0.4822, 0.4465)
DEVIATION = (0.2470, 0.2435, 0.2616)

MAX_SHIFT = 4
CONTRAST = (0.8, 1.2)  # of brightness too
CUTOUT = (8, 16)


class ImageError(Exception):
    """Images that cannot be learned from."""


@dataclass(frozen=True)
class Images:
    """Images and what they show.

    Attributes
    ----------
    pixels : Tensor
        ``(n, 3, 32, 32)`` uint8.
    labels : Tensor
        ``(n,)`` int64.
    """

    pixels: torch.Tensor
    labels: torch.Tensor

    def __len__(self) -> int:
        return self.labels.shape[0]

    def digest(self) -> str:
        """Return a short name of the contents: the same for the same images in the same order."""
        found = hashlib.sha256(self.labels)
        found.update(self.pixels.view(-1))
        return found.hexdigest()[:16]

    def plain(self, begin: int, end: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return images as a model sees them, unchanged otherwise, and their labels."""
        return normalised(self.pixels[begin:end].float() / 255), self.labels[begin:end]


def read_images(path: Path) -> Images:
    """Return the images of a file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImageError(f"images {path}: cannot be read: {error.strerror}") from None
    if not data:
        raise ImageError(f"images {path}: the file is empty")
    if len(data) % RECORD:
        raise ImageError(
            f"images {path}: not CIFAR-10's binary format: got {len(data):,} bytes, expected a multiple of {RECORD}"
        )
    records = torch.frombuffer(bytearray(data), dtype=torch.uint8).view(-1, RECORD)
    labels = records[:, 0].long()
    if labels.max().item() >= NUM_CLASSES:
        first = int((labels >= NUM_CLASSES).int().argmax().item())
        raise ImageError(
            f"images {path}: not CIFAR-10's binary format: got label {labels[first].item()} of image {first}, "
            f"expected less than {NUM_CLASSES}"
        )
    return Images(records[:, 1:].contiguous().view(-1, NUM_CHANNELS, SIDE, SIDE), labels)


def find_images(data: Path, test: Path | None) -> tuple[Images, Images | None]:
    """Return images to learn from and to be tested on: of two files, or of a folder as CIFAR-10 comes in."""
    if not data.is_dir():
        return read_images(data), None if test is None else read_images(test)
    files = sorted(data.glob("data_batch_*.bin"))
    if not files:
        raise ImageError(f"images {data}: no data_batch_*.bin in this folder")
    parts = [read_images(path) for path in files]
    if test is None and (data / "test_batch.bin").exists():
        test = data / "test_batch.bin"
    together = Images(torch.cat([part.pixels for part in parts]), torch.cat([part.labels for part in parts]))
    return together, None if test is None else read_images(test)


class Batches:
    """Batches to learn from: each epoch goes through the images in an order of its own and changes each at random.

    What a batch holds depends on the seed and its step alone, so it can be made at any time and by any thread. Images that
    do not fill a last batch are left out of that epoch.
    """

    def __init__(self, images: Images, size: int, seed: int) -> None:
        if len(images) < size:
            raise ImageError(f"images: too few: got {len(images)}, expected at least a batch of {size}")
        self.images = images
        self.size = size
        self.seed = seed
        self.steps_per_epoch = len(images) // size

    def __getitem__(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        epoch, place = divmod(step, self.steps_per_epoch)
        order = torch.randperm(len(self.images), generator=_generator(2 * self.seed, epoch))
        chosen = order[place * self.size : (place + 1) * self.size]
        changed = augmented(self.images.pixels[chosen], _generator(2 * self.seed + 1, step))
        return normalised(changed), self.images.labels[chosen]


def augmented(pixels: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Return float32 images in [0, 1], each moved, mirrored, lit and cut out of at random.

    Moved by up to 4 pixels, what comes in at an edge being the reflection of what lies there; every second one mirrored;
    brightness, then contrast about each channel's mean, times 0.8 to 1.2; of every second one a square of 8 to 16 pixels,
    as far as it lies within, is black (DeVries and Taylor, 2017, arXiv:1708.04552).
    """
    count = pixels.shape[0]

    def whole(low: int, high: int) -> torch.Tensor:
        return torch.randint(low, high + 1, [count, 1], generator=generator)

    grid = torch.arange(SIDE)
    rows = _reflected(grid + whole(-MAX_SHIFT, MAX_SHIFT))
    columns = _reflected(grid + whole(-MAX_SHIFT, MAX_SHIFT))
    columns = torch.where(whole(0, 1) == 1, columns.flip(1), columns)
    every = torch.arange(count)[:, None, None, None]
    channels = torch.arange(NUM_CHANNELS)[None, :, None, None]
    x = pixels[every, channels, rows[:, None, :, None], columns[:, None, None, :]].float() / 255

    low, high = CONTRAST
    brightness, contrast = (torch.rand([2, count, 1, 1, 1], generator=generator) * (high - low) + low).unbind(0)
    x = x * brightness
    mean = x.mean((2, 3), keepdim=True)
    x = (x - mean) * contrast + mean

    size = whole(*CUTOUT) * whole(0, 1)
    top, left = (whole(0, SIDE - 1) - size // 2 for _ in range(2))
    in_rows = (grid >= top).logical_and(grid < top + size)
    in_columns = (grid >= left).logical_and(grid < left + size)
    cut = in_rows[:, None, :, None].logical_and(in_columns[:, None, None, :])
    return x.masked_fill(cut, 0.0).clamp(0.0, 1.0)


def normalised(x: torch.Tensor) -> torch.Tensor:
    """Return images in [0, 1] with each channel's mean taken off, in units of its deviation."""
    mean, deviation = (torch.tensor(values)[None, :, None, None] for values in (MEAN, DEVIATION))
    return (x - mean) / deviation


def _reflected(places: torch.Tensor) -> torch.Tensor:
    """Return places beyond an edge as far within it."""
    last = SIDE - 1
    return last - (last - places.abs()).abs()


def _generator(seed: int, number: int) -> torch.Generator:
    return torch.Generator().manual_seed((seed << 32) + number)
