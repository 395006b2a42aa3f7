# SPDX-License-Identifier: Apache-2.0
"""Tangents of every row of the op table of which PyTorch computes one, in float64 and complex128."""

from __future__ import annotations

import math
import threading
from typing import Any

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_autograd import forward_ad as fw

torch = pytest.importorskip("torch")

from test_op_table_against_torch import (  # noqa: E402
    ROWS,
    assert_same,
    call_theirs,
    calls,
    counterparts,
    tensors_in,
    theirs_of,
    writable,
)
from vt_core.testing.op_table import OpRow  # noqa: E402

# Where PyTorch's tangent is another.
OTHERWISE = {
    "cross_entropy": "PyTorch takes weights as constants",
    "nll_loss": "PyTorch takes weights as constants",
    "triangular_solve": "PyTorch's is not that of central differences",
}
# The same of complex numbers alone.
OTHERWISE_COMPLEX = {"silu": "PyTorch's is not that of central differences, and it has no gradient to compare"}
# PyTorch's level is of the process: one thread at a time may be in it.
THEIR_LEVEL = threading.Lock()
# PyTorch takes 0-dim tensors for numbers where they are named.
BY_PLACE = {"where", "pow", "xlogy", "float_power", "special_xlog1py"}


def direction(like: vt.Tensor, seed: int) -> vt.Tensor:
    numbers = [math.cos(seed + 1.3 * k) for k in range(2 * like.numel())]
    flat = list(map(complex, numbers[::2], numbers[1::2])) if like.is_complex() else numbers[::2]
    return vt.tensor(flat, dtype=like.dtype).reshape(tuple(like.shape))


def with_tangents(value: Any, kind: type, make: Any) -> Any:
    """The argument with dual numbers for the tensors that require grad."""
    if isinstance(value, tuple):
        return tuple(with_tangents(item, kind, make) for item in value)
    return make(value) if isinstance(value, kind) and value.requires_grad else value


def duals(args: Any, kwargs: dict[str, Any], kind: type, make: Any) -> tuple[Any, dict[str, Any]]:
    changed = with_tangents((args, tuple(kwargs.values())), kind, make)
    return changed[0], dict(zip(kwargs, changed[1]))


def tangents_of_theirs(row: OpRow, args: Any, kwargs: dict[str, Any], directions: list[vt.Tensor]) -> list[Any]:
    """PyTorch's tangents, None for results without one; empty where it refuses."""
    their_args, their_kwargs = theirs_of(args), {name: theirs_of(value) for name, value in kwargs.items()}
    rest = iter(directions)
    with THEIR_LEVEL, torch.autograd.forward_ad.dual_level():
        make = torch.autograd.forward_ad.make_dual
        try:
            dual_args, dual_kwargs = duals(
                their_args, their_kwargs, torch.Tensor, lambda t: make(t.detach(), theirs_of(next(rest)))
            )
            args = writable_dual(row, dual_args)
            called = counterparts(row.name)[0](*args) if row.name in BY_PLACE else call_theirs(row, args, dual_kwargs)
            return [dense(torch.autograd.forward_ad.unpack_dual(t)) for t in tensors_in(called, torch.Tensor)]
        except Exception:
            return []


def dense(dual: Any) -> Any:
    """PyTorch's tangent with its elements; None where there is none, or the result has no derivative."""
    if dual.tangent is None or not dual.primal.isfinite().all():
        return None
    return torch.zeros_like(dual.primal) if dual.tangent._is_zerotensor() else dual.tangent.resolve_conj().resolve_neg()


def writable_dual(row: OpRow, args: Any) -> Any:
    return (args[0] * 1.0, *args[1:]) if row.is_in_place_only else writable(row, args)


def compare(row: OpRow, args: Any, kwargs: dict[str, Any]) -> bool:
    points = [t for t in tensors_in((args, tuple(kwargs.values())), vt.Tensor) if t.requires_grad]
    directions = [direction(t, i) for i, t in enumerate(points)]
    expected = tangents_of_theirs(row, args, kwargs, directions)
    if all(tangent is None for tangent in expected):
        return False
    rest = iter(directions)
    with fw.dual_level():
        dual_args, dual_kwargs = duals(args, kwargs, vt.Tensor, lambda t: fw.make_dual(t.detach(), next(rest)))
        results = tensors_in(row.function(*writable_dual(row, dual_args), **dual_kwargs), vt.Tensor)
        found = [fw.unpack_dual(t).tangent for t in results]
    for i, (ours, theirs) in enumerate(zip(found, expected)):
        if theirs is not None and i in row.checked_results and row.has_contents:
            assert ours is not None, f"result {i} has no tangent"
            assert_same(ours, theirs, f"tangent of result {i}")
    return True


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("row", [row for row in ROWS if row.name not in OTHERWISE], ids=lambda row: row.name)
def test_tangents_equal_pytorch(row: OpRow) -> None:
    for args, kwargs in calls(row):
        is_complex = any(t.is_complex() for t in tensors_in((args, tuple(kwargs.values())), vt.Tensor))
        if not (is_complex and row.name in OTHERWISE_COMPLEX):
            compare(row, args, kwargs)


def test_most_tangents_are_compared() -> None:
    assert ag.is_grad_enabled()
    rows = [row for row in ROWS if row.name not in OTHERWISE][::7]
    compared = sum(any(compare(row, args, kwargs) for args, kwargs in calls(row)) for row in rows)
    assert compared >= 0.8 * len(rows)
