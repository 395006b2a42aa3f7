# SPDX-License-Identifier: Apache-2.0
"""Rows of Einstein's summation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    OpRow,
    Sample,
    error,
    sample_values,
)

__all__ = ["ROWS"]

_Shape = tuple[int, ...]

_CASES: tuple[tuple[str, tuple[_Shape, ...]], ...] = (
    ("ij, jk -> ik", ((2, 3), (3, 2))),
    # One operand: sums, transposes, diagonals.
    ("ij->ji", ((2, 3),)),
    ("ij->", ((2, 3),)),
    ("ii", ((3, 3),)),
    ("iji->ji", ((2, 3, 2),)),
    ("iiij->ij", ((2, 2, 2, 3),)),
    ("Ba", ((2, 3),)),
    ("...ij->...ji", ((2, 3, 4),)),
    ("...i->i", ((2, 2, 3),)),
    ("", ((),)),
    # Two: products of vectors and matrices, batches, broadcasting, letters of one operand alone.
    ("i,i->", ((3,), (3,))),
    ("i,j", ((3,), (2,))),
    ("ij,jk->ki", ((2, 3), (3, 2))),
    ("ij,kj", ((2, 3), (4, 3))),
    ("bij,bkj->bik", ((2, 3, 2), (2, 1, 2))),
    ("bqhd,bkhd->bhqk", ((2, 3, 2, 2), (2, 2, 2, 2))),
    ("...ij,...jk->...ik", ((2, 2, 3), (3, 2))),
    ("i...,...->...", ((2, 1, 3), (2, 3))),
    ("ij,ij->ij", ((2, 3), (2, 3))),
    ("ij,jk->", ((2, 3), (3, 2))),
    ("ijl,jk->ik", ((2, 3, 2), (3, 2))),
    ("ij,kl->jl", ((2, 3), (2, 2))),
    ("ii,ij->j", ((2, 2), (2, 3))),
    ("...,...", ((2, 1), (3,))),
    (",", ((), ())),
    ("ij,jk", ((2, 0), (0, 3))),
    ("ij,jk", ((0, 2), (2, 3))),
    # More.
    ("ij,jk,kl->il", ((2, 3), (3, 2), (2, 2))),
    ("i,ij,j->", ((2,), (2, 3), (3,))),
    ("ab,bc,cd,da->", ((2, 2), (2, 3), (3, 2), (2, 2))),
    ("bij,bjk,bkl->bli", ((2, 2, 3), (2, 3, 2), (2, 2, 2))),
    ("i,i,i->i", ((3,), (3,), (3,))),
    ("a,b,c->cab", ((2,), (3,), (2,))),
    (",".join("abcdefghi") + "->i", ((2,),) * 9),
)


def _einsums(dtype: str) -> Iterator[Sample]:
    for seed, (equation, shapes) in enumerate(_CASES):
        operands = tuple(sample_values(shape, dtype, seed + i) for i, shape in enumerate(shapes))
        yield Sample((equation, operands))
    chain = tuple(sample_values(shape, dtype) for shape in ((2, 3), (3, 2), (2, 2)))
    yield Sample(("ij,jk,kl->il", chain), {"path": (1, 2, 0, 1)})
    yield Sample(("ij,jk,kl->il", chain), {"path": (2, 0, 1, 0)})


def _is_summed_alone(equation: str) -> bool:
    """Whether one operand is summed over what no other has, nor the result."""
    inputs, arrow, output = equation.replace(" ", "").partition("->")
    parts = [set(part) for part in inputs.replace(".", "").split(",")]
    kept = set(output) if arrow else {letter for letter in inputs if inputs.count(letter) == 1}
    drops_dims = len(parts) == 1 and bool(arrow) and "." in inputs and "." not in output
    return drops_dims or any(sum(letter in part for part in parts) == 1 for letter in set().union(*parts) - kept)


def _dtype(dtype: str, sample: Sample) -> str:
    """Integers stay what they are where they are multiplied; what one operand is summed over alone is a plain sum."""
    return "int64" if dtype in INTEGERS and _is_summed_alone(sample.args[0]) else dtype


def _einsum(equation: str, operands: tuple[Array, ...], *, path: Any = None) -> Array:  # noqa: ARG001
    if operands[0].dtype.kind in "iu" and _is_summed_alone(equation):
        operands = tuple(operand.astype(np.int64) for operand in operands)
    inputs, arrow, output = equation.partition("->")
    if not arrow or "..." in output or "..." not in inputs:
        return np.asarray(np.einsum(equation, *operands))
    # NumPy does not sum over the dimensions of the ellipsis.
    product = np.asarray(np.einsum(f"{inputs}->...{output}", *operands))
    return np.asarray(product.sum(tuple(range(product.ndim - len(output))), dtype=product.dtype))


def _f(*shape: int) -> Array:
    return sample_values(shape, "float32")


def _bad(message: str, equation: str, *shapes: _Shape, **keywords: Any) -> Any:
    return error(RuntimeError, message, equation, tuple(_f(*shape) for shape in shapes), **keywords)


ROWS = (
    OpRow(
        "einsum",
        _einsums,
        _einsum,
        result_dtype=_dtype,
        dtypes=INTEGERS + HALVES + FLOATS + COMPLEX,
        differentiable=True,
        errors=(
            error(ValueError, "at least one operand", "", ()),
            _bad("found '.' for operand 0 that is not part of any ellipsis", "i.j", (2, 3)),
            _bad("found '.' for operand 0 for which an ellipsis was already found", "i...j...", (2, 3)),
            _bad("found '.' for output that is not part of any ellipsis", "ij->.", (2, 3)),
            _bad("invalid subscript given at index 1", "i1", (2, 3)),
            _bad("invalid subscript given at index 5", "ij->i->j", (2, 3)),
            _bad("fewer operands were provided", "ij,jk", (2, 3)),
            _bad("more operands were provided", "ij", (2, 3), (3, 2)),
            _bad("does not match the number of dimensions", "i", (2, 3)),
            _bad("is more than the number of dimensions", "...ijk", (2, 3)),
            _bad("subscript i has size 3 for operand 1 which does not broadcast", "ij,ik", (2, 3), (3, 4)),
            _bad("output subscript k does not appear", "ij->k", (2, 3)),
            _bad("appears more than once in the output", "ij->ii", (2, 3)),
            _bad("is repeated for operand 0 but the sizes don't match, 3 != 2", "ii", (2, 3)),
            _bad("to have size 2 but got 1", "ij,jk", (2, 3), (3, 2), path=(0,)),
            _bad("operand index is out of bounds", "ij,jk", (2, 3), (3, 2), path=(0, 5)),
            _bad("cannot contract an operand with itself", "ij,jk", (2, 3), (3, 2), path=(0, 0)),
        ),
    ),
)
