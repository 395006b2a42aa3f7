# SPDX-License-Identifier: Apache-2.0
"""Names of torch.cuda where there is no device: what can be asked, what does nothing, and what says why it cannot be."""

from __future__ import annotations

import collections
import importlib
from collections.abc import Callable

import pytest
import vt_torch as torch
from vt_torch.utils.data import DataLoader, TensorDataset
from vt_torch.utils.data.pinning import pin

pytestmark = pytest.mark.skipif(torch.cuda.is_available(), reason="there is a device")


def test_mixed_precision_by_its_older_names() -> None:
    amp = importlib.import_module("vt_torch.cuda.amp")
    assert torch.cuda.amp is amp
    context = amp.autocast(dtype=torch.bfloat16)
    assert isinstance(context, torch.autocast)
    assert context.device == "cuda"
    with amp.autocast(enabled=False):
        assert not torch.is_autocast_enabled("cuda")
    with amp.autocast():
        assert torch.is_autocast_enabled("cuda")
        assert torch.get_autocast_dtype("cuda") is torch.float16
    with pytest.warns(UserWarning, match="no CUDA device"):
        scaler = amp.GradScaler(init_scale=4.0)
    assert isinstance(scaler, torch.amp.GradScaler)
    assert not scaler.is_enabled()


def test_questions_without_a_device() -> None:
    assert not torch.cuda.is_initialized()
    assert not torch.cuda.is_bf16_supported()
    assert torch.cuda.get_rng_state_all() == []
    torch.cuda.set_rng_state_all([])
    torch.cuda.seed()
    torch.cuda.seed_all()
    assert torch.cuda.OutOfMemoryError is torch.OutOfMemoryError
    with torch.cuda.device_of(torch.ones(2)) if torch.cuda._backend() else torch.no_grad():
        pass


@pytest.mark.parametrize(
    "call", [torch.cuda.init, torch.cuda.initial_seed, torch.cuda.get_rng_state, lambda: torch.ones(2).pin_memory()]
)
def test_what_needs_a_device_says_what_to_install(call: Callable[[], object]) -> None:
    with pytest.raises((ImportError, RuntimeError), match=r"vt-cuda|NVIDIA driver"):
        call()


def test_memory_is_not_recorded_for_the_cpu() -> None:
    with pytest.raises(RuntimeError, match="record_stream: expected a tensor of a CUDA device: got one on cpu"):
        torch.ones(2).record_stream(torch.Stream("cpu"))
    assert not torch.ones(2).is_pinned()


def test_batches_are_not_pinned_without_a_device_and_a_warning_says_so() -> None:
    data = TensorDataset(torch.arange(6))
    with pytest.warns(UserWarning, match="pin_memory is set, but there is no CUDA device"):
        batches = [batch[0].tolist() for batch in DataLoader(data, batch_size=2, pin_memory=True)]
    assert batches == [[0, 1], [2, 3], [4, 5]]


class Pinnable:
    """Counts how often it is pinned."""

    pinned = 0

    def pin_memory(self) -> Pinnable:
        self.pinned += 1
        return self


def test_pinning_goes_into_containers_and_keeps_their_types() -> None:
    pair = collections.namedtuple("pair", "a b")
    one = Pinnable()
    data = {"x": [one, (one, "text")], "y": pair(one, 3)}
    result = pin(data)
    assert one.pinned == 3
    assert result == data
    assert type(result["y"]) is pair
    ordered = collections.OrderedDict(a=one)
    assert type(pin(ordered)) is collections.OrderedDict
