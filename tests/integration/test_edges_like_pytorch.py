# SPDX-License-Identifier: Apache-2.0
"""Calls at the edge of what operators take, which random programs found to differ from PyTorch: results, aliases, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import vt_torch
from random_programs.values import difference

inf, nan = float("inf"), float("nan")


def gradient_of(t: Any, function: Callable[[Any], Any], x: Any) -> Any:
    """What a function gives, and its gradient."""
    x.requires_grad_()
    result = function(x)
    result.backward(t.ones_like(result) * (1 - 2j))
    return result, x.grad


# By what they show; each runs with either library as `t`.
RESULTS: dict[str, Callable[[Any], Any]] = {
    "the integral of no samples is a zero in their dtype": lambda t: t.trapezoid(t.zeros(2, 0, dtype=t.int16)),
    "the integral of one infinite sample": lambda t: t.trapezoid(t.tensor([-inf])),
    "the integral up to an infinite sample": lambda t: t.trapezoid(t.tensor([-1.5, 0.5, inf]), dx=0.5),
    "places of more dimensions than samples": lambda t: t.trapezoid(
        t.arange(8.0).reshape(4, 2), t.arange(4.0).reshape(2, 1, 1, 2)
    ),
    "a place of no dimensions": lambda t: t.trapezoid(t.tensor([1.25]), t.tensor(-0.75)),
    "no samples and one place": lambda t: t.trapezoid(t.ones(0), t.tensor([-0.5])),
    "running integrals at places of more dimensions": lambda t: t.cumulative_trapezoid(
        t.arange(8).reshape(4, 2), t.arange(8).reshape(1, 2, 4, 1)
    ),
    "running integrals at a place of no dimensions": lambda t: t.cumulative_trapezoid(t.tensor([7]), t.tensor(6)),
    "differences of order zero join nothing": lambda t: t.diff(t.arange(3.0), 0, prepend=t.ones(3)),
    "no powers need no gradient": lambda t: t.vander(t.ones(3, requires_grad=True), 1).requires_grad,
    "no combinations need no gradient": lambda t: t.combinations(t.ones(3, requires_grad=True), 0).requires_grad,
    "a sum over one operand of einsum is int64": lambda t: t.einsum("...i->i", t.ones(2, 3, dtype=t.int32)),
    "a product of einsum keeps its dtype": lambda t: t.einsum(
        "i,i->", t.ones(3, dtype=t.int32), t.ones(3, dtype=t.int32)
    ),
    "numbers lerped by a finer number": lambda t: t.lerp(
        t.tensor(1.25, dtype=t.bfloat16), t.tensor(0.25, dtype=t.bfloat16), t.tensor(-0.75)
    ),
    "vectors lerped by a finer number": lambda t: t.lerp(
        t.tensor([1.25], dtype=t.float16), t.tensor([0.25], dtype=t.float16), t.tensor(-0.75, dtype=t.float64)
    ),
    "a cosine with a double number": lambda t: t.cosine_similarity(t.ones(2, 1), t.tensor(2.5, dtype=t.float64)),
    "a cosine of integers and floats": lambda t: t.cosine_similarity(t.ones(2, 2), t.arange(4).reshape(2, 2)),
    "logit kept within bounds that cross": lambda t: t.logit(t.tensor([1.25, 0.75, -8.0]), eps=1.0),
    "integral logspace starts at integers": lambda t: t.logspace(-1.5, 2, 3, dtype=t.int64),
    "integral linspace ends at integers": lambda t: t.linspace(0.9, 3.9, 4, dtype=t.int64),
    "linspace between complex ends": lambda t: t.linspace(1, 1 + 2j, 3),
    "linspace in a complex dtype": lambda t: t.linspace(1, 2, 3, dtype=t.complex128),
    "logspace between complex ends": lambda t: t.logspace(1j, 2.0, 3, base=0.5),
    "a mean into a wider destination": lambda t: t.mean(t.ones(2, 3), [1], out=t.empty(0, dtype=t.complex64)),
    "a deviation into another dtype": lambda t: t.std(t.arange(4.0), out=t.empty((), dtype=t.complex128)),
    "a variance into fewer digits": lambda t: t.var(t.arange(4.0, dtype=t.float64), out=t.empty(())),
    "a weight of other sizes": lambda t: t.histogram(t.arange(4.0).reshape(2, 2), bins=2, weight=t.arange(4.0))[0],
    "indices below zero along a dimension": lambda t: t.take_along_dim(t.arange(3.0), t.tensor([-1, 0]), 0),
    "running integrals of bytes wrap": lambda t: t.cumulative_trapezoid(
        t.tensor([100, 100], dtype=t.int8), t.tensor([0, 2], dtype=t.int8)
    ),
    "running integrals of halves at places of bytes": lambda t: t.cumulative_trapezoid(
        t.tensor([2.0, -0.25], dtype=t.float16), t.tensor([0, 3], dtype=t.uint8)
    ),
    "logarithms of sums of no complex powers": lambda t: t.logsumexp(t.ones(2, 0, dtype=t.complex64), [1]),
    "losses of labels in another dtype": lambda t: t.nn.functional.binary_cross_entropy_with_logits(
        t.ones(2), t.tensor([0.0, 1.0], dtype=t.bfloat16), reduction="none"
    ),
    "a hinge loss is of the input": lambda t: t.nn.functional.hinge_embedding_loss(
        t.tensor([1.25, -1.0], dtype=t.float16), t.tensor([1.0, -1.0])
    ),
    "a huber loss is of the input": lambda t: t.nn.functional.huber_loss(
        t.zeros(3, dtype=t.float16), t.tensor([0.5, 2.0, -1.0], dtype=t.float64), delta=1.5
    ),
    "a soft margin loss is of the input": lambda t: t.nn.functional.soft_margin_loss(
        t.ones(2), t.tensor([-1.0, 1.0], dtype=t.float64)
    ),
    "a signal from all its coefficients": lambda t: t.istft(
        t.complex(t.arange(20.0).reshape(4, 5), t.arange(20.0).reshape(4, 5) % 3), 4, hop_length=2
    ),
    "elements between two bins": lambda t: t.histc(
        t.tensor([-1.25, 1.0, -0.5, 0.0, 1.75, -1.5, 0.25], dtype=t.bfloat16)
    ),
    "one number of an integral logspace": lambda t: t.logspace(0.5, 0.5, 1, dtype=t.int16),
    "two sums of einsum": lambda t: t.einsum("ij,jk->", t.ones(2, 3, dtype=t.int16), t.ones(3, 2, dtype=t.int16)),
    "powers of booleans": lambda t: t.vander(t.tensor([True, False])),
    "a smooth loss of a double number": lambda t: t.nn.functional.smooth_l1_loss(
        t.ones(2, dtype=t.float16), t.tensor(0.0, dtype=t.float64)
    ),
    "a distance of numbers": lambda t: t.nn.functional.pairwise_distance(t.tensor(1.5), t.tensor(-1.0)),
    "a nuclear norm of batches": lambda t: t.nuclear_norm(t.arange(8.0).reshape(2, 2, 2)),
    "classes are those of the input": lambda t: t.nn.functional.multilabel_soft_margin_loss(
        t.arange(3.0).reshape(3, 1, 1), t.arange(8).reshape(4, 2) % 2
    ),
    "fewer channels than none": lambda t: t.nn.functional.adaptive_max_pool1d(t.ones(0, 3), 2),
    "nothing padded by a complex number": lambda t: t.constant_pad_nd(t.ones(2), [], 1 + 2j),
    "a number filled in from itself": lambda t: t.tensor(0.5).index_fill_(-1, t.tensor(0), t.tensor(0.5)),
    "no blocks": lambda t: t.block_diag(),
    "no tensors made vectors": lambda t: t.atleast_1d(),
    "no tensors made matrices": lambda t: t.atleast_2d(),
    "no tensors broadcast": lambda t: t.broadcast_tensors(),
    "distances of no coordinates": lambda t: t.cdist(t.ones(3, 0, dtype=t.bfloat16), t.ones(3, 0, dtype=t.float16)),
    "complex numbers that are close": lambda t: t.isclose(
        t.tensor([1 + 2j, nan + 1j, inf + 0j]), t.tensor([1 + 2.000001j, nan + 1j, inf + 0j]), equal_nan=True
    ),
    "the distance of complex numbers": lambda t: t.dist(t.tensor([1 + 2j, 3j]), t.tensor([0j, 1j])),
    "the mode beside NaN": lambda t: t.mode(t.tensor([1.0, 1.0, nan, nan])),
    "half bins": lambda t: t.histc(t.tensor([0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0], dtype=t.float16), 4, 0, 3),
    "a median of nothing": lambda t: t.median(t.ones(0)),
    "logarithms of sums of complex powers": lambda t: t.logsumexp(t.tensor([[1 + 2j, 3j], [0j, -1 + 1j]]), [1]),
    "the class of one vector in a vector": lambda t: t.nn.functional.nll_loss(
        t.arange(3.0), t.tensor([1]), reduction="none"
    ),
    "the entropy of one vector by a class in a vector": lambda t: t.nn.functional.cross_entropy(
        t.arange(3.0), t.tensor([1])
    ),
    "squares of booleans": lambda t: t.square(t.tensor([True, False])),
    "a mask of no dimensions that holds": lambda t: (
        t.arange(6.0).reshape(2, 3).index_put([t.tensor(True)], t.tensor(9.0))
    ),
    "a mask of no dimensions that does not": lambda t: t.ones(2, 3).index_put([t.tensor(False)], t.tensor([9.0])),
    "squared differences of labels and floats": lambda t: t.nn.functional.mse_loss(
        t.tensor([1, 2]), t.tensor([0.5, 4.0])
    ),
    "squared differences of floats and booleans": lambda t: t.nn.functional.mse_loss(
        t.tensor([0.5, 4.0]), t.tensor([True, False])
    ),
    "a huber loss of booleans": lambda t: t.nn.functional.huber_loss(t.tensor([0.5, 4.0]), t.tensor([True, False])),
    "a ranking by bytes": lambda t: t.nn.functional.margin_ranking_loss(
        t.tensor([1.0, 2.0]), t.tensor([3.0, 1.0]), t.tensor([1, 4], dtype=t.uint8), margin=0.5, reduction="none"
    ),
    "a smooth loss without a bend": lambda t: t.nn.functional.smooth_l1_loss(t.ones(2), t.tensor([3, 1]), beta=0.0),
    **{
        f"{name} of complex numbers": lambda t, name=name: gradient_of(
            t, getattr(t.nn.functional, name), t.tensor([1 + 2j, -0.5 + 0.25j, 0j, -3 - 1j], dtype=t.complex128)
        )
        for name in ("softsign", "tanhshrink")
    },
    "silu of complex numbers": lambda t: t.nn.functional.silu(t.tensor([1 + 2j, -0.5 + 0.25j, 0j, -3 - 1j])),
    **{
        f"{name} of complex and {kind} numbers": lambda t, name=name, kind=kind: gradient_of(
            t,
            lambda x: getattr(t, name)(x, t.tensor([1, 2, 3, 0], dtype=getattr(t, kind))),
            t.tensor([1 + 2j, -0.5 + 0.25j, 0j, -3 - 1j], dtype=t.complex128),
        )
        for name in ("ldexp", "logaddexp")
        for kind in ("complex64", "float64", "int64")
    },
    "ldexp by complex exponents": lambda t: gradient_of(
        t,
        lambda x: t.ldexp(t.tensor([0.5, 2.0, 3.0]), x),
        t.tensor([1 + 2j, -0.5 + 0.25j, 0j], dtype=t.complex128),
    ),
    "logaddexp of infinities": lambda t: t.logaddexp(
        t.tensor([complex(-inf, 1), complex(-inf, 0), complex(1, 2), complex(nan, 0)]),
        t.tensor([complex(-inf, 2), complex(3, 1), complex(-inf, 0), complex(1, 1)]),
    ),
    **{
        f"norms of complex numbers, order {order}": lambda t, order=order: t.linalg.vector_norm(
            t.tensor([[3 + 4j, 1j], [0j, 2 - 1j]], dtype=t.complex128), order, dim=1, keepdim=True
        )
        for order in (0, 0.5, 1, 2, 3, inf, -inf)
    },
}
REFUSALS: dict[str, Callable[[Any], Any]] = {
    "labels beyond one": lambda t: t.nn.functional.binary_cross_entropy(t.tensor(0.5), t.tensor(-1.5)),
    "an invalid condition number of nothing": lambda t: t.linalg.cond(t.ones(0, 2, 2), p=-1.5),
    "a product into another dtype": lambda t: t.linalg.multi_dot([t.ones(1), t.ones(1)], out=t.empty(1, dtype=t.int64)),
    "a vector product into another dtype": lambda t: t.linalg.vecdot(
        t.ones(2), t.ones(2), out=t.empty(0, dtype=t.half)
    ),
    "a copy of a view into another dtype": lambda t: t.narrow_copy(t.ones(2), 0, 0, 1, out=t.empty(2, dtype=t.float64)),
    "a histogram into another dtype": lambda t: t.histc(t.ones(3), out=t.empty(3, dtype=t.bfloat16)),
    "members into another dtype": lambda t: t.isin(t.ones(3), t.ones(1), out=t.empty(3)),
    "a mean without NaN in bool": lambda t: t.nanmean(t.ones(2), dtype=t.bool),
    "a mean of complex numbers into reals": lambda t: t.mean(t.tensor(1j), out=t.empty(())),
    "a vector added to a number": lambda t: t.index_add(t.tensor(1.5), -1, t.tensor(0), t.tensor([-0.25])),
    "a complex order": lambda t: t.renorm(t.ones(2, 2), 1 + 2j, 0, 1),
    "a complex limit": lambda t: t.renorm(t.ones(2, 2), 2, 0, 1 + 2j),
    "a mean of integers into floats": lambda t: t.mean(t.arange(4).reshape(2, 2), [1], out=t.empty(0)),
    "a number added to a vector": lambda t: t.index_add(t.ones(2), -1, t.tensor([1]), t.tensor(-0.25)),
    "a norm of halves in bfloat16": lambda t: t.linalg.vector_norm(t.ones(2, dtype=t.half), dtype=t.bfloat16),
    "a number as the source of a vector": lambda t: t.ones(1).index_reduce(0, t.tensor([0]), t.tensor(2.0), "amax"),
    "a complex norm in a real dtype": lambda t: t.linalg.vector_norm(t.tensor([1j]), dtype=t.float64),
    "a complex distance between samples": lambda t: t.trapezoid(t.ones(3), dx=1j),
    "uint16 and int64": lambda t: t.ones(2, dtype=t.uint16) * t.ones(2, dtype=t.int64),
    "uint32 and uint64": lambda t: t.ones(2, dtype=t.uint32) & t.ones(2, dtype=t.uint64),
}
ALIASES: dict[str, Callable[[Any, Any], Any]] = {
    "ravel of what is contiguous": lambda t, x: t.ravel(x),
    "ravel of what is spread out": lambda t, x: t.ravel(x[..., ::2]),
    "pixels shuffled by one": lambda t, x: t.pixel_shuffle(x, 1),
    "pixels unshuffled by one": lambda t, x: t.pixel_unshuffle(x, 1),
    "channels shuffled in one group": lambda t, x: t.channel_shuffle(x, 1),
    "a number summed to its sizes": lambda t, x: x[0, 0, 0].sum_to_size([]),
    "a tensor summed to its sizes": lambda t, x: x.sum_to_size(x.shape),
}


@pytest.mark.parametrize("case", RESULTS)
def test_result_is_that_of_pytorch(case: str) -> None:
    expected, got = RESULTS[case](torch), RESULTS[case](vt_torch)
    assert difference(got, expected) is None


@pytest.mark.parametrize("case", REFUSALS)
def test_refused_as_in_pytorch(case: str) -> None:
    with pytest.raises((RuntimeError, TypeError, ValueError, IndexError)) as expected:
        REFUSALS[case](torch)
    with pytest.raises(type(expected.value)):
        REFUSALS[case](vt_torch)


@pytest.mark.parametrize("case", ALIASES)
def test_memory_is_shared_as_in_pytorch(case: str) -> None:
    theirs, ours = torch.arange(24.0).reshape(2, 3, 4), vt_torch.arange(24.0).reshape(2, 3, 4)
    shares = ALIASES[case](torch, theirs).untyped_storage().data_ptr() == theirs.untyped_storage().data_ptr()
    assert ALIASES[case](vt_torch, ours)._is_alias_of(ours) == shares


@pytest.mark.parametrize("size", [(4, 5), (1, 2), (7, 3), (5, 7)])
@pytest.mark.parametrize("antialias", [False, True])
@pytest.mark.parametrize("align_corners", [False, True])
@pytest.mark.parametrize("mode", ["bilinear", "bicubic"])
def test_bytes_are_interpolated_to_the_bits_of_pytorch(
    mode: str, align_corners: bool, antialias: bool, size: tuple[int, int]
) -> None:
    image = torch.randint(0, 256, (2, 3, 5, 6), generator=torch.Generator().manual_seed(5), dtype=torch.uint8)
    options = {"size": size, "mode": mode, "align_corners": align_corners, "antialias": antialias}
    expected = torch.nn.functional.interpolate(image, **options)
    got = vt_torch.nn.functional.interpolate(vt_torch.tensor(image.tolist(), dtype=vt_torch.uint8), **options)
    assert got.dtype == vt_torch.uint8
    assert got.tolist() == expected.tolist()
