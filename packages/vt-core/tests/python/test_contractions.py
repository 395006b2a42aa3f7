# SPDX-License-Identifier: Apache-2.0
"""Einstein's summation and tensordot in the forms of Python, and the order in which operands are contracted."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
import torch
import vt_core as vt


def _random(*shape: int) -> tuple[Any, Any]:
    array = np.random.default_rng(len(shape)).standard_normal(shape)
    return vt.from_numpy(array), torch.from_numpy(array)


@pytest.mark.parametrize(
    ("shapes", "lists", "output"),
    [
        (((2, 3), (3, 4)), ([0, 1], [1, 2]), [0, 2]),
        (((2, 3), (3, 4)), ([7, 51], [51, 0]), None),
        (((5, 2, 3), (3, 4)), ([..., 0, 1], [1, 2]), [2, ...]),
        (((3, 3),), ([0, 0],), [0]),
    ],
)
def test_lists_of_subscripts(shapes: Any, lists: Any, output: Any) -> None:
    pairs = [_random(*shape) for shape in shapes]
    last = () if output is None else (output,)
    ours = [x for (a, _), entries in zip(pairs, lists, strict=True) for x in (a, entries)]
    theirs = [x for (_, a), entries in zip(pairs, lists, strict=True) for x in (a, entries)]
    got, expected = vt.einsum(*ours, *last), torch.einsum(*theirs, *last)
    np.testing.assert_allclose(got.numpy(), expected.numpy(), rtol=1e-12)


def test_operands_in_a_list_or_spread() -> None:
    (a, _), (b, _) = _random(2, 3), _random(3, 2)
    expected = (a.numpy() @ b.numpy()).tolist()
    for got in (vt.einsum("ij,jk", a, b), vt.einsum("ij,jk", [a, b]), vt.ops.einsum("ij,jk", a, b)):
        np.testing.assert_allclose(got.numpy(), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        (("ij",), ValueError, "at least one operand"),
        ((1, 2), TypeError, "operand 0 must be a Tensor: got int"),
        ((vt.ops.ones([2]), [52]), ValueError, r"valid range \[0, 52\)"),
        ((vt.ops.ones([2]), [0], [1]), RuntimeError, "does not appear"),
    ],
)
def test_bad_calls(arguments: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        vt.einsum(*arguments)


def test_one_operand_may_give_a_view() -> None:
    (a, _) = _random(3, 3)[0], None
    assert vt.einsum("ij->ji", a).data_ptr() == a.data_ptr()


def test_contracts_in_the_cheap_order() -> None:
    # From the left: 10^9 multiplications; from the right: 2 x 10^6.
    a, b = vt.ops.ones([1000, 1000]), vt.ops.ones([1000, 1000])
    v = vt.ops.ones([1000])
    start = time.perf_counter()
    vt.einsum("ij,jk,k->i", a, b, v)
    cheap = time.perf_counter() - start
    start = time.perf_counter()
    vt.ops.einsum("ij,jk,k->i", a, b, v, path=[0, 1, 0, 1])
    assert cheap < time.perf_counter() - start


@pytest.mark.parametrize("dims", [0, 1, 2, ([1], [0]), ((1, 0), (0, 1)), [1, 0]])
def test_tensordot_takes_a_number_or_pairs(dims: Any) -> None:
    (a, ta), (b, tb) = _random(2, 3), _random(3, 2)
    if dims == 2:
        b, tb = b.mT, tb.mT
    reference = ([dims[0]], [dims[1]]) if dims == [1, 0] else dims
    expected = torch.tensordot(ta, tb, reference)
    np.testing.assert_allclose(vt.tensordot(a, b, dims).numpy(), expected.numpy(), rtol=1e-12)
    if isinstance(dims, int):
        got = vt.tensordot(a, b, vt.tensor(dims))
        np.testing.assert_allclose(got.numpy(), expected.numpy(), rtol=1e-12)


@pytest.mark.parametrize("dims", [-1, 3, ([0],), ([0], [0], [0])])
def test_tensordot_refuses_other_dims(dims: Any) -> None:
    a = vt.ops.ones([2, 2])
    with pytest.raises((RuntimeError, TypeError), match=r"tensordot|int"):
        vt.tensordot(a, a, dims)
