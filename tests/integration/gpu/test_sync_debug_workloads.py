# SPDX-License-Identifier: Apache-2.0
"""Training steps in the mode that refuses waits of the host: nothing but the loss that is logged waits for the device."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import vt_cuda
import vt_torch as torch
from vt_torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "examples"))

from decoder import Decoder, DecoderConfig
from vit import ViT, ViTConfig

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")

Step = Callable[[], torch.Tensor]
WARM_UP, STEPS = 2, 4


def is_small() -> bool:
    """Whether kernels run on the host, one thread after the other."""
    return vt_cuda.get_device_name() == "Emulated device"


def step_of(
    model: nn.Module, optimizer: torch.optim.Optimizer, loss: Step, clip: Callable[[list[nn.Parameter]], object]
) -> Step:
    def step() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss()
        value.backward()
        clip(list(model.parameters()))
        optimizer.step()
        return value.detach()

    return step


def decoder(config: DecoderConfig, batch: int) -> tuple[Decoder, torch.Tensor, torch.Tensor]:
    tokens = torch.randint(0, config.num_tokens, (batch, config.block))
    targets = tokens.roll(-1, 1)
    targets[:, : config.block // 4] = -100
    return Decoder(config).to("cuda"), tokens.to("cuda"), targets.to("cuda")


def reversal() -> Step:
    sizes = {"block": 8, "dim": 16, "num_heads": 2} if is_small() else {"block": 64, "dim": 128, "num_heads": 4}
    model, tokens, targets = decoder(DecoderConfig(num_tokens=36, num_layers=2, **sizes), 2 if is_small() else 64)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return step_of(model, optimizer, lambda: model.loss(tokens, targets), lambda p: nn.utils.clip_grad_value_(p, 1.0))


def vision() -> Step:
    config = ViTConfig(dim=16, num_heads=2, num_layers=1, num_class_tokens=2, image=8)
    if not is_small():
        config = ViTConfig(dim=256, num_heads=8, num_layers=6)
    batch = 2 if is_small() else 64
    model = ViT(config).to("cuda")
    images = torch.randn(batch, 3, config.image, config.image).to("cuda")
    labels = torch.randint(0, 10, (batch,)).to("cuda")
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
    return step_of(model, optimizer, lambda: model.loss(images, labels), lambda p: p)


def gpt() -> Step:
    sizes = {"block": 8, "dim": 16, "num_heads": 2, "num_layers": 1}
    if not is_small():
        sizes = {"block": 128, "dim": 256, "num_heads": 8, "num_layers": 6}
    num_tokens = 32 if is_small() else 4096
    model, tokens, targets = decoder(DecoderConfig(num_tokens=num_tokens, **sizes), 2 if is_small() else 16)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1)
    return step_of(model, optimizer, lambda: model.loss(tokens, targets), lambda p: nn.utils.clip_grad_norm_(p, 1.0))


def gpt_in_bfloat16() -> Step:
    step = gpt()

    def autocast() -> torch.Tensor:
        with torch.autocast("cuda", torch.bfloat16):
            return step()

    return autocast


def digits() -> Step:
    width, batch = (8, 4) if is_small() else (256, 128)
    model = nn.Sequential(nn.Linear(784, width), nn.ReLU(), nn.Linear(width, 10)).to("cuda")
    pixels = torch.randn(batch, 784, pin_memory=True)
    labels = torch.randint(0, 10, (batch,), pin_memory=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def loss() -> torch.Tensor:
        on_device = pixels.to("cuda", non_blocking=True), labels.to("cuda", non_blocking=True)
        return nn.functional.cross_entropy(model(on_device[0]), on_device[1])

    return step_of(model, optimizer, loss, lambda p: p)


@pytest.fixture
def _mode() -> Iterator[None]:
    yield
    vt_cuda.set_sync_debug_mode("default")


@pytest.mark.usefixtures("_mode")
@pytest.mark.parametrize("workload", [reversal, vision, gpt, gpt_in_bfloat16, digits])
def test_steps_wait_for_nothing_but_the_logged_loss(workload: Callable[[], Step]) -> None:
    torch.manual_seed(0)
    step = workload()
    for _ in range(WARM_UP):
        step()
    before = vt_cuda.counters()["host_synchronizations"]
    vt_cuda.set_sync_debug_mode("error")
    losses = [step() for _ in range(STEPS)]
    assert vt_cuda.counters()["host_synchronizations"] == before
    with pytest.raises(RuntimeError, match=r"^item: the host waits for the device"):
        losses[-1].item()
    vt_cuda.set_sync_debug_mode("default")
    assert all(0.0 < loss.item() < 20.0 for loss in losses)
