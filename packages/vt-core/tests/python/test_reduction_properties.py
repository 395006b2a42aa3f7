# SPDX-License-Identifier: Apache-2.0
"""Reductions of random tensors against PyTorch: dimensions, keepdim, dtype=, out=, sizes of 0 and 0-dim tensors."""

from __future__ import annotations

from typing import Any

import torch
import vt_core as vt
from exchange import torch_from_vt, vt_from_torch
from hypothesis import given, settings
from hypothesis import strategies as st
from test_promotion_properties import DTYPES, Operand, assert_alike, attempt, shapes, tensors

# By what they take besides the tensor.
SEVERAL_DIMS = ("sum", "mean", "amax", "amin", "var", "std", "logsumexp", "nansum")
ONE_DIM = ("prod", "all", "any", "argmax", "argmin", "cumsum", "cumprod", "softmax", "log_softmax", "logcumsumexp")
WITH_PLACES = ("max", "min", "median", "mode", "kthvalue", "cummax", "cummin", "sort", "topk")
TAKE_DTYPE = ("sum", "mean", "prod", "nansum", "cumsum", "cumprod", "softmax", "log_softmax")
WHOLE = ("sum", "mean", "prod", "all", "any", "argmax", "argmin", "max", "min", "var", "std", "median", "nansum")


def both(name: str) -> bool:
    return hasattr(vt.ops, name) and hasattr(torch, name)


def convert(value: Any) -> Any:
    return getattr(vt, str(value).removeprefix("torch.")) if isinstance(value, torch.dtype) else value


def check(name: str, a: Operand, *args: Any, **kwargs: Any) -> None:
    ours = attempt(lambda: getattr(vt.ops, name)(a.ours, *args, **{k: convert(v) for k, v in kwargs.items()}))
    theirs = attempt(lambda: getattr(torch, name)(a.theirs, *args, **kwargs))
    if isinstance(ours, Exception) and not a.theirs.numel():
        return  # of nothing PyTorch has middles of integers and places of others
    if isinstance(theirs, tuple) and isinstance(ours, tuple):
        assert_alike(ours[0], theirs[0])
        check_places(a, ours, theirs, args[-1])
        return
    if not isinstance(ours, NotImplementedError):  # a dtype that is not there and says so
        # Of two faults of one call either may be named first; test_reductions.py has one at a time.
        assert_alike(ours, theirs, same_class=False)


def check_places(a: Operand, ours: tuple[Any, ...], theirs: tuple[torch.Tensor, ...], dim: int) -> None:
    """Of equal elements any may be named: what lies there is what counts."""
    places = torch_from_vt(ours[1])
    assert places.dtype == theirs[1].dtype
    assert places.shape == theirs[1].shape
    if a.theirs.ndim and places.ndim == a.theirs.ndim and places.numel():
        torch.testing.assert_close(a.theirs.gather(dim, places), theirs[0], rtol=0, atol=0, equal_nan=True)


dims = st.one_of(
    st.none(),
    st.integers(-4, 3),
    st.lists(st.integers(-3, 2), max_size=3),
)
dtypes = st.one_of(st.none(), st.sampled_from(DTYPES).map(lambda name: getattr(torch, name)))


@settings(max_examples=600)
@given(st.sampled_from([n for n in SEVERAL_DIMS if both(n)]), tensors(shapes), dims, st.booleans(), dtypes)
def test_over_several_dimensions(name: str, a: Operand, dim: Any, keepdim: bool, dtype: Any) -> None:
    kwargs: dict[str, Any] = {"keepdim": keepdim} if dim is not None or name in ("var", "std") else {}
    if dtype is not None and name in TAKE_DTYPE:
        kwargs["dtype"] = dtype
    if dim == [] and name == "logsumexp":
        return  # where PyTorch sums over nothing
    if dim is None and name not in ("var", "std", "sum", "mean", "nansum"):
        return  # some of PyTorch's take no None there
    check(name, a, dim, **kwargs)


@settings(max_examples=600)
@given(st.sampled_from([n for n in ONE_DIM if both(n)]), tensors(shapes), st.integers(-4, 3), st.booleans(), dtypes)
def test_over_one_dimension(name: str, a: Operand, dim: int, keepdim: bool, dtype: Any) -> None:
    kwargs: dict[str, Any] = {"keepdim": True} if keepdim and name in ("prod", "all", "any", "argmax", "argmin") else {}
    if dtype is not None and name in TAKE_DTYPE:
        kwargs["dtype"] = dtype
    check(name, a, dim, **kwargs)


@settings(max_examples=400)
@given(st.sampled_from([n for n in WITH_PLACES if both(n)]), tensors(shapes), st.integers(-4, 3), st.integers(0, 3))
def test_with_the_places_of_what_was_chosen(name: str, a: Operand, dim: int, count: int) -> None:
    check(name, a, *((count, dim) if name in ("topk", "kthvalue") else (dim,)))


@settings(max_examples=400)
@given(st.sampled_from([n for n in WHOLE if both(n)]), tensors(shapes), dtypes)
def test_over_everything(name: str, a: Operand, dtype: Any) -> None:
    check(name, a, **({"dtype": dtype} if dtype is not None and name in TAKE_DTYPE else {}))


@settings(max_examples=400)
@given(
    st.sampled_from(["sum", "mean", "amax", "prod", "any", "argmax"]), tensors(shapes), tensors(shapes), st.booleans()
)
def test_to_a_destination(name: str, a: Operand, out: Operand, keepdim: bool) -> None:
    written, expected = vt_from_torch(out.theirs), out.theirs.clone()
    ours = attempt(lambda: getattr(vt.ops, name)(a.ours, 0, keepdim, out=written))
    theirs = attempt(lambda: getattr(torch, name)(a.theirs, 0, keepdim, out=expected))
    # A destination of another floating dtype is refused for all but the sum, whatever PyTorch does.
    if not isinstance(ours, (NotImplementedError, vt.DTypeError)):
        assert_alike(ours, theirs, same_class=False)
    if isinstance(ours, Exception):
        assert torch.equal(torch_from_vt(written), out.theirs), "written by a refused call"
