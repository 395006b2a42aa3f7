# SPDX-License-Identifier: Apache-2.0
"""Tables that integers look up: options of embedding and embedding_bag, and their gradients, as with PyTorch."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
import vt_torch
from programs import LIBRARIES, check, fill, values


def leaf(torch: ModuleType, shape: tuple[int, ...], seed: int = 0) -> Any:
    return torch.from_numpy(values(shape, seed)).requires_grad_()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"padding_idx": 1},
        {"padding_idx": -1},
        {"scale_grad_by_freq": True},
        {"scale_grad_by_freq": True, "padding_idx": 2},
    ],
    ids=str,
)
def test_gradients_of_the_table(options: dict[str, Any]) -> None:
    def program(torch: ModuleType) -> Any:
        table = leaf(torch, (4, 3))
        rows = torch.nn.functional.embedding(torch.tensor([[1, 3, 1], [2, 1, 3]]), table, **options)
        (rows * torch.from_numpy(values((2, 3, 3), 1))).sum().backward()
        return rows, table.grad

    check(program)


@pytest.mark.parametrize("norm_type", [1.0, 2.0, 3.0])
def test_rows_that_are_looked_up_are_scaled_down_in_the_table(norm_type: float) -> None:
    def program(torch: ModuleType) -> Any:
        table = leaf(torch, (4, 3))
        rows = torch.nn.functional.embedding(torch.tensor([1, 3, 1]), table, max_norm=0.7, norm_type=norm_type)
        rows.sum().backward()
        return rows, table, table.grad

    check(program)


BAGS: dict[str, Any] = {
    "offsets": lambda torch: ((torch.tensor([1, 3, 1, 0, 2, 2]), torch.tensor([0, 3, 3, 5])), {}),
    "rows": lambda torch: ((torch.tensor([[1, 3, 1], [0, 2, 2]]),), {}),
    "int32": lambda torch: (
        (torch.tensor([1, 3, 1], dtype=torch.int32), torch.tensor([0, 1], dtype=torch.int32)),
        {},
    ),
    "padding": lambda torch: ((torch.tensor([1, 3, 1, 0, 2, 2]), torch.tensor([0, 3, 5])), {"padding_idx": 1}),
    "last offset": lambda torch: (
        (torch.tensor([1, 3, 1, 0]), torch.tensor([0, 2, 4])),
        {"include_last_offset": True},
    ),
}


@pytest.mark.parametrize("mode", ["sum", "mean", "max"])
@pytest.mark.parametrize("bags", BAGS.values(), ids=BAGS.keys())
def test_bags_and_their_gradients(bags: Any, mode: str) -> None:
    def program(torch: ModuleType) -> Any:
        args, options = bags(torch)
        module = fill(torch.nn.EmbeddingBag(4, 3, mode=mode, **options), torch)
        out = module(*args)
        (out * torch.from_numpy(values(tuple(out.shape), 1))).sum().backward()
        return out, module.weight.grad, repr(module)

    check(program)


def test_weights_of_samples_have_a_gradient() -> None:
    def program(torch: ModuleType) -> Any:
        table, factors = leaf(torch, (4, 3)), leaf(torch, (2, 3), 2)
        at = torch.tensor([[1, 3, 1], [0, 2, 2]])
        out = torch.nn.functional.embedding_bag(at, table, mode="sum", per_sample_weights=factors, padding_idx=2)
        (out * torch.from_numpy(values((2, 3), 1))).sum().backward()
        return out, table.grad, factors.grad

    check(program)


@pytest.mark.parametrize(("mode", "share"), [("sum", 1.0), ("mean", 0.5)])
def test_gradients_of_bags_are_scaled_by_frequency(mode: str, share: float) -> None:
    # PyTorch's bags look the frequency of a row up in another row's place; those of embedding are right.
    module = vt_torch.nn.EmbeddingBag(4, 3, mode=mode, scale_grad_by_freq=True)
    module(vt_torch.tensor([1, 3, 1, 0]), vt_torch.tensor([0, 2])).sum().backward()
    rows = [share, share, 0.0, share]  # row 1 is taken twice, half of the gradient each time
    assert module.weight.grad.tolist() == [[row] * 3 for row in rows]


def test_modules_over_given_tables() -> None:
    def program(torch: ModuleType) -> Any:
        table = torch.from_numpy(values((4, 3)))
        plain = torch.nn.Embedding.from_pretrained(table, padding_idx=1, max_norm=1.0)
        bag = torch.nn.EmbeddingBag.from_pretrained(table, freeze=False, mode="sum")
        at = torch.tensor([[0, 1], [2, 3]])
        return plain(at), bag(at), plain.weight.requires_grad, bag.weight.requires_grad, repr(plain), repr(bag)

    check(program)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"mode": "prod"}, ValueError),
        ({"mode": "max", "scale_grad_by_freq": True}, ValueError),
        ({"mode": "mean", "per_sample_weights": True}, NotImplementedError),
        ({"offsets": True}, ValueError),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_as_by_pytorch(options: dict[str, Any], error: type[Exception]) -> None:
    for torch in LIBRARIES:
        given = dict(options)
        if given.get("per_sample_weights"):
            given["per_sample_weights"] = torch.ones(2, 2)
        if given.get("offsets"):
            given["offsets"] = torch.tensor([0])
        with pytest.raises(error):
            torch.nn.functional.embedding_bag(torch.tensor([[0, 1], [1, 0]]), torch.ones(2, 3), **given)


def test_sparse_gradients_are_refused() -> None:
    table, at = vt_torch.ones(2, 3), vt_torch.tensor([[0, 1]])
    with pytest.raises(NotImplementedError, match="sparse"):
        vt_torch.nn.functional.embedding(at, table, sparse=True)
    with pytest.raises(NotImplementedError, match="sparse"):
        vt_torch.nn.functional.embedding_bag(at, table, sparse=True)
    with pytest.raises(NotImplementedError, match="sparse"):
        vt_torch.nn.EmbeddingBag(2, 3, sparse=True)
    with pytest.raises(RuntimeError, match="no derivative"):
        vt_torch.ops.embedding_renorm_(table.requires_grad_(), at, 1.0, 2.0)
