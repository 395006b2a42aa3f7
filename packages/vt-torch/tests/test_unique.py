# SPDX-License-Identifier: Apache-2.0
"""unique and unique_consecutive as functions and methods, with as many results as are asked for."""

from __future__ import annotations

import pytest
import vt_torch as torch


@pytest.fixture
def x():
    return torch.tensor([[3, 1], [1, 1], [3, 1]])


def test_unique_gives_values_alone_by_default(x) -> None:
    assert torch.unique(x).tolist() == [1, 3]
    assert x.unique().tolist() == [1, 3]


def test_unique_gives_what_is_asked_for(x) -> None:
    values, inverse = torch.unique(x, return_inverse=True)
    assert (values.tolist(), inverse.tolist()) == ([1, 3], [[1, 0], [0, 0], [1, 0]])
    values, counts = x.unique(return_counts=True)
    assert (values.tolist(), counts.tolist()) == ([1, 3], [4, 2])
    assert len(torch.unique(x, return_inverse=True, return_counts=True)) == 3


def test_unique_of_slices(x) -> None:
    values, inverse, counts = torch.unique(x, return_inverse=True, return_counts=True, dim=0)
    assert values.tolist() == [[1, 1], [3, 1]]
    assert (inverse.tolist(), counts.tolist()) == ([1, 0, 1], [1, 2])
    with pytest.raises(IndexError, match="out of range"):
        torch.unique(x, dim=2)


def test_unique_consecutive(x) -> None:
    assert torch.unique_consecutive(x).tolist() == [3, 1, 3, 1]
    values, counts = x.unique_consecutive(return_counts=True)
    assert (values.tolist(), counts.tolist()) == ([3, 1, 3, 1], [1, 3, 1, 1])
    assert x.unique_consecutive(dim=0).shape == (3, 2)
