# SPDX-License-Identifier: Apache-2.0
"""Other names of operators record the nodes and give the gradients of their targets."""

from __future__ import annotations

import re

import pytest
import vt_autograd  # noqa: F401
import vt_core as vt
from vt_core.testing.op_table import OP_TABLE, build

ALIASES = {
    name: re.search(r"Another name of `(\w+)`\.", getattr(vt.ops, name).__doc__)[1]
    for name in dir(vt.ops)
    if "alias" in getattr(vt.ops, name).flags[0] and not name.endswith("_")
}
DIFFERENTIABLE = {row.name.partition(".")[0] for row in OP_TABLE if row.differentiable}


def _gradients(op, row):
    out = []
    for sample in row.samples("float64"):
        if row.expected_dtype("float64", sample) != "float64":
            continue
        tensors, _ = build(sample, "float64")
        leaves = []

        def leaf(value, leaves=leaves):
            if isinstance(value, tuple):
                return tuple(leaf(each) for each in value)
            if not isinstance(value, vt.Tensor) or not value.dtype.is_floating_point:
                return value
            leaves.append(value.detach().requires_grad_())
            return leaves[-1]

        result = op(*(leaf(arg) for arg in tensors.args), **tensors.kwargs)
        if not result.requires_grad:  # the integral of no samples
            continue
        (result * result).sum().backward()
        out.append((result.grad_fn.name(), [each.grad if each.grad is None else each.grad.tolist() for each in leaves]))
    return out


@pytest.mark.parametrize("alias", [name for name, target in ALIASES.items() if target in DIFFERENTIABLE])
def test_gradients_are_the_targets(alias: str) -> None:
    rows = [row for row in OP_TABLE if row.name.partition(".")[0] == ALIASES[alias]]
    checked = 0
    for row in rows:
        expected = _gradients(row.function, row)
        assert _gradients(getattr(vt.ops, alias), row) == expected
        checked += len(expected)
    assert checked > 0


def test_the_in_place_form_records() -> None:
    leaf = vt.tensor([1.0, -2.0]).requires_grad_()
    written = leaf * 1
    written.absolute_()
    written.sum().backward()
    assert leaf.grad.tolist() == [1, -1]
