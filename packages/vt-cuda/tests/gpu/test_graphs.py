# SPDX-License-Identifier: Apache-2.0
"""Graphs: what replays compute and draw, where their memory comes from, what is refused and what a failure leaves."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted, is_served, to_cuda
from vt_core.testing.op_table import OP_TABLE, OpRow, Sample, build

ops = vt.ops


@pytest.fixture(autouse=True)
def idle_device() -> Iterator[None]:
    yield
    gc.collect()
    if vt_cuda.device_count() > 0:
        assert not vt_cuda.is_current_stream_capturing()
        vt_cuda.synchronize()


def full(value: float, *sizes: int) -> vt.Tensor:
    return ops.full(list(sizes), value, device="cuda")


def capture(g: vt_cuda.CUDAGraph, call: Callable[[], object]) -> object:
    with vt_cuda.graph(g):
        return call()


def generator() -> vt.Generator:
    return vt.default_generator("cuda:0")


def test_replays_compute_from_what_the_inputs_hold_then() -> None:
    x = full(1.0, 1000)
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        assert vt_cuda.is_current_stream_capturing()
        y = ((x + x) * x).sum()
    for value in (2.0, 5.0):
        ops.fill_(x, value)
        g.replay()
        assert y.item() == 1000 * 2 * value * value


def test_capture_runs_nothing() -> None:
    x = full(1.0, 8)
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        ops.fill_(x, 2.0)
    assert x.tolist() == [1.0] * 8
    g.replay()
    assert x.tolist() == [2.0] * 8


def test_replay_is_one_launch_and_no_wait() -> None:
    x = full(1.0, 64)
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        y = x
        for _ in range(50):
            y = y + x
    assert g.num_nodes == 50
    with counted() as counts:
        g.replay()
    assert (counts["launches"], counts["host_synchronizations"], counts["copies"]) == (1, 0, 0)
    assert y.tolist() == [51.0] * 64


def test_capture_does_not_wait() -> None:
    x = full(1.0, 64)
    (x * 3).sum()
    g = vt_cuda.CUDAGraph()
    with counted() as counts, vt_cuda.graph(g):
        (x * 3).sum()
    assert counts["host_synchronizations"] == 0


def test_random_numbers_go_on_as_those_of_calls_do() -> None:
    def draw(device: str) -> list[list[float]]:
        a = ops.rand([1000], device=device)
        b = ops.randn([33], dtype=vt.float64, device=device)
        c = ops.bernoulli(ops.full([77], 0.3, device=device))
        return [a, b, c]

    generator().manual_seed(11)
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        captured = draw("cuda")
    assert generator().get_state() == (11, 0)
    replayed = []
    for _ in range(2):
        g.replay()
        replayed.append([one.tolist() for one in captured])
    replayed.append([one.tolist() for one in draw("cuda")])
    g.replay()
    replayed.append([one.tolist() for one in captured])
    vt.default_generator("cpu").manual_seed(11)
    assert replayed == [[one.tolist() for one in draw("cpu")] for _ in range(4)]
    assert generator().get_state() == vt.default_generator("cpu").get_state()


def test_random_numbers_of_a_generator_of_ones_own() -> None:
    own = vt.Generator("cuda").manual_seed(5)
    x = ops.empty([100], device="cuda")
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        ops.normal_(x, generator=own)
    g.replay()
    g.replay()
    expected = ops.empty([100])
    source = vt.Generator("cpu").manual_seed(5)
    ops.normal_(expected, generator=source)
    ops.normal_(expected, generator=source)
    assert x.tolist() == expected.tolist()


def test_nodes_do_not_overwrite_what_the_host_writes_before_a_replay() -> None:
    x = full(1.0, 64)
    values = iter([3.0, 4.0])
    generator().manual_seed(2)
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        (x * 2).sum()  # its memory is free again
        factor = vt_cuda.replayed_numbers(lambda: [next(values)], 1)
        drawn = ops.rand([4], device="cuda")
        y = x * factor.to(dtype=vt.float32)
    vt.default_generator("cpu").manual_seed(2)
    for value in (3.0, 4.0):
        g.replay()
        assert y.tolist() == [value] * 64
        assert drawn.tolist() == ops.rand([4]).tolist()


def test_dropout_and_attention_draw_anew_at_each_replay() -> None:
    x = full(1.0, 32, 64)
    q = ops.randn([1, 2, 16, 8], device="cuda")

    def compute() -> list[vt.Tensor]:
        dropped, mask = ops.native_dropout(x, 0.4)
        out, lse, seed, offset = ops.native_attention(q, q, q, None, 0.3, False, 0.5)
        grads = ops.native_attention_backward(out, q, q, q, out, lse, None, 0.3, False, 0.5, seed, offset)
        return [dropped, mask, out, *grads]

    generator().manual_seed(3)
    eager = [[one.tolist() for one in compute()] for _ in range(3)]
    generator().manual_seed(3)
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        captured = compute()
    for expected in eager:
        g.replay()
        assert [one.tolist() for one in captured] == expected


REFUSED: dict[str, tuple[str, Callable[[vt.Tensor], object]]] = {
    "item": ("item: cannot copy to pageable host memory", lambda x: x.sum().item()),
    "tolist": ("tolist: cannot copy to pageable host memory", lambda x: x.tolist()),
    "cpu": ("to: cannot copy to pageable host memory", lambda x: x.to(device="cpu")),
    "from host": ("cannot copy from pageable host memory", lambda x: ops.copy_(x, ops.ones([8]))),
    "new tensor": ("cannot copy from pageable host memory", lambda _: vt.tensor([1.0], device="cuda")),
    "synchronize": ("synchronize: the host cannot wait for a device", lambda _: vt_cuda.synchronize()),
    "stream": ("synchronize: the host cannot wait for a stream", lambda _: vt_cuda.current_stream().synchronize()),
    "event": (
        "an event recorded in a capture is never ready",
        lambda _: vt_cuda.current_stream().record_event().query(),
    ),
    "outside": (
        "cannot wait for work outside of the capture",
        lambda _: vt_cuda.current_stream().wait_stream(vt_cuda.default_stream()),
    ),
    "seed": (
        "given another seed during the capture",
        lambda x: (ops.uniform_(x), generator().manual_seed(77), ops.uniform_(x)),
    ),
    "empty_cache in a nested capture": (
        "being captured already",
        lambda _: vt_cuda.CUDAGraph().capture_begin(),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_captured_is_refused_by_name_and_leaves_nothing(name: str) -> None:
    match, call = REFUSED[name]
    x = full(1.0, 8)
    gc.collect()
    before = vt_cuda.memory_allocated()
    state = generator().get_state()
    g = vt_cuda.CUDAGraph()
    with pytest.raises(RuntimeError, match=match):
        capture(g, lambda: (x * 2, call(x)))
    gc.collect()
    assert vt_cuda.memory_allocated() == before
    assert generator().get_state() == state
    assert (x + 1).tolist() == [2.0] * 8
    with vt_cuda.graph(g):
        y = x + 2
    g.replay()
    assert y.tolist() == [3.0] * 8


def test_failed_capture_returns_its_memory() -> None:
    gc.collect()
    vt_cuda.empty_cache()
    reserved = vt_cuda.memory_reserved()
    g = vt_cuda.CUDAGraph()
    with pytest.raises(ZeroDivisionError):
        capture(g, lambda: (ops.empty([32 << 20], device="cuda"), 1 // 0))
    gc.collect()
    vt_cuda.empty_cache()
    assert vt_cuda.memory_reserved() <= reserved + (4 << 20)


def test_pool_grows_while_capturing_and_is_given_back_with_the_graph() -> None:
    gc.collect()
    vt_cuda.empty_cache()
    reserved = vt_cuda.memory_reserved()
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        parts = [full(float(i), 8 << 20) for i in range(4)]  # 32 MiB each
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        del parts, part
    g.replay()
    vt_cuda.empty_cache()
    assert vt_cuda.memory_reserved() >= reserved + (128 << 20)
    eager = [full(9.0, 8 << 20) for _ in range(6)]  # not from the pool
    g.replay()
    assert total[:3].tolist() == [6.0, 6.0, 6.0]
    assert [one[:2].tolist() for one in eager] == [[9.0, 9.0]] * 6
    del eager, total, g
    gc.collect()
    vt_cuda.empty_cache()
    assert vt_cuda.memory_reserved() <= reserved + (4 << 20)


def test_result_outlives_its_graph() -> None:
    x = full(4.0, 100)
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        y = x * 2
    g.replay()
    g.reset()
    del g
    vt_cuda.empty_cache()
    other = [full(1.0, 100) for _ in range(20)]
    assert y.tolist() == [8.0] * 100
    assert len(other) == 20


def test_graphs_share_a_pool() -> None:
    x = full(1.0, 1 << 20)
    pool = vt_cuda.graph_pool_handle()
    first, second = vt_cuda.CUDAGraph(), vt_cuda.CUDAGraph()
    with vt_cuda.graph(first, pool):
        a = (x + 1).sum()
    reserved = vt_cuda.memory_reserved()
    with vt_cuda.graph(second, pool=first.pool()):
        b = (x + 2).sum()
    assert vt_cuda.memory_reserved() == reserved
    assert first.pool() == second.pool() == pool
    first.replay()
    second.replay()
    assert (a.item(), b.item()) == (2 * (1 << 20), 3 * (1 << 20))


def test_streams_join_a_capture() -> None:
    x = full(2.0, 1000)
    side = vt_cuda.Stream()
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        here = vt_cuda.current_stream()
        side.wait_stream(here)
        with vt_cuda.stream(side):
            b = x * 3
        a = x * 5
        here.wait_stream(side)
        y = a + b
    for value in (2.0, 3.0):
        ops.fill_(x, value)
        g.replay()
        assert y.tolist() == [8 * value] * 1000


def test_stream_that_is_not_waited_for_fails_the_capture() -> None:
    x = full(2.0, 10)
    side = vt_cuda.Stream()

    def fork() -> None:
        side.wait_stream(vt_cuda.current_stream())
        with vt_cuda.stream(side):
            _ = x * 3

    with pytest.raises(RuntimeError, match="was not waited for"):
        capture(vt_cuda.CUDAGraph(), fork)
    side.wait_stream(vt_cuda.current_stream())  # what the capture recorded never ran, and x may still be filled
    with vt_cuda.stream(side):
        assert (x * 3).tolist() == [6.0] * 10


def test_other_threads_work_during_a_capture() -> None:
    x = full(2.0, 10)
    seen: list[Any] = []

    def work() -> None:
        y = ops.ones([8 << 20], device="cuda") * 2
        seen.append(y.sum().item())

    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        y = x * 2
    g.replay()
    assert seen == [2.0 * (8 << 20)]
    assert y.tolist() == [4.0] * 10


def test_tensors_freed_during_a_capture_do_not_disturb_it() -> None:
    x, old = full(2.0, 10), full(3.0, 1 << 20)
    big = ops.empty([64 << 20], device="cuda")
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        y = x * 2
        del old, big
        gc.collect()
        vt_cuda.empty_cache()
        y = y + 1
    g.replay()
    assert y.tolist() == [5.0] * 10


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_products_are_those_of_calls(dtype: str) -> None:
    a = ops.randn([256, 384], device="cuda").to(dtype=getattr(vt, dtype))
    b = ops.randn([384, 128], device="cuda").to(dtype=getattr(vt, dtype))
    expected = ops.matmul(a, b).to(device="cpu", dtype=vt.float32).tolist()
    g = vt_cuda.CUDAGraph()
    with vt_cuda.graph(g):
        c = ops.matmul(a, b)
    g.replay()
    assert c.to(device="cpu", dtype=vt.float32).tolist() == expected


def test_misuse_is_named() -> None:
    g = vt_cuda.CUDAGraph()
    with pytest.raises(RuntimeError, match="replay: there is nothing to replay"):
        g.replay()
    with pytest.raises(RuntimeError, match="no capture of this graph is under way"):
        g.capture_end()
    with pytest.raises(NotImplementedError, match="capture_error_mode 'global'"):
        g.capture_begin(capture_error_mode="global")
    with pytest.raises(RuntimeError, match="no graph is being captured"):
        vt_cuda.before_replay(lambda: None)
    with vt_cuda.graph(g):
        pass
    assert (g.num_nodes, g.pool() > 0) == (0, True)
    g.replay()
    with pytest.raises(RuntimeError, match="reset it, or use a new one"), vt_cuda.graph(g):
        pass
    g.reset()
    assert g.pool() == 0
    other = vt_cuda.CUDAGraph()
    capture(other, lambda: None)
    with pytest.raises(RuntimeError, match="part of another"):
        capture(g, other.replay)


def test_graph_step_captures_per_kind_of_arguments() -> None:
    runs: list[tuple[int, ...]] = []

    @vt_cuda.graph_step(warmup=1)
    def step(x: vt.Tensor, options: dict[str, Any], scale: float = 1.0) -> tuple[vt.Tensor, list[vt.Tensor]]:
        runs.append(tuple(x.shape))
        y = x * scale + options["bias"]
        return y.sum(), [y]

    for size in (4, 6):
        for i in range(5):
            total, (y,) = step(ops.full([size], float(i)), {"bias": full(1.0, size)}, scale=2.0)
            assert total.item() == size * (2.0 * i + 1)
            assert y.tolist() == [2.0 * i + 1] * size
    assert step(ops.full([4], 1.0), {"bias": full(1.0, 4)}, scale=3.0)[0].item() == 16.0
    assert runs == [(4,), (4,), (6,), (6,), (4,)]
    with pytest.raises(TypeError, match="got an argument of type set"):
        step(full(1.0, 2), {1, 2})


def test_graph_step_refuses_by_name_and_says_which_function() -> None:
    @vt_cuda.graph_step(warmup=0)
    def step(x: vt.Tensor) -> float:
        return x.sum().item()

    with pytest.raises(RuntimeError, match="item: cannot copy to pageable") as caught:
        step(full(1.0, 3))
    assert "while capturing" in caught.value.__notes__[0]


def _on_device(sample: Sample) -> Sample:
    def move(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(move(item) for item in value)
        if isinstance(value, vt.Generator):
            return vt.Generator("cuda").set_state(value.get_state())
        return to_cuda(value) if isinstance(value, vt.Tensor) else value

    return Sample(move(sample.args), {name: move(value) for name, value in sample.kwargs.items()})


def _results(value: Any) -> list[Any]:
    items = value if isinstance(value, (tuple, list)) else [value]
    return [item.to(device="cpu").tolist() if isinstance(item, vt.Tensor) else item for item in items]


# Whose result depends on the numbers drawn, which differ from call to call.
CAPTURED = [row for row in OP_TABLE if row.has_contents and is_served(row)]


@pytest.mark.parametrize("row", CAPTURED, ids=lambda row: row.name)
def test_every_operator_is_captured_or_refused_by_name(row: OpRow) -> None:
    dtype = "float32" if "float32" in row.dtypes else row.dtypes[0]
    result: Any = None
    for sample in list(row.samples(dtype))[:4]:
        tensors, _ = build(sample, dtype)
        if not any(isinstance(a, (vt.Tensor, tuple)) for a in tensors.args):
            continue
        eager, captured = _on_device(tensors), _on_device(tensors)
        generator().manual_seed(1)
        expected = _results(row.outcome(row.function(*eager.args, **eager.kwargs), eager.args))
        generator().manual_seed(1)
        g = vt_cuda.CUDAGraph()
        refusal = ""
        try:
            with vt_cuda.graph(g):
                result = row.outcome(row.function(*captured.args, **captured.kwargs), captured.args)
        except RuntimeError as error:
            refusal = str(error)
        if refusal:
            assert "captured" in refusal
            assert not refusal.startswith("capture:")
            continue
        g.replay()
        assert repr(_results(result)) == repr(expected)
