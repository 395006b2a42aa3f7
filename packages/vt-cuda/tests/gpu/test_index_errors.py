# SPDX-License-Identifier: Apache-2.0
"""Indices out of range on the device: told by whoever waits next, with operator, index and bound, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted

SIZE = 5

Call = Callable[[vt.Tensor, vt.Tensor], object]

# Calls with indices along the first dimension of a (5, 3) tensor, by the name under which the one out of range is told.
CALLS: dict[str, tuple[str, Call]] = {
    "index": ("index", lambda x, i: x[i]),
    "index_put": ("index_put", lambda x, i: vt.ops.index_put(x, [i], vt.ops.zeros([1, 3], device="cuda"))),
    "index_put accumulate": (
        "index_put",
        lambda x, i: vt.ops.index_put(x, [i], vt.ops.ones([1, 3], device="cuda"), accumulate=True),
    ),
    "index_select": ("index_select", lambda x, i: vt.ops.index_select(x, 0, i)),
    "index_add": ("index_add", lambda x, i: vt.ops.index_add(x, 0, i, vt.ops.ones([1, 3], device="cuda"))),
    "index_copy": ("index_copy", lambda x, i: vt.ops.index_copy(x, 0, i, vt.ops.ones([1, 3], device="cuda"))),
    "index_fill": ("index_fill", lambda x, i: vt.ops.index_fill(x, 0, i, 7.0)),
    "index_reduce": (
        "index_reduce",
        lambda x, i: vt.ops.index_reduce(x, 0, i, vt.ops.ones([1, 3], device="cuda"), "prod"),
    ),
    "gather": ("gather", lambda x, i: vt.ops.gather(x, 0, i.reshape(1, 1).expand(1, 3))),
    "take": ("take", lambda x, i: vt.ops.take(x[:, 0], i)),
    "take_along_dim": ("take_along_dim", lambda x, i: vt.ops.take_along_dim(x, i.reshape(1, 1).expand(1, 3), 0)),
    "put": ("put", lambda x, i: vt.ops.put(x[:, 0].contiguous(), i, vt.ops.ones([1], device="cuda"))),
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


ROWS = {"of a vector": (SIZE,), "of rows": (4, SIZE), "of images": (2, SIZE, 3, 2)}


def _targets(shape: tuple[int, ...], *values: int) -> vt.Tensor:
    """Targets of logits of this shape: the values, then zeros."""
    sizes = [*shape[:1], *shape[2:]] if len(shape) > 1 else []
    count = 1
    for size in sizes:
        count *= size
    return vt.tensor([*values, *[0] * count][:count]).reshape(sizes).to(device="cuda")


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("smoothing", [0.0, 0.25])
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@pytest.mark.parametrize("shape", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("target", [SIZE, -1, -(2**62)])
def test_a_target_that_is_no_class_is_told(
    target: int, shape: tuple[int, ...], reduction: str, smoothing: float, weighted: bool
) -> None:
    x = vt.ops.rand(list(shape)).to(device="cuda")
    weight = vt.ops.ones([SIZE], device="cuda") if weighted else None
    further = {"weight": weight, "ignore_index": -7, "reduction": reduction}
    vt.ops.cross_entropy(x, _targets(shape, target), **further, label_smoothing=smoothing)
    told = f"^cross_entropy: Target {target} is out of bounds: expected a class from 0 to 4 or ignore_index -7"
    with pytest.raises(IndexError, match=told):
        vt_cuda.synchronize()
    vt_cuda.synchronize()
    vt.ops.cross_entropy(x, _targets(shape, -7, SIZE - 1), **further, label_smoothing=smoothing)
    vt_cuda.synchronize()
    vt.ops.nll_loss(x, _targets(shape, target), **further)
    dim = 0 if len(shape) == 1 else 1
    with pytest.raises(IndexError, match=f"^nll_loss: index {target} is out of bounds for dimension {dim} with size 5"):
        vt_cuda.synchronize()
    vt.ops.nll_loss(x, _targets(shape, -7, SIZE - 1), **further)
    vt_cuda.synchronize()


def test_a_small_loss_with_its_check_is_one_launch() -> None:
    x, targets = vt.ops.rand([4, SIZE]).to(device="cuda"), _targets((4, SIZE), 1, 2)
    vt.ops.cross_entropy(x, targets)
    with counted() as counts:
        vt.ops.cross_entropy(x, targets)
    assert (counts["launches"], counts["host_synchronizations"]) == (1, 0)


def test_margin_losses_tell_by_their_names() -> None:
    x = vt.ops.rand([4, SIZE]).to(device="cuda")
    vt.ops.multi_margin_loss(x, _targets((4, SIZE), SIZE))
    with pytest.raises(IndexError, match=r"^multi_margin_loss: index 5 is out of bounds for dimension 1 with size 5"):
        vt_cuda.synchronize()
    vt.ops.multilabel_margin_loss(x[0].contiguous(), vt.tensor([1, 9, -1, 0, 0]).to(device="cuda"))
    with pytest.raises(IndexError, match=r"^multilabel_margin_loss: index 9 is out of bounds"):
        vt_cuda.synchronize()
    vt.ops.one_hot(vt.tensor([3]).to(device="cuda"), 3)
    with pytest.raises(IndexError, match=r"^one_hot: index 3 is out of bounds"):
        vt_cuda.synchronize()


OFFSETS: dict[str, tuple[list[int], str]] = {
    "not from 0": ([1, 2], "got 1 at position 0"),
    "falling": ([0, 3, 2], "got 2 at position 2"),
    "past the end": ([0, 7], "got 7 at position 1"),
    "below 0": ([0, -1], "got -1 at position 1"),
}


@pytest.mark.parametrize("dtype", [vt.int64, vt.int32])
@pytest.mark.parametrize("mode", [0, 1, 2])
@pytest.mark.parametrize("name", OFFSETS)
def test_offsets_of_bags_are_told(name: str, mode: int, dtype: vt.dtype) -> None:
    values, told = OFFSETS[name]
    weight = vt.ops.rand([SIZE, 3]).to(device="cuda")
    indices = vt.tensor([4, 0, 4, 1, 1, 2], dtype=dtype).to(device="cuda")
    vt.ops.embedding_bag(weight, indices, vt.tensor(values, dtype=dtype).to(device="cuda"), mode=mode)
    with pytest.raises(RuntimeError, match=f"^embedding_bag: offsets must start at 0.* not pass the 6 indices: {told}"):
        vt_cuda.synchronize()
    vt_cuda.synchronize()


@pytest.mark.parametrize("mode", [0, 1, 2])
def test_an_index_of_a_bag_is_told(mode: int) -> None:
    weight = vt.ops.rand([SIZE, 3]).to(device="cuda")
    offsets = vt.tensor([0, 1]).to(device="cuda")
    vt.ops.embedding_bag(weight, vt.tensor([0, SIZE]).to(device="cuda"), offsets, mode=mode)
    with pytest.raises(IndexError, match=r"^embedding_bag: index 5 is out of bounds for dimension 0 with size 5"):
        vt_cuda.synchronize()


def test_replays_tell_by_the_name_of_what_was_captured() -> None:
    x = vt.ops.rand([SIZE]).to(device="cuda")
    index = vt.tensor([1]).to(device="cuda")
    vt.ops.take(x, index)
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        vt.ops.take(x, index)
    index.fill_(SIZE)
    for _ in range(2):
        graph.replay()
        with pytest.raises(IndexError, match=r"^take: index 5 is out of bounds for dimension 0 with size 5"):
            vt_cuda.synchronize()
