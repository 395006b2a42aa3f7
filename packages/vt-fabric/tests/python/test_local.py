# SPDX-License-Identifier: Apache-2.0
"""Groups of threads: results, agreement between ranks, and every way of failing."""

from __future__ import annotations

import time

import numpy as np
import pytest
import vt_core
import vt_fabric
from vt_fabric import LocalGroup, run_local

REAL_DTYPES = ["uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]


def values(rank: int, count: int) -> list[int]:
    return [(rank + 1) * (i % 5 + 1) for i in range(count)]


@pytest.mark.parametrize("dtype", [*REAL_DTYPES, "complex64", "complex128"])
@pytest.mark.parametrize("count", [0, 1, 7, 64])
def test_all_reduce_sums_every_dtype(dtype: str, count: int) -> None:
    def body(group: LocalGroup) -> list[complex]:
        tensor = vt_core.tensor(values(group.rank, count), dtype=getattr(vt_core, dtype))
        group.all_reduce(tensor)
        return tensor.tolist()

    expected = np.sum([values(rank, count) for rank in range(3)], axis=0).tolist()
    assert run_local(3, body) == [expected] * 3


@pytest.mark.parametrize(
    ("op", "reference"), [("product", np.prod), ("min", np.min), ("max", np.max), ("mean", np.mean)]
)
def test_all_reduce_reductions(op: vt_fabric.ReduceOp, reference: object) -> None:
    def body(group: LocalGroup) -> list[float]:
        tensor = vt_core.tensor([float(v) for v in values(group.rank, 6)], dtype=vt_core.float64)
        group.all_reduce(tensor, op=op)
        return tensor.tolist()

    expected = reference([values(rank, 6) for rank in range(4)], axis=0)  # type: ignore[operator]
    for result in run_local(4, body):
        np.testing.assert_allclose(result, expected, rtol=1e-15)


def test_all_reduce_is_bit_equal_on_all_ranks_and_runs() -> None:
    def body(group: LocalGroup) -> list[float]:
        tensor = vt_core.tensor([0.1 * (group.rank + 1) ** 3 + 1e-3 * i for i in range(1000)])
        group.all_reduce(tensor)
        return tensor.tolist()

    first = run_local(5, body)
    assert all(result == first[0] for result in first)
    assert run_local(5, body) == first


def test_min_and_max_propagate_nan() -> None:
    def body(group: LocalGroup) -> list[float]:
        tensor = vt_core.tensor([float("nan") if group.rank == 1 else 1.0])
        group.all_reduce(tensor, op="max")
        return tensor.tolist()

    assert all(np.isnan(result[0]) for result in run_local(3, body))


def test_broadcast_and_all_gather() -> None:
    def body(group: LocalGroup) -> tuple[list[int], list[list[int]]]:
        tensor = vt_core.tensor([group.rank, 10 * group.rank])
        gathered = group.all_gather(tensor)
        group.broadcast(tensor, root=2)
        group.barrier()
        return tensor.tolist(), gathered.tolist()

    assert run_local(3, body) == [([2, 20], [[0, 0], [1, 10], [2, 20]])] * 3


def test_collectives_bump_the_version_counter() -> None:
    def body(group: LocalGroup) -> int:
        tensor = vt_core.tensor([1.0])
        before = tensor._version
        group.all_reduce(tensor)
        return tensor._version - before

    assert run_local(2, body) == [1, 1]


def test_different_shapes_fail_on_every_rank_and_change_nothing() -> None:
    def body(group: LocalGroup) -> list[float]:
        tensor = vt_core.tensor([1.0] * (2 + group.rank))
        with pytest.raises(vt_core.ShapeError, match=r"rank 1 gives \(3,\) float32"):
            group.all_reduce(tensor)
        ok = vt_core.tensor([1.0])
        group.all_reduce(ok)  # the ranks still agree on where they are
        return [*tensor.tolist(), *ok.tolist()]

    assert run_local(2, body) == [[1.0, 1.0, 2.0], [1.0, 1.0, 1.0, 2.0]]


def test_different_collectives_and_roots_fail() -> None:
    def mixed(group: LocalGroup) -> None:
        tensor = vt_core.tensor([1.0])
        with pytest.raises(RuntimeError, match="rank 0 calls all_reduce, rank 1 calls broadcast"):
            group.all_reduce(tensor) if group.rank == 0 else group.broadcast(tensor)

    run_local(2, mixed)

    def roots(group: LocalGroup) -> None:
        with pytest.raises(ValueError, match="different reductions or roots"):
            group.broadcast(vt_core.tensor([1.0]), root=group.rank)

    run_local(2, roots)


def test_a_rank_that_raises_ends_the_others_at_once() -> None:
    def body(group: LocalGroup) -> None:
        if group.rank == 1:
            raise KeyError("lost")
        group.all_reduce(vt_core.tensor([1.0]))

    begin = time.monotonic()
    with pytest.raises(KeyError, match="lost") as caught:
        run_local(3, body, timeout_s=30)
    assert time.monotonic() - begin < 10
    assert any("rank 1 aborted: KeyError" in note for note in caught.value.__notes__)


def test_a_rank_that_stays_away_is_a_timeout() -> None:
    def body(group: LocalGroup) -> str:
        if group.rank == 0:
            return "left"
        with pytest.raises((TimeoutError, RuntimeError)) as caught:
            group.barrier()
        with pytest.raises(RuntimeError, match="unusable since"):
            group.barrier()
        return str(caught.value)

    results = run_local(3, body, timeout_s=0.3)
    assert any("for rank 0" in text for text in results[1:])


def test_bad_arguments() -> None:
    for world in (0, -1, 5000):
        with pytest.raises(ValueError, match="create_local"):
            vt_fabric.local(world)
    for timeout_s in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="timeout"):
            vt_fabric.local(1, timeout_s=timeout_s)
    (group,) = vt_fabric.local(1)
    with pytest.raises(ValueError, match="unknown op 'xor'"):
        group.all_reduce(vt_core.tensor([1.0]), op="xor")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        group.all_reduce([1.0])  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="contiguous"):
        group.all_reduce(vt_core.ops.zeros((2, 3)).transpose(0, 1))
    with pytest.raises(RuntimeError, match="mean is not defined for int64"):
        group.all_reduce(vt_core.tensor([1]), op="mean")
    with pytest.raises(RuntimeError, match="max is not defined for complex64"):
        group.all_reduce(vt_core.tensor([1j], dtype=vt_core.complex64), op="max")
    with pytest.raises(ValueError, match="got root 3"):
        group.broadcast(vt_core.tensor([1.0]), root=3)


def test_groups_offer_the_common_interface() -> None:
    (group,) = vt_fabric.local(1)
    assert isinstance(group, vt_fabric.Group)
    assert (group.rank, group.world) == (0, 1)


def test_a_barrier_may_be_followed_by_anything_at_once() -> None:
    def body(group: LocalGroup) -> int:
        for _ in range(2000):
            group.barrier()
            mine = vt_core.tensor([group.rank])
            group.broadcast(mine, root=1)
        return int(mine.item())

    assert run_local(3, body) == [1, 1, 1]
