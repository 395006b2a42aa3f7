# SPDX-License-Identifier: Apache-2.0
"""Indices out of range on the device: told by whoever waits next, with operator, index and bound, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import vt_core as vt
import vt_cuda

SIZE = 5

Call = Callable[[vt.Tensor, vt.Tensor], object]

# Calls with indices along the first dimension of a (5, 3) tensor, by the operator that finds the one out of range.
CALLS: dict[str, tuple[str, Call]] = {
    "index": ("index", lambda x, i: x[i]),
    "index_put": ("index_put", lambda x, i: vt.ops.index_put(x, [i], vt.ops.zeros([1, 3], device="cuda"))),
    "index_put accumulate": (
        "index_put",
        lambda x, i: vt.ops.index_put(x, [i], vt.ops.ones([1, 3], device="cuda"), accumulate=True),
    ),
    "index_select": ("index_select", lambda x, i: vt.ops.index_select(x, 0, i)),
    "index_add": ("index_add", lambda x, i: vt.ops.index_add(x, 0, i, vt.ops.ones([1, 3], device="cuda"))),
    "index_copy": ("scatter", lambda x, i: vt.ops.index_copy(x, 0, i, vt.ops.ones([1, 3], device="cuda"))),
    "index_fill": ("index_put", lambda x, i: vt.ops.index_fill(x, 0, i, 7.0)),
    "gather": ("gather", lambda x, i: vt.ops.gather(x, 0, i.reshape(1, 1).expand(1, 3))),
    "take": ("index", lambda x, i: vt.ops.take(x[:, 0], i)),
    "take_along_dim": ("gather", lambda x, i: vt.ops.take_along_dim(x, i.reshape(1, 1).expand(1, 3), 0)),
    "put": ("index_put", lambda x, i: vt.ops.put(x[:, 0].contiguous(), i, vt.ops.ones([1], device="cuda"))),
    "scatter": ("scatter", lambda x, i: vt.ops.scatter(x, 0, i.reshape(1, 1).expand(1, 3), 7.0)),
    "scatter_add": (
        "scatter_add",
        lambda x, i: vt.ops.scatter_add(x, 0, i.reshape(1, 1).expand(1, 3), vt.ops.ones([1, 3], device="cuda")),
    ),
    "embedding": ("embedding", lambda x, i: vt.ops.embedding(x, i)),
}
# Those in which an index below zero counts from the end.
FROM_THE_END = {"index", "index_put", "index_put accumulate", "index_fill", "take", "take_along_dim", "put"}


def test_the_device_is_clean() -> None:
    vt_cuda.synchronize()


@pytest.mark.parametrize("dtype", [vt.int64, vt.int32])
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("where", ["past the end", "before the start"])
def test_an_index_out_of_range_is_told_at_the_next_wait(name: str, where: str, dtype: vt.dtype) -> None:
    if dtype is vt.int32 and name in ("take_along_dim", "gather", "scatter", "scatter_add"):
        pytest.skip("takes int64 alone")
    op, call = CALLS[name]
    wrong = SIZE if where == "past the end" else -SIZE - 1 if name in FROM_THE_END else -1
    x = vt.arange(15, dtype=vt.float32).reshape(SIZE, 3).to(device="cuda")
    index = vt.tensor([wrong], dtype=dtype).to(device="cuda")
    call(x, index)
    told = wrong + SIZE if name == "take_along_dim" and wrong < 0 else wrong
    with pytest.raises(IndexError, match=rf"^{op}: index {told} is out of bounds for dimension 0 with size {SIZE}"):
        vt_cuda.synchronize()
    vt_cuda.synchronize()
    assert x.tolist() == vt.arange(15, dtype=vt.float32).reshape(SIZE, 3).tolist()
    right = vt.tensor([SIZE - 1], dtype=dtype).to(device="cuda")
    call(x, right)
    vt_cuda.synchronize()


WAITS: dict[str, Callable[[vt.Tensor], object]] = {
    "item": lambda x: x.sum().item(),
    "tolist": lambda x: x.tolist(),
    "cpu": lambda x: x.cpu(),
    "stream": lambda x: vt_cuda.current_stream().synchronize(),  # noqa: ARG005
    "event": lambda x: vt_cuda.current_stream().record_event().synchronize(),  # noqa: ARG005
}


@pytest.mark.parametrize("wait", WAITS)
def test_every_wait_tells(wait: str) -> None:
    x = vt.ops.ones([SIZE, 3], device="cuda")
    other = vt.ops.ones([2], device="cuda")
    vt.ops.index_select(x, 0, vt.tensor([9]).to(device="cuda"))
    with pytest.raises(IndexError, match="index_select: index 9 is out of bounds for dimension 0 with size 5"):
        WAITS[wait](other)
    assert other.sum().item() == 2.0


def test_index_copy_leaves_rows_alone_that_no_index_names() -> None:
    x = vt.ops.zeros([SIZE, 3], device="cuda")
    index = vt.tensor([-1, 1]).to(device="cuda")
    x.index_copy_(0, index, vt.ops.ones([2, 3], device="cuda"))
    with pytest.raises(IndexError, match="index -1 is out of bounds"):
        vt_cuda.synchronize()
    assert x[0].tolist() == x[4].tolist() == [0.0] * 3


@pytest.mark.parametrize("shape", [(SIZE,), (SIZE, 3), (2, SIZE, 3)])
def test_index_copy_writes_what_the_cpu_does(shape: tuple[int, ...]) -> None:
    dim = len(shape) - 2 if len(shape) > 1 else 0
    index = vt.tensor([3, 0])
    sizes = list(shape)
    sizes[dim] = 2
    x, source = vt.ops.rand(list(shape)), vt.ops.rand(sizes)
    on_device = vt.ops.index_copy(x.to(device="cuda"), dim, index.to(device="cuda"), source.to(device="cuda"))
    assert on_device.tolist() == vt.ops.index_copy(x, dim, index, source).tolist()
