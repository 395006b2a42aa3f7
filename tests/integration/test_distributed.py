# SPDX-License-Identifier: Apache-2.0
"""PyTorch's names of collectives over the ranks of vt-fabric."""

from __future__ import annotations

from typing import Any

import pytest
import vt_fabric
import vt_torch as torch
import vt_torch.distributed as dist


def body(group: Any) -> list[Any]:
    dist.init_process_group(group=group, world_size=4)
    try:
        mine = torch.full((2,), float(dist.get_rank() + 1))
        total = mine.clone()
        dist.all_reduce(total)
        largest = mine.clone()
        dist.all_reduce(largest, op=dist.ReduceOp.MAX)
        at_two = mine.clone()
        dist.reduce(at_two, dst=2)
        sent = mine.clone()
        dist.broadcast(sent, src=1)
        gathered = [torch.empty(2) for _ in range(dist.get_world_size())]
        dist.all_gather(gathered, mine)
        dist.barrier()
        return [t.tolist()[0] for t in (total, largest, at_two, sent, *gathered)]
    finally:
        dist.destroy_process_group()


def test_threads_are_ranks() -> None:
    for rank, row in enumerate(vt_fabric.run_local(4, body)):
        assert row == [10, 4, 10 if rank == 2 else rank + 1, 2, 1, 2, 3, 4]


def shares(rank: int) -> torch.Tensor:
    return torch.arange(8, dtype=torch.float32).reshape(4, 2)[2 * rank : 2 * rank + 2]


def train(group: Any) -> list[Any]:
    dist.init_process_group(group=group)
    try:
        torch_model = torch.nn.Sequential(
            torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 1, bias=False)
        )
        with torch.no_grad():
            for i, tensor in enumerate([*torch_model.parameters(), torch_model[1].running_mean]):
                tensor.copy_(torch.arange(tensor.numel()).reshape(tensor.shape) * 0.1 + i + dist.get_rank())
        model = torch.nn.parallel.DistributedDataParallel(torch_model)
        started = [p.tolist() for p in model.parameters()] + [torch_model[1].running_mean.tolist()]
        with model.no_sync():
            model(shares(dist.get_rank())).sum().backward()
        apart = [p.grad.tolist() for p in model.parameters()]
        model(shares(dist.get_rank())).square().sum().backward()
        return [started, apart, [p.grad.tolist() for p in model.parameters()], list(model.state_dict())]
    finally:
        dist.destroy_process_group()


def test_gradients_are_those_of_all_ranks() -> None:
    first, second = vt_fabric.run_local(2, train)
    assert first[0] == second[0]
    assert first[1] != second[1]
    for ours, theirs in zip(first[2], second[2], strict=True):
        assert ours == theirs
    assert first[3][0] == "module.0.weight"
    means = []
    for rank in range(2):
        model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 1, bias=False))
        with torch.no_grad():
            for p, values in zip(model.parameters(), first[0], strict=False):
                p.copy_(torch.tensor(values))
        for loss in (torch.Tensor.sum, lambda y: y.square().sum()):
            loss(model(shares(rank))).backward()
        means.append([p.grad / 2 for p in model.parameters()])
    for found, *parts in zip(first[2], *means, strict=True):
        torch.testing.assert_close(torch.tensor(found), sum(parts[1:], parts[0]))


def test_a_rank_alone_needs_no_others() -> None:
    with pytest.raises(ValueError, match="no process group"):
        torch.nn.parallel.DistributedDataParallel(torch.nn.Linear(1, 1))
    dist.init_process_group()
    try:
        with pytest.raises(RuntimeError, match="not needed"):
            torch.nn.parallel.DistributedDataParallel(torch.nn.ReLU())
        model = torch.nn.parallel.DistributedDataParallel(torch.nn.Linear(1, 1), find_unused_parameters=True)
        model(torch.ones(2, 1)).sum().backward()
        assert model.module.weight.grad.item() == 2.0
    finally:
        dist.destroy_process_group()


def unused(group: Any) -> None:
    dist.init_process_group(group=group)
    try:
        with pytest.raises(NotImplementedError, match="find_unused_parameters"):
            torch.nn.parallel.DistributedDataParallel(torch.nn.Linear(1, 1), find_unused_parameters=True)
    finally:
        dist.destroy_process_group()


def test_unused_parameters_of_several_ranks_are_refused() -> None:
    vt_fabric.run_local(2, unused)
