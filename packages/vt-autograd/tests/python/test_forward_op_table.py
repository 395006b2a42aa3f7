# SPDX-License-Identifier: Apache-2.0
"""Tangents of every differentiable row of the op table: against gradients, of which they are the transpose, and PyTorch's."""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_autograd import forward_ad as fw
from vt_core.testing.op_table import OP_TABLE, OpRow, build

MAX_SAMPLES = 25
PRECISE = ("float64", "complex128")
# Backward operators that have no derivative in either mode.
LAST = {
    "native_attention_backward",
    "_ctc_loss_backward",
    "native_recurrent_layer_backward",
    "_standard_gamma_grad",
}
ROWS = [row for row in OP_TABLE if row.differentiable and row.name not in LAST]


def map_tensors(value: Any, change: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return tuple(map_tensors(item, change) for item in value)
    return change(value) if isinstance(value, vt.Tensor) else value


def tensors_in(value: Any) -> list[vt.Tensor]:
    if isinstance(value, (tuple, list)):
        return [t for item in value for t in tensors_in(item)]
    return [value] if isinstance(value, vt.Tensor) else []


def probe(like: vt.Tensor, seed: float) -> vt.Tensor:
    """Numbers of no particular pattern."""
    parts = [math.sin(seed + 1.7 * k) for k in range(like.numel() * 2)]
    if like.is_complex():
        flat = vt.tensor(list(map(complex, parts[::2], parts[1::2])), dtype=like.dtype)
    else:
        flat = vt.tensor(parts[::2], dtype=like.dtype)
    return flat.reshape(tuple(like.shape))


def inner(a: vt.Tensor, b: vt.Tensor) -> float:
    """The real inner product, by which real and imaginary parts are coordinates."""
    product = (a.detach().conj() * b.detach()).sum().item()
    return product.real if isinstance(product, complex) else float(product)


class Call:
    """One call of a row, as a function of the tensors whose dtype is under test."""

    def __init__(self, row: OpRow, sample: Any, dtype: str, layout: str, in_place: bool) -> None:
        built, _ = build(sample, dtype, layout)
        self.row, self.args, self.kwargs, self.in_place = row, built.args, dict(built.kwargs), in_place
        self.name = row.name.partition(".")[0].rstrip("_") + "_"
        tensors = tensors_in((self.args, tuple(self.kwargs.values())))
        self.points = [t for t in tensors if t.dtype.name == dtype]

    def __call__(self, points: list[vt.Tensor]) -> list[vt.Tensor]:
        rest = iter(points)

        def take(t: vt.Tensor) -> vt.Tensor:
            return next(rest) if t.dtype == self.points[0].dtype else t

        args = list(map_tensors(self.args, take))
        kwargs = {name: map_tensors(value, take) for name, value in self.kwargs.items()}
        vt.manual_seed(1)
        for value in (*args, *kwargs.values()):
            if isinstance(value, vt.Generator):
                value.manual_seed(1)
        if self.row.to_domain:
            args[0] = self.row.to_domain(args[0])
        if self.in_place:
            args[0] = args[0] * 1.0
            return [getattr(vt.ops, self.name)(*args, **kwargs), args[0]]
        return tensors_in(self.row.function(*args, **kwargs))


def calls(row: OpRow, layout: str = "contiguous", *, in_place: bool = False):
    for dtype in PRECISE:
        if dtype in row.dtypes:
            for sample in islice(row.samples(dtype), MAX_SAMPLES):
                call = Call(row, sample, dtype, layout, in_place)
                if call.points:
                    yield call


def assert_transposed(call: Call) -> bool:
    """Compare <u, J v> of forward mode with <J^T u, v> of reverse mode; False where that gives nothing to compare with."""
    leaves = [t.detach().requires_grad_() for t in call.points]
    directions = [probe(t, 3.0 + i) for i, t in enumerate(leaves)]
    try:
        expected = call(leaves)
        chosen = [i for i, t in enumerate(expected) if t.requires_grad]
        if not chosen or not all(vt.ops.isfinite(expected[i]).all() for i in chosen):
            return False
        weights = [probe(expected[i], 5.0 + i) for i in chosen]
        gradients = ag.grad([expected[i] for i in chosen], leaves, weights, materialize_grads=True)
    except NotImplementedError:
        return False
    with fw.dual_level():
        duals = [fw.make_dual(t.detach(), v) for t, v in zip(call.points, directions)]
        results = call(duals)
        tangents = [fw.unpack_dual(t).tangent for t in results]
    found = 0.0
    for i, weight in zip(chosen, weights):
        tangent = tangents[i]
        assert tangent is not None, f"result {i} has no tangent"
        assert (tangent.shape, tangent.dtype) == (results[i].shape, results[i].dtype)
        assert not tangent.requires_grad
        found += inner(weight, tangent)
    wanted = sum(inner(g, v) for g, v in zip(gradients, directions))
    if math.isfinite(wanted):
        assert found == pytest.approx(wanted, rel=1e-7, abs=1e-9)
    return True


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_tangents_are_the_transpose_of_gradients(row: OpRow) -> None:
    assert sum(assert_transposed(call) for call in calls(row, in_place=row.is_in_place_only)) > 0


@pytest.mark.parametrize("name", sorted(LAST))
def test_backward_operators_without_a_derivative_say_so(name: str) -> None:
    row = next(row for row in OP_TABLE if row.name == name)
    call = next(calls(row))
    with fw.dual_level(), pytest.raises(NotImplementedError, match=r"Trying to use forward AD|derivative"):
        call([fw.make_dual(t, t) for t in call.points])


@pytest.mark.parametrize("layout", ["transposed", "sliced", "expanded"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_tangents_in_other_layouts(row: OpRow, layout: str) -> None:
    if layout in row.layouts:
        for call in islice(calls(row, layout, in_place=row.is_in_place_only), 4):
            assert_transposed(call)


@pytest.mark.parametrize("row", [row for row in ROWS if "inplace" in row.flags], ids=lambda row: row.name)
def test_tangents_of_the_in_place_form(row: OpRow) -> None:
    plain = calls(row)
    num_checked = 0
    for call, out_of_place in zip(calls(row, in_place=True), plain, strict=True):
        first = call.args[0]
        result = out_of_place(out_of_place.points)
        if result and isinstance(first, vt.Tensor) and (first.shape, first.dtype) == (result[0].shape, result[0].dtype):
            num_checked += assert_transposed(call)
    assert num_checked > 0
