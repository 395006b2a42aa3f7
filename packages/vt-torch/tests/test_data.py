# SPDX-License-Identifier: Apache-2.0
"""Data sets and loaders."""

from __future__ import annotations

import threading
from collections import namedtuple
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import vt_torch
from programs import LIBRARIES, check
from vt_torch.utils.data import DataLoader, Dataset, IterableDataset, TensorDataset, get_worker_info, random_split


class Squares(Dataset):
    def __init__(self, length: int) -> None:
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> tuple[Any, int]:
        return vt_torch.tensor([index, index * index]), index


def batches(torch: ModuleType) -> Any:
    data = torch.utils.data.TensorDataset(torch.arange(10), torch.arange(20).reshape(10, 2))
    loader = torch.utils.data.DataLoader(data, batch_size=4)
    dropped = torch.utils.data.DataLoader(data, batch_size=4, drop_last=True)
    return [list(batch) for batch in loader], len(loader), len(list(dropped)), len(dropped)


def collated(torch: ModuleType) -> Any:
    items = [{"a": 1, "b": [0.5, "x"]}, {"a": 2, "b": [1.5, "y"]}]
    return torch.utils.data.default_collate(items), torch.utils.data.default_collate([np.ones(2), np.zeros(2)])


@pytest.mark.parametrize("program", [batches, collated])
def test_program_gives_the_same_on_both(program: Any) -> None:
    check(program)


@pytest.mark.parametrize("num_workers", [0, 1, 3])
def test_workers_keep_the_order(num_workers: int) -> None:
    loader = DataLoader(Squares(23), batch_size=5, num_workers=num_workers)
    numbers = [number for _, numbers in loader for number in numbers.tolist()]
    assert numbers == list(range(23))
    assert [len(numbers) for _, numbers in loader] == [5, 5, 5, 5, 3]


def test_workers_are_threads_of_this_process() -> None:
    seen: set[str] = set()

    class Named(Squares):
        def __getitem__(self, index: int) -> int:
            seen.add(threading.current_thread().name)
            return index

    started: list[int] = []
    loader = DataLoader(Named(8), batch_size=2, num_workers=2, worker_init_fn=started.append)
    assert len(list(loader)) == 4
    assert threading.current_thread().name not in seen
    assert sorted(started) in ([0], [0, 1])


def test_a_failing_item_raises_where_the_batch_is_asked_for() -> None:
    class Broken(Squares):
        def __getitem__(self, index: int) -> int:
            if index == 3:
                raise LookupError("item 3 is broken")
            return index

    loader = iter(DataLoader(Broken(6), batch_size=2, num_workers=2))
    assert next(loader).tolist() == [0, 1]
    with pytest.raises(LookupError, match="item 3"):
        next(loader)


def test_shuffling_follows_the_seed() -> None:
    def order(seed: int) -> list[int]:
        vt_torch.manual_seed(seed)
        loader = DataLoader(Squares(50), batch_size=50, shuffle=True)
        return next(iter(loader))[1].tolist()

    assert sorted(order(1)) == list(range(50))
    assert order(1) == order(1)
    assert order(1) != order(2)
    generator = vt_torch.Generator().manual_seed(5)
    loader = DataLoader(Squares(50), batch_size=50, shuffle=True, generator=generator)
    assert next(iter(loader))[1].tolist() != next(iter(loader))[1].tolist()


def test_streams() -> None:
    class Stream(IterableDataset):
        def __iter__(self) -> Any:
            return iter(range(7))

    assert [b.tolist() for b in DataLoader(Stream(), batch_size=3, num_workers=1)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(DataLoader(Stream(), batch_size=None)) == list(range(7))
    with pytest.raises(ValueError, match="IterableDataset"):
        DataLoader(Stream(), shuffle=True)


def test_random_split_parts_everything() -> None:
    parts = random_split(range(10), [0.7, 0.3])
    assert [len(part) for part in parts] == [7, 3]
    assert sorted(item for part in parts for item in part) == list(range(10))
    with pytest.raises(ValueError, match="Sum of input lengths"):
        random_split(range(10), [3, 3])


@pytest.mark.parametrize("torch", LIBRARIES)
def test_bad_arguments_are_refused(torch: ModuleType) -> None:
    data = torch.utils.data.TensorDataset(torch.arange(3))
    with pytest.raises(ValueError, match="num_workers"):
        torch.utils.data.DataLoader(data, num_workers=-1)
    with pytest.raises(ValueError, match="batch_size"):
        torch.utils.data.DataLoader(data, batch_size=0)
    with pytest.raises(ValueError, match="mutually exclusive"):
        torch.utils.data.DataLoader(data, sampler=[0], shuffle=True)


def test_tensors_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="size mismatch"):
        TensorDataset(vt_torch.zeros(2), vt_torch.zeros(3))


def joined(torch: ModuleType) -> Any:
    data = torch.utils.data
    parts = [data.TensorDataset(torch.arange(start, stop)) for start, stop in ((0, 3), (10, 11), (20, 24))]
    both = parts[0] + parts[1]
    three = data.ConcatDataset(parts)
    side = data.StackDataset(parts[0], parts[0])
    named = data.StackDataset(a=parts[0], b=list(range(3)))
    return (
        [three[i][0] for i in range(len(three))],
        three[-1][0],
        three[-5][0],
        three.cumulative_sizes,
        [len(both), len(side), len(named)],
        [side[i] for i in range(3)],
        named[2]["b"],
    )


def streams_in_turn(torch: ModuleType) -> Any:
    class Stream(torch.utils.data.IterableDataset):
        def __init__(self, stop: int) -> None:
            self.stop = stop

        def __iter__(self) -> Any:
            return iter(range(self.stop))

        def __len__(self) -> int:
            return self.stop

    chained = Stream(3) + Stream(2)
    return (
        list(chained),
        len(chained),
        list(torch.utils.data.DataLoader(torch.utils.data.ChainDataset([chained, Stream(2)]))),
    )


@pytest.mark.parametrize("program", [joined, streams_in_turn])
def test_data_sets_of_data_sets_are_the_same_on_both(program: Any) -> None:
    check(program)


def test_samplers_draw_what_they_were_given() -> None:
    data = vt_torch.utils.data
    assert sorted(data.SubsetRandomSampler([5, 7, 9])) == [5, 7, 9]
    drawn = list(data.WeightedRandomSampler([0.0, 1.0, 3.0], 4000, generator=vt_torch.Generator().manual_seed(0)))
    assert len(drawn) == 4000
    assert drawn.count(0) == 0
    assert 2800 < drawn.count(2) < 3200
    assert sorted(data.WeightedRandomSampler([1.0, 1.0, 1.0], 3, replacement=False)) == [0, 1, 2]


@pytest.mark.parametrize("torch", LIBRARIES)
def test_data_sets_of_data_sets_refuse_bad_arguments(torch: ModuleType) -> None:
    data = torch.utils.data
    some = data.TensorDataset(torch.arange(3))
    for call, message in (
        (lambda: data.ConcatDataset([]), "empty"),
        (lambda: data.ConcatDataset([some])[-4], "exceed"),
        (lambda: data.StackDataset(), ""),
        (lambda: data.StackDataset(some, data.TensorDataset(torch.arange(2))), "mismatch"),
        (lambda: data.WeightedRandomSampler([1.0], 0), "positive"),
        (lambda: data.WeightedRandomSampler([1.0], 1, replacement=2), "boolean"),
        (lambda: data.WeightedRandomSampler([[1.0]], 1), "1d"),
    ):
        with pytest.raises((ValueError, AssertionError), match=message):
            call()


def test_a_stream_that_asks_for_its_worker_is_read_once() -> None:
    class Shards(IterableDataset):
        def __iter__(self) -> Any:
            info = get_worker_info()
            yield from range(6) if info is None else range(info.id, 6, info.num_workers)

    assert [x for batch in DataLoader(Shards(), batch_size=2, num_workers=2) for x in batch.tolist()] == list(range(6))


@pytest.mark.parametrize("batch_size", [None, 2])
def test_arrays_become_tensors_batched_or_not(batch_size: int | None) -> None:
    def program(torch: ModuleType) -> Any:
        pair = namedtuple("pair", "x y")
        rows = [{"a": np.arange(2) + i, "b": (np.float32(i), "text", pair(1, np.ones(1)))} for i in range(2)]
        return list(torch.utils.data.DataLoader(rows, batch_size=batch_size))

    check(program)


@pytest.mark.parametrize("options", [{}, {"drop_last": True}, {"shuffle": True}], ids=["all", "drop_last", "shuffle"])
@pytest.mark.parametrize("size", [0, 2, 7, 9])
def test_ranks_visit_parts_of_the_data(options: dict[str, Any], size: int) -> None:
    def parts(torch: ModuleType) -> list[list[int]]:
        made = [
            torch.utils.data.distributed.DistributedSampler(range(size), 3, rank, **{"shuffle": False, **options})
            for rank in range(3)
        ]
        for sampler in made:
            sampler.set_epoch(2)
        assert [len(list(sampler)) for sampler in made] == [len(sampler) for sampler in made]
        return [list(sampler) for sampler in made]

    ours, theirs = (parts(torch) for torch in LIBRARIES)
    if options.get("shuffle"):
        assert {i for part in ours for i in part} == set(range(size))
        assert sorted(map(len, ours)) == sorted(map(len, theirs))
    else:
        assert ours == theirs
    with pytest.raises(ValueError, match="Invalid rank"):
        vt_torch.utils.data.DistributedSampler(range(size), 3, 3)


def test_a_loader_knows_its_options() -> None:
    def program(torch: ModuleType) -> Any:
        options = {
            "timeout": 1,
            "num_workers": 1,
            "persistent_workers": True,
            "in_order": True,
            "pin_memory_device": "",
        }
        loader = torch.utils.data.DataLoader([1], worker_init_fn=print, multiprocessing_context=None, **options)
        names = ("batch_size", "num_workers", "drop_last", "pin_memory", "generator", "worker_init_fn", *options)
        return [getattr(loader, name) for name in names]

    check(program)
