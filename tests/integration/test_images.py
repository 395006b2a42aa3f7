# SPDX-License-Identifier: Apache-2.0
"""Images of examples/: what changes them, in which order they come, and how large the model is that they are for."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import short_training  # noqa: F401, puts examples/ on the path
import train_vit
import vt_torch
from images import MEAN, Batches, ImageError, Images, augmented
from vit import ViT

COUNT = 48


def changed(pixels: np.ndarray, seed: int = 0) -> np.ndarray:
    return augmented(vt_torch.from_numpy(pixels), vt_torch.Generator().manual_seed(seed)).numpy()


def numbered(count: int) -> Images:
    """Images of one grey each, that of their number, which is the label too."""
    pixels = np.broadcast_to(np.arange(count, dtype=np.uint8)[:, None, None, None], (count, 3, 32, 32))
    return Images(vt_torch.from_numpy(pixels.copy()), vt_torch.arange(count))


def test_images_are_moved_within_their_reflection_mirrored_and_lit() -> None:
    # Greys near the middle, so that nothing reaches black or white: what is seen is a x + b of the moved image.
    pixels = np.random.default_rng(0).integers(100, 140, (COUNT, 3, 32, 32), dtype=np.uint8)
    found = changed(pixels)
    assert found.dtype == np.float32
    padded = np.pad(pixels / 255.0, ((0, 0), (0, 0), (4, 4), (4, 4)), mode="reflect")
    moves: list[tuple[int, int, bool]] = []
    for i in range(COUNT):
        seen = found[i] != 0
        fits: list[tuple[int, int, bool]] = []
        for top, left, mirrored in itertools.product(range(9), range(9), (False, True)):
            moved = padded[i, :, top : top + 32, left : left + 32]
            moved = moved[:, :, ::-1] if mirrored else moved
            slope, start = np.polyfit(moved[0][seen[0]], found[i, 0][seen[0]], 1)
            if np.abs(moved[0] * slope + start - found[i, 0])[seen[0]].max() > 1e-5:
                continue
            fits.append((top, left, mirrored))
            # Brightness b and contrast c make c b x + (1 - c) b mean(x) of each channel.
            for channel in range(3):
                slope, start = np.polyfit(moved[channel][seen[channel]], found[i, channel][seen[channel]], 1)
                mean = moved[channel].mean()
                brightness = slope + start / mean
                assert 0.8 <= brightness <= 1.2
                assert 0.8 <= slope / brightness <= 1.2
        assert len(fits) == 1
        moves += fits
    assert 15 < sum(mirrored for _, _, mirrored in moves) < 33
    assert len({top for top, _, _ in moves}) > 6
    assert len({left for _, left, _ in moves}) > 6


def test_a_square_of_every_second_image_is_black() -> None:
    found = changed(np.full((400, 3, 32, 32), 128, np.uint8))
    black = found == 0
    assert (black == black[:, :1]).all()
    sizes: list[tuple[int, int]] = []
    for cut in black[:, 0]:
        rows, columns = np.flatnonzero(cut.any(1)), np.flatnonzero(cut.any(0))
        assert cut.sum() == len(rows) * len(columns)
        if len(rows):
            assert rows[-1] - rows[0] + 1 == len(rows) <= 16
            assert columns[-1] - columns[0] + 1 == len(columns) <= 16
            sizes.append((len(rows), len(columns)))
            if min(rows[0], columns[0]) > 0 and max(rows[-1], columns[-1]) < 31:
                assert len(rows) == len(columns) >= 8
    assert 150 < len(sizes) < 250
    assert max(sizes) == (16, 16)


def test_colours_stay_within_black_and_white() -> None:
    found = changed(np.random.default_rng(1).choice(np.array([0, 255], np.uint8), (COUNT, 3, 32, 32)))
    assert (found.min(), found.max()) == (0.0, 1.0)


def test_an_epoch_has_each_image_once_and_every_epoch_another_order() -> None:
    batches = Batches(numbered(50), 8, seed=3)
    assert batches.steps_per_epoch == 6
    plain = numbered(50).plain(0, 50)[0][:, 0, 0, 0].tolist()
    assert plain[0] == pytest.approx(-MEAN[0] / 0.2470)
    epochs: list[list[int]] = []
    for epoch in range(2):
        labels = [label for step in range(6) for label in batches[6 * epoch + step][1].tolist()]
        assert len(set(labels)) == len(labels) == 48
        epochs.append(labels)
    assert epochs[0] != epochs[1]


def test_a_batch_depends_on_seed_and_step_alone() -> None:
    images = numbered(50)
    first, other = Batches(images, 8, seed=3), Batches(images, 8, seed=3)
    for step in (7, 0, 3):
        assert all(vt_torch.equal(a, b) for a, b in zip(first[step], other[step], strict=True))
    assert not vt_torch.equal(first[0][0], first[6][0])
    assert not vt_torch.equal(first[0][0], Batches(images, 8, seed=4)[0][0])


def test_images_that_do_not_fill_a_batch_are_refused() -> None:
    with pytest.raises(ImageError, match="too few: got 7, expected at least a batch of 8"):
        Batches(numbered(7), 8, seed=0)


def test_the_model_has_the_parameters_of_the_workload() -> None:
    model = ViT(train_vit.PRESETS["cifar"].model)
    assert sum(p.numel() for p in model.parameters()) == 4_770_826


def test_the_learning_rate_falls_from_epoch_to_epoch() -> None:
    preset = train_vit.PRESETS["cifar"]
    rates = [train_vit.lr_at(step, preset, 10, 40) for step in range(40)]
    assert len(set(rates)) == 4
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == preset.lr
    assert rates[20] == pytest.approx(preset.lr / 2)
