# SPDX-License-Identifier: Apache-2.0
"""PyTorch's names of collectives over the ranks of vt-fabric."""

from __future__ import annotations

from typing import Any

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
