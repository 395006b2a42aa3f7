# SPDX-License-Identifier: Apache-2.0
"""vt_torch's streams, events, random states and pinned batches on a device."""

from __future__ import annotations

import pytest
import vt_cuda
import vt_torch as torch
from vt_torch.utils.data import DataLoader, TensorDataset

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")


@pytest.mark.parametrize("num_workers", [0, 2])
def test_batches_are_pinned_and_arrive(num_workers: int) -> None:
    data = TensorDataset(torch.arange(60.0).reshape(20, 3), torch.arange(20))
    loader = DataLoader(data, batch_size=4, pin_memory=True, num_workers=num_workers)
    seen = []
    for features, labels in loader:
        assert features.is_pinned()
        assert labels.is_pinned()
        moved = features.to("cuda", non_blocking=True)
        seen.append((moved.sum(), labels.cuda(non_blocking=True)))
    assert [total.item() for total, _ in seen] == [sum(range(12 * i, 12 * i + 12)) for i in range(5)]
    assert [label for _, labels in seen for label in labels.tolist()] == list(range(20))


def test_events_have_pytorchs_parameters() -> None:
    start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(True)
    start.record()
    torch.ones(1 << 20, device="cuda").add_(1)
    end.record()
    end.synchronize()
    assert start.elapsed_time(end) >= 0
    silent = torch.cuda.Event()
    silent.record()
    with pytest.raises(RuntimeError):
        silent.elapsed_time(end)
    assert isinstance(silent, torch.Event)
    assert isinstance(torch.Event("cuda", enable_timing=True), vt_cuda.Event)
    stream = torch.cuda.Stream(priority=-1)
    with torch.cuda.stream(stream):
        silent.record()
    silent.wait(torch.cuda.current_stream())
    assert stream.query() in (True, False)


def test_random_states_of_a_device() -> None:
    torch.cuda.manual_seed(3)
    assert torch.cuda.initial_seed() == 3
    state = torch.cuda.get_rng_state()
    first = torch.rand(8, device="cuda").tolist()
    torch.cuda.set_rng_state(state)
    assert torch.rand(8, device="cuda").tolist() == first
    assert len(torch.cuda.get_rng_state_all()) == torch.cuda.device_count()
    torch.cuda.seed()
    assert torch.rand(8, device="cuda").tolist() != first


def test_memory_is_recorded_on_a_stream() -> None:
    side = torch.cuda.Stream()
    x = torch.ones(1000, device="cuda")
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        y = x * 2
    x.record_stream(side)
    del x
    torch.cuda.current_stream().wait_stream(side)
    assert y.sum().item() == 2000.0


def test_gradients_pass_through_pinning() -> None:
    x = torch.ones(3, requires_grad=True)
    (x.pin_memory().to("cuda", non_blocking=True) * 2).sum().backward()
    assert x.grad.tolist() == [2.0] * 3


def test_saved_tensors_go_to_pinned_memory_and_back() -> None:
    x = torch.ones(1000, device="cuda", requires_grad=True)
    with torch.autograd.graph.save_on_cpu(pin_memory=True):
        y = (x.exp() * 2).sum()
    y.backward()
    assert abs(x.grad.sum().item() - 2000 * 2.718281828) < 1.0


def test_ranges_and_modes_by_their_names() -> None:
    with torch.cuda.nvtx.range("step"):
        torch.cuda.nvtx.mark("here")
    torch.cuda.set_sync_debug_mode("error")
    try:
        with pytest.raises(RuntimeError, match="item: the host waits"):
            torch.ones(1, device="cuda").item()
    finally:
        torch.cuda.set_sync_debug_mode("default")
    assert torch.cuda.get_sync_debug_mode() == 0
    with torch.cuda.device_of(torch.ones(1, device="cuda")):
        assert torch.cuda.current_device() == 0
