# SPDX-License-Identifier: Apache-2.0
"""First and second derivatives of every differentiable row of the op table, in every layout."""

from __future__ import annotations

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_core.testing.op_table import OP_TABLE, OpRow, build

ROWS = [row for row in OP_TABLE if row.differentiable]
# Differences are taken one element at a time.
MAX_ELEMENTS = 64
# Rows whose samples all take or give complex numbers, which gradcheck refuses: gradients of casts are in test_derivatives,
# those of views in test_complex_views, those of eigenvalues in test_matrix_gradients, those of transforms in test_fourier.
COMPLEX = {
    "istft",
    *(row.name for row in OP_TABLE if "fft" in row.name),
    "_linalg_eig",
    "complex",
    "imag",
    "linalg_eig",
    "linalg_eigvals",
    "polar",
    "to",
    "to.device",
    "to.dtype",
    "view_as_complex",
    "view_as_complex_copy",
    "view_as_real",
    "view_as_real_copy",
}
# What a derivative refuses by name.
REFUSED = {
    "as_strided_backward": "no derivative for an input whose elements share memory",
    "native_attention_backward": "the derivative is not implemented",
    "_ctc_loss_backward": "the derivative is not implemented",
    "native_recurrent_layer_backward": "the derivative is not implemented",
    "_standard_gamma_grad": "the derivative is not implemented",
}
# Derivatives that have none at all.
LAST = {
    "native_attention_backward",
    "_ctc_loss_backward",
    "native_recurrent_layer_backward",
    "_standard_gamma_grad",
}


def is_checked(value: object) -> bool:
    return isinstance(value, vt.Tensor) and value.dtype == vt.float64


def flat(args):
    """The arguments of a call, tuples of tensors opened."""
    return [item for arg in args for item in (arg if isinstance(arg, tuple) else (arg,))]


def refill(args, values):
    """The arguments with the checked tensors replaced by `values`, in their order."""
    rest = iter(values)

    def take(value):
        return next(rest) if is_checked(value) else value

    return [tuple(take(v) for v in arg) if isinstance(arg, tuple) else take(arg) for arg in args]


def checked_calls(row: OpRow, layout: str, *, in_place: bool = False):
    """Functions of the float64 arguments of each sample, with leaves to call them on."""
    if "float64" not in row.dtypes:
        return
    for sample in row.samples("float64"):
        dtypes = row.expected_dtype("float64", sample)
        if (dtypes if isinstance(dtypes, str) else dtypes[0]) != "float64":
            continue
        tensors, _ = build(sample, "float64", layout)
        leaves = [value.detach().requires_grad_() for value in flat(tensors.args) if is_checked(value)]
        if not leaves or sum(leaf.numel() for leaf in leaves) > MAX_ELEMENTS:
            continue

        differentiable: list[int] = []  # places of the results that are, known from the first call, which records

        def function(*values, tensors=tensors, differentiable=differentiable):
            args = refill(tensors.args, values)
            if row.to_domain:
                args[0] = row.to_domain(args[0])
            if in_place:  # a leaf cannot be written, a copy of it can
                written = args[0] * 1.0
                getattr(vt.ops, f"{row.name.partition('.')[0].rstrip('_')}_")(written, *args[1:], **tensors.kwargs)
                return written * args[0]
            result = row.function(*args, **tensors.kwargs)
            if not isinstance(result, tuple):
                return result
            if not differentiable:
                differentiable.extend(
                    i for i, part in enumerate(result) if isinstance(part, vt.Tensor) and part.requires_grad
                )
            return tuple(result[i] for i in differentiable)

        yield function, leaves


def squares_first(function, values):
    """The function of squares, so that its second derivative is none but by mistake."""
    return function(*(value * value for value in values))


# Some of whose results depend on no element: integrals of no samples, powers of zero.
CONSTANT = {"trapezoid", "trapezoid.x", "vander", "combinations"}


@pytest.mark.parametrize("layout", ["contiguous", "transposed", "sliced", "expanded"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_derivatives(row: OpRow, layout: str) -> None:
    if layout not in row.layouts:
        layout = "contiguous"
    num_checked = 0
    for function, leaves in checked_calls(row, layout, in_place=row.is_in_place_only):
        if row.name in CONSTANT and not function(*leaves).requires_grad:
            continue
        try:
            assert ag.gradcheck(function, leaves)
            if row.twice_differentiable:
                assert ag.gradgradcheck(lambda *xs, function=function: squares_first(function, xs), leaves)
            else:
                with pytest.raises(NotImplementedError, match="derivative"):
                    ag.gradgradcheck(lambda *xs, function=function: squares_first(function, xs), leaves)
        except NotImplementedError as error:
            if row.name not in REFUSED or REFUSED[row.name] not in str(error):
                raise
            continue
        num_checked += 1
    assert num_checked > 0 or row.name in COMPLEX | LAST


@pytest.mark.parametrize("row", [row for row in ROWS if "inplace" in row.flags], ids=lambda row: row.name)
def test_derivatives_of_the_in_place_form(row: OpRow) -> None:
    num_checked = 0
    plain = checked_calls(row, "contiguous")
    for (function, leaves), (call, _) in zip(checked_calls(row, "contiguous", in_place=True), plain, strict=True):
        if leaves[0].shape == call(*leaves).shape:  # otherwise broadcasting would enlarge what is written
            assert ag.gradcheck(function, leaves)
            num_checked += 1
    assert num_checked > 0


def test_rows_say_what_is_differentiable() -> None:
    for row in OP_TABLE:
        assert row.differentiable == ("not_differentiable" not in row.flags), row.name
